"""`drafter draft`: one brief to one document, with an account of it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.brief import Brief, load_brief
from drafter.chinese.enumeration import paragraphs
from drafter.chinese.length import characters, minutes, spoken
from drafter.cli.console import columns, result, say
from drafter.cli.packs import load_library
from drafter.compose import compose
from drafter.document import FRONT_MATTER, Document
from drafter.errors import BriefError, DrafterError, InputError, OutputError, Place, Problem
from drafter.write import deviations, load_format, render, trace, write

if TYPE_CHECKING:
    from drafter.check import Finding
    from drafter.library import Library

__all__ = ["Account", "Request", "account", "draft_speech", "free_name", "report"]

STREAM = Path("-")
_STDOUT = "标准输出"
_WORD, _PLAIN = (".docx", ".doc", ".wps"), (".txt", ".md", ".markdown")
_MANY = {
    "unverified": "有 {} 处事实标着“核实: false”，用前请核对（--copy 核稿 逐处列出）。",
    "claim": "有 {} 处成绩、形势、问题用的是业务素材的通行说法，请确认符合实际（--copy 核稿 逐处列出）。",
}


class Request(NamedTuple):
    """The options of one `drafter draft`."""

    brief: Path
    output: Path | None = None
    to: str = ""
    copy: str = "报审"
    page: str = ""
    trace: Path | None = None
    seed: str = ""
    strict: bool = False
    force: bool = False
    as_json: bool = False
    packs: list[Path] | None = None
    check: bool = True


class Account(NamedTuple):
    """What is said of a finished document: length in characters, minutes (low, likely, high), gaps, notes."""

    characters: int
    minutes: tuple[float, float, float]
    gaps: tuple[str, ...]
    notes: tuple[str, ...]


def draft_speech(request: Request) -> int:
    """Compose, write, report; returns the exit status."""
    _check_targets(request)
    library = load_library(request.packs or [])
    brief = _brief(request.brief, library)
    if request.seed:
        brief = replace(brief, data={**brief.data, "措辞种子": request.seed})
    document = compose(brief, library)
    output = _deliver(document, brief, request)
    if request.trace:
        text = json.dumps(trace(document), ensure_ascii=False, indent=1)
        _write_text(request.trace, text + "\n", request.force)
    said = account(document)
    found = _findings(document, output) if request.check else ()
    if request.as_json:
        from drafter.check.reports import entry

        gaps, notes = list(said.gaps), list(said.notes)
        values = {
            "output": output,
            "characters": said.characters,
            "minutes": said.minutes[1],
            "gaps": gaps,
            "notes": notes,
            "findings": [entry(finding) for finding in found],
        }
        result(json.dumps({"schema_version": 1, **values}, ensure_ascii=False))
    report(output, said, request.copy)
    _show(found, document, output)
    wrong = any(finding.level == "error" for finding in found)
    return 1 if said.gaps or wrong or (request.strict and (said.notes or found)) else 0


def _findings(document: Document, output: str) -> tuple[Finding, ...]:
    from drafter.cli.findings import document_findings  # not with --no-check

    return document_findings(document, output)


def _show(found: Sequence[Finding], document: Document, output: str) -> None:
    if not found:
        return
    from drafter.check import Text
    from drafter.cli.findings import shown, summary

    say(f"校对：{summary(found, fixable=False)}。改素材单里的原话；全部提示用 drafter check 看。")
    for _, text in shown(found, Text.of_document(document, name=output), document, columns=columns(sys.stderr)):
        say(f"\n{text}")


def account(document: Document) -> Account:
    """Length, minutes, gaps and notes of a document; the same gap in several places counts once."""
    texts = [p.text for p in paragraphs(document) if p.role not in FRONT_MATTER]
    places = Counter(note.message for note in document.notes if note.code == "gap")
    gaps = tuple(f"{gap}，{count} 处" if count > 1 else gap for gap, count in places.items())
    rate = int(document.meta.get("rate", 180))
    whole = minutes(sum(map(spoken, texts)), rate)
    return Account(sum(map(characters, texts)), whole, gaps, tuple(_notes(document)))


def _notes(document: Document) -> Iterator[str]:
    """The notes for the terminal; of those that come in numbers, how many there are."""
    numbers = Counter(note.code for note in document.notes)
    yield from (note.message for note in document.notes if note.code not in ("gap", "unused", *_MANY))
    if unused := [note.message.split("“", 1)[1].split("”", 1)[0] for note in document.notes if note.code == "unused"]:
        yield f"素材单里有 {len(unused)} 处没有用上（选用的句式里没有它们的位置）：{'、'.join(unused)}。"
    yield from (text.format(numbers[code]) for code, text in _MANY.items() if numbers[code])


def report(output: str, said: Account, copy: str) -> None:
    """The account on stderr, for the person who will hand the speech over."""
    low, likely, high = said.minutes
    name = copy if copy.endswith("稿") else f"{copy}稿"
    done = "已写到" if output == _STDOUT else "已写出"
    say(f"{done} {output}（{name}）：{said.characters} 字，约 {likely:.0f} 分钟（{low:.1f}～{high:.1f}）。")
    if said.gaps:
        say(f"待补 {len(said.gaps)} 项，文稿里已标出：")
        for number, gap in enumerate(said.gaps, 1):
            say(f"  {number}. {gap}")
    for note in said.notes:
        say(f"提示：{note}")


def free_name(path: Path) -> Path:
    """The path itself, or 讲话(2).docx, 讲话(3).docx … where it is taken."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem}({number}){path.suffix}")
        number += 1
    return candidate


def _brief(path: Path, library: Library) -> Brief:
    """The brief; a manuscript given in its place is told where it belongs."""
    try:
        return load_brief(sys.stdin.buffer.read() if path == STREAM else path, slots=library.slots())
    except DrafterError as error:
        suffix, place = path.suffix.lower(), Place(str(path))
        hint = (
            f"用旧稿写新稿，先读成素材单：drafter import {path.name} -o 素材单.yaml，改好再 drafter draft 素材单.yaml"
        )
        code = error.problems[0].code
        if code == "E102" and suffix in _WORD:
            if suffix != ".docx":
                hint = f"先另存为 .docx；{hint.replace(path.name, path.stem + '.docx')}"
            raise InputError(Problem(code, "这是 Word 文稿，不是素材单", place, hint)) from None
        if suffix in _PLAIN and isinstance(error, BriefError) and not _says_occasion(path):
            raise BriefError(Problem("E114", "这像一篇文稿，不是素材单", place, hint)) from None
        raise


def _says_occasion(path: Path) -> bool:
    """Whether a line of the file begins as the one line does that every brief has."""
    data = path.read_bytes()
    keys = ["场合".encode(name) for name in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")]
    return any(line.lstrip(b"\xef\xbb\xbf\xff\xfe\0 '\"").startswith(tuple(keys)) for line in data.splitlines())


def _deliver(document: Document, brief: Brief, request: Request) -> str:
    """Write the document; returns the name of where it went."""
    page = load_format(_page(brief, request))
    if request.copy != "朗读":
        for deviation in deviations(page):
            say(f"版式与标准不同：{deviation}")
    suffix = (
        request.to
        or (request.output.suffix.lstrip(".") if request.output and request.output != STREAM else "")
        or "docx"
    )
    if request.output == STREAM or (request.output is None and request.brief == STREAM):
        if suffix == "docx" and sys.stdout.isatty():
            hint = "用 -o 指定文件，或接到管道后面"
            raise OutputError(Problem("E607", "不能把 .docx 打印到屏幕上", hint=hint))
        sys.stdout.buffer.write(render(document, to=suffix, copy=request.copy, format=page))
        sys.stdout.buffer.flush()
        return _STDOUT
    path = request.output or free_name(request.brief.with_suffix(f".{suffix}"))
    return str(write(document, path, to=suffix, copy=request.copy, format=page, force=request.force))


def _check_targets(request: Request) -> None:
    """Nothing is written over the brief, one result over another, or two results into one stream."""
    targets = [path for path in (request.output, request.trace) if path is not None]
    if request.trace == STREAM:
        raise OutputError(Problem("E614", "--trace 要写到文件里，不能写到标准输出", hint="写成 --trace 出处.json"))
    if request.as_json and request.output == STREAM:
        raise OutputError(Problem("E614", "文稿和 --json 不能都写到标准输出", hint="用 -o 给文稿指定文件"))
    files = [path.resolve() for path in (request.brief, *targets) if not _flows(path)]
    if len(set(files)) < len(files):
        raise OutputError(Problem("E615", "素材单、文稿、出处不能是同一个文件", hint="换一个文件名"))
    if request.trace and request.trace.exists() and not (request.force or _flows(request.trace)):
        raise OutputError(Problem("E502", f"{request.trace} 已经存在", hint="换一个文件名，或加 --force 覆盖"))


def _flows(path: Path) -> bool:
    return path == STREAM or path.is_char_device() or path.is_fifo()


def _page(brief: Brief, request: Request) -> str | Path:
    """The format asked for; a file that the brief names is looked for beside the brief."""
    name: str = brief.data.get("版式") or ""
    beside = request.brief.parent / name
    if not request.page and name.endswith((".yaml", ".yml")) and beside.is_file():
        return beside
    return request.page or name or ("lectern" if request.copy == "朗读" else "gbt9704")


def _write_text(path: Path, text: str, force: bool) -> None:
    from drafter.write import write_bytes

    write_bytes(text.encode(), path, force=force)

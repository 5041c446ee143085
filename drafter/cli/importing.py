"""`drafter import`: an old text as a brief, clean text, an outline or data, with an account of all that was done."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.brief import Brief, dump, load_brief
from drafter.chinese.enumeration import paragraphs
from drafter.cli.console import result, say
from drafter.cli.packs import load_library
from drafter.compose import compose
from drafter.errors import DrafterError, OutputError, Place, Problem
from drafter.read import KINDS, Imported, import_json, read
from drafter.read.brief_cast import cast, groups
from drafter.read.brief_out import Recast, differences, kept, recast
from drafter.read.facts import FACT_KINDS, Fact, facts, years
from drafter.read.outline import outline
from drafter.write import write_bytes

if TYPE_CHECKING:
    from drafter.library import Library
    from drafter.read import Change, Doubt
    from drafter.read.brief_sections import Section

__all__ = ["Request", "import_text"]

_STREAM = Path("-")
_SHOWN = 12
_LONGER = 40  # times that a brief is given more room, by a twentieth or more
_TRIED = 60  # parts of one section that are composed one by one
_WITHOUT = ("pinyin", "punctuation", "space", "script")
_TO_VERIFY = ("figure", "target", "date", "document", "organisation", "person")


class Request(NamedTuple):
    """The options of one `drafter import`."""

    source: Path
    output: Path | None = None
    outline: bool = False
    text: bool = False
    as_json: bool = False
    keep_text: bool = False
    year: int = 0
    occasion: str = ""
    force: bool = False
    packs: Sequence[Path] = ()


def import_text(request: Request) -> int:
    """Read, write what was asked for, report; returns the exit status."""
    output = request.output
    plain = request.text or request.outline or request.as_json
    if not plain and output is None and request.source != _STREAM:
        output = request.source.with_suffix(".yaml")
    if output and output != _STREAM and output.exists() and not request.force:
        hint = "用 -o 换一个文件名；确定要覆盖就加 --force"
        raise OutputError(Problem("E502", "文件已经有了，没有覆盖", Place(str(output)), hint))
    if output and output.suffix.lower() in (".docx", ".doc", ".wps", ".pdf"):
        hint = "写成 .yaml 的素材单，再用 drafter draft 写成 .docx"
        raise OutputError(Problem("E614", f"import 写不出 {output.suffix}", Place(str(output)), hint))
    imported = _read(request.source)
    if request.as_json:
        _deliver(json.dumps(_data(imported, request.year), ensure_ascii=False, indent=1) + "\n", output, request.force)
        return _status(imported, ())
    if request.text:
        _deliver(imported.text + "\n", output, request.force)
    elif request.outline:
        _deliver(outline(imported, load_library(request.packs)), output, request.force)
    else:
        return _brief(imported, request, output)
    found = facts(imported)
    _report(imported, found)
    _list_years(imported, request.year)
    return _status(imported, found)


def _read(source: Path) -> Imported:
    if source == _STREAM:
        return read(sys.stdin.buffer.read(), name="标准输入")
    return read(source)


def _brief(imported: Imported, request: Request, output: Path | None) -> int:
    library = load_library(request.packs)
    made, brief, changed = _agreeing(imported, library, request)
    _deliver(dump(made.data, made.comments), output, request.force)
    found = facts(imported)
    _report(imported, found)
    differs = (
        _compare(made, brief, library, bool(imported.changed))
        if request.keep_text
        else _prove(made, brief, library, changed, found)
    )
    _list_years(imported, request.year)
    if output and output != _STREAM:
        say(f"已写出 {output}：{_size(made)}。核对以后：drafter draft {output}")
    return 1 if differs else _status(imported, found)


def _agreeing(imported: Imported, library: Library, request: Request) -> tuple[Recast, Brief, set[int]]:
    """The brief that composes to the figures, the quoted words and the marks of the source, and the source lines of
    what stands word for word because one of the library's forms would lose or add any."""
    again = partial(recast, imported, library, occasion=request.occasion)
    made = again(keep_text=request.keep_text)
    verbatim: dict[int, set[int]] = {}
    plain = set() if request.keep_text else _disagreeing(made, library, range(len(made.sections)))
    if plain:  # without the forms of single paragraphs it may agree
        made = again(plain=plain)
        verbatim = {index: _unfit(made, index, library) for index in _disagreeing(made, library, plain)}
    if verbatim:
        made = again(plain=plain, verbatim=verbatim)
        whole = _disagreeing(made, library, verbatim)
        verbatim |= {index: {each.line for each in made.sections[index].paragraphs} for index in whole}
        made = again(plain=plain, verbatim=verbatim)
    made = _roomy(made, library)
    return made, _loaded(made.data, library), {line for lines in verbatim.values() for line in lines}


def _roomy(made: Recast, library: Library) -> Recast:
    """The brief with a 篇幅 at which nothing of it is left out: the words of the forms take room too."""
    for _ in range(_LONGER):
        brief = _loaded(made.data, library)
        dropped = [note.message for note in compose(brief, library).notes if note.code == "dropped"]
        if not dropped:
            break
        size = brief.characters or 0
        size += max(size // 20, sum(map(len, dropped)) // 2, 1)
        made = replace(made, data={**made.data, "篇幅": f"{size}字"})
    return made


def _disagreeing(made: Recast, library: Library, among: Iterable[int]) -> set[int]:
    found = set()
    for index in among:
        boards = [board for board, source in zip(made.data["板块"], made.sources, strict=True) if source == index]
        if boards and not _agrees(made, boards, made.sections[index], library):
            found.add(index)
    return found


def _unfit(made: Recast, index: int, library: Library) -> set[int]:
    """Lines of the paragraphs of a section that do not agree even alone."""
    section = made.sections[index]
    parts = groups(section)
    if len(parts) > _TRIED:
        return {paragraph.line for paragraph in section.paragraphs}
    head = {"功能": library.function(section.function).title, "标题": "无"}
    return {
        paragraph.line
        for part in parts
        if not _agrees(made, [{**head, **board} for board in cast(part, plainly=True)], part, library)
        for paragraph in part.paragraphs
    }


def _agrees(made: Recast, boards: list[dict[str, Any]], section: Section, library: Library) -> bool:
    try:
        return kept(compose(_loaded({**made.data, "板块": boards}, library), library), [section])
    except DrafterError:
        return False


def _loaded(data: dict[str, Any], library: Library) -> Brief:
    return load_brief(dump(data).encode(), name="旧稿的素材单", slots=library.slots())


def _prove(made: Recast, brief: Brief, library: Library, changed: set[int], found: Sequence[Fact]) -> bool:
    """Compose the brief and say how the result stands to the source; True where it should agree and does not."""
    document = compose(brief, library)
    if not kept(document, made.sections, made.beside):
        say("试排：标题、数字或引号里的话与旧稿对不上，请逐段核对，或加 --keep-text。")
        text = _joined(paragraph.text for paragraph in paragraphs(document))
        lost = [
            fact for fact in found if fact.kind in ("figure", "target", "document") and _joined(fact.text) not in text
        ]
        if lost:
            say("排出来没有旧稿的这些：")
            _list(f"第{fact.line}行 {fact}".replace("\t", "") for fact in lost)
        return True
    say("试排：标题、先后、数字、引号里的话与旧稿一致；措辞由句式定，可在素材单里改。")
    if changed:
        lines = "、".join(map(str, sorted(changed)))
        say(f"提示：旧稿第 {lines} 行的内容没有合适的句式，照录原文（正文）。")
    return False


def _joined(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def _compare(made: Recast, brief: Brief, library: Library, cleaned: bool) -> bool:
    """Compose the brief word for word and say where it differs from the source; True where it does."""
    found = differences(compose(brief, library), made)
    beside = "（上面列出的改动除外）" if cleaned else ""
    if not found:
        say(f"逐字核对：{len(made.expected)} 段与旧稿完全相同{beside}。")
        return False
    moved = Counter(before for before, _ in found if before) & Counter(after for _, after in found if after)
    rest = [pair for pair in found if not {each for each in pair if each} <= moved.keys()]
    said = [f"{len(rest)} 处与旧稿不同"] if rest else []
    said += [f"{moved.total()} 段换了位置"] if moved else []
    say(f"逐字核对：{len(made.expected)} 段中有 {'，'.join(said)}{beside}：")
    for text in [*moved][:_SHOWN]:
        say(f"  换了位置：{_short(text)}")
    for before, after in rest[:_SHOWN]:
        say(f"  旧稿：{before or '（无）'}")
        say(f"  新稿：{after or '（无）'}")
    return True


def _size(made: Recast) -> str:
    boards = made.data.get("板块", ())
    copied = sum("正文" in board for board in boards)
    return f"{len(boards)} 个板块" + (f"，{copied} 个照录原文" if copied else "")


def _deliver(text: str, output: Path | None, force: bool) -> None:
    if output is None or output == _STREAM:
        result(text.rstrip("\n"))
    else:
        write_bytes(text.encode(), output, force=force)


def _status(imported: Imported, found: Sequence[Fact]) -> int:
    """1 where a person has to fill or decide something."""
    return 1 if imported.doubtful or imported.truncated or any(fact.kind == "blank" for fact in found) else 0


def _data(imported: Imported, year: int) -> dict[str, Any]:
    """What `--json` prints: the blocks, the report, the facts, and the places that name a year."""
    made = import_json(imported)
    keys = ("kind", "text", "line", "indicator", "relation", "value", "unit", "period", "deadline", "wanted")
    made["facts"] = [
        {key: value for key in keys if (value := getattr(fact, key))}
        | ({"parts": list(fact.parts)} if fact.parts else {})
        | {"verified": False}
        for fact in facts(imported)
    ]
    if year:
        made["years"] = [{"line": line, "text": text, "around": around} for line, text, around in _years(imported)]
    return made


# -- the account on stderr -------------------------------------------------------------------------


def _report(imported: Imported, found: Sequence[Fact]) -> None:
    """Removed, changed, doubtful, blanks, facts to verify."""
    if imported.removed:
        say(f"删去 {len(imported.removed)} 行：")
        _list(f"第{entry.line}行 {_kind(entry.kind)}：{_short(entry.text)}" for entry in imported.removed)
    phrases = [entry for entry in imported.changed if entry.kind not in _WITHOUT]
    signs: Counter[str] = Counter()
    for entry in imported.changed:
        if entry.kind in _WITHOUT:
            signs[entry.kind] += entry.count
    if signs:
        say("改动：" + "、".join(f"{_kind(kind)} {number} 处" for kind, number in signs.items()) + "。")
    if phrases:
        say(f"另改 {len(phrases)} 处：" if signs else f"改动 {len(phrases)} 处：")
        _list(map(_change, phrases))
    doubts = [entry for entry in imported.doubtful if entry.kind != "masked"]
    if doubts:
        say(f"存疑 {len(doubts)} 处，请看原文：")
        _list(map(_doubt, doubts))
    if imported.truncated:
        say(_cut(imported))
    blanks = [fact for fact in found if fact.kind == "blank"]
    if blanks:
        say(f"旧稿留空 {len(blanks)} 处，必须补上：")
        _list(f"第{fact.line}行 {fact.text}（{fact.wanted}）" for fact in blanks)
    verify = [fact for fact in found if fact.kind in _TO_VERIFY]
    if verify:
        counts = Counter(fact.kind for fact in verify)
        say(
            "要核实："
            + "、".join(f"{FACT_KINDS[kind]} {counts[kind]} 处" for kind in _TO_VERIFY if counts[kind])
            + "。"
        )
        _list(f"第{fact.line}行 {fact}".replace("\t", "") for fact in verify if fact.kind in ("figure", "target"))


def _cut(imported: Imported) -> str:
    """That the source is not whole: said by itself, or only likely by its last line."""
    if imported.missing:
        return f"旧稿不全，后面断了，说是缺 {imported.missing} 字。"
    said = "truncation" in {entry.kind for entry in imported.removed} | {entry.kind for entry in imported.changed}
    return "旧稿不全，后面断了。" if said else "旧稿最后一句没有写完，也可能只少了句号，请看原文末尾。"


def _change(entry: Change) -> str:
    before, after = _short(entry.before), _short(entry.after) or "（删去）"
    said = before if before == after else f"{before} → {after}"  # the same where lines were joined
    return f"第{entry.line}行 {_kind(entry.kind)}：{said}"


def _doubt(entry: Doubt) -> str:
    if entry.kind == "chrome" or entry.message.startswith("文稿"):  # of the whole, not of the line where it was noticed
        return entry.message
    return f"第{entry.line}行 {entry.message}：{_short(entry.text)}"


def _list(lines: Any) -> None:
    every = list(lines)
    for line in every[:_SHOWN]:
        say(f"  {line}")
    if len(every) > _SHOWN:
        say(f"  …… 还有 {len(every) - _SHOWN} 处，--json 列出全部。")


def _list_years(imported: Imported, year: int) -> None:
    """Every place that names a year or a date; nothing is changed."""
    if not year:
        return
    places = _years(imported)
    if not places:
        say(f"旧稿没有写年份、日期的地方，改到 {year} 年不用动。")
        return
    say(f"改到 {year} 年，这 {len(places)} 处写到年份、日期，请逐处定（一处也没有自动改）：")
    for line, text, around in places:
        say(f"  第{line}行 {text}：{around}")


def _years(imported: Imported) -> list[tuple[int, str, str]]:
    """(line, words, what stands around them)."""
    places = []
    for passage in imported.passages:
        if passage.piece != imported.piece or passage.aside:
            continue
        text = passage.text.text
        for start, words in years(text):
            around = text[max(0, start - 8) : start] + "【" + words + "】" + text[start + len(words) :][:12]
            at = passage.text.at[start] if start < len(passage.text.at) else passage.text.start
            places.append((imported.lines.line(at), words, around))
    return places


def _kind(kind: str) -> str:
    return KINDS.get(kind, kind)


def _short(text: str, size: int = 40) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= size else flat[:size] + "……"

"""`drafter check`: texts proofread, with the place, the reason and the fix of each finding."""

from __future__ import annotations

import difflib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.brief import load_brief
from drafter.check import Finding, Level, Profile, Rule, Settings, Stage, Text, check, fix, rulebook
from drafter.check.config import LEVELS, Config, codes, find_config, load_config
from drafter.check.dating import date_range
from drafter.check.format_facts import check_format
from drafter.check.marking import marked_bytes
from drafter.check.opening import Manuscript, Plain, open_text
from drafter.check.reports import Checked, as_json, github, sarif, title
from drafter.check.switches import wrong_switches
from drafter.cli.console import columns, complain, result, say
from drafter.cli.findings import LEVEL_TITLES, shown, summary
from drafter.cli.packs import load_library
from drafter.compose import compose
from drafter.errors import DrafterError, InputError, OutputError, Place, Problem
from drafter.write import write_bytes

if TYPE_CHECKING:
    from drafter.document import Document

__all__ = ["Request", "check_files", "explain", "list_rules"]

_STREAM = Path("-")
_STREAM_NAME = "标准输入"
_BRIEFS = (".yaml", ".yml")
_OLD = (".doc", ".wps", ".pdf")
_TEXTS = (".docx", ".txt", ".md", ".markdown")
_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "dim"}


class Request(NamedTuple):
    """The options of one `drafter check`."""

    files: Sequence[Path]
    fix: bool = False
    suggested: bool = False
    diff: bool = False
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    date: str = ""
    profile: str = ""
    stage: str = ""
    level: str = "提示"
    form: str = "text"
    output: Path | None = None
    marked: Path | None = None
    dating: bool = False
    config: Path | None = None
    force: bool = False
    packs: Sequence[Path] = ()


class _Read(NamedTuple):
    """One thing to check; `document` where it was composed here."""

    path: Path
    text: Text
    document: Document | None = None


def check_files(request: Request) -> int:
    """Check, report, fix; 0 nothing above info, 1 findings, 2 a file that cannot be read."""
    config = _config(request)
    _refuse(request)
    paths = list(dict.fromkeys(_expanded(request.files)))
    alone = len(paths) == 1
    unread: list[Problem] = []
    written: list[str] = []
    differs = False
    checked: list[tuple[_Read, Checked]] = []
    with _progress(paths) as each:
        for path in each:
            try:
                settings = config.settings_for(None if path == _STREAM else path)
                if request.dating:
                    text = _open(path, request).text
                    written.append(f"{text.name}：{date_range(text)}")
                    continue
                if request.fix or request.diff:
                    changes = _fix(path, settings, request, alone)
                    if request.diff:
                        differs |= bool(changes)
                        written += filter(None, [changes])
                        continue
                read = _open(path, request)
                for problem in wrong_switches(read.text):
                    complain([problem])
                checked.append((read, Checked(read.text, _found(read, settings))))
            except DrafterError as error:
                if alone:
                    raise
                complain(error.problems)
                unread += error.problems
    if request.dating or request.diff:
        _write("\n".join(written), request)
        return 2 if unread else int(differs)
    _report(checked, unread, request)
    for read, one in checked:
        _mark(read, one.findings, request)
    grave = any(finding.level is not Level.INFO for _, one in checked for finding in one.findings)
    return 2 if unread else int(grave)


def _refuse(request: Request) -> None:
    """Options that do not go together."""
    if request.marked and len(request.files) != 1:
        raise InputError(Problem("E621", "--marked 一次只能批注一个文件", hint="一个一个地检查"))
    if request.marked and request.marked.suffix.lower() != ".docx":
        hint = f"写成 --marked {request.marked.stem}.docx"
        raise InputError(Problem("E621", "批注稿是 .docx 文件", Place(str(request.marked)), hint))
    if request.suggested and not (request.fix or request.diff):
        hint = "先看改成什么样：--diff --suggested；写回：--fix --suggested"
        raise InputError(Problem("E624", "--suggested 要同 --fix 或 --diff 一起用", hint=hint))


def explain(code: str) -> int:
    """Rules, by their ids or the beginnings of them: what, why, source, what they cannot see, examples."""
    wanted = codes([code])
    for rule in rulebook().rules:
        if rule.id.startswith(wanted):
            result(_explained(rule))
    return 0


def list_rules(as_data: bool) -> int:
    """All rules, by group."""
    groups = rulebook().groups
    if as_data:
        rows = [
            {"id": r.id, "group": g.title, "level": r.level, "fix": r.fix, "what": title(r), "source": r.source}
            for g in groups
            for r in g.rules
        ]  # fmt: skip
        result(json.dumps({"schema_version": 1, "rules": rows}, ensure_ascii=False, indent=1))
        return 0
    for group in groups:
        result(f"{group.letter} {group.title}（{len(group.rules)} 条）")
        for rule in group.rules:
            result(f"  {rule.id}  {LEVEL_TITLES[rule.level]}  {title(rule)}〔{rule.source}〕")
    result("drafter check --explain 编号 看一条规则的理由、依据和例子。")
    return 0


# -- what is checked ----------------------------------------------------------------------------------


def _config(request: Request) -> Config:
    """drafter.toml, then the options, which win."""
    path = request.config or find_config(Path())
    config = load_config(path) if path else Config()
    settings = config.settings
    if request.select:
        settings = settings._replace(select=codes(request.select))
    if request.ignore:
        settings = settings._replace(ignore=(*settings.ignore, *codes(request.ignore)))
    if request.profile:
        profile: Profile = request.profile  # type: ignore[assignment]
        settings = settings._replace(profile=profile)
    if request.stage:
        stage: Stage = request.stage  # type: ignore[assignment]
        settings = settings._replace(stage=stage)
    if request.date:
        try:
            settings = settings._replace(date=date.fromisoformat(request.date))
        except ValueError:
            problem = Problem("E604", f"--date 不是日期：{request.date}", hint="写成 2026-03-05")
            raise InputError(problem) from None
    if request.level not in LEVELS:
        raise InputError(Problem("E604", f"--level 不能是 {request.level}", hint="可用：错误、警告、提示"))
    return config._replace(settings=settings._replace(least=LEVELS[request.level]))


def _expanded(files: Iterable[Path]) -> Iterator[Path]:
    """Files as they are, folders as the texts in them; hidden files and the locks of office programs left out."""
    for path in files:
        if path == _STREAM or not path.is_dir():
            yield path
            continue
        inside = sorted(
            each
            for each in path.rglob("*")
            if each.suffix.lower() in _TEXTS
            and not any(part.startswith((".", "~$")) for part in each.relative_to(path).parts)
        )
        old = [
            each for each in path.rglob("*") if each.suffix.lower() in _OLD and not each.name.startswith((".", "~$"))
        ]
        if old:
            names = "、".join(each.name for each in sorted(old)[:3]) + ("等" if len(old) > 3 else "")
            say(f"{path}：跳过 {len(old)} 个不能直接查的文件（{names}），用 WPS 或 Word 另存为 .docx 再查。")
        if not inside:
            hint = "可以检查的是 " + "、".join(_TEXTS)
            raise InputError(Problem("E620", "文件夹里没有可以检查的文稿", Place(str(path)), hint))
        yield from inside


@contextmanager
def _progress(paths: list[Path]) -> Iterator[Iterable[Path]]:
    """The paths, with a bar where there are many; what goes to stdout stays there, and the bar is gone at the end."""
    if len(paths) < 20 or not sys.stderr.isatty():
        yield paths
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        yield bar.track(paths, description="检查")


def _open(path: Path, request: Request) -> _Read:
    if path == _STREAM:
        return _Read(path, open_text(sys.stdin.buffer.read(), _STREAM_NAME))
    if path.suffix.lower() in _BRIEFS:
        library = load_library(request.packs)
        document = compose(load_brief(path, slots=library.slots()), library)
        return _Read(path, Text.of_document(document, name=str(path)), document)
    return _Read(path, open_text(path))


def _found(read: _Read, settings: Settings) -> tuple[Finding, ...]:
    findings = check(read.text, settings)
    return (*findings, *check_format(read.text, settings)) if isinstance(read.text, Manuscript) else findings


# -- fixes --------------------------------------------------------------------------------------------


def _fix(path: Path, settings: Settings, request: Request, alone: bool) -> str:
    """Write the fixes back, whole or not at all, and say what changed, of one file in full; with `diff` nothing is
    written. What has changed, or would, as a unified diff; empty where nothing."""
    if path.suffix.lower() in _BRIEFS:
        hint = "改素材单或模板；先用 drafter draft 写成 .docx，再检查那个文件"
        raise InputError(Problem("E622", "素材单排出的文稿不能直接改", Place(str(path)), hint))
    read = _open(path, request).text
    fixed, made = fix(read, settings, suggested=request.suggested)
    if not made:
        say(f"{read.name}：没有可自动改的。")
        return ""
    if path == _STREAM and not request.diff:
        raise InputError(Problem("E623", "标准输入不能写回", hint="加 --diff 看改动，或先存成文件"))
    difference = _difference(read, fixed)
    if not request.diff and not os.access(path, os.W_OK):
        hint = "去掉文件的“只读”属性，或另存一份再改；加 --diff 只看改动"
        raise OutputError(Problem("E504", "文件是只读的，没有改", Place(str(path)), hint))
    if not request.diff and isinstance(fixed, Plain | Manuscript):
        write_bytes(fixed.encoded(), path, force=True)
        if alone:
            say(difference)
        say(f"{read.name}：改了 {len(made)} 处。")
    return difference


def _difference(before: Text, after: Text) -> str:
    lines = difflib.unified_diff(
        before.lines, after.lines, f"{before.name}（原）", f"{after.name}（改）", lineterm="", n=0
    )
    return "\n".join(lines)


# -- reports ------------------------------------------------------------------------------------------


def _report(checked: Sequence[tuple[_Read, Checked]], unread: Sequence[Problem], request: Request) -> None:
    every = [one for _, one in checked]
    if request.form == "text":
        text = "\n\n".join(line for read, one in checked for _, line in shown(one.findings, read.text, read.document))
        if request.output:
            _write(text, request)
        else:
            wide = columns(sys.stdout)
            _print(
                line for read, one in checked for line in shown(one.findings, read.text, read.document, columns=wide)
            )
    else:
        made = {
            "json": lambda: json.dumps(as_json(every, unread), ensure_ascii=False, indent=1),
            "sarif": lambda: json.dumps(sarif(every, rulebook().rules, unread), ensure_ascii=False, indent=1),
            "github": lambda: github(every, unread).rstrip("\n"),
        }[request.form]()
        _write(made, request)
    _sum_up(checked, len(unread))


def _write(text: str, request: Request) -> None:
    if request.output:
        write_bytes((text + "\n").encode(), request.output, force=request.force)
    elif text:
        result(text)


def _print(lines: Iterable[tuple[Level, str]]) -> None:
    if not sys.stdout.isatty():
        for _, line in lines:
            result(line + "\n")
        return
    from rich.console import Console
    from rich.text import Text as Styled

    console = Console(highlight=False, soft_wrap=True)
    for level, line in lines:
        head, _, rest = line.partition("\n")
        console.print(Styled(head, _STYLES[level]))
        console.print(Styled(rest + "\n"))


def _sum_up(checked: Sequence[tuple[_Read, Checked]], unread: int) -> None:
    findings = [finding for _, one in checked for finding in one.findings]
    files = f"检查了 {len(checked)} 个文件" + (f"，{unread} 个读不了" if unread else "")
    files = f"{files}：" if unread or len(checked) != 1 else ""
    if not findings:
        say(f"{files}没有发现问题。")
        return
    fixable = any(read.document is None for read, _ in checked)
    say(f"{files}{summary(findings, fixable=fixable)}。")


def _mark(read: _Read, findings: Sequence[Finding], request: Request) -> None:
    if request.marked:
        write_bytes(marked_bytes(read.text, findings), request.marked, force=request.force)
        say(f"已写出批注稿 {request.marked}：{len(findings)} 条批注。")


def _explained(rule: Rule) -> str:
    lines = [
        f"{rule.id}  {LEVEL_TITLES[rule.level]}  {title(rule)}",
        f"  理由：{rule.why}",
        f"  依据：{rule.source}（{rule.force}）",
    ]
    if rule.blind:
        lines.append(f"  看不到的：{rule.blind}")
    for example in rule.examples:
        arrow = f"  →  {example.right}" if example.right else ""
        lines.append(f"  例：{example.wrong}{arrow}".replace("\n", "⏎"))
    return "\n".join(lines)

"""`drafter library new --from`: a pattern proposed from a section of an old text, tried out before it is written."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.brief import load_brief
from drafter.chinese.enumeration import paragraphs
from drafter.chinese.numerals import numeral
from drafter.cli.console import complain, say
from drafter.compose import compose
from drafter.document import FRONT_MATTER, Role
from drafter.errors import DrafterError, InputError, LibraryError, OutputError, Place, Problem
from drafter.library import Library, check
from drafter.library.scaffold import new_pack, pattern_place, root_of
from drafter.read import read
from drafter.read.propose import propose, sections_of
from drafter.write import write_bytes

if TYPE_CHECKING:
    from drafter.read.brief_sections import Section
    from drafter.read.propose import Proposal

__all__ = ["Request", "new_from"]

_SHOWN = 24
_NAME = re.compile("[a-z][a-z0-9-]*")


class Request(NamedTuple):
    """The options of `drafter library new` with `--from`."""

    source: Path | None
    section: int = 0
    kind: str = ""
    name: str = ""
    title: str = ""
    pack: str = ""
    output: Path | None = None
    force: bool = False


class _Goal(NamedTuple):
    """Where the pattern goes and what it is called. `alone`: a file outside any pack, which is all that is written."""

    root: Path
    path: str
    entry: str
    title: str
    source: str
    section: int
    alone: Path | None = None

    @property
    def target(self) -> Path:
        return self.alone or self.root / self.path

    def text(self, proposal: Proposal) -> str:
        return proposal.file(self.entry, self.title, self.source, self.section)


def new_from(request: Request) -> int:
    """Write the pattern; 1 where the check finds something, or the example does not give the source again.

    Raises InputError: E613 options that do not go together, E616 no such section (the message lists them), and what
    `read` raises; LibraryError and OutputError for the place of the file.
    """
    if request.source is None:
        raise InputError(Problem("E613", "--section 和 --force 只用于 --from", hint="用 --from 指明旧稿"))
    if request.kind not in ("", "句式"):
        raise InputError(Problem("E613", "--from 只写句式", hint="类别不写，或写“句式”"))
    section = _section(request.source, request.section)
    goal, library = _goal(request, request.source, section)
    taken = {slot for pattern in library.patterns if pattern.id != goal.entry for slot in pattern.slots}
    proposal, same = _tried(section, library.function(section.function).title, taken, goal)
    _make_folder(goal.target.parent)
    write_bytes(goal.text(proposal).encode(), goal.target, force=request.force)
    _report(proposal, goal, same)
    if goal.alone:
        return 0 if same else 1
    place = f"{goal.root}/{goal.path}"
    found = check(Library.load([goal.root], strict=False), goal.entry.split(".")[0])
    problems = [problem for problem in found if problem.place and problem.place.file == place]
    complain(problems)
    return 0 if same and not problems else 1


def _goal(request: Request, source: Path, section: Section) -> tuple[_Goal, Library]:
    """Settles the function of the section too: the place or the id may say another."""
    root, code, name = root_of(request.output or Path())
    title = request.title
    if request.name:
        parts = request.name.split(".")
        if len(parts) != 3:
            hint = "写成 包.功能.名字，如 acme.task.my-points"
            raise InputError(Problem("E314", f"id 的段数不对：{request.name}", hint=hint))
        code, name = parts[1:]
    elif name and not name.isascii():  # a Chinese file name is the title; files and ids are Latin
        title, name = title or name, ""
    section.function = code or section.function
    alone = request.output if _is_alone(root, request.output) else None
    if not alone:
        _make_pack(root, request)
    library = Library.load([] if alone else [root], strict=False)
    function = library.function(section.function)
    title = title or f"{function.title}旧稿{numeral(request.section)}"
    name = name or f"section-{request.section}"
    if alone:
        pack = request.pack or request.name.split(".")[0] or "my"
        new_pack(pack, title)  # refuses an id or a title that cannot be one
        name = name if _NAME.fullmatch(name) else f"section-{request.section}"
        path, entry = f"patterns/{function.code}/{name}.j2", f"{pack}.{function.code}.{name}"
    else:
        path, entry = pattern_place(root, function.code, name, title, force=request.force)
    if request.name and entry != request.name:
        raise LibraryError(Problem("E314", f"id 要以模板包的 id 开头：{request.name}", hint=f"应为 {entry}"))
    goal = _Goal(root, path, entry, title, source.name, request.section, alone)
    if goal.target.exists() and not request.force:
        hint = "用 -o 换一个文件名；确定要覆盖就加 --force"
        raise OutputError(Problem("E502", "文件已经有了，没有覆盖", Place(str(goal.target)), hint))
    return goal, library


def _is_alone(root: Path, output: Path | None) -> bool:
    """Whether a file is named that lies in no pack and in no folder `patterns` of one to be made."""
    if output is None or output.suffix != ".j2" or (root / "pack.yaml").exists():
        return False
    return "patterns" not in (output.parent.name, output.parent.parent.name)


def _section(source: Path, number: int) -> Section:
    imported = read(source)
    sections = sections_of(imported)
    if 1 <= number <= len(sections):
        return sections[number - 1]
    said = f"没有第 {number} 部分" if number else "请用 --section 指明用哪一部分"
    listed = [f"    {n}  {_name(section)}（第 {section.line} 行）" for n, section in enumerate(sections, 1)]
    hint = "\n".join(["这份稿子的各部分：", *listed]) if listed else "这份稿子没有正文"
    raise InputError(Problem("E616", said, Place(imported.name), hint))


def _name(section: Section) -> str:
    text = section.heading or section.texts[0]
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "……"


def _make_pack(root: Path, request: Request) -> None:
    """A pack of one's own, where the place that was named is none yet."""
    if (root / "pack.yaml").exists() or request.output is None:
        return
    wanted = request.pack or request.name.split(".")[0] or root.resolve().name
    pack = wanted if request.pack or request.name or _NAME.fullmatch(wanted) else "my"
    title = "".join(filter(str.isalnum, root.resolve().name))[:30] or "我的模板"
    manifest = new_pack(pack, title)["pack.yaml"]
    _make_folder(root)
    write_bytes(manifest.encode(), root / "pack.yaml")
    say(f"这里还没有模板包，已建好 {root / 'pack.yaml'}（编号 {pack}）。")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(Problem("E505", f"建不成文件夹：{error.strerror}", Place(str(folder)))) from None


def _tried(section: Section, function: str, taken: Collection[str], goal: _Goal) -> tuple[Proposal, bool]:
    """The proposal whose example gives the source word for word, with items where that goes; and whether one does."""
    proposals = [propose(section, function, taken, lists=lists) for lists in (True, False)]
    for proposal in proposals:
        try:
            if _composed(proposal, function, goal) == list(proposal.text):
                return proposal, True
        except DrafterError:
            continue
    return proposals[0], False


def _composed(proposal: Proposal, function: str, goal: _Goal) -> list[str]:
    """The paragraphs that a brief with nothing but the example of the pattern gives."""
    with tempfile.TemporaryDirectory() as scratch:
        pack, file = Path(scratch, "pack.yaml"), Path(scratch, goal.path)
        file.parent.mkdir(parents=True)
        pack.write_text(new_pack(goal.entry.split(".")[0], "试排")["pack.yaml"], encoding="utf-8")
        file.write_text(goal.text(proposal), encoding="utf-8")
        library = Library.load([Path(scratch)], strict=False)
        board = {"功能": function, "标题": "无", "句式": [goal.entry], "要素": proposal.example}
        document = compose(load_brief({"场合": "通用", "板块": [board]}, slots=library.slots()), library)
    apart = (*FRONT_MATTER, Role.SALUTATION, Role.SIGNATURE)
    return [paragraph.text for paragraph in paragraphs(document) if paragraph.role not in apart]


def _report(proposal: Proposal, goal: _Goal, same: bool) -> None:
    said = f"{len(proposal.slots)} 个要素，都由旧稿的事实而来" if proposal.slots else "旧稿这一部分没有事实，没有要素"
    say(f"已写出 {goal.target}：句式「{goal.title}」，{said}。")
    if proposal.doubt:
        say(
            f"注意：{proposal.doubt}；要换，用 -o 指明 patterns 下别的功能文件夹，如 patterns/task/{goal.target.name}。"
        )
    if proposal.heading:
        say(f"旧稿的标题不在句式里，写在素材单或场合的“标题”：{proposal.heading}")
    result = "一字不差" if same else "不全相同，请逐句核对"
    say(f"试排：填上旧稿自己的事实，与旧稿这一部分{result}。")
    if goal.alone:
        say(f"这个文件不在模板包里，放进去才能用：改成 -o 我的模板/{goal.path} 再做一次，没有的包会建好。")
        return
    say(f"检查：drafter library check {goal.root}；看样子：drafter library render {goal.title} --pack {goal.root}")

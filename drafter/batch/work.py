"""What a worker does: some briefs of a batch to documents. One function, whatever process or machine runs it."""

from __future__ import annotations

import hashlib
import marshal
import os
import threading
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.batch.lines import read_json
from drafter.batch.merge import locate, merged, with_path
from drafter.batch.shape import Shapes
from drafter.brief import Brief, brief_schema, load_brief
from drafter.chinese.enumeration import paragraphs
from drafter.chinese.length import characters, minutes, spoken
from drafter.compose import compose
from drafter.document import Document, Role
from drafter.errors import BriefError, DrafterError, LibraryError, OutputError, Place, Problem
from drafter.library import Library
from drafter.write import load_format, render, write_bytes

if TYPE_CHECKING:
    from drafter.batch.columns import Fact
    from drafter.write import Format

__all__ = ["Outcome", "Setup", "Task", "busy", "compose_tasks", "deliver", "fingerprint", "plain_numbers"]

_FRONT = {Role.TITLE, Role.DATE, Role.SPEAKER}
_COUNTED = ("gap", "unverified", "claim")

busy = threading.Lock()
"""Held while a document is made and written: a library serves one thread, and a file is never left half done."""


class Setup(NamedTuple):
    """What all briefs of a batch share.

    packs, project  where the library comes from, as paths; library: its fingerprint, which a worker must meet
    base            the shared brief as marshalled plain data
    folder          where the worker writes; "" where it gives the bytes back, or only checks
    """

    packs: tuple[str, ...]
    project: str
    library: str
    base: bytes
    to: str
    copy: str
    folder: str
    render: bool
    force: bool


class Task(NamedTuple):
    """One brief. `payload`: bytes of a file, text of a line, or facts of a row; `recorded`: the sha256 of the file
    that an earlier run wrote under this name, "" for none."""

    number: int
    name: str
    source: str
    kind: str
    payload: Any
    blanks: tuple[tuple[str, str], ...] = ()
    recorded: str = ""


class Outcome(NamedTuple):
    """What became of one brief; `problems` are empty unless it failed. `data` only where the worker does not write.

    page  the 版式 that the brief asks for and the hash of what it says, ("", "") where it asks for none
    """

    number: int
    characters: int = 0
    minutes: float = 0.0
    gaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    sha256: str = ""
    page: tuple[str, str] = ("", "")
    data: bytes | None = None


def compose_tasks(setup: Setup, tasks: Sequence[Task]) -> list[Outcome]:
    """One outcome a task, in order; what is wrong with one brief is its own outcome.

    Raises LibraryError where the library cannot be loaded or is not that of the batch (E717).
    """
    outcomes = []
    pages: dict[str, Format] = {}  # no longer than for these: the file of a format may be changed between two runs
    for task in tasks:
        with busy:
            outcomes.append(_outcome(setup, task, pages))
    return outcomes


def _outcome(setup: Setup, task: Task, pages: dict[str, Format]) -> Outcome:
    shop = _workshop(setup.packs, setup.project, setup.library)
    try:
        brief = _brief(setup, task, shop)
        document = compose(brief, shop.library)
        outcome = _account(task.number, document)
        if not setup.render:
            return outcome
        asked = str(brief.data.get("版式") or "")
        page = _page(pages, asked or ("lectern" if setup.copy == "朗读" else "gbt9704"))
        if asked:
            outcome = outcome._replace(page=(asked, page.cache_key))
        data = render(document, to=setup.to, copy=setup.copy, format=page)
        digest = hashlib.sha256(data).hexdigest()
        if not setup.folder:
            return outcome._replace(sha256=digest, data=data)
        deliver(data, Path(setup.folder) / task.name, task.recorded, setup.force)
        return outcome._replace(sha256=digest)
    except DrafterError as error:
        return Outcome(task.number, problems=_located(error, setup, task))
    except Exception as error:  # one brief that trips over a bug of ours must not cost the others
        what = f"程序内部出错：{type(error).__name__}（{_where(error)}）"
        hint = "这是 drafter 的缺陷，请带上这份素材单报告"
        return Outcome(task.number, problems=(Problem("E690", what, Place(task.source), hint),))


class _Workshop(NamedTuple):
    library: Library
    slots: Mapping[str, Mapping[str, Any]]
    shapes: Shapes


@lru_cache(1)
def _workshop(packs: tuple[str, ...], project: str, expected: str) -> _Workshop:
    """The library, loaded once in a process."""
    library = Library.load([Path(pack) for pack in packs], Path(project) if project else None)
    if expected and fingerprint(library) != expected:
        hint = "在每台工作机上装同一版本的 drafter 和模板包"
        raise LibraryError(Problem("E717", "工作进程里的模板库和本机的不一样", None, hint))
    slots = library.slots()
    return _Workshop(library, slots, Shapes(brief_schema(slots)))


def fingerprint(library: Library) -> str:
    """Changes with every template, topic and occasion, and with every built-in page format; not with their place."""
    digest = hashlib.sha256(library.digest())
    for page in ("gbt9704", "lectern"):
        digest.update(load_format(page).cache_key.encode())
    return digest.hexdigest()


def _brief(setup: Setup, task: Task, shop: _Workshop) -> Brief:
    """Raises InputError, BriefError; places of rows are not set yet."""
    if task.kind == "file":
        return load_brief(task.payload, name=task.source, slots=shop.slots)
    if task.kind == "line":
        data = plain_numbers(read_json(task.payload, task.source), shop.shapes)
    else:
        data, _, problems = merged(marshal.loads(setup.base), task.payload)  # noqa: S302 - made by this batch
        if problems:
            raise BriefError(*problems)
    return load_brief(data, name=task.source, slots=shop.slots)


def plain_numbers(data: Any, shapes: Shapes, path: tuple[str | int, ...] = ()) -> Any:
    """Decimals as text where the schema takes a text, so that 1.10 stays 1.10, else as numbers."""
    if isinstance(data, dict):
        return {key: plain_numbers(each, shapes, (*path, key)) for key, each in data.items()}
    if isinstance(data, list):
        return [plain_numbers(each, shapes, (*path, at)) for at, each in enumerate(data)]
    if isinstance(data, Decimal):
        return str(data) if "string" in shapes.at(path).types else float(data)
    return data


def _located(error: DrafterError, setup: Setup, task: Task) -> tuple[Problem, ...]:
    """The problems of a brief at the cell or the line they come from."""
    if task.kind == "row":
        facts: list[Fact] = task.payload
        places = merged(marshal.loads(setup.base), facts)[1]  # noqa: S302 - made by this batch
        return tuple(locate(problem, places, task.source, task.blanks) for problem in error.problems)
    if task.kind == "line":
        file, _, line = task.source.rpartition(":")
        return tuple(
            problem
            if problem.place and problem.place.line
            else with_path(problem, Place(file, int(line), path=problem.place.path if problem.place else ""))
            for problem in error.problems
        )
    return tuple(
        problem if problem.place else Problem(problem.code, problem.message, Place(task.source), problem.hint)
        for problem in error.problems
    )


def _page(pages: dict[str, Format], name: str) -> Format:
    if name not in pages:
        pages[name] = load_format(name)
    return pages[name]


def _account(number: int, document: Document) -> Outcome:
    texts = [each.text for each in paragraphs(document) if each.role not in _FRONT]
    rate = int(document.meta.get("rate", 180))
    likely = minutes(sum(map(spoken, texts)), rate)[1]
    gaps = tuple(dict.fromkeys(note.message for note in document.notes if note.code == "gap"))
    notes = tuple(note.message for note in document.notes if note.code not in _COUNTED)
    return Outcome(number, sum(map(characters, texts)), round(likely, 1), gaps, notes)


def deliver(data: bytes, path: Path, recorded: str, force: bool) -> None:
    """Write a document, whole or not at all; one that is there already with the same bytes is left alone.

    A file of the same name is replaced where it is still as an earlier run wrote it (`recorded`), where it is empty
    since the power went, or with `force`; E718 where it is not, or is a link. Raises OutputError, also E503–E505.
    """
    if not os.path.lexists(path):
        write_bytes(data, path, lasting=False)
        return
    place = Place(str(path))
    if path.is_symlink() or not path.is_file():
        raise OutputError(
            Problem("E718", "同名的已经有了，而且不是普通文件，没有覆盖", place, "移走它，或换一个文件夹")
        )
    present = path.read_bytes()
    if present == data:
        return
    if present and hashlib.sha256(present).hexdigest() != recorded and not force:
        hint = "有人改过的稿子先另存一份；确定要覆盖就加 --force"
        raise OutputError(Problem("E718", "同名文件已经有了，内容不是上次写出的，没有覆盖", place, hint))
    write_bytes(data, path, force=True, lasting=False)


def _where(error: Exception) -> str:
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else ""

"""Many briefs through compose and write: prepare first, then run."""

from __future__ import annotations

import hashlib
import json
import marshal
import os
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from drafter.batch.executors import Workers, cluster, here, pool, run
from drafter.batch.lines import read_json
from drafter.batch.manifest import Manifest, sweep
from drafter.batch.plan import Plan
from drafter.batch.shape import Shapes
from drafter.batch.sources import Item, file_items, table_items
from drafter.batch.work import Outcome, Setup, Task, compose_tasks, deliver, fingerprint
from drafter.brief import Brief, brief_schema, load_brief
from drafter.brief.reader import read_tree
from drafter.brief.source import open_source
from drafter.errors import BriefError, DrafterError, InputError, OutputError, Place, Problem
from drafter.library import Library
from drafter.version import __version__
from drafter.write import load_format

__all__ = ["Batch", "Options", "Record", "prepare"]

_POOL_FROM = 400  # below, the processes take longer to start than they save
_SKIPPED = 200
_BY_A_ROW = ("E202", "E206", "E210", "E213")  # what a shared brief may leave to its rows
_SUFFIX = {"docx": ".docx", "md": ".md", "markdown": ".md", "txt": ".txt", "text": ".txt", "html": ".html"}


class Options(NamedTuple):
    """What is asked for.

    inputs   files, folders, globs; or table (with base, the shared brief)
    folder   where the documents go; name: of each, as `{会议}`, "" for that of its source
    jobs     processes; 0: as many as there are cores where it pays, else none. cluster: a dask scheduler instead
    """

    inputs: tuple[str, ...] = ()
    table: Path | None = None
    base: Path | None = None
    folder: Path = Path("out")
    to: str = "docx"
    copy: str = "报审"
    name: str = ""
    jobs: int = 0
    cluster: str = ""
    resume: bool = False
    dry_run: bool = False
    force: bool = False
    packs: tuple[Path, ...] = ()
    project: Path | None = None


class Record(NamedTuple):
    """What became of one brief. `status`: 完成, 待补, 未变 (from an earlier run) or 有错."""

    number: int
    source: str
    status: str
    output: str
    characters: int = 0
    minutes: float = 0.0
    gaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def cells(self) -> tuple[str | int | float, ...]:
        """In the order of `report.HEADER`."""
        gaps, notes = "；".join(self.gaps), "；".join(self.notes)
        problems = "；".join(map(str, self.problems))
        return (
            *(self.number, self.source, self.status, self.output, self.characters, self.minutes),
            *(gaps, notes, problems),
        )

    def plain(self) -> dict[str, Any]:
        """As plain data for JSON."""
        problems = [
            {
                "code": each.code,
                "message": each.message,
                "place": str(each.place or ""),
                "path": each.place.path if each.place else "",
                "hint": each.hint,
            }
            for each in self.problems
        ]
        return {**self._asdict(), "gaps": list(self.gaps), "notes": list(self.notes), "problems": problems}


@contextmanager
def prepare(options: Options) -> Iterator[Batch]:
    """Read all inputs, name all outputs, refuse what cannot be; nothing is written.

    Raises InputError (E1xx, E70x–E714, E719), BriefError (the shared brief), LibraryError, OutputError (E712).
    """
    library = Library.load(options.packs, options.project)
    shapes = Shapes(brief_schema(library.slots()))
    base = _base(options.base, library, shapes) if options.base else {}
    items = _items(options, shapes, base)
    plan = Plan(items, options.name, _SUFFIX.get(options.to, f".{options.to}"), base, shapes)
    try:
        if not plan.count:
            where = str(options.table or "、".join(options.inputs))
            raise InputError(Problem("E701", "一份素材单也没有", Place(where), "表头下面一行写一篇"))
        if options.folder.exists() and not options.folder.is_dir():
            raise OutputError(Problem("E505", "这是文件，不是文件夹", Place(str(options.folder)), "-o 后面写文件夹"))
        if not (options.resume or options.force):
            plan.refuse_existing(options.folder)
        yield Batch(options, library, base, plan)
    finally:
        plan.close()


def _items(options: Options, shapes: Shapes, base: dict[str, Any]) -> Iterator[Item]:
    if options.table and options.inputs:
        hint = "分两次做"
        raise InputError(Problem("E719", "素材单和 --table 只能给一种", None, hint))
    if options.base and not options.table:
        raise InputError(Problem("E719", "--brief 要和 --table 一起用", None, "单份素材单直接写在命令后面"))
    if options.table:
        return table_items(options.table, shapes, base if options.base else None)
    if not options.inputs:
        hint = "drafter batch 素材单文件夹 -o 文件夹，或 drafter batch --table 表.xlsx --brief 共用.yaml -o 文件夹"
        raise InputError(Problem("E719", "没有给素材单，也没有给 --table", None, hint))
    return file_items(options.inputs)


def _base(path: Path, library: Library, shapes: Shapes) -> dict[str, Any]:
    """The shared brief as plain data, figures as written; it may lack what the rows bring."""
    try:
        brief = load_brief(path, slots=library.slots())
    except BriefError as error:
        serious = [problem for problem in error.problems if problem.code not in _BY_A_ROW]
        if serious:
            raise BriefError(*serious) from None
        source = open_source(path, str(path))
        tree = read_tree(source)
        data = tree.data if tree and isinstance(tree.data, dict) else {}
        brief = Brief(data, str(path), tree.node if tree else None, (), source)
    texts: dict[str, Any] = _as_written(brief.data, brief, shapes, ())
    return texts


def _as_written(value: Any, brief: Brief, shapes: Shapes, path: tuple[str | int, ...]) -> Any:
    if isinstance(value, dict):
        return {key: _as_written(each, brief, shapes, (*path, key)) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_written(each, brief, shapes, (*path, at)) for at, each in enumerate(value)]
    if isinstance(value, (int, float)) and not isinstance(value, bool) and "string" in shapes.at(path).types:
        return brief.raw(path) or value
    return value


class Batch:
    """A prepared batch. `count`: how many briefs; `workers`: how many processes are going to work on them."""

    def __init__(self, options: Options, library: Library, base: dict[str, Any], plan: Plan) -> None:
        self.count = plan.count
        self.jobs = options.jobs or (_cores() if plan.count >= _POOL_FROM else 1)
        self._options, self._plan = options, plan
        self._setup = Setup(
            packs=tuple(str(path.resolve()) for path in options.packs),
            project=str(options.project.resolve()) if options.project else "",
            library=fingerprint(library),
            base=marshal.dumps(base),
            to=options.to,
            copy=options.copy,
            folder="" if options.cluster or options.dry_run else str(options.folder.resolve()),
            render=not options.dry_run,
            force=options.force,
        )
        options_hash = repr((__version__, self._setup.library, options.to, options.copy, self._setup.base))
        self._stamp = hashlib.sha256(options_hash.encode()).digest()
        self._ready: deque[list[Record | Task]] = deque()
        self._manifest: Manifest | None = None
        self._pages: dict[str, str] = {}

    def run(self) -> Generator[Record, None, None]:
        """Make the documents; one record a brief, in order. To be closed where it is not read to its end.

        Raises LibraryError (also E717), InputError E716, OutputError (the folder); never for a single brief.
        """
        with ExitStack() as stack:
            workers = self._workers(stack)
            if not self._options.dry_run:
                self._manifest = stack.enter_context(self._folder())
            results = run(workers, partial(compose_tasks, self._setup), self._parts(workers.chunk), _lost)
            stack.callback(results.close)
            for outcomes in results:
                yield from self._records(outcomes)

    @contextmanager
    def _folder(self) -> Iterator[Manifest]:
        folder = self._options.folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"建不了文件夹（{error.strerror or error}）"
            raise OutputError(Problem("E504", what, Place(str(folder)), "换一个位置")) from None
        manifest = Manifest(folder, read=self._options.resume)
        try:
            sweep(folder)
            yield manifest
        finally:
            with suppress(OSError):
                sweep(folder)  # of a worker that has died
            manifest.close()

    def _workers(self, stack: ExitStack) -> Workers:
        if self._options.cluster:
            return stack.enter_context(cluster(self._options.cluster))
        return pool(self.jobs) if self.jobs > 1 else here()

    def _parts(self, size: int) -> Iterator[list[Task]]:
        """Chunks of tasks; what needs no work waits in `_ready` for its turn."""
        lined: list[Record | Task] = []
        tasks: list[Task] = []
        for number, (item, name) in enumerate(self._plan, 1):
            each = self._task(number, item, name)
            lined.append(each)
            if isinstance(each, Task):
                tasks.append(each)
            if len(tasks) == size or len(lined) == _SKIPPED:
                self._ready.append(lined)
                yield tasks
                lined, tasks = [], []
        if lined:
            self._ready.append(lined)
            yield tasks

    def _task(self, number: int, item: Item, name: str) -> Record | Task:
        if item.problems or not name:
            return Record(number, item.source, "有错", "", problems=item.problems or _unread(item))
        payload = item.payload
        if item.kind == "file":
            try:
                payload = _bytes(Path(item.payload))
            except InputError as error:
                return Record(number, item.source, "有错", "", problems=error.problems)
        entry = self._manifest.get(name) if self._manifest else None
        same = entry and entry["input"] == self._digest(item.kind, payload) and self._same_page(entry.get("page"))
        if entry and same and _has_content(self._options.folder / name):
            gaps, notes = tuple(entry.get("gaps", ())), tuple(entry.get("notes", ()))
            return Record(
                number, item.source, "未变", name, entry.get("characters", 0), entry.get("minutes", 0.0), gaps, notes
            )
        return Task(number, name, item.source, item.kind, payload, item.blanks, entry["sha256"] if entry else "")

    def _same_page(self, page: Sequence[str] | None) -> bool:
        """Whether the 版式 of an earlier run still says what it said: a brief only names it."""
        if not page:
            return True
        name, key = page
        if name not in self._pages:
            try:
                self._pages[name] = load_format(name).cache_key
            except DrafterError:
                self._pages[name] = ""
        return self._pages[name] == key

    def _digest(self, kind: str, payload: Any) -> str:
        if kind == "row":
            payload = json.dumps([(fact.path, fact.value) for fact in payload], ensure_ascii=False)
        data = payload if isinstance(payload, bytes) else payload.encode("utf-8", "surrogatepass")
        return hashlib.sha256(self._stamp + kind.encode() + data).hexdigest()

    def _records(self, outcomes: Sequence[Outcome]) -> Iterator[Record]:
        results = iter(outcomes)
        records, entries = [], []
        for each in self._ready.popleft():
            if isinstance(each, Record):
                records.append(each)
                continue
            outcome = self._delivered(each, next(results))
            record = _record(each, outcome)
            records.append(record)
            if self._manifest and not outcome.problems:
                entry = {"output": each.name, "input": self._digest(each.kind, each.payload), "sha256": outcome.sha256}
                about = {"source": each.source, "characters": outcome.characters, "minutes": outcome.minutes}
                page = {"page": outcome.page} if outcome.page[0] else {}
                entries.append({**entry, **about, **page, "gaps": outcome.gaps, "notes": outcome.notes})
        if self._manifest:
            self._manifest.add(entries)
        yield from records

    def _delivered(self, task: Task, outcome: Outcome) -> Outcome:
        """The outcome, its document written here where the worker has not done so."""
        if outcome.data is None:
            return outcome
        try:
            deliver(outcome.data, self._options.folder / task.name, task.recorded, self._options.force)
        except DrafterError as error:
            return Outcome(task.number, problems=error.problems)
        return outcome._replace(data=None)


def _record(task: Task, outcome: Outcome) -> Record:
    status = "有错" if outcome.problems else "待补" if outcome.gaps else "完成"
    account = (outcome.characters, outcome.minutes, outcome.gaps, outcome.notes)
    return Record(task.number, task.source, status, "" if outcome.problems else task.name, *account, outcome.problems)


def _lost(task: Task) -> Outcome:
    hint = "单独用 drafter draft 试这一份；可能是内存不够"
    return Outcome(task.number, problems=(Problem("E715", "做这一份时工作进程每次都中断", Place(task.source), hint),))


def _bytes(path: Path) -> bytes:
    """Raises InputError E101, E103."""
    from drafter.brief.source import MAX_BYTES

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        what = f"{path} 读不出来（{error.strerror or error}）"
        raise InputError(Problem("E101", what, Place(str(path)), "检查文件名和权限")) from None
    return data


def _has_content(path: Path) -> bool:
    """A document that an earlier run has written; an empty file is what is left of one when the power went."""
    return path.is_file() and path.stat().st_size > 0


def _unread(item: Item) -> tuple[Problem, ...]:
    """Why an item that could not even be named cannot be read."""
    try:
        if item.kind == "line":
            read_json(item.payload, item.source)
        elif item.kind == "file":
            load_brief(Path(item.payload), name=item.source)
    except DrafterError as error:
        return error.problems
    return (Problem("E710", "起不了文件名", Place(item.source), "检查 --name 里的键"),)


def _cores() -> int:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(count, 61)  # the most that a pool on Windows takes

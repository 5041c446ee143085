"""What a batch is made from: files, folders, globs, NDJSON and tables, one item a speech."""

from __future__ import annotations

import glob
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from drafter.batch.columns import Fact, Header, read_header
from drafter.batch.lines import read_json
from drafter.batch.merge import merged, with_path
from drafter.batch.shape import Shape, Shapes, steps_of
from drafter.batch.table import Row, Sheet, open_table
from drafter.brief.model import format_path, source_text, value_at
from drafter.brief.reader import read_tree
from drafter.brief.source import open_source
from drafter.errors import DrafterError, InputError, Place, Problem

__all__ = ["Item", "bad_name", "field_text", "file_items", "table_items"]

_BRIEFS = (".yaml", ".yml", ".json")
_LINES = (".ndjson", ".jsonl")
_TABLES = (".xlsx", ".xlsm", ".csv", ".tsv")
_MAX_LINE = 1_000_000


class Item(NamedTuple):
    """One speech to come.

    source    what reports call it; stem: the name it has without --name
    kind      file (payload: path) | line (payload: one JSON object as text) | row (payload: facts)
    fields    values for --name, of columns and of the place itself; those of the brief are looked up in its data
    blanks    (path, cell) of the columns that a row leaves empty
    problems  why nothing can be written
    """

    source: str
    stem: str
    kind: str
    payload: Any
    fields: dict[str, str]
    blanks: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    def data(self, base: dict[str, Any]) -> dict[str, Any]:
        """The brief as far as it can be read, for its name; whoever composes it reports what is wrong."""
        try:
            if self.kind == "row":
                return merged(base, self.payload)[0]
            if self.kind == "line":
                return read_json(self.payload, self.source)
            tree = read_tree(open_source(Path(self.payload), self.source))
        except DrafterError:
            return {}
        return tree.data if tree and isinstance(tree.data, dict) else {}


# ---- files


def file_items(inputs: Sequence[str]) -> Iterator[Item]:
    """Files as given, folders with everything below them, globs; in the order given, each file once.

    Raises InputError E101 (not there), E701 (nothing in it), E719 (a table, which is asked for otherwise).
    """
    seen: set[Path] = set()
    for given in inputs:
        for path in _paths(given):
            real = path.resolve()
            if real in seen:
                continue
            seen.add(real)
            fields = {"文件": path.stem, "文件夹": real.parent.name}
            if path.suffix.lower() in _LINES:
                yield from _lines(path, fields)
            else:
                yield Item(str(path), path.stem, "file", str(path), fields)


def _paths(given: str) -> list[Path]:
    path = Path(given)
    if path.suffix.lower() in _TABLES:
        hint = f"drafter batch --table {given} --brief 共用.yaml -o 文件夹"
        raise InputError(Problem("E719", "表格要用 --table 给出", Place(given), hint))
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if each.suffix.lower() in (*_BRIEFS, *_LINES))
        found = [each for each in found if each.is_file() and not each.relative_to(path).parts[0].startswith(".")]
    elif path.exists() or not glob.has_magic(given):
        if not path.exists():
            raise InputError(Problem("E101", f"找不到文件 {given}", Place(given), "检查文件名和所在文件夹"))
        return [path]
    else:
        found = [Path(each) for each in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 - Path.glob takes no absolute ones
        found = [each for each in found if each.is_file()]
    if not found:
        hint = "素材单是 .yaml、.yml、.json，或一行一份的 .ndjson"
        raise InputError(Problem("E701", f"“{given}”里没有素材单", Place(given), hint))
    return found


def _lines(path: Path, fields: dict[str, str]) -> Iterator[Item]:
    """One brief a line; blank lines are none."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(_MAX_LINE + 1):
                number += 1
                source = f"{path}:{number}"
                own = {**fields, "行": str(number)}
                stem = f"{path.stem}-{number:05}"
                if len(line) > _MAX_LINE:
                    hint = "一行写一份素材单"
                    problem = Problem("E103", "这一行超过 1 MB，不像素材单", Place(str(path), number), hint)
                    while line and not line.endswith(b"\n"):
                        line = file.readline(_MAX_LINE)
                    yield Item(source, stem, "line", "", own, (), (problem,))
                elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                    try:
                        yield Item(source, stem, "line", line.decode("utf-8-sig").strip(), own)
                    except UnicodeDecodeError:
                        problem = Problem("E102", "不是 UTF-8 编码", Place(str(path), number), "另存为 UTF-8")
                        yield Item(source, stem, "line", "", own, (), (problem,))
    except OSError as error:
        raise InputError(Problem("E101", f"{path} 读不出来（{error.strerror or error}）", Place(str(path)))) from None


# ---- tables


def table_items(path: Path, shapes: Shapes, base: Mapping[str, Any] | None = None) -> Iterator[Item]:
    """One item a row of the first sheet; a sheet named after a list (`要素.目标`) holds the items of that list.

    The first column of such a sheet is the key: a column of the same header on the first sheet, whose value says
    which speeches an item belongs to. Raises InputError as `open_table` and `read_header`; E714 for a key column
    that is not there, E202 where neither the table nor the shared brief (`base`) says the occasion.
    """
    with open_table(path) as sheets:
        if not sheets:
            raise InputError(Problem("E701", "没有可见的工作表", Place(str(path)), "取消隐藏"))
        main, lists = sheets[0], [_Items(sheet, shapes) for sheet in sheets[1:] if _is_list(sheet, shapes)]
        header = read_header(main, shapes)
        if not any(column.path for column in header.columns.values()):
            hint = "第一行写素材单的键，如 会议、单位.名称、要素.目标[0].数值"
            raise InputError(Problem("E704", "没有一列是素材单的键", Place(main.at(0, header.row)), hint))
        if "场合" not in (base or {}) and all(column.path[:1] != ("场合",) for column in header.columns.values()):
            why = "没有用 --brief 给共用的素材单" if base is None else "共用的素材单里也没有"
            hint = "在共用的素材单（--brief）里写一行 场合: 推进会，或在表里加一列“场合”"
            place = Place(main.at(0, header.row))
            raise InputError(Problem("E202", f"缺少“场合”：表里没有这一列，{why}", place, hint))
        headers = {column.header for column in header.columns.values()}
        for each in lists:
            each.check_key(headers, main)
        for row in main.rows():
            if row[0] > header.row:
                yield _row_item(path, main, header, row, lists)
        for each in lists:
            yield from each.orphans()


def _is_list(sheet: Sheet, shapes: Shapes) -> bool:
    steps = steps_of(sheet.title)
    shape = shapes.find(steps)[1] if steps else None
    return isinstance(shape, Shape) and "array" in shape.types


def _row_item(path: Path, sheet: Sheet, header: Header, row: Row, lists: list[_Items]) -> Item:
    number = row[0]
    facts, problems = header.facts(sheet, row)
    own = header.own(row)
    for each in lists:
        facts += each.facts(own.get(each.key, ""))
        problems += each.problems(own.get(each.key, ""))
    blanks = tuple(
        (format_path(column.path), sheet.at(index, number))
        for index, column in header.columns.items()
        if column.path and index not in row[1]
    )
    fields = {**own, "文件": path.stem, "文件夹": path.resolve().parent.name, "行": str(number)}
    source = f"{sheet.place}第{number}行"
    return Item(source, f"{path.stem}-{number:05}", "row", facts, fields, blanks, tuple(problems))


class _Items:
    """A sheet that holds the items of one list, by the key of the speech."""

    def __init__(self, sheet: Sheet, shapes: Shapes) -> None:
        self._sheet = sheet
        self._path = steps_of(sheet.title) or ()
        self._header = read_header(sheet, shapes, self._path)
        first = min(self._header.columns)
        self.key = self._header.columns[first].header
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._used: set[str] = set()
        for row in sheet.rows():
            if row[0] > self._header.row:
                self._rows[row[1][first].text if first in row[1] else ""].append(row)

    def check_key(self, headers: set[str], main: Sheet) -> None:
        """Raises InputError E714 where the first sheet has no such column."""
        if self.key not in headers:
            place = Place(self._sheet.at(min(self._header.columns), self._header.row))
            hint = f"第一列的表头要与{main.place}的某一列相同，用它的值对应到每一篇"
            raise InputError(Problem("E714", f"{main.place}里没有“{self.key}”这一列", place, hint))

    def facts(self, key: str) -> list[Fact]:
        """The whole list of one speech, in the place of that of the base; [] for a key without items."""
        rows = self._rows.get(key) if key else None
        if not rows:
            return []
        self._used.add(key)
        found = [Fact("", self._path, [])]
        for index, row in enumerate(rows):
            for fact in self._header.facts(self._sheet, row)[0]:
                found.append(fact._replace(path=(*self._path, index, *fact.path[len(self._path) + 1 :])))
        return found

    def problems(self, key: str) -> list[Problem]:
        rows = self._rows.get(key, []) if key else []
        return [problem for row in rows for problem in self._header.facts(self._sheet, row)[1]]

    def orphans(self) -> Iterator[Item]:
        """Items of no speech: a fact would be lost unseen."""
        for key, rows in self._rows.items():
            if key in self._used:
                continue
            for number, _ in rows:
                place = Place(self._sheet.at(min(self._header.columns), number))
                what = f"没有哪一行的“{self.key}”是“{key}”" if key else f"“{self.key}”是空的"
                problem = Problem("E714", what, place, "改成第一个工作表里有的值，或删掉这一行")
                yield Item(f"{self._sheet.place}第{number}行", "", "row", [], {}, (), (problem,))


def field_text(item: Item, field: str, base: dict[str, Any]) -> str | None:
    """The text of a field of --name: of a column, of the place, else of the brief."""
    if field in item.fields:
        return item.fields[field]
    steps = steps_of(field)
    value = value_at(item.data(base), steps) if steps else None
    return str(value) if isinstance(value, Decimal) else None if value is None else source_text(value)


def bad_name(item: Item, problem: Problem, field: str) -> Item:
    """The item as one that cannot be written because of its name."""
    if item.kind == "line":
        file, _, line = item.source.rpartition(":")
        place = Place(file, int(line))
    elif item.kind == "row":
        cell = next((fact.place for fact in item.payload if format_path(fact.path) == field), "")
        place = Place(cell or dict(item.blanks).get(field) or item.source)
    else:
        place = Place(item.source)
    return item._replace(problems=(*item.problems, with_path(problem, place)))

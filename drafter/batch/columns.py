"""The header of a table: which column is which place of a brief; and a row as facts with their cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.batch.cells import address, day
from drafter.batch.shape import Shape, Shapes, steps_of
from drafter.brief import NONE, hints
from drafter.brief.model import DataPath, format_path
from drafter.brief.reader import resolve
from drafter.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from drafter.batch.cells import Cell
    from drafter.batch.table import Row, Sheet

__all__ = ["Column", "Fact", "Header", "read_header"]

_LOOK = 10
_OWN = "#"


class Fact(NamedTuple):
    """One value of a brief and the cell it comes from, "" for a list that is emptied; `value` is plain data."""

    place: str
    path: DataPath
    value: Any


class Column(NamedTuple):
    """A column: its header and where it belongs; `path` is empty for a column of the desk's own (`#编号`).

    repeated  one of several columns that are the items of one list, which then replaces that of the base
    """

    header: str
    path: DataPath
    shape: Shape
    repeated: bool = False


class Header(NamedTuple):
    """The columns by position, and the row they stand in."""

    columns: dict[int, Column]
    row: int

    def facts(self, sheet: Sheet, row: Row) -> tuple[list[Fact], list[Problem]]:
        """The facts of a row in the order of its columns, and the cells that cannot be used."""
        facts, problems = [], list(_merged(self, sheet, row[0]))
        emptied: set[DataPath] = set()
        for index, cell in sorted(row[1].items()):
            place = sheet.at(index, row[0])
            column = self.columns.get(index)
            if column is None:
                hint = f"在 {address(index, self.row)} 写上表头，或清空这一格"
                problems.append(Problem("E707", "这一格有内容，它的列没有表头", Place(place), hint))
            elif cell.error:
                message, _, hint = cell.error.partition("|")
                problems.append(Problem("E706", message, Place(place, path=format_path(column.path)), hint))
            elif column.path:
                if column.repeated and column.path[:-1] not in emptied:
                    emptied.add(column.path[:-1])
                    facts.append(Fact("", column.path[:-1], []))
                facts.append(Fact(place, column.path, _value(cell, column.shape)))
        return facts, problems

    def own(self, row: Row) -> dict[str, str]:
        """Header → text of every column, for names and keys; own columns without their mark."""
        shown = {
            column.header: (row[1][index], column.shape.day)
            for index, column in self.columns.items()
            if index in row[1]
        }
        return {header: cell.iso or day(cell.text) if is_day else cell.text for header, (cell, is_day) in shown.items()}


def read_header(sheet: Sheet, shapes: Shapes, under: DataPath = ()) -> Header:
    """The header: the first row of which most cells are paths; a title above it is passed over.

    under  the list that a sheet of its own holds: its columns are paths inside an item, the first is the key
    Raises InputError with every column that is wrong (E704 unknown, E705 twice), E701 for an empty sheet.
    """
    candidates = [row for row, _ in zip(sheet.rows(), range(_LOOK), strict=False)]
    if not candidates:
        hint = "第一行写表头（如 会议、单位.名称），下面一行一篇"
        raise InputError(Problem("E701", "工作表是空的", Place(sheet.place), hint))
    number, cells = next((row for row in candidates if _looks_right(row, shapes, under)), candidates[0])
    columns, problems = _columns(sheet, number, cells, shapes, under)
    if problems:
        raise InputError(*problems)
    return Header(columns, number)


def _looks_right(row: Row, shapes: Shapes, under: DataPath) -> bool:
    texts = [cell.text for cell in row[1].values()]
    known = sum(isinstance(_find(text, shapes, under)[1], Shape) or text.startswith(_OWN) for text in texts)
    return 2 * known >= len(texts) if not under else known > 0


def _find(text: str, shapes: Shapes, under: DataPath) -> tuple[Any, Any]:
    steps = steps_of(text)
    if steps is None:
        return (), []
    return shapes.find((*under, *((0,) if under else ()), *steps))


def _columns(
    sheet: Sheet, number: int, cells: dict[int, Cell], shapes: Shapes, under: DataPath
) -> tuple[dict[int, Column], list[Problem]]:
    texts = {index: "".join(cell.text.split()) for index, cell in sorted(cells.items())}
    count, seen = Counter(texts.values()), Counter[str]()
    columns: dict[int, Column] = {}
    problems = []
    for index, text in texts.items():
        place = Place(sheet.at(index, number))
        if text.startswith(_OWN) or (under and not columns):
            columns[index] = Column(text.removeprefix(_OWN), (), Shape(frozenset()))
            continue
        path, shape = _find(text, shapes, under)
        turn = seen[text]
        seen[text] += 1
        if not isinstance(shape, Shape):
            steps = (*under, *((0,) if under else ()), *(steps_of(text) or (text,)))
            problems.append(_unknown(text, str(steps[sum(step is not None for step in path)]), path, shape, place))
            continue
        repeated = count[text] > 1 and None not in path
        if repeated:
            if "array" not in shape.types:
                if turn:
                    problems.append(Problem("E705", f"表头“{text}”出现了两次", place, "留一列，删掉另一列"))
                continue
            path = (*path, None)
            shape = shapes.at(tuple(0 if step is None else step for step in path))
        columns[index] = Column(text, _numbered(path, turn), shape, repeated)
    return columns, problems


def _numbered(path: Iterable[str | int | None], turn: int) -> DataPath:
    """Each index that the header leaves out: the first is the turn of the repeated column, any other 0."""
    steps: list[str | int] = []
    for step in path:
        steps.append(turn if step is None else step)
        turn = 0 if step is None else turn
    return tuple(steps)


def _unknown(text: str, word: str, path: DataPath, known: list[str], place: Place) -> Problem:
    """What the column may have meant: `word` is the step of it that is not known."""
    meant = hints.similar(word, known)
    start = format_path(tuple(step for step in path if step is not None))
    if meant:
        hint = f"是不是“{start + '.' if start else ''}{meant}”？"
    else:
        hint = "可用：" + "、".join(known[:12]) + (" 等" if len(known) > 12 else "") if known else ""
    hint += "；" if hint and not meant else ""
    return Problem("E704", f"素材单里没有“{text}”", place, f"{hint}只给自己看的列，表头前面加 #")


def _value(cell: Cell, shape: Shape) -> Any:
    """The text of a cell as the schema takes it there: a day, a list, a number, or the text itself."""
    if shape.is_list and cell.text != NONE:
        marks = "、\n" if shape.names else "；\n"
        return list(_split(cell.text, marks))
    if "array" in shape.types and "\n" in cell.text:
        return list(_split(cell.text, "\n"))
    if shape.day:
        return cell.iso or day(cell.text)
    if "string" not in shape.types:
        value = resolve(cell.text.replace(",", ""))
        return cell.text if value is None else value
    return cell.text


def _split(text: str, marks: str) -> Iterator[str]:
    for mark in marks:
        text = text.replace(mark, "\n")
    for part in text.split("\n"):
        if part.strip():
            yield part.strip()


def _merged(header: Header, sheet: Sheet, row: int) -> Iterator[Problem]:
    """A merged cell has its value in its first row only; in the others a fact would be missing unseen."""
    for left, top, right, bottom in sheet.merged:
        if top <= row <= bottom and bottom > header.row and any(left <= at <= right for at in header.columns):
            if row == top and left == right:
                continue
            area = f"{address(left, top)}:{address(right, bottom)}"
            place = Place(sheet.at(left, row))
            yield Problem("E706", f"{area} 是合并的单元格", place, "取消合并，每一行都填上")

"""Tables: rows as cells, and how wide and how aligned each column is.

A table is a run of lines of the styles "table-head" and "table"; a tab parts two cells. A tab inside a fact
is white space: what a user gives cannot move the cells of a pattern.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from drafter.chinese.enumeration import Run
from drafter.document import OriginKind
from drafter.write._title import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drafter.write._lines import Line

__all__ = ["Cell", "Table", "cells", "is_row", "parts", "plain", "table"]

Cell = tuple[Run, ...]
_FACTS = (OriginKind.BRIEF, OriginKind.TOPIC, OriginKind.MISSING)
_SHORT = 12  # characters; longer text is easier to read from the left
_WORD = 8.0  # characters; a name, a figure with its unit or a month, which nobody wants to see broken
_NARROWEST = 3.0
_STEP = 6


class Table(NamedTuple):
    """`rows` are lines, `cells` theirs: as many in each row.

    `centred` says of each column whether it is one of numbers and short words, whose text stands in the middle.
    """

    rows: tuple[Line, ...]
    cells: tuple[tuple[Cell, ...], ...]
    centred: tuple[bool, ...]

    def middle(self, row: int, column: int) -> bool:
        """Whether the text of a body cell stands in the middle: a long one in a column of short ones does not."""
        return self.centred[column] and _width(self.cells[row][column]) <= _SHORT

    def widths(self, total: int, size: int, padding: int) -> list[int]:
        """What each column gets of `total`, for type of `size` with `padding` in each cell, all in one unit.

        Every column holds its text in one line where all can have it. Where not, it has room for its head and,
        if there is so much, for its figures and words, and what is left goes where it saves the most lines.
        """
        texts = [[_width(cell) for cell in row] for row in self.cells]
        columns = list(zip(*texts, strict=True))
        wanted = [max(*column, _NARROWEST) for column in columns]
        room = total / size - len(columns) * padding / size
        if sum(wanted) > room:
            wanted = [max(column[0], *filter(_WORD.__ge__, column), _NARROWEST) for column in columns]
            if sum(wanted) > room:
                wanted = [max(column[0], _NARROWEST) for column in columns]
            _spread(wanted, set(map(tuple, texts)), room)
        scale = total / sum(want * size + padding for want in wanted)
        widths = [int((want * size + padding) * scale) for want in wanted]
        widths[widths.index(max(widths))] += total - sum(widths)
        return widths


def _spread(widths: list[float], rows: set[tuple[float, ...]], room: float) -> None:
    """Give the room that is left to the columns, a few characters at a time, where they save the most lines."""
    spare = int(room - sum(widths))
    while spare > 0:
        now = _height(rows, widths)
        best, column, step = 0.0, -1, 0
        for index in range(len(widths)):
            for more in range(1, min(spare, _STEP) + 1):
                widths[index] += more
                gain = (now - _height(rows, widths)) / more
                widths[index] -= more
                if gain > best:
                    best, column, step = gain, index, more
        if not step:
            return
        widths[column] += step
        spare -= step


def _height(rows: set[tuple[float, ...]], widths: list[float]) -> float:
    """The lines of the highest cells; those of the others count a little."""
    height = 0.0
    for row in rows:
        lines = [-(-text // wide) for text, wide in zip(row, widths, strict=True)]
        height += max(lines) + sum(lines) / 100
    return height


def is_row(line: Line) -> bool:
    return line.style in ("table", "table-head")


def parts(lines: Iterable[Line]) -> Iterator[Line | Table]:
    """The lines, those of each table as one."""
    for is_table, group in groupby(lines, key=is_row):
        if is_table:
            yield table(group)
        else:
            yield from group


def table(lines: Iterable[Line]) -> Table:
    """The table of these rows; a short row gets empty cells."""
    rows = tuple(lines)
    split = [cells(line.runs) for line in rows]
    count = max(1, *map(len, split))
    filled = tuple(row + ((),) * (count - len(row)) for row in split)
    return Table(rows, filled, tuple(_is_short(column[1:]) for column in zip(*filled, strict=True)))


def cells(runs: Iterable[Run]) -> tuple[Cell, ...]:
    """The cells of a row; empty ones at its end mean nothing."""
    row: list[list[Run]] = [[]]
    for run in runs:
        pieces = [run.text.replace("\t", " ")] if run.origin.kind in _FACTS else run.text.split("\t")
        for index, piece in enumerate(pieces):
            if index:
                row.append([])
            if piece:
                row[-1].append(Run(piece, run.origin, run.head))
    while row and not plain(row[-1]):
        row.pop()
    return tuple(map(tuple, row))


def plain(cell: Iterable[Run]) -> str:
    """The text of a cell in one line."""
    return " ".join("".join(run.text for run in cell).split())


def _is_short(column: tuple[Cell, ...]) -> bool:
    widths = [_width(cell) for cell in column if cell]
    return 3 * sum(wide > _SHORT for wide in widths) <= len(widths)


def _width(cell: Cell) -> float:
    """Characters in the longest line of a cell; many programs set figures off from Han characters by a quarter."""
    text = "".join(run.text for run in cell)
    return max(
        width(line) + 0.25 * sum(left.isascii() != right.isascii() for left, right in pairwise(line))
        for line in text.split("\n")
    )

"""The 朗读 copy: one sentence to a paragraph that stays together, and the minutes gone in the margin.

Word cannot keep a sentence together inside a paragraph, so each sentence is a paragraph of its own whose
lines are kept together; the first one of a paragraph is indented and set off, as the eye expects. A row of a
table is a sentence of its cells, each named after its column.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from drafter.chinese.enumeration import Run
from drafter.chinese.length import DEFAULT_RATE, spoken
from drafter.document import Document, Origin, OriginKind
from drafter.write._lines import Line, break_runs
from drafter.write._table import Cell, Table, parts, plain
from drafter.write._title import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["spoken_lines"]

_COMPUTED = Origin(OriginKind.COMPUTED, "用时")
_TABLE = Origin(OriginKind.COMPUTED, "表格")
_SENTENCE = re.compile("[^。！？…]*(?:[。！？…]+[”’）》」』]*|$)", re.DOTALL)
_SILENT = ("title", "subtitle", "date", "speaker", "blank", "signature")


def spoken_lines(document: Document, page: Iterable[Line], characters: float) -> Iterator[Line]:
    """The lines with sentences apart and with marks of time (styles "minutes", "total", "sentence").

    `characters` is what fits in a line: a longer heading breaks behind a comma rather than anywhere.
    """
    rate = _rate(document)
    count, shown = 0, 0
    for line in _read_out(page):
        if line.style in _SILENT or not line.runs:
            yield line
            continue
        for part in _sentences(line) if line.style == "body" else [_heading(line, characters)]:
            now = count // rate
            if now > shown:
                shown = now
                yield Line("minutes", (Run(f"{now}分", _COMPUTED),))
            yield part
            count += spoken(part.text)
    if count:
        yield Line("total", (Run(f"（全文约{max(round(count / rate), 1)}分钟）", _COMPUTED),))


def _read_out(page: Iterable[Line]) -> Iterator[Line]:
    """The lines, each row of a table as a sentence: nobody can read a table aloud."""
    for part in parts(page):
        if isinstance(part, Table):
            yield from _rows(part)
        else:
            yield part


def _rows(table: Table) -> Iterator[Line]:
    """甲 | 九成 | 年底 under 指标 | 目标 | 期限 is 甲，目标：九成；期限：年底。 A number in front joins the name."""
    head, *body = table.cells
    counted = len(head) > 2 and bool(body) and all(plain(row[0]).isdecimal() for row in body)
    for line, row in zip(table.rows[1:], body, strict=True):
        name, first = row[0], 1
        if counted and plain(row[1]):
            name, first = (*row[0], Run(".", _TABLE), *row[1]), 2
        facts: list[Run] = []
        for title, cell in zip(head[first:], row[first:], strict=True):
            value = _without_stop(cell)
            if value:
                colon = (Run("：", _TABLE),) if title else ()
                facts += (*((Run("；", _TABLE),) if facts else ()), *title, *colon, *value)
        name = _without_stop(name)
        comma = (Run("，", _TABLE),) if name and facts else ()
        if name or facts:
            yield Line("body", (*name, *comma, *facts, Run("。", _TABLE)), "", line.blocks)
    if not body:
        yield Line("body", tuple(chain.from_iterable((*cell, Run("。", _TABLE)) for cell in head if cell)))


def _without_stop(cell: Cell) -> Cell:
    """The cell without the mark at its end: the sentence has its own. A cell of dashes says nothing."""
    if not plain(cell).strip("—–－-／/"):
        return ()
    *before, last = cell
    text = last.text.rstrip().rstrip("。；，、")
    return (*before, Run(text, last.origin, last.head)) if text else tuple(before)


def _rate(document: Document) -> int:
    """Characters a minute, the usual rate where the document states none that is possible."""
    value = document.meta.get("rate", "")
    return int(value) if value.isdecimal() and int(value) > 0 else DEFAULT_RATE


def _heading(line: Line, characters: float) -> Line:
    text = line.text
    if width(text) <= characters or "\n" in text:
        return line
    commas = [at + 1 for at, char in enumerate(text[:-1]) if char in "，、；：" and at > 3]
    if not commas:
        return line
    return line._replace(runs=tuple(break_runs(line.runs, (min(commas, key=lambda at: abs(2 * at - len(text))),))))


def _sentences(line: Line) -> Iterator[Line]:
    """Each sentence as a line; the first one keeps the indent of the paragraph."""
    runs = list(line.runs)
    lead = line.lead
    for index, sentence in enumerate(filter(None, _SENTENCE.findall(line.text))):
        piece: list[Run] = []
        missing = len(sentence)
        while missing:
            run = runs.pop(0)
            if len(run.text) > missing:
                runs.insert(0, Run(run.text[missing:], run.origin, run.head))
                run = Run(run.text[:missing], run.origin, run.head)
            piece.append(run)
            missing -= len(run.text)
        style = "sentence" if index else "body"
        # a lead alone at the foot of a page would announce nothing
        yield Line(f"lead-{style}" if piece[-1].head else style, tuple(piece), lead, line.blocks)
        if lead and not piece[-1].head:
            lead = "lead"

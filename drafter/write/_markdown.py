"""A document as Markdown (CommonMark): headings as headings, leads in bold, gaps in bold."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from drafter.document import Document, OriginKind
from drafter.write._clean import clean
from drafter.write._lines import Line, lines
from drafter.write._table import Cell, Table, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drafter.chinese.enumeration import Run
    from drafter.write._format import Format

__all__ = ["render"]

_INLINE = re.compile(r"[\\`*_\[\]<>&~|$]")
_LINE_START = re.compile(r"^([ \t]*)([#+=-]|[0-9]{1,9}[.)](?=[ \t]|$))")
_WORD = re.compile(r"[^\W_]")


def render(document: Document, layout: Format) -> bytes:
    """UTF-8; the title is a first-level heading, heading N of the document one of level N + 1."""
    paragraphs = (
        _table(part) if isinstance(part, Table) else _paragraph(part)
        for part in parts(line for line in lines(document, layout) if line.style != "blank")
    )
    return ("\n\n".join(filter(None, paragraphs)) + "\n").encode()


def _paragraph(line: Line) -> str:
    if line.style == "title":
        return "# " + _escape(line.text.replace("\n", ""))
    if line.style.startswith("heading"):
        return "#" * (int(line.style[-1]) + 1) + " " + _escape(" ".join(line.text.split("\n")))
    return "\\\n".join(_guard(text) for text in "".join(_pieces(line.runs)).split("\n"))


def _table(table: Table) -> str:
    """A pipe table; the only markup for a line break inside a cell is that of HTML."""
    rows = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in table.cells]
    rows.insert(1, "| " + " | ".join(":---:" if centred else "---" for centred in table.centred) + " |")
    return "\n".join(rows)


def _cell(cell: Cell) -> str:
    return "<br>".join("".join(_pieces(cell)).strip().split("\n"))


def _pieces(runs: Iterable[Run]) -> Iterator[str]:
    start = True
    for strong, group in groupby(runs, key=_is_strong):
        text = "".join(run.text for run in group)
        yield _strong(text, start) if strong else _escape(text)
        start = False


def _is_strong(run: Run) -> bool:
    return run.head and run.origin.kind is not OriginKind.MISSING


def _strong(text: str, start: bool) -> str:
    """Bold, with punctuation kept outside where a mark beside it would not count as one (CommonMark 6.2)."""
    words = [match.start() for match in _WORD.finditer(text)]
    if not words or "\n" in text:
        return _escape(text)
    first, last = 0 if start else words[0], words[-1] + 1
    return f"{_escape(text[:first])}**{_escape(text[first:last])}**{_escape(text[last:])}"


def _escape(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", clean(text))


def _guard(text: str) -> str:
    """A line that would open a heading, list or rule by accident."""
    text = text.strip(" \t")
    return _LINE_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", text)

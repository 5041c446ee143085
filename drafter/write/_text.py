"""A document as plain text: numbered, one paragraph a line, not wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.chinese.enumeration import Run
from drafter.write._clean import clean
from drafter.write._lines import lines
from drafter.write._table import Table, parts, plain
from drafter.write._title import width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.document import Document
    from drafter.write._format import Format

__all__ = ["render"]

_FLUSH = ("title", "subtitle", "date", "speaker", "salutation", "signature")
_GAP = "  "
_WIDEST = 100


def render(document: Document, layout: Format) -> bytes:
    """UTF-8 without a byte order mark; two ideographic spaces before a body paragraph."""
    out: list[str] = []
    for part in parts(lines(document, layout)):
        if isinstance(part, Table):
            out += _rows(part)
        else:
            text = clean(part.text)
            out.append(text if part.style in _FLUSH or not text else f"　　{text}")
    return ("\n".join(out) + "\n").encode()


def _rows(table: Table) -> Iterator[str]:
    """Columns under one another where a Han character is as wide as two letters; a wide table has tabs instead."""
    texts = [[plain([Run(clean(run.text), run.origin) for run in cell]) for cell in row] for row in table.cells]
    widths = [max(_columns(text) for text in column) for column in zip(*texts, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > _WIDEST:
        yield from ("\t".join(row) for row in texts)
        return
    for row in texts:
        padded = (text + " " * (wide - _columns(text)) for text, wide in zip(row, widths, strict=True))
        yield _GAP.join(padded).rstrip(" ")


def _columns(text: str) -> int:
    return round(2 * width(text))

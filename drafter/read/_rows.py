"""The lines of a source, from whatever format, before any cleaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from drafter.brief.rows import row_cells
from drafter.read._trace import LineMap, Traced

__all__ = ["Row", "Source"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line or paragraph.

    level   of a heading that the format itself marks (a style, an outline level, `##`), else 0
    role    what the format itself says: title, salutation, heading, item, table, footnote, textbox, or ""
    rows    the cells of a table
    gap     an empty line stood before it
    """

    text: Traced
    level: int = 0
    role: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    gap: bool = False

    def having(self, text: Traced) -> Row:
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds. `notices` are (row, kind, message) for the report."""

    rows: tuple[Row, ...]
    lines: LineMap
    encoding: str = ""
    notices: tuple[tuple[Traced, str, str], ...] = field(default=())
    format: str = "text"


def plain_source(text: str, encoding: str) -> Source:
    """Each physical line a row; empty lines only leave a mark on the next."""
    rows: list[Row] = []
    starts: list[int] = []
    start, gap = 0, False
    marked = _MARKDOWN.search(text) is not None
    for line in text.split("\n"):
        starts.append(start)
        traced = Traced.whole(line, start).strip()
        if traced.text:
            rows.append(_markdown(Row(traced, gap=gap), first=not rows) if marked else Row(traced, gap=gap))
        gap = not traced.text
        start += len(line) + 1
    return Source(tuple(rows), LineMap(starts), encoding)


_MARKDOWN = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"[-*+]\s+(?=[\u4e00-\u9fff“《（])")
_STRONG = re.compile(r"\*\*(?=\S)([^*]{2,200}?[\u4e00-\u9fff。：:，][^*]{0,200}?)\*\*")
_CELLS = re.compile(r"\|.+\|$")
_RULE = re.compile(r"[|:\-\s]+$")


def _markdown(row: Row, *, first: bool) -> Row:
    """Marks of Markdown off a line, in a text that has headings of that kind; `**` alone may be a name left blank.

    The first `#` is the title, `##` a heading of the first level.
    """
    text = row.text.text
    heading = _HASHES.match(text)
    if heading:
        level = 0 if first and len(heading[1]) == 1 else max(1, len(heading[1]) - 1)
        row = replace(row, text=row.text.cut(heading.end()), level=min(level, 4), role="title" if level == 0 else "")
    elif _CELLS.match(text) and text.count("|") > 2 and not _RULE.match(text):
        return replace(row, role="table", rows=(row_cells(text) or (text,),))
    else:
        bullet = _BULLET.match(text)
        row = row.having(row.text.cut(bullet.end() if bullet else 0))
    if "**" in row.text.text:
        row = row.having(row.text.sub(_STRONG, lambda match: match[1]))
    return row

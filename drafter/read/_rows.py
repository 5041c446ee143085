"""The lines of a source, from whatever format, before any cleaning."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

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
    for line in text.split("\n"):
        starts.append(start)
        traced = Traced.whole(line, start).strip()
        if traced.text:
            rows.append(Row(traced, gap=gap))
        gap = not traced.text
        start += len(line) + 1
    return Source(tuple(rows), LineMap(starts), encoding)

"""Text that remembers where it comes from while it passes through a template engine.

A value is wrapped in two private-use characters before it enters a template: an opening mark that
stands for its origin and one closing mark. Templates print values as they are, so after rendering
every character still lies inside the marks of its value, and what lies outside is the pattern's own
text. Only there is the mini-markup of patterns (`# `, `- `, `**head**`, `[[optional]]`) read; nothing a
brief contains can be taken for markup. Briefs cannot contain these characters: the reader refuses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from drafter.document import Origin, OriginKind, Span, System

__all__ = ["Line", "LineKind", "Listing", "Marks", "Optional", "Piece", "read"]

_FIRST, _LAST, _CLOSE = 0xF0000, 0xFFFFD, "\U00100000"
_TOKEN = re.compile(f"([\\U000F0000-\\U000FFFFD{_CLOSE}]|\n|\\[\\[(?:[0-9]\\|)?|\\]\\]|\\*\\*)")
_CELL_BORDER = re.compile(r"\s*\|\s*")
_DEFAULT_RANK = 2


class Listing(NamedTuple):
    """What a pattern says of its `- ` items."""

    pattern: str
    system: System = System.NONE
    layout: str = "auto"


@dataclass(slots=True)
class Marks:
    """The origins of one composition; `_FIRST + index` is the opening mark of origin `index`."""

    entries: list[Origin | Listing] = field(default_factory=list)
    _index: dict[Origin | Listing, str] = field(default_factory=dict)

    def tag(self, text: str, origin: Origin | Listing) -> str:
        """Wrap `text`; a `Listing` wraps the rendering of a nested pattern. Empty text stays empty (and false)."""
        if not text:
            return ""
        mark = self._index.get(origin)
        if mark is None:
            if _FIRST + len(self.entries) > _LAST:
                raise OverflowError("too many origins in one document")
            mark = self._index[origin] = chr(_FIRST + len(self.entries))
            self.entries.append(origin)
        return f"{mark}{text}{_CLOSE}"

    def entry(self, mark: str) -> Origin | Listing:
        return self.entries[ord(mark) - _FIRST]


@dataclass(frozen=True, slots=True, eq=False)
class Optional:
    """A part that may be left out. rank: 1 is most worth keeping; `order` counts within its pattern."""

    rank: int
    order: int
    parent: Optional | None = None


class Piece(NamedTuple):
    """A run of text with its origin and the innermost optional part it stands in."""

    text: str
    origin: Origin
    optional: Optional | None = None
    head: bool = False

    def span(self) -> Span:
        return Span(self.text, self.origin)


class LineKind(Enum):
    """What a line of a rendered pattern is."""

    TEXT = auto()
    HEADING = auto()
    ITEM = auto()
    ROW = auto()


@dataclass(slots=True)
class Line:
    """One line of a rendered pattern: pieces of text, and the lines of patterns nested in it."""

    kind: LineKind
    listing: Listing
    parts: list[Piece | Line] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        for part in self.parts:
            if isinstance(part, Piece):
                yield part
            else:
                yield from part.pieces()


def read(marked: str, marks: Marks, listing: Listing) -> list[Line]:
    """The lines of a rendered pattern. `listing.pattern` is the origin of everything outside marks."""
    return _Reader(marks, listing).lines(marked)


class _Reader:
    def __init__(self, marks: Marks, listing: Listing) -> None:
        self.marks = marks
        self.origins: list[Origin | Listing] = []
        self.patterns: dict[str, Origin] = {}
        self.listings = [listing]
        self.stack: list[list[Line]] = [[]]
        self.fresh = [True]
        self.optional: Optional | None = None
        self.count = 0
        self.head = False

    def lines(self, marked: str) -> list[Line]:
        for index, part in enumerate(_TOKEN.split(marked)):
            if index % 2:
                self._token(part)
            elif part:
                self._text(part)
        self._trim()
        return [line for line in self.stack[0] if line.parts]

    @property
    def _in_data(self) -> bool:
        return bool(self.origins) and isinstance(self.origins[-1], Origin)

    def _token(self, token: str) -> None:
        if token == _CLOSE:
            if isinstance(self.origins.pop(), Listing):
                self._leave()
        elif _FIRST <= ord(token[0]) <= _LAST:
            entry = self.marks.entry(token)
            if isinstance(entry, Listing):
                self._enter(entry)
            self.origins.append(entry)
        elif token == "\n":
            self._newline()
        elif self._in_data:
            self._text(token)
        elif token == "**":
            self.head = not self.head
        elif token == "]]":
            self.optional = self.optional.parent if self.optional else None
        else:
            rank = int(token[2]) if len(token) > 2 else _DEFAULT_RANK
            self.count += 1
            self.optional = Optional(rank, self.count, self.optional)

    def _enter(self, listing: Listing) -> None:
        if not self.stack[-1]:
            self._open(LineKind.TEXT)
        self.listings.append(listing)
        self.stack.append([])
        self.fresh.append(True)

    def _leave(self) -> None:
        self._trim()
        nested = [line for line in self.stack.pop() if line.parts]
        self.fresh.pop()
        self.listings.pop()
        self.stack[-1][-1].parts.extend(nested)

    def _newline(self) -> None:
        if self._in_data and self.stack[-1]:
            self._open(self.stack[-1][-1].kind)
        else:
            self._trim()
            self.fresh[-1] = True
            self.head = False

    def _trim(self) -> None:
        """Blanks at the end of a pattern's line are layout of the file, not text."""
        parts = self.stack[-1][-1].parts if self.stack[-1] else []
        if parts and isinstance(last := parts[-1], Piece) and last.origin.kind is OriginKind.PATTERN:
            parts[-1] = last._replace(text=last.text.rstrip())

    def _open(self, kind: LineKind) -> None:
        self.stack[-1].append(Line(kind, self.listings[-1]))
        self.fresh[-1] = False

    def _text(self, text: str) -> None:
        if self.fresh[-1] and not self._in_data:
            text = text.lstrip()
            if text.startswith("- "):
                self._open(LineKind.ITEM)
                text = text[2:].lstrip()
            elif text.startswith("# "):
                self._open(LineKind.HEADING)
                text = text[2:].lstrip()
            elif text.startswith("|"):
                self._open(LineKind.ROW)
                text = text[1:].lstrip()
        if not self._in_data and self.stack[-1] and self.stack[-1][-1].kind is LineKind.ROW:
            text = _CELL_BORDER.sub("\t", text)
        if not text:
            return
        if self.fresh[-1]:
            self._open(LineKind.TEXT)
        origin = self.origins[-1] if self.origins else None
        if not isinstance(origin, Origin):
            name = self.listings[-1].pattern
            origin = self.patterns.get(name) or self.patterns.setdefault(name, Origin(OriginKind.PATTERN, name))
        self.stack[-1][-1].parts.append(Piece(text, origin, self.optional, self.head))

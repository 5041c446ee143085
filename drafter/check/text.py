"""A text as the checks see it: one string, lines with their numbers, and what in it is no prose.

A line is a physical line of a text file, or a paragraph of a .docx or of a document. Offsets count
characters of the whole string from 0, in which lines are joined by a line feed.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import add
from typing import TYPE_CHECKING, Literal

from drafter.chinese.enumeration import paragraphs

if TYPE_CHECKING:
    from drafter.check.finding import Edit
    from drafter.document import Document

__all__ = ["BLANK", "Kind", "Spans", "Text", "applied", "trimmed"]

Kind = Literal["txt", "md", "docx", "document"]

BLANK = "\ufffc"
"""Stands in `Text.prose` for each character that is code, an address, markup or a switch."""

_LONG = 20_000

# patterns as text: `re` compiles and keeps them when they are needed, which is not at every start
_SWITCH = r"<!--\s*check:[^\n]*?-->"
_ADDRESS = r"(?a:[A-Za-z][A-Za-z0-9+.-]*://|www\.|[\w.+-]+@(?=[A-Za-z0-9]))[!#-&*-;=?-Z_a-z~]*[0-9A-Za-z/#=&_~-]"
_QUOTED = r"“[^“”\n]{0,2000}”|‘[^‘’\n]{0,2000}’|「[^「」\n]{0,2000}」|『[^『』\n]{0,2000}』"
_TITLED = r"《[^《》\n]{0,200}(?:《[^《》\n]{0,100}》[^《》\n]{0,100})*》|〈[^〈〉\n]{0,200}〉"


class Text:
    """`lines` are without their line ends; `number` of the first is 1."""

    def __init__(self, lines: Sequence[str], *, name: str = "文稿", kind: Kind = "txt", date: str = "") -> None:
        self.name, self.kind, self.date = name, kind, date
        self.lines = tuple(lines)
        self.string = "\n".join(self.lines)
        self.body = len(self.lines)
        """How many of the lines are of the text itself; those after it are notes, headers and footers of a .docx."""
        self.places: Mapping[str, Sequence[int]] = {}
        """Offsets of literals that were looked for already, none for one that is not there."""

    @classmethod
    def of(cls, string: str, *, name: str = "文稿", kind: Kind = "txt") -> Text:
        """Of a string with any line ends."""
        return cls(re.split("\r\n|\r|\n", string), name=name, kind=kind)

    @classmethod
    def of_document(cls, document: Document, *, name: str = "文稿") -> Text:
        """Of a document as it is read: one line a numbered paragraph, in the order of `paragraphs(document)`."""
        lines = [paragraph.text for paragraph in paragraphs(document)]
        return cls(lines, name=name, kind="document", date=document.meta.get("date", ""))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of each line."""
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line) + 1
        return tuple(starts)

    @cached_property
    def prose(self) -> str:
        """The string with the same length, in which all that is no prose is BLANK."""
        string = self.string
        if "<!--" in string:
            string = re.sub(_SWITCH, _blank, string)
        if "://" in string or "www." in string or "@" in string:
            string = re.sub(_ADDRESS, _blank, string)
        if self.kind == "md":
            from drafter.check.markup import hide  # its patterns take 3 ms to compile

            string = hide(string)
        return string

    def row(self, offset: int) -> int:
        """Index of the line that holds an offset, from 0."""
        return bisect_right(self.starts, offset) - 1

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of an offset, both from 1, in characters."""
        row = self.row(offset)
        return row + 1, offset - self.starts[row] + 1

    def bounds(self, row: int) -> tuple[int, int]:
        """(start, end) of a line by its index from 0, without its line feed."""
        start = self.starts[row]
        return start, start + len(self.lines[row])

    def allows(self, edit: Edit) -> bool:  # noqa: ARG002
        """Whether `edited` can make an edit: a .docx cannot in the numbers that Word makes or over paragraphs."""
        return True

    def edited(self, edits: Iterable[Edit]) -> Text:
        """The text with edits made that do not overlap."""
        string = applied(self.string, edits)
        return Text(string.split("\n"), name=self.name, kind=self.kind, date=self.date)

    @cached_property
    def quoted(self) -> Spans:
        """The insides of quotations, without their marks."""
        return Spans((m.start() + 1, m.end() - 1) for m in re.finditer(_QUOTED, self.prose))

    @cached_property
    def titled(self) -> Spans:
        """The insides of document titles 《》, without their marks."""
        return Spans((m.start() + 1, m.end() - 1) for m in re.finditer(_TITLED, self.prose))

    @cached_property
    def characters(self) -> frozenset[str]:
        if len(self.prose) < _LONG:
            return frozenset(self.prose)
        return frozenset("".join(self.pairs))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every two characters that stand beside each other: the cheapest sieve for many literals."""
        return _pairs(self.prose)

    def has(self, literal: str) -> bool:
        """Whether a literal may stand in the prose; False is certain."""
        if literal in self.places:
            return bool(self.places[literal])
        if len(literal) < 2:
            return literal in self.characters
        pairs = self.pairs
        return literal[:2] in pairs and all(literal[i : i + 2] in pairs for i in range(1, len(literal) - 1))

    def find(self, literal: str) -> Iterator[int]:
        """The offset of each occurrence of a literal in the prose."""
        if literal in self.places:
            yield from self.places[literal]
            return
        if not literal or not self.has(literal):
            return
        at = self.prose.find(literal)
        while at >= 0:
            yield at
            at = self.prose.find(literal, at + 1)


def _pairs(string: str) -> frozenset[str]:
    """Of a long string as numbers of two code units each, which takes half as long as strings do."""
    try:
        data = string.encode("utf-16-le") if len(string) >= _LONG else b""
    except UnicodeEncodeError:  # half a character
        data = b""
    if len(data) != 2 * len(string):  # short, or with characters of two code units
        return frozenset(map(add, string, string[1:]))
    units = memoryview(data)
    found = set(units[: len(data) // 4 * 4].cast("I"))
    found.update(units[2 : 2 + (len(data) - 2) // 4 * 4].cast("I"))
    joined = struct.pack(f"{len(found)}I", *found).decode("utf-16-le")
    return frozenset([joined[i : i + 2] for i in range(0, len(joined), 2)])


def applied(string: str, edits: Iterable[Edit]) -> str:
    """The string with edits made that do not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [string[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, string[at:]])


def trimmed(string: str, edit: Edit) -> Edit:
    """An edit without the characters at its ends that stay as they are."""
    start, end, text = edit
    while start < end and text and string[start] == text[0]:
        start, text = start + 1, text[1:]
    while start < end and text and string[end - 1] == text[-1]:
        end, text = end - 1, text[:-1]
    return edit._replace(start=start, end=end, text=text)


class Spans:
    """Ranges in ascending order that do not overlap (a nested one is part of the outer)."""

    def __init__(self, ranges: Iterator[tuple[int, int]]) -> None:
        self._ranges = list(ranges)
        self._starts = [start for start, _ in self._ranges]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._ranges)

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with start:end, or holds the empty place start == end."""
        at = bisect_right(self._starts, max(start, end - 1)) - 1
        return at >= 0 and start < max(self._ranges[at][1], self._ranges[at][0] + (start == end))


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])

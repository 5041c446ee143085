"""A .docx as a text: each character with the piece of XML that it stands in, so that a fix changes that and no more."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from drafter.check.text import BLANK, Text, trimmed
from drafter.check.word_text import Line, Piece, Styles, read_part, utf8
from drafter.files import Numbering, Package, refusal
from drafter.files.numbering import W

if TYPE_CHECKING:
    from lxml.etree import _Element

    from drafter.check.finding import Edit

__all__ = ["BODY", "Manuscript", "element"]

BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_EDGE = re.compile(r"word/(?:header|footer)\d*\.xml")
_HAN = re.compile("[\u4e00-\u9fff]")
_SPACE = re.compile(rb"""\sxml:space\s*=\s*(?:"[^"]*"|'[^']*')""")


class Manuscript(Text):
    """A line for each paragraph: of the body as it is read (the cells of a table one by one, a text box after the
    paragraph that holds it), then those with words in footnotes, endnotes, headers and footers.

    Tabs are `\\t`; a break inside a paragraph is a space that counts as no prose; the numbers that Word makes stand
    before their paragraphs, locked.
    """

    def __init__(
        self, package: Package, lines: Sequence[Line], *, name: str, edited: frozenset[tuple[str, int]]
    ) -> None:
        super().__init__([line.text for line in lines], name=name, kind="docx")
        self.package = package
        self.sources = tuple(lines)
        self.body = sum(line.part == BODY for line in lines)
        self._edited = edited

    @classmethod
    def open(cls, data: bytes, name: str) -> Manuscript:
        """Raises InputError E151, E152, E155 to E159 (see `drafter.check.opening.open_text`)."""
        package = Package(data, name)
        numbers = Numbering(package.tree("word/numbering.xml"))
        styles = _numbered(package.tree("word/styles.xml")) if "word/numbering.xml" in package.names else {}
        lines = read_part(package, BODY, name, numbers, styles)
        if not lines:
            raise refusal("E155", name, "文件里没有正文部件", "请用 WPS、Word 打开，另存为 .docx 再试")
        for part in (*_NOTES, *sorted(filter(_EDGE.fullmatch, package.names), key=_order)):
            lines += [line for line in read_part(package, part, name, numbers, styles) if _HAN.search(line.text)]
        if not any(line.text.strip() for line in lines):
            raise refusal("E159", name, "文稿里没有文字", "若内容是图片，请先识别成文字")
        return cls(package, lines, name=name, edited=frozenset())

    @property
    def changed(self) -> bool:
        return bool(self._edited)

    @cached_property
    def prose(self) -> str:
        """The string with the same length, in which what is no prose is BLANK."""
        prose = super().prose
        pieces, at = [], 0
        for start, end in self.spans("blank"):
            pieces += [prose[at:start], BLANK * (end - start)]
            at = end
        return "".join([*pieces, prose[at:]])

    def spans(self, kind: str) -> Iterator[tuple[int, int]]:
        """(start, end) of each piece of a kind."""
        for start, line in zip(self.starts, self.sources, strict=True):
            at = start
            for piece in line.pieces:
                if piece.kind == kind:
                    yield at, at + len(piece.text)
                at += len(piece.text)

    def allows(self, edit: Edit) -> bool:
        """Whether an edit stays in a paragraph, and in what its runs hold."""
        line = self.sources[self.row(edit.start)]
        return self._pieces(line, edit) is not line.pieces

    def edited(self, edits: Iterable[Edit]) -> Manuscript:
        """The manuscript with edits made, each in the run that its first changed character stands in.

        One that it does not allow is left out.
        """
        lines = list(self.sources)
        changed = set(self._edited)
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
            row = self.row(edit.start)
            line = lines[row]
            pieces = self._pieces(line, edit)
            changed |= {(line.part, new.start) for new, old in zip(pieces, line.pieces, strict=True) if new is not old}
            lines[row] = line._replace(pieces=pieces)
        return Manuscript(self.package, lines, name=self.name, edited=frozenset(changed))

    def _pieces(self, line: Line, edit: Edit) -> tuple[Piece, ...]:
        """The pieces of a line after an edit; the same where it cannot be made."""
        first, last = self.bounds(self.row(edit.start))
        if edit.end > last or "\n" in edit.text:
            return line.pieces
        start, end, text = trimmed(self.string, edit)
        return _replaced(line.pieces, start - first, end - first, text)

    def encoded(self) -> bytes:
        """The .docx: all as it was but the pieces that an edit changed."""
        return self.package.having(self.parts())

    def parts(self) -> dict[str, bytes]:
        """The parts that are no longer as they were."""
        pieces: dict[str, list[Piece]] = {}
        for line in self.sources:
            mine = [piece for piece in line.pieces if (line.part, piece.start) in self._edited and piece.kind == "text"]
            if mine:
                pieces.setdefault(line.part, []).extend(mine)
        return {part: _rewritten(utf8(self.package.markup(part)), each) for part, each in pieces.items()}


def _replaced(pieces: tuple[Piece, ...], start: int, end: int, text: str) -> tuple[Piece, ...]:
    """The pieces of a line with start:end as `text`; as they were where one of them cannot be changed."""
    if start == end and not text:
        return pieces
    ends = list(accumulate(len(piece.text) for piece in pieces))
    begins = [0, *ends][: len(pieces)]
    touched = [number for number in range(len(pieces)) if begins[number] < end and start < ends[number]]
    if not touched:  # an insertion between two pieces goes to the one before
        before = bisect_right(begins, start - 1) - 1 if start else 0
        sides = [number for number in (before, before + 1) if 0 <= number < len(pieces)]
        touched = [
            number for number in sides if begins[number] <= start <= ends[number] and pieces[number].kind == "text"
        ][:1]
    if not touched or any(pieces[number].kind != "text" for number in touched):
        return pieces
    result = list(pieces)
    for number in touched:
        piece = pieces[number]
        inside = piece.text[: max(start - begins[number], 0)], piece.text[max(end - begins[number], 0) :]
        result[number] = piece._replace(text=inside[0] + (text if number == touched[0] else "") + inside[1])
    return tuple(result)


def _rewritten(data: bytes, pieces: Iterable[Piece]) -> bytes:
    """A part in which the elements of some pieces hold their text of now."""
    result, at = [], 0
    places = [(*place, piece.text) for piece in pieces for place in ((piece.start, piece.stop), piece.twin) if place]
    for start, stop, text in sorted(places):
        result += [data[at:start], element(data[start:stop], text)]
        at = stop
    return b"".join([*result, data[at:]])


def element(old: bytes, text: str) -> bytes:
    """A w:t with another text; a w:tab or the like is gone, or becomes a w:t."""
    tag = old[: old.index(b">") + 1]
    name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
    prefix, colon, local = name.rpartition(b":")
    if local != b"t":
        if not text:
            return b""
        tag = b"<" + prefix + colon + b"t>"
        name = prefix + colon + b"t"
    if text != text.strip() and not _SPACE.search(tag):
        tag = tag[:-1] + b' xml:space="preserve">'
    return tag + escape(text).encode() + b"</" + name + b">"


def _numbered(root: _Element | None) -> Styles:
    """Style → (list, level), also where it is said by the style that it is based on."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in () if root is None else root.iter(f"{W}style"):
        code = style.get(f"{W}styleId", "")
        base, number = style.find(f"{W}basedOn"), style.find(f"{W}pPr/{W}numPr/{W}numId")
        level = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
        depth = "0" if level is None else level.get(f"{W}val", "0")
        if base is not None:
            based[code] = base.get(f"{W}val", "")
        if number is not None:
            own[code] = (number.get(f"{W}val", ""), int(depth) if depth.isdecimal() else 0)
    result = {}
    for code in {*own, *based}:
        current, seen = code, set[str]()
        while current and current not in own and current not in seen:
            seen.add(current)
            current = based.get(current, "")
        if current in own:
            result[code] = own[current]
    return result


def _order(path: str) -> tuple[bool, int, str]:
    """Headers before footers, each by number."""
    return "footer" in path, int("0" + "".join(filter(str.isdigit, path))), path

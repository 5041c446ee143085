"""The text of an XML part of a .docx, with the bytes that each piece of it stands in.

expat tells where in the part an element begins and ends, so that a fix can replace one `w:t` and leave every other
byte of the part alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from drafter.files import refusal

if TYPE_CHECKING:
    from drafter.files import Numbering, Package

__all__ = ["ADDED", "Line", "Piece", "Styles", "read_part", "utf8"]

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_CHOICE, _FALLBACK = (
    f"http://schemas.openxmlformats.org/markup-compatibility/2006 {name}" for name in ("Choice", "Fallback")
)
_GONE = frozenset({"del", "moveFrom", "rt", "pPrChange", "rPrChange", "tblPrChange", "sectPrChange", "numberingChange"})
ADDED = "added"
"""The kind of a piece that stands in a tracked insertion."""
_INSERTED = frozenset({"ins", "moveTo"})
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_UNSEEN = re.compile(r"\s*(?:TOC|INDEX|TOA|TC|XE)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|SECTION|NUMWORDS|NUMCHARS|SEQ)\b", re.IGNORECASE)
_MAX_DEPTH = 250
_MAX_CHARACTERS = 700_000
_PARAGRAPH, _PIECE = 8, 1  # what one costs beside its characters: millions of empty ones fill the memory too
_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ENCODINGS = (b"GB18030", b"GBK", b"GB2312", b"UTF-16", b"ISO-8859-1")
_DECLARED = re.compile(rb"""^(<\?xml[^>]*?encoding\s*=\s*["'])([A-Za-z0-9._-]+)(["'])""")

Styles = Mapping[str, tuple[str, int]]
"""Style → (list, level of the list), for the styles that number their paragraphs."""


class Piece(NamedTuple):
    """Characters that stand in the bytes `start`:`stop` of a part.

    kind   text (a w:t, or a sign like w:tab that an edit may replace) · mark (the number that Word makes: seen, but in
           no byte) · blank (a line break, a page number: no prose, and no edit touches it)
    run    the byte at which its w:r begins
    head   the byte at which the properties of the w:r end
    twin   the bytes start:stop of the same characters in the copy of a text box that is kept for old programs
    """

    text: str
    kind: str
    start: int = 0
    stop: int = 0
    run: int = 0
    head: int = 0
    twin: tuple[int, int] | None = None


class Line(NamedTuple):
    """A w:p of a part.

    place    its index among the paragraphs of the part
    holder   the index of the paragraph that holds the text box in which it stands, -1 for none
    """

    part: str
    place: int
    holder: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def begins(self) -> list[int]:
        """The column (from 0) at which each piece begins."""
        return list(accumulate((len(piece.text) for piece in self.pieces[:-1]), initial=0)) if self.pieces else []


def utf8(data: bytes) -> bytes:
    """A part in UTF-8, whatever it is in. Raises UnicodeDecodeError, LookupError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16").encode()
    elif (found := _DECLARED.match(data)) and found[2].upper() not in (b"UTF-8", b"US-ASCII"):
        if found[2].upper() not in _ENCODINGS:  # in some (UTF-7) a declaration of entities looks like none
            raise LookupError
        data = data.decode(found[2].decode("ascii")).encode()
    else:
        return data
    return _DECLARED.sub(rb"\g<1>UTF-8\3", data, count=1)


def read_part(package: Package, path: str, name: str, numbers: Numbering, styles: Styles) -> list[Line]:
    """The paragraphs of a part in the order in which they begin; a text box after the paragraph that holds it.

    Deleted and hidden words, codes of fields and tables of contents are no text. Raises InputError: E152 too large,
    E155 broken, E157 entities.
    """
    data = package.markup(path)
    if not data:
        return []
    try:
        data = utf8(data)
        reader = _Reader(data, name)
        if reader.unclosed:
            reader = _Reader(data, name, contents=True)
        if b"Fallback" in data and any(paragraph.holder >= 0 for paragraph in reader.paragraphs):
            _pair(reader.paragraphs, _Reader(data, name, contents=reader.contents, passed_over=_CHOICE).paragraphs)
    except (expat.ExpatError, UnicodeDecodeError, LookupError, _TooDeepError):
        raise package.broken(path) from None
    lines = []
    for place, paragraph in enumerate(reader.paragraphs):
        pieces = tuple(paragraph.pieces)
        number, level = (
            (paragraph.number, paragraph.level) if paragraph.number else styles.get(paragraph.style, ("", 0))
        )
        if number and any(piece.text.strip() for piece in pieces) and (mark := numbers.next(number, level)):
            pieces = (Piece(mark, "mark"), *pieces)
        lines.append(Line(path, place, paragraph.holder, pieces))
    return lines


class _TooDeepError(Exception):
    pass


class _Paragraph:
    __slots__ = ("holder", "level", "number", "pieces", "style")

    def __init__(self, holder: int) -> None:
        self.holder = holder
        self.style, self.number, self.level = "", "", 0
        self.pieces: list[Piece] = []


class _Run:
    __slots__ = ("head", "hidden", "start")

    def __init__(self, start: int, head: int) -> None:
        self.start, self.head, self.hidden = start, head, False


class _Field:
    __slots__ = ("code", "paragraph", "result")

    def __init__(self, paragraph: _Paragraph | None, code: str = "", *, result: bool = False) -> None:
        self.paragraph, self.code, self.result = paragraph, code, result


def _pair(paragraphs: list[_Paragraph], copies: list[_Paragraph]) -> None:
    """Tell the pieces of text boxes of their twins, where the copies read the same."""
    boxed, others = ([each for each in found if each.holder >= 0] for found in (paragraphs, copies))
    texts, copied = ([[piece.text for piece in each.pieces] for each in found] for found in (boxed, others))
    if texts == copied:
        for paragraph, other in zip(boxed, others, strict=True):
            pairs = zip(paragraph.pieces, other.pieces, strict=True)
            paragraph.pieces = [piece._replace(twin=(twin.start, twin.stop)) for piece, twin in pairs]


class _Reader:
    """One parse. `contents`: tables of contents are text too; `passed_over`: of the two forms of a text box."""

    def __init__(self, data: bytes, name: str, *, contents: bool = False, passed_over: str = _FALLBACK) -> None:
        self.paragraphs: list[_Paragraph] = []
        self._data, self._name, self.contents, self._passed_over = data, name, contents, passed_over
        self._open: list[int] = []
        self._runs: list[_Run] = []
        self._fields: list[_Field] = []
        self._names: list[str] = []
        self._skipped = self._at = self._whole = self._size = 0
        self._preserved = self._wraps = False
        self._words: list[str] = []
        self._begins: dict[str, Callable[[dict[str, str]], None]] = {
            "p": self._begin_paragraph,
            "pStyle": self._style,
            "numId": self._list,
            "ilvl": self._list_level,
            "r": self._begin_run,
            "vanish": self._vanish,
            "t": self._begin_words,
            "instrText": self._begin_words,
            "br": self._begin_break,
            "cr": self._begin_break,
            "rPr": self._begin_properties,
            "fldChar": self._field,
            "fldSimple": self._begin_simple_field,
            **dict.fromkeys(_SIGNS, self._begin_sign),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph,
            "r": self._end_run,
            "rPr": self._end_properties,
            "t": self._end_words,
            "br": self._end_break,
            "cr": self._end_break,
            "instrText": self._end_code,
            "fldSimple": self._end_simple_field,
            **{sign: partial(self._end_sign, text) for sign, text in _SIGNS.items()},
        }
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(data, True)
        self.unclosed = any(_UNSEEN.match(field.code) for field in self._fields)

    # -- elements ------------------------------------------------------------------------------------------

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            return
        space, _, local = name.rpartition(" ")
        known = space in _NAMESPACES
        if (known and local in _GONE) or name == self._passed_over:
            self._skipped = 1
            return
        self._names.append(local if known else "")
        if len(self._names) > _MAX_DEPTH:
            raise _TooDeepError
        if known and (begin := self._begins.get(local)):
            begin(attributes)

    def _end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif end := self._ends.get(self._names.pop()):
            end()

    def _inside(self, *names: str) -> bool:
        """Whether the element that begins now stands in these, the outer first."""
        return tuple(self._names[-1 - len(names) : -1]) == names

    def _tag_end(self) -> int:
        """The byte after the tag that is read now."""
        found = _TAG.match(self._data, self._parser.CurrentByteIndex)
        return found.end() if found else self._parser.CurrentByteIndex

    def _whole_end(self) -> int:
        """The byte after an element without content that begins now, 0 for one with content."""
        end = self._tag_end()
        return end if self._data.startswith(b"/>", end - 2) else 0

    # -- paragraphs ----------------------------------------------------------------------------------------

    def _begin_paragraph(self, _: dict[str, str]) -> None:
        self._open.append(len(self.paragraphs))
        self.paragraphs.append(_Paragraph(self._open[-2] if len(self._open) > 1 else -1))
        self._grow(_PARAGRAPH)

    def _end_paragraph(self) -> None:
        paragraph = self.paragraphs[self._open.pop()]
        while self._fields and self._fields[-1].paragraph is paragraph and not _UNSEEN.match(self._fields[-1].code):
            self._fields.pop()  # a field that was left open

    def _style(self, attributes: dict[str, str]) -> None:
        if self._open and self._inside("pPr"):
            self.paragraphs[self._open[-1]].style = _value(attributes)

    def _list(self, attributes: dict[str, str]) -> None:
        if self._open and self._inside("pPr", "numPr"):
            self.paragraphs[self._open[-1]].number = _value(attributes)

    def _list_level(self, attributes: dict[str, str]) -> None:
        level = _value(attributes)
        if self._open and self._inside("pPr", "numPr") and level.isdecimal():
            self.paragraphs[self._open[-1]].level = int(level[:3])

    # -- runs ----------------------------------------------------------------------------------------------

    def _begin_run(self, _: dict[str, str]) -> None:
        self._runs.append(_Run(self._parser.CurrentByteIndex, self._tag_end()))

    def _end_run(self) -> None:
        self._runs.pop()

    def _begin_properties(self, _: dict[str, str]) -> None:
        if self._runs and self._inside("r"):
            self._runs[-1].head = self._whole_end()

    def _end_properties(self) -> None:
        if self._runs and self._names[-1:] == ["r"]:
            self._runs[-1].head = self._runs[-1].head or self._tag_end()

    def _vanish(self, attributes: dict[str, str]) -> None:
        if self._runs and self._inside("r", "rPr"):
            self._runs[-1].hidden = _value(attributes) not in ("0", "false", "off")

    def _begin_words(self, attributes: dict[str, str]) -> None:
        self._at = self._parser.CurrentByteIndex
        self._words = []
        self._preserved = attributes.get("http://www.w3.org/XML/1998/namespace space") == "preserve"
        self._parser.CharacterDataHandler = self._words.append

    def _end_words(self) -> None:
        text = self._taken()
        self._whole = 0
        self._add(text if self._preserved else text.strip(" \t\r\n"), "text")

    def _begin_sign(self, _: dict[str, str]) -> None:
        self._at, self._whole = self._parser.CurrentByteIndex, self._whole_end()

    def _end_sign(self, text: str) -> None:
        if self._names[-1:] == ["r"]:
            self._add(text, "text")

    def _begin_break(self, attributes: dict[str, str]) -> None:
        self._begin_sign(attributes)
        self._wraps = _value(attributes, "type") in ("", "textWrapping")

    def _end_break(self) -> None:
        if self._names[-1:] == ["r"] and self._wraps:
            self._add(" ", "blank")

    def _taken(self) -> str:
        self._parser.CharacterDataHandler = None
        return "".join(self._words)

    def _add(self, text: str, kind: str) -> None:
        if not text or not self._open or not self._runs or self._runs[-1].hidden:
            return
        for field in self._fields:
            if field.result and _UNSEEN.match(field.code) and not self.contents:
                return
            if field.result and _COUNTED.match(field.code):
                kind = "blank"
        if kind == "text" and not _INSERTED.isdisjoint(self._names):
            kind = ADDED
        text = text.replace("\r", " ").replace("\n", " ")
        run = self._runs[-1]
        stop = self._whole or self._tag_end()
        self.paragraphs[self._open[-1]].pieces.append(Piece(text, kind, self._at, stop, run.start, run.head))
        self._grow(len(text) + _PIECE)

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > _MAX_CHARACTERS:
            raise refusal("E152", self._name, "文稿超过七十万字，不像一份文稿", "请只留下要读取的那一篇，再试")

    # -- fields --------------------------------------------------------------------------------------------

    def _field(self, attributes: dict[str, str]) -> None:
        step = _value(attributes, "fldCharType")
        if step == "begin":
            self._fields.append(_Field(self.paragraphs[self._open[-1]] if self._open else None))
        elif step == "separate" and self._fields:
            self._fields[-1].result = True
        elif step == "end" and self._fields:
            self._fields.pop()

    def _end_code(self) -> None:
        code = self._taken()
        if self._fields and not self._fields[-1].result:
            self._fields[-1].code += code

    def _begin_simple_field(self, attributes: dict[str, str]) -> None:
        self._fields.append(_Field(None, _value(attributes, "instr"), result=True))

    def _end_simple_field(self) -> None:
        if self._fields:
            self._fields.pop()


def _value(attributes: dict[str, str], name: str = "val") -> str:
    for space in _NAMESPACES:
        if (found := attributes.get(f"{space} {name}")) is not None:
            return found
    return ""

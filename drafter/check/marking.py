"""The findings as comments of Word, each at its place: a copy to read and to answer in WPS or Word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from posixpath import normpath
from typing import NamedTuple
from xml.sax.saxutils import escape

from drafter.check.blank_docx import blank_docx
from drafter.check.finding import Edit, Finding, FixKind, Level
from drafter.check.manuscript import BODY, Manuscript, element
from drafter.check.text import Text, applied
from drafter.check.word_text import Line, Piece, utf8

__all__ = ["marked_bytes"]

_LEVELS = {Level.ERROR: "错误", Level.WARNING: "警告", Level.INFO: "提示"}
_KINDS = {FixKind.SAFE: "可自动改", FixKind.SUGGESTED: "请看过再定"}
_PLACES = (("footnotes", "脚注"), ("endnotes", "尾注"), ("header", "页眉"), ("footer", "页脚"))
_NAMESPACES = (
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_CLOSING = re.compile(rb"</((?:[\w.-]+:)?)[\w.-]+\s*>\s*$")
_SELF_CLOSED = re.compile(rb"<((?:[\w.-]+:)?[\w.-]+)(\s[^<>]*)?/>\s*$")
_COMMENT = re.compile(rb"""<(?:[\w.-]+:)?comment\s[^>]*?\bid\s*=\s*["'](\d+)""")
_NAME = re.compile(rb"<([^\s/>]+)")
_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PLAIN = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
)
_SMALL = '<w:rPr><w:rFonts w:hint="eastAsia"/><w:sz w:val="20"/></w:rPr>'


class _Cut(NamedTuple):
    """XML to put before the character `offset` of a piece."""

    offset: int
    xml: bytes


def marked_bytes(text: Text, findings: Sequence[Finding]) -> bytes:
    """A .docx with a comment of "drafter" on each finding; of a text that is no .docx, a plain one is made.

    Where Word allows no comment (notes, headers, text boxes), it stands at the nearest paragraph of the body before.
    Equal input gives equal bytes.
    """
    if isinstance(text, Manuscript):
        manuscript = Manuscript.open(text.encoded(), text.name) if text.changed else text
        rows = _rows(manuscript)
    if not isinstance(text, Manuscript) or not rows:
        manuscript = Manuscript.open(blank_docx([_ILLEGAL.sub("\ufffd", line) for line in text.lines]), text.name)
        rows = _rows(manuscript)
    if not findings:
        return manuscript.encoded()
    return manuscript.package.having(_Marker(manuscript, rows).parts(findings))


def _rows(text: Manuscript) -> list[int]:
    """The lines that a comment can stand at."""
    own = [row for row in range(text.body) if any(piece.stop for piece in text.sources[row].pieces)]
    return [row for row in own if text.sources[row].holder < 0] or own


class _Marker:
    def __init__(self, text: Manuscript, rows: Sequence[int]) -> None:
        self._text, self._rows = text, rows
        self._data = utf8(text.package.markup(BODY))
        self._space = next(each for each in reversed(_NAMESPACES) if each in self._data or each is _NAMESPACES[0])
        declaration = b' xmlns:w="' + self._space + b'"'
        self._declared = "" if declaration in self._data[:9000] else declaration.decode()
        self._cuts: dict[int, list[_Cut]] = defaultdict(list)
        self._pieces: dict[int, Piece] = {}

    def parts(self, findings: Sequence[Finding]) -> dict[str, bytes]:
        """The parts of the package that change or are new."""
        package = self._text.package
        relations = package.tree(_RELATIONS)
        known = [
            relation.get("Target", "")
            for relation in (() if relations is None else relations)
            if relation.get("Type", "").endswith("/relationships/comments")
        ]
        path = _path(known[0]) if known else "word/comments.xml"
        if not known and path in package.names:
            path = "word/drafter-comments.xml"
        old = utf8(package.markup(path)) or b'<w:comments xmlns:w="' + self._space + b'"/>'
        first = max(map(int, _COMMENT.findall(old)), default=-1) + 1
        comments = ""
        for number, finding in enumerate(findings, first):
            self._anchor(number, finding)
            comments += self._comment(number, finding)
        parts = {BODY: self._marked(), path: _appended(old, comments)}
        if not known:
            relation = f'Id="drafterComments" Type="{_OFFICE}/comments" Target="{path.removeprefix("word/")}"'
            if self._space == _NAMESPACES[1]:
                relation = relation.replace(_OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            old = utf8(package.markup(_RELATIONS)) or _EMPTY
            parts[_RELATIONS] = _appended(old, relation, "Relationship")
        if path not in package.names:
            override = f'PartName="/{path}" ContentType="{_CONTENT}"'
            parts[_TYPES] = _appended(utf8(package.markup(_TYPES)), override, "Override")
        return parts

    # -- what is said --------------------------------------------------------------------------------------

    def _comment(self, number: int, finding: Finding) -> str:
        paragraphs = "".join(
            f"<w:p>{_PLAIN}<w:r>{_SMALL}<w:t xml:space='preserve'>{escape(line)}</w:t></w:r></w:p>"
            for line in self._said(finding)
        )
        who = f'w:id="{number}" w:author="drafter" w:initials="查"'
        return f'<w:comment xmlns:w="{self._space.decode()}" {who}>{paragraphs}</w:comment>'

    def _said(self, finding: Finding) -> list[str]:
        lines = [f"{finding.rule} {_LEVELS[finding.level]}：{finding.message}", f"依据：{finding.source}"]
        if finding.fix and finding.fix.edits:
            lines.append(f"改法：{self._change(finding.fix.edits)}（{_KINDS[finding.fix.kind]}）")
        row = min(finding.line, len(self._text.sources)) - 1
        source = self._text.sources[row]
        place = next((title for name, title in _PLACES if f"/{name}" in source.part), "文本框" * (source.holder >= 0))
        if place:
            lines.insert(0, f"〔{place}〕{finding.text}")
        return [_ILLEGAL.sub("\ufffd", line.replace("\n", "⏎")) for line in lines]

    def _change(self, edits: Sequence[Edit]) -> str:
        start, end = min(edit.start for edit in edits), max(edit.end for edit in edits)
        if start == end:  # an insertion: shown with the character before it
            start = max(start - 1, 0)
        old = self._text.string[start:end]
        new = applied(old, [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits])
        return f"“{old}”改为“{new}”" if new else f"删去“{old}”"

    # -- where it is said ----------------------------------------------------------------------------------

    def _anchor(self, number: int, finding: Finding) -> None:
        (first, start), (last, end) = self._range(finding)
        self._pieces[first.start], self._pieces[last.start] = first, last
        mark = f'{self._declared} w:id="{number}"'
        begin = f"<w:commentRangeStart{mark}/>"
        finish = f"<w:commentRangeEnd{mark}/><w:r{self._declared}><w:commentReference{mark}/></w:r>"
        self._cuts[first.start].append(_Cut(start, begin.encode()))
        self._cuts[last.start].append(_Cut(end, finish.encode()))

    def _range(self, finding: Finding) -> tuple[tuple[Piece, int], tuple[Piece, int]]:
        """The piece and offset of the first character, and of the end of the last."""
        text = self._text
        row, last_row = text.row(finding.start), text.row(max(finding.end - 1, finding.start))
        here = next((each for each in reversed(self._rows) if each <= row), self._rows[0])
        if here != row:
            first = last = _at(text.sources[here], len(text.lines[here]))
        else:
            last_row = last_row if last_row in self._rows else row
            first = _at(text.sources[row], finding.start - text.starts[row])
            last = _at(text.sources[last_row], max(finding.end - 1, finding.start) - text.starts[last_row])
        return first, (last[0], last[1] + 1)

    def _marked(self) -> bytes:
        changes = sorted(
            (change for start, cuts in self._cuts.items() for change in self._changes(self._pieces[start], cuts)),
            key=itemgetter(0, 1),
        )
        result, at = [], 0
        for start, _, stop, xml in changes:
            result += [self._data[at:start], xml]
            at = stop
        return b"".join([*result, self._data[at:]])

    def _changes(self, piece: Piece, cuts: Sequence[_Cut]) -> Iterator[tuple[int, int, int, bytes]]:
        """What is to stand for the bytes start:stop, as (start, order, stop, XML)."""
        data, size = self._data, len(piece.text)
        name = _NAME.match(data, piece.run)
        closing = b"</" + (name[1] if name else b"w:r") + b">"
        opening = data[piece.run : piece.head]
        inner: dict[int, bytes] = defaultdict(bytes)
        for cut in cuts:
            inner[cut.offset] += cut.xml
        before, after = inner.pop(0, b""), inner.pop(size, b"")
        xml = data[piece.start : piece.stop]
        if inner:
            bounds = [0, *sorted(inner), size]
            xml = b"".join(
                element(data[piece.start : piece.stop], piece.text[start:end])
                + (closing + inner[end] + opening if end in inner else b"")
                for start, end in pairwise(bounds)
            )
        if before and piece.start == piece.head:
            yield piece.run, 1, piece.run, before
        elif before:
            xml = closing + before + opening + xml
        if after and data.startswith(b"</", piece.stop):
            behind = data.index(b">", piece.stop) + 1
            yield behind, 0, behind, after
        elif after:
            xml += closing + after + opening
        yield piece.start, 1, piece.stop, xml


def _at(line: Line, column: int) -> tuple[Piece, int]:
    """The piece of a character and its offset there; of the number that Word makes, the character after it."""
    pieces = [(begin, piece) for begin, piece in zip(line.begins, line.pieces, strict=True) if piece.stop]
    begin, piece = next((each for each in pieces if column < each[0] + len(each[1].text)), pieces[-1])
    return piece, min(max(column - begin, 0), len(piece.text) - 1)


def _path(target: str) -> str:
    """The part that a relationship of the body names."""
    return target[1:] if target.startswith("/") else normpath(f"word/{target}").replace("\\", "/")


def _appended(data: bytes, xml: str, name: str = "") -> bytes:
    """An XML part with more at the end of its root: XML, or the attributes of an element in the root's namespace."""
    if closed := _SELF_CLOSED.search(data):
        data = data[: closed.start()] + b"<" + closed[1] + (closed[2] or b"") + b"></" + closed[1] + b">"
    closing = _CLOSING.search(data)
    at, prefix = (closing.start(), closing[1].decode()) if closing else (len(data), "")
    return data[:at] + (f"<{prefix}{name} {xml}/>" if name else xml).encode() + data[at:]

"""A Word file into rows: styles, outline levels and numbering understood, text boxes, tables and notes kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafter.files import Numbering, Package, refusal
from drafter.files.numbering import W
from drafter.read._rows import Row, Source
from drafter.read._trace import LineMap, Traced

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["word_source"]

_MAX_CHARACTERS = 700_000
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr", f"{_MC}Fallback"})
_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|标题|文章标题|公文标题|大标题)$", re.IGNORECASE)
_BODY_LEVEL = 9


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    level: int = 0
    number: tuple[str, int] | None = None


@dataclass(slots=True)
class _Reader:
    """Walks the body once and collects rows; `line` is the number of the paragraph or table row."""

    name: str
    styles: dict[str, _Style]
    numbering: Numbering
    rows: list[Row] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    notices: list[tuple[Traced, str, str]] = field(default_factory=list)
    size: int = 0
    gap: bool = False

    def add(self, text: str, level: int = 0, role: str = "", rows: tuple[tuple[str, ...], ...] = ()) -> None:
        """One paragraph, a source line for each line break in it."""
        for line in text.split("\n"):
            self.starts.append(self.size)
            traced = Traced.whole(line, self.size).strip()
            if traced.text:
                self.rows.append(Row(traced, level, role, rows, self.gap))
            self.gap = not traced.text
            self.size += len(line) + 1
        if self.size > _MAX_CHARACTERS:
            raise refusal("E152", self.name, "文稿超过七十万字，不像一份文稿", "请只留下要读取的那一篇，再试")

    def notice(self, kind: str, message: str) -> None:
        place = self.rows[-1].text if self.rows else Traced("", ())
        self.notices.append((place, kind, message))


def word_source(data: bytes, name: str) -> Source:
    """The rows of a .docx. Raises InputError (see `drafter.read.read`)."""
    package = Package(data, name)
    root = package.tree("word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise refusal("E155", name, "文件里没有正文部件", "请用 WPS、Word 打开，另存为 .docx 再试")
    reader = _Reader(name, _styles(package.tree("word/styles.xml")), Numbering(package.tree("word/numbering.xml")))
    _walk(body, reader)
    for part, role in (("footnotes", "footnote"), ("endnotes", "footnote")):
        notes = package.tree(f"word/{part}.xml")
        for note in () if notes is None else notes:
            text = "".join(_text(note)).strip()
            if text and note.get(f"{W}type") is None:
                reader.add(text, role=role)
    if "word/comments.xml" in package.names:
        reader.notice("revision", "文稿带有批注，批注未读入")
    _edges(package, reader)
    if not reader.rows:
        raise refusal("E159", name, "文稿里没有文字", "若内容是图片，请先识别成文字")
    return Source(tuple(reader.rows), LineMap(reader.starts), "docx", tuple(reader.notices), "docx")


def _edges(package: Package, reader: _Reader) -> None:
    """Words in headers and footers are no part of the text, but nothing is dropped in silence."""
    for path in sorted(package.names):
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", path):
            tree = package.tree(path)
            text = "".join(_text(tree)).strip() if tree is not None else ""
            if re.search("[\u4e00-\u9fff]{4}", text) and not re.search("第.{0,4}页", text):
                reader.notice("chrome", f"页眉或页脚有文字，未读入：{text[:40]}")


def _walk(parent: _Element, reader: _Reader) -> None:
    for element in parent:
        if element.tag == f"{W}p":
            _paragraph(element, reader)
        elif element.tag == f"{W}tbl":
            _table(element, reader)
        elif element.tag in (
            f"{W}sdt",
            f"{W}sdtContent",
            f"{W}ins",
            f"{W}moveTo",
            f"{W}customXml",
            f"{_MC}AlternateContent",
            f"{_MC}Choice",
        ):
            _walk(element, reader)
        elif element.tag in (f"{W}altChunk", f"{W}object"):
            reader.notice("hidden", "此处嵌有外部内容，未读入")


def _paragraph(element: _Element, reader: _Reader) -> None:
    properties = element.find(f"{W}pPr")
    style, number, level = _formatting(properties, reader.styles)
    text = "".join(_text(element))
    mark = reader.numbering.next(*number) if number and text.strip() else ""
    role = "title" if _TITLE.match(reader.styles.get(style, _Style()).name) else ""
    reader.add(mark + text.strip(" ") if mark else text, 0 if role else level, role)
    if next(element.iter(f"{W}del", f"{W}moveFrom"), None) is not None:
        reader.notice("revision", "此段有删除的修订，已按接受修订读取")
    if next(element.iter(f"{W}drawing", f"{W}pict"), None) is not None:
        boxes = [
            box
            for box in element.iter(f"{W}txbxContent")
            if not any(up.tag == f"{_MC}Fallback" for up in box.iterancestors())
        ]
        for box in boxes:
            before = len(reader.rows)
            _walk(box, reader)
            if len(reader.rows) > before:
                reader.notice("textbox", "文本框里的文字，已移到所在段落之后")
        if not boxes:
            reader.notice("image", "此处有图片，未读入")


def _formatting(properties: _Element | None, styles: dict[str, _Style]) -> tuple[str, tuple[str, int] | None, int]:
    """(style, (list, level of the list), heading level) of a paragraph, its own settings before those of its style."""
    style, number, level = "", None, 0
    if properties is not None:
        style = _value(properties, "pStyle")
        number = _list(properties)
        outline = _value(properties, "outlineLvl")
        level = int(outline) + 1 if outline.isdigit() and int(outline) < _BODY_LEVEL else 0
    current, seen = style, set[str]()
    while current in styles and current not in seen:
        seen.add(current)
        found = styles[current]
        heading = _HEADING.match(found.name)
        level = level or found.level or (int(heading[1]) if heading else 0)
        number = number or found.number
        current = found.based_on
    return style, None if number and number[0] == "0" else number, min(level, 4)


def _list(properties: _Element) -> tuple[str, int] | None:
    entry = properties.find(f"{W}numPr")
    if entry is None:
        return None
    level = _value(entry, "ilvl")
    number = _value(entry, "numId")
    return (number, int(level) if level.isdigit() else 0) if number else None


def _styles(root: _Element | None) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for element in () if root is None else root.iter(f"{W}style"):
        style = _Style(_value(element, "name"), _value(element, "basedOn"))
        properties = element.find(f"{W}pPr")
        if properties is not None:
            outline = _value(properties, "outlineLvl")
            style.level = int(outline) + 1 if outline.isdigit() and int(outline) < _BODY_LEVEL else 0
            style.number = _list(properties)
        styles[element.get(f"{W}styleId", "")] = style
    return styles


def _value(element: _Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _table(element: _Element, reader: _Reader) -> None:
    """A table of one column is a frame around paragraphs; any other is kept as rows of cells."""
    rows = [row for row in element.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is element]
    cells = [[cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tbl")) is element] for row in rows]
    if all(len(row) <= 1 for row in cells):
        for row in cells:
            for cell in row:
                _walk(cell, reader)
        return
    texts = tuple(
        tuple(" ".join("".join(_text(p)).strip() for p in cell.iter(f"{W}p")).strip() for cell in row) for row in cells
    )
    for row_texts in texts:
        reader.add("\t".join(row_texts), role="table", rows=(row_texts,))


def _text(element: _Element) -> Iterator[str]:
    """The text of runs, without field codes, deletions, hidden words and text boxes."""
    for child in element:
        tag = child.tag
        if tag in _GONE or tag == f"{W}txbxContent" or not isinstance(tag, str):
            continue
        if tag == f"{W}t":
            yield child.text or ""
        elif tag == f"{W}tab":
            yield " "
        elif tag in (f"{W}br", f"{W}cr"):
            yield "\n" if child.get(f"{W}type") in (None, "textWrapping") else ""
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}r" and _hidden(child):
            continue
        else:
            yield from _text(child)


def _hidden(run: _Element) -> bool:
    properties = run.find(f"{W}rPr")
    mark = properties.find(f"{W}vanish") if properties is not None else None
    return mark is not None and mark.get(f"{W}val") not in ("0", "false")

"""A .docx as a page: its sections, the look of each paragraph of the body, and what stands in its footers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from drafter.check.manuscript import BODY, Manuscript
from drafter.check.roles import roles
from drafter.check.word_styles import Look, Sheet, number, on
from drafter.files.numbering import W
from drafter.page import MILLIMETRE

if TYPE_CHECKING:
    from lxml.etree import _Element

    from drafter.check.text import Text

__all__ = ["Footer", "Layout", "Paragraph", "Run", "Section", "layout"]

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{_MC}Fallback"})
_SLOTS = ("eastAsia", "ascii", "hAnsi")
_KINDS = ("default", "even", "first")
_TWIP = 1 / 20


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look, and the fonts of its Chinese, of ASCII, and of what else is Western."""

    text: str
    look: Look
    han: str
    latin: str
    western: str

    @property
    def size(self) -> float:
        return number(self.look, "sz", 20) / 2

    @property
    def bold(self) -> bool:
        return on(self.look, "b")

    @property
    def marks(self) -> str:
        """The font of “ ” — … in this run."""
        return self.han if self.look.get("font.hint") == "eastAsia" else self.western


@dataclass(slots=True)
class Paragraph:
    """A paragraph.

    row     its line in the manuscript, -1 in a footer
    mark    the number that Word puts before it
    role    see `roles`
    """

    row: int
    look: Look
    runs: tuple[Run, ...]
    section: int = 0
    mark: str = ""
    role: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def size(self) -> float:
        """Of most of its characters; 0 without any."""
        counts: Counter[float] = Counter()
        for run in self.runs:
            counts[run.size] += len(run.text.strip())
        return counts.most_common(1)[0][0] if counts else 0

    @property
    def align(self) -> str:
        """left, center, right or both."""
        found = self.look.get("jc", "left")
        return {"start": "left", "end": "right", "distribute": "both"}.get(found, found)

    def indent(self, side: str) -> float:
        """left, right or firstLine in characters of the paragraph; a hanging first line is negative."""
        size = self.size or 16
        if side == "firstLine" and (hanging := number(self.look, "ind.hangingChars")):
            return -hanging / 100
        if characters := number(self.look, f"ind.{side}Chars"):
            return characters / 100
        twips = number(self.look, f"ind.{side}")
        if side == "firstLine" and (hanging := number(self.look, "ind.hanging")):
            twips = -hanging
        return twips * _TWIP / size


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands in a footer.

    kind     default, even or first
    text     its words with {page} for the number
    floats   how a frame or text box around the number is aligned, "" without one
    """

    kind: str
    text: str
    paragraph: Paragraph | None
    floats: str
    lines: int


@dataclass(slots=True)
class Section:
    """Lengths in millimetres; the binding margin holds the gutter."""

    row: int
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    footer_distance: float
    grid: str
    line_pitch: float
    character_space: float
    title_page: bool
    footers: dict[str, Footer] = field(default_factory=dict)

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def area(self) -> tuple[float, float]:
        return self.width - self.left - self.right, self.height - self.top - self.bottom


class Layout:
    """Of a manuscript."""

    def __init__(self, text: Manuscript) -> None:
        self._text = text
        package = text.package
        self.sheet = Sheet(package)
        root = package.tree(BODY)
        body = None if root is None else root.find(f"{W}body")
        settings = package.tree("word/settings.xml")
        switch = None if settings is None else settings.find(f"{W}evenAndOddHeaders")
        self.even = switch is not None and switch.get(f"{W}val") not in ("0", "false", "off")
        self.sections: list[Section] = []
        self.paragraphs: list[Paragraph] = []
        """Those of the body outside tables and text boxes, blank ones too."""
        if body is not None:
            self._read(body)

    def _read(self, body: _Element) -> None:
        rows = {line.place: row for row, line in enumerate(self._text.sources[: self._text.body])}
        relations = self._text.package.tree("word/_rels/document.xml.rels")
        targets = {
            entry.get("Id", ""): "word/" + entry.get("Target", "").removeprefix("/word/")
            for entry in (() if relations is None else relations)
        }
        first = 0
        for place, element in enumerate(each for each in body.iter(f"{W}p") if _kept(each)):
            properties = element.find(f"{W}pPr/{W}sectPr")
            if place in rows and not _inside(element):
                paragraph = self._paragraph(element, rows[place])
                paragraph.section = len(self.sections)
                pieces = self._text.sources[paragraph.row].pieces
                paragraph.mark = pieces[0].text if pieces and pieces[0].kind == "mark" else ""
                self.paragraphs.append(paragraph)
            if properties is not None:
                self.sections.append(self._section(properties, first, targets))
                first = rows.get(place, 0) + 1
        final = body.find(f"{W}sectPr")
        if final is not None:
            self.sections.append(self._section(final, first, targets))
        for paragraph, role in zip(self.paragraphs, roles(self.paragraphs), strict=True):
            paragraph.role = role

    def _paragraph(self, element: _Element, row: int) -> Paragraph:
        look, of_run = self.sheet.paragraph(element)
        runs = []
        for run in element.iter(f"{W}r"):
            if any(up.tag in _GONE or up.tag == f"{W}txbxContent" for up in _between(run, element)):
                continue
            text = "".join(_words(run))
            if text:
                own = self.sheet.run(run, of_run)
                if not on(own, "vanish"):
                    runs.append(Run(text, own, *(self.sheet.font(own, slot) for slot in _SLOTS)))
        return Paragraph(row, look, tuple(runs))

    def _section(self, properties: _Element, row: int, targets: dict[str, str]) -> Section:
        size, margins = properties.find(f"{W}pgSz"), properties.find(f"{W}pgMar")
        grid, title = properties.find(f"{W}docGrid"), properties.find(f"{W}titlePg")

        def length(element: _Element | None, name: str) -> float:
            return abs(_number(element, name)) * _TWIP / MILLIMETRE

        section = Section(
            row=row,
            width=length(size, "w"),
            height=length(size, "h"),
            top=length(margins, "top"),
            bottom=length(margins, "bottom"),
            left=length(margins, "left") + length(margins, "gutter"),
            right=length(margins, "right"),
            footer_distance=length(margins, "footer"),
            grid="" if grid is None else grid.get(f"{W}type", ""),
            line_pitch=_number(grid, "linePitch") * _TWIP,
            character_space=_number(grid, "charSpace") / 4096,
            title_page=title is not None and title.get(f"{W}val") not in ("0", "false", "off"),
        )
        if self.sections:  # what a section does not say of its footers it takes from the one before
            section.footers = dict(self.sections[-1].footers)
        for reference in properties.iter(f"{W}footerReference"):
            kind, path = reference.get(f"{W}type", "default"), targets.get(reference.get(f"{_R}id", ""), "")
            if kind in _KINDS:
                section.footers[kind] = self._footer(kind, path)
        return section

    def _footer(self, kind: str, path: str) -> Footer:
        root = self._text.package.tree(path)
        elements = [] if root is None else [each for each in root.iter(f"{W}p") if _kept(each)]
        found = [self._numbered(element) for element in elements]
        shown = [(paragraph, text, element) for paragraph, text, element in found if text.strip()]
        best = next((each for each in shown if "{page}" in each[1]), shown[0] if shown else None)
        if best is None:
            return Footer(kind, "", None, "", len(found))
        boxes = [up for up in best[2].iterancestors() if up.tag == f"{W}txbxContent"]
        align = next((up for box in boxes for up in box.iterancestors() if up.tag == f"{_WP}anchor"), None)
        floats = best[0].look.get("frame", "")
        if boxes:
            where = None if align is None else align.find(f"{_WP}positionH/{_WP}align")
            floats = (where.text or "?") if where is not None else "?"
        lines = sum("frame" not in paragraph.look for paragraph, _, _ in found)
        return Footer(kind, best[1].strip(), best[0], floats, lines)

    def _numbered(self, element: _Element) -> tuple[Paragraph, str, _Element]:
        """A paragraph of a footer, and its text with {page} for a PAGE field."""
        paragraph = self._paragraph(element, -1)
        pieces: list[str] = []
        code, inside = "", ""
        for each in element.iter(f"{W}fldChar", f"{W}instrText", f"{W}t", f"{W}fldSimple"):
            if any(up.tag in _GONE or up.tag == f"{W}txbxContent" for up in _between(each, element)):
                continue
            if each.tag == f"{W}fldSimple":
                pieces.append("{page}" if "PAGE" in each.get(f"{W}instr", "").split() else "")
                inside = ""
            elif each.tag == f"{W}instrText":
                code += each.text or ""
            elif each.tag == f"{W}t":
                simple = any(up.tag == f"{W}fldSimple" for up in each.iterancestors())
                if not inside and not simple:
                    pieces.append(each.text or "")
            else:
                step = each.get(f"{W}fldCharType")
                inside = "" if step == "end" else "field"
                if step == "begin":
                    code = ""
                elif step == "end":
                    pieces.append("{page}" if "PAGE" in code.upper().split() else "{field}")
        return paragraph, "".join(pieces), element

    @cached_property
    def longest(self) -> Paragraph | None:
        """The longest paragraph of the running text, by which lines and characters of a page are counted."""
        running = [paragraph for paragraph in self.paragraphs if paragraph.role == "body"]
        return max(running, key=lambda paragraph: len(paragraph.text), default=None)


_LAYOUTS: WeakKeyDictionary[Manuscript, Layout] = WeakKeyDictionary()


def layout(text: Text) -> Layout | None:
    """The layout of a manuscript, worked out once; None of any other text."""
    if not isinstance(text, Manuscript):
        return None
    if text not in _LAYOUTS:
        _LAYOUTS[text] = Layout(text)
    return _LAYOUTS[text]


def _number(element: _Element | None, name: str) -> float:
    found = None if element is None else element.get(f"{W}{name}")
    return number({name: found}, name) if found else 0


def _kept(element: _Element) -> bool:
    return not any(up.tag in _GONE for up in element.iterancestors())


def _inside(element: _Element) -> bool:
    return any(up.tag in (f"{W}txbxContent", f"{W}tc") for up in element.iterancestors())


def _between(element: _Element, above: _Element) -> Iterator[_Element]:
    for up in element.iterancestors():
        if up is above:
            return
        yield up


def _words(run: _Element) -> Iterator[str]:
    for child in run:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}tab":
            yield "\t"

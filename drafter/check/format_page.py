"""The page of a .docx against GB/T 9704-2012: paper, margins, lines and characters, page numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter import page
from drafter.check.finding import Hit
from drafter.check.layout import Footer, Layout, Section, layout
from drafter.check.word_styles import number, on

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = [
    "area",
    "characters",
    "dash_place",
    "filled",
    "lines",
    "margins",
    "number_place",
    "number_text",
    "number_type",
    "numbered",
    "paper",
]

# GB/T 33476.2-2016 gives margins for the boxes of the lines, with which their ink stands where GB/T 9704 says
_BOX_TOP, _BOX_HEIGHT = 34.58, 229.84
_NATURAL = 1.3  # height of a single line of Chinese type in Word, in sizes
_DASHED = re.compile("[—―][ \u2002\u2009\u00a0]?\\{page\\}[ \u2002\u2009\u00a0]?[—―]$")
_KINDS = {"default": "单页", "even": "双页", "first": "首页"}
_SLACK = 1e-6


def paper(text: Text, _: Settings) -> Iterator[Hit]:
    """A4."""
    for section, start in _portrait(text):
        size = section.width, section.height
        if any(abs(side - wanted) > 0.5 for side, wanted in zip(size, page.PAPER, strict=True)) and all(size):
            yield Hit(start, start, f"纸张为{_shown(size)}毫米，应为A4（{_shown(page.PAPER)}毫米）")


def margins(text: Text, _: Settings) -> Iterator[Hit]:
    """天头 and 订口."""
    for section, start in _portrait(text):
        sides = [("订口（左边距）", section.left, page.LEFT)]
        if not _boxed(section):
            sides.insert(0, ("天头（上边距）", section.top, page.TOP))
        for name, value, wanted in sides:
            if abs(value - wanted) > page.TOLERANCE + _SLACK:
                yield Hit(start, start, f"{name}为{_short(value)}毫米，应为{wanted}毫米±{page.TOLERANCE}毫米")


def area(text: Text, _: Settings) -> Iterator[Hit]:
    """版心."""
    for section, start in _portrait(text):
        wanted = (page.AREA[0], _BOX_HEIGHT if _boxed(section) else page.AREA[1])
        if any(abs(a - b) > page.TOLERANCE + _SLACK for a, b in zip(section.area, wanted, strict=True)):
            yield Hit(start, start, f"版心为{_shown(section.area)}毫米，应为{_shown(page.AREA)}毫米")


def lines(text: Text, _: Settings) -> Iterator[Hit]:
    """22 lines on a page."""
    for start, section, pitch in _pitch(text):
        count = int(section.area[1] * page.MILLIMETRE / pitch + _SLACK)
        if count != page.LINES:
            yield Hit(start, start, f"每面排{count}行（行距{pitch:.2f}磅），一般为{page.LINES}行")


def filled(text: Text, _: Settings) -> Iterator[Hit]:
    """22 lines fill the text area."""
    for start, section, pitch in _pitch(text):
        height = section.area[1] * page.MILLIMETRE
        rest = (height - page.LINES * pitch) / page.MILLIMETRE
        if int(height / pitch + _SLACK) == page.LINES and rest > (2 if _boxed(section) else 1):
            yield Hit(
                start, start, f"每面{page.LINES}行没有撑满版心，下面余{_short(rest)}毫米；行距宜为{page.PITCH:.2f}磅"
            )


def characters(text: Text, _: Settings) -> Iterator[Hit]:
    """28 characters in a line."""
    found = layout(text)
    if found is None or found.longest is None or not found.sections:
        return
    section = _section(found)
    run = max(found.longest.runs, key=lambda run: len(run.text))
    pitch = run.size + number(run.look, "spacing.val") / 20
    if section.grid in ("linesAndChars", "snapToChars") and on(found.longest.look, "snapToGrid", default=True):
        pitch += section.character_space
    count = int(section.area[0] * page.MILLIMETRE / pitch + 1e-4) if pitch > 0 else 0
    if count != page.CHARACTERS:
        start = text.starts[found.longest.row]
        yield Hit(start, start, f"每行排{count}字，一般为{page.CHARACTERS}字；可设文档网格每行{page.CHARACTERS}字")


# -- page numbers -----------------------------------------------------------------------------------------


def numbered(text: Text, _: Settings) -> Iterator[Hit]:
    """Each page has its number."""
    found = layout(text)
    for section, start in _portrait(text):
        footers = section.footers
        kinds = ["default", *(["even"] if found and found.even else []), *(["first"] if section.title_page else [])]
        without = [kind for kind in kinds if kind not in footers or "{page}" not in footers[kind].text]
        if without == kinds:
            yield Hit(start, start, "没有页码")
        elif without:
            yield Hit(start, start, "、".join(_KINDS[kind] for kind in without) + "没有页码")


def number_text(text: Text, _: Settings) -> Iterator[Hit]:
    """A 一字线 on each side."""
    for footer, start in _numbers(text):
        if not _DASHED.match(footer.text):
            shown = re.sub(r"\{\w+\}", "1", footer.text)
            yield Hit(start, start, f"页码为“{shown}”，应为“— 1 —”（数字左右各放一条一字线）")


def number_type(text: Text, _: Settings) -> Iterator[Hit]:
    """4号宋体."""
    wanted = page.TYPES["number"]
    for footer, start in _numbers(text):
        runs = [run for run in footer.paragraph.runs if run.text.strip()] if footer.paragraph else []
        fonts = {run.latin if run.text.strip().isascii() else run.marks for run in runs}
        fonts = {font for font in fonts if page.face_of(font) != wanted.face}
        sizes = {run.size for run in runs if abs(run.size - wanted.size) > page.SIZE_TOLERANCE}
        if fonts:
            yield Hit(start, start, f"页码字体为{min(fonts) or '未指定'}，应为4号半角{wanted.face}")
        if sizes:
            yield Hit(start, start, f"页码字号为{min(sizes):g}磅，应为4号（{wanted.size}磅）")


def number_place(text: Text, _: Settings) -> Iterator[Hit]:
    """Odd pages at the right, even pages at the left, one character in."""
    found = layout(text)
    if found is None:
        return
    for section, start in _portrait(text):
        kinds = {kind: footer for kind, footer in section.footers.items() if "{page}" in footer.text}
        kinds = {kind: footer for kind, footer in kinds.items() if kind != "even" or found.even}
        if not kinds or all(footer.floats in ("outside", "?") for footer in kinds.values()):
            continue
        sides = {
            kind: footer.floats or (footer.paragraph.align if footer.paragraph else "")
            for kind, footer in kinds.items()
        }
        wanted = {"default": "right", "even": "left", "first": "right"}
        if set(sides.values()) == {"center"}:
            yield Hit(start, start, "页码居中，应单页居右、双页居左，各空一字")
        elif not found.even:
            yield Hit(start, start, "单双页的页码在同一侧，应单页居右、双页居左，各空一字（页眉页脚设“奇偶页不同”）")
        elif any(side.replace("both", "left") != wanted[kind] for kind, side in sides.items()):
            yield Hit(start, start, "页码应单页居右、双页居左，各空一字")
        else:
            yield from _inset(kinds, start)


def dash_place(text: Text, _: Settings) -> Iterator[Hit]:
    """The 一字线 is 7 mm below the text area."""
    for section, start in _portrait(text):
        footer = section.footers.get("default")
        if not footer or "{page}" not in footer.text or footer.floats or footer.lines != 1 or footer.paragraph is None:
            continue
        look = footer.paragraph.look
        exact = look.get("spacing.lineRule") == "exact"
        height = number(look, "spacing.line") / 20 if exact else _NATURAL * footer.paragraph.size
        bottom = page.PAPER[1] - page.TOP - page.AREA[1] if _boxed(section) else section.bottom
        drop = bottom - section.footer_distance - height / 2 / page.MILLIMETRE
        if abs(drop - page.DASH_DROP) > 1.5:
            yield Hit(start, start, f"页码的一字线约在版心下边缘之下{_short(drop)}毫米，应为{page.DASH_DROP}毫米")


def _inset(footers: dict[str, Footer], start: int) -> Iterator[Hit]:
    for kind, footer in footers.items():
        if footer.paragraph is None or footer.floats:
            continue
        side = "left" if kind == "even" else "right"
        inset = footer.paragraph.indent(side) + (footer.paragraph.indent("firstLine") if side == "left" else 0)
        if not 0.8 <= inset <= 1.2:
            yield Hit(start, start, f"{_KINDS[kind]}页码空{_short(inset)}字，应空一字")
            return


# -- sections ---------------------------------------------------------------------------------------------


def _portrait(text: Text) -> Iterator[tuple[Section, int]]:
    """(a section of upright pages that differs from those before, the offset at which it is told)."""
    found = layout(text)
    seen: list[Section] = []
    for section in () if found is None else found.sections:
        first = next((row for row in range(section.row, len(text.lines)) if text.lines[row].strip()), 0)
        known = any(_same(section, other) for other in seen)
        if not section.landscape and not known:
            seen.append(section)
            yield section, text.starts[first]


def _same(one: Section, other: Section) -> bool:
    sizes = [(each.width, each.height, *each.area, each.top, each.left, each.footer_distance) for each in (one, other)]
    return sizes[0] == sizes[1] and one.title_page == other.title_page and one.footers == other.footers


def _numbers(text: Text) -> Iterator[tuple[Footer, int]]:
    """The footers with a number, one of those that read the same."""
    seen = set()
    for section, start in _portrait(text):
        for footer in section.footers.values():
            if "{page}" in footer.text and footer.text not in seen:
                seen.add(footer.text)
                yield footer, start


def _section(found: Layout) -> Section:
    number_of = found.longest.section if found.longest else 0
    return found.sections[min(number_of, len(found.sections) - 1)]


def _pitch(text: Text) -> Iterator[tuple[int, Section, float]]:
    """(offset, section, points from line to line) of the running text."""
    found = layout(text)
    if found is None or found.longest is None or not found.sections:
        return
    section, look = _section(found), found.longest.look
    rule, line = look.get("spacing.lineRule", "auto"), number(look, "spacing.line", 240)
    natural = _NATURAL * found.longest.size
    grid = section.line_pitch if section.grid and on(look, "snapToGrid", default=True) else 0
    if rule == "exact":
        pitch = line / 20
    elif rule == "atLeast":
        pitch = max(line / 20, natural, grid)
    else:
        pitch = (math.ceil(natural / grid - 1e-9) * grid if grid > 0 else natural) * line / 240
    if pitch > 0 and not section.landscape:
        yield text.starts[found.longest.row], section, pitch


def _boxed(section: Section) -> bool:
    return abs(section.top - _BOX_TOP) <= 1 and abs(section.area[1] - _BOX_HEIGHT) <= 1


def _shown(size: tuple[float, float]) -> str:
    return "×".join(map(_short, size))


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

"""Where a page format departs from GB/T 9704-2012, clause by clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drafter import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drafter.write._format import Format

__all__ = ["Deviation", "deviations"]


class Deviation(NamedTuple):
    """One departure from the standard: the clause, what it says, and what the format does instead."""

    clause: str
    key: str
    standard: str
    actual: str

    def __str__(self) -> str:
        return f"GB/T 9704-2012第{self.clause}条：{self.standard}；本版式{self.actual}"


_DASH_RISE = 2.6  # of the dash over the foot of a page number of 14 points, measured


def deviations(layout: Format) -> list[Deviation]:
    """Each departure of the format from the standard, in the order of its clauses.

    What the standard leaves open (the lines of date and speaker, duplex margins, how the grid is made)
    is never a departure. A reading copy departs on purpose; its list is still complete.
    """
    found = [*_page(layout), *_type(layout), *_number(layout)]
    return sorted(found, key=lambda item: tuple(map(int, item.clause.split("."))))


def _page(layout: Format) -> Iterator[Deviation]:
    number = layout.number
    area = (
        round(number("page.width") - number("page.left") - number("page.right"), 1),
        round(number("page.height") - number("page.top") - number("page.bottom"), 1),
    )

    def differs(key: str, right: bool, clause: str, standard: str, actual: str) -> Iterator[Deviation]:
        if not right:
            yield Deviation(clause, key, standard, actual)

    width, height = number("page.width"), number("page.height")
    yield from differs(
        "page.width",
        abs(width - page.PAPER[0]) <= 0.5 and abs(height - page.PAPER[1]) <= 0.5,
        "5.1",
        "纸张为A4，210毫米×297毫米",
        f"为{width:g}毫米×{height:g}毫米",
    )
    for edge, name, wanted in (("top", "天头", page.TOP), ("left", "订口", page.LEFT)):
        value = number(f"page.{edge}")
        yield from differs(
            f"page.{edge}",
            abs(value - wanted) <= page.TOLERANCE,
            "5.2.1",
            f"{name}为{wanted}毫米±1毫米",
            f"为{value:g}毫米",
        )
    yield from differs(
        "page.bottom",
        all(abs(side - wanted) <= page.TOLERANCE for side, wanted in zip(area, page.AREA, strict=True)),
        "5.2.1",
        "版心为156毫米×225毫米",
        f"为{area[0]:g}毫米×{area[1]:g}毫米",
    )
    lines, characters = number("grid.lines"), number("grid.characters")
    yield from differs(
        "grid.lines",
        (lines, characters) == (page.LINES, page.CHARACTERS),
        "5.2.3",
        "每面22行，每行28字",
        f"每面{lines:g}行，每行{characters:g}字",
    )
    yield from differs(
        "latin",
        not layout.text("latin"),
        "5.2.2",
        "如无特殊说明，各要素用3号仿宋体",
        f"数字和西文用{layout.text('latin')}",
    )


def _type(layout: Format) -> Iterator[Deviation]:
    for style, (face, size, clause, name) in page.TYPES.items():
        prefix = style if style == "number" else f"styles.{style}"
        font, actual = layout.text(f"{prefix}.font"), layout.number(f"{prefix}.size")
        if page.face_of(font) != face:
            yield Deviation(clause, f"{prefix}.font", f"{name}用{face}", f"用{font}")
        if abs(actual - size) > page.SIZE_TOLERANCE:
            yield Deviation(clause, f"{prefix}.size", f"{name}用{page.SIZES[size]}字（{size}磅）", f"用{actual:g}磅")
        if style != "number" and layout.flag(f"{prefix}.bold"):
            yield Deviation(clause, f"{prefix}.bold", f"{name}只规定字体，未规定加粗", "加粗")
        if style in page.INDENTS:
            wanted, clause_of_indent, standard = page.INDENTS[style]
            indent = layout.number(f"{prefix}.indent")
            if indent != wanted:
                yield Deviation(clause_of_indent, f"{prefix}.indent", standard, f"左空{indent:g}字")
    if layout.text("styles.title.align") != "center":
        yield Deviation("7.3.1", "styles.title.align", "标题居中", "标题不居中")
    body = layout.number("styles.body.line")
    if body and abs(body - page.PITCH) > 0.3:
        yield Deviation("5.2.3", "styles.body.line", f"22行撑满版心（行距约{page.PITCH:.2f}磅）", f"行距为{body:g}磅")


def _number(layout: Format) -> Iterator[Deviation]:
    checks: tuple[tuple[str, Callable[[], bool], str, str], ...] = (
        (
            "number.text",
            lambda: layout.text("number.text").replace(" ", "") == "—{page}—",
            "页码左右各放一条一字线",
            f"为“{layout.text('number.text').replace('{page}', '1').replace('{pages}', '9')}”",
        ),
        ("number.place", lambda: layout.text("number.place") == "outside", "单页码居右，双页码居左", "页码居中"),
        (
            "number.inset",
            lambda: layout.text("number.place") != "outside" or layout.number("number.inset") == 1,
            "页码空一字",
            f"空{layout.number('number.inset'):g}字",
        ),
        (
            "page.footer",
            lambda: abs(_dash(layout) - page.DASH_DROP) <= page.TOLERANCE,
            "一字线上距版心下边缘7毫米",
            f"为{_dash(layout):.1f}毫米",
        ),
    )
    yield from (Deviation("7.5", key, standard, actual) for key, right, standard, actual in checks if not right())


def _dash(layout: Format) -> float:
    """Millimetres from the text area down to the middle of the line that the page number stands in."""
    return layout.number("page.bottom") - layout.number("page.footer") - _DASH_RISE

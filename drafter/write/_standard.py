"""Where a page format departs from GB/T 9704-2012, clause by clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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


_FACES = {
    "小标宋": ("小标宋",),
    "黑体": ("黑体", "SimHei", "STHeiti"),
    "楷体": ("楷体", "KaiTi", "STKaiti"),
    "仿宋": ("仿宋", "FangSong", "STFangsong"),
    "宋体": ("宋体", "SimSun", "书宋"),
}
_SIZES = {22: "2号", 16: "3号", 14: "4号"}
# style: face, size, clause, what the clause calls it
_TYPE = {
    "title": ("小标宋", 22, "7.3.1", "标题"),
    "salutation": ("仿宋", 16, "7.3.2", "称谓"),
    "body": ("仿宋", 16, "7.3.3", "正文"),
    "heading1": ("黑体", 16, "7.3.3", "第一层标题"),
    "heading2": ("楷体", 16, "7.3.3", "第二层标题"),
    "heading3": ("仿宋", 16, "7.3.3", "第三层标题"),
    "heading4": ("仿宋", 16, "7.3.3", "第四层标题"),
    "lead": ("仿宋", 16, "7.3.3", "段首句"),
    "signature": ("仿宋", 16, "7.3.5", "署名和日期"),
    "number": ("宋体", 14, "7.5", "页码"),
}
_INDENTS = {
    "title": (0, "7.3.1", "标题居中，不缩进"),
    "salutation": (0, "7.3.2", "称谓顶格"),
    **dict.fromkeys(("body", "heading1", "heading2", "heading3", "heading4"), (2, "7.3.3", "每段左空二字")),
}


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
        abs(width - 210) <= 0.5 and abs(height - 297) <= 0.5,
        "5.1",
        "纸张为A4，210毫米×297毫米",
        f"为{width:g}毫米×{height:g}毫米",
    )
    for edge, name, wanted in (("top", "天头", 37), ("left", "订口", 28)):
        value = number(f"page.{edge}")
        yield from differs(
            f"page.{edge}", abs(value - wanted) <= 1, "5.2.1", f"{name}为{wanted}毫米±1毫米", f"为{value:g}毫米"
        )
    yield from differs(
        "page.bottom",
        abs(area[0] - 156) <= 1 and abs(area[1] - 225) <= 1,
        "5.2.1",
        "版心为156毫米×225毫米",
        f"为{area[0]:g}毫米×{area[1]:g}毫米",
    )
    lines, characters = number("grid.lines"), number("grid.characters")
    yield from differs(
        "grid.lines",
        (lines, characters) == (22, 28),
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
    for style, (face, size, clause, name) in _TYPE.items():
        prefix = style if style == "number" else f"styles.{style}"
        font, actual = layout.text(f"{prefix}.font"), layout.number(f"{prefix}.size")
        if not any(mark in font for mark in _FACES[face]) or (face == "宋体" and "小标宋" in font):
            yield Deviation(clause, f"{prefix}.font", f"{name}用{face}", f"用{font}")
        if abs(actual - size) > 0.3:
            yield Deviation(clause, f"{prefix}.size", f"{name}用{_SIZES[size]}字（{size}磅）", f"用{actual:g}磅")
        if style != "number" and layout.flag(f"{prefix}.bold"):
            yield Deviation(clause, f"{prefix}.bold", f"{name}只规定字体，未规定加粗", "加粗")
        if style in _INDENTS:
            wanted, clause_of_indent, standard = _INDENTS[style]
            indent = layout.number(f"{prefix}.indent")
            if indent != wanted:
                yield Deviation(clause_of_indent, f"{prefix}.indent", standard, f"左空{indent:g}字")
    if layout.text("styles.title.align") != "center":
        yield Deviation("7.3.1", "styles.title.align", "标题居中", "标题不居中")
    body = layout.number("styles.body.line")
    pitch = (297 - 37 - 35) * 72 / 25.4 / 22
    if body and abs(body - pitch) > 0.3:
        yield Deviation("5.2.3", "styles.body.line", f"22行撑满版心（行距约{pitch:.2f}磅）", f"行距为{body:g}磅")


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
            lambda: abs(layout.number("page.bottom") - layout.number("page.footer") - 9.6) <= 1,
            "一字线上距版心下边缘7毫米",
            f"为{layout.number('page.bottom') - layout.number('page.footer') - 2.6:.1f}毫米",
        ),
    )
    yield from (Deviation("7.5", key, standard, actual) for key, right, standard, actual in checks if not right())

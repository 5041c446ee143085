"""The type of a .docx against GB/T 9704-2012: fonts, sizes, indents, spacing, colour."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from drafter import page
from drafter.check.finding import Hit, Level
from drafter.check.layout import Paragraph, layout
from drafter.check.roles import LEADS, RUNNING, lead_end
from drafter.check.text import BLANK
from drafter.check.word_styles import number

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = [
    "blank_lines",
    "body_type",
    "bold",
    "centred",
    "colour",
    "first_line",
    "flush",
    "heading1_type",
    "heading2_type",
    "latin_font",
    "left_indent",
    "mark_font",
    "signed_right",
    "space_around",
    "title_type",
    "typed_indent",
]

_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z0-9]")
_MARKS = re.compile("[“”‘’—…]")
_TYPED = re.compile("[ \t\u3000\u00a0]+")
_WESTERN = ("times new roman",)
_OTHER_SIZES = {
    42: "初号",
    36: "小初",
    26: "1号",
    24: "小1号",
    18: "小2号",
    15: "小3号",
    12: "小4号",
    10.5: "5号",
    9: "小5号",
}
_SHOWN = 20
_CHARACTER = 0.2  # of a character: what an indent may be off

_Look = Callable[[Paragraph], str]
"""What is wrong with a paragraph, in words; "" for nothing."""


class _Slight(str):
    """A fault that is worth a look and no more."""

    __slots__ = ()


def title_type(text: Text, _: Settings) -> Iterator[Hit]:
    """The title: 2号小标宋."""
    yield from _told(text, ("title",), lambda paragraph: _type(paragraph, "title"))


def heading1_type(text: Text, _: Settings) -> Iterator[Hit]:
    """Headings of the first level: 3号黑体."""
    yield from _told(text, ("heading1", "lead1"), lambda paragraph: _type(paragraph, "heading1"))


def heading2_type(text: Text, _: Settings) -> Iterator[Hit]:
    """Headings of the second level: 3号楷体."""
    yield from _told(text, ("heading2", "lead2"), lambda paragraph: _type(paragraph, "heading2"))


def body_type(text: Text, _: Settings) -> Iterator[Hit]:
    """Text, salutation, headings of the third and fourth level: 3号仿宋."""
    kinds = {"salutation": "salutation", "heading3": "heading3", "heading4": "heading4", "body": "body"}
    kinds |= {"lead1": "body", "lead2": "body", "signature": "signature", "date": "signature"}
    for role, kind in kinds.items():
        yield from _told(text, (role,), lambda paragraph, kind=kind: _type(paragraph, kind))  # type: ignore[misc]


def bold(text: Text, _: Settings) -> Iterator[Hit]:
    """Whole titles and headings in bold, which the standard does not know."""

    def wrong(paragraph: Paragraph) -> str:
        runs = [run for run in paragraph.runs if _HAN.search(run.text)]
        title = page.TYPES[LEADS.get(paragraph.role, paragraph.role)].title
        return f"{title}加粗，标准只规定字体，未规定加粗" if runs and all(run.bold for run in runs) else ""

    yield from _told(text, ("title", "heading1", "heading2", "heading3", "heading4"), wrong)


def first_line(text: Text, _: Settings) -> Iterator[Hit]:
    """Each paragraph begins two characters in."""

    def wrong(paragraph: Paragraph) -> str:
        if _TYPED.match(paragraph.text) or paragraph.align == "center":
            return "" if paragraph.align != "center" else "段落居中，应左空二字"
        first, wanted = paragraph.indent("firstLine"), page.INDENTS["body"][0]
        whole = first + max(paragraph.indent("left"), 0)  # where all lines are in, it is said of the others
        right = any(abs(indent - wanted) <= _CHARACTER for indent in (first, whole))
        return "" if right else f"段首左空{_short(whole)}字，应左空{wanted}字"

    yield from _told(text, RUNNING, wrong)


def typed_indent(text: Text, _: Settings) -> Iterator[Hit]:
    """An indent made of blanks."""

    def wrong(paragraph: Paragraph) -> str:
        typed = _TYPED.match(paragraph.text)
        return f"段首用{len(typed[0])}个空格缩进，应设“首行缩进2字符”" if typed else ""

    yield from _told(text, RUNNING, wrong)


def left_indent(text: Text, _: Settings) -> Iterator[Hit]:
    """Lines after the first are flush."""

    def wrong(paragraph: Paragraph) -> str:
        left = paragraph.indent("left")
        return f"回行左空{_short(left)}字，应顶格" if left > _CHARACTER and paragraph.align != "center" else ""

    yield from _told(text, RUNNING, wrong)


def centred(text: Text, _: Settings) -> Iterator[Hit]:
    """The title is centred, without an indent."""

    def wrong(paragraph: Paragraph) -> str:
        if paragraph.align != "center":
            return "标题没有居中"
        indent = paragraph.indent("firstLine")
        return f"标题居中又缩进{_short(indent)}字，偏离中心" if abs(indent) > _CHARACTER else ""

    yield from _told(text, ("title",), wrong)


def flush(text: Text, _: Settings) -> Iterator[Hit]:
    """The salutation begins at the margin."""

    def wrong(paragraph: Paragraph) -> str:
        indent = paragraph.indent("firstLine") + paragraph.indent("left")
        typed = _TYPED.match(paragraph.text)
        indent += len(typed[0]) if typed else 0
        return "" if abs(indent) <= _CHARACTER else f"称谓（主送机关）左空{_short(indent)}字，应顶格"

    yield from _told(text, ("salutation",), wrong)


def signed_right(text: Text, _: Settings) -> Iterator[Hit]:
    """Signature and date stand at the right."""

    def wrong(paragraph: Paragraph) -> str:
        far = paragraph.align in ("right", "center") or paragraph.indent("left") + paragraph.indent("firstLine") > 8
        typed = _TYPED.match(paragraph.text)
        return "" if far or (typed and len(typed[0]) > 6) else "署名、成文日期应居右（右空二字或四字）"

    yield from _told(text, ("signature", "date"), wrong)


def space_around(text: Text, _: Settings) -> Iterator[Hit]:
    """Space before or after a paragraph takes its lines off the grid."""

    def wrong(paragraph: Paragraph) -> str:
        said = []
        for side, name in (("before", "段前"), ("after", "段后")):
            lines = number(paragraph.look, f"spacing.{side}Lines") / 100
            points = number(paragraph.look, f"spacing.{side}") / 20
            if lines:
                said.append(f"{name}{_short(lines)}行")
            elif points:
                said.append(f"{name}{_short(points)}磅")
        return "、".join(said) + "，应为0：每面22行的网格被打乱" if said else ""

    yield from _told(text, RUNNING, wrong)


def blank_lines(text: Text, _: Settings) -> Iterator[Hit]:
    """Blank paragraphs between the paragraphs of the running text."""
    found = layout(text)
    if found is None:
        return
    rows: list[int] = []
    waiting: list[int] = []
    before = ""
    for paragraph in found.paragraphs:
        if paragraph.role == "blank":
            waiting.append(paragraph.row)
            continue
        if before in RUNNING and paragraph.role in RUNNING:
            rows += waiting
        waiting, before = [], paragraph.role
    if rows:
        start = text.starts[rows[0]]
        yield Hit(start, start, f"正文段落之间有{len(rows)}个空行，公文正文不空行")


def mark_font(text: Text, _: Settings) -> Iterator[Hit]:
    """Quotation marks and dashes in a Western font."""

    def wrong(paragraph: Paragraph) -> str:
        for run in paragraph.runs:
            found = _MARKS.search(run.text)
            if found and run.marks and not page.face_of(run.marks):
                return f"引号、破折号用了西文字体{run.marks}，应与汉字同一字体"
        return ""

    yield from _told(text, (*RUNNING, "title", "salutation"), wrong)


def latin_font(text: Text, _: Settings) -> Iterator[Hit]:
    """Figures and letters in a font that is neither the Chinese one nor Times New Roman."""

    def wrong(paragraph: Paragraph) -> str:
        fonts = Counter(
            run.latin
            for run in paragraph.runs
            if _LATIN.search(run.text) and not page.face_of(run.latin) and run.latin.lower() not in _WESTERN
        )
        fonts.pop("", 0)
        return (
            f"数字、西文用了{fonts.most_common(1)[0][0]}，应与汉字同一字体（通行也用Times New Roman）" if fonts else ""
        )

    yield from _told(text, (*RUNNING, "title", "salutation"), wrong)


def colour(text: Text, _: Settings) -> Iterator[Hit]:
    """Text is black."""

    def wrong(paragraph: Paragraph) -> str:
        for run in paragraph.runs:
            value = run.look.get("color", "auto").lower()
            if value not in ("auto", "000000") and _HAN.search(run.text):
                return f"文字颜色为#{value.upper()}，应为黑色"
        return ""

    yield from _told(text, (*RUNNING, "title", "front", "salutation", "signature", "date"), wrong)


# -- how it is told ---------------------------------------------------------------------------------------


def _told(text: Text, roles: tuple[str, ...], look: _Look) -> Iterator[Hit]:
    """One finding for each fault, at the first paragraph that has it."""
    found = layout(text)
    if found is None:
        return
    places: dict[str, list[int]] = {}
    for paragraph in found.paragraphs:
        if paragraph.role in roles and (fault := look(paragraph)):
            places.setdefault(fault, []).append(paragraph.row)
    for fault, rows in places.items():
        start, end = text.bounds(rows[0])
        shown = text.prose[start : min(end, start + _SHOWN)].split(BLANK)[0]
        message = fault + (f"（这样的共{len(rows)}段）" if len(rows) > 1 else "")
        yield Hit(start, start + len(shown), message, level=Level.INFO if isinstance(fault, _Slight) else None)


def _type(paragraph: Paragraph, kind: str) -> str:
    """Face and size of the characters that are to be of a kind."""
    wanted = page.TYPES[kind]
    fonts: Counter[str] = Counter()
    sizes: Counter[float] = Counter()
    total, at = 0, len(paragraph.mark)
    end = lead_end(paragraph.mark + paragraph.text) if paragraph.role in LEADS else 0
    for run in paragraph.runs:
        words = run.text
        if paragraph.role in LEADS:
            cut = max(end - at, 0)
            words = words[:cut] if kind != "body" else words[cut:]
        at += len(run.text)
        han = len(_HAN.findall(words))
        total += han
        if not han:
            continue
        if page.face_of(run.han) != wanted.face:
            fonts[run.han] += han
        if abs(run.size - wanted.size) > page.SIZE_TOLERANCE:
            sizes[run.size] += han
    if 0 < (few := max(fonts.total(), sizes.total())) * 2 < total:
        what = [name for name, _ in fonts.most_common(1)] + [_size(size) for size, _ in sizes.most_common(1)]
        return _Slight(f"{wanted.title}里混有{'、'.join(filter(None, what)) or '别的字体'}的{few}个字")
    said = []
    if fonts:
        name = fonts.most_common(1)[0][0]
        said.append((f"用了{name}" if name else "没有指定字体") + f"，应为{wanted.face}")
    if sizes:
        said.append(f"为{_size(sizes.most_common(1)[0][0])}，应为{_size(wanted.size)}")
    return f"{wanted.title}{'；字号'.join(said) if fonts else '字号' + said[0]}" if said else ""


def _size(points: float) -> str:
    name = page.SIZES.get(round(points), "") if abs(points - round(points)) < 0.01 else ""
    name = name or _OTHER_SIZES.get(points, "")
    return f"{name}（{points:g}磅）" if name else f"{points:g}磅"


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

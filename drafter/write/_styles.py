"""The style sheet of a .docx: GB/T 9704-2012 and the arithmetic of Word's document grid as WordprocessingML."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.write._format import Format

__all__ = ["CELL_MARGIN", "FRAME", "NO_INDENT", "NS", "PAGE_STYLES", "attribute", "pitch", "style_sheet", "twips"]

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FIRST_LINE = '<w:ind w:firstLineChars="{chars}" w:firstLine="{twips}"/>'
NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
FRAME = '<w:framePr w:w="1300" w:hSpace="113" w:wrap="around" w:vAnchor="text" w:hAnchor="page" w:x="850" w:y="1"/>'
# paragraph styles of the page beside Normal and the headings: our name → Word's name, styleId, custom
PAGE_STYLES = {
    "title": ("Title", "Title", False),
    "subtitle": ("Subtitle", "Subtitle", False),
    "date": ("Date", "Date", False),
    "speaker": ("讲话人", "Speaker", True),
    "salutation": ("Salutation", "Salutation", False),
    "signature": ("Signature", "Signature", False),
    "table": ("表格", "TableText", True),
    "table-head": ("表头", "TableHead", True),
}
CELL_MARGIN = 108  # twips
_CELL_AIR = 2  # points above and below the text of a cell
_UNTRACKED = '<w:spacing w:val="0"/>'
_DEFAULT_STYLES = (
    f'<w:style {NS} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
    f'<w:style {NS} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    f'<w:top w:w="0" w:type="dxa"/><w:left w:w="{CELL_MARGIN}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    f'<w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    f'<w:style {NS} w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>",
    f'<w:style {NS} w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
)


def pitch(layout: Format) -> tuple[float, float]:
    """(points per line, points per character) of the text area."""
    area = (
        twips(layout, "page.width") - twips(layout, "page.left") - twips(layout, "page.right"),
        twips(layout, "page.height") - twips(layout, "page.top") - twips(layout, "page.bottom"),
    )
    return area[1] / 20 / layout.number("grid.lines"), area[0] / 20 / layout.number("grid.characters")


def twips(layout: Format, key: str) -> int:
    """Word's own rounding: a centimetre is 567 twips, but A4 is 11906 × 16838."""
    per_millimetre = 1440 / 25.4 if key in ("page.width", "page.height") else 56.7
    return round(layout.number(key) * per_millimetre)


def style_sheet(layout: Format) -> list[str]:
    line, character = pitch(layout)
    reading = layout.flag("reading")
    body = "styles.body"
    spacing = layout.text("grid.method") == "spacing"
    # 17.6.5: charSpace counts from the size of Normal; an equal w:spacing serves programs without the grid
    tracking = math.floor((character - layout.number(f"{body}.size")) * 20) if spacing else 0
    exact = layout.number(f"{body}.line") or (line if spacing else 0)
    paragraph = (
        ("<w:keepLines/>" if reading else "")
        + '<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct/>'
        + '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        + _spacing(exact, before=8 if reading else 0)
        + _indent(layout.number(f"{body}.indent"), character)
        + f'<w:jc w:val="{layout.text(f"{body}.align")}"/>'
    )
    track = f'<w:spacing w:val="{tracking}"/>' if tracking else ""
    kern = '<w:kern w:val="2"/>'
    defaults = (
        f"<w:docDefaults {NS}><w:rPrDefault><w:rPr>{_type(layout, body, track + kern)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    sheet = [
        defaults,
        _style("Normal", "Normal", paragraph, _type(layout, body, track), default=True, priority=0),
        *_DEFAULT_STYLES,
    ]
    for level in range(1, 5):
        name = f"heading{level}"
        keep = f"<w:keepNext/>{'<w:keepLines/>' if reading else ''}"
        look = _paragraph_look(layout, name, character, exact)
        sheet.append(
            _style(
                f"Heading{level}",
                f"heading {level}",
                f'{keep}{look}<w:outlineLvl w:val="{level - 1}"/>',
                _type(layout, f"styles.{name}", track),
                based="Normal",
                after="Normal",
                link=f"Heading{level}Char",
                priority=9,
            )
        )
        sheet.append(
            _style(
                f"Heading{level}Char",
                f"heading {level} Char",
                "",
                _type(layout, f"styles.{name}", track),
                based="DefaultParagraphFont",
                link=f"Heading{level}",
                kind="character",
                priority=9,
                custom=True,
            )
        )
    sheet.append(
        _style(
            "Lead", "段首句", "", _type(layout, "styles.lead", track), based="DefaultParagraphFont", kind="character",
            priority=10, custom=True,
        )
    )  # fmt: skip
    for style, (name, style_id, custom) in PAGE_STYLES.items():
        keep = "<w:keepNext/>" if style in ("title", "table-head") else ""
        no_track = _UNTRACKED if track and style in ("title", "table", "table-head") else track
        sheet.append(
            _style(
                style_id,
                name,
                keep + _paragraph_look(layout, style, character, exact),
                _type(layout, f"styles.{style}", no_track),
                based="Normal",
                after="Normal",
                priority=11,
                custom=custom,
            )
        )
    return sheet + _service_styles(layout)


def _service_styles(layout: Format) -> list[str]:
    """Page number, comments and what only a reading copy has."""
    number = layout.number("number.size")
    footer = f'<w:snapToGrid w:val="0"/>{_spacing(number)}{NO_INDENT}<w:jc w:val="left"/>'
    plain = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    sheet = [
        _style(
            "Footer", "footer", footer, _type(layout, "number", '<w:spacing w:val="0"/>'), based="Normal", priority=99
        ),
        _style(
            "CommentText",
            "annotation text",
            f'{plain}{NO_INDENT}<w:jc w:val="left"/>',
            '<w:spacing w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/>',
            based="Normal",
            priority=99,
        ),
        _style(
            "CommentReference",
            "annotation reference",
            "",
            '<w:sz w:val="21"/><w:szCs w:val="21"/>',
            based="DefaultParagraphFont",
            kind="character",
            priority=99,
        ),
    ]
    if layout.flag("reading"):
        line, _ = pitch(layout)
        grey = '<w:color w:val="404040"/><w:spacing w:val="0"/><w:sz w:val="36"/><w:szCs w:val="36"/>'
        font = layout.text("styles.heading1.font")
        sheet += [
            _style(
                "Sentence", "接排句", _spacing(layout.number("styles.body.line") or line) + NO_INDENT, "",
                based="Normal", priority=12, custom=True,
            ),
            _style(
                "Minutes", "用时",
                f'<w:keepNext/>{FRAME}{_spacing(line)}{NO_INDENT}<w:jc w:val="left"/>', _fonts(font) + grey,
                based="Normal", priority=12, custom=True,
            ),
            _style(
                "Total", "全文用时", f'{_spacing(line)}{NO_INDENT}<w:jc w:val="right"/>', _fonts(font) + grey,
                based="Normal", priority=12, custom=True,
            ),
        ]  # fmt: skip
    return sheet


def _style(  # noqa: PLR0913
    style_id: str,
    name: str,
    paragraph: str,
    run: str,
    *,
    based: str = "",
    after: str = "",
    link: str = "",
    kind: str = "paragraph",
    default: bool = False,
    custom: bool = False,
    priority: int = 99,
) -> str:
    flags = ' w:default="1"' * default + ' w:customStyle="1"' * custom
    return (
        f'<w:style {NS} w:type="{kind}"{flags} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{after}"/>' if after else "")
        + (f'<w:link w:val="{link}"/>' if link else "")
        + f'<w:uiPriority w:val="{priority}"/>'
        + ("<w:qFormat/>" if priority < 99 else "")
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _paragraph_look(layout: Format, style: str, character: float, body_line: float) -> str:
    size, body_size = layout.number(f"styles.{style}.size"), layout.number("styles.body.size")
    line = layout.number(f"styles.{style}.line") or (body_line if size <= body_size else size * 1.3 if body_line else 0)
    is_cell = style.startswith("table")
    around = _CELL_AIR if is_cell else 0
    before = 12 if layout.flag("reading") and style.startswith("heading") else around
    return (
        '<w:snapToGrid w:val="0"/>' * is_cell  # LibreOffice puts exact lines on the grid too
        + _spacing(line, before, around)
        + _indent(layout.number(f"styles.{style}.indent"), character)
        + f'<w:jc w:val="{layout.text(f"styles.{style}.align")}"/>'
    )


def _spacing(line: float, before: float = 0, after: float = 0) -> str:
    rule = f'w:line="{math.floor(line * 20)}" w:lineRule="exact"' if line else 'w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" {rule}/>'


def _indent(characters: float, pitch: float) -> str:
    """Word and WPS read the characters, LibreOffice the twips; 0 must be said, or the indent of Normal stays."""
    return _FIRST_LINE.format(chars=round(characters * 100), twips=round(characters * pitch * 20))


def _type(layout: Format, prefix: str, extra: str = "") -> str:
    """Font, weight, colour, `extra` (elements between colour and size) and size."""
    size = round(layout.number(f"{prefix}.size") * 2)
    bold = int(prefix != "number" and layout.flag(f"{prefix}.bold"))
    return (
        f'{_fonts(layout.text(f"{prefix}.font"))}<w:b w:val="{bold}"/><w:bCs w:val="{bold}"/><w:color w:val="000000"/>'
        f'{extra}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _fonts(name: str) -> str:
    """The Chinese face in every slot: LibreOffice takes a quotation mark at a paragraph's start from ascii."""
    face = attribute(name)
    return f'<w:rFonts w:ascii="{face}" w:eastAsia="{face}" w:hAnsi="{face}" w:cs="{face}"/>'


def attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")

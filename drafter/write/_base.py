"""The base of a .docx: everything but the text, made once for each format with python-docx.

python-docx gives a package, sections, footers and relationships that are right by construction; its
template, though, is an English one of 2013. Styles, theme, fonts and settings are therefore set anew here,
by GB/T 9704-2012 and the arithmetic of Word's document grid, and parts that mean nothing are dropped.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Twips
from lxml import etree

from drafter.write._styles import FRAME, NO_INDENT, NS, PAGE_STYLES, attribute, pitch, style_sheet, twips

if TYPE_CHECKING:
    from drafter.write._format import Format

__all__ = ["Base", "build"]

Base = tuple[dict[str, bytes], dict[str, bytes], dict[str, str]]
"""Parts of a plain copy, parts of a copy with comments (without word/document.xml), and the strings around the text."""

_NS_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_ROOT = re.compile(r"<w:(?:document|comments) [^>]*>")
_TEXT_MARK = "\ue000"
_DROPPED = ("stylesWithEffects", "customXml", "numbering", "webSettings", "thumbnail", "extended-properties")
_ALT_NAMES = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "方正小标宋简体": "方正小标宋_GBK",
    "黑体": "SimHei",
    "宋体": "SimSun",
}


def build(layout: Format) -> Base:
    """The base of a format."""
    document = Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rpartition("/")[2] in _DROPPED]:
            del rels[key]
    _styles(document, layout)
    _replace(document, "theme", _theme(_blob(document, "theme"), layout.text("styles.body.font")))
    _replace(document, "fontTable", _font_table(layout))
    _settings(document, layout)
    _section(document, layout)
    strings = _strings(document, layout)
    plain = _parts(document)
    run = document.add_paragraph().add_run(_TEXT_MARK)
    document.add_comment(run, text=_TEXT_MARK, author="drafter", initials="")
    commented = _parts(document)
    comments = commented.pop("word/comments.xml").decode()
    strings["comments_head"] = _ROOT.sub(f"<w:comments {NS}>", comments[: comments.index("<w:comment ")])
    strings["comments_tail"] = comments[comments.rindex("</w:comment>") + len("</w:comment>") :]
    return plain, commented, strings


def _parts(document: Any) -> dict[str, bytes]:
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        names = [name for name in package.namelist() if name not in ("word/document.xml", "docProps/core.xml")]
        return {name: package.read(name) for name in names}


def _styles(document: Any, layout: Format) -> None:
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    for xml in style_sheet(layout):
        root.append(parse_xml(xml))


# ---- theme, fonts, settings


def _part(document: Any, kind: str) -> Any:
    return next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith(f"/{kind}"))


def _blob(document: Any, kind: str) -> bytes:
    blob: bytes = _part(document, kind).blob
    return blob


def _replace(document: Any, kind: str, blob: bytes) -> None:
    _part(document, kind)._blob = blob


def _theme(blob: bytes, font: str) -> bytes:
    """The theme with one font: WPS reports every font a theme names and the machine lacks."""
    face = attribute(font)
    scheme = "".join(
        f'<a:{kind}Font><a:latin typeface="{face}"/><a:ea typeface="{face}"/><a:cs typeface=""/>'
        f'<a:font script="Hans" typeface="{face}"/></a:{kind}Font>'
        for kind in ("major", "minor")
    )
    text = re.sub(
        r"(<a:fontScheme\b[^>]*>).*?(</a:fontScheme>)", rf"\1{scheme}\2", blob.decode(), count=1, flags=re.DOTALL
    )
    return text.encode()


def _font_table(layout: Format) -> bytes:
    names = {str(value) for key, value in layout.values.items() if key.endswith(".font")}
    latin = layout.text("latin")
    fonts = "".join(
        f'<w:font w:name="{attribute(name)}">'
        + (f'<w:altName w:val="{_ALT_NAMES[name]}"/>' if name in _ALT_NAMES else "")
        + '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name in sorted(names)
    ) + (
        f'<w:font w:name="{attribute(latin)}"><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font>'
        if latin
        else ""
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NS}>{fonts}</w:fonts>'.encode()


def _settings(document: Any, layout: Format) -> None:
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    word = 'w:uri="http://schemas.microsoft.com/office/word"'
    switches = ("overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures", "doNotFlipMirrorIndents")
    compat = "".join(f'<w:compatSetting w:name="{name}" {word} w:val="1"/>' for name in switches)
    after = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
    # — is not in Word's own list: without it a —— may be torn in two (against GB/T 15834)
    before = "!%),.:;&gt;?]}¢¨°·ˇˉ—―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
    settings = (
        '<w:zoom w:percent="100"/>'
        + ("<w:mirrorMargins/>" if layout.flag("page.mirror") else "")
        + '<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
        + ("<w:evenAndOddHeaders/>" if layout.text("number.place") == "outside" else "")
        + f'<w:drawingGridVerticalSpacing w:val="{math.floor(pitch(layout)[0] * 20)}"/>'
        + '<w:characterSpacingControl w:val="compressPunctuation"/>'
        + f'<w:noLineBreaksAfter w:lang="zh-CN" w:val="{after}"/>'
        + f'<w:noLineBreaksBefore w:lang="zh-CN" w:val="{before}"/>'
        + "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        + "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        + f'<w:compatSetting w:name="compatibilityMode" {word} w:val="15"/>{compat}</w:compat>'
        + '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        + '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    )
    for child in parse_xml(f"<w:settings {NS}>{settings}</w:settings>"):
        root.append(child)


# ---- page


def _section(document: Any, layout: Format) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _length(layout, "width"), _length(layout, "height")
    section.top_margin, section.bottom_margin = _length(layout, "top"), _length(layout, "bottom")
    section.left_margin, section.right_margin = _length(layout, "left"), _length(layout, "right")
    section.footer_distance, section.header_distance = _length(layout, "footer"), Twips(851)
    section._sectPr.attrib.clear()
    line, character = pitch(layout)
    grid = section._sectPr.find(qn("w:docGrid"))
    section._sectPr.remove(grid)
    rows = math.floor(line * 20)
    if layout.text("grid.method") == "grid":
        space = math.floor((character - layout.number("styles.body.size")) * 4096)
        grid = f'<w:docGrid {NS} w:type="linesAndChars" w:linePitch="{rows}" w:charSpace="{space}"/>'
    else:
        grid = f'<w:docGrid {NS} w:type="lines" w:linePitch="{rows}"/>'
    section._sectPr.append(parse_xml(grid))
    outside = layout.text("number.place") == "outside"
    _footer(section.footer, layout, "right" if outside else "center")
    if outside:
        _footer(section.even_page_footer, layout, "left")


def _length(layout: Format, edge: str) -> Twips:
    return Twips(twips(layout, f"page.{edge}"))


def _footer(footer: Any, layout: Format, side: str) -> None:
    footer.is_linked_to_previous = False
    root = footer._element
    for child in list(root):
        root.remove(child)
    inset = layout.number("number.inset")
    indent = NO_INDENT
    if side != "center":
        twips = round(inset * layout.number("number.size") * 20)
        indent = (
            f'<w:ind w:{side}Chars="{round(inset * 100)}" w:{side}="{twips}" w:firstLineChars="0" w:firstLine="0"/>'
        )
    runs = "".join(
        _field(piece[1:-1])
        if piece in ("{page}", "{pages}")
        else _run(f'<w:t xml:space="preserve">{attribute(piece)}</w:t>')
        for piece in re.split(r"(\{pages?\})", layout.text("number.text"))
        if piece
    )
    root.append(
        parse_xml(f'<w:p {NS}><w:pPr><w:pStyle w:val="Footer"/>{indent}<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>')
    )


def _field(name: str) -> str:
    """A field in separate runs, or WPS shows nothing."""
    code = "PAGE" if name == "page" else "NUMPAGES"
    return "".join(
        _run(piece)
        for piece in (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )


def _run(content: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{content}</w:r>'


# ---- prototypes


def _strings(document: Any, layout: Format) -> dict[str, str]:
    """What stands around the text: the XML before and after the body, and how a paragraph of each style opens."""
    names = {"body": "Normal"} | {style: name for style, (name, _, _) in PAGE_STYLES.items()}
    names |= {f"heading{level}": f"Heading {level}" for level in range(1, 5)}
    if layout.flag("reading"):
        names |= {"sentence": "接排句", "minutes": "用时", "total": "全文用时"}
    body = document.element.body
    for paragraph in list(body.iterchildren(qn("w:p"))):
        body.remove(paragraph)
    strings = {}
    for style, name in names.items():
        element = document.add_paragraph(_TEXT_MARK, style=name)._p
        if style == "minutes":  # LibreOffice reads a frame from the paragraph only
            element.pPr.find(qn("w:pStyle")).addnext(parse_xml(FRAME.replace("/>", f" {NS}/>")))
        strings[f"p:{style}"] = _inner(element).partition("<w:r>")[0]
        body.remove(element)
    if layout.flag("reading"):
        keep = "<w:keepNext/></w:pPr>"
        strings["p:lead-body"] = strings["p:body"].replace("<w:pPr/>", f"<w:pPr>{keep}")
        strings["p:lead-sentence"] = strings["p:sentence"].replace("</w:pPr>", keep)
    xml = document.part.blob.decode()
    at = xml.index("<w:sectPr")
    strings["head"], strings["tail"] = _ROOT.sub(rf"<w:document {NS} {_NS_R}>", xml[:at]), xml[at:]
    return strings


def _inner(element: Any) -> str:
    """The element's XML without the namespaces its root declares."""
    xml: str = etree.tostring(element, encoding="unicode")
    return re.sub(r' xmlns:\w+="[^"]*"', "", xml)

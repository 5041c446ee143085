"""The plainest .docx that opens everywhere: paragraphs of text, to hang comments on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

__all__ = ["blank_docx"]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FACE = "".join(f' w:{slot}="仿宋_GB2312"' for slot in ("ascii", "eastAsia", "hAnsi", "cs"))
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "word/styles.xml": f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{_FACE}/>"
    '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    "</w:styles>",
}
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"'
    ' w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)


def blank_docx(lines: Iterable[str]) -> bytes:
    """A .docx of these paragraphs, in which no character is one that XML forbids."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' if line else "<w:p/>" for line in lines
    )
    parts = {**_PARTS, "word/document.xml": f"<w:document {_W}><w:body>{body}{_PAGE}</w:body></w:document>"}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, xml in parts.items():
            package.writestr(zipfile.ZipInfo(name), (_HEAD + xml).encode(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()

"""A document as one HTML page that needs nothing else: A4 on screen and on paper, an outline, gaps marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.document import Document, OriginKind
from drafter.write._clean import clean
from drafter.write._lines import Line, lines
from drafter.write._table import Table, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drafter.chinese.enumeration import Run
    from drafter.write._format import Format

__all__ = ["render"]

_SPECIAL = re.compile('[&<>"\n\t]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "<br>", "\t": "&#9;"}
# a face that the reader's machine may lack, and what comes nearest there
_FALLBACKS = (
    ("小标宋", '"FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif'),
    ("仿宋", "FangSong, STFangsong, FandolFang, serif"),
    ("楷体", "KaiTi, STKaiti, FandolKai, serif"),
    ("黑体", 'SimHei, STHeiti, "Noto Sans CJK SC", "PingFang SC", sans-serif'),
)
_TAGS = {"title": "h1", **{f"heading{level}": f"h{level + 1}" for level in range(1, 5)}}


def render(document: Document, layout: Format) -> bytes:
    """UTF-8 HTML without scripts or outside addresses."""
    body, outline = [], []
    for index, line in enumerate(parts(lines(document, layout, title_width=_width(layout)))):
        if isinstance(line, Table):
            body.append(_table(line))
            continue
        tag = _TAGS.get(line.style, "p")
        anchor = ""
        if line.style.startswith("heading"):
            anchor = f' id="p{index}"'
            text = _escape(line.text)
            outline.append(f'<li class="{line.style}"><a href="#p{index}">{text}</a></li>')
        content = "".join(_runs(line.runs, line)) or "<br>"
        body.append(f'<{tag}{anchor} class="{line.style}">{content}</{tag}>')
    title = _escape(document.meta.get("title", "") or _title(document)).replace("<br>", "")
    nav = f'<nav aria-label="提纲"><ul>{"".join(outline)}</ul></nav>\n' if outline else ""
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>\n{_css(layout)}</style>\n</head>\n<body>\n{nav}<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )
    return page.encode()


def _table(table: Table) -> str:
    """Head cells as th; columns of numbers and short words in the middle."""
    rows = []
    for at, (line, cells) in enumerate(zip(table.rows, table.cells, strict=True)):
        head = line.style == "table-head"
        opening = '<th scope="col">' if head else "<td>"
        row = "".join(
            (opening if head or not table.middle(at, column) else '<td class="centred">')
            + "".join(_runs(cell, line))
            + ("</th>" if head else "</td>")
            for column, cell in enumerate(cells)
        )
        rows.append(f"<tr>{row}</tr>")
    return f'<table class="table">\n<thead>{rows[0]}</thead>\n<tbody>{"".join(rows[1:])}</tbody>\n</table>'


def _title(document: Document) -> str:
    return next((block.text for block in document.blocks if block.role.value == "title"), "")


def _runs(runs: Iterable[Run], line: Line) -> Iterator[str]:
    lead = line.lead
    for run in runs:
        text = _escape(run.text)
        if run.origin.kind is OriginKind.MISSING:
            text = f"<mark>{text}</mark>"
        if run.head and lead:
            text = f'<span class="{lead}-lead">{text}</span>'
        elif lead:
            lead = "lead"
        yield text


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], clean(text))


def _width(layout: Format) -> float:
    area = layout.number("page.width") - layout.number("page.left") - layout.number("page.right")
    return area / 25.4 * 72 // layout.number("styles.title.size")


def _css(layout: Format) -> str:
    number = layout.number
    margins = " ".join(f"{number(f'page.{edge}'):g}mm" for edge in ("top", "right", "bottom", "left"))
    height = (number("page.height") - number("page.top") - number("page.bottom")) / 25.4 * 72 / number("grid.lines")
    rules = [
        "html { background: #e8e8e8; }",
        "body { margin: 0; color: #000; }",
        f"main {{ box-sizing: border-box; width: {number('page.width'):g}mm; max-width: 100%; min-height: "
        f"{number('page.height'):g}mm; margin: 8mm auto; padding: {margins}; background: #fff; "
        "box-shadow: 0 1px 6px rgba(0,0,0,.25); line-break: strict; }",
        f"main > * {{ margin: 0; font-weight: normal; line-height: {height:.2f}pt; overflow-wrap: anywhere; }}",
        "mark { background: #ffec3d; }",
        "nav { position: fixed; top: 8mm; left: 4mm; width: calc((100vw - "
        f"{number('page.width'):g}mm) / 2 - 12mm); max-height: calc(100vh - 16mm); overflow: auto; "
        "font: 14px/1.6 sans-serif; }",
        "nav ul { margin: 0; padding: 0; list-style: none; }",
        "nav a { color: #333; text-decoration: none; }",
        "nav a:hover { text-decoration: underline; }",
        *(f"nav .heading{level} {{ padding-left: {level - 1}em; }}" for level in range(2, 5)),
        *(_rule(layout, style) for style in ("title", "subtitle", "date", "speaker", "salutation", "signature")),
        f".blank {{ height: {height:.2f}pt; }}",
        *(_rule(layout, style) for style in ("body", "heading1", "heading2", "heading3", "heading4")),
        *(_lead(layout, style) for style in ("lead", "heading1", "heading2", "heading3", "heading4")),
        ".signature { padding-right: 2em; }",
        *_table_rules(layout),
        f"@media (max-width: {number('page.width') + 90:g}mm) {{ nav {{ display: none; }} }}",
        "@media (max-width: 170mm) { main { margin: 0; padding: 6mm; box-shadow: none; } }",
        f"@page {{ size: {number('page.width'):g}mm {number('page.height'):g}mm; margin: {margins}; }}",
        "@media print { html { background: none; } nav { display: none; } "
        "main { width: auto; min-height: 0; margin: 0; padding: 0; box-shadow: none; } "
        "h2, h3, h4, h5 { break-after: avoid; } }",
    ]
    return "\n".join(rules) + "\n"


def _rule(layout: Format, style: str) -> str:
    prefix = f"styles.{style}"
    line = layout.number(f"{prefix}.line") or 0
    return (
        f"main > .{style} {{ font-family: {_family(layout.text(f'{prefix}.font'))}; "
        f"font-size: {layout.number(f'{prefix}.size'):g}pt; text-align: {_align(layout, prefix)}; "
        f"text-indent: {layout.number(f'{prefix}.indent'):g}em;{_bold(layout, prefix)}"
        + (f" line-height: {line:g}pt;" if line else "")
        + " }"
    )


def _table_rules(layout: Format) -> Iterator[str]:
    prefix = "styles.table-head"
    yield _rule(layout, "table")
    yield "main > .table { width: 100%; border-collapse: collapse; }"
    yield ".table th, .table td { border: 0.5pt solid #000; padding: 2pt 5.4pt; }"
    yield ".table .centred { text-align: center; }"
    yield (
        f".table th {{ font-family: {_family(layout.text(f'{prefix}.font'))}; font-size: "
        f"{layout.number(f'{prefix}.size'):g}pt; font-weight: {'bold' if layout.flag(f'{prefix}.bold') else 'normal'}; "
        f"text-align: {_align(layout, prefix)}; }}"
    )
    yield "@media print { .table tr { break-inside: avoid; } }"


def _align(layout: Format, prefix: str) -> str:
    align = layout.text(f"{prefix}.align")
    return {"both": "justify"}.get(align, align)


def _lead(layout: Format, style: str) -> str:
    prefix = f"styles.{style}"
    return f".{style}-lead {{ font-family: {_family(layout.text(f'{prefix}.font'))};{_bold(layout, prefix)} }}"


def _bold(layout: Format, prefix: str) -> str:
    return " font-weight: bold;" if layout.flag(f"{prefix}.bold") else ""


def _family(font: str) -> str:
    name = re.sub(r'["\\<>{};]', "", font)
    fallback = next((stack for mark, stack in _FALLBACKS if mark in font), "SimSun, serif")
    return f'"{name}", {fallback}'

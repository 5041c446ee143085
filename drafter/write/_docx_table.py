"""A table as WordprocessingML: as wide as the text, its head again on every page, no row torn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from drafter.write._lines import Line
from drafter.write._styles import CELL_MARGIN, pitch, twips

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drafter.write._format import Format
    from drafter.write._table import Table

__all__ = ["AFTER_LAST", "render"]

# Word wants a paragraph behind a table that ends the text; this one takes a point of the page
AFTER_LAST = (
    '<w:p><w:pPr><w:pStyle w:val="TableText"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    "</w:pPr></w:p>"
)
_RULE = 10  # twips
_LOOK = (
    '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
    'w:noVBand="1"/>'
)


def render(table: Table, openings: Sequence[str], layout: Format, content: Callable[[Line], str]) -> str:
    """The w:tbl. `openings` are those of its rows' paragraphs, `content` gives the runs of a cell's line.

    A row of one line is, with its rule, as high as a line of the page, so that 22 of them fill it; numbers and short
    words are centred.
    """
    total = twips(layout, "page.width") - twips(layout, "page.left") - twips(layout, "page.right")
    size = max(layout.number("styles.table.size"), layout.number("styles.table-head.size"))
    widths = table.widths(total, math.ceil(size * 20), 2 * CELL_MARGIN + 20)
    height = f'<w:trHeight w:val="{math.floor(pitch(layout)[0] * 20) - _RULE}" w:hRule="atLeast"/>'
    out = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/>{_LOOK}</w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{wide}"/>' for wide in widths),
        "</w:tblGrid>",
    ]
    for at, (line, opening) in enumerate(zip(table.rows, openings, strict=True)):
        head = line.style == "table-head"
        out.append(f"<w:tr><w:trPr><w:cantSplit/>{height}{'<w:tblHeader/>' * head}</w:trPr>")
        centred = opening.replace("</w:pPr>", '<w:jc w:val="center"/></w:pPr>')
        for column, (cell, wide) in enumerate(zip(table.cells[at], widths, strict=True)):
            out.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
                f"{centred if not head and table.middle(at, column) else opening}"
                f"{content(Line(line.style, cell, '', line.blocks))}</w:p></w:tc>"
            )
        out.append("</w:tr>")
    out.append("</w:tbl>")
    return "".join(out)

"""Tables in every form: what python-docx, LibreOffice, a Markdown parser, a browser's parser and a speaker get."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from drafter.chinese.enumeration import paragraphs
from drafter.document import Block, Document, Note, Origin, OriginKind, Role, Span
from drafter.write import load_format, render, trace, write

PATTERN = Origin(OriginKind.PATTERN, "a.b.table")
BORDER = Span("\t", Origin(OriginKind.COMPUTED, "表格"))
TEXT_WIDTH = 8844  # twips, from margin to margin
LONG = "逐户走访摸清底数，按行业分类建会，年底前做到应建尽建；新开的站点先建组织再挂牌子"
TABLE = [
    ["指标", "目标", "完成期限", "责任部门"],
    ["建会率", "95%以上", "2024年12月", "基层工作部"],
    ["签约率", "90%", "【待补：期限】", "权益保障部"],
    ["建档率", LONG + "。", "", "保障工作部"],
]


def fact(text: str, ref: str, note: str = "") -> Span:
    return Span(text, Origin(OriginKind.BRIEF, ref, note))


def row(cells: list[str | Span]) -> Block:
    spans: list[Span] = []
    for cell in cells:
        own = cell if isinstance(cell, Span) else Span(cell, PATTERN)
        if own.text.startswith("【待补"):
            own = Span(own.text, Origin(OriginKind.MISSING, "要素.目标[1].期限"))
        spans += (BORDER, own) if spans else (own,)
    return Block(Role.ROW, tuple(spans))


def paragraph(text: str) -> Block:
    return Block(Role.PARAGRAPH, (Span(text, PATTERN),))


def of(*rows: list[Any]) -> Document:
    return Document(tuple(map(row, rows)))


@pytest.fixture
def plan() -> Document:
    rows = [row(list(cells)) for cells in TABLE]
    rows[1] = row([fact("建会率", "目标[0]"), fact("95%以上", "目标[0].数值", "未核实"), "2024年12月", "基层工作部"])
    return Document(
        (paragraph("目标见下表。"), *rows, paragraph("以上目标按月调度。")), (Note("choice", "选了表格", 3),)
    )


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def read(data: bytes) -> list[list[str]]:
    (table,) = opened(data).tables
    return [[cell.text for cell in line.cells] for line in table.rows]


def columns(data: bytes) -> list[int]:
    (table,) = opened(data).tables
    return [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]


def twips(element: Any, path: str) -> list[str]:
    return [str(value) for value in element.xpath(path)]


@pytest.mark.parametrize("copy", ["报审", "核稿"])
def test_a_table_is_a_table_between_its_paragraphs(plan: Document, copy: str) -> None:
    data = render(plan, copy=copy)
    assert read(data) == TABLE
    document = opened(data)
    kinds = [child.tag.rpartition("}")[2] for child in document.element.body]
    assert kinds == ["p", "tbl", "p", "sectPr"]
    assert [p.text for p in document.paragraphs] == ["目标见下表。", "以上目标按月调度。"]
    assert {p.style.name for p in document.paragraphs} == {"Normal"}


def test_columns_fill_the_text_width_and_cells_have_their_columns(plan: Document) -> None:
    data = render(plan)
    section = opened(data).sections[0]
    text_width = round((section.page_width - section.left_margin - section.right_margin) / 635)
    assert sum(columns(data)) == text_width == TEXT_WIDTH
    (table,) = opened(data).tables
    assert twips(table._tbl, "w:tblPr/w:tblW/@w:w") == [str(TEXT_WIDTH)]
    for line in table.rows:
        assert twips(line._tr, "w:tc/w:tcPr/w:tcW/@w:w") == [str(wide) for wide in columns(data)]
    # the sentence gets the room, the others what their words need
    assert max(columns(data)) == columns(data)[1]
    assert min(columns(data)) >= 3 * 14 * 20


def test_the_head_comes_again_and_no_row_is_torn(plan: Document) -> None:
    (table,) = opened(render(plan)).tables
    assert [line._tr.trPr.find(qn("w:tblHeader")) is not None for line in table.rows] == [True, False, False, False]
    assert all(line._tr.trPr.find(qn("w:cantSplit")) is not None for line in table.rows)
    assert {twips(line._tr, "w:trPr/w:trHeight/@w:val")[0] for line in table.rows} == {"569"}


def test_cells_have_their_own_type_and_no_indent(plan: Document) -> None:
    document = opened(render(plan))
    (table,) = document.tables
    head, body = table.cell(0, 0).paragraphs[0].style, table.cell(1, 0).paragraphs[0].style
    for style, font in ((head, "黑体"), (body, "仿宋_GB2312")):
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font
        assert style.font.size.pt == 14
        indent = style.element.pPr.find(qn("w:ind"))
        assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("0", "0")
    assert head.element.pPr.find(qn("w:keepNext")) is not None
    borders = document.styles["Table Grid"].element.xpath("w:tblPr/w:tblBorders/*/@w:val")
    assert borders == ["single"] * 6


def test_short_cells_stand_in_the_middle_and_sentences_do_not(plan: Document) -> None:
    (table,) = opened(render(plan)).tables
    centred = [
        [bool(twips(cell._tc, "w:p/w:pPr/w:jc[@w:val='center']")) for cell in line.cells] for line in table.rows[1:]
    ]
    assert centred == [[True] * 4, [True] * 4, [True, False, True, True]]
    (sentences,) = opened(render(of(["题", "做法"], ["一", LONG], ["二", LONG], ["三", "短"]))).tables
    assert not twips(sentences.cell(3, 1)._tc, "w:p/w:pPr/w:jc")


def test_gaps_are_shaded_and_comments_stand_inside_cells(plan: Document) -> None:
    data = render(plan, copy="核稿")
    document = opened(data)
    (table,) = document.tables
    runs = [run for line in table.rows for cell in line.cells for run in cell.paragraphs[0].runs]
    shaded = [run.text for run in runs if run.font.highlight_color is not None]
    assert shaded == ["【待补：期限】"]
    said = {comment.comment_id: comment.text for comment in document.comments}

    def inside(at: int, column: int) -> list[str]:
        numbers = twips(table.cell(at, column)._tc, ".//w:commentReference/@w:id")
        return [said.pop(int(number)) for number in numbers]

    assert inside(1, 1) == ["素材单：目标[0].数值\n未核实"]
    assert inside(2, 2)[0].startswith("待补：")
    assert inside(2, 0) == ["选了表格"]
    assert list(said.values()) == ["素材单：目标[0]"]


ORDER = {
    "tblPr": "tblStyle tblW jc tblLayout tblLook",
    "trPr": "cantSplit trHeight tblHeader",
    "tcPr": "tcW vAlign",
    "pPr": "pStyle keepNext snapToGrid spacing ind jc",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
}


def test_elements_of_a_table_stand_in_the_order_of_the_schema(plan: Document) -> None:
    for copy in ("报审", "核稿"):
        body = etree.fromstring(zipfile.ZipFile(io.BytesIO(render(plan, copy=copy))).read("word/document.xml"))
        (table,) = body.iter(qn("w:tbl"))
        for tag, names in ORDER.items():
            for element in table.iter(qn(f"w:{tag}")):
                children = [child.tag.rpartition("}")[2] for child in element]
                assert children == sorted(children, key=names.split().index), (tag, children)
        assert all(cell[-1].tag == qn("w:p") for cell in table.iter(qn("w:tc")))


def test_a_table_at_the_end_is_followed_by_a_paragraph_of_no_height() -> None:
    document = opened(render(of(["甲", "乙"], ["1", "2"])))
    assert [child.tag.rpartition("}")[2] for child in document.element.body] == ["tbl", "p", "sectPr"]
    assert document.paragraphs[0].paragraph_format.line_spacing.pt == 1


def test_a_signature_keeps_the_last_row_with_it(plan: Document) -> None:
    signed = Block(Role.SIGNATURE, (fact("市总工会", "单位.名称"),))
    (table,) = opened(render(replace(plan, blocks=(*plan.blocks[:-1], signed)))).tables
    kept = [bool(twips(line._tr, "w:tc/w:p/w:pPr/w:keepNext")) for line in table.rows]
    assert kept == [False, False, False, True]


def test_short_and_empty_rows_are_filled_and_facts_cannot_move_cells() -> None:
    document = of(["甲", "乙", "丙", ""], ["1"], ["", "2", fact("3\t4", "数")], [""])
    assert read(render(document)) == [["甲", "乙", "丙"], ["1", "", ""], ["", "2", "3 4"], ["", "", ""]]
    assert read(render(of([""]))) == [[""]]


def test_tables_parted_by_text_are_two(plan: Document) -> None:
    document = opened(render(replace(plan, blocks=plan.blocks[:-1] + plan.blocks)))
    assert len(document.tables) == 2
    assert [len(twips(table._tbl, "w:tr/w:trPr/w:tblHeader")) for table in document.tables] == [1, 1]


def test_a_format_sets_the_type_of_tables(plan: Document, tmp_path: Path) -> None:
    own = tmp_path / "本单位.yaml"
    own.write_text(
        "extends: gbt9704\nid: own\nlatin: Arial\nstyles: {table: {size: 12}, table-head: {font: 宋体, bold: true}}\n",
        encoding="utf-8",
    )
    (table,) = opened(render(plan, format=own)).tables
    head, body = table.cell(0, 0).paragraphs[0].style, table.cell(1, 0).paragraphs[0].style
    assert (head.font.bold, head.element.rPr.rFonts.get(qn("w:eastAsia")), body.font.size.pt) == (True, "宋体", 12)
    assert twips(table.cell(1, 1)._tc, ".//w:rFonts/@w:ascii") == ["Arial"]
    assert load_format().number("styles.table.size") == 14


def test_a_reading_copy_says_each_row_as_a_sentence(plan: Document) -> None:
    def said(document: Document) -> list[str]:
        data = render(document, copy="朗读")
        assert data == render(document, copy="朗读")
        assert not opened(data).tables
        return [p.text for p in opened(data).paragraphs if p.style.name in ("Normal", "接排句")]

    assert said(plan) == [
        "目标见下表。",
        "建会率，目标：95%以上；完成期限：2024年12月；责任部门：基层工作部。",
        "签约率，目标：90%；完成期限：【待补：期限】；责任部门：权益保障部。",
        f"建档率，目标：{LONG}；责任部门：保障工作部。",
        "以上目标按月调度。",
    ]
    numbered = of(["序号", "事项", "期限"], ["1", "建站点", "3月"], ["2", "", "5月"], ["3", "办实事", "—"])
    assert said(numbered) == ["1.建站点，期限：3月。", "2.，期限：5月。".replace(".，", "，"), "3.办实事。"]
    assert said(of(["甲", "乙"])) == ["甲。", "乙。"]
    assert said(of(["甲"], ["一。"], [""])) == ["一。"]


def test_text_has_columns_under_one_another(plan: Document) -> None:
    narrow = of(["指标", "目标"], ["建会率", "95%"], ["签约率（新）", ""])
    assert render(narrow, "text").decode() == "指标          目标\n建会率        95%\n签约率（新）\n"
    lines = render(plan, "text").decode().split("\n")
    assert lines[1:5] == ["\t".join(cells) for cells in TABLE]
    assert (lines[0], lines[5]) == ("　　目标见下表。", "　　以上目标按月调度。")


class Cells(HTMLParser):
    """The cells of each row, th and td apart, the classes of tables and cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, str]]] = []
        self.open = ""
        self.classes: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append((tag, ""))
            self.classes.append(dict(attrs).get("class"))
            self.open = tag
        elif tag == "br" and self.open:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.open:
            self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open:
            tag, text = self.rows[-1][-1]
            self.rows[-1][-1] = (tag, text + data)


def test_html_has_head_and_body_cells(plan: Document) -> None:
    text = render(plan, "html").decode()
    page = Cells(text)
    assert [[tag for tag, _ in line] for line in page.rows] == [["th"] * 4] + [["td"] * 4] * 3
    assert [[cell for _, cell in line] for line in page.rows] == TABLE
    assert "<mark>【待补：期限】</mark>" in text
    assert page.classes.count("centred") == 11
    assert text.index("目标见下表") < text.index("<table") < text.index("以上目标按月调度")


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=3))
def test_no_cell_is_taken_for_markup_or_a_border(rows: list[list[str]]) -> None:
    document = of(*rows)
    html = MarkdownIt("commonmark").enable("table").render(render(document, "markdown").decode())
    assert [[text for _, text in line] for line in Cells(html).rows] == rows
    assert [[text for _, text in line] for line in Cells(render(document, "html").decode()).rows] == rows
    assert read(render(document)) == rows


def test_markdown_shows_gaps_breaks_and_where_text_stands(plan: Document) -> None:
    lines = render(plan, "markdown").decode().split("\n\n")[1].split("\n")
    assert lines[0] == "| 指标 | 目标 | 完成期限 | 责任部门 |"
    assert lines[1] == "| :---: | :---: | :---: | :---: |"
    assert "【待补：期限】" in lines[3]
    assert render(of(["甲\n乙", "丙|丁"]), "markdown").decode() == "| 甲<br>乙 | 丙\\|丁 |\n| :---: | :---: |\n"


def test_json_has_the_cells_of_each_row(plan: Document) -> None:
    blocks = json.loads(render(plan, "json"))["blocks"]
    assert [block["cells"] for block in blocks if block["role"] == "row"] == TABLE
    assert [("cells" in block) for block in blocks] == [block["role"] == "row" for block in blocks]


def test_the_trace_counts_borders_as_computed(plan: Document) -> None:
    account = trace(plan)
    assert account["totals"]["computed"] == 12
    assert account["characters"] == sum(len(block.text) for block in plan.blocks)
    rows = [entry for entry in account["paragraphs"] if entry["role"] == "row"]
    assert [entry["text"].split("\t") for entry in rows] == TABLE
    assert [entry["text"] for entry in account["paragraphs"]] == [p.text for p in paragraphs(plan)]


ROWS = st.lists(st.lists(st.text("工会9 \t\n。", max_size=40), min_size=1, max_size=12), min_size=1, max_size=6)


@given(ROWS)
def test_columns_always_fill_the_width(rows: list[list[str]]) -> None:
    widths = columns(render(of(*rows)))
    assert sum(widths) == TEXT_WIDTH
    assert min(widths) > 0


def test_what_fits_is_in_one_line_and_figures_always() -> None:
    rows = [["序号", "事项", "牵头部门"], ["1", "建好户外劳动者服务站点", "基层工作部"], ["2", "办好年夜饭", "办公室"]]
    for wide, column in zip(columns(render(of(*rows))), zip(*rows, strict=True), strict=True):
        assert wide - 216 >= 14 * 20 * max(map(len, column))
    rows = [[text, "2024年12月", LONG, "各部门各单位"] for text in ("户外劳动者服务站点建设", "年夜饭")]
    _, month, _, names = columns(render(of(["事项", "期限", "做法", "牵头"], *rows)))
    assert month - 216 >= 14 * 20 * 5.5
    assert names - 216 >= 14 * 20 * 6


# ---- pages


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """pages(document) → the pages that LibreOffice makes, as pdfplumber sees them."""
    pdfplumber = pytest.importorskip("pdfplumber")
    folder = tmp_path_factory.mktemp("office")
    kept: list[Any] = []

    def convert(document: Document) -> Any:
        source = write(document, folder / f"{len(kept)}.docx")
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        subprocess.run(
            [*command, "--convert-to", "pdf", "--outdir", str(folder), str(source)],
            env={**os.environ, "SAL_USE_VCLPLUGIN": "svp", "HOME": str(folder)},
            capture_output=True,
            timeout=180,
            check=True,
        )
        kept.append(pdfplumber.open(source.with_suffix(".pdf")))
        return kept[-1].pages

    yield convert
    for pdf in kept:
        pdf.close()


@pytest.mark.office
def test_the_page_shows_the_table_between_the_margins(pages: Any, plan: Document) -> None:
    (page,) = pages(plan)
    assert [["".join(cell.split()) for cell in line] for line in page.extract_table()] == TABLE
    ((left, _, right, _),) = [found.bbox for found in page.find_tables() if len(found.rows) == len(TABLE)]
    assert abs(left - 28 * 72 / 25.4) < 2
    assert abs(page.width - right - 26 * 72 / 25.4) < 2


@pytest.mark.office
def test_a_long_table_has_22_rows_a_page_and_its_head_on_each(pages: Any) -> None:
    body = [[f"第{number}项", "100%", "2024年6月"] for number in range(1, 50)]
    tables = [page.extract_table() for page in pages(of(["指标", "目标", "期限"], *body))]
    assert [len(table) for table in tables[:2]] == [22, 22]
    assert all(table[0] == ["指标", "目标", "期限"] for table in tables)
    seen = [line[0].replace(" ", "") for table in tables for line in table[1:]]
    assert seen == [line[0] for line in body]

"""The page of a .docx: every rule of group F finds its departure, and a page of the standard has none."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import Library, compose, load_brief, page
from drafter.check import Finding, Level, Settings, rulebook
from drafter.check.format_facts import check_format
from drafter.check.layout import layout
from drafter.check.opening import Manuscript, open_text
from drafter.errors import InputError
from drafter.write import render

if TYPE_CHECKING:
    from drafter.document import Document

LONG = "各级工会要把帮扶工作摆上重要位置，逐户走访、逐人建档，做到底数清、对象准、措施实，件件有着落，事事有回音。"
EXAMPLES = sorted(path.stem for path in (Path(__file__).parents[2] / "examples").glob("*.yaml"))
FACES = {"小标宋": "方正小标宋简体", "黑体": "黑体", "楷体": "楷体_GB2312", "仿宋": "仿宋_GB2312", "宋体": "宋体"}


def opened(data: bytes) -> Manuscript:
    text = open_text(data, "稿")
    assert isinstance(text, Manuscript)
    return text


class Page:
    """A letter by GB/T 9704-2012 made with python-docx, to be spoilt at one place."""

    def __init__(self) -> None:
        self.document: Any = docx.Document()
        normal = self.document.styles["Normal"]
        self.look(normal, page.TYPES["body"].face, page.TYPES["body"].size)
        form = normal.paragraph_format
        form.space_after, form.line_spacing, form.widow_control = Pt(0), Pt(28.95), False
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(page.PAPER[0]), Mm(page.PAPER[1])
        section.top_margin, section.left_margin = Mm(page.TOP), Mm(page.LEFT)
        section.bottom_margin = Mm(page.PAPER[1] - page.TOP - page.AREA[1])
        section.right_margin = Mm(page.PAPER[0] - page.LEFT - page.AREA[0])
        section.footer_distance = Mm(25.4)
        self.section = section
        self.document.settings.odd_and_even_pages_header_footer = True
        self.odd = self.number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
        self.even = self.number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
        self.title = self.add("关于做好帮扶工作的通知", "title")
        self.title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.salutation = self.add("各县（市、区）总工会：", "salutation")
        self.body = self.add("为做好“送温暖”工作，现将2026年有关事项通知如下。" + LONG * 4, "body", 2)
        self.first = self.add("一、提高认识", "heading1", 2)
        self.text = self.add(LONG, "body", 2)
        self.second = self.add("（一）摸清底数", "heading2", 2)
        self.lead = self.add("（二）管好资金。", "heading2", 2)
        self.run(self.lead, LONG, "body")
        self.third = self.add("1.建好台账", "heading3", 2)
        self.last = self.add(LONG, "body", 2)
        self.signature = self.add("市总工会", "signature")
        self.date = self.add("2026年1月5日", "signature")
        self.signature.alignment = self.date.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def add(self, text: str, kind: str, indent: int = 0) -> Any:
        paragraph = self.document.add_paragraph()
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(16 * indent)
        self.run(paragraph, text, kind)
        return paragraph

    def run(self, paragraph: Any, text: str, kind: str) -> None:
        run = paragraph.add_run(text)
        self.look(run, page.TYPES[kind].face, page.TYPES[kind].size)
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), "-5")
        run._r.rPr.append(spacing)

    @staticmethod
    def look(target: Any, face: str, size: float) -> None:
        target.font.size = Pt(size)
        target.font.name = FACES.get(face, face)
        fonts = target.element.rPr.rFonts if hasattr(target, "element") else target._r.rPr.rFonts
        for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{slot}"), FACES.get(face, face))

    def number(self, footer: Any, side: Any) -> Any:
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.line_spacing = Pt(14)
        inset = paragraph.paragraph_format
        if side == WD_ALIGN_PARAGRAPH.RIGHT:
            inset.right_indent = Pt(14)
        else:
            inset.left_indent = Pt(14)
        for piece in ("— ", "begin", " PAGE ", "separate", "1", "end", " —"):
            run = paragraph.add_run()
            self.look(run, "宋体", 14)
            if piece in ("begin", "separate", "end"):
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), piece)
                run._r.append(mark)
            elif piece == " PAGE ":
                code = OxmlElement("w:instrText")
                code.text = piece
                run._r.append(code)
            else:
                run.text = piece
        return paragraph

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def found(self, **settings: Any) -> tuple[Finding, ...]:
        return check_format(opened(self.bytes()), Settings(**settings))


def spoil(code: str, paper: Page) -> None:
    changes: dict[str, Callable[[], object]] = {
        "F001": lambda: setattr(paper.section, "page_width", Mm(216)),
        "F002": lambda: setattr(paper.section, "top_margin", Mm(25.4)),
        "F003": lambda: setattr(paper.section, "right_margin", Mm(20)),
        "F004": lambda: setattr(paper.body.paragraph_format, "line_spacing", Pt(31)),
        "F005": lambda: paper.body.runs[0]._r.rPr.remove(paper.body.runs[0]._r.rPr.find(qn("w:spacing"))),
        "F006": lambda: setattr(paper.body.paragraph_format, "line_spacing", Pt(28)),
        "F007": lambda: paper.look(paper.title.runs[0], "黑体", 18),
        "F008": lambda: paper.look(paper.first.runs[0], "仿宋", 16),
        "F009": lambda: paper.look(paper.lead.runs[0], "黑体", 16),
        "F010": lambda: paper.look(paper.text.runs[0], "宋体", 15),
        "F011": lambda: setattr(paper.second.runs[0], "bold", True),
        "F012": lambda: setattr(paper.text.paragraph_format, "first_line_indent", Pt(0)),
        "F013": lambda: setattr(paper.text.runs[0], "text", "\u3000\u3000" + LONG),
        "F014": lambda: setattr(paper.text.paragraph_format, "left_indent", Pt(16)),
        "F015": lambda: setattr(paper.title, "alignment", WD_ALIGN_PARAGRAPH.LEFT),
        "F016": lambda: setattr(paper.salutation.paragraph_format, "first_line_indent", Pt(32)),
        "F017": lambda: setattr(paper.text.paragraph_format, "space_after", Pt(10)),
        "F018": paper.second.insert_paragraph_before,
        "F019": lambda: setattr(paper.section.footer, "is_linked_to_previous", True),
        "F020": lambda: setattr(paper.odd.runs[0], "text", "- "),
        "F021": lambda: paper.look(paper.odd.runs[4], "仿宋", 12),
        "F022": lambda: setattr(paper.odd, "alignment", WD_ALIGN_PARAGRAPH.CENTER),
        "F023": lambda: setattr(paper.section, "footer_distance", Mm(15)),
        "F024": lambda: setattr(paper.date, "alignment", WD_ALIGN_PARAGRAPH.LEFT),
        "F025": lambda: paper.body.runs[0]._r.rPr.rFonts.set(qn("w:hAnsi"), "Calibri"),
        "F026": lambda: paper.body.runs[0]._r.rPr.rFonts.set(qn("w:ascii"), "Calibri"),
        "F027": lambda: setattr(paper.text.runs[0].font.color, "rgb", RGBColor(255, 0, 0)),
        "F028": lambda: paper.document.add_comment(paper.text.runs[0], "请核对", author="张"),
    }
    changes[code]()


MESSAGES = {
    "F001": "纸张为216×297毫米，应为A4（210×297毫米）",
    "F002": "天头（上边距）为25.4毫米，应为37毫米±1毫米",
    "F004": "每面排20行（行距31.00磅），一般为22行",
    "F005": "每行排27字，一般为28字",
    "F006": "每面22行没有撑满版心，下面余7.7毫米；行距宜为28.99磅",
    "F007": "标题用了黑体，应为小标宋；字号为小2号（18磅），应为2号（22磅）",
    "F008": "第一层标题用了仿宋_GB2312，应为黑体",
    "F009": "第二层标题用了黑体，应为楷体",
    "F010": "正文用了宋体，应为仿宋；字号为小3号（15磅），应为3号（16磅）",
    "F012": "段首左空0字，应左空2字",
    "F017": "段后10磅，应为0：每面22行的网格被打乱",
    "F019": "单页没有页码",
    "F020": "页码为“- 1 —”，应为“— 1 —”（数字左右各放一条一字线）",
    "F021": "页码字体为仿宋_GB2312，应为4号半角宋体",
    "F022": "页码应单页居右、双页居左，各空一字",
    "F027": "文字颜色为#FF0000，应为黑色",
    "F028": "文稿里还有1条批注没有处理",
}
RULES = [rule for rule in rulebook().rules if rule.needs == "docx"]


def test_a_page_of_the_standard_has_no_findings() -> None:
    assert Page().found() == ()


@pytest.mark.parametrize("code", [rule.id for rule in RULES])
def test_each_rule_finds_its_departure(code: str) -> None:
    paper = Page()
    spoil(code, paper)
    findings = paper.found()
    found = {finding.rule for finding in findings}
    assert any(f.rule == code and f.message.startswith(MESSAGES.get(code, "")) for f in findings)
    assert {(finding.fix, finding.file) for finding in findings} == {(None, "稿")}
    related = {"F001": {"F003", "F005"}, "F002": {"F003", "F004"}, "F003": {"F005"}}
    assert found - related.get(code, set()) == {code}


def test_tracked_changes_are_counted_in_a_final_text() -> None:
    paper = Page()
    added = OxmlElement("w:ins")
    added.set(qn("w:id"), "7")
    run = paper.text.runs[0]._r
    run.addprevious(added)
    added.append(run)
    (finding,) = paper.found()
    assert finding.rule == "F028"
    assert finding.line == 5
    assert finding.message == "文稿里还有1处修订没有处理，定稿前请逐条处理；修订里添的字不自动改"
    assert paper.found(stage="草稿") == ()


def test_rules_name_a_clause_and_hard_ones_warn() -> None:
    assert RULES
    for rule in RULES:
        assert rule.id.startswith("F")
        assert rule.source.startswith("GB/T 9704-2012 ") or rule.id == "F028"
        assert rule.level is (Level.INFO if rule.force == "惯例" else rule.level)
        assert rule.level is not Level.ERROR


def test_a_fault_of_many_paragraphs_is_told_once() -> None:
    paper = Page()
    for paragraph in (paper.body, paper.text, paper.last):
        paper.look(paragraph.runs[0], "宋体", 16)
    (finding,) = paper.found(select=("F010",))
    assert finding.message == "正文用了宋体，应为仿宋（这样的共3段）"
    assert (finding.line, finding.column) == (3, 1)
    assert finding.text == "为做好“送温暖”工作，现将2026年有关事"[:20]


def test_a_few_characters_of_another_font_are_worth_a_look() -> None:
    paper = Page()
    paper.text.add_run("另有几个字。")
    paper.look(paper.text.runs[-1], "宋体", 16)
    (finding,) = paper.found()
    assert (finding.rule, finding.level) == ("F010", Level.INFO)
    assert finding.message == "正文里混有宋体的5个字"


def test_rules_are_chosen_as_all_others_are() -> None:
    paper = Page()
    spoil("F001", paper)
    assert {finding.rule for finding in paper.found(ignore=("F003", "F005"))} == {"F001"}
    assert paper.found(select=("P",)) == ()
    assert paper.found(profile="网页") == ()
    assert paper.found(levels={"F001": Level.ERROR})[0].level is Level.ERROR


def test_styles_themes_and_lists_decide() -> None:
    """The default file of python-docx: theme fonts, headings of its own colours, paper of another continent."""
    document: Any = docx.Document()
    document.add_heading("关于做好帮扶工作的通知", 0)
    document.add_paragraph(LONG)
    document.add_heading("一、提高认识", 1)
    document.add_paragraph(LONG, style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    found = check_format(opened(stream.getvalue()))
    messages = {finding.message for finding in found}
    assert "第一层标题用了宋体，应为黑体；字号为4号（14磅），应为3号（16磅）" in messages
    assert "文字颜色为#17365D，应为黑色" in messages
    assert {"F001", "F002", "F003", "F007", "F019"} <= {finding.rule for finding in found}


def test_the_first_page_has_a_number_too() -> None:
    paper = Page()
    paper.section.different_first_page_header_footer = True
    assert [finding.message for finding in paper.found()] == ["首页没有页码"]


WPS = """<w:p %s><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>
<wp:positionH relativeFrom="margin"><wp:align>{side}</wp:align></wp:positionH>
<w:txbxContent><w:p><w:r>{look}<w:t>— </w:t></w:r><w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>
<w:r><w:instrText> PAGE  \\* MERGEFORMAT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>
<w:r>{look}<w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
<w:r>{look}<w:t xml:space="preserve"> —</w:t></w:r></w:p>
</w:txbxContent></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
SONG = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>'


@pytest.mark.parametrize(("side", "codes"), [("outside", []), ("center", ["F022"])])
def test_numbers_in_a_text_box(side: str, codes: list[str]) -> None:
    """As WPS makes them: one footer for all pages, the number in a box at the outer margin."""
    paper = Page()
    paper.document.settings.odd_and_even_pages_header_footer = False
    old = paper.odd._p
    old.getparent().replace(old, parse_xml((WPS % SPACES).format(side=side, look=SONG)))
    assert [finding.rule for finding in paper.found()] == codes


@pytest.fixture(scope="module")
def standard() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(Page().bytes())) as package:
        return {name: package.read(name) for name in package.namelist()}


@settings(max_examples=40)
@given(data=st.data())
def test_values_that_make_no_sense(standard: dict[str, bytes], data: st.DataObject) -> None:
    """Whatever stands in an attribute, there is an answer or a refusal."""
    parts = dict(standard)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from([each for each in parts if each.startswith("word/") and each.endswith("l")]))
        places = list(re.finditer(rb'(?<=[a-z]=")[^"]*(?=")', parts[name]))
        place = data.draw(st.sampled_from(places))
        value = data.draw(st.sampled_from([b"", b"-1", b"0", b"1.5", b"99999999999", b"x", b"true", b"../x"]))
        parts[name] = parts[name][: place.start()] + value + parts[name][place.end() :]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    with suppress(InputError):
        check_format(opened(stream.getvalue()))


def test_roles() -> None:
    document: Any = docx.Document()
    words = (
        "示例市总工会文件", "示工发〔2026〕1号", "", "关于印发办法的通知", "（2026年1月5日）", "各单位：", "正文。",
        "一、甲", "（一）乙。接着说。", "（1）丙；", "（2）丁", "附件：办法", "示例市总工会", "2026年1月5日",
        "（此件公开发布）", "附件1", "办法", "第一条　本办法自发布之日起施行。",
    )  # fmt: skip
    for text in words:
        run = document.add_paragraph().add_run(text)
        if text.endswith("文件"):
            run.font.color.rgb = RGBColor(255, 0, 0)
    stream = io.BytesIO()
    document.save(stream)
    found = layout(opened(stream.getvalue()))
    assert found is not None
    assert [paragraph.role for paragraph in found.paragraphs] == [
        "head", "head", "blank", "title", "front", "salutation", "body",
        "heading1", "lead2", "body", "heading4", "other", "signature", "date", "note",
        "other", "other", "other",
    ]  # fmt: skip


def test_a_file_that_is_an_attachment_has_its_title_too() -> None:
    paper = Page()
    paper.title.insert_paragraph_before("附件1")
    found = layout(opened(paper.bytes()))
    assert found is not None
    assert [paragraph.role for paragraph in found.paragraphs][:3] == ["head", "title", "salutation"]
    assert paper.found() == ()


@pytest.fixture(scope="module")
def documents(root: Path) -> dict[str, Document]:
    library = Library.load()
    folder = root / "examples"
    return {name: compose(load_brief(folder / f"{name}.yaml", slots=library.slots()), library) for name in EXAMPLES}


@pytest.mark.office
def test_another_program_changes_nothing(documents: dict[str, Document], tmp_path: Path) -> None:
    """LibreOffice writes the same page in its own way: start for left, a hanging indent of 0 for none."""
    (tmp_path / "a.docx").write_bytes(render(documents["s004-rights-summary"]))
    office = shutil.which("soffice") or shutil.which("libreoffice") or ""
    options = [f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "docx"]
    out = ["--outdir", str(tmp_path / "out"), str(tmp_path / "a.docx")]
    subprocess.run([office, *options, *out], check=True, capture_output=True, timeout=120)
    text = opened((tmp_path / "out" / "a.docx").read_bytes())
    assert check_format(text) == ()
    assert text.lines == opened((tmp_path / "a.docx").read_bytes()).lines


@pytest.mark.parametrize("layout_name", ["gbt9704", "word-grid"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_our_own_pages_are_of_the_standard(example: str, layout_name: str, documents: dict[str, Document]) -> None:
    copies = ("报审", "核稿") if layout_name == "gbt9704" else ("报审",)
    for copy in copies:
        text = opened(render(documents[example], format=layout_name, copy=copy))
        assert check_format(text) == ()
        found = layout(text)
        assert found is not None
        roles = [paragraph.role for paragraph in found.paragraphs]
        assert roles[0] == "title"
        assert "other" not in roles


def test_what_an_office_does_otherwise_is_told(documents: dict[str, Document]) -> None:
    text = opened(render(documents["s000-rights-meeting"], format="office"))
    assert "F022" in {finding.rule for finding in check_format(text)}

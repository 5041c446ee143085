"""Files to check: what of a .docx is text, in which order, and what is refused."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from drafter.check import Edit, Settings, Text
from drafter.check.dates import speech_date
from drafter.check.opening import Manuscript, Plain, fixed_bytes, open_text
from drafter.check.text import BLANK
from drafter.errors import InputError

Word = Callable[..., bytes]
HAN = [chr(code) for code in range(0x4E00, 0x9E00)]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(inner: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def t(text: str) -> str:
    return r(f'<w:t xml:space="preserve">{text}</w:t>')


def opened(data: bytes) -> Manuscript:
    text = open_text(data)
    assert isinstance(text, Manuscript)
    return text


def field(code: str, shown: str) -> str:
    return (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r(f"<w:instrText> {code} </w:instrText>")
        + r('<w:fldChar w:fldCharType="separate"/>')
        + t(shown)
        + r('<w:fldChar w:fldCharType="end"/>')
    )


def test_a_line_for_each_paragraph_in_a_stated_order(word: Word) -> None:
    box = f"<w:txbxContent>{p(t('框里'))}</w:txbxContent>"
    fallback = f"<mc:Fallback>{p(t('框里'))}</mc:Fallback>"
    choice = f'<mc:AlternateContent {MC}><mc:Choice Requires="wps">{box}</mc:Choice>{fallback}</mc:AlternateContent>'
    cells = "".join(f"<w:tc>{p(t(cell))}</w:tc>" for cell in ("甲格", "乙格"))
    body = (
        p(t("第一"), t("段"), r("<w:tab/>"), t("尾"))
        + p()
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        + p(t("有框"), r(choice), t("的段"))
        + f"<w:sdt><w:sdtContent>{p(t('控件里'))}</w:sdtContent></w:sdt>"
    )
    text = opened(
        word(
            body,
            footnotes=f"<w:footnotes {W}><w:footnote>{p(t('脚注'))}</w:footnote></w:footnotes>",
            endnotes=f"<w:endnotes {W}><w:endnote>{p(t('尾注'))}</w:endnote></w:endnotes>",
            header1=f"<w:hdr {W}>{p(t('页眉'))}</w:hdr>",
            footer1=f"<w:ftr {W}>{p(t('— '), field('PAGE', '1'), t(' —'))}</w:ftr>",
        )
    )
    words = ("第一段\t尾", "", "甲格", "乙格", "有框的段", "框里", "控件里", "脚注", "尾注", "页眉")
    assert text.lines == words
    assert text.body == 7
    assert text.kind == "docx"


def test_what_is_no_text(word: Word) -> None:
    body = (
        p(t("留"), f"<w:del>{r('<w:delText>删</w:delText>')}</w:del>", f"<w:ins>{t('下')}</w:ins>")
        + p(f"<w:moveFrom>{t('移走')}</w:moveFrom>", t("的"), r("<w:t>藏</w:t>", "<w:vanish/>"))
        + p(f"<w:r><w:ruby><w:rt>{t('zì')}</w:rt><w:rubyBase>{t('字')}</w:rubyBase></w:ruby></w:r>")
        + p(field("TOC \\o", "目录条目 1"))
        + p(field('HYPERLINK "x"', "链接的字"))
    )
    assert opened(word(body)).lines == ("留下", "的", "字", "", "链接的字")


def test_a_break_is_a_space_that_is_no_prose(word: Word) -> None:
    text = opened(word(p(t("上"), r("<w:br/>"), t("下"), r('<w:br w:type="page"/>'), field("PAGE", "7"), t("页"))))
    assert text.string == "上 下7页"
    assert text.prose == f"上{BLANK}下{BLANK}页"


def test_the_numbers_of_word_are_seen_and_locked(word: Word) -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    styles = (
        f'<w:styles {W}><w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = p(t("甲"), properties=listed) + p(t("乙"), properties='<w:pStyle w:val="b"/>') + p(properties=listed)
    text = opened(word(body, numbering=numbering, styles=styles))
    assert text.lines == ("一、甲", "二、乙", "")
    assert [text.allows(Edit(at, at + 1, "换")) for at in range(7)] == [False, False, True, False, False, False, True]


def test_an_open_table_of_contents_hides_nothing(word: Word) -> None:
    begun = r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>TOC</w:instrText>")
    body = p(begun, r('<w:fldChar w:fldCharType="separate"/>'), t("一")) + p(t("二"))
    assert opened(word(body)).lines == ("一", "二")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_file_is_written_back_as_it_was(encoding: str, end: str, tmp_path: Path) -> None:
    data = f"标题{end}{end}正文，一段。{end}".encode(encoding)
    path = tmp_path / "稿.md"
    path.write_bytes(data)
    text = open_text(path)
    assert isinstance(text, Plain)
    assert (text.kind, text.name) == ("md", str(path))
    assert text.lines == ("标题", "", "正文，一段。", "")
    assert text.encoded() == data
    assert fixed_bytes(text, ()) == data


def hostile(case: str, word: Word) -> bytes:
    entity = f'<!DOCTYPE d [<!ENTITY x "y">]><w:document {W}><w:body/></w:document>'
    deep = "<w:sdt>" * 3000 + "</w:sdt>" * 3000
    made = {
        "E151": b"%PDF-1.7 \n" + b"x" * 90,
        "E153": bytes(range(32)) * 60,
        "E155 cut": word(p(t("文")))[:-40],
        "E155 broken": word("<w:p>"),
        "E155 deep": word(deep),
        "E156": word(p(t("文")), **{"word/media/a.bin": b"0" * 40_000_000}),
        "E157": word("", **{"word/footnotes.xml": entity}),
        "E158": word(p(t("文")), **{"word/vbaProject.bin": b"0"}),
        "E159": word(p()),
        "E159 blank": b" \n\n",
        "E152": word("".join(p(t("".join(HAN[place * 70 : place * 70 + 3000]))) for place in range(240))),
    }
    return made[case]


@pytest.mark.parametrize(
    "case",
    ["E151", "E152", "E153", "E155 cut", "E155 broken", "E155 deep", "E156", "E157", "E158", "E159", "E159 blank"],
)
def test_what_is_no_text_is_refused(case: str, word: Word) -> None:
    with pytest.raises(InputError) as caught:
        open_text(hostile(case, word), "坏稿")
    problem = caught.value.problems[0]
    assert problem.code == case.split(maxsplit=1)[0]
    assert problem.place is not None
    assert problem.place.file == "坏稿"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs the kernel's account of memory")
def test_millions_of_empty_elements_take_little_memory(tmp_path: Path) -> None:
    """31 MB of XML that would be a hundred times that as a tree."""
    body = "<w:p/>" * 2_000_000 + "<w:p><w:r>" + "<w:t>a</w:t>" * 1_600_000 + "</w:r></w:p>"
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    code = (
        "import sys\nfrom pathlib import Path\nfrom drafter.check.opening import open_text\n"
        "from drafter.errors import InputError\n"
        "try:\n    open_text(Path(sys.argv[1]))\nexcept InputError as error:\n    print(error.problems[0].code)\n"
        "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    refusal, peak = done.stdout.split()
    assert refusal == "E152"
    assert int(peak) < 250_000


@pytest.mark.parametrize(("name", "known"), [("GBK", True), ("gb18030", True), ("utf-7", False), ("punycode", False)])
def test_encodings_of_a_part(name: str, known: bool) -> None:
    xml = f'<?xml version="1.0" encoding="{name}"?><w:document {W}><w:body>{p(t("汉字"))}</w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", xml.encode(name))
    if known:
        assert opened(stream.getvalue()).lines == ("汉字",)
    else:
        with pytest.raises(InputError, match="E155"):
            open_text(stream.getvalue())


def test_a_package_spoilt_anywhere_is_read_or_refused(word: Word) -> None:
    """Each byte of the directory and of the heads of the parts changed, and the file cut at each place."""
    data = word(p(t("汉字")))
    directory = data.index(b"PK\x01\x02")
    heads = [at + n for at in (m.start() for m in re.finditer(rb"PK\x03\x04", data)) for n in range(30)]
    spoilt = [data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :] for at in (*heads, *range(directory, len(data)))]
    spoilt += [data[:at] + data[at + 7 :] for at in range(0, len(data), 5)]
    codes = set()
    for each in spoilt:
        try:
            open_text(each)
        except InputError as error:
            codes.add(error.problems[0].code)
    assert {"E155"} <= codes <= {"E151", "E153", "E154", "E155", "E156", "E159"}


def test_other_parts_are_never_parsed_for_the_text(word: Word) -> None:
    data = word(p(t("文")), **{"word/media/image1.png": b"\x89PNG not an image", "customXml/item1.xml": "<a><b></a>"})
    assert opened(data).lines == ("文",)


def test_a_part_in_another_encoding_or_prefix(word: Word) -> None:
    xml = f"<w:document {W}><w:body>{p(t('汉字'))}</w:body></w:document>"
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("")), "r") as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            declared = '<?xml version="1.0" encoding="UTF-16"?>' + xml.replace("w:", "q:").replace("xmlns:w", "xmlns:q")
            new.writestr(name, declared.encode("utf-16") if name.endswith("document.xml") else old.read(name))
    text = opened(stream.getvalue())
    assert text.lines == ("汉字",)
    assert Text.of("汉字").string == text.string


def test_notes_and_headers_hide_no_date_at_the_end(word: Word) -> None:
    body = p(t("标题")) + "".join(p(t(f"第{n}段。")) for n in range(30)) + p(t("市总工会")) + p(t("2026年3月5日"))
    notes = "".join(f"<w:footnote>{p(t(f'脚注{n}'))}</w:footnote>" for n in range(20))
    text = opened(word(body, footnotes=f"<w:footnotes {W}>{notes}</w:footnotes>"))
    assert speech_date(text, Settings()) == date(2026, 3, 5)

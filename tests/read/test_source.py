"""Files as they come: Word documents understood, hostile ones refused with a message and little memory."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from drafter.errors import InputError
from drafter.read import Imported, read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MACRO_TYPES = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def word(body: str, **parts: str | bytes) -> bytes:
    """A .docx of this body; further parts by name (`styles` is word/styles.xml, a name with / stands for itself)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", parts.pop("types", TYPES))
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            package.writestr(name if "/" in name else f"word/{name}.xml", text)
    return stream.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def refused(data: bytes | Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read(data)
    return caught.value


def shown(result: Imported) -> list[tuple[str, int, str]]:
    return [(q.role, q.level, q.text.text) for q in result.passages]


NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""
STYLES = f"""<w:styles {W}>
<w:style w:styleId="a"><w:name w:val="Title"/></w:style>
<w:style w:styleId="2"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="b"><w:name w:val="mine"/><w:basedOn w:val="2"/></w:style></w:styles>"""


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def listed(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'


def test_styles_and_automatic_numbers() -> None:
    body = (
        p("在全市工会工作会议上的讲话", style("a"))
        + p("同志们：")
        + p("今天，我们召开工会工作会议，主要任务是部署工作。")
        + p("提高认识", listed(0))
        + p("各级工会要充分认识做好工作的意义。")
        + p("组织要建强", listed(1))
        + p("要一家一家地走到。")
        + p("机制要健全", listed(1))
        + p("要一条一条地落实。")
        + p("抓好落实", listed(0))
        + p("要压实责任。")
        + p("写在最后", style("b"))
    )
    result = read(word(body, styles=STYLES, numbering=NUMBERING))
    heads = [(level, text) for role, level, text in shown(result) if role == "heading"]
    assert heads == [
        (1, "一、提高认识"),
        (2, "（一）组织要建强"),
        (2, "（二）机制要健全"),
        (1, "二、抓好落实"),
        (1, "写在最后"),
    ]
    assert shown(result)[:2] == [("title", 0, "在全市工会工作会议上的讲话"), ("salutation", 0, "同志们：")]


def test_tables_text_boxes_notes_and_revisions_are_kept_or_reported() -> None:
    cell = "<w:tc>{}</w:tc>"
    table = f"<w:tbl><w:tr>{cell.format(p('指标'))}{cell.format(p('目标'))}</w:tr></w:tbl>"
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('框里的话要留下。')}</w:txbxContent></w:pict></w:r></w:p>"
    changed = (
        "<w:p><w:r><w:t>会议</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>召开。</w:t></w:r></w:ins></w:p>"
    )
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p("出自年鉴。")}</w:footnote></w:footnotes>'
    result = read(word(p("各级工会要抓好落实。") + table + box + changed, footnotes=notes))
    texts = [text for _, _, text in shown(result)]
    assert "框里的话要留下。" in texts
    assert "会议召开。" in texts
    assert [q.rows for q in result.passages if q.rows] == [(("指标", "目标"),)]
    assert [entry.text for entry in result.removed if entry.kind == "footnote"] == ["出自年鉴。"]
    assert {"textbox", "footnote", "revision"} <= {entry.kind for entry in result.doubtful}


def test_a_run_in_heading_of_a_word_file_keeps_its_paragraph() -> None:
    text = "（一）建强组织。各级工会要把组织建设抓在手上，一个企业一个企业地走到，成熟一家建一家，不留空白。"
    result = read(word(p("一、抓好任务") + p(text)))
    assert shown(result)[1:] == [("heading", 2, "（一）建强组织。"), ("body", 0, text[8:])]
    block = result.document.blocks[1]
    assert ("".join(span.text for span in block.head), block.text) == ("建强组织。", text[3:])
    assert result.text.split("\n")[1] == text


def bomb() -> bytes:
    return word("", **{"word/media/a.xml": b"\0" * 64_000_000})


def entity() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY x "甲">]><w:document {W}><w:body>{p("&x;")}</w:body></w:document>',
        )
    return stream.getvalue()


HOSTILE = {
    "bomb": ("E156", bomb),
    "entity": ("E157", entity),
    "macro": ("E158", lambda: word(p("甲"), **{"word/vbaProject.bin": b"x"})),
    "macro type": ("E158", lambda: word(p("甲"), types=MACRO_TYPES)),
    "ole": ("E158", lambda: word(p("甲"), **{"word/embeddings/oleObject1.bin": b"x"})),
    "truncated": ("E155", lambda: word(p("甲" * 500))[:-200]),
    "not word": ("E151", lambda: _zip("xl/workbook.xml")),
    "broken xml": ("E155", lambda: word("<w:p>")),
    "old doc": ("E151", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "pdf": ("E151", lambda: b"%PDF-1.7\n"),
    "binary": ("E153", lambda: bytes(range(256)) * 40),
    "empty": ("E159", lambda: b" \n\n"),
    "empty word": ("E159", lambda: word(p(""))),
    "many lines": ("E152", lambda: "工会\n".encode() * 30_000),
}


def _zip(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_text_is_refused(case: str) -> None:
    code, make = HOSTILE[case]
    error = refused(make())
    assert [problem.code for problem in error.problems] == [code]
    assert error.problems[0].hint
    assert not error.problems[0].message.isascii()


def test_a_large_text_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    assert refused(path).problems[0].code == "E152"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "无.txt").problems[0].code == "E150"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs the kernel's account of memory")
def test_a_bomb_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(bomb())
    assert path.stat().st_size < 80_000
    code = (
        "import sys, pathlib\nfrom drafter.read import read\n"
        "try: read(pathlib.Path(sys.argv[1]))\n"
        "except Exception as e: print(e)\n"
        "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    *message, peak = done.stdout.splitlines()
    assert "E156" in message[0]
    assert int(peak) < 120_000


def test_markdown() -> None:
    text = (
        "# 在全市工会工作会议上的讲话\n\n同志们：\n\n"
        "## 一、提高认识\n\n**各级工会**要认识到位，抓好落实。\n\n### 建强组织\n\n- 要一家一家地走到。\n"
    )
    assert shown(read(text.encode())) == [
        ("title", 0, "在全市工会工作会议上的讲话"),
        ("salutation", 0, "同志们："),
        ("heading", 1, "一、提高认识"),
        ("body", 0, "各级工会要认识到位，抓好落实。"),
        ("heading", 2, "建强组织"),
        ("body", 0, "要一家一家地走到。"),
    ]

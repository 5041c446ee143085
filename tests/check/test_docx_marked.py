"""The copy with comments: each at its place, and a file that every office program opens."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from drafter.check import Edit, Finding, Fix, FixKind, Level, Text, check
from drafter.check.marking import marked_bytes
from drafter.check.opening import Manuscript, open_text

Word = Callable[..., bytes]
Parts = Callable[[bytes], dict[str, bytes]]
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f'xmlns:w="{NAMESPACE}"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def opened(data: bytes) -> Manuscript:
    text = open_text(data)
    assert isinstance(text, Manuscript)
    return text


def t(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def found(text: Text, words: str, right: str | None = None, start: int | None = None) -> Finding:
    start = text.string.index(words) if start is None else start
    end = start + len(words)
    (line, column), (end_line, end_column) = text.place(start), text.place(end)
    made = None if right is None else Fix(FixKind.SAFE, (Edit(start, end, right),))
    return Finding(
        "P001", Level.WARNING, text.name, line, column, end_line, end_column, words, f"说“{words}”", "某标准 1", made,
        start, end,
    )  # fmt: skip


def commented(data: bytes) -> dict[int, str]:
    """The words in the range of each comment of a file."""
    with io.BytesIO(data) as stream:
        body = Document(stream).element.body
    open_now: set[int] = set()
    words: dict[int, str] = {}
    for element in body.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        number = element.get(f"{{{NAMESPACE}}}id")
        if name == "commentRangeStart":
            open_now.add(int(number))
            words.setdefault(int(number), "")
        elif name == "commentRangeEnd":
            open_now.remove(int(number))
        elif name == "t":
            for each in open_now:
                words[each] += element.text or ""
    assert not open_now
    return words


def looks(data: bytes) -> list[tuple[str, str]]:
    """Each character of the body with its formatting."""
    return [
        (character, run._r.rPr.xml if run._r.rPr is not None else "")
        for paragraph in Document(io.BytesIO(data)).paragraphs
        for run in paragraph.runs
        for character in run.text
    ]


def test_ranges_are_split_inside_the_runs(word: Word, parts: Parts) -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    body = (
        f"<w:p>{t('各级工会')}{t('要做好帮扶', bold)}<w:hyperlink>{t('工作')}</w:hyperlink>{t('。')}</w:p>"
        f"<w:p><w:r>{'<w:tab/>'}<w:t>第二</w:t><w:br/><w:t>段</w:t></w:r></w:p>"
    )
    text = opened(word(body))
    places = ["各级", "工会要", "做好", "帮扶工作。", "要做好帮扶", "\t第", "二 段", "。\n\t第二", "级工会要做好帮扶工"]
    findings = [found(text, words, "改") for words in places]
    data = marked_bytes(text, findings)
    assert commented(data) == {n: re.sub(r"[\n\t]|(?<=二) ", "", words) for n, words in enumerate(places)}
    assert opened(data).lines == text.lines
    assert looks(data) == looks(word(body))
    assert marked_bytes(text, findings) == data
    comments = list(Document(io.BytesIO(data)).comments)
    assert [comment.author for comment in comments] == ["drafter"] * len(places)
    assert comments[2].text == "P001 警告：说“做好”\n依据：某标准 1\n改法：“做好”改为“改”（可自动改）"
    new, old = parts(data), parts(word(body))
    assert set(new) - set(old) == {"word/comments.xml", "word/_rels/document.xml.rels"}


def test_comments_that_are_there_stay(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("做好帮扶工作。")
    document.add_comment(paragraph.runs[0], "旧批注", author="张")
    document.save(str(tmp_path / "a.docx"))
    text = opened((tmp_path / "a.docx").read_bytes())
    data = marked_bytes(text, [found(text, "帮扶", "")])
    assert [(c.author, c.text.split("\n")[-1]) for c in Document(io.BytesIO(data)).comments] == [
        ("张", "旧批注"),
        ("drafter", "改法：删去“帮扶”（可自动改）"),
    ]
    assert commented(data) == {0: "做好帮扶工作。", 1: "帮扶"}
    again = opened(data)
    twice = marked_bytes(again, [found(again, "做好")])
    assert commented(twice) == {0: "做好帮扶工作。", 1: "帮扶", 2: "做好"}


def test_where_word_has_no_comments_they_stand_nearby(word: Word) -> None:
    inner = f"<w:txbxContent><w:p>{t('框里')}</w:p></w:txbxContent>"
    box = f'<mc:AlternateContent {MC}><mc:Choice Requires="wps">{inner}</mc:Choice></mc:AlternateContent>'
    body = f"<w:p>{t('正文')}<w:r>{box}</w:r></w:p><w:p/><w:p>{t('末段')}</w:p>"
    notes = f"<w:footnotes {W}><w:footnote><w:p>{t('脚注的字')}</w:p></w:footnote></w:footnotes>"
    text = opened(word(body, footnotes=notes))
    blank = text.starts[2]
    data = marked_bytes(text, [found(text, "框里"), found(text, "注的"), found(text, "", start=blank)])
    assert commented(data) == {0: "文", 1: "段", 2: "文"}
    said = [comment.text.split("\n")[0] for comment in Document(io.BytesIO(data)).comments]
    assert said == ["〔文本框〕框里", "〔脚注〕注的", "P001 警告：说“”"]


def test_an_automatic_number_is_marked_on_its_paragraph(word: Word) -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>"
    )
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    text = opened(word(f"<w:p>{listed}{t('提高认识')}</w:p>", numbering=numbering))
    assert commented(marked_bytes(text, [found(text, "1."), found(text, "1.提")])) == {0: "提", 1: "提"}


def test_a_text_is_marked_in_a_plain_file() -> None:
    text = Text.of("标题\n\n\t第一段，<文>&字。\n第二段\x02。")
    data = marked_bytes(text, [found(text, "<文>"), found(text, "二段\x02", "二段")])
    assert list(commented(data).values()) == ["<文>", "二段\ufffd"]
    assert opened(data).lines == ("标题", "", "\t第一段，<文>&字。", "第二段\ufffd。")
    assert marked_bytes(text, []) == marked_bytes(text, [])


def test_words_in_a_header_only(word: Word) -> None:
    text = opened(word("<w:p/>", header1=f"<w:hdr {W}><w:p>{t('页眉')}</w:p></w:hdr>"))
    assert list(commented(marked_bytes(text, [found(text, "页眉")])).values()) == ["页眉"]


def test_every_part_is_well_formed_and_known(word: Word, parts: Parts) -> None:
    text = opened(word(f"<w:p>{t('甲')}</w:p>"))
    new = parts(marked_bytes(text, [found(text, "甲")]))
    for name, data in new.items():
        assert etree.fromstring(data) is not None, name
    assert b'PartName="/word/comments.xml"' in new["[Content_Types].xml"]
    assert b'Target="comments.xml"' in new["word/_rels/document.xml.rels"]


@pytest.mark.office
@pytest.mark.parametrize("kind", ["ours", "plain"])
def test_an_office_opens_it(kind: str, root: Path, tmp_path: Path) -> None:
    from drafter import Library, compose, load_brief
    from drafter.write import render

    library = Library.load()
    path = root / "examples" / "s000-rights-meeting.yaml"
    ours = opened(render(compose(load_brief(path, slots=library.slots()), library)))
    text: Text = ours if kind == "ours" else Text(ours.lines)
    findings = [found(text, text.string[at : at + 7].split("\n")[0], "改", at) for at in range(0, 900, 45)]
    (tmp_path / "a.docx").write_bytes(marked_bytes(text, [*findings, *check(text)]))
    office = shutil.which("soffice") or shutil.which("libreoffice") or ""
    options = [f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "odt"]
    subprocess.run([office, *options, "--outdir", str(tmp_path), "a.docx"], cwd=tmp_path, check=True, timeout=120)
    subprocess.run(["unzip", "-q", "a.odt", "content.xml"], cwd=tmp_path, check=True)
    seen = (tmp_path / "content.xml").read_text(encoding="utf-8")
    assert seen.count("<dc:creator>drafter</dc:creator>") == len(findings) + len(check(text))

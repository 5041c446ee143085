"""Fixes in a .docx: in the runs that change, and nowhere else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from drafter.check import Edit, Finding, Fix, FixKind, Level, Text, check, fix
from drafter.check.opening import Manuscript, fixed_bytes, open_text
from drafter.check.text import applied

Word = Callable[..., bytes]
Parts = Callable[[bytes], dict[str, bytes]]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def opened(data: bytes) -> Manuscript:
    text = open_text(data)
    assert isinstance(text, Manuscript)
    return text


def t(text: str, space: str = ' xml:space="preserve"') -> str:
    return f"<w:t{space}>{text}</w:t>"


def finding(text: Text, wrong: str, *right: str, edits: tuple[Edit, ...] = ()) -> Finding:
    start = text.string.index(wrong)
    end = start + len(wrong)
    made = Fix(FixKind.SAFE, edits or (Edit(start, end, right[0]),))
    return Finding("P001", Level.ERROR, text.name, 1, 1, 1, 1, wrong, "", "", made, start, end)


def runs(data: bytes) -> list[list[tuple[str, str]]]:
    """(formatting, text) of every run of the body, as another library reads them."""
    return [
        [(run._r.rPr.xml if run._r.rPr is not None else "", run.text) for run in paragraph.runs]
        for paragraph in Document(io.BytesIO(data)).paragraphs
    ]


def speech(path: Path) -> bytes:
    """A file of Word's own kind: styles, runs, a table, a header, a comment, a picture of properties."""
    document = Document()
    document.add_heading("关于做好工作的通知", 0)
    paragraph = document.add_paragraph("各级工会要做好")
    paragraph.add_run("困难职工").bold = True
    paragraph.add_run("帮扶,落实").italic = True
    paragraph.add_run("责任。")
    document.add_table(1, 2).cell(0, 1).text = "表里,也有"
    document.sections[0].header.paragraphs[0].text = "页眉里的字,也读"
    document.add_comment(paragraph.runs[0], "批注", author="张")
    document.save(str(path))
    return path.read_bytes()


def test_only_the_reported_characters_change(tmp_path: Path, parts: Parts) -> None:
    before = speech(tmp_path / "a.docx")
    text = opened(before)
    after = fixed_bytes(text, [finding(text, "帮扶,落实", "帮扶，落实"), finding(text, "表里,也有", "表里，也有")])
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == ["word/document.xml"]
    assert new["word/document.xml"].decode() == old["word/document.xml"].decode().replace("扶,落", "扶，落").replace(
        "里,也", "里，也"
    )
    assert runs(after) == [[(look, word.replace("扶,落", "扶，落")) for look, word in each] for each in runs(before)]


def test_an_edit_over_runs_goes_to_the_first_it_changes(tmp_path: Path) -> None:
    before = speech(tmp_path / "a.docx")
    text = opened(before)
    after = fixed_bytes(text, [finding(text, "做好困难职工帮扶", "做好全市特困群众帮扶")])
    words = [[word for _, word in each if word] for each in runs(after)]
    assert words[1] == ["各级工会要做好", "全市特困群众", "帮扶,落实", "责任。"]
    after = fixed_bytes(text, [finding(text, "要做好困难", "须")])
    words = [[word for _, word in each if word] for each in runs(after)]
    assert words[1] == ["各级工会须", "职工", "帮扶,落实", "责任。"]
    assert [look for look, _ in runs(after)[1]] == [look for look, _ in runs(before)[1]]


def test_a_header_is_put_right_in_its_own_part(tmp_path: Path, parts: Parts) -> None:
    before = speech(tmp_path / "a.docx")
    text = opened(before)
    after = fixed_bytes(text, [finding(text, "字,也读", "字，也读")])
    old, new = parts(before), parts(after)
    changed = [name for name in old if old[name] != new[name]]
    assert len(changed) == 1
    assert changed[0].startswith("word/header")


def test_nothing_to_do_changes_no_part(tmp_path: Path, parts: Parts) -> None:
    before = speech(tmp_path / "a.docx")
    assert parts(fixed_bytes(opened(before), [])) == parts(before)


def test_what_the_xml_needs(word: Word, parts: Parts) -> None:
    body = (
        f"<w:p><w:r>{t('甲&amp;乙', '')}<w:tab/>{t('丙')}</w:r></w:p>"
        f"<w:p><w:r><w:tab/></w:r><w:r>{t('')}<w:noBreakHyphen/></w:r></w:p>"
    )
    text = opened(word(body))
    assert text.lines == ("甲&乙\t丙", "\t-")
    edits = (Edit(1, 4, " <和> "), Edit(6, 7, ""), Edit(7, 8, "—"))
    after = text.edited(edits)
    assert after.string == applied(text.string, edits) == "甲 <和> 丙\n—"
    assert opened(after.encoded()).lines == after.lines
    xml = parts(after.encoded())["word/document.xml"].decode()
    assert t("甲 &lt;和&gt; ") + t("丙") in xml
    assert "<w:r></w:r>" in xml
    assert xml.endswith(f"{t('—', '')}</w:r></w:p></w:body></w:document>")


def test_what_no_run_holds_stays(word: Word) -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>"
    )
    body = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        f"<w:r>{t('提高')}<w:br/>{t('认识')}</w:r></w:p><w:p/>"
    )
    text = opened(word(body, numbering=numbering))
    assert text.string == "1、提高 认识\n"
    for edit in (Edit(0, 2, "1."), Edit(4, 5, ""), Edit(7, 8, ""), Edit(8, 8, "补"), Edit(3, 3, "\n")):
        assert text.edited([edit]).encoded() == text.encoded(), edit
        assert not text.allows(edit)
    assert text.allows(Edit(2, 2, "要"))
    assert text.edited([Edit(2, 2, "要")]).string == "1、要提高 认识\n"


def test_both_forms_of_a_text_box_are_put_right(word: Word, parts: Parts) -> None:
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent><w:p><w:r>{t('框,里')}</w:r><w:r>{t('的字')}</w:r></w:p></w:txbxContent>"
    forms = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>'
    body = f"<w:p><w:r><mc:AlternateContent {space}>{forms}</mc:AlternateContent></w:r><w:r>{t('段')}</w:r></w:p>"
    text = opened(word(body))
    assert text.lines == ("段", "框,里的字")
    xml = parts(fixed_bytes(text, [finding(text, "框,里", "框，里")]))["word/document.xml"].decode()
    assert xml == parts(word(body))["word/document.xml"].decode().replace("框,里", "框，里")
    assert xml.count("框，里") == 2


def test_a_fix_of_the_rules(word: Word) -> None:
    text = opened(word(f"<w:p><w:r>{t('坚决反对形式主义，')}</w:r><w:r>{t('，抓好成份识别。')}</w:r></w:p>"))
    fixed, done = fix(text)
    assert isinstance(fixed, Manuscript)
    assert opened(fixed.encoded()).string == fixed.string
    assert {finding.rule for finding in done} == {
        finding.rule for finding in check(text) if finding.fix and finding.fix.kind is FixKind.SAFE
    }


def test_text_files_keep_their_ends_and_encoding() -> None:
    data = "﻿一,二\r\n三,四\n五".encode("utf-16-le")
    text = open_text(data)
    after = fixed_bytes(text, [finding(text, "一,二", "一，二"), finding(text, "三,四\n五", "三，四\n\n五")])
    assert after == "﻿一，二\r\n三，四\r\n\n五".encode("utf-16-le")


WORDS = st.lists(st.lists(st.text("甲乙<&> \t丙“”", min_size=1, max_size=6), max_size=4), min_size=1, max_size=4)


@given(paragraphs=WORDS, data=st.data())
def test_any_edit_is_that_of_a_plain_text(word: Word, paragraphs: list[list[str]], data: st.DataObject) -> None:
    body = "".join(
        "<w:p>" + "".join(f"<w:r><w:rPr><w:b/></w:rPr>{t(escape(run))}</w:r>" for run in paragraph) + "</w:p>"
        for paragraph in paragraphs
    )
    if not "".join(map("".join, paragraphs)).strip():
        return
    text = opened(word(body))
    assert text.lines == tuple(map("".join, paragraphs))
    row = data.draw(st.sampled_from([row for row, line in enumerate(text.lines) if line]))
    first, last = text.bounds(row)
    start, end = sorted(data.draw(st.tuples(st.integers(first, last), st.integers(first, last))))
    edit = Edit(start, end, data.draw(st.text("丁 <&", max_size=4)))
    after = text.edited([edit])
    assert after.string == applied(text.string, [edit])
    if after.string.strip():
        assert opened(after.encoded()).lines == after.lines


@pytest.mark.parametrize("example", ["s000-rights-meeting", "s003-annual-plan"])
def test_a_speech_of_ours(example: str, root: Path, parts: Parts) -> None:
    from drafter import Library, compose, load_brief
    from drafter.write import render

    library = Library.load()
    before = render(compose(load_brief(root / "examples" / f"{example}.yaml", slots=library.slots()), library))
    text = opened(before)
    after = fixed_bytes(text, [finding(text, "工会", "工会会")])
    old, new = parts(before), parts(after)
    assert [name for name in old if old[name] != new[name]] == ["word/document.xml"]
    assert len(new["word/document.xml"]) == len(old["word/document.xml"]) + len("会".encode())


def test_what_was_added_with_tracked_changes_is_left_to_people(word: Word) -> None:
    before, added, after = (f"<w:r>{t(words)}</w:r>" for words in ("做好帮扶,", "抓好落实,", "见到实效,"))
    text = opened(word(f"<w:p>{before}<w:ins w:id='1'>{added}</w:ins>{after}</w:p>"))
    assert [each.fix is None for each in check(text) if each.rule == "P001"] == [False, True, False]
    assert fix(text)[0].lines == ("做好帮扶，抓好落实,见到实效，",)

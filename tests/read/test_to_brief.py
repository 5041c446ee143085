"""An old text out again as a brief: the same sections, numbers, figures and quoted words, or the same characters."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.brief import dump, load_brief
from drafter.brief.rows import row_cells, row_text
from drafter.chinese.enumeration import paragraphs
from drafter.chinese.numerals import numeral
from drafter.compose import compose
from drafter.document import Document, Role
from drafter.library import Library
from drafter.read import Imported, read
from drafter.read.brief_out import differences, recast, to_brief
from drafter.read.facts import brands, digits
from drafter.write import render

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
LETTERED = st.text("甲乙丙丁戊己庚辛壬癸职工会议服务", min_size=6, max_size=40)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


def again(data: dict[str, Any], library: Library) -> Document:
    return compose(load_brief(dump(data).encode(), slots=library.slots()), library)


def lines(document: Document) -> list[str]:
    return [paragraph.text.replace("\n", "") for paragraph in paragraphs(document)]


def headings(document: Document) -> list[tuple[str, int]]:
    return [(p.text, p.ordinal) for p in paragraphs(document) if p.role is Role.HEADING and p.level == 1]


def imported_from(document: Document) -> Imported:
    return read(render(document, to="docx"), name="旧稿.docx")


def text_of(*parts: str) -> Imported:
    return read("\n\n".join(parts).encode(), name="旧稿.txt")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_composed_speech_keeps_sections_figures_and_quoted_words(example: Path, library: Library) -> None:
    first = compose(load_brief(example, slots=library.slots()), library)
    data, _ = to_brief(imported_from(first), library)
    second = again(data, library)
    assert headings(second) == headings(first)
    before, after = "\n".join(lines(first)), "\n".join(lines(second))
    assert Counter(digits(after)) == Counter(digits(before))
    assert Counter(brands(after)) == Counter(brands(before))
    for sign in ("一是", "二是", "三是", "（一）", "（二）", "首先，", "一要"):
        assert after.count(sign) == before.count(sign), sign


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_kept_word_for_word_nothing_changes(example: Path, library: Library) -> None:
    first = compose(load_brief(example, slots=library.slots()), library)
    made = recast(imported_from(first), library, keep_text=True)
    second = again(made.data, library)
    assert lines(second) == lines(first)
    assert [b.text for b in second.blocks if b.role is Role.ROW] == [b.text for b in first.blocks if b.role is Role.ROW]
    assert differences(second, made) == []


def test_a_table_is_kept_cell_for_cell(library: Library) -> None:
    rows = [("指标", "目标", "期限"), ("新建工会|小三级", "", "2026年底前"), ("覆盖率", "85.50%", "")]
    board = {"功能": "任务部署", "标题": "看表", "正文": ["先看表。", *map(row_text, rows), "看完了。"]}
    first = again({"场合": "通用", "篇幅": "100字", "板块": [board]}, library)
    for to in ("docx", "md"):
        source = read(render(first, to=to), name=f"旧稿.{to}")
        assert source.text.split("\n")[-5:] == ["先看表。", *map("\t".join, rows), "看完了。"]
        made = recast(source, library, keep_text=True)
        second = again(made.data, library)
        assert [row_cells(line) for line in made.data["板块"][-1]["正文"][1:-1]] == rows
        assert differences(second, made) == []
        assert [b.text for b in second.blocks if b.role is Role.ROW] == ["\t".join(row) for row in rows]


def test_forty_paragraphs_kept_character_for_character(library: Library) -> None:
    body = [
        f"这是第{numeral(n)}段，讲的是“样样有回音”，共{n * 7}户、{n}.50%，见《办法（试行）》。" for n in range(1, 36)
    ]
    boards = [
        {"功能": "任务部署", "标题": f"把第{numeral(n + 1)}件事办好，办到职工心里", "正文": body[n * 7 : n * 7 + 7]}
        for n in range(5)
    ]
    data = {
        "场合": "部署会",
        "日期": "2026-03-05",
        "讲话人": {"职务": "市总工会主席", "姓名": "周某"},
        "会议": "全市工会工作会议",
        "称谓": "同志们",
        "篇幅": "1500字",
        "板块": boards,
    }
    first = again(data, library)
    assert len(lines(first)) >= 40
    made = recast(imported_from(first), library, keep_text=True)
    assert lines(again(made.data, library)) == lines(first)


@settings(max_examples=25)
@given(st.lists(LETTERED, min_size=2, max_size=8), st.lists(LETTERED, min_size=1, max_size=3))
def test_any_text_can_be_kept(library: Library, body: list[str], heads: list[str]) -> None:
    source = ["在全市工会工作会议上的讲话", "同志们：", "今天，我们召开会议。"]
    for number, head in enumerate(heads, 1):
        source += [f"{numeral(number)}、{head}", *(f"{text}。" for text in body)]
    made = recast(text_of(*source), library, keep_text=True)
    assert differences(again(made.data, library), made) == []


def test_facts_are_marked_as_not_verified_with_their_line(library: Library) -> None:
    data, _ = to_brief(
        text_of(
            "在全市工会工作会议上的讲话",
            "同志们：",
            "一、回顾过去，帮扶工作成效显著",
            "我们开展助学行动，走遍各个街道，累计救助困难职工312户，发放慰问金46.5万元。我们没有停步。",
            "我们办好维权热线，职工随叫随到，事事有回音，件件有着落，大家都说好。",
        ),
        library,
    )
    entry = data["板块"][0]["要素"]["成绩"][0]
    assert entry["句"] == "开展助学行动，走遍各个街道"
    assert [(d["指标"], d["数值"], d["单位"]) for d in entry["数据"]] == [
        ("累计救助困难职工", "312", "户"),
        ("发放慰问金", "46.5", "万元"),
    ]
    assert all(d["核实"] is False and d["来源"] == "旧稿第7行" for d in entry["数据"])
    assert entry["展"] == ["我们没有停步"]


def test_a_target_is_lifted_with_its_deadline(library: Library) -> None:
    data, _ = to_brief(
        text_of(
            "在全市工会工作会议上的讲话",
            "同志们：",
            "一、突出重点，抓好组建工作",
            "要把组建工作摆上日程，一家一家去跑。到2027年底，百人以上企业建会率要达到95%。",
        ),
        library,
    )
    (entry,) = data["板块"][0]["要素"]["任务"]
    (goal,) = entry["展"][0]["目标"]
    assert (goal["指标"], goal["数值"], goal["单位"], goal["期限"]) == ("百人以上企业建会率", "95", "%", "到2027年底")
    assert goal["核实"] is False


def test_openings_become_the_facts_of_their_forms(library: Library) -> None:
    data, _ = to_brief(
        text_of(
            "在全市工会组建工作推进会上的讲话",
            "同志们：",
            "刚才，东城区总工会介绍了做法；西城区总工会交流了经验。大家讲得很好，很有启发。",
            "在此，我代表市总工会，向区委、区政府表示衷心感谢！",
            "下面，我就做好工会组建工作讲三点意见。",
            "一、认清形势，增强做好组建工作的责任感",
            "当前，新业态企业越来越多，职工队伍的结构变了，组建工作面临新的形势和挑战。",
        ),
        library,
    )
    by_function = {board["功能"]: board for board in data["板块"]}
    assert [talk["谁"] for talk in by_function["前序回应"]["要素"]["发言"]] == ["东城区总工会", "西城区总工会"]
    assert by_function["开篇致意"]["要素"]["致意"][0]["对象"] == "区委、区政府"
    assert by_function["过渡引入"]["要素"]["点数"] == "三"
    assert data["场合"] == "推进会"
    assert data["会议"] == "全市工会组建工作推进会"
    assert data["称谓"] == "同志们"


def test_what_is_not_sure_is_asked(library: Library) -> None:
    _, comments = to_brief(text_of("杂谈", "一、花开花落", "云来云去，水清水浅，山高山低，路近路远。"), library)
    assert "场合" in comments["场合",] or "改成" in comments["场合",]
    assert any("请定功能" in text for path, text in comments.items() if path[:1] == ("板块",))


def test_a_wrong_number_of_a_heading_is_put_right_and_said(library: Library) -> None:
    data, comments = to_brief(
        text_of(
            "在全市工会工作会议上的讲话", "同志们：", "一、认清形势，提高认识", "形势变了，任务重了，大家要跟上。",
            "二、抓好落实，务求实效", "要一件一件办。", "二、加强领导，压实责任", "要一级一级抓。",
        ),
        library,
    )  # fmt: skip
    assert [head for head, _ in headings(again(data, library))][-1].startswith("三、加强领导")
    assert any("按先后改为“三、”" in text for text in comments.values())


def test_masked_words_are_blanks_in_the_brief_and_stay_in_a_kept_text(library: Library) -> None:
    source = text_of("在全市工会工作会议上的讲话", "同志们：", "20xx年，全市工会干了不少事，职工是满意的。")
    data, _ = to_brief(source, library)
    assert "【待补：年份】年" in dump(data)
    data, _ = to_brief(source, library, keep_text=True)
    assert "20xx年" in dump(data)


def test_masked_names_are_blanks_wherever_they_stand(library: Library) -> None:
    source = text_of(
        "XX市总工会主席在全市工会工作会议上的讲话",
        "同志们：",
        "刚才，XX公司工会作了发言，讲得很好。",
        "一、抓好落实",
        "要把XX项任务抓好，年底前完成。",
        "XX市总工会",
    )
    data, _ = to_brief(source, library)
    assert data["标题"].startswith("【待补：地名】市总工会")
    (talk,) = data["板块"][0]["要素"]["发言"]
    assert talk["谁"] == "【待补：单位】公司工会"
    assert "XX" not in str(data)
    assert "【待补" not in str(to_brief(source, library, keep_text=True)[0])

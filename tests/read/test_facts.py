"""Facts of an old text: what they are, of what time, where they stand, what is masked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.read import read
from drafter.read.facts import Fact, brands, digits, facts, facts_in, fill_blanks, years


def only(kind: str, text: str) -> list[Fact]:
    return [fact for fact in facts_in(text) if fact.kind == kind]


def test_a_figure_has_its_indicator_relation_unit_and_period() -> None:
    (figure,) = only("figure", "今年以来，困难职工建档率达到98.5%。")
    assert (figure.value, figure.unit, figure.relation) == ("98.5", "%", "达到")
    assert figure.indicator == "困难职工建档率"
    assert figure.period == "今年以来"


def test_figures_of_one_sentence_are_told_apart() -> None:
    found = only("figure", "全年走访企业1,200家，发放慰问金36.5万元。")
    assert [(f.value, f.unit) for f in found] == [("1,200", "家"), ("36.5", "万元")]
    assert found[1].indicator == "发放慰问金"


def test_a_figure_with_a_time_to_reach_it_is_a_target() -> None:
    (target,) = only("target", "到2027年底，百人以上企业建会率要达到95%。")
    assert (target.value, target.unit, target.deadline) == ("95", "%", "到2027年底")


def test_dates_are_no_figures() -> None:
    text = "2026年3月5日至6日，会议在省城召开。"
    assert [fact.text for fact in only("date", text)] == ["2026年3月5日至6日"]
    assert not only("figure", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1、加强走访。全年走访企业12家。", ["12家"]),
        ("2.办好实事。救助职工1.5万人。", ["1.5万人"]),
        ("（3）抓好培训，办班5期。", ["5期"]),
        ("附件：1、重点任务表", []),
        ("某市总工会２０２４年工作总结", []),
        ("近３年来，共投入资金80万元，5月中旬完成。", ["80万元"]),
        ("3.6万人参加，1.2亿元到位。", ["3.6万人", "1.2亿元"]),
    ],
)
def test_numbers_of_items_and_years_are_no_figures(text: str, found: list[str]) -> None:
    assert [fact.text for fact in only("figure", text)] == found


def test_documents_bodies_persons_and_brands() -> None:
    text = "周某主席说，按照《集体合同规定》，市总工会推出“三张清单”，由需求清单、服务清单、责任清单三部分组成。"
    assert [f.text for f in only("document", text)] == ["《集体合同规定》"]
    assert [f.text for f in only("organisation", text)] == ["市总工会"]
    assert [f.text for f in only("person", text)] == ["周某"]
    (brand,) = only("brand", text)
    assert brand.text == "“三张清单”"
    assert brand.parts == ("需求清单", "服务清单", "责任清单")


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("20xx年，全市建会一批。", "【待补：年份】年，全市建会一批。"),
        ("**区总工会", "【待补：地名】区总工会"),
        ("救助____人次", "救助【待补：数据】人次"),
        ("XX同志主持会议", "【待补：姓名】同志主持会议"),
        ("×××公司工会", "【待补：单位】公司工会"),
        ("没有留空的话", "没有留空的话"),
    ],
)
def test_masked_words_become_blanks_that_say_what_is_wanted(text: str, filled: str) -> None:
    assert fill_blanks(text) == filled


def test_a_fact_knows_its_line() -> None:
    source = "在全市工会工作会议上的讲话\n\n同志们：\n\n今天开会。\n\n全年走访企业120家，职工满意。\n"
    (figure,) = [fact for fact in facts(read(source.encode())) if fact.kind == "figure"]
    assert figure.line == 7


def test_every_place_that_names_a_year() -> None:
    text = "2026年是“十五五”开局之年，今年三月召开大会，截至2025年底已办12件。"
    assert [words for _, words in years(text)] == ["2026年", "“十五五”", "今年", "2025年底"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("慰问职工2150人次，上年为2000人次。", ["上年"]),
        ("补助2000元，参赛2000余人，走访1980户。", []),
        ("每场1500—2000人，发放2,012.5万元。", []),
        ("工会工作2025要点，2021—2025年规划。", ["2025", "2021—2025年"]),
    ],
)
def test_counts_are_no_years(text: str, found: list[str]) -> None:
    assert [words for _, words in years(text)] == found


@given(st.lists(st.integers(0, 99_999), max_size=6))
def test_no_run_of_figures_is_missed(numbers: list[int]) -> None:
    text = "，".join(f"办理{number}件" for number in numbers)
    assert digits(text) == [str(number) for number in numbers]
    assert [fact.value for fact in only("figure", text)] == [str(number) for number in numbers]


@given(st.text("市总工会办理12件“”《》，。**x年", max_size=40))
def test_facts_stand_where_they_say(text: str) -> None:
    for fact in facts_in(text):
        assert text[fact.start : fact.start + len(fact.text)] == fact.text
    assert all("“" not in brand for brand in brands(text))

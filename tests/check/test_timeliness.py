"""What fits the date of the speech and what does not; dating of undated texts."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.check import Finding, Level, Settings, Text, check
from drafter.check.dated import as_of, occurrences, rows
from drafter.check.dates import parse_period, period, speech_date
from drafter.check.dating import date_range
from drafter.chinese.numerals import numeral

TODAY = date(2026, 5, 1)


def found(text: str, *rules: str, day: date | None = TODAY) -> tuple[Finding, ...]:
    return check(Text.of(text), Settings(date=day, select=rules or ("T",)))


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["在会议上的讲话", "（2026年3月1日）", "同志们："], date(2026, 3, 1)),
        (["在会议上的讲话", "张三", "二〇二六年三月十一日", "同志们："], date(2026, 3, 11)),
        (["在会议上的讲话", "（2026年3月1日　张三）", "同志们："], date(2026, 3, 1)),
        (["2026年3月1日", "讲话"], date(2026, 3, 1)),
        (["在会议上的讲话", "2026-03-01（星期日）"], date(2026, 3, 1)),
        (["慰问信", *["祝愿大家身体健康。"] * 9, "区总工会", "2026年1月20日"], date(2026, 1, 20)),
        (["在会议上的讲话", "（2026年）", "同志们："], None),
        (["在会议上的讲话", "同志们：", "2026年3月1日，我们召开了会议。"], None),
        (["在会议上的讲话", "（2026年13月1日）"], None),
    ],
)
def test_the_day_of_a_speech_is_read_from_its_date_line(lines: list[str], day: date | None) -> None:
    assert speech_date(Text(lines), Settings()) == day


def test_a_told_date_goes_before_the_one_in_the_text() -> None:
    text = Text(["讲话", "（2026年3月1日）"], date="2025-01-01")
    assert speech_date(text, Settings()) == date(2025, 1, 1)
    assert speech_date(text, Settings(date=TODAY)) == TODAY


def test_a_year_is_a_period() -> None:
    text = Text(["讲话", "（2026年）"])
    assert period(text, Settings()) == (date(2026, 1, 1), date(2026, 12, 31))
    assert parse_period("2026年2月") == (date(2026, 2, 1), date(2026, 2, 28))
    assert parse_period("今年3月1日") is None


def test_without_a_date_the_rules_are_silent() -> None:
    assert found("全面贯彻党的十六届五中全会精神，发展新质生产力，依据《合同法》办事。", day=None) == ()


def test_rows_of_the_table_are_plausible() -> None:
    assert len({row.id for row in rows()}) == len(rows()) > 150
    for row in rows():
        assert row.confidence in ("V", "P", "K")
        assert row.source or not row.confirmed
        assert row.since is None or row.until is None or row.since <= row.until
        assert row.since is None or row.since <= as_of() or not row.confirmed


@pytest.mark.parametrize("row", [row for row in rows() if row.literals], ids=lambda row: row.id)
def test_every_row_finds_its_own_name(row: object) -> None:
    literal = next(iter(row.expression.split("|")))  # type: ignore[attr-defined]
    text = literal.split("(?!")[0].rpartition(")")[2] or literal
    assert row in [each.row for each in occurrences(Text.of(f"我们学习{text}，抓好落实。"))]


def test_an_unconfirmed_row_never_finds_more_than_an_info() -> None:
    unsure = [row for row in rows() if not row.confirmed and row.since and row.literals and "(?" not in row.expression]
    text = "".join(f"当前，正在深入开展{row.expression.split('|')[0]}。\n" for row in unsure)
    for year in (1980, 2005, 2015, 2026):
        for finding in found(text, "T001", "T002", "T003", day=date(year, 5, 1)):
            known = [each.row for each in occurrences(Text.of(text)) if each.start == finding.start]
            if all(not row.confirmed for row in known):
                assert finding.level is Level.INFO


def test_a_finding_has_the_source_of_its_row() -> None:
    (finding,) = found("认真发展新质生产力。", "T001", day=date(2016, 5, 1))
    assert finding.source == next(row.document for row in rows() if row.name == "新质生产力")
    assert not any(re.search("[a-z]{2,}|维基|GitHub", row.document) for row in rows())
    (finding,) = found("依据《合同法》签订协议。", "T008")
    assert finding.source == "《民法典》第一千二百六十条（同时废止）"


def test_quotations_keep_their_years() -> None:
    assert found("他说：“今年是中国共产党成立100周年，力争2022年底前建成。”", "T005", "T010") == ()


def test_the_year_of_the_speech_is_no_history() -> None:
    assert len(found("2026年是贯彻落实党的十六届五中全会精神的重要一年。", "T002")) == 1
    assert found("2006年，全市各级工会深入学习、全面贯彻党的十六届五中全会精神。", "T002") == ()
    assert len(found("2026年，以邓小平理论为指导，做好维权工作。", "T007")) == 1


def test_a_part_of_a_longer_expression_is_not_found_again() -> None:
    (finding,) = found("开展学习贯彻习近平新时代中国特色社会主义思想主题教育。", "T001", day=date(2016, 5, 1))
    assert finding.text == "学习贯彻习近平新时代中国特色社会主义思想主题教育"


def test_a_list_of_plenums_is_found_once() -> None:
    (finding,) = found("认真学习贯彻党的十八届三中、四中全会精神。", "T002")
    assert "十八届四中全会" in finding.message


def test_a_message_gives_the_dates_and_the_state_of_the_table() -> None:
    (finding,) = found("全面贯彻党的十六届五中全会精神。", "T002")
    assert finding.level is Level.WARNING
    for part in ("2005年10月8日", "党的二十大（2022年10月16日）", "2026年5月1日", f"截至{as_of().year}年"):
        assert part in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "党的十六届五中全会提出建设社会主义新农村。",
        "自党的十八大以来，工会工作取得历史性成就。",
        "全面贯彻党的十九大、二十大精神。",
        "《关于学习贯彻党的十九大精神的决定》印发后，各地迅速行动。",
        "他在日记里写道：“当前正在深入开展党的群众路线教育实践活动，大家很受教育。”",
        "2024年，全区深入开展党纪学习教育。",
        "“十三五”时期，新建基层工会一批。",
        "原国家卫计委印发的文件。",
        "“十四五”规划实施取得显著成效，“十四五”规划目标任务圆满完成。",
    ],
)
def test_history_is_not_outdated(text: str) -> None:
    assert found(text, "T001", "T002", "T003") == ()


@pytest.mark.parametrize(
    ("text", "day", "count"),
    [
        ("以优异成绩迎接党的二十大胜利召开。", date(2022, 5, 1), 0),
        ("今年我们党将召开党的二十大。", date(2022, 1, 5), 0),
        ("今年是党的二十大召开之年。", date(2022, 1, 5), 0),
        ("深入贯彻党的二十大精神。", date(2022, 5, 1), 1),
        ("深入贯彻党的二十大精神。", date(2022, 10, 16), 0),
        ("党的二十届二中、三中全会对改革作出部署。", date(2024, 5, 1), 1),
        ("《民法典》施行后。", date(2018, 5, 1), 0),
        ("认真谋划“十五五”规划。", date(2025, 3, 1), 0),
    ],
)
def test_not_yet_born(text: str, day: date, count: int) -> None:
    assert len(found(text, "T001", day=day)) == count


def test_a_period_is_judged_by_its_far_end() -> None:
    text = "讲话\n（2022年）\n学习贯彻党的二十大精神。"
    assert found(text, "T001", day=None) == ()


@given(st.integers(2001, 2099), st.integers(-3, 3), st.booleans())
def test_anniversaries(year: int, off: int, chinese: bool) -> None:
    count = year - 1921 + off
    written = numeral(count) if chinese else str(count)
    findings = found(f"{year}年是中国共产党成立{written}周年。", "T005", day=None)
    assert bool(findings) == bool(off)
    if findings:
        right = numeral(year - 1921) if chinese else str(year - 1921)
        assert f"{year}-1921={year - 1921}" in findings[0].message
        assert findings[0].fix is not None
        assert findings[0].fix.edits[0].text == right


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("今年是新中国成立七十七周年。", 0),
        ("今年是新中国成立七十五周年。", 1),
        ("在庆祝中国共产党成立100周年大会上，总书记发表重要讲话。", 0),
        ("我们即将迎来中华全国总工会成立100周年。", 1),
        ("今年，我们重温2021年庆祝中国共产党成立100周年大会精神。", 0),
        ("今年是我区总工会成立40周年。", 0),
        ("即将迎来中国共产党成立106周年。", 0),
        ("今年是深圳改革开放46周年。", 0),
    ],
)
def test_anniversaries_of_this_year(text: str, count: int) -> None:
    assert len(found(text, "T005")) == count


@given(st.integers(9, 19), st.integers(1, 5), st.integers(-5, 5))
def test_years_of_plans(plan: int, number: int, off: int) -> None:
    year = 1956 + 5 * (plan - 1) + number - 1 + off
    text = f"{year}年是“{numeral(plan)}五”规划的第{numeral(number)}年。"
    assert bool(found(text, "T004", day=None)) == bool(off)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("今年是“十五五”开局之年，也是关键之年。", 0),
        ("今年是“十四五”收官之年。", 1),
        ("去年是“十四五”收官之年。", 0),
        ("2024年是“十四五”规划中期之年。", 1),
        ("2023年是“十四五”规划中期评估之年。", 0),
        ("今年，在2025年“十四五”收官之年的基础上再出发。", 0),
        ("2025年是“十四五”收官之年，2026年是“十五五”开局之年。", 0),
        ("2025年是“十四五”收官之年，2027年是“十五五”开局之年。", 1),
        ("“十五五”规划（2026—2031年）", 1),
        ("我们即将迎来“十五五”开局之年。", 0),
    ],
)
def test_stages_of_plans(text: str, count: int) -> None:
    assert len(found(text, "T004")) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("以邓小平理论和“三个代表”重要思想为指导，深入贯彻落实科学发展观。", 1),
        ("以习近平新时代中国特色社会主义思想为指导。", 0),
        (
            "以马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观、习近平新时代中国特色社会主义思想为指导。",
            0,
        ),
        ("党的十五大确立以邓小平理论为指导思想。", 0),
        ("学习邓小平理论。", 0),
    ],
)
def test_guiding_thoughts_by_date(text: str, count: int) -> None:
    assert len(found(text, "T007")) == count


def test_guiding_thoughts_of_their_own_time() -> None:
    text = "以邓小平理论和“三个代表”重要思想为指导，深入贯彻落实科学发展观。"
    assert found(text, "T007", day=date(2009, 5, 1)) == ()
    assert len(found("以邓小平理论为指导。", "T007", day=date(2009, 5, 1))) == 1


@pytest.mark.parametrize(
    ("text", "day", "count"),
    [
        ("依据《中华人民共和国合同法》签订协议。", TODAY, 1),
        ("依据原《合同法》签订协议。", TODAY, 0),
        ("《民法典》施行，《合同法》同时废止。", TODAY, 0),
        ("依据《合同法》签订协议。", date(2019, 5, 1), 0),
        ("德国《合同法》值得研究，我国《合同法》规定", TODAY, 1),
        ("按照《民法典》办理。", date(2020, 11, 1), 1),
        ("《民法典》将于2021年1月1日起施行。", date(2020, 11, 1), 0),
        ("按照《民法典》办理。", date(2021, 1, 1), 0),
    ],
)
def test_laws_in_force(text: str, day: date, count: int) -> None:
    assert len(found(text, "T008", day=day)) == count


def test_two_years_that_cannot_both_be_this_year() -> None:
    (finding,) = found("今年（2025年）已建会。\n明年（2027年）再建。", "T009", day=None)
    assert finding.line == 2
    assert "2026年" in finding.message


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("力争2025年底前实现全覆盖。", 1),
        ("确保2026年4月前完成。", 1),
        ("确保2026年6月前完成。", 0),
        ("力争到2027年底，入会率达到95%。", 0),
        ("2022年我们提出力争2025年底前实现全覆盖。", 0),
        ("力争2025年底前实现的目标已经完成。", 0),
    ],
)
def test_deadlines_that_are_past(text: str, count: int) -> None:
    assert len(found(text, "T010")) == count


def test_an_undated_text_is_dated_by_its_expressions() -> None:
    text = Text.of("讲话\n深入开展党的群众路线教育实践活动，认真学习党的十八届三中全会精神。")
    dating = date_range(text)
    assert (dating.earliest, dating.latest) == (date(2013, 11, 9), date(2014, 10, 8))
    assert dating.consistent
    assert dating.after[0].text == "十八届三中全会"
    assert text.string[dating.after[0].start : dating.after[0].end] == "十八届三中全会"
    assert "不早于2013年11月9日" in dating.summary


def test_dating_knows_what_is_still_to_come() -> None:
    assert date_range(Text.of("以优异成绩迎接党的二十大胜利召开。")).earliest is None


def test_dating_finds_a_contradiction() -> None:
    dating = date_range(Text.of("各县深入开展学习实践科学发展观活动。\n2013年，我们建成了帮扶中心。"))
    assert not dating.consistent
    assert "矛盾" in dating.summary


def test_a_text_that_says_its_date_is_dated_by_it() -> None:
    dating = date_range(Text.of("讲话\n（2024年3月5日）\n同志们：\n认真学习党的二十大精神。"))
    assert (dating.earliest, dating.latest, dating.told) == (date(2024, 3, 5), date(2024, 3, 5), True)
    assert dating.consistent
    assert "文稿写明的日期是2024年3月5日" in dating.summary
    old = date_range(Text.of("讲话\n（2016年3月5日）\n同志们：\n加快发展新质生产力。"))
    assert not old.consistent


def test_this_year_is_named() -> None:
    dating = date_range(Text.of("今年是2024年，任务很重。"))
    assert (dating.earliest, dating.latest) == (date(2024, 1, 1), date(2024, 12, 31))


def test_what_is_only_inferred_is_said_to_be() -> None:
    assert "没有写明" in date_range(Text.of("认真学习党的二十大精神。")).summary


def test_nothing_to_date() -> None:
    dating = date_range(Text.of("同志们，大家好。"))
    assert (dating.earliest, dating.latest, dating.after, dating.before) == (None, None, (), ())


_WORDS = [
    "党的十八大", "、十九大", "二十届二中、三中全会", "精神", "学习贯彻", "“十四五”", "规划", "收官之年",
    "今年", "2025年", "是", "。", "，", "\n", "（2026—2030年）", "中国共产党成立", "105周年", "一百周年",
    "《工会法》", "第六十三条", "第一千二百六十一条", "“三个代表”", "重要思想", "科学发展观", "邓小平理论",
    "为指导", "政治意识", "大局意识", "力争", "底前", "即将召开的", "闭幕", "原", "国家卫计委",
    "去年（2024年）", "“", "”",
]  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=60), st.dates(date(1980, 1, 1), date(2060, 1, 1)))
def test_any_text_can_be_checked_and_dated(words: list[str], day: date) -> None:
    text = Text.of("".join(words))
    for finding in check(text, Settings(date=day, select=("O", "T"))):
        assert finding.message
        assert text.string[finding.start : finding.end] == finding.text != ""
    assert str(date_range(text))


def test_a_line_without_end_takes_no_time_out_of_proportion() -> None:
    text = "全面贯彻党的十六届五中全会精神，今年是中国共产党成立100周年，" * 1000
    assert len(found(text, "T002", "T005")) == 2000


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("中华全国总工会成立100周年，使命光荣。", Level.WARNING),
        ("值此中华全国总工会成立100周年之际，向大家问好。", Level.ERROR),
        ("我们以庆祝中华全国总工会成立100周年为契机开展活动。", None),
        ("中华全国总工会成立90周年时，建起了展馆。", None),
    ],
)
def test_the_number_of_last_year_is_told_where_no_history_is_told(text: str, level: Level | None) -> None:
    findings = found(text, "T005", day=date(2026, 11, 20))
    assert [finding.level for finding in findings] == ([level] if level else [])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“十四五”时期，全市工会围绕决战脱贫攻坚开展竞赛。", 0),
        ("我们如期打赢脱贫攻坚战。", 0),
        ("要坚决打赢脱贫攻坚战。", 1),
        ("为全面建成小康社会作出新贡献。", 1),
        ("全面建成小康社会取得历史性成就。", 0),
    ],
)
def test_what_was_reached_is_no_task_any_more(text: str, wanted: int) -> None:
    assert len(found(text, "T002", day=date(2026, 11, 20))) == wanted


def test_the_thought_may_stand_in_the_next_sentence() -> None:
    upheld = "坚持马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观。"
    assert len(found(upheld, "T007")) == 1
    assert found(f"{upheld}全面贯彻习近平新时代中国特色社会主义思想。", "T007") == ()

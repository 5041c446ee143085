"""Figures: what is worked out, how it is shown, and what is left alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.check import Finding, Level, Settings, Text, check, fix
from drafter.chinese.quantities import chinese_value, plain, quantities


def found(string: str, rule: str) -> tuple[Finding, ...]:
    return check(Text.of(string), Settings(select=(rule,)))


@pytest.mark.parametrize(
    ("string", "calculation"),
    [
        ("基层工会由200家增长到260家，增长35%。", "200家×（1＋35%）＝270家，文中是260家；由200家到260家，实际增长30%"),
        ("会员由3.2万人增加到4.5万人，比上年增长28%。", "3.2万人×（1＋28%）＝4.096万人，文中是4.5万人"),
        ("事故由30起下降到20起，下降50%。", "30起×（1−50%）＝15起，文中是20起；由30起到20起，实际下降33.3%"),
        ("投诉量下降50%，由200件减少到120件。", "实际下降40%"),
        ("建会企业由1200家增加到1500家，增加400家。", "1500家−1200家＝300家，文中增加400家"),
        ("建会率由85.2%提升到91.5%，提升7.3个百分点。", "91.5%−85.2%＝6.3个百分点，文中是7.3个百分点"),
        ("入会率从82%提高到91%，提高9%。", "两个百分数之差用“个百分点”"),
        ("产值由100亿元增长到300亿元，翻了一番。", "翻一番是2倍"),
        ("产值由100亿元增长到300亿元，增长3倍。", "3−1＝2倍，文中是3倍"),
        ("产值由100亿元增长到300亿元，是原来的2倍。", "＝3倍，文中是2倍"),
        ("在原有35个站点的基础上新建15个，达到55个。", "35个＋15个＝50个，文中是55个"),
        ("原有会员1200人，减少300人，现有会员1000人。", "1200人−300人＝900人，文中是1000人"),
        ("预算600万元，比上年增加100万元，增长30%。", "100万元÷（600万元−100万元）＝20%，文中是30%"),
        ("去年由5000人增加到8000人，增长百分之五十。", "实际增长60%"),
        ("由两千户增加到三千户，增长四成。", "实际增长50%"),
    ],
)
def test_growth_that_does_not_fit_is_worked_out(string: str, calculation: str) -> None:
    (finding,) = found(string, "N017")
    assert calculation in finding.message
    assert finding.fix is None


@pytest.mark.parametrize(
    "string",
    [
        "会员由3.2万人增加到4.1万人，增长28%。",
        "从30起降至20起，下降33.3%。",
        "由200家增长到260余家，增长35%。",
        "由2020年的3.2万人增加到4.1万人，年均增长5.1%。",
        "由2020年的200家增加到260家，比上年增长5%。",
        "产值由100亿元增长到205亿元，翻了一番。",
        "由5个增加到8个，增加3个。",
        "总投资由1.2亿元增加到1.5亿元，增长二成五。",
        "产量由200吨增长到240吨，增长了五分之一。",
        "由去年的200家增长到260家，同比增长30%，增加60家。",
        "预算600万元，比上年增加100万元，增长20%。",
        "入会率从82%提高到91%，提高9个百分点。",
        "培训由线下为主转为线上线下结合，参训3000人，增长20%。",
    ],
)
def test_growth_that_fits_or_cannot_be_worked_out_is_left_alone(string: str) -> None:
    assert found(string, "N017") == ()


@given(st.integers(2, 5000), st.integers(2, 5000))
def test_a_percentage_that_is_rounded_from_the_figures_is_never_reported(before: int, after: int) -> None:
    share = abs(after - before) * 100 / before
    verb, change = ("增长到", "增长") if after >= before else ("下降到", "下降")
    assert found(f"由{before}件{verb}{after}件，{change}{share:.1f}%。", "N017") == ()


@given(st.lists(st.integers(1, 900), min_size=2, max_size=5), st.integers(0, 50))
def test_a_closed_sum_is_right_or_reported(parts: list[int], off: int) -> None:
    listed = "、".join(f"甲{'乙丙丁戊己'[n]}区{part}个" for n, part in enumerate(parts))
    assert bool(found(f"{listed}，合计{sum(parts) + off}个。", "N018")) == (off != 0)


@pytest.mark.parametrize(
    ("string", "level"),
    [
        ("发放慰问金120万元，其中省级60万元、市级80万元。", Level.ERROR),
        ("全县有企业300家，其中规模以上企业350家。", Level.ERROR),
        ("共120人，其中男60人、女50人。", Level.ERROR),
        ("举办培训班20期，培训2000人次，其中线上12期、线下9期。", Level.ERROR),
        ("共建成站点38个，三个区分别为10个、12个、15个。", Level.ERROR),
        ("服务职工500人，其中货车司机300人、网约车司机250人。", Level.WARNING),
    ],
)
def test_parts_that_do_not_add_up(string: str, level: Level) -> None:
    (finding,) = found(string, "N018")
    assert finding.level == level


@pytest.mark.parametrize(
    "string",
    [
        "共有代表300名，其中一线职工代表160名，女代表90名，少数民族代表12名。",
        "新发展会员6万人，其中农民工4万人，货车司机3万人。",
        "总收入600万元，比上年增加100万元，其中会费300万元、补助300万元。",
        "共120人，其中男约60人、女约50人。",
        "共建成站点37个，三个区分别为10个、12个、15个。",
        "走访企业200家，其中每家座谈3次。",
        "共3.2万人，其中甲区1.1万人、乙区1.2万人、丙区0.9万人。",
    ],
)
def test_parts_that_need_not_add_up(string: str) -> None:
    assert found(string, "N018") == ()


def test_shares_over_a_hundred_are_a_warning_and_shares_of_people_who_are_both_an_info() -> None:
    (finding,) = found("国企占60%、民企占30%、外企占15%。", "N019")
    assert (finding.level, finding.message) == (Level.WARNING, "60%＋30%＋15%＝105%，超过100%")
    assert [each.level for each in found("党员占55%、女职工占52%。", "N019")] == [Level.INFO]
    assert found("三类分别占33.3%、33.3%、33.3%。", "N019") == ()


def test_two_values_for_one_thing_name_the_line_of_the_first() -> None:
    (finding,) = found("全市工会会员3.2万人。\n\n工作有了进展。全市工会会员达到3.5万人。", "N020")
    assert finding.level == Level.WARNING
    assert finding.message == "“全市工会会员”前文（第1行）是3.2万人，这里是3.5万人"
    assert finding.text == "3.5万人"


def test_counts_of_events_may_be_of_two_events() -> None:
    (finding,) = found("全市走访慰问职工300户。\n全市走访慰问职工500户。", "N020")
    assert finding.level == Level.INFO


@pytest.mark.parametrize(
    "string",
    [
        "全市工会会员3.2万人。\n全市工会会员32156人。",
        "2024年全市工会会员3.2万人。\n2025年全市工会会员3.5万人。",
        "全市工会会员3.2万人。\n力争到明年底，全市工会会员达到3.5万人。",
        "全市基层工会300家。\n全市基层工会会员3万人。",
        "全市工会会员由3.2万人增加到3.5万人。",
    ],
)
def test_two_values_for_two_things_are_left_alone(string: str) -> None:
    assert found(string, "N020") == ()


def test_only_leading_zeros_are_taken_away_without_asking() -> None:
    text = Text.of("2026年01月05日，增长.5%，第〔2026〕第08号，由200家增长到260家，增长35%。")
    fixed, _ = fix(text, Settings(select=("N",)))
    assert fixed.string == "2026年1月5日，增长.5%，第〔2026〕8号，由200家增长到260家，增长35%。"


def test_figures_in_quotations_are_never_touched() -> None:
    text = Text.of("他说：“增强4个意识，2026年01月05日。”")
    fixed, _ = fix(text, Settings(select=("N",)), suggested=True)
    assert "4个意识" in fixed.string


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三万五千", 35000),
        ("两千三百", 2300),
        ("一百零五", 105),
        ("十二", 12),
        ("一亿二千万", 120000000),
        ("十万", 10**5),
    ],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese_value(text) == value


@pytest.mark.parametrize("text", ["一心一意", "千方百计", "二〇二六", ""])
def test_words_are_no_numerals(text: str) -> None:
    assert chinese_value(text) is None


@pytest.mark.parametrize(
    ("string", "text", "value", "unit"),
    [
        ("达到3.2万人", "3.2万人", Fraction(32000), "人"),
        ("投入40,000元", "40,000元", Fraction(40000), "元"),
        ("占百分之八十五点五", "百分之八十五点五", Fraction(171, 2), "%"),
        ("占三分之二", "三分之二", Fraction(200, 3), "%"),
        ("提高五成", "五成", Fraction(50), "%"),
        ("提高二成五", "二成五", Fraction(25), "%"),
        ("提高3个百分点", "3个百分点", Fraction(3), "个百分点"),
        ("完成1.2万亿元", "1.2万亿元", Fraction(1200000000000), "元"),
        ("走访两千三百户", "两千三百户", Fraction(2300), "户"),
    ],
)
def test_quantities(string: str, text: str, value: Fraction, unit: str) -> None:
    (quantity,) = quantities(string)
    assert (quantity.text, quantity.value, quantity.unit) == (text, value, unit)


@pytest.mark.parametrize(
    "string", ["2026年1月5日", "第3名", "10—15个", "十五五时期", "A3纸", "十四届全会", "一是认识到位"]
)
def test_dates_ordinals_and_ranges_are_no_quantities(string: str) -> None:
    assert list(quantities(string)) == []


@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_plain_is_within_half_of_the_last_digit(value: Fraction) -> None:
    assert abs(Fraction(plain(value)) - value) <= Fraction(1, 200)

"""Official names, set formulae, articles of laws."""

from __future__ import annotations

from datetime import date

import pytest

from drafter.check import Finding, Level, Settings, Text, check, fix
from drafter.check.laws import laws


def found(text: str, *rules: str, day: date | None = None) -> tuple[Finding, ...]:
    return check(Text.of(text), Settings(date=day, select=rules or ("O",)))


def test_quotations_and_titles_are_left_alone() -> None:
    assert found("他回忆说：“建国初期，村长带我们修渠。”") == ()
    assert found("《关于建国以来党的若干历史问题的决议》《中国总工会史稿》") == ()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("市检察院副院长和省审计署署长", "市检察院副检察长和省审计署审计长"),
        ("在省委省政府、市委市政府领导下", "在省委、省政府、市委、市政府领导下"),
        ("全国工会总会、中华总工会", "中华全国总工会、中华全国总工会"),
        ("蒙族、维族职工", "蒙古族、维吾尔族职工"),
        ("“一带一路”战略，一带一路大战略", "“一带一路”倡议，一带一路倡议"),
    ],
)
def test_safe_fixes_leave_nothing_behind(wrong: str, right: str) -> None:
    fixed, _ = fix(Text.of(wrong), Settings(select=("O",)))
    assert fixed.string == right
    assert found(right) == ()


def test_guiding_thoughts_name_what_is_left_out() -> None:
    (finding,) = found("坚持邓小平理论、科学发展观、习近平新时代中国特色社会主义思想。", "O015")
    assert finding.level is Level.ERROR
    assert "漏了“三个代表”重要思想" in finding.message


def test_a_list_of_guiding_thoughts_may_begin_and_end_anywhere() -> None:
    assert found("学习马列主义、毛泽东思想，坚持“三个代表”重要思想和科学发展观。", "O015") == ()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("增强“四个意识”（政治意识、大局意识、看齐意识）。", Level.ERROR),
        ("增强政治意识、大局意识、看齐意识。", Level.WARNING),
        ("增强“四个意识”，即大局意识、政治意识、核心意识、看齐意识。", Level.INFO),
        ("坚定道路自信、理论自信、制度自信。", Level.WARNING),
    ],
)
def test_members_of_a_formula(text: str, level: Level) -> None:
    (finding,) = found(text, "O017", day=date(2026, 3, 1))
    assert finding.level is level


@pytest.mark.parametrize(
    "text",
    [
        "增强政治意识、大局意识、服务意识。",
        "增强政治意识、大局意识、看齐意识和责任意识。",
        "推进经济建设、政治建设、文化建设、社会建设。",
        "落实“三会一课”，开好支部党员大会、支部委员会、党小组会，按时上好党课。",
        "统筹“四个全面”：全面建设社会主义现代化国家、全面深化改革、全面依法治国，全面从严治党。",
        "力戒形式主义、官僚主义，驰而不息纠“四风”。",
        "按照创新、协调、绿色、开放、共享的新发展理念办事。",
    ],
)
def test_other_lists_are_no_formulae(text: str) -> None:
    assert found(text, "O017", day=date(2026, 3, 1)) == ()


def test_three_confidences_were_right_before_the_fourth() -> None:
    text = "坚定道路自信、理论自信、制度自信。"
    assert found(text, "O017", day=date(2014, 3, 1)) == ()
    (finding,) = found(text, "O017")
    assert finding.level is Level.INFO


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("依据《中华人民共和国工会法》第五十八条、第五十九条。", 1),
        ("依据《工会法》（2021年修正）第60条。", 1),
        ("依据《民法典》第一千二百六十条。", 0),
        ("依据《工会法》和《劳动法》第一百零八条。", 1),
        ("依据《某市工会条例》第九十九条。", 0),
    ],
)
def test_articles_beyond_the_law(text: str, count: int) -> None:
    assert len(found(text, "O020")) == count


def test_the_number_of_articles_is_said() -> None:
    (finding,) = found("依据《工会法》第六十三条的规定。", "O020")
    assert "共58条" in finding.message
    assert "第六十三条" in finding.message


def test_laws_are_plausible() -> None:
    for law in laws().values():
        assert law.source
        assert law.until is None or law.since < law.until
        assert list(law.counts) == sorted(law.counts)
        assert not law.replacement or law.replacement in laws()


def test_a_short_name_before_its_full_name() -> None:
    late = "标题\n按照产改意见，抓好落实。《关于深化产改的意见》（以下简称产改意见）已经印发。"
    (finding,) = found(late, "O021")
    assert (finding.line, finding.text, finding.level) == (2, "产改意见", Level.INFO)
    assert found("标题\n《关于深化产改的意见》（以下简称产改意见）已经印发。按照产改意见，抓好落实。", "O021") == ()

"""The engine on a miniature rulebook: places, guards, switches, settings, fixes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.check import FixKind, Group, Level, Rule, Rulebook, Settings, Text, check, fix, rulebook
from drafter.check.opening import Plain, open_text


def book(*rules: Rule) -> Rulebook:
    return Rulebook((Group("Z", "试", rules),))


def rule(code: str = "Z001", **values: object) -> Rule:
    given = {"level": Level.ERROR, "what": "“{原}”应为“{改}”", "why": "试", "source": "试", **values}
    return Rule(id=code, **given)


SWAP = rule(find="布署", near=("布署",), replace="部署", fix=FixKind.SAFE)


def found(text: str, *rules: Rule, settings: Settings | None = None) -> list[tuple[str, int, int]]:
    findings = check(Text.of(text, kind="md"), settings, book(*(rules or (SWAP,))))
    return [(finding.rule, finding.line, finding.column) for finding in findings]


def test_a_place_counts_lines_and_characters_from_one() -> None:
    finding = check(Text.of("一\n二布署\r\n三"), None, book(SWAP))[0]
    assert (finding.line, finding.column, finding.end_line, finding.end_column) == (2, 2, 2, 4)
    assert finding.text == "布署"
    assert finding.message == "“布署”应为“部署”"


def test_a_line_without_the_literal_is_not_searched() -> None:
    assert found("部署\n部署", rule(find=".+", near=("布署",))) == []


def test_an_exception_covers_what_it_touches() -> None:
    assert found("骨干与一般", rule(find="干与", near=("干与",), unless="骨干")) == []
    assert found("不得干与", rule(find="干与", near=("干与",), unless="骨干")) == [("Z001", 1, 3)]


@pytest.mark.parametrize(
    ("skip", "text", "count"),
    [(("引文",), "他说“布署”", 0), (("引文",), "布署“他说”", 1), (("书名",), "《布署办法》", 0), ((), "他说“布署”", 1)],
)
def test_quotations_and_titles_are_left_out_where_the_rule_says_so(
    skip: tuple[str, ...], text: str, count: int
) -> None:
    assert len(found(text, rule(find="布署", skip=skip))) == count


@pytest.mark.parametrize("text", ["`布署`", "[章程](布署.html)", "<!-- 布署 -->"])
def test_what_is_no_prose_is_not_checked(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("布署\n<!-- check: off -->\n布署\n<!-- check: on -->\n布署", [1, 5]),
        ("布署\n<!-- check: off Z001 -->\n布署", [1]),
        ("布署\n<!-- check: off P -->\n布署", [1, 3]),
        ("布署 <!-- check: off-line Z001 -->\n布署", [2]),
        ("布署\n布署\n<!-- check: off-file Z0 -->", []),
    ],
)
def test_switches_in_the_text(text: str, lines: list[int]) -> None:
    assert [line for _, line, _ in found(text)] == lines


@pytest.mark.parametrize(
    ("select", "ignore", "wanted"),
    [
        ((), (), True),
        (("P",), (), True),
        (("P014",), (), True),
        (("N",), (), False),
        ((), ("P014",), False),
        (("P",), ("P014",), False),
        (("P014",), ("P",), True),
        ((), ("P01", "N"), False),
    ],
)
def test_the_longer_code_decides(select: tuple[str, ...], ignore: tuple[str, ...], wanted: bool) -> None:
    assert Settings(select=select, ignore=ignore).wants("P014") is wanted


def test_a_level_of_ones_own() -> None:
    text = Text.of("布署")
    assert check(text, Settings(levels={"Z001": Level.INFO}), book(SWAP))[0].level is Level.INFO


@pytest.mark.parametrize(("own", "count"), [(Level.ERROR, 1), (Level.WARNING, 1), (Level.INFO, 0)])
def test_lower_levels_can_be_left_out(own: Level, count: int) -> None:
    each = rule(find="布署", level=own)
    assert len(check(Text.of("布署"), Settings(least=Level.WARNING), book(each))) == count
    raised = Settings(least=Level.WARNING, levels={"Z001": Level.ERROR})
    assert len(check(Text.of("布署"), raised, book(each))) == 1


def test_a_rule_of_another_profile_is_silent() -> None:
    web = rule(find="布署", profiles=("网页",))
    assert found("布署", web) == []
    assert len(found("布署", web, settings=Settings(profile="网页"))) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("布署", FixKind.SAFE),
        ("他说“要布署好”", None),
        ("《布署办法》", None),
    ],
)
def test_words_of_quotations_and_titles_have_no_fix(text: str, kind: FixKind | None) -> None:
    finding = check(Text.of(text), None, book(SWAP))[0]
    assert (finding.fix.kind if finding.fix else None) == kind


def test_marks_in_a_quotation_are_only_suggested() -> None:
    comma = rule(find=",", replace="，", fix=FixKind.SAFE)
    finding = check(Text.of("他说“好,好”"), None, book(comma))[0]
    assert finding.fix
    assert finding.fix.kind is FixKind.SUGGESTED


def test_the_value_of_a_figure_is_only_suggested() -> None:
    wide, other = rule(find="１", replace="1", fix=FixKind.SAFE), rule(find="5", replace="6", fix=FixKind.SAFE)
    kinds = [check(Text.of(text), None, book(each))[0].fix for text, each in (("１", wide), ("5", other))]
    assert [each.kind for each in kinds if each] == [FixKind.SAFE, FixKind.SUGGESTED]


def test_fixes_go_on_until_nothing_is_found() -> None:
    double = rule(find="，，", replace="，", fix=FixKind.SAFE)
    fixed, done = fix(Text.of("好，，，，好"), None, rules=book(double))
    assert fixed.string == "好，好"
    assert len(done) >= 2


def test_of_two_fixes_for_one_place_the_graver_is_made() -> None:
    light = rule("Z002", find="布署", replace="布置", fix=FixKind.SAFE, level=Level.INFO)
    assert fix(Text.of("布署"), None, rules=book(light, SWAP))[0].string == "部署"


def test_a_guess_gives_way_to_a_safe_fix_of_its_group() -> None:
    guess = rule("Z002", find="任务布署", replace="任务部署", fix=FixKind.SUGGESTED)
    assert found("任务布署，任务", SWAP, guess) == [("Z001", 1, 3)]
    assert found("任务布署", guess) == [("Z002", 1, 1)]


words = st.text(alphabet="布署部，,。一“”《》1２ \n", max_size=60)


@given(words)
def test_the_accelerator_finds_the_same(text: str) -> None:
    pytest.importorskip("ahocorasick_rs")
    plain = check(Text.of(text), fast=False)
    assert check(Text.of(text), fast=True) == plain


@given(words)
def test_every_finding_lies_in_the_text(string: str) -> None:
    text = Text.of(string)
    for finding in check(text, fast=False):
        assert text.string[finding.start : finding.end] == finding.text
        assert text.place(finding.start) == (finding.line, finding.column)


@given(words)
def test_a_fixed_text_has_nothing_left_to_fix(string: str) -> None:
    fixed, _ = fix(Text.of(string))
    assert fix(fixed)[1] == ()


@pytest.mark.parametrize("each", [rule for rule in rulebook().rules if rule.find and rule.near], ids=lambda r: r.id)
def test_no_match_is_lost_for_want_of_a_literal(each: Rule) -> None:
    """`near` only saves time: every match in the examples lies in a line that holds one of the literals."""
    for example in each.examples:
        text = Text.of(example.wrong)
        for match in each.regex.finditer(text.prose):
            row = text.row(match.start())
            assert any(literal in text.lines[row] for literal in each.near)


def test_a_line_that_is_taken_away_goes_with_its_end() -> None:
    text = open_text("讲话到此为止。\r\n\r\n上一篇：另一篇讲话\r\n\r\n谢谢大家。\r\n来源：某某网".encode(), "稿.txt")
    fixed, _ = fix(text, Settings(select=("S021",)), suggested=True)
    assert isinstance(fixed, Plain)
    assert fixed.encoded().decode() == "讲话到此为止。\r\n\r\n谢谢大家。"


def test_a_rule_yields_to_one_that_says_more() -> None:
    said = "开展“四送”（春送岗位、夏送清凉、冬送温暖）活动。"
    assert [finding.rule for finding in check(Text.of(said))] == ["O017"]
    assert [finding.rule for finding in check(Text.of(said), Settings(ignore=("O017",)))] == ["S009"]

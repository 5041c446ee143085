"""Marks and spaces: what a fix changes and what it never touches."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.check import Finding, Profile, Settings, Text, check, fix
from drafter.check.fixing import chosen

MARKS = Settings(select=("P",))
WORDS = ["工会", "职工", "App", "2026", "98%", "3.5", "一", "WTO", "张 三", "https://a.cn/b?c=d", "第1条", "五四"]
SIGNS = list(",.;:!?()\"'~-–…，。、；：？！“”‘’《》（）〈〉「」【】·•— \u3000\n|#*`[]_/&+=<>１Ａ")
PIECES = st.lists(st.sampled_from(WORDS + SIGNS), max_size=24).map("".join)
KINDS = st.sampled_from(["txt", "md"])
PROFILES: st.SearchStrategy[Profile] = st.sampled_from(["公文", "新闻", "网页"])


def found(string: str, rule: str, kind: str = "txt") -> tuple[Finding, ...]:
    return check(Text.of(string, kind=kind), Settings(select=(rule,)))  # type: ignore[arg-type]


def mended(string: str, kind: str = "txt", *, suggested: bool = True) -> str:
    return fix(Text.of(string, kind=kind), MARKS, suggested=suggested)[0].string  # type: ignore[arg-type]


def said(string: str) -> str:
    """Letters, digits and Chinese characters, whatever their width."""
    return "".join(char for char in unicodedata.normalize("NFKC", string) if char.isalnum())


@given(PIECES, KINDS, PROFILES)
def test_a_fix_comes_to_an_end_and_changes_nothing_that_is_said(string: str, kind: str, profile: Profile) -> None:
    settings = Settings(select=("P",), profile=profile)
    text = Text.of(string, kind=kind)  # type: ignore[arg-type]
    for suggested in (False, True):
        once = fix(text, settings, suggested=suggested)[0]
        assert said(once.string) == said(string)
        assert fix(once, settings, suggested=suggested)[0].string == once.string


@given(PIECES, KINDS)
def test_a_safe_fix_leaves_quotations_and_titles_as_they_are(string: str, kind: str) -> None:
    text = Text.of(string, kind=kind)  # type: ignore[arg-type]
    inside = [text.string[slice(*span)] for spans in (text.quoted, text.titled) for span in spans]
    fixed = mended(string, kind, suggested=False)
    assert all(each in fixed for each in inside)


@given(PIECES)
def test_places_of_edits_are_inside_their_finding_or_beside_it(string: str) -> None:
    text = Text.of(string)
    for finding in check(text, MARKS):
        row = text.row(finding.start)
        assert text.string[finding.start : finding.end] == finding.text
        assert all(text.row(edit.start) == row for edit in finding.fix.edits) if finding.fix else True


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('各位领导,同志们:今天学习"十五五"规划.', "各位领导，同志们：今天学习“十五五”规划。"),
        ("增长3.5%,达到1,000人;超过10:1.", "增长3.5%，达到1,000人；超过10:1."),
        ("他说:'要有\"钉钉子\"精神'。", "他说：‘要有“钉钉子”精神’。"),
        ("推进 App 和 5G 应用 ，完成 98 % 。", "推进App和5G应用，完成98%。"),
        ("总工发[2026]5号(试行)...", "总工发〔2026〕5号（试行）……"),
    ],
)
def test_a_dirty_sentence(wrong: str, right: str) -> None:
    assert mended(wrong) == right


@pytest.mark.parametrize(
    "string",
    [
        "# 标题\n\n- 第一条\n- 第二条\n\n> 引文\n\n1. 一项\n",
        "用 `make test` 检查，见[说明](https://a.cn/中文,页)。",
        '<a href="x,y">网页</a>和 <code>a,b</code> 都不动。',
        "---\ntitle: 标题,副题\n---\n正文。",
        "```\n代码,不动\n```\n正文。",
        "| 指标 | 目标 |\n|---|---|\n| 人数 | 3 |",
        "**加粗** 和 *斜体* 的文字。",
        "::: tip\n提示。\n:::",
    ],
)
def test_markdown_keeps_its_markup(string: str) -> None:
    assert mended(string, "md") == string


@pytest.mark.parametrize(
    "string",
    [
        "Official speeches (讲话), first for unions, are read by people who write them every day.",
        "It’s ‘been’ said: “wait…”",
        "a,b;c:d!e?f(g)...",
        "",
        "\n\n",
    ],
)
def test_english_is_left_alone(string: str) -> None:
    assert mended(string) == string


@pytest.mark.parametrize(
    ("string", "marks"),
    [
        ("《工会法规定", ["《"]),
        ("工会法》规定", ["》"]),
        ("他说：“要抓好落实。\n下一段。", ["“"]),
        ("“第一段。\n“第二段。”\n", []),
        ("他说：\n“第一段。\n\n“第二段。”\n", []),
        ("（见《关于印发〈办法〉的通知》（试行））", []),
        ("“要有《三定》方案”", []),
        ("“要有《三定”方案", ["《"]),
        ("1）提高认识；2）抓好落实。", []),
        ("（a）b）", ["）"]),
        ("‘双减”", ["‘", "”"]),
        ("the workers’ house和James’s书", []),
    ],
)
def test_pairs(string: str, marks: list[str]) -> None:
    assert [each.text for each in found(string, "P026")] == marks


def test_pairs_in_markdown_may_stand_on_several_lines() -> None:
    assert not found("他说：“要\n抓好”落实。\n\n（完\n了）", "P026", "md")
    assert found("他说：“要\n\n抓好”落实。", "P026", "md")


@pytest.mark.parametrize(
    ("string", "level"),
    [
        ("一、提高政治站位。\n" + "要把学习贯彻作为首要任务，" * 4 + "抓好落实。", "warning"),
        ("一、提高政治站位。\n二、抓好服务保障。", "info"),
    ],
)
def test_a_heading_is_sure_only_above_running_text(string: str, level: str) -> None:
    assert found(string, "P023")[0].level == level


@pytest.mark.parametrize("sign", "，。、；：？！）》”")
def test_a_line_does_not_begin_with_a_point(sign: str) -> None:
    assert found(f"加强领导\n{sign}抓好落实", "P029")
    assert not found(f"加强领导{sign}抓好落实", "P029")


def test_spaces_that_are_layout_stay() -> None:
    for string in ("　　同志们：", "目 录", "张 三、李四、王 五", "单位名称      2026", "某某市总工会 2026年11月20日"):
        assert mended(string) == string


def test_an_official_text_and_a_web_page_want_opposite_spaces() -> None:
    web = Settings(select=("P",), profile="网页")
    tight, wide = "使用App办理3项业务。", "使用 App 办理 3 项业务。"
    assert mended(wide) == tight
    assert fix(Text.of(tight), web)[0].string == wide


def test_a_switch_is_no_text() -> None:
    assert found("各位领导,<!-- check: off-line P001 -->", "P001") == ()
    assert re.search(",", mended("各位领导,<!-- check: off-line P001 -->"))


def test_edits_of_one_round_touch_different_characters() -> None:
    string = "各位领导,同志们：(今天)开会,、请准时.. 好。。" * 300
    findings = chosen(check(Text.of(string), MARKS), suggested=True)
    ranges = sorted((edit.start, edit.end) for each in findings if each.fix for edit in each.fix.edits)
    assert len(ranges) > 1000
    assert all(last <= start for (_, last), (start, _) in pairwise(ranges))

"""Headings, counting words, promises and residue: what is found in a whole text, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.check import Finding, Level, Settings, Text, check, fix
from drafter.check.skeleton import Skeleton, skeleton
from drafter.chinese.numerals import numeral


def found(string: str, *rules: str, stage: str = "定稿", kind: str = "txt") -> list[Finding]:
    settings = Settings(select=rules or ("S",), stage=stage)  # type: ignore[arg-type]
    return list(check(Text.of(string, kind=kind), settings))  # type: ignore[arg-type]


def speech(*titles: str, opening: str = "同志们：\n今天开一个会。") -> str:
    parts = [f"{numeral(n)}、{title}\n这一部分的正文写在这里。" for n, title in enumerate(titles, 1)]
    return "\n".join([opening, *parts])


def test_a_skeleton_knows_levels_parents_and_scopes() -> None:
    frame = Skeleton("一、建会\n（一）摸底。逐户走访。\n（二）上门\n1.讲政策。\n2.办手续。\n二、入会\n正文。")
    assert [(h.system, h.ordinal, h.text, h.own) for h in frame.headings] == [
        ("一、", 1, "建会", True),
        ("（一）", 1, "摸底", False),
        ("（一）", 2, "上门", True),
        ("1.", 1, "讲政策", True),
        ("1.", 2, "办手续", True),
        ("一、", 2, "入会", True),
    ]
    tops, inner, items = frame.lists
    assert tops.parent is None
    assert inner.parent == frame.headings[0]
    assert items.parent == frame.headings[2]
    start, end = tops.scope(0)
    assert frame.prose[start:end].startswith("一、建会")
    assert frame.prose[start:end].endswith("2.办手续。\n")
    assert [h.text for h in frame.above(frame.prose.index("办手续"))] == ["办手续", "上门", "建会"]


MARKS = "一、 一. 一． （一） (一) （一）、 1. 1、 1） （1） ①"


@pytest.mark.parametrize("line", [f"{mark}建会" for mark in MARKS.split()])
def test_right_and_wrong_marks_are_headings(line: str) -> None:
    (heading,) = Skeleton(line).headings
    assert (heading.ordinal, heading.text) == (1, "建会")


@pytest.mark.parametrize(
    "line", ["1.5万人入会", "一、二等奖若干", "一、二、三等奖", "2026年，我们", "3月12日开会", "第一批人员到岗"]
)
def test_figures_and_ranges_are_no_headings(line: str) -> None:
    assert Skeleton(line).headings == ()


def test_a_skeleton_is_made_once() -> None:
    text = Text.of("一、建会")
    assert skeleton(text) is skeleton(text)


@given(st.integers(2, 12), st.integers(0, 40))
def test_a_gapless_list_is_silent_and_a_gap_is_found_where_it_is(count: int, seed: int) -> None:
    lines = [f"{numeral(n)}、任务\n正文写在这里，没有别的话。" for n in range(1, count + 1)]
    assert found("\n".join(lines), "S001") == []
    at = seed % count
    if 0 < at < count - 1:
        (finding,) = found("\n".join(lines[:at] + lines[at + 1 :]), "S001")
        assert finding.text.strip() == f"{numeral(at + 2)}、"
        assert f"“{numeral(at + 1)}、”" in finding.message


def test_a_repeated_number_is_told_once_with_the_one_expected() -> None:
    text = "一、回顾\n正文。\n二、做法\n正文。\n二、问题\n正文。\n三、建议\n正文。"
    (finding,) = found(text, "S001")
    assert (finding.level, finding.line) == (Level.ERROR, 5)
    assert "应为“三、”" in finding.message


def test_a_count_begins_anew_after_a_title_or_a_lead_in() -> None:
    one = speech("建会", "入会")
    assert found(f"{one}\n在表彰大会上的讲话\n{one}", "S001") == []
    assert found(f"{one}\n最后，我再强调两点，请大家记住：\n一、抓紧\n正文。\n二、抓实\n正文。", "S001") == []
    assert found("目录\n一、建会\n二、入会\n一、建会\n正文。\n二、入会\n正文。", "S001") == []
    assert found(f"{one}\n这里接着是一段写得很长、不是标题的正文，它后面不该又从头数起。\n一、抓紧", "S001")


def test_numbers_in_the_middle_of_a_line_fill_a_gap() -> None:
    assert found("（一）摸底；（二）上门；\n（三）入会；\n（四）帮扶。", "S001", "S003") == []
    assert found("（一）摸底；\n（三）入会；\n（四）帮扶。", "S001")


def test_markdown_may_number_all_items_with_one() -> None:
    assert found("## 任务\n\n1. 建会\n1. 入会\n1. 维权", "S001", kind="md") == []


def test_an_extract_that_begins_in_the_middle_is_no_error() -> None:
    (finding,) = found("二、做法\n正文。\n三、问题\n正文。", "S001")
    assert finding.level is Level.WARNING


def test_counting_words_may_nest_and_begin_anew() -> None:
    text = (
        "一、组织\n首先，抓建会。一是摸底。二是上门。其次，抓入会。一是宣传。二是登记。三是建档。最后，抓规范。\n"
        "二、服务\n一要快。二要准。三要实。"
    )
    assert found(text, "S004", "S005", "S006") == []


def test_mixed_counting_words_are_found_once_a_section() -> None:
    section = "首先，抓建会。\n其次，抓入会。\n第三，抓规范。\n最后，抓作风。"
    findings = found(f"一、组织\n{section}\n二、服务\n{section}", "S006")
    assert [finding.line for finding in findings] == [4, 9]
    assert "“首先”和“第三”" in findings[0].message


@pytest.mark.parametrize(
    ("said", "titles", "wrong"),
    [
        ("下面，我讲三点意见。", 3, False),
        ("下面，我讲三点意见。", 4, True),
        ("下面，我就做好工作谈两个方面的意见：", 3, True),
        ("借此机会，我讲3点意见。", 2, True),
        ("下面，我讲几点意见。", 4, False),
        ("刚才，王明同志讲了三点意见。", 2, False),
    ],
)
def test_a_promised_number_of_points_is_kept(said: str, titles: int, wrong: bool) -> None:
    findings = found(speech(*["抓好组织建设"] * titles, opening=f"同志们：\n{said}"), "S007")
    assert bool(findings) is wrong
    if wrong:
        assert f"后面有{titles}" in findings[0].message


def test_a_text_that_breaks_off_is_given_the_benefit_of_the_doubt() -> None:
    text = "下面，我讲三点意见。\n一、建会\n正文写在这里。\n二、入会\n"
    text += "这一段很长很长，写着写着就断了，后面还有没有别的意思，看的人并不知道，因为稿"
    assert [finding.level for finding in found(text, "S007")] == [Level.INFO]
    assert [finding.level for finding in found(text + "子完了。", "S007")] == [Level.ERROR]


def test_a_promise_inside_a_section_is_measured_there() -> None:
    text = "一、认识\n我想讲两点。一是重要。二是紧迫。\n二、任务\n正文。\n三、责任\n正文。"
    assert found(text, "S007") == []
    assert found(text.replace("讲两点", "讲三点"), "S007")


def test_a_promise_kept_by_counting_words_is_not_measured_by_headings() -> None:
    text = "下面，我讲两点意见。\n第一，抓建会。\n（一）摸底\n（二）上门\n（三）登记\n第二，抓入会。\n正文。"
    assert found(text, "S007") == []


def test_a_list_goes_on_in_the_next_paragraph_and_may_hold_another() -> None:
    text = "我再强调三点。一是抓紧。二是抓实。\n三是抓好。\n大家要记住两句话。一是不等。二是不靠。"
    assert found(text, "S007", "S008") == []
    nested = "今年做好三项工作。一是建会。二是入会。要分两步：一是宣传，二是登记。三是维权。"
    assert found(nested, "S008") == []
    (finding,) = found("今年做好三项工作。一是建会。\n二是入会。\n要求有两个方面。一是快。二是准。", "S008")
    assert "后面列了2项" in finding.message


def test_the_problem_without_a_measure_is_named() -> None:
    problems = (
        "一是经费筹集难。来源单一，没有稳定渠道。二是部门协作少。信息不通，各干各的。三是阵地设施旧。场地小、设备老。"
    )
    measures = "一是建立协作联席机制。各部门定期会商。二是拓宽经费渠道。财政拨一点、社会捐一点。"
    (finding,) = found(f"一、存在问题\n{problems}\n二、意见建议\n{measures}", "S029")
    assert "阵地设施旧" in finding.message
    assert "3个问题" in finding.message
    assert "2条措施" in finding.message


def test_headings_as_problems_and_measures() -> None:
    problems = "（一）经费不足。\n（二）人手不够。\n（三）阵地不全。"
    assert found(f"一、主要问题\n{problems}\n二、下步打算\n（一）筹经费。\n（二）添人手。", "S029")
    assert (
        found(f"一、主要问题\n{problems}\n二、下步打算\n（一）筹经费。\n（二）添人手。\n（三）建阵地。", "S029") == []
    )


def test_a_blank_is_an_error_in_a_final_text_and_an_info_in_a_draft() -> None:
    text = "XX市总工会今年慰问职工____人。"
    assert {finding.level for finding in found(text, "S012")} == {Level.ERROR}
    assert {finding.level for finding in found(text, "S012", stage="草稿")} == {Level.INFO}
    assert found("负责人（签字）：________", "S012") == []
    assert len(found("{{单位}}工会主席作了发言。", "S012")) == 1


def test_the_gaps_of_drafter_are_one_info() -> None:
    (finding,) = found("今年慰问【待补：户数】户、【待补：人数】人，【待补：户数】户脱困。", "S012")
    assert finding.level is Level.INFO
    assert "有3处等着补：户数、人数" in finding.message


def test_a_repeated_stretch_is_told_once() -> None:
    stretch = "各级工会要把困难职工的底数摸清楚、摸准确。要把帮扶的办法落实到每一户、每一人。"
    (finding,) = found(f"{stretch}\n其他工作照常推进。\n{stretch}", "S013")
    assert (finding.line, finding.level) == (3, Level.WARNING)
    assert "第1行" in finding.message


def test_a_paragraph_that_is_nearly_an_earlier_one_is_found() -> None:
    one = "各级工会要把困难职工的底数摸清楚，一户一档登记，一户一策帮扶，一季一访看变化，"
    one += "情况变了办法跟着变，档案不能睡在柜里，钱物发放贴出来请职工监督。"
    (finding,) = found(f"{one}\n其他工作照常推进。\n{one.replace('登记', '建立')}", "S013")
    assert (finding.line, finding.level) == (3, Level.WARNING)
    assert "与第1行有" in finding.message


def test_limits_of_sentences_are_settings() -> None:
    text = Text.of("工会要把困难职工的底数摸清楚，把帮扶的办法定下来，把帮扶的责任落实到人。")
    assert not check(text, Settings(select=("S014",)))
    (finding,) = check(text, Settings(select=("S014",), limits={"sentence": 20}))
    assert "33字" in finding.message


def test_a_traditional_paragraph_is_one_finding_and_is_put_right() -> None:
    text = Text.of("推動工會改革，把服務送到職工身邊。\n各级工會要抓好落实，把服务送到职工身边去，一件一件办好。")
    findings = check(text, Settings(select=("S018",)))
    assert [(finding.line, "繁体字" in finding.message) for finding in findings] == [(1, True), (2, True)]
    fixed, _ = fix(text, Settings(select=("S018",)))
    assert fixed.lines == (
        "推动工会改革，把服务送到职工身边。",
        "各级工会要抓好落实，把服务送到职工身边去，一件一件办好。",
    )


def test_a_quotation_keeps_its_traditional_characters() -> None:
    text = Text.of("匾上写着“勞動光榮”四个字，职工进门就能看见，心里暖和。")
    findings = check(text, Settings(select=("S018",)))
    assert findings
    assert all(finding.fix is None for finding in findings)


def test_residue_of_the_web_is_cleaned() -> None:
    text = Text.of("领(lǐng)导&ldquo;五一&rdquo;讲\u200b话。\n落实; k1 Q* [1 M: u) 责任。\n-是加强领导。")
    fixed, _ = fix(text, Settings(select=("S",)), suggested=True)
    assert fixed.string == "领导“五一”讲话。\n落实责任。\n一是加强领导。"


def test_censored_names_are_errors_and_bold_type_is_not() -> None:
    assert found("推进**新区综合配套改革，**年是关键之年。", "S025")
    assert found("**一、提高认识**\n正文。", "S025") == []
    assert found("要抓好**建会**和**入会**。", "S025", kind="md") == []


CLEAN = [
    "第三条 工会履行职责：\n（一）维护权益。\n（二）服务职工。\n第四条 工会会员享有权利。\n（一）选举。\n（二）监督。",
    "第一章 总则\n第一节 目的\n正文。\n第二节 范围\n正文。\n第二章 组织\n第一节 机构\n正文。\n第二节 人员\n正文。",
    "主要任务如下：\n1.摸底。\n2.上门。\n有关要求如下：\n1.抓紧。\n2.抓实。",
    "首先，我代表市总工会向大家表示感谢！\n一、回顾\n首先，抓组织。其次，抓服务。最后，抓队伍。\n二、要求\n第一，抓紧。第二，抓实。",
    "会议强调三点：一是抓紧；二是抓实。",
    "深化“四送”（春送岗位、夏送清凉、秋送助学、冬送温暖）品牌，体现“三性”（政治性、先进性、群众性）。",
    "问题一是缺人，二是缺钱，三是缺地方。",
    "问：怎么建会？\n答：分三步。一、申请。二、批复。三、选举。\n问：怎么入会？\n答：分两步。一、申请。二、审批。",
    "参加会议的有以下五类人员：主席、副主席，各部门负责人，职工代表。",
    "某市一家企业欠薪，职工找到工会。",
    "一是建会，二是入会；与此同时，一是宣传，二是培训，三是督导。",
]


@pytest.mark.parametrize("text", CLEAN)
def test_usual_texts_hold_no_error_and_no_warning(text: str) -> None:
    assert [finding for finding in found(text) if finding.level is not Level.INFO] == []


@given(
    st.text(
        alphabet="一二三四五六七八九十1２3、.（）()①首先其次再最后是要第点项个方面讲“”：；。，\n#*XX【】& <会",
        max_size=200,
    )
)
def test_any_text_is_read_without_an_exception(string: str) -> None:
    for finding in check(Text.of(string), Settings(select=("S", "C"))):
        assert 0 <= finding.start <= finding.end <= len(string)


@pytest.mark.parametrize("end", ["试读结束，查看剩余内容请下载", "更多精彩内容请关注公众号", "（未完待续）", "……"])
def test_a_text_that_breaks_off_may_keep_its_promise_later(end: str) -> None:
    text = speech("提高认识", "突出重点", opening="同志们：\n下面，我讲三点意见。")
    assert [finding.level for finding in found(text, "S007")] == [Level.ERROR]
    assert [finding.level for finding in found(f"{text}\n{end}", "S007")] == [Level.INFO]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("做到“五个坚持”：坚持党的领导，坚持服务职工。", 1),
        ("做到“两个坚持”：坚持党的领导，坚持服务职工。", 0),
        ("强化三种意识：政治意识、责任意识和服务意识。", 0),
        ("“双减”（减轻作业负担和校外培训负担）", 0),
        ("“三服务”（服务企业）", 1),
        ("“三个一”（一个阵地、一支队伍、一套制度）", 0),
    ],
)
def test_members_are_counted_by_the_word_that_they_share(text: str, wanted: int) -> None:
    assert len(found(text, "S009")) == wanted


def test_a_line_of_lists_takes_no_time_out_of_proportion() -> None:
    assert len(found("四种意识：政治意识、" * 8000, "S009")) < 20

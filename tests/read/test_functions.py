"""What each stretch of an old text does: by its words, its place, the list it stands in and what stands above it."""

from __future__ import annotations

import pytest

from drafter.read import Imported, Passage, read

TITLE = "在全县工会工作会议上的讲话"
ASKED = "各镇工会要把名册建起来，把人员配起来，把制度立起来，一件一件抓落实。"


def text_of(*lines: str) -> Imported:
    return read("\n".join(lines).encode(), name="旧稿.txt")


def at(result: Imported, start: str) -> Passage:
    return next(passage for passage in result.passages if passage.text.text.startswith(start))


@pytest.mark.parametrize(
    ("function", "text"),
    [
        ("context", "今天，我们开这次全县工会工作会议，主要任务是总结上半年的工作，部署下半年的任务。"),
        ("open-thank", "在此，我代表县总工会，向受表彰的同志表示热烈的祝贺！"),
        ("echo", "刚才，三个单位作了发言，讲得都很好，我完全同意。"),
        ("honor", "这次大会表彰了先进集体十个、先进个人三十名，授予他们“建功标兵”称号。"),
        ("arrange", "出席今天会议的有县委副书记、县总工会主席，参加会议的还有各镇工会主席。"),
    ],
)
def test_what_opens_a_speech(function: str, text: str) -> None:
    result = text_of(TITLE, "同志们：", text, "下面，我讲两点意见。", "一、提高认识，增强责任感", ASKED)
    assert at(result, text[:4]).function == function


@pytest.mark.parametrize(
    ("function", "heading"),
    [
        ("situation", "认清形势，增强做好工作的紧迫感"),
        ("situation", "总结教训，分析形势，切实增强安全生产的责任感"),
        ("achieve", "回顾过去，各项工作取得新进展"),
        ("problem", "存在的主要问题"),
        ("exper", "几点体会"),
        ("suggest", "对策建议"),
        ("self", "加强自身建设，提高干部素质"),
        ("safeguard", "加强领导，落实责任"),
        ("task", "突出重点，抓好组建工作"),
        ("overall", "总体要求"),
    ],
)
def test_what_a_heading_announces(function: str, heading: str) -> None:
    assert at(text_of(TITLE, "同志们：", f"一、{heading}", ASKED), "一、").function == function


def test_a_heading_that_tells_nothing_is_told_by_what_stands_under_it() -> None:
    done = "一年来，先后开展培训12次，累计帮扶职工300人，发放慰问金20万元，得到了职工的好评。"
    result = text_of("某镇工会的材料", "一、以职工为中心", done, "二、以基层为重点", done)
    assert at(result, "一、").function == "achieve"


def test_a_concession_makes_a_problem_even_among_tasks() -> None:
    result = text_of(
        TITLE, "同志们：", "一、突出重点，抓好组建工作",
        "近年来组建工作取得了一定的进展，完成了任务。但我们应清醒地看到，小企业的工会仍然难建，办法不多，力量不足。",
        ASKED,
    )  # fmt: skip
    assert at(result, "近年来").function == "problem"
    assert at(result, "各镇工会").function == "task"


def test_items_of_one_list_do_the_same_and_hand_it_to_their_paragraphs() -> None:
    result = text_of(
        "在职工技能大赛开幕式上的致辞", "各位选手：", "借此机会，我提三点希望。",
        "一是在比赛中赛出水平。", "台上几分钟，台下几年功，大家练得都很苦。",
        "二是在交流中增进友谊。", "来自各个厂的能手聚在一起，机会难得。",
        "三是在岗位上再立新功。", "比赛只有一天，工作天天都在。",
    )  # fmt: skip
    told = {p.text.text[:6]: p.function for p in result.passages if p.role in ("enum", "body")}
    assert set(told.values()) == {"hope"}


def test_an_address_in_the_middle_closes_its_chapter() -> None:
    result = text_of(
        TITLE, "同志们：", "一、突出重点，抓好组建工作", ASKED,
        "同志们！要进一步把人组织起来，切实把事办好，各级工会要切实负起责任。",
        "二、加强领导，落实责任", ASKED,
    )  # fmt: skip
    assert [p.function for p in result.passages if p.text.text.startswith(("同志们！", "要进一步"))][-1] == "call"


def test_the_last_paragraph_calls_or_wishes() -> None:
    body = ("一、突出重点，抓好组建工作", ASKED, "二、加强领导，落实责任", ASKED)
    call = text_of(TITLE, "同志们：", *body, "同志们，让我们以这次会议为契机，为开创工会工作新局面而努力奋斗！")
    wish = text_of(TITLE, "同志们：", *body, "最后，祝大家身体健康、工作顺利！谢谢大家！")
    assert at(call, "同志们，").function == "call"
    assert at(wish, "最后").function == "wish"


def test_the_kind_of_text_tells_how_it_opens() -> None:
    done = "今年以来，全县工会在县委领导下，新建工会30家，培训职工900人，较好地完成了全年任务。"
    summary = text_of("县总工会2025年工作总结", done, "一、抓组建", done, "二、抓培训", done)
    assert at(summary, "今年以来").function == "appraise"
    assert at(summary, "一、").function == "achieve"


def test_confidence_follows_what_is_there_to_see() -> None:
    clear = text_of(TITLE, "同志们：", "在此，我代表县总工会，向受表彰的同志表示热烈的祝贺！", "一、提高认识", ASKED)
    vague = text_of("一篇短文", "一、花与树", "云来云去，水清水浅。")
    assert at(clear, "在此").confidence > 0.8
    assert all(passage.confidence < 0.6 for passage in vague.passages if passage.role == "body")

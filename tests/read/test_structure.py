"""Structure: roles, levels by nesting, run-in heads, enumerations, glued lines, compilations, truncation."""

from __future__ import annotations

import json
import time

import pytest

from drafter.document import Role, System
from drafter.library import Library
from drafter.read import Imported, import_json, read
from drafter.read._levels import Numbered, levels
from drafter.read.brief_out import to_brief

CONTEXT = "今天，我们在这里召开全市工会工作会议，主要任务是总结去年工作，部署今年任务。"
PLAIN = "各级工会要把这项工作抓在手上，一个企业一个企业地走到，一件事情一件事情地办好，做到有部署、有检查、有结果。"


def imported(*lines: str) -> Imported:
    return read("\n".join(lines).encode())


def roles(result: Imported) -> list[tuple[str, int, str]]:
    return [(q.role, q.level, q.text.text[:8]) for q in result.passages]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("cn_dun1 cn_paren1 cn_paren2 cn_dun2 cn_paren1", [1, 2, 2, 1, 2]),
        ("cn_paren1 cn_paren2", [1, 1]),
        ("yishi1 yishi2", [1, 1]),
        ("cn_paren1 cn_dun1 cn_dun2 cn_paren2 cn_dun1", [1, 2, 2, 1, 2]),
        ("cn_dun1 ar_dun1 ar_dun2 cn_dun2 ar_dun1", [1, 2, 2, 1, 2]),
        ("cn_dun1 dec1 dec2 cn_dun2", [1, 2, 2, 1]),
        ("cn_dun1 shouxian1 shouxian2 yishi1 yishi2 diyi3 cn_dun2", [1, 2, 2, 3, 3, 2, 1]),
        ("cn_dun1 cn_dun2 diyi3", [1, 1, 1]),
        ("diyi1 yishi1 yishi2 diyi2", [1, 2, 2, 1]),
        ("cn_dun1 yishi1 yishi2 cn_paren1 cn_paren2", [1, 2, 2, 2, 2]),
        ("cn_paren2 cn_paren3 cn_dun2 cn_paren1", [2, 2, 1, 2]),
    ],
)
def test_levels_by_nesting(marks: str, expected: list[int]) -> None:
    assert levels([Numbered(mark[:-1], int(mark[-1])) for mark in marks.split()]) == expected


def test_a_second_list_in_an_attachment_starts_anew() -> None:
    marks = [
        Numbered("cn_dun", 1),
        Numbered("cn_paren", 1),
        Numbered("cn_paren", 1, restart=True),
        Numbered("cn_paren", 2),
    ]
    assert levels(marks) == [1, 2, 1, 1]


def test_a_whole_speech() -> None:
    result = imported(
        "在全市工会工作会议上的讲话",
        "王某某",
        "（2024年3月5日）",
        "同志们：",
        "大家好！" + CONTEXT,
        "下面，我讲两点意见。",
        "一、认清形势，增强做好工作的责任感",
        PLAIN,
        "二、突出重点，抓好今年的任务",
        "（一）建强组织。" + PLAIN,
        "（二）服务职工。" + PLAIN,
        "同志们，任务艰巨，使命光荣。让我们团结起来，为开创工会工作新局面而努力奋斗！谢谢大家！",
    )
    assert [(role, level) for role, level, _ in roles(result)] == [
        ("title", 0),
        ("meta", 0),
        ("meta", 0),
        ("salutation", 0),
        ("greeting", 0),
        ("opening", 0),
        ("transition", 0),
        ("heading", 1),
        ("body", 0),
        ("heading", 1),
        ("heading", 2),
        ("body", 0),
        ("heading", 2),
        ("body", 0),
        ("closing", 0),
        ("closing", 0),
    ]
    assert not result.truncated
    document = result.document
    assert document.meta["title"] == "在全市工会工作会议上的讲话"
    assert document.meta["date"] == "2024-03-05"
    assert document.meta["author"] == "王某某"
    assert [block.role for block in document.blocks[:4]] == [Role.TITLE, Role.SPEAKER, Role.DATE, Role.SALUTATION]
    heading = next(block for block in document.blocks if block.level == 2)
    assert (heading.system, heading.head[0].text, heading.spans[0].text) == (System.CN_PAREN, "建强组织。", PLAIN)
    assert heading.spans[0].origin.ref == "10"
    assert [q.function for q in result.passages if q.role in ("opening", "transition", "heading")][:3] == [
        "context",
        "trans",
        "situation",
    ]


def test_a_speech_on_one_line_comes_apart() -> None:
    glued = (
        f"在全市工会工作会议上的讲话同志们：{CONTEXT}刚才，三个单位作了发言。下面，我讲两点意见：一、认清形势，增强责任感近年来，工会工作有了进步。{PLAIN}"
        f"二、抓好落实，把责任压到每个岗位各级工会要行动起来，一件事一件事地办好。{PLAIN}"
    )
    result = imported(glued)
    assert [(role, text) for role, _, text in roles(result)] == [
        ("title", "在全市工会工作会"),
        ("salutation", "同志们："),
        ("opening", "今天，我们在这里"),
        ("opening", "刚才，三个单位作"),
        ("transition", "下面，我讲两点意"),
        ("heading", "一、认清形势，增"),
        ("body", "近年来，工会工作"),
        ("heading", "二、抓好落实，把"),
        ("body", "各级工会要行动起"),
    ]


def test_items_inside_and_across_paragraphs() -> None:
    inside = imported(
        "一、抓好任务",
        "要做好三件事：一是摸清底数；二是建好台账；三是抓好落实。",
        "二、压实责任",
        "一是主席要抓。" + PLAIN,
        "二是干部要跑。" + PLAIN,
    )
    items = [(q.role, q.sub, q.level, q.ordinal) for q in inside.passages if q.system == "yishi"]
    assert items == [("enum", "inline", 2, n) for n in "一二三"] + [("enum", "own_para", 2, n) for n in "一二"]


def test_unnumbered_heads_and_repeats() -> None:
    topics = [f"{name}。{PLAIN}" for name in ("劳动关系的多样化", "职工需求的多元化", "组织力量的分散化")]
    result = imported(
        "一、认清形势",
        PLAIN,
        *topics,
        "二、回顾工作",
        PLAIN,
        *[f"我们{verb}这项工作，{PLAIN}" for verb in ("推动", "抓实", "做细")],
    )
    assert [q.level for q in result.passages if q.system == "topic"] == [2, 2, 2]
    assert [(q.role, q.sub) for q in result.passages if q.system == "women"] == [("enum", "anaphora")] * 3


def test_a_host_goes_through_the_agenda() -> None:
    result = imported(
        "全市工会工作会议主持词",
        "同志们：",
        CONTEXT,
        "今天的会议议程有两项：",
        "1.宣读决定",
        "2.领导讲话",
        "下面，进行第一项，请王某宣读决定。",
        "（宣读完毕）",
        "下面，进行第二项，请李某讲话。",
    )
    assert [(q.role, q.sub) for q in result.passages[3:]] == [
        ("agenda", "head"),
        ("agenda", "list"),
        ("agenda", "list"),
        ("agenda", "step"),
        ("stage", ""),
        ("agenda", "step"),
    ]


def test_a_compilation_is_parted() -> None:
    result = imported(
        "工会工作总结（精选2篇）", "工会工作总结 篇1", PLAIN, "一、抓组织", PLAIN, "工会工作总结 篇2", PLAIN * 2
    )
    assert len(result.pieces) == 2
    assert "抓组织" in result.text
    assert [entry.kind for entry in result.removed] == ["piece_marker"] * 2
    assert any(entry.kind == "compilation" for entry in result.doubtful)


def test_the_most_particular_title_is_kept_and_repeats_are_named() -> None:
    result = imported(
        "总工会权益保障工作总结", "甲乙区总工会权益保障工作总结", "总工会权益保障工作总结", PLAIN, "一、开展工作", PLAIN
    )
    assert result.document.meta["title"] == "甲乙区总工会权益保障工作总结"
    assert next(q.sub for q in result.passages if q.role == "title") == ""
    assert sum(entry.kind == "title_dup" for entry in result.changed) == 2
    assert result.text.split("\n")[:2] == ["甲乙区总工会权益保障工作总结", PLAIN]


def test_truncation_and_gaps() -> None:
    result = imported(
        "在全市工会工作会议上的讲话",
        "同志们：",
        CONTEXT,
        PLAIN + "此处隐藏512个字……" + PLAIN,
        "……（未完，全文共3600字，请登录后阅读）",
    )
    assert (result.truncated, result.missing) == (True, 3600)
    assert [block.text for block in result.document.blocks if block.role is Role.GAP] == ["【原文此处缺512字】"]


def test_page_fragments_and_hard_wraps_are_joined() -> None:
    long = PLAIN * 6
    pages = imported("1、" + long[:299] + "要把职工的", "2、" + "事情办好。" + PLAIN)
    assert "要把职工的事情办好。" in pages.text
    wrapped = imported("同志们：", CONTEXT + PLAIN + "要把职工的", "事情办好，办到职工心里。")
    assert "要把职工的事情办好，办到职工心里。" in wrapped.text
    assert [block["line"] for block in import_json(wrapped)["blocks"]][-1] == 2 + 1


def test_json_names_what_the_gold_names() -> None:
    result = imported(
        "在全市工会工作会议上的讲话", "返回首页", "同志们：", CONTEXT, "一、抓好落实", "（一）压实责任。" + PLAIN
    )
    data = import_json(result)
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    head = next(block for block in data["blocks"] if block["system"] == "cn_paren")
    wanted = {"line": 6, "role": "heading", "level": 2, "ordinal": "一", "run_in": True, "text": "（一）压实责任。"}
    assert {key: head[key] for key in wanted} == wanted
    assert [(entry["line"], entry["kind"]) for entry in data["removed"]] == [(2, "chrome")]
    assert {"blocks", "removed", "changed", "doubtful"} <= data.keys()


def test_reading_is_deterministic() -> None:
    lines = ("在会上的讲话", "同志们：", CONTEXT, "一、抓好落实", PLAIN)
    assert import_json(imported(*lines)) == import_json(imported(*lines))


def test_the_speaker_may_stand_under_the_date() -> None:
    result = imported(
        "在全市工会工作会议上的讲话", "（2025年3月12日）", "市总工会副主席　周某", "同志们：", CONTEXT, PLAIN
    )
    assert [(q.role, q.sub) for q in result.passages[:4]] == [
        ("title", ""),
        ("meta", "date"),
        ("meta", "speaker"),
        ("salutation", ""),
    ]


def test_the_version_of_a_paper_is_of_its_title() -> None:
    result = imported("某市总工会2026年工作计划", "（征求意见稿）", "各位代表：", CONTEXT, PLAIN)
    assert [(q.role, q.sub) for q in result.passages[:3]] == [("title", ""), ("title", "cont"), ("salutation", "")]


@pytest.mark.parametrize(
    ("last", "cut"),
    [
        (("甲乙区总工会", "2026年3月8日"), False),
        (("甲乙区总工会", "二〇二六年元月6号"), False),
        (("谢谢大家",), False),
        (("祝大家身体健康",), False),
        (("附件：1、2026年重点任务分解表",), False),
        (("甲乙区总工会", "责任编辑：小赵", "版权所有：甲乙区总工会 京ICP备00000000号"), False),
        (("各级工会要抓好落实，把服务送到",), True),
        (("各级工会要把服务送到职工的",), True),
    ],
)
def test_a_line_under_the_text_is_no_text_cut_off(last: tuple[str, ...], cut: bool) -> None:
    result = imported("在全市工会工作会议上的讲话", "同志们：", CONTEXT, "一、抓好落实", PLAIN, *last)
    assert result.truncated == cut
    assert "责任编辑" not in result.text
    assert "版权所有" not in result.text
    if last[0] == "甲乙区总工会":
        signed = [passage for passage in result.passages if passage.text.text == last[0]]
        assert [(passage.role, passage.sub) for passage in signed] == [("meta", "signature")]


@pytest.mark.parametrize("unit", ["工会", "。一、工会", "們讓學習產業職工", "工(gōng)会？", "“工会"])
def test_a_very_long_line_takes_time_by_its_length(unit: str) -> None:
    library = Library.load()
    start = time.process_time()
    to_brief(imported("在全市工会工作会议上的讲话", "同志们：", unit * (60_000 // len(unit))), library)
    assert time.process_time() - start < 15  # a square of the length would be minutes

"""What a brief becomes: sections, lists, gaps, length, origins, on a miniature pack."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.brief import load_brief
from drafter.chinese.enumeration import paragraphs
from drafter.compose import compose, needs
from drafter.document import OriginKind, Role, System
from drafter.errors import BriefError
from drafter.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from drafter.document import Document

BRIEF: dict[str, Any] = {
    "场合": "mini.drive",
    "日期": "2026-03-05",
    "会议": "全市走访推进会",
    "工作": "走访工作",
    "业务": ["走访", "学习"],
    "时长": "1分钟",
    "要素": {"愿景": "走访工作新气象"},
}


def draft(library: Library, **changes: Any) -> Document:
    brief = {**BRIEF, **changes}
    return compose(load_brief({key: value for key, value in brief.items() if value is not None}), library)


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(document)]


def body(document: Document) -> str:
    return "\n".join(texts(document))


def section(**spec: Any) -> list[dict[str, Any]]:
    return [{"功能": "任务部署", "句式": ["mini.task.lines"], **spec}]


def test_a_whole_speech(library: Library) -> None:
    document = draft(library)
    assert texts(document)[:2] == ["在全市走访推进会上的讲话", "（2026年3月5日）"]
    assert "一、突出重点，抓好走访工作" in texts(document)
    assert texts(document)[-1] == "让我们干出走访工作新气象！"
    assert document.functions() == ("trans", "task", "call")
    assert document.meta["genre"] == "speech"


def test_points_counts_the_headings_that_follow(library: Library) -> None:
    parts = [{"功能": "过渡引入", "句式": ["mini.trans.points"]}]
    for number, word in ((2, "两"), (3, "三")):
        document = draft(library, 板块=parts + section(标题="抓好走访") * number)
        assert f"讲{word}点意见" in body(document)


def test_what_is_absent_is_a_marked_gap(library: Library) -> None:
    document = draft(library, 要素=None)
    assert "让我们干出【待补：愿景】！" in body(document)
    ((_, span),) = document.gaps()
    assert span.origin.ref == "要素.愿景"
    assert [note.code for note in document.notes if note.code == "gap"] == ["gap"]


def test_an_optional_pattern_waits_for_its_facts(library: Library) -> None:
    target = {"指标": "建会率", "关系": "超过", "数值": "85.0", "单位": "%", "期限": "年底"}
    assert "建会率" not in body(draft(library))
    document = draft(library, 要素={"愿景": "新气象", "目标": [target]})
    assert "到年底，建会率超过85.0%。" in body(document)
    assert ("要素", "目标") in [need.path for need in needs(load_brief(BRIEF), library)]


def test_numbers_keep_their_source_text(library: Library) -> None:
    brief = load_brief(
        "场合: mini.drive\n会议: 推进会\n工作: 走访\n业务: [走访]\n要素:\n  愿景: 新气象\n"
        "  目标: [{指标: 建会率, 关系: 达到, 数值: 1.10, 单位: 倍, 期限: 年底}]\n"
    )
    assert "建会率达到1.10倍" in body(compose(brief, library))


def test_short_items_share_a_semicolon_and_long_ones_stand_alone(library: Library) -> None:
    short = draft(library, 板块=section(要素={"任务": ["摸清底数", "定准办法", "盯住结果"]}))
    assert "一是摸清底数；二是定准办法；三是盯住结果。" in body(short)
    long = [f"{name}，" + "一户一户走到、一件一件记清、一项一项办好，" * 8 + "让人放心" for name in "甲乙丙"]
    alone = texts(draft(library, 板块=section(要素={"任务": long}), 时长="5分钟"))
    assert [text[:2] for text in alone[-3:]] == ["一是", "二是", "三是"]


def test_an_item_of_two_sentences_makes_all_separators_full_stops(library: Library) -> None:
    items = [{"句": "摸清底数", "展": ["一户一档"]}, "定准办法", "盯住结果"]
    document = draft(library, 板块=section(要素={"任务": items}))
    assert "一是摸清底数。一户一档。二是定准办法。三是盯住结果。" in body(document)


def test_a_run_in_heading_is_one_paragraph_with_its_head_apart(library: Library) -> None:
    parts = section(句式=["mini.task.paren"], 标题="抓好走访")
    document = draft(library, 板块=parts)
    heads = [block for block in document.blocks if block.head]
    assert ["".join(span.text for span in block.head) for block in heads] == [
        "抓实走访，问清冷暖。",
        "办好夜校，提升本领。",
    ]
    assert {(block.role, block.level, block.system) for block in heads} == {(Role.HEADING, 2, System.CN_PAREN)}
    assert any(text.startswith("（二）办好夜校，提升本领。把课开到车间去。") for text in texts(document))


def test_an_item_with_only_its_head_is_no_heading_of_its_own(pack: Path) -> None:
    file = pack / "patterns" / "task" / "paren.j2"
    text = file.read_text(encoding="utf-8").replace("\n- **", "\n**").replace('out: "- **', 'out: "**')
    text = text.replace("{{ 条.句 }}。", "{% if 条.句 %}{{ 条.句 }}。{% endif %}")
    file.write_text(text, encoding="utf-8")
    parts = section(句式=["mini.task.paren"], 标题="抓好走访")
    items = [{"题": "摸清底数", "句": "逐户走访"}, {"题": "盯住结果"}]
    document = draft(Library.load(packs=[pack]), 板块=parts, 要素={"任务": items, "愿景": "新气象"})
    led = [paragraph for paragraph in paragraphs(document) if any(run.head for run in paragraph.runs)][-2:]
    assert [paragraph.text for paragraph in led] == ["摸清底数。逐户走访。", "盯住结果。"]
    assert [(paragraph.level, paragraph.system) for paragraph in led] == [(2, System.NONE)] * 2
    assert all(paragraph.run_in for paragraph in led)


def test_a_nested_list_ends_with_its_item(library: Library) -> None:
    nested = {"句": {"句式": "mini.task.wants", "要求": ["上门", "登记"]}}
    document = draft(library, 板块=section(要素={"任务": [nested, "盯住结果"]}))
    assert "一是要上门；要登记。二是盯住结果。" in body(document)


def test_a_topic_may_be_told_by_another_pattern(library: Library) -> None:
    nested = {"句": {"句式": "mini.task.wants", "要求": ["上门", "登记"]}}
    document = draft(library, 业务=[{"素材": "走访", "任务": nested}, "学习"])
    assert "一是要上门；要登记。二是把课开到车间去。" in body(document)


def test_the_own_words_of_the_brief_replace_those_of_the_topic(library: Library) -> None:
    own = {"素材": "走访", "任务": {"句": "每月走访困难职工", "展": ["当月办结"]}}
    document = draft(library, 业务=[own, "学习"])
    assert "每月走访困难职工。当月办结。" in body(document)
    assert "把走访排进日程" not in body(document)


def test_verbatim_paragraphs_and_headings(library: Library) -> None:
    parts = [{"功能": "任务部署", "标题": "抓好三件事", "正文": ["第一段，一字不改。", "第二段。"]}]
    document = draft(library, 板块=parts)
    assert texts(document)[-3:] == ["一、抓好三件事", "第一段，一字不改。", "第二段。"]
    assert {span.origin.ref for block in document.blocks[-2:] for span in block.spans} == {
        "板块[0].正文[0]",
        "板块[0].正文[1]",
    }


def test_length_is_met_where_the_facts_allow(library: Library) -> None:
    for wanted in (95, 110, 130):
        document = draft(library, 时长=None, 篇幅=f"{wanted}字")
        length = sum(len(p.text) for p in paragraphs(document) if p.role not in (Role.TITLE, Role.DATE))
        assert abs(length - wanted) <= 0.1 * wanted, body(document)


def test_a_speech_is_never_padded(library: Library) -> None:
    document = draft(library, 时长="10分钟")
    (note,) = [note for note in document.notes if note.code == "length"]
    assert "1800" in note.message
    sentences = [s for s in body(document).replace("\n", "。").split("。") if len(s) > 4]
    assert len(sentences) == len(set(sentences))


def test_own_words_go_last_and_are_named(library: Library) -> None:
    more = [f"第{word}件事要办好、办实、办出样子来" for word in "甲乙丙丁戊己庚辛"]
    document = draft(library, 篇幅="100字", 时长=None, 板块=section(要素={"任务": [{"句": "摸底", "展": more}]}))
    dropped = [note.message for note in document.notes if note.code == "dropped"]
    assert dropped
    assert all(any(sentence in message for message in dropped) or sentence in body(document) for sentence in more)


def test_the_tone_chooses_the_variant_and_the_seed_moves_what_is_free(library: Library) -> None:
    assert "这几件事要抓好" in body(draft(library))
    assert "这几件事记牢" in body(draft(library, 语气="平实"))
    assert draft(library, 措辞种子="甲") == draft(library, 措辞种子="甲")


def test_doubtful_facts_and_claims_are_noted(library: Library) -> None:
    target = {"指标": "建会率", "数值": 85, "单位": "%", "期限": "年底", "核实": False, "来源": "旧稿"}
    document = draft(library, 要素={"愿景": "新气象", "目标": [target]})
    notes = {span.origin.note for block in document.blocks for span in block.spans if "目标" in span.origin.ref}
    assert notes == {"未核实，来源：旧稿"}
    assert any(note.code == "unverified" for note in document.notes)


@pytest.mark.parametrize(
    ("changes", "path", "hint"),
    [
        ({"场合": "mini.driv"}, "场合", "mini.drive"),
        ({"板块": [{"功能": "任务布署"}]}, "板块[0].功能", "任务部署"),
        ({"板块": [{"功能": "任务部署", "句式": ["mini.task.line"]}]}, "板块[0].句式[0]", "mini.task.lines"),
        ({"板块": [{"功能": "任务部署", "标题": "mini.heading.dp"}]}, "板块[0].标题", "mini.heading.do"),
        ({"业务": ["走访", "学 习x"]}, "业务[1]", "学习"),
    ],
)
def test_unknown_names_are_errors_at_their_place(
    library: Library, changes: dict[str, Any], path: str, hint: str
) -> None:
    with pytest.raises(BriefError) as caught:
        draft(library, **changes)
    (problem,) = caught.value.problems
    assert problem.place
    assert problem.place.path == path
    assert hint in problem.hint


words = st.text(st.sampled_from("走访职工办事登记核对一二三0123456789%“”《》[]*#-\n "), min_size=1, max_size=30).filter(
    lambda text: text.strip(" \n。；，、;,")
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(words, min_size=1, max_size=5), vision=words)
def test_every_character_has_an_origin_and_nothing_is_invented(library: Library, items: list[str], vision: str) -> None:
    brief = load_brief(
        {**BRIEF, "要素": {"愿景": vision}, "板块": [*section(要素={"任务": items}), {"功能": "结尾号召"}]}
    )
    for block in compose(brief, library).blocks:
        for span in (*block.head, *block.spans):
            if span.origin.kind is OriginKind.BRIEF and span.origin.ref != "日期":
                value: Any = brief.data
                for key in span.origin.ref.replace("[", ".").replace("]", "").split("."):
                    value = value[int(key)] if key.isdigit() else value[key]
                assert span.text in value
            elif span.origin.kind is OriginKind.PATTERN:
                assert not any(char.isdigit() or char in "《》“”" for char in span.text)


def test_a_section_that_is_not_required_waits_for_its_facts(pack: Path) -> None:
    file = pack / "occasions" / "drive.yaml"
    goal = "  - {功能: 目标指标, 标题: 定好目标, 句式: [mini.goal.figures], 必需: false}\n"
    file.write_text(file.read_text(encoding="utf-8") + goal, encoding="utf-8")
    again = Library.load(packs=[pack])
    assert "定好目标" not in body(draft(again))
    assert "一点意见" in body(draft(again))
    target = {"指标": "建会率", "数值": 85, "单位": "%", "期限": "年底"}
    document = draft(again, 要素={"愿景": "新气象", "目标": [target]})
    assert "二、定好目标" in body(document)
    assert "两点意见" in body(document)
    assert ("要素", "目标") in [need.path for need in needs(load_brief(BRIEF), again)]


def test_a_letter_has_a_signature_and_no_dateline(pack: Path) -> None:
    file = pack / "occasions" / "drive.yaml"
    front = "genre: letter\nfront: {title: mini.heading.do, salutation: 无, dateline: false, signature: true}\n"
    file.write_text(
        file.read_text(encoding="utf-8").replace("genre: speech\n", "").replace("sections:", front + "sections:"),
        encoding="utf-8",
    )
    document = draft(Library.load(packs=[pack]), 单位={"名称": "市总工会"})
    assert [block.role for block in document.blocks[:2]] == [Role.TITLE, Role.PARAGRAPH]
    assert [block.text for block in document.blocks if block.role is Role.SIGNATURE] == ["市总工会", "2026年3月5日"]
    unsigned = draft(Library.load(packs=[pack]))
    assert [span.origin.ref for _, span in unsigned.gaps()] == ["单位.名称"]


def test_what_an_occasion_brings_is_a_default_in_its_own_words(pack: Path) -> None:
    file = pack / "occasions" / "drive.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "句式: [mini.call.short]", "句式: [mini.call.short], 要素: {愿景: 好气象}"
    )
    file.write_text(text, encoding="utf-8")
    again = Library.load(packs=[pack])
    document = draft(again, 要素=None)
    assert "让我们干出好气象！" in body(document)
    (span,) = [span for block in document.blocks for span in block.spans if span.text == "好气象"]
    assert (span.origin.kind, span.origin.ref) == (OriginKind.PATTERN, "mini.drive")
    assert "走访工作新气象" in body(draft(again))
    (need,) = [need for need in needs(load_brief({**BRIEF, "要素": {}}), again) if need.path == ("要素", "愿景")]
    assert not need.required


def test_the_first_alternative_whose_facts_are_there(library: Library) -> None:
    parts = [{"功能": "任务部署", "句式": ["mini.goal.figures | mini.task.wants | mini.task.lines"]}]
    assert "一是把走访排进日程" in body(draft(library, 板块=parts))
    assert "要上门。" in body(draft(library, 板块=parts, 要素={"要求": ["上门"]}))


def test_what_is_denied_is_neither_written_nor_a_gap(library: Library) -> None:
    document = draft(library, 要素={"愿景": "无"})
    assert not list(document.gaps())
    assert "让我们" not in body(document)
    assert document.functions() == ("trans", "task")
    assert ("要素", "愿景") not in [need.path for need in needs(load_brief({**BRIEF, "要素": {"愿景": "无"}}), library)]


def test_what_the_brief_says_and_the_text_does_not_is_named(library: Library) -> None:
    facts = {
        "愿景": "新气象",
        "要求": ["上门走访三百户"],
        "目标": [{"指标": "建会率", "数值": 8, "单位": "成", "期限": "年底"}],
    }
    document = draft(library, 要素=facts, 业务=[{"素材": "走访", "问题": "人手太少"}, "学习"])
    lost = [note.message for note in document.notes if note.code == "unused"]
    assert {message.split("“")[1].split("”")[0] for message in lost} == {"要素.要求", "业务[0].问题"}


def test_own_words_stand_without_those_of_the_topic(library: Library) -> None:
    own = {"素材": "走访", "任务": {"句": "每月到户一次"}}
    document = draft(library, 业务=[own, "走访", "学习"], 板块=section(句式=["mini.task.paren"]))
    assert "（一）走访。每月到户一次。" in body(document)
    assert body(document).count("走访。") == 1
    assert "听到的难处当天登记" not in body(document)


def test_numbers_and_marks_that_a_secretary_adds_are_not_doubled(library: Library) -> None:
    items = ["一是人手不足！", "2.经费不够", "（三）场地少"]
    document = draft(library, 板块=section(要素={"任务": items}))
    assert "一是人手不足！二是经费不够。三是场地少。" in body(document)
    straight = draft(library, 要素={"愿景": '"双千"计划的新气象'})
    assert "“双千”计划的新气象" in body(straight)


def test_a_gap_that_the_brief_marks_itself_counts(library: Library) -> None:
    document = draft(library, 要素={"愿景": "【待补：口号】"})
    assert [note.code for note in document.notes if note.code == "gap"] == ["gap"]
    document = draft(library, 要素={"愿景": "【待补：地名】走访工作的【待补：口号】新气象"})
    said = [note.message.partition("（")[0] for note in document.notes if note.code == "gap"]
    assert said == ["地名", "口号"]
    assert [span.text for _, span in document.gaps()] == ["【待补：地名】", "【待补：口号】"]
    assert "让我们干出【待补：地名】走访工作的【待补：口号】新气象！" in body(document)


def test_what_is_too_long_names_the_limit_that_was_given(library: Library) -> None:
    items = {"愿景": "新气象", "任务": [f"第{number}类困难职工每月都要走访到户" for number in range(40)]}
    limits: tuple[dict[str, Any], ...] = ({"时长": "1分钟"}, {"时长": None, "篇幅": "180字"})
    for limit, word in zip(limits, ("时长", "篇幅"), strict=True):
        document = draft(library, 板块=section(), 要素=items, **limit)
        assert [note.message.endswith(f"放宽{word}。") for note in document.notes if note.code == "length"] == [True]


def test_nobody_confesses_in_general_terms(library: Library) -> None:
    parts = [{"功能": "问题剖析", "标题": "查找不足", "句式": ["问题清单"]}]
    assert not list(draft(library, 板块=parts, 听众="下级").gaps())
    assert [span.origin.ref for _, span in draft(library, 板块=parts, 听众="上级").gaps()]


def test_a_speech_is_the_same_whatever_was_composed_before(library: Library, pack: Path) -> None:
    changes: list[dict[str, Any]] = [
        {"措辞种子": seed, "会议": meeting, "时长": length}
        for seed in (1, 2)
        for meeting in ("全市走访推进会", "全区走访推进会")
        for length in ("1分钟", "3分钟")
    ]
    changes += [{"板块": section(要素={"任务": ["走访", "走访"]}) * 2}, {"业务": ["学习", "走访"]}]
    warm = [draft(library, **each) for each in [*changes, *changes]]
    cold = [draft(Library.load(packs=[pack]), **each) for each in changes]
    assert warm == [*cold, *cold]


def test_threads_share_a_library(library: Library) -> None:
    briefs = [{"会议": f"第{number}次走访推进会", "措辞种子": number} for number in range(40)]
    alone = [draft(library, **each) for each in briefs]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda each: draft(library, **each), briefs)) == alone

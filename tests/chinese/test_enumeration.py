"""Numbers are positions: given once, at output, without a hole."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.enumeration import SYSTEM_TITLES, mark, paragraphs
from drafter.document import Block, Document, Origin, OriginKind, Role, Span, System

BRIEF = Origin(OriginKind.BRIEF, "要素")


def spans(text: str) -> tuple[Span, ...]:
    return (Span(text, BRIEF),) if text else ()


def heading(text: str, level: int = 1, system: System = System.CN_DUN) -> Block:
    return Block(Role.HEADING, spans(text), level=level, system=system)


def item(text: str, level: int = 1, system: System = System.YISHI, head: str = "", *, inline: bool = False) -> Block:
    return Block(Role.ITEM, spans(text), spans(head), level, system, inline)


def paragraph(text: str) -> Block:
    return Block(Role.PARAGRAPH, spans(text))


def texts(*blocks: Block) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(Document(blocks))]


def test_every_system_has_a_title() -> None:
    assert SYSTEM_TITLES.keys() == set(System)


@pytest.mark.parametrize(
    ("system", "marks"),
    [
        (System.NONE, ["", "", ""]),
        (System.CN_DUN, ["一、", "二、", "三、"]),
        (System.CN_PAREN, ["（一）", "（二）", "（三）"]),
        (System.AR_DOT, ["1.", "2.", "3."]),
        (System.AR_PAREN, ["（1）", "（2）", "（3）"]),
        (System.YISHI, ["一是", "二是", "三是"]),
        (System.YIYAO, ["一要", "二要", "三要"]),
        (System.DIYI, ["第一，", "第二，", "第三，"]),
        (System.SHOUXIAN, ["首先，", "其次，", "最后，"]),
    ],
)
def test_marks(system: System, marks: Sequence[str]) -> None:
    assert [mark(system, number, len(marks)) for number in range(1, len(marks) + 1)] == marks


@pytest.mark.parametrize(
    ("total", "marks"),
    [
        (1, ["首先，"]),
        (2, ["首先，", "其次，"]),
        (4, ["首先，", "其次，", "再次，", "最后，"]),
        (6, ["首先，", "其次，", "再次，", "第四，", "第五，", "最后，"]),
    ],
)
def test_first_to_last(total: int, marks: Sequence[str]) -> None:
    assert [mark(System.SHOUXIAN, number, total) for number in range(1, total + 1)] == marks


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.sampled_from([s for s in System if s is not System.NONE]))
def test_an_absent_item_leaves_no_hole(present: Sequence[bool], system: System) -> None:
    total = sum(present)
    kept = [item("项", system=system) for here in present if here]
    assert texts(*kept) == [mark(system, number, total) + "项" for number in range(1, total + 1)]


def test_numbers_begin_again_under_a_new_heading() -> None:
    assert texts(heading("甲"), item("子"), item("丑"), heading("乙"), item("寅")) == [
        "一、甲", "一是子", "二是丑", "二、乙", "一是寅",
    ]  # fmt: skip


def test_a_lower_heading_begins_again_under_a_higher_one() -> None:
    sub = System.CN_PAREN
    assert texts(heading("甲"), heading("a", 2, sub), heading("b", 2, sub), heading("乙"), heading("c", 2, sub)) == [
        "一、甲", "（一）a", "（二）b", "二、乙", "（一）c",
    ]  # fmt: skip


def test_nested_items_do_not_disturb_the_outer_list() -> None:
    inner = System.AR_PAREN
    assert texts(item("甲"), item("子", 2, inner), item("丑", 2, inner), item("乙"), item("寅", 2, inner)) == [
        "一是甲", "（1）子", "（2）丑", "二是乙", "（1）寅",
    ]  # fmt: skip


def test_four_levels() -> None:
    systems = (System.YISHI, System.AR_DOT, System.AR_PAREN, System.YIYAO)
    assert texts(*(item("项", level, system) for level, system in enumerate(systems, 1))) == [
        "一是项", "1.项", "（1）项", "一要项",
    ]  # fmt: skip


def test_a_paragraph_ends_a_list_and_another_system_begins_one() -> None:
    assert texts(item("甲"), item("乙"), paragraph("文"), item("丙")) == ["一是甲", "二是乙", "文", "一是丙"]
    assert texts(item("甲"), item("乙", system=System.YIYAO)) == ["一是甲", "一要乙"]


def test_text_that_goes_on_after_a_nested_list_leaves_the_outer_list_open() -> None:
    inner = System.AR_PAREN
    more = Block(Role.PARAGRAPH, spans("续"), level=1, inline=True)
    assert texts(item("甲"), item("子", 2, inner, inline=True), more, item("乙"), item("丑", 2, inner)) == [
        "一是甲（1）子续", "二是乙", "（1）丑",
    ]  # fmt: skip


def test_headings_without_a_number_are_not_counted() -> None:
    assert texts(heading("甲"), heading("旁", system=System.NONE), heading("乙")) == ["一、甲", "旁", "一、乙"]


def test_inline_items_join_the_paragraph_before_them() -> None:
    document = Document((paragraph("要做到："), item("甲；", inline=True), item("乙。", inline=True), paragraph("文")))
    first, second = paragraphs(document)
    assert (first.text, first.blocks, first.role) == ("要做到：一是甲；二是乙。", (0, 1, 2), Role.PARAGRAPH)
    assert (second.text, second.blocks) == ("文", (3,))


def test_an_inline_block_with_nothing_before_it_stands_alone() -> None:
    assert texts(item("甲", inline=True)) == ["一是甲"]


def test_a_number_belongs_to_the_head_and_says_that_it_was_computed() -> None:
    (made,) = paragraphs(Document((item("正文。", system=System.CN_PAREN, head="小标题。"),)))
    assert [(run.text, run.head) for run in made.runs] == [("（一）", True), ("小标题。", True), ("正文。", False)]
    assert made.runs[0].origin.kind is OriginKind.COMPUTED
    assert made.run_in
    assert (made.ordinal, made.system) == (1, System.CN_PAREN)


def test_a_heading_is_all_head() -> None:
    (made,) = paragraphs(Document((heading("提高认识"),)))
    assert all(run.head for run in made.runs)
    assert not made.run_in


@given(st.lists(st.tuples(st.sampled_from(System), st.integers(1, 4), st.booleans()), max_size=20))
def test_no_text_is_lost_or_moved(shapes: Sequence[tuple[System, int, bool]]) -> None:
    blocks = [item(f"<{i}>", level, system, inline=inline) for i, (system, level, inline) in enumerate(shapes)]
    made = paragraphs(Document(tuple(blocks)))
    assert [index for paragraph in made for index in paragraph.blocks] == list(range(len(blocks)))
    whole = "".join(paragraph.text for paragraph in made)
    places = [whole.index(f"<{i}>") for i in range(len(blocks))]
    assert places == sorted(places)


def test_an_empty_document() -> None:
    assert paragraphs(Document(())) == ()

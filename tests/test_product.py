"""Every occasion in every tone, for every audience, short, usual and long: whole, clean, parallel, nothing invented."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from drafter import Document, Library, OriginKind, Role, compose, load_brief, paragraphs
from drafter.check import Level, Settings, Text, check

if TYPE_CHECKING:
    from collections.abc import Iterator

BRIEF = {
    "日期": "2025-04-28",
    "单位": {"名称": "市总工会", "层级": "市"},
    "讲话人": {"职务": "市总工会主席"},
    "会议": "全市工会重点工作会议",
    "工作": "工会重点工作",
    "业务": ["工会组建与入会", "工资集体协商", "困难职工帮扶"],
}
TONES, AUDIENCES, LENGTHS = ("庄重", "平实", "鼓动"), ("上级", "平级", "下级"), ("4分钟", "12分钟", "25分钟")


@cache
def library() -> Library:
    return Library.load()


OCCASIONS = [occasion.id for occasion in library().occasions]


def documents(occasion: str) -> Iterator[Document]:
    for tone, audience, length in itertools.product(TONES, AUDIENCES, LENGTHS):
        brief = load_brief({**BRIEF, "场合": occasion, "语气": tone, "听众": audience, "时长": length})
        yield compose(brief, library())


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_text_is_clean(occasion: str) -> None:
    for document in documents(occasion):
        texts = [paragraph.text for paragraph in paragraphs(document)]
        for text in texts:
            assert text.strip()
            assert not re.search(
                "[，。；：、]{2}|[！？][，。；]|[，；、：]$|^[，。；、]|[\\[\\]*#|]", text.rstrip("：")
            ), text
        sentences = [s for text in texts for s in re.split("[。！？；]", text) if len(s) > 8 and "【待补" not in s]
        twice = {s for s in sentences if sentences.count(s) > 1}
        assert not twice


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_the_checks_find_nothing_wrong(occasion: str) -> None:
    for document in documents(occasion):
        found = check(Text.of_document(document), Settings(stage="草稿", least=Level.WARNING))
        assert [f"{finding.rule} {finding.message}: {finding.text}" for finding in found] == []


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_siblings_are_parallel(occasion: str) -> None:
    for document in documents(occasion):
        for heads in _siblings(document):
            commas = {head.count("，") for head in heads}
            assert len(commas) == 1, heads
            lengths = [len(head) for head in heads]
            assert max(lengths) <= 1.9 * min(lengths), heads


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_only_the_brief_says_facts(occasion: str) -> None:
    for document in documents(occasion):
        for paragraph in paragraphs(document):
            for run in paragraph.runs:
                if run.origin.kind in (OriginKind.PATTERN, OriginKind.TOPIC):
                    assert not re.search("[0-9]|年[一二三四五六七八九十]+月", run.text)


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_a_longer_text_keeps_the_functions_of_a_shorter(occasion: str) -> None:
    for tone in TONES:
        made = []
        for length in LENGTHS:
            brief = load_brief({**BRIEF, "场合": occasion, "语气": tone, "时长": length})
            made.append(compose(brief, library()).functions())
        assert made[0] == made[1] == made[2]


def _siblings(document: Document) -> Iterator[list[str]]:
    """The heads of each run of headings of one level, first-level headings of the whole text among them."""
    level1 = [block.text for block in document.blocks if block.role is Role.HEADING and block.level == 1]
    if len(level1) > 1:
        yield level1
    run: list[str] = []
    for block in document.blocks:
        if block.role is Role.HEADING and block.level == 2 and block.head:
            run.append("".join(span.text for span in block.head))
        elif block.role is Role.HEADING:
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run

"""Speeches of any length that cost a writer what composed ones do, the same for the same number.

A composed speech of 3,000 characters has some 30 paragraphs of eight spans each, and its text alone deflates to 1.4 to
1.5 bytes a character; so have these. The words mean nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter import Block, Document, Origin, OriginKind, Role, Span, System, paragraphs

if TYPE_CHECKING:
    from engines import Outline

__all__ = ["document", "flat", "outline"]

_TEXT = """
坚持 推动 落实 加强 深化 统筹 健全 完善 责任 机制 项目 群众 干部 作风 安全 产业 治理 服务 改革 创新 发展 质量 监督 考核
基层 部门 重点 难点 举措 成效 目标 任务 进度 台账 协同 督查 职工 工会 企业 班组 合同 工资 协商 帮扶 培训 技能 竞赛 劳模
"""
_WORDS = _TEXT.split()
# the common characters, for all the words that the list lacks
_HAN = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFE, 3)]
_ORIGINS = (
    Origin(OriginKind.PATTERN, "drafter.achieve.we-parallel"),
    Origin(OriginKind.BRIEF, "业务[0].成绩"),
    Origin(OriginKind.TOPIC, "drafter.wages/任务"),
    Origin(OriginKind.PATTERN, "drafter.task.by-topic"),
)
_SECTIONS, _SUBSECTIONS, _SPANS = 4, 3, 8
_PARAGRAPH = 97  # characters
_FRAME = 420  # characters of title, headings and openings


def document(number: int, length: int) -> Document:
    """Speech `number` of about `length` characters."""
    chance = random.Random(f"{number}/{length}")  # noqa: S311 - wants to be the same each time
    count = max(_SECTIONS * _SUBSECTIONS, round((length - _FRAME) / _PARAGRAPH))
    title = f"在第{number + 1}次工作会议上的讲话"
    date = f"2025年{number % 12 + 1}月{number % 28 + 1}日"
    front = ((Role.TITLE, title), (Role.DATE, date), (Role.SPEAKER, "王某"), (Role.SALUTATION, "同志们："))
    blocks = [Block(role, (Span(text, _ORIGINS[1]),)) for role, text in front]
    blocks += _paragraph(chance, 0)
    parts = _SECTIONS * _SUBSECTIONS
    for part in range(parts):
        if part % _SUBSECTIONS == 0:
            blocks.append(_heading(chance, 1, System.CN_DUN))
        blocks.append(_heading(chance, 2, System.CN_PAREN))
        for at in range(count * part // parts, count * (part + 1) // parts):
            blocks += _paragraph(chance, at)
    return Document(tuple(blocks), meta={"title": title, "author": "王某", "date": "2025-03-05"})


def outline(made: Document) -> Outline:
    """The numbered text by chapters, as a template takes it."""
    result: Outline = {"opening": [], "sections": []}
    place = result["opening"]
    for paragraph in paragraphs(made):
        text = paragraph.text.replace("\n", "")
        if paragraph.role in (Role.TITLE, Role.DATE, Role.SPEAKER, Role.SALUTATION):
            result[paragraph.role.value] = text
        elif paragraph.role is Role.HEADING and paragraph.level == 1:
            result["sections"].append({"heading": text, "paras": [], "subs": []})
            place = result["sections"][-1]["paras"]
        elif paragraph.role is Role.HEADING and paragraph.level == 2 and result["sections"]:
            result["sections"][-1]["subs"].append({"heading": text, "paras": []})
            place = result["sections"][-1]["subs"][-1]["paras"]
        else:
            place.append(text)
    return result


def flat(speech: Outline) -> Iterator[tuple[str, str]]:
    """(style, text) of each paragraph in the order of the page."""
    for key in ("title", "date", "speaker", "salutation"):
        yield key, speech[key]
    yield from (("body", text) for text in speech["opening"])
    for section in speech["sections"]:
        yield "heading1", section["heading"]
        yield from (("body", text) for text in section["paras"])
        for sub in section["subs"]:
            yield "heading2", sub["heading"]
            yield from (("body", text) for text in sub["paras"])


def _heading(chance: random.Random, level: int, system: System) -> Block:
    text = f"{_words(chance, 8)}，{_words(chance, 8)}"
    return Block(Role.HEADING, (Span(text, _ORIGINS[0]),), level=level, system=system, function="task")


def _paragraph(chance: random.Random, at: int) -> Iterator[Block]:
    """Eight spans; every third paragraph goes on with 一是…；二是…。"""
    if at % 3:
        yield Block(Role.PARAGRAPH, _spans(chance, _SPANS, "。"))
        return
    yield Block(Role.PARAGRAPH, _spans(chance, 2, "。"))
    for number in range(3):
        spans = _spans(chance, 2, "；" if number < 2 else "。")
        yield Block(Role.ITEM, spans, level=1, system=System.YISHI, inline=True)


def _spans(chance: random.Random, count: int, end: str) -> tuple[Span, ...]:
    texts = [_words(chance, 11) for _ in range(count)]
    return tuple(
        Span(text + ("，" if at < count - 1 else end), _ORIGINS[at % len(_ORIGINS)]) for at, text in enumerate(texts)
    )


def _words(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(_WORDS) if chance.random() < 0.6 else "".join(chance.choices(_HAN, k=2))
    return text[:length]

"""Documents to write: a speech with everything that a page has rules for, and the smallest one."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from drafter.document import Block, Document, Note, Origin, OriginKind, Role, Span, System

PATTERN = Origin(OriginKind.PATTERN, "drafter.task.plan")
CLAIM = Origin(OriginKind.TOPIC, "drafter.wages/成绩")
LONG = (
    "各单位要把台账建到班组，逐项写明由谁来办、哪天办完、办到什么程度，每月对一次账、每季通一次报；"
    "职工提出的“急难愁盼”——工资、社保、休息休假……件件都要有回音。"
)


def said(text: str) -> Span:
    return Span(text, PATTERN)


def fact(text: str, ref: str, note: str = "") -> Span:
    return Span(text, Origin(OriginKind.BRIEF, ref, note))


def gap(name: str) -> Span:
    return Span(f"【待补：{name}】", Origin(OriginKind.MISSING, f"要素.{name}"))


def block(role: Role, *spans: Span | str, head: str = "", **rest: object) -> Block:
    pieces = tuple(said(span) if isinstance(span, str) else span for span in spans)
    return Block(role, pieces, head=(said(head),) if head else (), **rest)  # type: ignore[arg-type]


@pytest.fixture
def speech() -> Document:
    """Title of two lines, front, three sections with headings 1–4, run-in heads, inline and own-paragraph items."""
    heading, item = Role.HEADING, Role.ITEM
    blocks = [
        block(Role.TITLE, "在", fact("2024年全市困难职工帮扶工作推进会", "会议"), "上的讲话"),
        block(Role.SPEAKER, fact("市总工会副主席", "讲话人.职务"), "　", fact("李　某", "讲话人.姓名")),
        block(Role.DATE, "（", fact("2024年3月5日", "日期"), "）"),
        block(Role.SALUTATION, "同志们："),
        block(Role.PARAGRAPH, "今天，我们召开", fact("这次推进会", "会议", "来源：通知"), "，讲三点意见。"),
        block(heading, "回头看，帮扶工作的底子更实了", level=1, system=System.CN_DUN, function="achieve"),
        block(Role.PARAGRAPH, Span("一户一档摸清底数，", CLAIM), fact("建档1,204户", "要素.成绩[0].数据"), "。" + LONG),
        block(item, LONG, head="摸底数更细了。", level=1, system=System.YISHI),
        block(item, LONG, head="定措施更准了。", level=1, system=System.YISHI, inline=True),
        block(heading, "抬头看，帮扶工作的担子更重了", level=1, system=System.CN_DUN),
        block(heading, LONG * 2, head="对象变了。", level=2, system=System.CN_PAREN),
        block(heading, LONG, head="需求变了。", level=2, system=System.CN_PAREN),
        block(heading, "往前走，帮扶工作的办法更多了", level=1, system=System.CN_DUN),
        block(heading, "把台账建实", level=2, system=System.CN_PAREN),
        block(heading, "建到班组", level=3, system=System.AR_DOT),
        block(Role.PARAGRAPH, LONG),
        block(heading, "写清三件事", level=4, system=System.AR_PAREN),
        block(Role.PARAGRAPH, LONG * 3),
        block(item, LONG, head="办成一件。", level=1, system=System.AR_DOT),
        block(item, LONG, head="报一件。", level=1, system=System.AR_DOT),
        block(item, "要" + LONG, level=1, system=System.DIYI),
        block(item, "要" + LONG, level=1, system=System.DIYI),
        block(Role.CLOSING, "谢谢大家！"),
    ]
    meta = {
        "title": "在2024年全市困难职工帮扶工作推进会上的讲话",
        "author": "市总工会",
        "date": "2024-03-05",
        "rate": "180",
    }
    return Document(tuple(blocks), meta=MappingProxyType(meta))


@pytest.fixture
def doubtful(speech: Document) -> Document:
    """The same with a gap, notes and a signature."""
    signature = (
        block(Role.SIGNATURE, fact("市总工会", "单位.名称")),
        block(Role.SIGNATURE, fact("2024年3月5日", "日期")),
    )
    middle = block(Role.PARAGRAPH, "今年新建帮扶站", gap("站点数"), "个。")
    blocks = (*speech.blocks[:7], middle, *speech.blocks[7:], *signature)
    notes = (
        Note("length", "比要求的少120字"),
        Note("gap", "缺站点数", 7),
        Note("claim", "成绩用了通行说法", 6),
        Note("choice", "两个句式都合适，选了第一个", 4),
    )
    return replace(speech, blocks=blocks, notes=notes)


@pytest.fixture
def note() -> Document:
    """One paragraph."""
    return Document((block(Role.PARAGRAPH, "请各单位认真落实。"),))

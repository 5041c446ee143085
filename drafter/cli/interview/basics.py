"""The questions that every speech begins with, in the order in which a secretary knows the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.cli.interview.shape import Kind, Shape

if TYPE_CHECKING:
    from drafter.brief import DataPath
    from drafter.library import Occasion

__all__ = ["Basic", "basics"]

_LEVELS = ("省", "市", "县", "区", "乡镇", "街道", "企业", "集团", "学校", "医院", "机关", "产业", "开发区")


@dataclass(frozen=True, slots=True)
class Basic:
    """What the interview adds to the schema: `shape` None means the schema's own."""

    shape: Shape | None = None
    empty: str = ""
    hint: str = ""
    usual: str = ""


def _marked(name: str) -> Basic:
    return Basic(empty=f"回车跳过，用到的地方会标【待补：{name}】")


def basics(occasion: Occasion, topics: Sequence[str]) -> Iterator[tuple[DataPath, Basic]]:
    """(path, question) in order. `topics`: titles of the 业务素材 that can be chosen."""
    yield ("会议",), _marked("会议")
    yield ("工作",), _marked("工作")
    yield ("单位", "名称"), Basic(_text("单位", "讲话人所在单位的全称或规范化简称", "省总工会"), _marked("单位").empty)
    level = Shape(Kind.CHOICE, "单位层级", "这个单位是哪一级？（决定怎样称呼党政领导机关）", choices=_LEVELS, open=True)
    yield ("单位", "层级"), Basic(level, _marked("单位层级").empty)
    yield ("讲话人", "职务"), Basic(_text("讲话人职务", "讲话人的职务", "省总工会副主席"), "回车跳过，文稿上不写职务")
    yield ("讲话人", "姓名"), Basic(_text("讲话人姓名", "讲话人的姓名", "王某"), "回车跳过，文稿上不写姓名")
    yield ("日期",), Basic(empty=_marked("日期").empty)
    yield ("听众",), Basic(usual=occasion.audience)
    yield ("语气",), Basic(usual=occasion.tone)
    minutes = f"{occasion.minutes:g}分钟"
    length = Shape(Kind.LENGTH, "时长", "讲多少分钟？也可以写字数，如 3000字", (minutes,))
    yield ("时长",), Basic(length, f"回车跳过，按这个场合一般的 {minutes}写", usual=minutes)
    chosen = Shape(Kind.LIST, "业务", "讲哪几项业务？", item=Shape(Kind.CHOICE, "业务", choices=tuple(topics)))
    if topics:
        yield ("业务",), Basic(chosen, "一项不选也行，用自己的条目写")


def _text(title: str, question: str, example: str) -> Shape:
    return Shape(Kind.TEXT, title, question, (example,))

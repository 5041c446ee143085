"""Sentences of an old text as 条目 and 数据 of a brief, only where the patterns say them again word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from drafter.chinese.enumeration import mark
from drafter.document import System
from drafter.read.brief_forms import form_in
from drafter.read.brief_values import sentences, sourced
from drafter.read.facts import facts_in, fill_blanks

if TYPE_CHECKING:
    from drafter.read._result import Passage

__all__ = ["counted", "entry_of", "item_of", "lead_of", "listing", "run_on"]

LISTS = {"yishi": "一是条目", "cn_paren": "小标题条目", "shouxian": "首先其次"}
"""Enumeration systems with a pattern that prints the list alone."""

_METRIC = re.compile(
    r"(?P<期间>今年以来|近年来|今年|去年|全年|目前)?(?P<指标>[\u4e00-\u9fff、（）“”]{2,24}?)"
    r"(?P<关系>达到|超过|突破|不低于|不少于|不足|新增|增长|提高|下降|减少|共|近)?(?P<数值>\d[\d,]*(?:\.\d+)?)"
    r"(?P<单位>%|‰|个百分点|(?:多|余|万|亿|万多|万余)?(?:元|人次|人|名|户|家|个|件|份|次|场|期|项|条|起|对|支|所|处|倍))"
)
_TARGET = re.compile(
    r"(?P<期限>(?:到|在)?(?:[12]\d{3}年|今年|明年|年)(?:年?底|末|底前|年底前|\d{1,2}月底前?)?)，(?P<指标>[\u4e00-\u9fff、“”]{2,30}?)"
    r"(?P<关系>(?:都|均|力争|要|需|力争达到)*(?:达到|超过|突破|不低于|不少于))(?P<数值>\d[\d,]*(?:\.\d+)?)"
    r"(?P<单位>%|‰|(?:万|亿)?(?:元|人次|人|名|户|家|个|件|份|次|场|期|项))"
)


def entry_of(text: str, line: int, head: str = "", nested: Sequence[dict[str, Any]] = ()) -> dict[str, Any] | None:
    """A 条目 that reads `head。text`, then the nested lists; None where it cannot be said so."""
    said = sentences(text) if text else []
    if said is None:
        return None
    value: dict[str, Any] = {"题": fill_blanks(head)} if head else {}
    if said:
        value |= _core(said[0], line)
    more: list[Any] = [_goal(each, line) or form_in(each, line) or fill_blanks(each) for each in said[1:]]
    more += nested
    if more and not said:
        value["句"], more = more[0], more[1:]
    if more:
        value["展"] = more
    return sourced(value, head + text + str(nested), line) if value else None


def listing(system: str, items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A list as a text of its own (套用)."""
    return {"句式": LISTS[system], "措辞": "甲", "任务": list(items)}


def run_on(passages: Sequence[Passage]) -> tuple[list[Passage], list[tuple[str, list[list[Passage]]]]] | None:
    """A paragraph as its plain text and the lists that follow in it, each (system, items); None for other orders."""
    plain: list[Passage] = []
    lists: list[tuple[str, list[list[Passage]]]] = []
    for passage in passages:
        if passage.role == "enum" and passage.mark:
            if passage.system not in ("yishi", "shouxian"):
                return None
            if not lists or lists[-1][0] != passage.system:
                lists.append((passage.system, []))
            lists[-1][1].append([passage])
        elif lists:
            lists[-1][1][-1].append(passage)
        else:
            plain.append(passage)
    if len(lists) > 1 or any(len(items) < 2 for _, items in lists):
        return None
    if not all(counted(system, [item[0] for item in items]) for system, items in lists):
        return None
    return plain, lists


def item_of(passages: Sequence[Passage]) -> dict[str, Any] | None:
    """A 条目 from an item: its mark, a run-in head, its sentences, a list inside it."""
    first, rest = passages[0], list(passages[1:])
    text = first.text.text[len(first.mark) :].lstrip() if first.mark else first.text.text
    head = ""
    if first.run_in and rest:
        head = text.removesuffix("。")
        if "。" in head:
            return None
        text = ""
    taken = run_on(rest)
    if taken is None:
        return None
    plain, lists = taken
    text += "".join(passage.text.text for passage in plain)
    nested = []
    for system, items in lists:
        made = [item_of(item) for item in items]
        if None in made:
            return None
        nested.append(listing(system, [each for each in made if each]))
    if text and not text.endswith("。"):
        if nested or text[-1] not in "；，":
            return None
        text = text[:-1] + "。"
    return entry_of(text, first.line, head, nested)


def lead_of(text: str) -> bool:
    """A short sentence that only announces a list: 主要有三个方面。"""
    announces = re.search(
        "(?:方面|几点|[一二三四五六两]点|问题|短板|差距|不足|希望|建议|体会|经验)[^。]{0,10}[。：]$", text
    )
    return len(text) <= 48 and bool(announces) and not [f for f in facts_in(text) if f.kind != "organisation"]


def counted(system: str, items: Sequence[Passage]) -> bool:
    """Whether the marks of a list are those the program will give."""
    marks = [item.mark.replace(",", "，").replace("(", "（").replace(")", "）") for item in items]
    return marks == [mark(System(system), number, len(items)) for number in range(1, len(items) + 1)]


def _core(text: str, line: int) -> dict[str, Any]:
    """句 and 数据: figures at the end of a sentence, each a clause of its own, as data."""
    form = _goal(text, line) or form_in(text, line)
    if form:
        return {"句": form}
    clauses = text.split("，")
    data: list[dict[str, Any]] = []
    while len(clauses) > 1 and (match := _METRIC.fullmatch(clauses[-1])):
        data.insert(0, _figure(match, line))
        clauses.pop()
    periods = [each.get("期间") for each in data]
    if len(set(filter(None, periods))) < len([p for p in periods if p]):
        return {"句": fill_blanks(text)}
    return {"句": fill_blanks("，".join(clauses)), **({"数据": data} if data else {})}


def _figure(match: re.Match[str], line: int) -> dict[str, Any]:
    value = {key: given for key, given in match.groupdict().items() if given}
    order = ("指标", "关系", "数值", "单位", "期间")
    return {key: value[key] for key in order if key in value} | {"来源": f"旧稿第{line}行", "核实": False}


def _goal(text: str, line: int) -> dict[str, Any] | None:
    """A sentence that is nothing but targets, said by the pattern of targets."""
    clauses = re.split("；", text)
    found = [_TARGET.fullmatch(clause) for clause in clauses]
    if not all(found):
        return None
    targets = [_figure_of_target(match, line) for match in found if match]
    return {"句式": "目标句", "措辞": "甲", "目标": targets}


def _figure_of_target(match: re.Match[str], line: int) -> dict[str, Any]:
    order = ("指标", "关系", "数值", "单位", "期限")
    return {key: match[key] for key in order if match[key]} | {"来源": f"旧稿第{line}行", "核实": False}

"""Openings and closings of an old text as the facts of their own patterns, where they follow those forms."""

from __future__ import annotations

import re
from typing import Any

from drafter.read.brief_values import sourced
from drafter.read.facts import fill_blanks

__all__ = ["own_pattern"]

_TRANSITION = re.compile(
    r"(?:下面|接下来|借此机会)，?(?:我(?:想|再)?)?(?:就|围绕)(?:怎样|如何)?(?:进一步)?(?:做好|(?:促进|推进|推动|加强|抓好|搞好)(?=[^，。]{2,28}工作))?(?P<work>[^，。]{3,30}?)"
    r"(?:，我)?(?:讲|谈|提|强调)(?P<number>[一二三四五六两几])(?:点|个方面)(?:的)?(?:意见|看法|想法|要求|希望|建议)?[。：]"
)
_THANKS = re.compile(
    r"(?:在此|首先|借此机会)，?(?:请允许)?我(?:谨|很荣幸能够|很荣幸)?代表(?P<who>[^，。！]{2,30})，(?P<acts>(?:向[^。！]{3,80}[！。])+)"
)
_ACT = re.compile(
    r"向(?P<to>[^。！]{2,60}?)(?:表示|致以|表达)(?:最)?(?:衷心|热烈|诚挚|亲切|崇高|由衷|深深)?的?(?P<verb>祝贺|感谢|问候|敬意|欢迎|慰问)[！。]"
)
_ANCHOR = re.compile(
    r"(?:在(?P<when>[^，。]{4,40})之际，(?:我们)?今天在这里|今天，(?:我们)?在这里|今天，我们)(?P<how>召开|举行|举办)(?P<meeting>[^，。]{4,50})"
    r"(?:，(?:主要)?(?:目的|任务)(?:就)?是，?(?:要)?(?P<aims>[^。]{6,120}))?。"
)
_ECHO = re.compile(r"刚才，(?P<items>[^。]{6,300})。(?P<rest>(?:[^。！？]+。){0,3})")
_SPEAKER = re.compile(
    r"(?P<who>[^，。；]{2,30}?(?:同志|单位|工会|企业|领导|代表|主席|书记|局|公司|[县市区]长|部长|主任))(?P<what>(?:分别|先后)?"
    r"(?:介绍|交流|汇报|通报|宣读|作了?|做了?|部署|传达|总结|谈了|讲了|对|就)[^；。]{2,120})"
)
_CALL = re.compile(
    r"同志们[，！](?P<again>[^。！]{6,80})。(?:让我们|(?P<who>[^，。]{2,30})要)以(?P<pivot>[^，。]{2,30})为契机，(?P<rest>[^。！]{8,200})！"
)
_VERBS = {"慰问": "问候"}


def own_pattern(function: str, text: str, line: int) -> dict[str, Any] | None:
    """句式, 要素 and 措辞 of a section that consists of this one paragraph; None where the form is another."""
    make = {
        "trans": _transition,
        "open-thank": _acts,
        "context": _anchor,
        "echo": _echo,
        "call": _call,
    }.get(function)
    made = make(text) if make else None
    if made is None:
        return None
    pattern, facts, variant = made
    return {"句式": [pattern], **({"措辞": variant} if variant else {}), "要素": _sourced(facts, text, line)}


def _sourced(facts: dict[str, Any], text: str, line: int) -> dict[str, Any]:
    return {
        name: [sourced(_filled(each), text, line) if isinstance(each, dict) else fill_blanks(each) for each in value]
        if isinstance(value, list)
        else fill_blanks(value)
        for name, value in facts.items()
    }


def _filled(value: dict[str, str]) -> dict[str, str]:
    return {key: fill_blanks(each) for key, each in value.items()}


def _transition(text: str) -> tuple[str, dict[str, Any], str] | None:
    match = _TRANSITION.fullmatch(text)
    return ("过渡几点", {"工作": match["work"], "点数": match["number"]}, "") if match else None


def _acts(text: str) -> tuple[str, dict[str, Any], str] | None:
    match = _THANKS.fullmatch(text)
    acts = list(_ACT.finditer(match["acts"])) if match else []
    if not match or not 0 < len(acts) <= 4 or "".join(act[0] for act in acts) != match["acts"]:
        return None
    said = [{"动词": _VERBS.get(act["verb"], act["verb"]), "对象": act["to"]} for act in acts]
    return "谢贺问", {"代表": match["who"], "致意": said}, ""


def _anchor(text: str) -> tuple[str, dict[str, Any], str] | None:
    match = _ANCHOR.fullmatch(text)
    if not match or not match["aims"]:  # the form would name aims of its own
        return None
    facts: dict[str, Any] = {"会议": match["meeting"], "召开方式": match["how"]}
    if match["when"]:
        facts["背景"] = match["when"]
    aims = match["aims"].split("，")
    if len(aims) > 4:
        return None
    return "场合锚定", {**facts, "目的": aims}, ""


def _echo(text: str) -> tuple[str, dict[str, Any], str] | None:
    match = _ECHO.fullmatch(text)
    items = [_SPEAKER.fullmatch(each) for each in match["items"].split("；")] if match else []
    if not match or not 0 < len(items) <= 6 or not all(items):
        return None
    facts: dict[str, Any] = {"发言": [{"谁": each["who"], "内容": each["what"]} for each in items if each]}
    rest = [each for each in match["rest"].split("。") if each]
    if rest and rest[-1].startswith("会后"):
        facts["会后落实"] = rest.pop()
    if rest:
        facts["发言评价"] = "。".join(rest)
    return "议程回声", facts, ""


def _call(text: str) -> tuple[str, dict[str, Any], str] | None:
    match = _CALL.fullmatch(text)
    clauses = match["rest"].split("，") if match else []
    if not match or not 2 <= len(clauses) <= 5:
        return None
    facts: dict[str, Any] = {"重申": match["again"], "契机": match["pivot"], "行动": clauses[:-1], "愿景": clauses[-1]}
    return "契机号召", facts | ({"谁": match["who"]} if match["who"] else {}), "甲"

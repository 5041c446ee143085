"""Paragraphs of an old text as the facts of a rhetorical form, where they follow it to the letter.

A form is taken only where its slots hold every word but the marks of the form itself (一方面…另一方面…, 要…；要…,
既…又…), and where the pattern has no sentence of its own to add, so that it says the same again; what does not fit
stays plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from drafter.read.brief_values import sentences, sourced
from drafter.read.facts import fill_blanks

__all__ = ["form_in", "own_form"]

Made = tuple[str, dict[str, Any], str]
"""Pattern, slots, wording (措辞)."""

_LEAD = "作用意义"  # in 措辞 甲 it prints what it is given and nothing else
_LEADING = 3
_BRACKETS = ("“”", "《》", "（）", "‘’")

_TWO_SIDES = re.compile(
    "(?:(?P<lead>[^。：]{4,80})(?P<stop>[：。]))?一方面，(?P<one>[^；。]{4,})(?P<sign>[；。])另一方面，(?P<other>[^；。]{4,})。"
)
_ANGLE = re.compile("从(?P<angle>[^，；。]{2,14}?)(?P<comes>来)?看，(?P<seen>[^；。]{3,})")
_CASE = re.compile("对(?P<who>[^，；。]{3,40})，(?P<how>[^；。]{3,})")
_BOTH = re.compile("既(?P<one>[^，；。]{2,40})，(?P<word>[又也更])(?P<other>[^，；。]{2,60})")
_FURTHER = re.compile("(?P<who>[^，。]{2,30})要进一步(?P<what>[^。]{6,})。")
_WISHES = re.compile("(?P<last>最后，)?(?:预祝(?P<event>[^！。]{2,40})圆满成功！)?(?P<wishes>(?:祝[^！。]{2,60}！)*)")
_EXAMPLE = re.compile("(?P<start>以|比如)(?P<what>[^，。]{2,24}?)(?P<example>为例)?，(?P<how>[^。]{4,})。")
_CHANCE = re.compile(
    "(?:(?P<now>[^。]{4,80})。这|这些变化，)既是(?P<chance>[^，。]{3,40})，也要求我们(?P<asked>[^。]{3,})。"
)
_GRANTED = re.compile(
    "虽然(?P<granted>[^。；]{3,80})，但(?:是)?，?(?:我们)?(?:也|还|更)?(?:要|应|应该|必须)?清醒地?(?:看到|认识到)，(?P<lack>[^。]{4,})。"
    "(?:因此，(?P<so>[^。]{4,})。)?"
)
_QUESTION = re.compile("(?P<question>[^。？，]{4,30})？(?P<answer>[^。？]{4,})。")
_TASKS = re.compile("(?:这次|今天的?|本次)?(?:会议|大会)的主要任务是[：，]?(?P<tasks>[^。]{6,})。")
_SAID = re.compile(
    "(?:(?P<when>[^，。《“]{2,16})，)?(?P<who>[^，。《“]{2,24}?)(?:在(?P<where>[^，。“]{2,40})上)?(?P<says>强调|指出|要求)，"
    "(?:“(?P<words>[^”]{4,})”|(?P<sense>[^。“”]{6,}))。(?P<means>[^。]{6,})。"
)
_SOME = re.compile(
    "有的(?P<who>单位|企业|地方|部门|同志|职工|干部|工会|基层工会)(?P<first>[^；。]{3,})；(?P<rest>(?:还?有的[^；。]{3,}[；。])+)"
)


def own_form(text: str, line: int) -> dict[str, Any] | None:
    """句式, 措辞 and 要素 of a paragraph that is one of the forms, after up to three sentences of its own."""
    said = sentences(text)
    if not said or not _balanced(text):
        return None
    ends = [sentence if sentence[-1] in "！？" else sentence + "。" for sentence in said]
    for skip in range(min(_LEADING, len(ends) - 1) + 1):
        made = next((found for parse in _PARSERS if (found := parse("".join(ends[skip:])))), None)
        if made and (not skip or (made[2] == "甲" and ends[skip - 1].endswith("。"))) and _whole(made[1]):
            return _board(made, "".join(ends[:skip]).removesuffix("。"), text, line)
    return None


def form_in(sentence: str, line: int) -> dict[str, Any] | None:
    """A sentence (without its 。) inside a 条目 as a form of its own (套用); only forms that add no sentence."""
    if "。" in sentence or sentence[-1:] in "！？" or not _balanced(sentence):
        return None
    made = next((found for parse in _WITHIN if (found := parse(sentence + "。"))), None)
    if not made or not _whole(made[1]):
        return None
    pattern, slots, variant = made
    filled = {name: _filled(value, sentence, line) for name, value in slots.items() if value}
    return {"句式": pattern, "措辞": variant, **filled}


def _board(made: Made, lead: str, text: str, line: int) -> dict[str, Any]:
    pattern, slots, variant = made
    filled = {name: _filled(value, text, line) for name, value in slots.items() if value}
    if lead:
        return {"句式": [[_LEAD, pattern]], "措辞": variant, "要素": {"作用": [fill_blanks(lead)], **filled}}
    return {"句式": [pattern], "措辞": variant, "要素": filled}


def _filled(value: Any, text: str, line: int) -> Any:
    if isinstance(value, str):
        return fill_blanks(value)
    if isinstance(value, list):
        return [_filled(each, text, line) for each in value]
    return sourced({key: fill_blanks(each) for key, each in value.items() if each}, "".join(value.values()), line)


def _whole(slots: dict[str, Any]) -> bool:
    """No slot holds half of what stands in quotation marks or brackets."""
    values = [each for value in slots.values() for each in (value if isinstance(value, list) else [value])]
    texts = [text for value in values for text in (value.values() if isinstance(value, dict) else [value])]
    return all(_balanced(text) for text in texts)


def _balanced(text: str) -> bool:
    return all(text.count(pair[0]) == text.count(pair[1]) for pair in _BRACKETS)


def _two_sides(text: str) -> Made | None:
    match = _TWO_SIDES.fullmatch(text)
    if not match or (match["stop"] and (match["stop"] == "：") != (match["sign"] == "；")):
        return None
    slots = {"引": match["lead"] or "", "一方面": match["one"], "另一方面": match["other"]}
    return "一方面另一方面", slots, "甲" if match["sign"] == "；" else "乙"


def _each(text: str, rule: re.Pattern[str], least: int = 2) -> tuple[list[re.Match[str]], str] | None:
    """The parts of a text between ； or between 。, each of which follows the rule; and which of the signs it is."""
    body = text.removesuffix("。")
    for sign in "；。":
        parts = body.split(sign)
        found = [rule.fullmatch(part) for part in parts]
        if len(parts) >= least and all(found):
            return [match for match in found if match], sign
    return None


def _angles(text: str) -> Made | None:
    found = _each(text, _ANGLE)
    if not found:
        return None
    matches, sign = found
    comes = {bool(match["comes"]) for match in matches}
    if comes != {sign == "。"}:
        return None
    values = [{"角度": match["angle"], "看到": match["seen"]} for match in matches]
    return "从角度看", {"角度": values}, "乙" if sign == "。" else "甲"


def _cases(text: str) -> Made | None:
    found = _each(text, _CASE)
    if not found:
        return None
    values = [{"对象": match["who"], "措施": match["how"]} for match in found[0]]
    return "分类施策", {"分类": values}, "甲" if found[1] == "；" else "丙"


def _actions(text: str) -> Made | None:
    if text.count("。") != 1 or not text.endswith("。"):
        return None
    for sign, variant in (("；", "甲"), ("，", "丙")):
        parts = text[:-1].split(sign)
        if len(parts) >= 3 and all(re.match("要(?!求|点|素|不)", part) and len(part) > 3 for part in parts):
            return "要清单", {"要求": [part[1:] for part in parts]}, variant
    return None


def _both(text: str) -> Made | None:
    head, _, rest = text.partition("，既")
    start = head if rest and not head.startswith("既") and len(head) <= 20 else ""
    found = _each("既" + rest if start else text, _BOTH, 1)
    if not found or len({match["word"] for match in found[0]}) > 1 or found[1] == "。":
        return None
    values = [{"既": match["one"], "又": match["other"]} for match in found[0]]
    return "既又", {"做法": start, "既又": values}, {"又": "甲", "也": "乙", "更": "丙"}[found[0][0]["word"]]


def _further(text: str) -> Made | None:
    match = _FURTHER.fullmatch(text)
    parts = match["what"].split("，进一步") if match else []
    return ("三个进一步", {"谁": match["who"], "进一步": parts}, "甲") if match and len(parts) == 3 else None


def _wishes(text: str) -> Made | None:
    match = _WISHES.fullmatch(text)
    if not match or not match["wishes"]:
        return None
    wishes = [wish.removeprefix("祝") for wish in match["wishes"].split("！")[:-1]]
    if any(wish.startswith(("愿", "贺")) for wish in wishes):
        return None
    return "祝愿", {"预祝": match["event"] or "", "祝愿": wishes}, "甲" if match["last"] else "丙"


def _example(text: str) -> Made | None:
    match = _EXAMPLE.fullmatch(text)
    if not match or (match["start"] == "以") != bool(match["example"]):
        return None
    return "举例", {"事例": {"对象": match["what"], "做法": match["how"]}}, "甲" if match["example"] else "乙"


def _simple(pattern: str, rule: re.Pattern[str], names: dict[str, str], variant: str) -> Callable[[str], Made | None]:
    """A form whose slots are single texts."""

    def parse(text: str) -> Made | None:
        match = rule.fullmatch(text)
        return (pattern, {slot: match[group] or "" for slot, group in names.items()}, variant) if match else None

    return parse


def _question(text: str) -> Made | None:
    match = _QUESTION.fullmatch(text)
    return ("设问", {"设问": {"问": match["question"], "答": match["answer"]}}, "甲") if match else None


def _tasks(text: str) -> Made | None:
    match = _TASKS.fullmatch(text)
    if not match:
        return None
    sign = "；" if "；" in match["tasks"] else "，"
    tasks = match["tasks"].split(sign)
    return ("任务陈述", {"会议任务": tasks}, "甲") if 2 <= len(tasks) <= 6 else None


def _said(text: str) -> Made | None:
    match = _SAID.fullmatch(text)
    if not match:
        return None
    names = {"时间": "when", "出处": "who", "场合": "where", "原文": "words", "要义": "sense", "意义": "means"}
    quote = {key: match[group] for key, group in names.items() if match[group]}
    return "权威引用", {"引用": [quote]}, {"强调": "甲", "要求": "乙", "指出": "丙"}[match["says"]]


def _some(text: str) -> Made | None:
    match = _SOME.fullmatch(text)
    if not match:
        return None
    rest = [part.removeprefix("还") for part in re.split("[；。]", match["rest"])[:-1]]
    last_more = match["rest"].rpartition("；")[2].startswith("还有的") or match["rest"].startswith("还有的")
    if last_more != (len(rest) > 1):
        return None
    return "有的列举", {"主体": match["who"], "有的": [match["first"], *(part[2:] for part in rest)]}, "甲"


_CHANCES = _simple("机遇与要求", _CHANCE, {"处境": "now", "机遇": "chance", "新要求": "asked"}, "甲")
_CONCESSION = _simple("让步转折", _GRANTED, {"肯定": "granted", "不足": "lack", "结论": "so"}, "甲")
_WITHIN = (_two_sides, _angles, _cases, _actions, _both, _further, _example, _some, _CHANCES, _CONCESSION)
_PARSERS: tuple[Callable[[str], Made | None], ...] = (
    _two_sides, _angles, _cases, _actions, _both, _further, _wishes, _example, _tasks, _said, _some,
    _CHANCES, _CONCESSION,
    _question,
)  # fmt: skip

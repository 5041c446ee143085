"""What a text promises, and whether it keeps it: announced numbers of points, members, measures, deadlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.finding import Hit
from drafter.check.skeleton import RANKS, Heading, Skeleton, Step, skeleton, value

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["answers", "deadlines", "listed", "members", "points"]

_COUNT = r"([一二两三四五六七八九十]{1,2}|\d{1,2})"
_PROMISE = re.compile(
    _COUNT + "[ ]?(?:点|个方面|个问题|个意思|条|句话|件事|方面)的?"
    "(?:意见|要求|建议|体会|看法|想法|希望|认识|打算|工作|内容|情况|问题|感受)?"
)
_SPEAKS = re.compile(
    "(?:再|主要|着重|重点|简要|先|就)?(?:讲|谈|强调|提出|提|说|汇报|报告)(?:以下|如下|这么|这样|这)?[ ]?$"
)
_LONGEST_LEAD = 8
_NEAR = (
    *(f"{number}点" for number in "两二三四五六七八九十23456789"),
    *("方面意见", "方面的", "方面要求", "个方面", "个问题", "句话", "件事", "个意思"),
)
_MINE = re.compile("下面|接下来|这里|我|借此|借这个|主要|着重|重点|现就|再|最后|简要|先|现将")
_THEIRS = re.compile("刚才|总书记|书记.{0,6}[讲提]|主席.{0,6}[讲提]|会上|会前|曾|讲了|提了|提出了|强调了|讲过|指出")
_LISTED = re.compile(
    r"(?:以下|如下|下列|下面|主要有)"
    + _COUNT
    + r"(?:个方面|方面|大项|项|个|条|点|大|种|类|件)的?([^\s，。；：:、]{0,8})[：:]"
)
_OPEN, _CLOSE = "（(《“‘〔【", "）)》”’〕】"
_NAMED = re.compile(
    r"“([二两三四五六七八九十])(个?)([^”“\n]{1,8})”(?:[\u4e00-\u9fff]{0,6})"
    r"(?:[（(]((?:即|分别是|是指|指|包括)?[^（）()\n]{3,120})[）)])"
)
_NO_COUNT = re.compile("^[一二三四五六七八九十·.月日年季]|[月日年]$")
_NUMERAL = re.compile("[一二两三四五六七八九十]")
_ENUMERATED = re.compile(r"一是|[（(]一[）)]|1[.．、]|①|第一[，、]|首先[，、]|其一")
_HAN = re.compile("[\u4e00-\u9fff]")


class Item(NamedTuple):
    """A member of a list: its offsets, the words that name it, and all of it."""

    start: int
    head: str
    whole: str


def points(text: Text, _: Settings) -> Iterator[Hit]:
    """S007: 讲三点意见 is followed by three."""
    frame = skeleton(text)
    prose = text.prose
    rows = {text.row(at) for literal in _NEAR for at in text.find(literal)}
    for match in (match for row in sorted(rows) for match in _PROMISE.finditer(prose, *text.bounds(row))):
        speaks = _SPEAKS.search(prose[max(match.start() - _LONGEST_LEAD, 0) : match.start()])
        promised = value(match[1])
        if not speaks or not promised or match[0][-1] == "条" or prose.startswith("了", match.end()):
            continue
        at = match.start() - len(speaks[0])
        before = prose[frame.sentence(at)[0] : match.start()]
        if not _MINE.search(before) or _THEIRS.search(before):
            continue
        found = _following(frame, match.end())
        if found and found[0] != promised:
            count, first, last = found
            message = f"说的是{match[1]}{_unit(match[0])}，后面有{count}{_unit(match[0])}（“{first}”到“{last}”）"
            yield Hit(at, match.end(), message)


def _unit(said: str) -> str:
    for unit in ("个方面", "方面", "个问题", "个意思", "句话", "件事", "条"):
        if unit in said:
            return unit
    return "点"


def _following(frame: Skeleton, at: int) -> tuple[int, str, str] | None:
    """(number, first and last mark) of the list that a promise announces: headings, or counting words beside it."""
    above = frame.above(at)
    parent = above[0] if above else None
    limit = frame.home(parent)[0].scope(frame.home(parent)[1])[1] if parent else len(frame.prose)
    line_end = frame.line(at)[1]
    beside = _beside(frame, at, line_end)
    if len(beside) > 1:
        return len(beside), _said(frame, beside[0]), _said(frame, beside[-1])
    first = next((each for each in frame.headings_between(at, limit) if each.ordinal == 1), None)
    if first:
        run = _beside(frame, line_end, first.start)
        if run and run[0].family != "首先" and frame.prose[run[0].start - 1] in "\n \u3000":
            run = _beside(frame, line_end, limit)  # 第一，…… with headings of its own
        if len(run) > 1:
            return len(run), _said(frame, run[0]), _said(frame, run[-1])
        headings = frame.home(first)[0].headings
        return len(headings), _written(frame, headings[0]), _written(frame, headings[-1])
    run = _beside(frame, at, min(limit, frame.section(at)[1]))
    return (len(run), _said(frame, run[0]), _said(frame, run[-1])) if len(run) > 1 else None


def _beside(frame: Skeleton, start: int, end: int) -> list[Step]:
    """The first run of counting words between two places."""
    run: list[Step] = []
    for step in frame.steps_between(start, end):
        expected = run[-1].ordinal + 1 if run else 1
        if (run and step.family == run[0].family and step.ordinal == 0) or (
            step.ordinal == expected and (not run or step.family == run[0].family)
        ):
            run.append(step)
    return run


def _said(frame: Skeleton, step: Step) -> str:
    return frame.prose[step.start : step.end]


def _written(frame: Skeleton, heading: Heading) -> str:
    return frame.prose[heading.start : heading.text_start].strip()


def listed(text: Text, _: Settings) -> Iterator[Hit]:
    """S008: 以下三项：A、B、C has three."""
    for match in _LISTED.finditer(text.prose):
        count = value(match[1])
        end = _sentence_end(text.prose, match.end())
        if not count or end - match.end() < 3:
            continue
        counts = _counts(text.prose[match.end() : end])
        if counts and count not in counts:
            yield Hit(match.start(), match.end(), f"说的是{match[1]}项，冒号后面列了{_spoken(counts)}项")


def _sentence_end(prose: str, start: int) -> int:
    ends = [end for end in (prose.find(mark, start) for mark in "。！？\n") if end >= 0]
    return min(ends, default=len(prose))


def _spoken(counts: set[int]) -> str:
    return "或".join(map(str, sorted(counts)))


def _counts(list_: str) -> set[int]:
    """How many members a list may have; empty where that is not certain."""
    flat = _flat(list_)
    if _ENUMERATED.search(flat):
        return set()
    if "；" in flat or ";" in flat:
        return {len([part for part in re.split("[；;]", flat) if part.strip()])}
    if "，" in flat or "," in flat or "、" not in flat:
        return set()
    parts = flat.rstrip("等 ").split("、")
    if any(len(part) > 20 for part in parts) or "等" in flat[-3:]:
        return set()
    joined = len(re.findall("[和与及]", parts[-1]))
    return set(range(len(parts), len(parts) + joined + 1))


def _flat(text: str) -> str:
    """The text with all that stands in brackets, quotes and titles as one character each."""
    depth, flat = 0, []
    for char in text:
        if char in _OPEN:
            depth += 1
            if depth == 1:
                flat.append("＊")
        elif char in _CLOSE and depth:
            depth -= 1
        elif not depth:
            flat.append(char)
    return "".join(flat)


def members(text: Text, _: Settings) -> Iterator[Hit]:
    """S009: “四送”（…） has four."""
    for match in _NAMED.finditer(text.prose):
        count = value(match[1])
        name = match[3]
        if not count or _NO_COUNT.search(name):
            continue
        wanted = {count}
        others = [value(each) or 0 for each in _NUMERAL.findall(name)]
        if others:
            wanted = {count + sum(others)}  # 三重一大, 两不愁三保障
        found = _member_counts(match[4])
        if found and not found & wanted:
            start, end = match.span()
            message = f"“{match[1]}{match[2]}{name}”应有{_spoken(wanted)}项，括号里列了{_spoken(found)}项"
            yield Hit(start, end, message)


def _member_counts(list_: str) -> set[int]:
    list_ = re.sub("^(?:即|分别是|是指|指|包括)[：:]?", "", list_)
    flat = _flat(list_)
    if re.search("^(?:不?含|其中|除|见|指的是)|简称|下同|以下|参见|见第|等$|……", flat):
        return set()
    counts = {len([part for part in flat.split(mark) if part.strip()]) for mark in "、；，,;" if mark in flat}
    if not counts:
        return set()
    counts.add(len([part for part in re.split("[、；，,;]", flat) if part.strip()]))
    last = re.split("[、；，,;]", flat)[-1]
    if re.search("[和与及]", last):
        counts.add(max(counts) + 1)
    return counts


_PROBLEMS = re.compile("问题|不足|短板|差距|薄弱环节|困难")
_MEASURES = re.compile("建议|措施|对策|打算|下一步|下步|整改|举措|思路|怎么办")
_NO_PROBLEM = re.compile("解决|针对|聚焦|突出问题导向|破解|化解|整改")


def answers(text: Text, _: Settings) -> Iterator[Hit]:
    """S029: each problem of a 问题 section has a measure in the section of measures."""
    frame = skeleton(text)
    for siblings in frame.lists:
        if RANKS[siblings.system] > RANKS["（一）"]:
            continue
        for index, heading in enumerate(siblings.headings):
            if not _PROBLEMS.search(heading.text) or _MEASURES.search(heading.text) or _NO_PROBLEM.search(heading.text):
                continue
            for later in range(index + 1, len(siblings.headings)):
                if _MEASURES.search(siblings.headings[later].text):
                    problems = _items(frame, *siblings.scope(index))
                    measures = _items(frame, *siblings.scope(later))
                    yield from _unanswered(problems, measures)
                    break


def _items(frame: Skeleton, start: int, end: int) -> list[Item]:
    """What a section lists: its sub-headings, or its first run of counting words."""
    inner = frame.headings_between(start + 1, end)
    own = [each for each in inner if each.system == inner[0].system]
    if len(own) > 1:
        stops = [*(each.start for each in own[1:]), end]
        return [
            Item(
                each.start,
                each.text or frame.prose[each.text_start : each.text_start + 30],
                frame.prose[each.start : stop],
            )
            for each, stop in zip(own, stops, strict=True)
        ]
    run = _beside(frame, start, end)
    if len(run) < 2:
        return []
    items = []
    for step, stop in zip(run, [*(each.start for each in run[1:]), end], strict=True):
        whole = frame.prose[step.end : stop]
        items.append(Item(step.start, re.split("[。；，：]", whole.lstrip("，、"), maxsplit=1)[0], whole))
    return items


def _unanswered(problems: list[Item], measures: list[Item]) -> Iterator[Hit]:
    """The problems that are left over when each measure has taken the problem nearest to it in words."""
    if not measures or len(measures) >= len(problems):
        return
    weights = _weights([*problems, *measures])
    pairs = sorted(
        ((_near(problem, measure, weights), problem, measure) for problem in problems for measure in measures),
        key=lambda pair: -pair[0],
    )
    left, free = list(problems), list(measures)
    for _, problem, measure in pairs:
        if problem in left and measure in free:
            left.remove(problem)
            free.remove(measure)
    for problem in left:
        shared = _pairs(problem.head) & set().union(*(_pairs(measure.head) for measure in measures))
        if not any(weights.get(pair, 0) for pair in shared):
            message = f"列了{len(problems)}个问题，只有{len(measures)}条措施：看不到“{problem.head}”对应的措施"
            yield Hit(problem.start, problem.start + 2, message)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if _HAN.fullmatch(text[i]) and _HAN.fullmatch(text[i + 1])}


def _weights(items: list[Item]) -> dict[str, float]:
    """How much a pair of characters tells: nothing where half of the items have it."""
    counts = Counter(pair for item in items for pair in _pairs(item.whole))
    return {pair: 1 / count for pair, count in counts.items() if count <= len(items) / 2}


def _near(problem: Item, measure: Item, weights: dict[str, float]) -> float:
    """What the name of the one and the words of the other share."""
    shared = (pair for pair in _pairs(problem.head) if pair in measure.whole)
    back = (pair for pair in _pairs(measure.head) if pair in problem.whole)
    return sum(weights.get(pair, 0) for pair in [*shared, *back])


_TARGET = re.compile(
    r"(?:力争|争取|确保|努力实现|努力做到)[^。；！？\n]{0,40}?(?:达到|达|超过|不低于|突破|提高到|提升到|控制在|降到|不少于)"
    r"[^。；！？\n\d]{0,6}\d[\d.,]*[%％‰万亿]?"
)
_PERIOD = re.compile(
    r"\d{4}年|[〇零一二三四五六七八九]{4}年|年底|年内|年末|今年|明年|全年|上半年|下半年|季度|月底|\d月|期间|五年|三年|两年|"
    r"任期|本届|每年|年度|当前和今后|年前|到[^，。]{0,6}末|时限|日前|同期|节前|“十"
)
_TOP_LINES = 4


def deadlines(text: Text, _: Settings) -> Iterator[Hit]:
    """S030: a target with a figure says by when, in its paragraph, above it, or in the title."""
    frame = skeleton(text)
    title = "\n".join([line for line in text.lines[:40] if line.strip()][:_TOP_LINES])
    if _PERIOD.search(title):
        return
    for match in _TARGET.finditer(text.prose):
        start, end = frame.line(match.start())
        above = frame.above(match.start())
        if _PERIOD.search(text.prose, start, end) or any(_PERIOD.search(each.text) for each in above):
            continue
        scope = above[-1].start if above else 0
        if not _PERIOD.search(text.prose, max(scope, start - 400), start):
            yield Hit(*match.span())

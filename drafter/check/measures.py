"""Problems without a measure, and targets without a deadline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.finding import Hit
from drafter.check.lazy import lazy
from drafter.check.skeleton import RANKS, Heading, Skeleton, skeleton

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["answers", "deadlines"]

_HAN = lazy("[\u4e00-\u9fff]+")


class Item(NamedTuple):
    """A member of a list: its offsets, the words that name it, and all of it."""

    start: int
    head: str
    whole: str


_PROBLEMS = lazy("问题|不足|短板|差距|薄弱环节|困难")
_MEASURES = lazy("建议|措施|对策|打算|下一步|下步|整改|举措|思路|怎么办")
_NO_PROBLEM = lazy("解决|针对|聚焦|突出问题导向|破解|化解|整改")


def answers(text: Text, _: Settings) -> Iterator[Hit]:
    """S029: each problem of a 问题 section has a measure in the section of measures."""
    frame = skeleton(text)
    for heading in frame.headings:
        if not _PROBLEMS.search(heading.text) or _MEASURES.search(heading.text) or _NO_PROBLEM.search(heading.text):
            continue
        answer = _answer(frame, heading)
        if answer and not (frame.cut and answer[1] == len(frame.prose)):
            siblings, index = frame.home(heading)
            yield from _unanswered(_items(frame, *siblings.scope(index)), _items(frame, *answer))

    yield from _in_prose(frame)


_SAYS_PROBLEMS = lazy(
    "(?:存在|还有|主要|突出|面临|不少|一些|有).{0,12}(?:问题|不足|短板|差距)|^.{0,12}(?:问题|不足|短板|差距)(?:有|是|表现|主要)"
)
_SAYS_MEASURES = lazy("下一步|下步|针对|建议|措施|对策|打算")
_LEAD = 50
_NEAR_LINES = 2


def _in_prose(frame: Skeleton) -> Iterator[Hit]:
    """The same where 还存在三个问题：一是…… and 下一步：一是…… are paragraphs under one heading."""
    firsts = [step for step in frame.steps if step.ordinal == 1 and step.family != "首先"]
    for one, other in pairwise(firsts):
        end = frame.section(one.start)[1]
        if other.start >= end or frame.prose.count("\n", one.start, other.start) > _NEAR_LINES:
            continue
        said, answered = _lead(frame, one.start), _lead(frame, other.start)
        if not _SAYS_PROBLEMS.search(said) or _NO_PROBLEM.search(said) or not _SAYS_MEASURES.search(answered):
            continue
        if not frame.cut or end < len(frame.prose):
            yield from _unanswered(_counted(frame, one.start, other.start), _counted(frame, other.start, end))


def _lead(frame: Skeleton, at: int) -> str:
    """The sentence that introduces a list."""
    return re.split("[。！？\n]", frame.prose[max(at - _LEAD, 0) : at].rstrip("。：，；:,;\n \u3000"))[-1]


def _answer(frame: Skeleton, heading: Heading) -> tuple[int, int] | None:
    """(start, end) of the first section of measures beside a heading, or beside one that it stands under."""
    current: Heading | None = heading
    while current:
        siblings, index = frame.home(current)
        if RANKS[siblings.system] <= RANKS["（一）"]:
            for later in range(index + 1, len(siblings.headings)):
                if _MEASURES.search(siblings.headings[later].text):
                    return siblings.scope(later)
        current = siblings.parent
    return None


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
    return _counted(frame, start, end)


def _counted(frame: Skeleton, start: int, end: int) -> list[Item]:
    """The items of the first run of counting words."""
    run = frame.run(start, end)
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
    return {pair for run in _HAN.findall(text) for pair in map(add, run, run[1:])}


def _weights(items: list[Item]) -> dict[str, float]:
    """How much a pair of characters tells: nothing where half of the items have it."""
    counts = Counter(pair for item in items for pair in _pairs(item.whole))
    return {pair: 1 / count for pair, count in counts.items() if count <= len(items) / 2}


def _near(problem: Item, measure: Item, weights: dict[str, float]) -> float:
    """What the name of the one and the words of the other share."""
    shared = (pair for pair in _pairs(problem.head) if pair in measure.whole)
    back = (pair for pair in _pairs(measure.head) if pair in problem.whole)
    return sum(weights.get(pair, 0) for pair in [*shared, *back])


_TARGET = lazy(
    r"(?:力争|争取|确保|努力实现|努力做到)[^。；！？\n]{0,40}?(?:达到|达|超过|不低于|突破|提高到|提升到|控制在|降到|不少于)"
    r"[^。；！？\n\d]{0,6}\d[\d.,]*[%％‰万亿]?"
)
_PERIOD = lazy(
    r"\d{4}年|[〇零一二三四五六七八九]{4}年|年底|年内|年末|今年|明年|全年|上半年|下半年|季度|月底|\d月|期间|五年|三年|两年|"
    r"任期|本届|每年|年度|当前和今后|年前|到[^，。]{0,6}末|时限|日前|同期|节前|“十"
)
_TOP_LINES = 4
_BACK = 400


def deadlines(text: Text, _: Settings) -> Iterator[Hit]:
    """S030: a target with a figure says by when, in its paragraph, above it, or in the title."""
    frame = skeleton(text)
    title = "\n".join([line for line in text.lines[:40] if line.strip()][:_TOP_LINES])
    if _PERIOD.search(title):
        return
    for match in _TARGET.finditer(text.prose):
        start, end = frame.line(match.start())
        start, end = max(start, match.start() - _BACK), min(end, match.end() + _BACK)
        above = frame.above(match.start())
        if _PERIOD.search(text.prose, start, end) or any(_PERIOD.search(each.text) for each in above):
            continue
        scope = above[-1].start if above else 0
        if not _PERIOD.search(text.prose, max(scope, start - _BACK), start):
            yield Hit(*match.span())

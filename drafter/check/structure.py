"""Numbers of headings and counting words: what jumps, repeats, stands alone or is mixed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Hit, Level
from drafter.check.lazy import lazy
from drafter.check.skeleton import RANKS, Heading, Siblings, Skeleton, Step, skeleton
from drafter.chinese.numerals import numeral

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["alone", "asks", "inverted", "mixed", "numbers", "steps", "words"]

_LEAD_IN = lazy(r"[：:]$|[一二两三四五六七八九十几][点项条个]|以下|如下|下列|目录")
_ARTICLE = lazy("第[一二三四五六七八九十百]{1,4}条")
_INDENT = 4
_STOPS = "。！？；：，、"
_SEEN_BEFORE = lazy("首先|第一|首要|最重要|最主要|最关键|一是|一方面|先是")


def mark(system: str, ordinal: int) -> str:
    """A mark as it should be: 三、 （三） 3. （3） ③ 第三章."""
    if system in ("章", "节", "部分"):
        return f"第{numeral(ordinal)}{system}"
    if system == "①":
        return chr(ord("①") + ordinal - 1) if ordinal <= 20 else str(ordinal)
    return system.replace("一", numeral(ordinal)).replace("1", str(ordinal))


def numbers(text: Text, _: Settings) -> Iterator[Hit]:
    """S001: each list of siblings counts 1, 2, 3 …"""
    frame = skeleton(text)
    for siblings in frame.lists:
        first = siblings.headings[0]
        level = None if RANKS[siblings.system] in range(3, 7) else Level.WARNING
        if siblings.restarts:
            before = siblings.restarts
            by_itself = text.kind == "md" and siblings.system == "1."  # 1. 1. 1. counts by itself
            if not by_itself and not _new_part(frame, before, first):
                expected = mark(siblings.system, before.headings[-1].ordinal + 1)
                written = mark(siblings.system, 1)
                message = f"序号重新从“{written}”起，前面已到“{mark(siblings.system, before.headings[-1].ordinal)}”，"
                # below （一） a paragraph may have introduced the new list in words of its own
                below = level or (None if siblings.system == "一、" else Level.WARNING)
                yield Hit(*first.mark_span, f"{message}这里应为“{expected}”", level=below)
        elif first.ordinal > 1 and not _inline(frame, siblings, 1, _from(siblings), first.start):
            # an extract may begin in the middle: a reader decides
            yield Hit(*first.mark_span, _expected(siblings.system, 1, first.ordinal), level=Level.WARNING)
        yield from _gaps(frame, siblings, level)


def _gaps(frame: Skeleton, siblings: Siblings, level: Level | None) -> Iterator[Hit]:
    last = siblings.headings[0]
    highest = last.ordinal
    for heading in siblings.headings[1:]:
        expected = highest + 1
        missing = range(expected, heading.ordinal)
        found = missing and all(_inline(frame, siblings, n, last.start, heading.start) for n in missing)
        if heading.ordinal not in (expected, last.ordinal + 1) and not found:
            yield Hit(*heading.mark_span, _expected(siblings.system, expected, heading.ordinal), level=level)
        highest = max(highest, heading.ordinal) if heading.ordinal != expected - 1 else highest
        last = heading


def _expected(system: str, expected: int, written: int) -> str:
    return f"序号{_fault(written, expected)}：这里应为“{mark(system, expected)}”，写的是“{mark(system, written)}”"


def _from(siblings: Siblings) -> int:
    return siblings.parent.start if siblings.parent else 0


def _inline(frame: Skeleton, siblings: Siblings, ordinal: int, start: int, end: int) -> bool:
    """Whether a mark that is missing at the beginnings of lines stands within one: （一）…；（二）…"""
    shape = re.escape(mark(siblings.system, ordinal).strip("、."))
    after = {"一、": "[、.．]", "1.": "[.．、）)]"}.get(siblings.system, "")
    before = r"(?<![\d.])" if siblings.system == "1." else ""
    shape = shape.replace("（", "[（(]").replace("）", "[）)]")
    return re.compile(before + shape + after).search(frame.prose, start, end) is not None


def _new_part(frame: Skeleton, before: Siblings, first: Heading) -> bool:
    """Whether a count may begin anew: after a title, a salutation, a lead-in (以下三点：), or a table of contents."""
    earlier = before.headings
    if earlier[0].text and earlier[0].text == first.text:
        return True
    small = before.system in ("1.", "（1）", "①") and len(earlier) > 1
    if small and frame.prose.count("\n", earlier[-1].start, first.start) > 1:
        return True  # small lists stand in a row under paragraphs of their own
    between = frame.prose[earlier[-1].end : first.start].split("\n")[1:]
    lines = [line.strip(" \t\u3000#*") for line in between]
    lines = [line for line in lines if line]
    if not lines:
        return False
    if _LEAD_IN.search(lines[-1][-60:]):
        return True
    if any(_ARTICLE.match(line) for line in lines):
        return True
    return any(len(line) <= 40 and not any(stop in line for stop in "。；！？") for line in lines)


def inverted(text: Text, _: Settings) -> Iterator[Hit]:
    """S002: （一） inside an item of 1."""
    for siblings in skeleton(text).lists:
        if siblings.parent and (siblings.inverted or _directly(siblings, siblings.parent)):
            inner, outer = mark(siblings.system, 1), mark(siblings.parent.system, 1)
            yield Hit(
                *siblings.headings[0].mark_span, f"层次颠倒：“{outer}”之下用了“{inner}”，“{inner}”应在“{outer}”之上"
            )


def _directly(siblings: Siblings, parent: Heading) -> bool:
    """A list of a higher system that begins in the line after a title of a lower one."""
    first = siblings.headings[0]
    higher = RANKS["一、"] < RANKS[siblings.system] < RANKS[parent.system]
    return higher and parent.own and not parent.final and 0 < first.start - parent.end <= _INDENT


def alone(text: Text, _: Settings) -> Iterator[Hit]:
    """S003: a list of one."""
    frame = skeleton(text)
    going_on = {id(siblings.restarts) for siblings in frame.lists if siblings.restarts}
    for siblings in frame.lists:
        only = siblings.headings[0]
        if len(siblings.headings) > 1 or only.ordinal != 1 or siblings.restarts or siblings.system == "①":
            continue
        if id(siblings) in going_on or RANKS[siblings.system] < RANKS["一、"]:
            continue
        if _inline(frame, siblings, 2, only.start, siblings.end):
            continue
        level = None if siblings.end < len(frame.prose) and siblings.parent else Level.INFO
        yield Hit(*only.mark_span, f"只有“{mark(siblings.system, 1)}”，没有“{mark(siblings.system, 2)}”", level=level)


def steps(text: Text, _: Settings) -> Iterator[Hit]:
    """S004: 一是 二是 三是 (and 一要 …, 第一， …) without a gap."""
    for hit, rule in _steps(skeleton(text)):
        if rule == "S004":
            yield hit
    for before, verb in _BY_VERB:
        if text.has(f"{before}二{verb}"):
            yield from _by_verb(text, before, verb)


_DIGITS = "一二三四五六七八九"
_BY_VERB = (("其", ""), *(("", verb) for verb in "靠抓看查比保促建学问访送帮评讲练盯补"))
_AFTER_MARK = frozenset("\n。；：，、！？ \u3000“（;:,")


def _by_verb(text: Text, before: str, verb: str) -> Iterator[Hit]:
    """一靠……，二靠……，四靠…… and 其一，……其二，…… within a paragraph."""
    seconds = (at for at in text.find(f"{before}二{verb}") if at and text.prose[at - 1] in _AFTER_MARK)
    shape = re.compile(f"{before}([{_DIGITS}]){verb or '(?=[，、：是])'}")
    for row in sorted({text.row(at) for at in seconds}):
        run: list[int] = []
        for match in shape.finditer(text.prose, *text.bounds(row)):
            if match.start() and text.prose[match.start() - 1] not in _AFTER_MARK:
                continue
            number = _DIGITS.index(match[1]) + 1
            run = [1] if number == 1 else [*run, number]
            expected = run[-2] + 1 if len(run) > 2 and run[1] == 2 else number
            if number != expected:
                right = f"{before}{_DIGITS[expected - 1]}{verb}"
                what = f"列举{_fault(number, expected)}：这里应为“{right}”，写的是“{match[0]}”"
                yield Hit(*match.span(), what)
                break


def _fault(written: int, expected: int) -> str:
    return "重复" if written == expected - 1 else "跳号" if written > expected else "倒退"


def words(text: Text, _: Settings) -> Iterator[Hit]:
    """S005: 首先 其次 再次 最后 in their order."""
    for hit, rule in _steps(skeleton(text)):
        if rule == "S005":
            yield hit


def mixed(text: Text, _: Settings) -> Iterator[Hit]:
    """S006: 首先 … 第二 in one list."""
    for hit, rule in _steps(skeleton(text)):
        if rule == "S006":
            yield hit


def _steps(frame: Skeleton) -> Iterator[tuple[Hit, str]]:
    """Runs of counting words within a section, one run of each family open at a time."""
    borders = [heading.start for heading in frame.headings] + [len(frame.prose) + 1]
    at, section = 0, 0
    runs: dict[str, list[Step]] = {}
    told: set[str] = set()
    for step in frame.steps:
        while borders[at] <= step.start:
            at, section = at + 1, borders[at]
            runs, told = {}, set()
        run = runs.get(step.family)
        if step.ordinal == 1:
            runs[step.family] = [step]
            told.discard(step.family)
        elif run is None and step.ordinal:
            yield from _orphan(frame, step, runs, told, section)
        elif run is not None:
            yield from _next(frame, step, run, told)


def _next(frame: Skeleton, step: Step, run: list[Step], told: set[str]) -> Iterator[tuple[Hit, str]]:
    expected = run[-1].ordinal + 1
    if step.family == "首先":
        if step.ordinal == 0:
            run.append(step._replace(ordinal=99))
        elif step.ordinal < expected:
            word = frame.prose[step.start : step.end]
            where = "重复出现" if any(each.ordinal == step.ordinal for each in run) else "次序颠倒"
            yield Hit(step.start, step.end, f"“{word}”{where}"), "S005"
        else:
            if step.ordinal > expected:
                yield Hit(step.start, step.end, "“再次”之前没有“其次”"), "S005"
            run.append(step)
        return
    if step.ordinal != expected and step.family not in told:
        word = _word(step.family, expected)
        if step.ordinal < expected or frame.prose.find(word, run[-1].end, step.start) < 0:
            written = _word(step.family, step.ordinal)
            yield (
                Hit(step.start, step.end, f"列举{_fault(step.ordinal, expected)}：这里应为“{word}”，写的是“{written}”"),
                "S004",
            )
            told.add(step.family)
    run.append(step)


def _orphan(
    frame: Skeleton, step: Step, runs: dict[str, list[Step]], told: set[str], section: int
) -> Iterator[tuple[Hit, str]]:
    """A second or later member of a family that has no first one in the section."""
    word = frame.prose[step.start : step.end]
    for family, run in runs.items():
        last = run[-1].ordinal
        if family != step.family and last == step.ordinal - 1 and step.family not in told:
            told.add(step.family)
            if family == "首先" and step.family == "第" and last >= 3:
                return  # 再次 has no successor of its own
            first = frame.prose[run[0].start : run[0].end]
            yield Hit(step.start, step.end, f"同一组列举里“{first}”和“{word}”混用，应统一"), "S006"
            return
    if step.family in told:
        return
    told.add(step.family)
    earlier = frame.prose[section : step.start]
    if step.family == "首先":
        if not _SEEN_BEFORE.search(earlier[-300:]):
            missing = "首先" if step.ordinal == 2 else "其次"
            yield Hit(step.start, step.end, f"有“{word}”，前面没有“{missing}”"), "S005"
        return
    first = _word(step.family, 1)
    same = rf"(?:^|[{_STOPS}]){_word('第' if step.family == '第' else '', step.ordinal - 1)}"  # 一怕…二怕…三是
    if step.family == "要" or first in earlier or _SEEN_BEFORE.search(earlier):
        return
    if not re.search(same, earlier, re.MULTILINE):
        # the list may have begun under the heading before: a reader decides
        yield Hit(step.start, step.end, f"有“{word}”，前面没有“{first}”", level=Level.WARNING), "S004"


def _word(family: str, ordinal: int) -> str:
    return f"第{numeral(ordinal)}" if family == "第" else numeral(ordinal) + family


_REPORT = lazy(r"^[ \t\u3000#]*(?:[^。\n]{2,60}报告[ \t]*$|关于[^。\n]{2,60}的报告)", re.MULTILINE)
_ASKS = lazy(
    "(?:妥否|当否|可否|是否妥当|以上(?:意见|报告)?如无不妥)[，,]?请(?:予)?(?:批示|批复|审批|批准|审核批准|批转)"
    "|(?:恳请|特此?请|请)(?:上级|领导)?(?:予以?|给予)?(?:批示|批复|审批|批准)(?=[。！]|$)"
)
_HEAD = 400


def asks(text: Text, _: Settings) -> Iterator[Hit]:
    """S016: a 报告 that asks for a decision."""
    if _REPORT.search(text.prose, 0, _HEAD) and "请示" not in text.prose[:_HEAD]:
        for match in _ASKS.finditer(text.prose):
            yield Hit(*match.span())

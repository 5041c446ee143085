"""The craft of a speech, in figures: set phrases, verbs without an object, claims without facts, minutes, adverbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from drafter.check.finding import Hit
from drafter.check.lazy import lazy
from drafter.check.rule import rulebook
from drafter.check.skeleton import Skeleton, skeleton
from drafter.chinese.length import characters, minutes, spoken

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["adverbs", "claims", "cliches", "dangling", "duration"]

_LEAST_LENGTH = 500
_LONGEST_SPEECH = 60_000
_LEAST_MINUTES = 1
_MOST_NAMED = 5


def cliches(text: Text, settings: Settings) -> Iterator[Hit]:
    """C001: more than `cliche` set phrases in 1,000 characters."""
    size = len(text.prose) - len(text.lines)
    if size < _LEAST_LENGTH:
        return
    rule = rulebook().rule("C001")
    limit = settings.limit("cliche")
    counts = {phrase: sum(1 for _ in text.find(phrase)) for phrase in (rule.near if rule else ())}
    total = sum(counts.values())
    if total * 1000 <= limit * size:
        return
    often = sorted((phrase for phrase in counts if counts[phrase]), key=lambda phrase: -counts[phrase])[:_MOST_NAMED]
    named = "、".join(f"{phrase}{counts[phrase]}次" for phrase in often)
    at = min(text.prose.find(phrase) for phrase in often)
    first = next(phrase for phrase in often if text.prose.startswith(phrase, at))
    message = f"套话偏多：每千字{total * 1000 / size:.1f}处（以{limit:g}处为限），其中{named}"
    yield Hit(at, at + len(first), message)


_DANGLING = lazy(
    r"(?:要|必须|务必)(?:(?:进一步|不断|持续|深入|大力|扎实|全面|切实|继续|努力|着力|积极|更好地|坚定不移地?|扎扎实实地?))*"
    r"(推进|深化|加强|强化|提升|推动|完善|落实|抓好|夯实|拓展|巩固)(?=[。；！，])"
)
_SUBJECTS = lazy(
    "^(?:(?:同志们|对此|为此|同时|今后|下一步)，)?(?:我们|大家|各级工会|各单位|各级|各地|下一步，?|今后，?)?$"
)


def dangling(text: Text, _: Settings) -> Iterator[Hit]:
    """C002: a sentence that begins 要不断深化， and never says what."""
    prose = text.prose
    for match in _DANGLING.finditer(prose):
        start = match.start()
        before = max(prose.rfind(mark, max(start - 12, 0), start) for mark in "。！？；\n：")
        if before < 0 and start > 12:
            continue
        if _SUBJECTS.match(prose[before + 1 : start].strip()):
            yield Hit(match.start(), match.end(), f"“{match[1]}”后面没有说{match[1]}什么")


_CLAIMS = ("显著", "明显", "大幅", "历史性", "突破性", "长足", "丰硕", "卓有成效", "全面开创", "质的飞跃")
_FACT = lazy(
    r"\d|百分之|[二三四五六七八九十百千万]+(?:个|家|名|人|户|件|次|项|万|亿|场|多)|例如|比如|如[^，。]{2,12}[市县区局司厂]|为例|首家|首个|第一家"
)
_NOT_YET = lazy(
    "要|必须|应当|着力|加快|推进|作为主攻|力争|确保|努力|争取|推动|促进|实现|更加|问题|不足|下降|减少|不够|还不|尚|未|没有"
)
_PAST = lazy("了|取得|得到|成效|成绩|进步|进展|提高|提升|增强|改善|过去|一年来|以来")


def claims(text: Text, _: Settings) -> Iterator[Hit]:
    """C003: a section that claims great success and gives neither a figure nor a case."""
    places = sorted(at for claim in _CLAIMS for at in text.find(claim))
    if not places:
        return
    frame = skeleton(text)
    for (start, end), group in groupby(places, key=lambda at: _section(frame, at)):
        found = []
        for at in group:
            first, last = frame.sentence(at)
            sentence = frame.prose[first:last]
            if not _NOT_YET.search(frame.prose[first:at]) and _PAST.search(sentence):
                found.append(at)
        if found and end - start > 60 and not _FACT.search(frame.prose, start, end):
            claim = next(each for each in _CLAIMS if frame.prose.startswith(each, found[0]))
            message = f"这一部分说了{len(found)}处“{claim}”一类的成效，没有一个数字或事例"
            yield Hit(found[0], found[0] + len(claim), message)


def _section(frame: Skeleton, at: int) -> tuple[int, int]:
    """The main section that a place is in; the nearest one that is as small as a heading allows."""
    above = frame.above(at)
    if not above:
        return frame.section(at)
    siblings, index = frame.home(above[0])
    start, end = siblings.scope(index)
    return frame.line(start)[1] if above[0].own else start, end


_SALUTATION = lazy(
    r"^[ \t\u3000]*[^。\n]{0,30}(?:同志们|朋友们|各位[^。\n]{0,12}|女士们|先生们)[：:！!，]?[ ]*$", re.MULTILINE
)


def duration(text: Text, settings: Settings) -> Iterator[Hit]:
    """C004: the minutes of each main section of a speech, at `rate` characters a minute."""
    if len(text.prose) > _LONGEST_SPEECH:
        return
    tops = skeleton(text).tops
    salutation = _SALUTATION.search(text.prose)
    if len(tops) < 2 or not salutation or salutation.start() > tops[0][0].start:
        return
    rate = int(settings.limit("rate"))
    whole = minutes(spoken(text.prose[salutation.start() :]), rate)[1]
    if whole < _LEAST_MINUTES:
        return
    parts = []
    for heading, end in tops:
        mark = text.prose[heading.start : heading.text_start].strip().rstrip("、.")
        parts.append(f"{mark} {minutes(spoken(text.prose[heading.start : end]), rate)[1]:.1f}")
    first = tops[0][0]
    total = characters(text.prose[salutation.start() :])
    message = f"全文约{whole:.0f}分钟（{total}字，每分钟{rate}字）；各部分：{'，'.join(parts)}分钟"
    yield Hit(*first.mark_span, message)


_ADVERBS = ("进一步", "切实", "不断", "扎实", "大力", "积极", "深入", "着力", "持续")


def adverbs(text: Text, settings: Settings) -> Iterator[Hit]:
    """C005: one adverb more than `adverbs` times in a paragraph; the fullest paragraphs of a text, one finding each."""
    limit = int(settings.limit("adverbs"))
    seen: dict[int, list[tuple[int, str, int]]] = {}
    for adverb in _ADVERBS:
        places = list(text.find(adverb))
        if len(places) <= limit:
            continue
        for row, group in groupby(places, key=text.row):
            found = list(group)
            if len(found) > limit:
                seen.setdefault(row, []).append((found[0], adverb, len(found)))
    for each in seen.values():
        start, adverb, _ = min(each)
        named = "，".join(f"“{word}”用了{count}次" for _at, word, count in each)
        yield Hit(start, start + len(adverb), f"同一段里{named}")

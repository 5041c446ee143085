"""Set formulae: the list of guiding thoughts (O015, T007), verbs (O016) and members (O017) of numbered formulae."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING

from drafter.check.dates import PAST, names_earlier_year, period, sentence, spell
from drafter.check.finding import Edit, Hit, Level
from drafter.check.lazy import lazy
from drafter.check.rule import RULES

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["guiding", "guiding_by_date", "members", "verbs"]

_THOUGHTS = (
    "马克思列宁主义",
    "毛泽东思想",
    "邓小平理论",
    "“三个代表”重要思想",
    "科学发展观",
    "习近平新时代中国特色社会主义思想",
)
_WRITTEN = (
    "马克思列宁主义|马列主义",
    "毛泽东思想",
    "邓小平理论",
    "“?三个代表”?(?:的?重要思想)?",
    "科学发展观",
    "习近平新时代中国特色社会主义思想",
)
_THOUGHT = lazy("|".join(f"(?P<t{number}>{words})" for number, words in enumerate(_WRITTEN)))
_ANY = f"(?:{'|'.join(_WRITTEN)})"
_LIST = lazy(f"{_ANY}(?:(?:、|，|和|与|及|以及){_ANY})*")
_SINCE = (
    (date(1997, 9, 18), 2), (date(2002, 11, 14), 3), (date(2012, 11, 14), 4), (date(2017, 10, 24), 5),
)  # fmt: skip
"""From which day (the constitution of the Party as amended) the list goes to which thought."""

_KEYS = ("马克思列宁主义", "毛泽东思想", "邓小平理论", "三个代表", "科学发展观", "习近平新时代")
_ROUND = ("毛泽东思想", "邓小平理论", "三个代表", "科学发展观")
_GRACE = timedelta(days=60)

_VERBS = {
    "四个意识": ("增强", "坚定|做到|践行"),
    "四个自信": ("坚定", "增强|做到|践行|树牢"),
    "两个维护": ("做到", "坚定|增强|树牢"),
}
_JOINED = lazy(r"(?:增强|坚定|做到|树牢)(?:“?(?:四个意识|四个自信|两个维护)(?:”、?(?=“)|、)){1,2}“?$")
_NAME_NEAR = 30
_NEXT = 30
"""How far into the next sentence the thought that is missed in a list may stand."""


class Formula:
    """A row of the table: a formula with its members in order; a member may have other wordings.

    names          its name, and words that stand before its members instead
    unmistakable   its members mean nothing else, even where its name does not stand beside them
    former         what its first member was before `since`
    """

    def __init__(self, line: str) -> None:
        names, words, since, unmistakable, former = (*line.split("\t"), "")[:5]
        self.names = tuple(names.split("/"))
        self.members = tuple(tuple(member.split("/")) for member in words.split("|"))
        self.since = date.fromisoformat(since) if since else None
        self.unmistakable = bool(unmistakable)
        self.former = former

    @property
    def name(self) -> str:
        return self.names[0]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        words = "|".join(word for member in self.members for word in member)
        return re.compile(f"(?:{words})(?:(?:、|，|；|和|与|及|以及)(?:{words}))+")

    @property
    def anchors(self) -> tuple[str, ...]:
        """Literals of which each line to look at has one: the first two members (one may be left out), or the name."""
        return (*self.members[0], *self.members[1]) if self.unmistakable else self.names

    @cached_property
    def word(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?P<m{n}>{'|'.join(member)})" for n, member in enumerate(self.members)))


def guiding(text: Text, _: Settings) -> Iterator[Hit]:
    """O015: guiding thoughts in a wrong order, with one left out between two others, or not named in full."""
    for match, found in _lists(text):
        numbers = [number for number, _ in found]
        for number, place in found:
            if number == 3 and not place[0].endswith("重要思想") and len(found) > 1:
                edit = Edit(place.end(), place.end(), "重要思想")
                yield Hit(*place.span(), "“三个代表”后应有“重要思想”", (edit,))
            elif number == 3 and place[0].endswith("的重要思想"):
                edits = (Edit(place.end() - 5, place.end() - 4, ""),)
                yield Hit(*place.span(), "“三个代表”重要思想是固定说法，中间没有“的”", edits, level=Level.WARNING)
            elif number == 3 and place[0].endswith("表重要思想") and text.prose[place.end() : place.end() + 1] == "”":
                edits = (Edit(place.end() - 4, place.end() + 1, "”重要思想"),)
                yield Hit(place.start(), place.end() + 1, "引号只括“三个代表”", edits, level=Level.WARNING)
        if numbers != sorted(set(numbers)):
            right = "、".join(_THOUGHTS[number] for number in sorted(set(numbers)))
            yield Hit(*match.span(), f"指导思想的次序应为：{right}")
        elif len(numbers) > 1 and (left_out := sorted(set(range(numbers[0], numbers[-1])) - set(numbers))):
            names = "、".join(_THOUGHTS[number] for number in left_out)
            yield Hit(*match.span(), f"指导思想的列举漏了{names}")


def guiding_by_date(text: Text, settings: Settings) -> Iterator[Hit]:
    """T007: guiding thoughts that stop before the one which the constitution of the Party had by that day."""
    when = period(text, settings)
    if when is None:
        return
    expected = next(((day, last) for day, last in reversed(_SINCE) if day + _GRACE <= when.first), None)
    if expected is None:
        return
    done = -1
    for match, found in _lists(text):
        start, end = sentence(text, *match.span())
        whole = text.prose[start:end]
        if (
            start == done
            or not _followed(text, match, end, len(found))
            or _KEYS[expected[1]] in whole
            or _KEYS[expected[1]] in text.prose[end : end + _NEXT]
            or PAST.search(whole)
            or names_earlier_year(whole, when.first.year)
        ):
            continue
        if found[-1][0] < expected[1]:
            done = start
            name = _THOUGHTS[expected[1]]
            what = (
                f"列到{_THOUGHTS[found[-1][0]]}为止；自{spell(expected[0])}党章修正起应列到{name}，"
                f"文稿日期为{spell(when.first)}"
            )
            yield Hit(*match.span(), what)


_GUIDES = lazy(r"[^，。；]{0,6}(?:为|作为)(?:根本|行动|科学)?(?:指导|指针|指南|准绳|统领)")
_ARMS = lazy(r"的?(?:统领|武装|指引|指导下)|[。，；]|$")
_UPHELD = lazy(r"(?:坚持|必须|始终|高举|学习|贯彻|遵循|践行|用|以|在)(?:以|用|贯彻|落实)?$")


def _followed(text: Text, match: re.Match[str], end: int, count: int) -> bool:
    """Whether a list is said to be what guides the work; a list of three and more may simply be upheld."""
    rest = text.prose[match.end() : end]
    if _GUIDES.match(rest):
        return True
    whole = count > 2 or (match[0] == "科学发展观" and rest[:1] not in "。，；")
    before = text.prose[max(match.start() - 6, 0) : match.start()]
    if before.endswith("在") and ("了" in rest or "过" in rest):
        return False  # of the way that was gone
    return bool(whole and _ARMS.match(rest) and _UPHELD.search(before))


def _lists(text: Text) -> Iterator[tuple[re.Match[str], list[tuple[int, re.Match[str]]]]]:
    """Each list of guiding thoughts (one or more) that is not part of a title or of a long quotation."""
    lines = {text.row(at) for literal in _ROUND for at in text.find(literal)}
    for row in sorted(lines):
        for match in _LIST.finditer(text.prose, *text.bounds(row)):
            if text.titled.touch(*match.span()) or text.quoted.touch(match.start(), match.start() + 1):
                continue
            places = list(_THOUGHT.finditer(text.prose, *match.span()))
            yield match, [(int((place.lastgroup or "t0")[1:]), place) for place in places]


def verbs(text: Text, _: Settings) -> Iterator[Hit]:
    """O016: a formula after a verb that belongs to another one."""
    for name, (right, wrong) in _VERBS.items():
        for at in text.find(name):
            before = text.prose[max(0, at - 20) : at]
            if _JOINED.search(before):
                start = at - (before[-1] == "“")
                edits = (Edit(start, start, right if before.endswith("、") or "、“" in before else f"、{right}"),)
                yield Hit(start, at + len(name), f"“{name}”前少了动词“{right}”", edits)
            elif match := re.search(rf"({wrong})“?$", before):
                start = at - len(match[0])
                level = Level.INFO if name == "四个自信" and match[1] == "增强" else None
                edits = (Edit(start, start + 2, right),)
                yield Hit(start, at + len(name), f"“{name}”前用“{right}”，不用“{match[1]}”", edits, level=level)


def members(text: Text, settings: Settings) -> Iterator[Hit]:
    """O017: the members of a formula with one left out, twice, or in another order."""
    when = period(text, settings)
    for formula in _formulae():
        if formula.since and when and when.last < formula.since:
            continue
        present = sum(any(text.has(word) for word in member) for member in formula.members)
        if present < len(formula.members) - 1:
            continue
        lines = {text.row(at) for anchor in formula.anchors for at in text.find(anchor)}
        for row in sorted(lines):
            for match in formula.pattern.finditer(text.prose, *text.bounds(row)):
                yield from _members(text, formula, match, dated=when is not None)


def _members(text: Text, formula: Formula, match: re.Match[str], *, dated: bool) -> Iterator[Hit]:
    start, end = match.span()
    former = start - len(formula.former) - 1
    if dated and formula.former and text.prose.startswith(formula.former + "、", max(former, 0)):
        if _named(text, formula, former, end) and not text.titled.touch(start, end):
            edits = (Edit(former, start - 1, formula.members[0][0]),)
            what = f"“{formula.name}”的第一项现为“{formula.members[0][0]}”，“{formula.former}”是以前的说法"
            yield Hit(former, end, what, edits, level=Level.WARNING)
        return
    if formula.unmistakable and (other := _stranger(text, formula, start, end)):
        yield Hit(start, end, f"“{formula.name}”里没有“{other}”：{'、'.join(member[0] for member in formula.members)}")
        return
    if text.titled.touch(start, end) or _joined(text, start, end):
        return
    named = _named(text, formula, start, end)
    if not (named or formula.unmistakable):
        return
    found = [int((place.lastgroup or "m0")[1:]) for place in formula.word.finditer(text.prose, start, end)]
    missing = sorted(set(range(len(formula.members))) - set(found))
    first, last = sentence(text, start, end)
    if any(word in text.prose[first:last] for number in missing for word in formula.members[number]):
        return
    level = None if named else Level.WARNING if dated else Level.INFO
    right = "、".join(member[0] for member in formula.members)
    if len(missing) == 1 and len(formula.members) > 2:
        yield Hit(start, end, f"“{formula.name}”少了“{formula.members[missing[0]][0]}”：{right}", level=level)
    elif not missing and len(found) > len(set(found)):
        yield Hit(start, end, f"“{formula.name}”有重复的：{right}", level=level)
    elif not missing and found != sorted(found):
        yield Hit(start, end, f"“{formula.name}”的次序通常为：{right}", level=Level.INFO)


_NAMES = lazy(r"”?(?:，?(?:即|就是|是指|包括)|：|（|\()[：:]?$")


def _stranger(text: Text, formula: Formula, start: int, end: int) -> str:
    """What a list that stands right after the name of the formula has beside its members; "" for nothing."""
    name = _NAMES.search(text.prose, max(start - 6, 0), start)
    if name is None or not text.prose.endswith(formula.name, 0, name.start()):
        return ""
    whole = re.split("[。；，：！？）)\n]", text.prose[start : end + 40], maxsplit=1)[0]
    if "等" in whole[-3:]:
        return ""
    known = {word for member in formula.members for word in member}
    return next((part for part in re.split("[、和与及]", whole) if part and part not in known), "")


def _joined(text: Text, start: int, end: int) -> bool:
    """Whether the list goes on with something else on either side."""
    return text.prose[start - 1 : start] in ("、", "和", "与", "及") or text.prose[end : end + 1] in (
        "、",
        "和",
        "与",
        "及",
    )


def _named(text: Text, formula: Formula, start: int, end: int) -> bool:
    first, last = sentence(text, start, end)
    around = text.prose[max(first, start - _NAME_NEAR) : start], text.prose[end : min(last, end + _NAME_NEAR)]
    return any(name in around[0] for name in formula.names) or formula.name in around[1]


@cache
def _formulae() -> tuple[Formula, ...]:
    lines = (RULES / "formulae.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(map(Formula, lines))

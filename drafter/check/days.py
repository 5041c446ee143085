"""Dates held against the calendar: weekdays that are other days, days that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from drafter.check.dates import last_day, speech_date
from drafter.check.finding import Edit, Hit, Level
from drafter.check.lazy import lazy
from drafter.chinese.numerals import parse_numeral

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["impossible_date", "weekday"]

_DAYS = "一二三四五六日"
_WEEKDAY = "(?:是|为)?(?:本|这)?(?:星期|周|礼拜)([一二三四五六日天])(?![年岁])"
_TO = "[至到—～-]"
_WITH_WEEKDAY = lazy(
    "月([0-9]{1,2})日(?:上午|下午|全天|晚上?)?\\s*"
    f"(?:[（(]\\s*{_WEEKDAY}|[，,]?{_WEEKDAY}(?!\\s*(?:{_TO}|、)|以)|（([一二三四五六日])）)"
)
_LATER = lazy(f"{_TO}([0-9]{{1,2}})日\\s*[（(]\\s*{_WEEKDAY}(?!\\s*{_TO})")
_SPAN = lazy(f"{_TO}(?:[0-9]{{1,2}}月)?([0-9]{{1,2}})日\\s*[（(]\\s*{_WEEKDAY}\\s*{_TO}\\s*{_WEEKDAY}")
_FIRST = lazy("(?:([0-9]{4})年)?(?<![0-9])([0-9]{1,2})月([0-9]{1,2})日?$")
_MONTH = lazy("(?:([0-9]{4})年)?(?<![0-9])([0-9]{1,2})月[^。；\n]*$")
_BEFORE = lazy("(?:([0-9]{4})年)?(?<![0-9])([0-9]{1,2})$")
_FIGURED = lazy(f"(?<![0-9])([0-9]{{4}})[-./]([0-9]{{1,2}})[-./]([0-9]{{1,2}})\\s*[（(]?{_WEEKDAY}")
_MONTH_DAY = lazy("月([0-9]{1,2})日")
_HYPHENED = lazy("([12](?<![0-9./-].)(?:(?<=1)9|(?<=2)0)[0-9]{2})([-/])([0-9]{1,2})\\2([0-9]{1,2})(?![0-9/-])")
_IN_WORDS = lazy("(?<![一二三四五六七八九十])([一二三四五六七八九十]{1,2})月(三十[一二三四五]?)日")
_REACH = 40


def weekday(text: Text, settings: Settings) -> Iterator[Hit]:
    """A weekday beside a date that is another day. A date without its year is taken to be of the year of the speech."""
    prose = text.prose
    spoken = ""
    for match in _WITH_WEEKDAY.finditer(prose):
        before = _BEFORE.search(prose, max(0, match.start() - 7), match.start())
        group = next(number for number in (2, 3, 4) if match[number])
        if not before or (group == 4 and not before[1]):
            continue
        spoken = spoken or _year(text, settings)
        sure = before[1] and group < 4
        yield from _other_day(match, group, before[1] or spoken, before[2], match[1], before.start(), sure=bool(sure))
    for match in _LATER.finditer(prose):
        month = _MONTH.search(prose, max(0, match.start() - _REACH), match.start())
        if month:
            year = month[1] or _year(text, settings)
            yield from _other_day(match, 2, year, month[2], match[1], match.start(1), sure=bool(month[1]))
    for match in _SPAN.finditer(prose):
        first = _FIRST.search(prose, max(0, match.start() - 14), match.start())
        if first:
            year = first[1] or _year(text, settings)
            yield from _other_day(match, 2, year, first[2], first[3], first.start(), sure=bool(first[1]))
            if "月" not in match[0]:
                yield from _other_day(match, 3, year, first[2], match[1], first.start(), sure=bool(first[1]))
    for match in _FIGURED.finditer(prose):
        yield from _other_day(match, 4, match[1], match[2], match[3], match.start(), sure=True)


def _other_day(
    match: re.Match[str], group: int, year: str, month: str, day: str, start: int, *, sure: bool
) -> Iterator[Hit]:
    """A hit where the weekday of a group of the match is not that of the date."""
    try:
        right = _DAYS[date(int(year), int(month), int(day)).weekday()]
    except ValueError:
        return
    if match[group].replace("天", "日") != right:
        message = f"{year}年{int(month)}月{int(day)}日是星期{right}，不是星期{match[group]}"
        edit = Edit(match.start(group), match.end(group), right)
        yield Hit(start, match.end(group), message, (edit,), None if sure else Level.WARNING)


def _year(text: Text, settings: Settings) -> str:
    """The year of the speech; "" where nothing says it."""
    spoken = speech_date(text, settings)
    return str(spoken.year) if spoken else ""


def impossible_date(text: Text, _: Settings) -> Iterator[Hit]:
    """A day that its month, in its year, does not have."""
    prose = text.prose
    for match in _MONTH_DAY.finditer(prose):
        before = _BEFORE.search(prose, max(0, match.start() - 7), match.start())
        if before:
            yield from _no_day(before[1] or "", int(before[2]), int(match[1]), before.start(2), match.end())
    for match in _HYPHENED.finditer(prose):
        if int(match[3]) <= 12:
            yield from _no_day(match[1], int(match[3]), int(match[4]), match.start(), match.end())
    for match in filter(None, (_IN_WORDS.search(prose, max(0, at - 2), at + 6) for at in text.find("月三十"))):
        yield from _no_day("", parse_numeral(match[1]) or 1, parse_numeral(match[2]) or 1, match.start(), match.end())


def _no_day(year: str, month: int, day: int, start: int, end: int) -> Iterator[Hit]:
    """A hit where there is no such day. Without its year a February may have 29 days."""
    if 1 <= month <= 12 and 1 <= day <= 28:
        return
    if not 1 <= month <= 12:
        yield Hit(start, end, f"一年没有{month}月")
    elif not 1 <= day <= (last := last_day(max(1, int(year or 2000)), month)):
        when = f"{year}年{month}月" if year and month == 2 else f"{month}月"
        yield Hit(start, end, f"{when}只有{last}天，没有{day}日")

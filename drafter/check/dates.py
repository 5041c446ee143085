"""The day or period of a speech, dates as they are written, and words that say now or past."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.lazy import lazy
from drafter.chinese.numerals import parse_numeral

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = [
    "DIGITS",
    "PAST",
    "PRESENT",
    "Period",
    "date_line",
    "last_day",
    "names_earlier_year",
    "parse_period",
    "period",
    "sentence",
    "speech_date",
    "spell",
    "whole",
]

DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DAY = (
    r"(?P<year>[12]\d{3}|[一二][〇○零一二三四五六七八九]{3})(?:年|[-./])"
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})(?:(?:月|[-./])(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日?)?)?)?"
)
_ONLY_DAY = lazy(rf"[\s（(\[【]*{_DAY}[\s）)\]】]*(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?\s*")
_WITH_NAME = lazy(rf"[（(]\s*{_DAY}[，、\s]*[^0-9，。；：（）()]{{2,16}}[）)]")
_YEAR = lazy(r"(?<!\d)((?:19|20)\d\d)年")
_HEAD, _TAIL = 8, 6
_REACH = 400

PRESENT = lazy(
    r"正在|当前|今年|目前|(?:学习|全面|深入|认真|坚决|切实|贯彻|继续|持续|扎实|抓好|推动|按照|围绕|结合|以|紧扣|全力)"
    r"[^，。；]{0,8}(?:贯彻|落实|学习|宣传|开展|推进|实施|抓好|领会|遵循|为指导|精神)"
    r"|贯彻落实|学习贯彻|学习宣传|学习落实|深入开展|扎实开展|广泛开展|即将"
)
"""Words that say a thing is being done now."""

PAST = lazy(
    r"以来|曾|去年|前年|当时|那时|历史上|过去|回顾|回望|期间|结束后|胜利完成|圆满(?:完成|结束|收官)|已经|先后|自从|"
    r"第一次提出|首次|提出(?:了|要|的|以)?|召开(?:了|后|以后|之后)|明确(?:了|提出)|强调|指出|确立|作出(?!新|更|应有|积极|贡献|突出|自己|不懈)|决定(?!性)|部署了|"
    r"(?:(?<![太平中高草河还复])原(?![则因料有本来理油始告创著文件野])|时任|改制前|改革前|更名|改称|现为|前身|合并|撤销|废止|施行前)"
)
"""Words of a sentence that speak of what is over."""


class Period(NamedTuple):
    """A stretch of days, both ends included; a single day begins and ends with itself."""

    first: date
    last: date

    @property
    def day(self) -> date | None:
        return self.first if self.first == self.last else None


def parse_period(text: str) -> Period | None:
    """A date as it stands alone, or in brackets with a name: 2026年3月1日, 2026-03-01, 二〇二六年三月一日.

    A month or a year alone is a period.
    """
    line = text.strip()
    match = _ONLY_DAY.fullmatch(line) or _WITH_NAME.fullmatch(line)
    return _period(match["year"], match["month"], match["day"]) if match else None


def speech_date(text: Text, settings: Settings) -> date | None:
    """The day of the speech: as told, as the document carries it, as the line under its title or at its end says."""
    found = period(text, settings)
    return found.day if found else None


def period(text: Text, settings: Settings) -> Period | None:
    """Like `speech_date`, where a month or a year without a day is a period of that length."""
    if settings.date:
        return Period(settings.date, settings.date)
    if text.date and (dated := parse_period(text.date)):
        return dated
    found = date_line(text)
    return found[2] if found else None


def date_line(text: Text) -> tuple[int, int, Period] | None:
    """(start, end, period) of the line under the title or at the end that says the date of a text."""
    rows = [row for row, line in enumerate(text.lines[: text.body]) if line and not line.isspace()]
    tail = rows[max(_HEAD, len(rows) - _TAIL) :]
    for row in (*rows[:_HEAD], *reversed(tail)):
        if len(text.lines[row]) <= 32 and (found := parse_period(text.lines[row])):
            return (*text.bounds(row), found)
    return None


def sentence(text: Text, start: int, end: int) -> tuple[int, int]:
    """(start, end) of the sentence around a place, within its line and no farther than 400 characters; ；ends none."""
    first, last = text.bounds(text.row(start))
    first, last = max(first, start - _REACH), min(last, end + _REACH)
    before = max(text.prose.rfind(mark, first, start) for mark in "。！？")
    after = min((at for mark in "。！？" if (at := text.prose.find(mark, end, last)) >= 0), default=last)
    return (before + 1 if before >= 0 else first), after


def names_earlier_year(words: str, year: int | None) -> bool:
    """Whether words name a year before another; None: whether they name one at all."""
    return any(year is None or int(match[1]) < year for match in _YEAR.finditer(words))


def last_day(year: int, month: int) -> int:
    """How many days a month has (`calendar` would take longer to import than a text to check)."""
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


def spell(day: date) -> str:
    """2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def whole(number: str) -> int | None:
    """An integer in Arabic or Chinese numerals; None where it is none."""
    if number.isascii() and number.isdigit():
        return int(number)
    return parse_numeral(number.replace("〇", "零"))


def _period(year: str, month: str | None, day: str | None) -> Period | None:
    y = int(year.translate(DIGITS))
    m = whole(month) if month else None
    d = whole(day) if day else None
    try:
        if m is None:
            return Period(date(y, 1, 1), date(y, 12, 31))
        if d is None:
            return Period(date(y, m, 1), date(y, m, last_day(y, m)))
        return Period(date(y, m, d), date(y, m, d))
    except ValueError:
        return None

"""Figures that are wrong by themselves: years, mixed numerals, falls by a multiple, hours, ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, Hit, Level
from drafter.check.lazy import lazy
from drafter.chinese.numerals import numeral, parse_numeral

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = [
    "clock", "congress", "fall_by_times", "kinds_mixed", "mixed_numeral", "signed_date", "year_circle", "year_nought",
]  # fmt: skip

_SIGNED = lazy(
    r"(?m)^[ \u3000]*([一二][〇○零ＯO0一二三四五六七八九]{3})年([元正一二三四五六七八九十]{1,2})月"
    r"([初一二三四五六七八九十]{1,3})日[ \u3000]*$",
)
_YEAR = lazy(r"[一二][〇零○◯ＯOo0一二三四五六七八九]{3}(?=年)")
_NOUGHTS = str.maketrans("零○◯ＯOo0", "〇" * 7)
_MIXED = lazy(r"(?<![\d.])\d+[亿万千百](?:\d+(?:[千百十][亿万]?|[亿万])){0,6}\d+[千百十][亿万]?\d*(?![\d瓦米克卡])")
_ROUND = lazy(
    r"(?<![\d.A-Za-z第])(\d+(?:\.\d)?)([千百])(?P<more>[多余来]?)(?=人(?!计划)|名|元|户|家|个(?!百分)|件|位(?!数)|次|亩|吨|场|项|(?P<big>[万亿])[多余]?[元人吨亩户家件平])"
)
_FALL = lazy(r"(减少|下降|降低|缩小|缩短)(?:了|近|约|超过|逾)*\s*(\d+(?:\.\d+)?|[一二两三四五六七八九十]+)倍")
_CLOCK = lazy(r"(上午|早上|早晨|凌晨|下午|晚上|傍晚|中午|(?<![当今昨每明])[早晚])(1[3-9]|2[0-4])(?:[:：]\d{2}|[时点])")
_CONGRESS = lazy(
    r"(?<=党的)(1[2-9]|2[0-2])(?=大(?![\d部多小类项重事工举亮成优新变]))"
    r"|(?<!\d)(1[1-9]|2[0-2])(?=届[1-9一二三四五六七]中全会)|(?<=届)([1-7])(?=中全会)"
    r"|(?<![\d.第])(?:1[6-9]|2[0-2])(?=大(?:报告|精神|以来|召开|部署|代表[，。、的]))"
    r"|(?<=工会)1[5-9](?=大(?![\d部多小类项重事工举亮成优新变功]))|(?<=[第])\d{1,2}(?=次(?:全国)?代表大会)"
)
_CONGRESS_NEAR = (
    "党的1", "党的2", "中全会", "次代表大会", "次全国", "工会1", *(f"{digit}大" for digit in range(10)),
)  # fmt: skip
_COUNT = lazy("[0-9]([个家名项件场次户人])")
_OTHER_COUNT = lazy(
    r"(?<![第之\d一二两三四五六七八九十百])([一二两三四五六七八九十]+)([个家名项件场次户人])(?!人|个|家|项)"
    r"[^、，。；：“”《》\n\d]{0,8}[、和][^、，。；：“”《》\n\d]{0,6}[0-9]*$"
)


def signed_date(text: Text, _: Settings) -> Iterator[Hit]:
    """A date in Chinese numerals that stands in a line of its own: the date of signature."""
    for match in _SIGNED.finditer(text.prose):
        year = "".join(str("〇一二三四五六七八九".index(char)) for char in match[1].translate(_NOUGHTS))
        month = 1 if match[2] in "元正" else parse_numeral(match[2])
        day = parse_numeral(match[3].removeprefix("初"))
        if month and day:
            yield _replaced(match.start(1), match.end(3) + 1, f"{year}年{month}月{day}日")


def year_nought(text: Text, _: Settings) -> Iterator[Hit]:
    """零 in a year that is written digit by digit."""
    yield from _years(text, "零")


def year_circle(text: Text, _: Settings) -> Iterator[Hit]:
    """A circle, a letter O or a digit 0 in the place of 〇."""
    for char in "○◯ＯOo0":
        yield from _years(text, char)


def _years(text: Text, char: str) -> Iterator[Hit]:
    seen = -1
    for at in text.find(char):
        for start in range(max(seen, at - 3, 0), at):
            match = _YEAR.match(text.prose, start)
            if match:
                seen = match.end()
                year = match[0].translate(_NOUGHTS)
                yield _replaced(match.start(), match.end(), year, f"“{match[0]}年”应为“{year}年”")
                break


def mixed_numeral(text: Text, _: Settings) -> Iterator[Hit]:
    """5千3百: Arabic figures before 千, 百, 十."""
    for match in _MIXED.finditer(text.prose):
        value = _mixed_value(match[0])
        if value is None or text.prose[match.end() : match.end() + 1] in ("分", "年"):
            continue
        whole = value % 10**4 == 0 and value >= 10**5
        yield _replaced(match.start(), match.end(), f"{value // 10**4}万" if whole else str(value))
    for match in _ROUND.finditer(text.prose):
        units, _point, tenth = match[1].partition(".")
        value = int(units + tenth) * {"千": 1000, "百": 100}[match[2]] // 10 ** len(tenth)
        edit = Edit(match.start(), match.end(), f"{value}{match['more']}")
        yield Hit(match.start(), match.end(), edits=(edit,), level=Level.WARNING if match["big"] else None)


def _mixed_value(text: str) -> int | None:
    total, section = 0, 0
    for figures, unit, big in re.findall(r"(\d+)([千百十]?)([万亿]?)", text):
        if unit and int(figures) > 9:
            return None
        section += int(figures) * {"": 1, "十": 10, "百": 100, "千": 1000}[unit]
        if big:
            total += section * {"万": 10**4, "亿": 10**8}[big]
            section = 0
    return total + section


def fall_by_times(text: Text, _: Settings) -> Iterator[Hit]:
    """减少 or 下降 by a multiple."""
    from fractions import Fraction

    from drafter.chinese.quantities import chinese_value, plain

    for at in text.find("倍"):
        for match in _FALL.finditer(text.prose, max(0, at - 12), at + 1):
            value = Fraction(match[2]) if match[2][0].isdecimal() else Fraction(chinese_value(match[2]) or 0)
            share = plain(100 * value / (value + 1), 1)
            message = (
                f"{match[1]}不能超过1倍（100%）；如指原来是现在的{plain(value + 1)}倍，"
                f"则{match[1]}{plain(value)}÷{plain(value + 1)}={share}%"
            )
            yield Hit(match.start(), match.end(), message)


def clock(text: Text, _: Settings) -> Iterator[Hit]:
    """A part of the day beside an hour of the 24-hour clock."""
    for match in _CLOCK.finditer(text.prose):
        if match[1] in ("下午", "晚上", "傍晚", "中午", "晚"):
            yield Hit(match.start(), match.end(), edits=(Edit(match.start(1), match.end(1), ""),))
        else:
            level = Level.INFO if match[1][-1] == "晚" else None
            message = "" if level else f"{match[1]}没有{match[2]}时"
            yield Hit(match.start(), match.end(), message, level=level)


def congress(text: Text, _: Settings) -> Iterator[Hit]:
    """党的20大, 18届3中全会."""
    prose = text.prose
    seen = -1
    for at in sorted({at for literal in _CONGRESS_NEAR for at in text.find(literal)}):
        for match in _CONGRESS.finditer(prose, max(0, at - 5), at + 12):
            if match.start() > seen:
                seen = match.start()
                yield _replaced(match.start(), match.end(), numeral(int(match[0])))


def kinds_mixed(text: Text, _: Settings) -> Iterator[Hit]:
    """三个区、4个县: two counts of one list in two kinds of numerals."""
    from drafter.chinese.quantities import chinese_value

    for match in _COUNT.finditer(text.prose):
        other = _OTHER_COUNT.search(text.prose, max(0, match.start() - 28), match.start())
        value = chinese_value(other[1]) if other and other[2] == match[1] else None
        if other and value is not None:
            yield Hit(other.start(1), match.end(), edits=(Edit(other.start(1), other.end(1), str(value)),))


def _replaced(start: int, end: int, right: str, message: str = "") -> Hit:
    return Hit(start, end, message, (Edit(start, end, right),))

"""Figures with their units as Chinese prose writes them: 3.2万人, 40,000元, 百分之八十五, 三分之二, 两千户, 五成."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from drafter.chinese.numerals import parse_numeral

__all__ = ["PERCENT", "POINTS", "TIMES", "Quantity", "chinese_value", "plain", "quantities"]

PERCENT, POINTS, TIMES = "%", "个百分点", "倍"
"""Units of quantities that are shares, differences of shares, and multiples."""

_SCALE = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_UNITS = (
    "人次|家次|户次|场次|人|名|位|户|家|个|件|份|次|场|期|项|条|起|门|本|套|支|台|辆|所|处|公里|千米|平方米|立方米|平方公里|公顷|亩|吨|千克|公斤|米|元"
    "|美元|岁|周岁|小时|分钟|天|对|间|座|批|类|篇|册|宗|张|幢|栋|盏|棵|株|头|只|枚|块|幅|封|笔|款|单|艘|架|轮|遍|趟|班|组|队|村|镇|乡|县|区|市|省"
    "|字|页|度|千瓦时|千瓦|兆瓦"
)
_MULTIPLE = "万亿|[十百千]?[万亿]|[十百千]"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?"
_CHINESE = "[零〇一二两三四五六七八九十百千万亿]+"
_QUANTITY = re.compile(
    rf"(?:(?P<arabic>{_ARABIC})(?P<scale>{_MULTIPLE})?"
    rf"|百分之(?P<hundredth>{_CHINESE}(?:点[零〇一二三四五六七八九]+)?|{_ARABIC})"
    rf"|(?P<below>{_CHINESE})分之(?P<above>{_CHINESE})"
    rf"|(?P<chinese>{_CHINESE})(?:点(?P<fraction>[零〇一二三四五六七八九]+))?)"
    rf"(?P<more>[多余])?(?P<unit>个百分点|%|％|‰|成(?P<tenth>[半一二三四五六七八九](?![一二三四五六七八九十百千万亿个]))?|倍|{_UNITS})?(?P<later>[多余])?"
)
_ABOUT = re.compile(
    "(?:大约|将近|接近|近|约|超过|超|逾|不足|不到|至少|最多|突破|左右|上下|以上|以下|以内|几乎|不低于|不少于|不高于)$"
)
_AFTER = re.compile("左右|上下|以上|以下|以内|许|出头")
_NOT_BEFORE = re.compile(r"[第A-Za-z\d.．\-—～~〔\[(:：/+]$")
_NOT_AFTER = re.compile(r"[A-Za-z\d\-—～~:：/年月日号届]|\.\d")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at `start`:`end` of a string.

    value   in the bare unit: 3.2万人 is 32000 人; a share in percent
    unit    人, 元, %, 个百分点, 倍 …; "" where none follows
    digit   what one of the last digit written is worth: 1000 for 3.2万; 0 for a count written out (200家)
    about   said to be no exact value (约, 近, 多, 以上 …)
    """

    start: int
    end: int
    text: str
    value: Fraction
    unit: str
    digit: Fraction
    about: bool

    def range(self) -> tuple[Fraction, Fraction]:
        """(least, greatest) exact value that may stand behind what is written: 0.6 of the last digit around it."""
        slack = self.digit * Fraction(3, 5)
        return self.value - slack, self.value + slack


def quantities(string: str) -> Iterator[Quantity]:
    """The figures of a sentence in their order. Dates, ordinals, ranges and parts of names are none."""
    for match in _QUANTITY.finditer(string):
        start, end = match.span()
        if _NOT_BEFORE.search(string[max(0, start - 1) : start]) or _NOT_AFTER.match(string[end : end + 2]):
            continue
        found = _read(match)
        if found is None:
            continue
        value, digit, unit = found
        about = bool(
            match["more"] or match["later"]
            or _ABOUT.search(string[max(0, start - 3) : start]) or _AFTER.match(string, end)
        )  # fmt: skip
        yield Quantity(start, end, match[0], value, unit, digit, about)


def plain(value: Fraction, decimals: int = 2) -> str:
    """Rounded, without zeros at the end: 1/3 → 0.33, 270 → 270."""
    rounded = round(value * 10**decimals)
    sign, rounded = ("-" if rounded < 0 else ""), abs(rounded)
    whole, part = divmod(rounded, 10**decimals)
    return f"{sign}{whole}" + (f".{part:0{decimals}}".rstrip("0") if part else "")


@cache
def chinese_value(text: str) -> int | None:
    """三万五千 → 35000, 两千三百 → 2300, 一百零五 → 105; None where it is no such number."""
    text = text.replace("〇", "零").replace("两", "二")
    total = 0
    for mark in "亿万":
        head, found, text = text.rpartition(mark)
        if found:
            section = chinese_value(head)
            if section is None:
                return None
            total += section * _SCALE[mark]
            text = text.removeprefix("零") if len(text) > 1 else text
            if not text:
                return total
    value = parse_numeral(text)
    if value is None:
        return None
    return total + value


def _read(match: re.Match[str]) -> tuple[Fraction, Fraction, str] | None:
    """(value, worth of the last digit, unit)."""
    unit = (match["unit"] or "").replace("％", PERCENT)
    if match["tenth"]:
        unit = "成"
    if match["arabic"]:
        value, digit = _arabic(match["arabic"])
        scale = 1
        for mark in match["scale"] or "":
            scale *= _SCALE[mark]
        exact = scale == 1 and digit == 1 and unit not in (PERCENT, POINTS, TIMES, "成", "‰")
        return _shared(value * scale, Fraction(0) if exact else digit * scale, unit)
    if match["hundredth"]:
        return _hundredth(match["hundredth"], unit)
    if match["below"]:
        below, above = chinese_value(match["below"]), chinese_value(match["above"])
        return None if not below or above is None or unit else (Fraction(100 * above, below), Fraction(0), PERCENT)
    number = chinese_value(match["chinese"])
    if number is None or not unit:
        return None  # 一, 十 … without a unit are parts of words
    return _shared(*_chinese(match, number), unit)


def _hundredth(text: str, unit: str) -> tuple[Fraction, Fraction, str] | None:
    """百分之…: the part after 百分之."""
    whole, _, part = text.partition("点")
    if whole[0].isdecimal():
        return *_arabic(whole), unit or PERCENT
    number = 0 if whole in "零〇" else chinese_value(whole)
    return None if number is None else (number + _decimals(part), Fraction(1, 10 ** len(part)), unit or PERCENT)


def _chinese(match: re.Match[str], number: int) -> tuple[Fraction, Fraction]:
    """(value, worth of the last digit) of a numeral with what stands behind its point or behind 成."""
    if match["fraction"]:
        return number + _decimals(match["fraction"]), Fraction(1, 10 ** len(match["fraction"]))
    if match["tenth"]:
        return number + _decimals(match["tenth"].replace("半", "五")), Fraction(1, 10)
    last = match["chinese"][-1]
    return Fraction(number), Fraction(_SCALE[last] if last in "万亿" else 0)


def _shared(value: Fraction, digit: Fraction, unit: str) -> tuple[Fraction, Fraction, str]:
    if unit == "成":
        return value * 10, digit * 10, PERCENT
    if unit == "‰":
        return value / 10, digit / 10, PERCENT
    return value, digit, unit


def _arabic(text: str) -> tuple[Fraction, Fraction]:
    whole, _, part = text.replace(",", "").partition(".")
    return Fraction(f"{whole}.{part or 0}"), Fraction(1, 10 ** len(part))


def _decimals(part: str) -> Fraction:
    figures = "".join(str(_DIGITS.index(char)) for char in part.replace("〇", "零"))
    return Fraction(int(figures), 10 ** len(part)) if figures else Fraction(0)

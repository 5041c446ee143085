"""How long a text is, in characters and in minutes of speaking.

Two counts are kept apart. `characters` is what is printed: the length that an office asks for and that
Word shows as 字符数（不计空格）. `spoken` is what is read out: 95.3% takes four signs on paper and eight
syllables at the desk. Both count punctuation, because the speaking rates were measured on whole texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from drafter.chinese.numerals import numeral, year_numeral

__all__ = ["DEFAULT_RATE", "RATES", "characters", "minutes", "read_out", "spoken"]

RATES: Mapping[str, int] = MappingProxyType({"大会": 160, "会议": 180, "交流": 200})
"""Characters a minute: a report to a full hall with its applause, an ordinary meeting, a short statement."""

DEFAULT_RATE = RATES["会议"]
_SPREAD = 0.1


def characters(text: str) -> int:
    """The printed length: every character except white space, punctuation included.

    Word's 字符数（不计空格）; its 字数 is smaller where a text has figures, since Word takes 2024 as one word.
    """
    return sum(map(len, text.split()))


def spoken(text: str) -> int:
    """The length as it is read aloud: `characters` of `read_out`."""
    return characters(read_out(text))


def minutes(count: int, rate: int = DEFAULT_RATE) -> tuple[float, float, float]:
    """(low, middle, high) minutes for `count` characters at `rate` characters a minute; the range is ±10 %.

    Raises ValueError for a rate below 1 or a negative count.
    """
    if rate < 1 or count < 0:
        raise ValueError(f"no speaking time for {count} characters at {rate} a minute")
    middle = count / rate
    return middle * (1 - _SPREAD), middle, middle * (1 + _SPREAD)


def read_out(text: str) -> str:
    """The text with its figures as a speaker says them; everything else stays.

    In this order, each rule on what the rules before it left:

    1. thousands separators go: 1,200 → 1200
    2. 2024-03-05 and 2024/3/5 are dates: 二〇二四年三月五日
    3. a dash between figures is 至
    4. a year is read digit by digit: four digits before 年, before 至 and another year, or in 〔〕
    5. 9:30 is a time (九点三十分; 9:00 is 九点); any other a:b is a proportion (三比一)
    6. % and ‰ come first: 95.3% → 百分之九十五点三
    7. a/b is a fraction: 三分之一
    8. the decimals are read one by one: 199.7 → 一百九十九点七
    9. a whole number is read with 十百千万亿; one with a leading zero or above sixteen digits is read digit by digit
    """
    if not _FIGURE.search(text):
        return text
    for rule, reading in _RULES:
        text = rule.sub(reading, text)
    return text


_FIGURE = re.compile(r"[0-9]")
_N = r"[0-9]+(?:\.[0-9]+)?"
_GROUPS = ("", "万", "亿", "万亿")
_MAX_DIGITS = 4 * len(_GROUPS)
_Match = re.Match[str]


def _whole(digits: str) -> str:
    if len(digits) > _MAX_DIGITS or (len(digits) > 1 and digits.startswith("0")):
        return "".join(map(_digit, digits))
    groups = [int(digits[max(end - 4, 0) : end]) for end in range(len(digits), 0, -4)]
    text = ""
    for place in range(len(groups) - 1, -1, -1):
        value = groups[place]
        if not value:
            continue
        if text:
            skipped = value < 1000 or not groups[place + 1]
            words = numeral(value)
            text += "零" * skipped + ("一" + words if words.startswith("十") else words)
        else:
            text = numeral(value)
        text += _GROUPS[place]
    return text.replace("万亿", "万", 1) if text.count("亿") > 1 else text or "零"


def _digit(char: str) -> str:
    return "零" if char == "0" else numeral(int(char))


def _number(figure: str) -> str:
    whole, _, decimals = figure.partition(".")
    return _whole(whole) + ("点" + "".join(map(_digit, decimals)) if decimals else "")


def _date(match: _Match) -> str:
    return f"{year_numeral(int(match[1]))}年{numeral(int(match[2]))}月{numeral(int(match[3]))}日"


def _clock(match: _Match) -> str:
    hour, minute = _whole(str(int(match[1]))), int(match[2])
    return f"{hour}点" + (f"{'零' * (minute < 10)}{numeral(minute)}分" if minute else "")


def _share(match: _Match) -> str:
    return ("百" if match[2] in "%％" else "千") + "分之" + _number(match[1])


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[_Match], str]], ...] = (
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), ""),
    (
        re.compile(r"(?<![0-9])([12][0-9]{3})[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12][0-9]|3[01])(?![0-9])"),
        _date,
    ),
    (re.compile(r"(?<=[0-9%％‰])[-~～—–－]{1,2}(?=[0-9])"), "至"),
    (
        re.compile(r"(?<![0-9.])[12][0-9]{3}(?=年|〕|至[12][0-9]{3}(?:年|〕))"),
        lambda match: year_numeral(int(match[0])),
    ),
    (re.compile(r"(?<![0-9.:：])([01]?[0-9]|2[0-3])[:：]([0-5][0-9])(?![0-9.:：])"), _clock),
    (re.compile(rf"(?<=[0-9])[:：](?={_N})"), "比"),
    (re.compile(rf"({_N})([%％‰])"), _share),
    (
        re.compile(r"(?<![0-9/.])([0-9]+)/([0-9]+)(?![0-9/.])"),
        lambda match: f"{_number(match[2])}分之{_number(match[1])}",
    ),
    (re.compile(_N), lambda match: _number(match[0])),
)

"""Chinese numerals as official texts write them: 一…九千九百九十九, years with 〇."""

from __future__ import annotations

__all__ = ["MAX_NUMERAL", "numeral", "parse_numeral", "year_numeral"]

MAX_NUMERAL = 9999
_DIGITS = "零一二三四五六七八九"
_UNITS = ("千", "百", "十", "")


def numeral(number: int) -> str:
    """一…九千九百九十九; 10 is 十, 18 is 十八, 110 is 一百一十, 1005 is 一千零五.

    Raises ValueError outside 1…9999.
    """
    if not 1 <= number <= MAX_NUMERAL:
        raise ValueError(f"no enumeration numeral for {number}")
    text, zero = "", False
    for digit, unit in zip(f"{number:04}", _UNITS, strict=True):
        if digit == "0":
            zero = bool(text)
            continue
        text += ("零" if zero else "") + _DIGITS[int(digit)] + unit
        zero = False
    return text.removeprefix("一") if text.startswith("一十") else text


def parse_numeral(text: str) -> int | None:
    """The inverse of `numeral`; None where the text is no such numeral."""
    return _VALUES.get(text) or _long_value(text)


def year_numeral(year: int) -> str:
    """2024 → 二〇二四 (GB/T 15835: 〇 in years written digit by digit)."""
    return "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in str(year))


_VALUES = {numeral(n): n for n in range(1, 100)}


def _long_value(text: str) -> int | None:
    total, digit = 0, 0
    for char in text:
        if char in "千百十":
            total += (digit or 1) * {"千": 1000, "百": 100, "十": 10}[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS.index(char)
        else:
            return None
    number = total + digit
    return number if 1 <= number <= MAX_NUMERAL and numeral(number) == text else None

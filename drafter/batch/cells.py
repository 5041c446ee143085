"""A cell of a spreadsheet as the text that its reader sees.

Number formats: ECMA-376 part 1, 18.8.30. What matters here is what a figure looks like: decimals, thousands,
percent, leading zeros. Colours, currency signs and other literals are left out, a unit has a column of its own.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

__all__ = ["Cell", "address", "day", "format_number", "from_value"]

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PLACES = re.compile(r"([0#?,]*)(?:\.([0#?]*))?")
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
)


class Cell(NamedTuple):
    """One cell with something in it.

    text   as shown; iso: the day as YYYY-MM-DD where the cell holds a date
    error  why it holds nothing that can be used, in Chinese, with what to do about it after a |
    """

    text: str
    iso: str = ""
    error: str = ""


def address(column: int, row: int) -> str:
    """(0, 12) → A12."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def from_value(value: object, number_format: str = "General") -> Cell | None:
    """The cell of a value as openpyxl gives it; None for an empty one."""
    if value is None:
        return None
    if isinstance(value, bool):
        return Cell("true" if value else "false")
    if isinstance(value, (int, float)):
        return Cell(format_number(value, number_format))
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return Cell(value.isoformat(" ", "minutes"))
    if isinstance(value, datetime.date):  # a datetime is one, too
        return Cell(_shown_day(value, number_format), f"{value:%Y-%m-%d}" if _has_day(number_format) else "")
    if isinstance(value, datetime.time):
        return Cell(f"{value:%H:%M}")
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return Cell(f"{minutes // 60}:{minutes % 60:02}")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return Cell(text) if text else None


def day(text: str) -> str:
    """2024/3/5, 2024.3.5, 2024-3-5 and 2024年3月5日 as 2024-03-05; any other text as it is."""
    if found := _DAY.fullmatch(text):
        year, month, number = (int(part) for part in found.groups() if part)
        return f"{year:04}-{month:02}-{number:02}"
    return text


def _has_day(number_format: str) -> bool:
    pattern = _LITERAL.sub("", number_format.lower())
    return "d" in pattern or "y" not in pattern  # the built-in formats of other locales have no letters here


def _shown_day(value: datetime.date, number_format: str) -> str:
    """As the cell shows it where that is Chinese; a month stays a month, no day is made up for it."""
    if not _has_day(number_format):
        has_month = "m" in _LITERAL.sub("", number_format.lower())
        return f"{value.year}年{value.month}月" if has_month else f"{value.year}年"
    return f"{value.year}年{value.month}月{value.day}日" if "年" in number_format else f"{value:%Y-%m-%d}"


def format_number(value: float, number_format: str) -> str:
    """A number as its format shows it: (0.085, "0.0%") → 8.5%, (7, "000") → 007, (40000, "#,##0") → 40,000."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    sections = [_LITERAL.sub("", section) for section in number_format.split(";")]
    section = sections[0].strip()
    places = next((found for found in _PLACES.finditer(section) if "0" in found[0] or "#" in found[0]), None)
    special = re.search(r"[eE/@]|General", number_format)
    if places is None or special or "E" in section:
        return _plain(number)
    percent = "%" in section
    whole, decimals = places[1], places[2] or ""
    if whole.endswith(","):  # shown in thousands; the value is what was meant
        return _plain(number)
    if percent:
        number *= 100
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits, _, fraction = f"{abs(rounded):f}".partition(".")
    while len(fraction) > decimals.count("0") and fraction.endswith("0"):
        fraction = fraction[:-1]
    digits = digits.zfill(whole.replace(",", "").count("0") or 1)
    if "," in whole:
        digits = f"{int(digits):,}" if len(str(int(digits))) >= len(digits) else digits
    sign = "-" if rounded < 0 else ""
    return f"{sign}{digits}{'.' + fraction if fraction else ''}{'%' if percent else ''}"


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"

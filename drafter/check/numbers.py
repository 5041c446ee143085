"""Figures and dates that can be worked out: weekdays, sums, shares, growth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, Hit

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["weekday"]

_DAYS = "一二三四五六日"
_DATED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日\s*[（(]?(?:星期|周|礼拜)([一二三四五六日天])")


def weekday(text: Text, _: Settings) -> Iterator[Hit]:
    """A weekday beside a full date that is another day."""
    if not text.has("月"):
        return
    for match in _DATED.finditer(text.prose):
        try:
            day = _DAYS[date(*map(int, match.groups()[:3])).weekday()]
        except ValueError:
            continue
        if match[4].replace("天", "日") != day:
            message = f"{match[1]}年{match[2]}月{match[3]}日是星期{day}，不是星期{match[4]}"
            yield Hit(*match.span(), message, (Edit(match.end() - 1, match.end(), day),))

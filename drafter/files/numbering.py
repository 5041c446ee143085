"""The numbers that Word makes by itself, as text: 一、 （一） 1. in front of the paragraphs that have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.chinese.numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Numbering", "W"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographTraditional",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "koreanDigital",
        "japaneseDigitalTenThousand",
    }
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MAX_LEVEL = 8


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


class Numbering:
    """Definitions of numbering.xml and the counters as a document is walked."""

    def __init__(self, root: _Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, Mapping[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iter(f"{W}abstractNum"):
            self._levels[abstract.get(f"{W}abstractNumId", "")] = dict(map(_level, abstract.iter(f"{W}lvl")))
        for entry in root.iter(f"{W}num"):
            reference = entry.find(f"{W}abstractNumId")
            starts = {
                _number(override.get(f"{W}ilvl"), 0): _number(start.get(f"{W}val"), 1)
                for override in entry.iter(f"{W}lvlOverride")
                if (start := override.find(f"{W}startOverride")) is not None
            }
            if reference is not None:
                self._lists[entry.get(f"{W}numId", "")] = (reference.get(f"{W}val", ""), starts)

    def next(self, number: str, level: int) -> str:
        """The mark of the next paragraph of a list; "" for a bullet or an unknown list."""
        if number not in self._lists or not 0 <= level <= _MAX_LEVEL:
            return ""
        abstract, starts = self._lists[number]
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(number if starts else abstract, {})
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        counts[level] = counts.get(level, starts.get(level, levels[level].start) - 1) + 1
        for upper in range(level):
            counts.setdefault(upper, starts.get(upper, levels[upper].start if upper in levels else 1))
        if levels[level].form in ("bullet", "none"):
            return ""
        return re.sub(
            r"%([1-9])",
            lambda match: _shown(counts.get(int(match[1]) - 1, 1), levels.get(int(match[1]) - 1, levels[level]).form),
            levels[level].text,
        )


def _level(element: _Element) -> tuple[int, _Level]:
    def value(name: str, default: str) -> str:
        found = element.find(f"{W}{name}")
        return default if found is None else found.get(f"{W}val", default)

    return _number(element.get(f"{W}ilvl"), 0), _Level(
        value("numFmt", "decimal"), value("lvlText", ""), _number(value("start", "1"), 1)
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.lstrip("-").isdigit() and len(text) < 8 else default


def _shown(number: int, form: str) -> str:
    if not 1 <= number <= 9999:
        return str(number)
    if form in _CHINESE:
        return numeral(number)
    special: dict[str, Callable[[int], str]] = {
        "decimalEnclosedCircle": lambda n: _CIRCLED[n - 1] if n <= len(_CIRCLED) else str(n),
        "decimalEnclosedCircleChinese": lambda n: _CIRCLED[n - 1] if n <= len(_CIRCLED) else str(n),
        "upperLetter": lambda n: chr(64 + (n - 1) % 26 + 1),
        "lowerLetter": lambda n: chr(96 + (n - 1) % 26 + 1),
        "decimalZero": lambda n: f"{n:02}",
    }
    return special.get(form, str)(number)

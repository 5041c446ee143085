"""Headings beside each other: whether they are built alike and end alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, Hit
from drafter.check.lazy import lazy
from drafter.check.skeleton import RANKS, Siblings, skeleton

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["alike", "endings"]

_HAN = lazy("[\u4e00-\u9fff]")
_LEAST_SPREAD = 6
_LONGEST_TITLE = 40
_MOST_FIGURES = 8


def alike(text: Text, settings: Settings) -> Iterator[Hit]:
    """S010: three or more headings beside each other have about one length and one number of clauses."""
    limit = settings.limit("parallel")
    for siblings in _titles(text):
        headings = siblings.headings
        if len(headings) < 3 or not all(heading.text for heading in headings):
            continue
        if any(len(heading.text) > _LONGEST_TITLE for heading in headings):
            continue
        lengths = [len(_HAN.findall(heading.text)) for heading in headings]
        clauses = [len(re.findall("[，,；;]", heading.text)) + 1 for heading in headings]
        shortest, longest = min(lengths), max(lengths)
        faults = []
        if shortest and longest / shortest > limit and longest - shortest >= _LEAST_SPREAD:
            faults.append(f"字数{_figures(lengths)}，最长是最短的{longest / shortest:.1f}倍")
        usual, times = Counter(clauses).most_common(1)[0]
        odd = len(clauses) - times
        if odd:
            faults.append(f"分句数{_figures(clauses)}")
        broken, breaker = _broken([heading.text for heading in headings])
        if broken:
            faults.append(broken)
        if not faults:
            continue
        # where one stands out the finding stands there
        at = next((i for i, count in enumerate(clauses) if count != usual), 0) if odd == 1 else lengths.index(longest)
        if broken and not odd:
            at = breaker
        heading = headings[at]
        message = f"同级的{len(headings)}个标题不够整齐：{'；'.join(faults)}"
        yield Hit(heading.text_start, heading.end, message)


def _figures(figures: list[int]) -> str:
    if len(figures) > _MOST_FIGURES:
        return f"{min(figures)}到{max(figures)}"
    return "、".join(map(str, figures))


def _broken(titles: list[str]) -> tuple[str, int]:
    """(what is said, index of the odd one) where all but one begin, or end, with the same two characters."""
    for name, part in (("开头", slice(0, 2)), ("结尾", slice(-2, None))):
        usual, times = Counter(title[part] for title in titles).most_common(1)[0]
        if times == len(titles) - 1 and times >= 3:
            odd = next(i for i, title in enumerate(titles) if title[part] != usual)
            return f"其余{name}都是“{usual}”，第{odd + 1}个不是", odd
    return "", 0


def _titles(text: Text) -> Iterator[Siblings]:
    for siblings in skeleton(text).lists:
        if RANKS[siblings.system] <= RANKS["（一）"]:
            yield siblings


def endings(text: Text, _: Settings) -> Iterator[Hit]:
    """S011: of headings on lines of their own, none ends with a full stop where others have none."""
    for siblings in _titles(text):
        own = [heading for heading in siblings.headings if heading.own and len(heading.text) <= _LONGEST_TITLE]
        marked = [heading for heading in own if heading.final == "。"]
        if len(own) == len(siblings.headings) and 0 < len(marked) < len(own):
            for heading in marked:
                yield Hit(heading.end, heading.end + 1, edits=(Edit(heading.end, heading.end + 1, ""),))

"""Sentences whose figures can be worked out: each figure as one character, so that short expressions tell how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.lazy import lazy
from drafter.chinese.quantities import PERCENT, POINTS, TIMES, Quantity, plain, quantities

if TYPE_CHECKING:
    from drafter.check.text import Text

__all__ = ["FIGURE", "Figured", "agree", "counted", "sentences", "shown"]

FIGURE = "[\ue000-\uf8ff]"
"""Expression for one figure of `Figured.words`."""

_FIRST = 0xE000
_ENDS = lazy("[。！？；\n]")
_LONGEST = 400
_NUMBER = lazy("[0-9]+(?:[.,][0-9]+)*|[一二两三四五六七八九十百千]+[^一二两三四五六七八九十百千]")


class Figured(NamedTuple):
    """`words` is the sentence that starts at `start` of the prose, with each of its figures as one character."""

    start: int
    words: str
    figures: tuple[Quantity, ...]

    def figure(self, char: str) -> Quantity:
        return self.figures[ord(char) - _FIRST]

    def all(self, words: str) -> list[Quantity]:
        """The figures of a part of `words`."""
        return [self.figure(char) for char in words if "\ue000" <= char <= "\uf8ff"]

    def place(self, *figures: Quantity) -> tuple[int, int]:
        """(start, end) in the prose of the stretch that holds these figures."""
        return self.start + min(f.start for f in figures), self.start + max(f.end for f in figures)


def sentences(text: Text, literals: Iterable[str], least: int) -> Iterator[Figured]:
    """The sentences that hold one of the literals and at least so many figures, each once, in the order of the text."""
    prose = text.prose
    last = -1
    for at in sorted({at for literal in literals for at in text.find(literal)}):
        if at < last:
            continue
        start = max((prose.rfind(mark, max(0, at - _LONGEST), at) for mark in "。！？；\n"), default=-1) + 1
        end = _ENDS.search(prose, at, at + _LONGEST)
        last = end.start() if end else min(len(prose), at + _LONGEST)
        sentence = prose[start or max(0, at - _LONGEST) : last] if start else prose[max(0, at - _LONGEST) : last]
        if len(_NUMBER.findall(sentence)) < least:
            continue
        figured = _figured(sentence, last - len(sentence), least)
        if figured:
            yield figured


def _figured(sentence: str, start: int, least: int) -> Figured | None:
    figures = tuple(quantities(sentence))
    if len(figures) < least:
        return None
    words, at = [], 0
    for number, figure in enumerate(figures):
        words += [sentence[at : figure.start], chr(_FIRST + number)]
        at = figure.end
    return Figured(start, "".join([*words, sentence[at:]]), figures)


def counted(figure: Quantity) -> bool:
    """Whether it is an exact count or measure, no share and no multiple."""
    return bool(figure.unit) and figure.unit not in (PERCENT, POINTS, TIMES) and not figure.about


def agree(left: tuple[Fraction, Fraction], right: tuple[Fraction, Fraction]) -> bool:
    """Whether two ranges share a value."""
    return left[0] <= right[1] and right[0] <= left[1]


def shown(value: Fraction, like: Quantity) -> str:
    """A value written as another figure is: in 万 or 亿 where that one is."""
    for mark, scale in (("亿", 10**8), ("万", 10**4)):
        if mark in like.text:
            return f"{plain(value / scale, 4)}{mark}{like.unit}"
    return plain(value) + like.unit

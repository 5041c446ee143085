"""A function for each passage: by its words, the section above it, the list it stands in, the paragraph before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from drafter.read._functions import announced, best, of_heading, scores

if TYPE_CHECKING:
    from drafter.read._result import Passage

__all__ = ["assign"]

_PLAIN = frozenset({"body", "enum", "opening", "closing"})
_FIXED = {"transition": ("trans", 0.95), "agenda": ("arrange", 0.9), "greeting": ("", 0.0)}
_OWN = frozenset({"problem", "goal", "safeguard", "self", "exper", "suggest"})
"""Functions that a heading of a lower level may have of its own."""
_HEADED = frozenset({"achieve", "situation", "task", "problem", "self", "hope", "safeguard"})
_UNNUMBERED = frozenset({"topic", "yao"})
_KNOWN = 0.6
_TOLD = 0.7
_HEADING = 12.0
_LITTLE = 4.5
_LEADS = frozenset({"heading", "transition"})
_SHARED = 0.6
_CARRIED = 0.35
_CALLS = 3.0


@dataclass(slots=True)
class _Unit:
    """Passages that are judged as one: a paragraph, or the part of it up to where it turns to something else."""

    passages: list[Passage]
    place: str = ""
    above: str = ""
    sure: float = 1.0
    found: dict[str, float] = field(default_factory=dict)

    @property
    def first(self) -> Passage:
        return self.passages[0]

    @property
    def text(self) -> str:
        first = self.passages[0]
        text = "".join(passage.text.text for passage in self.passages)
        return text[len(first.mark) :] if first.mark else text


def assign(passages: Sequence[Passage], genre: str) -> None:
    """Sets function and confidence of every passage; what `function` holds already is a hint from its first words."""
    units = _units(passages)
    _concession(units)
    _Assigned(units, genre).run()


@dataclass(slots=True)
class _Assigned:
    """The walk through a text.

    above    function by level, of the headings and items that are open; sure: the confidence of the headings
    asked    what the sentence that led over announced
    before   function of the paragraph before
    family   the items of the list that is open
    run_in   level of the unnumbered heading whose paragraph this is: it tells nothing of the next one
    """

    units: list[_Unit]
    genre: str
    above: dict[int, str] = field(default_factory=dict)
    sure: dict[int, float] = field(default_factory=dict)
    asked: str = ""
    headed: bool = False
    before: str = ""
    family: list[_Unit] = field(default_factory=list)
    run_in: int = 0

    def run(self) -> None:
        last_lead = max((i for i, u in enumerate(self.units) if u.first.role in _LEADS), default=0)
        for index, unit in enumerate(self.units):
            first = unit.first
            if first.role == "heading":
                self._heading(index)
            elif first.role in _FIXED:
                first.function, first.confidence = _FIXED[first.role]
                if first.role == "transition":
                    self.asked = announced(first.text.text, self.genre)
            elif first.role in _PLAIN:
                early = not self.headed and (first.role == "opening" or index < last_lead)
                unit.place = "end" if first.role == "closing" else "open" if early else ""
                self._plain(unit)
        _settle(self.family)
        _called(self.units)

    def _heading(self, index: int) -> None:
        _settle(self.family)
        self.headed = True
        first = self.units[index].first
        over = self.above.get(first.level - 1, "")
        self._close(first.level)
        function, confidence = of_heading(first.text.text.removeprefix(first.mark), self.genre, over, self.asked)
        if confidence < _TOLD and not over:
            function, confidence = _from_below(self.units[index + 1 : index + 3], self.genre, function, confidence)
        if first.level > 1 and over and function not in _OWN:
            function, confidence = over, _KNOWN
        first.function, first.confidence = function, confidence
        self.above[first.level] = self.before = function
        self.sure[first.level] = confidence
        self.run_in = first.level if first.run_in and first.system in _UNNUMBERED else 0

    def _plain(self, unit: _Unit) -> None:
        first = unit.first
        item = first.role == "enum" and bool(first.mark or first.system) and not first.joined
        level = max(1, first.level)
        if item:
            self._close(level)
        elif not first.joined and self.run_in:
            self._close(self.run_in)
            self.run_in = 0
        unit.above = self.above[max(self.above)] if self.above else self.asked if item else ""
        unit.sure = self.sure.get(max(self.above), 1.0) if self.above else 1.0
        unit.found = scores(unit.text, unit.place, self.genre, unit.above, first.function, self.before)
        _closing(unit)
        if item:
            other = self.family and self.family[0].first
            if other and (other.system, other.level) != (first.system, first.level):
                _settle(self.family)
            self.family.append(unit)
            self.above[level] = best(_shared(self.family))[0] or unit.above
        elif not self.above:
            _settle(self.family)
        _mark(unit, self.before)
        self.before = unit.first.function or self.before

    def _close(self, level: int) -> None:
        self.above = {open_: function for open_, function in self.above.items() if open_ < level}


def _units(passages: Sequence[Passage]) -> list[_Unit]:
    units: list[_Unit] = []
    for passage in passages:
        last = units[-1].passages[-1] if units else None
        goes_on = (
            last is not None
            and passage.joined
            and passage.role in _PLAIN
            and last.role in _PLAIN
            and not passage.function
            and (passage.role in (last.role, "enum") or last.role == "enum")
        )
        if goes_on:
            units[-1].passages.append(passage)
        else:
            units.append(_Unit([passage]))
    return units


def _from_below(units: Sequence[_Unit], genre: str, function: str, confidence: float) -> tuple[str, float]:
    """A heading that tells nothing, by the paragraphs under it."""
    total: dict[str, float] = {}
    for unit in units:
        if unit.first.role == "heading" and not unit.first.run_in:
            break
        if unit.first.role in _PLAIN:
            for each, score in scores(unit.text, "", genre).items():
                if each in _HEADED:
                    total[each] = total.get(each, 0) + score
    if not total:
        return function, confidence
    total[function] = total.get(function, 0) + _HEADING * confidence
    told = best(total)[0]
    return told, confidence if told == function else _KNOWN


def _closing(unit: _Unit) -> None:
    """The last paragraph of a text calls, unless it wishes; so does what closes a chapter."""
    first = unit.passages[0]
    if first.sub == "section_close":
        unit.found["call"] = max(unit.found.values(), default=0) + 2
    elif first.role == "closing" and first.sub != "thanks":
        unit.found["call"] = unit.found.get("call", 0) + max(_CALLS, 0.9 * max(unit.found.values(), default=0))


def _called(units: Sequence[_Unit]) -> None:
    """同志们！ in the middle of a text belongs to what it calls for."""
    text = False
    for unit, following in pairwise(units):
        text = text or unit.first.role in _PLAIN
        if text and unit.first.role == "salutation":
            unit.first.function, unit.first.confidence = following.first.function, following.first.confidence


def _concession(units: Sequence[_Unit]) -> None:
    """虽然…，但…: what is granted first belongs to the problem that it leads to."""
    for unit, following in pairwise(units):
        next_one = following.passages[0]
        turns = next_one.joined and next_one.function == "problem" and unit.first.role == "body"
        if turns and len(unit.text) <= len(following.text):
            unit.first.function = "problem"


def _mark(unit: _Unit, before: str) -> None:
    function, confidence = best(unit.found)
    if not function:
        function, confidence = unit.above or before, _CARRIED
    elif function == unit.above and unit.found[function] < _LITTLE:  # little but what stands above says so
        confidence = min(confidence, unit.sure)
    for passage in unit.passages:
        passage.function, passage.confidence = function, confidence if function else 0.0


def _shared(family: Sequence[_Unit]) -> dict[str, float]:
    """The mean of what speaks for each function in the items of one list."""
    total: dict[str, float] = {}
    for unit in family:
        for function, score in unit.found.items():
            total[function] = total.get(function, 0) + score / len(family)
    return total


def _settle(family: list[_Unit]) -> None:
    """Items of one list do the same thing, unless one clearly does another."""
    shared = _shared(family)
    if len(family) > 1:
        for unit in family:
            found = dict(unit.found)
            for function, score in shared.items():
                found[function] = found.get(function, 0) + _SHARED * score
            unit.found = found
            _mark(unit, "")
    family.clear()

"""Meeting the asked length: which optional parts stay.

Every optional sentence of the rendered plan is a unit with a length and a rank. Units that carry the
brief's own words stay unless the speech would be too long even without any of the library's. Of the
rest, the section that is furthest below its share gets its best unit next, until the target is met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from drafter.chinese.length import spoken
from drafter.chinese.punctuation import strip_end
from drafter.document import OriginKind

if TYPE_CHECKING:
    from drafter.compose.marked import Line, Optional

__all__ = ["TOLERANCE", "Fit", "fit"]

TOLERANCE = 0.05


class Fit(NamedTuple):
    """The parts to keep, and the brief's own words that found no room."""

    kept: frozenset[Optional]
    dropped: tuple[str, ...]


@dataclass(slots=True, eq=False)
class _Unit:
    """Optional parts that stay or go together: one sentence, or the rank-1 parts of all lines of one pattern."""

    section: int
    turn: tuple[int, int, int]  # rank, how many equal siblings come before it, place in its pattern
    parent: _Unit | None = None
    optionals: list[Optional] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    own: bool = False  # holds words of the brief
    length: int = 0


class _Balance:
    """The running length of each section and of the whole."""

    def __init__(self, fixed: list[int], overhead: int, shares: Sequence[float], target: int) -> None:
        self.sections, self.total = fixed, sum(fixed) + overhead
        whole = sum(shares) or 1.0
        self.wish = [target * share / whole for share in shares]
        self.kept: set[_Unit] = set()
        self.said: set[str] = set()

    def keep(self, unit: _Unit) -> None:
        self.kept.add(unit)
        self.said.update(map(strip_end, unit.texts))
        self.sections[unit.section] += unit.length
        self.total += unit.length

    def drop(self, unit: _Unit) -> None:
        self.kept.discard(unit)
        self.sections[unit.section] -= unit.length
        self.total -= unit.length

    def need(self, section: int) -> float:
        """How far a section is below its share, as a part of that share; -1 for a section without a wish."""
        wish = self.wish[section]
        return (wish - self.sections[section]) / wish if wish else -1.0


def fit(
    sections: Sequence[Sequence[Sequence[Line]]],
    shares: Sequence[float],
    target: int,
    *,
    overhead: int = 0,
    turn: int = 0,
) -> Fit:
    """Choose the optional parts for a length of `target` spoken characters.

    sections  the lines of each pattern of each section
    shares    weight of each section in the whole, any unit; 0: no wish
    overhead  characters that stand anyway and are not in `sections` (salutation, headings, numbering)
    turn      which of the equal sentences of a line comes first; another number, another choice
    """
    units: list[_Unit] = []
    fixed = []
    for index, patterns in enumerate(sections):
        collected = [_Collector(index, turn) for _ in patterns]
        for collector, lines in zip(collected, patterns, strict=True):
            collector.read(lines)
            units += collector.units()
        fixed.append(sum(spoken("".join(collector.fixed)) for collector in collected))
    units.sort(key=lambda unit: unit.turn)
    for unit in units:
        unit.length = sum(map(spoken, unit.texts))
    balance = _Balance(fixed, overhead, shares, target)
    for unit in units:
        if unit.own:
            balance.keep(unit)
    dropped = _shorten(balance, [unit for unit in units if unit.own], target)
    _lengthen(balance, [unit for unit in units if not unit.own], target)
    return Fit(frozenset(optional for unit in balance.kept for optional in unit.optionals), dropped)


def _shorten(balance: _Balance, own: Sequence[_Unit], target: int) -> tuple[str, ...]:
    """Leave out the brief's own optional words, least worth first, while the whole is too long."""
    dropped: list[str] = []
    for unit in reversed(own):
        leaf = not any(other.parent is unit for other in balance.kept)
        if balance.total > target * (1 + TOLERANCE) and leaf:
            balance.drop(unit)
            dropped[:0] = map(strip_end, unit.texts)
    return tuple(dropped)


def _lengthen(balance: _Balance, waiting: list[_Unit], target: int) -> None:
    """Add units until none leads nearer to the target; no sentence is said twice."""
    while True:
        room = target - balance.total
        fitting = [u for u in waiting if u.length < 2 * room and (u.parent is None or u.parent in balance.kept)]
        if not fitting:
            return
        section = max({u.section for u in fitting}, key=lambda s: (balance.need(s), -s))
        unit = next(u for u in fitting if u.section == section)
        waiting.remove(unit)
        if not balance.said.intersection(map(strip_end, unit.texts)):
            balance.keep(unit)


class _Collector:
    """The optional parts of one rendered pattern, as units, and the text that always stands."""

    def __init__(self, section: int, turn: int) -> None:
        self.section, self.turn = section, turn
        self.fixed: list[str] = []
        self._texts: dict[Optional, str] = {}
        self._own: set[Optional] = set()
        self._before: dict[Optional, int] = {}

    def read(self, lines: Sequence[Line]) -> None:
        for line in lines:
            siblings: dict[tuple[Optional | None, int], list[Optional]] = {}
            for piece in line.pieces():
                if piece.optional is None:
                    self.fixed.append(piece.text)
                    continue
                self._register(piece.optional, siblings)
                self._texts[piece.optional] += piece.text
                holder: Optional | None = piece.optional
                while holder and piece.origin.kind in (OriginKind.BRIEF, OriginKind.MISSING):
                    self._own.add(holder)
                    holder = holder.parent
            for equal in siblings.values():
                for place, optional in enumerate(equal):
                    self._before[optional] = (place + self.turn) % len(equal)

    def _register(self, optional: Optional, siblings: dict[tuple[Optional | None, int], list[Optional]]) -> None:
        if optional in self._texts:
            return
        if optional.parent:
            self._register(optional.parent, siblings)
        siblings.setdefault((optional.parent, optional.rank), []).append(optional)
        self._texts[optional] = ""

    def units(self) -> list[_Unit]:
        """One unit for all parts of rank 1 that have no parent, one for each other part."""
        made: dict[Optional | None, _Unit] = {}
        together: _Unit | None = None
        for optional, text in self._texts.items():
            unit = together if optional.rank == 1 and not optional.parent else None
            if unit is None:
                turn = (optional.rank, self._before[optional], optional.order)
                unit = _Unit(self.section, turn, made.get(optional.parent))
                if optional.rank == 1 and not optional.parent:
                    together = unit
            made[optional] = unit
            unit.optionals.append(optional)
            unit.texts.append(text)
            unit.own = unit.own or optional in self._own
        return list({id(unit): unit for unit in made.values()}.values())

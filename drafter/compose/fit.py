"""Meeting the asked length: which optional parts stay.

Every optional sentence of the rendered plan is a unit with a length and a rank. Units that carry the
brief's own words stay unless the speech would be too long even without any of the library's. Of the
rest, the section that is furthest below its share gets its best unit next, until the target is met.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from drafter.compose.marked import Optional
    from drafter.compose.passage import Passage, Unit

__all__ = ["TOLERANCE", "Fit", "Fitting"]

TOLERANCE = 0.05


class Fit(NamedTuple):
    """The parts to keep, and the brief's own words that found no room."""

    kept: frozenset[Optional]
    dropped: tuple[str, ...]


class Fitting:
    """The optional parts of a rendered plan, to be chosen from for one length or another."""

    def __init__(self, sections: Sequence[Sequence[Passage]], shares: Sequence[float], turn: int = 0) -> None:
        """
        sections  the passages of each section
        shares    weight of each section in the whole, any unit; 0: no wish
        turn      which of the equal sentences of a line comes first; another number, another choice
        """
        self._fixed = [sum(passage.fixed for passage in passages) for passages in sections]
        self._shares = shares
        units = [
            (index, unit) for index, passages in enumerate(sections) for passage in passages for unit in passage.units
        ]
        units.sort(key=lambda each: (each[1].rank, (each[1].place + turn) % each[1].siblings, each[1].order))
        self._own = [each for each in units if each[1].own]
        self._others: list[list[Unit]] = [[] for _ in sections]
        for section, unit in units:
            if not unit.own:
                self._others[section].append(unit)

    def fit(self, target: int, overhead: int = 0) -> Fit:
        """Choose the parts for a length of `target` spoken characters.

        overhead  characters that stand anyway and are not in the sections (salutation, headings, numbering)
        """
        balance = _Balance(list(self._fixed), overhead, self._shares, target)
        for section, unit in self._own:
            balance.keep(section, unit)
        dropped = _shorten(balance, self._own, target)
        _lengthen(balance, [list(units) for units in self._others], target)
        return Fit(frozenset(optional for unit in balance.kept for optional in unit.optionals), dropped)


class _Balance:
    """The running length of each section and of the whole."""

    def __init__(self, fixed: list[int], overhead: int, shares: Sequence[float], target: int) -> None:
        self.sections, self.total = fixed, sum(fixed) + overhead
        whole = sum(shares) or 1.0
        self.wish = [target * share / whole for share in shares]
        self.kept: set[Unit] = set()
        self.said: set[str] = set()

    def keep(self, section: int, unit: Unit) -> None:
        self.kept.add(unit)
        self.said.update(unit.said)
        self.sections[section] += unit.length
        self.total += unit.length

    def drop(self, section: int, unit: Unit) -> None:
        self.kept.discard(unit)
        self.sections[section] -= unit.length
        self.total -= unit.length

    def need(self, section: int) -> float:
        """How far a section is below its share, as a part of that share; -1 for a section without a wish."""
        wish = self.wish[section]
        return (wish - self.sections[section]) / wish if wish else -1.0


def _shorten(balance: _Balance, own: Sequence[tuple[int, Unit]], target: int) -> tuple[str, ...]:
    """Leave out the brief's own optional words, least worth first, while the whole is too long."""
    dropped: list[str] = []
    for section, unit in reversed(own):
        if balance.total <= target * (1 + TOLERANCE):
            break
        if not any(other.parent is unit for other in balance.kept):
            balance.drop(section, unit)
            dropped[:0] = unit.said
    return tuple(dropped)


def _lengthen(balance: _Balance, waiting: list[list[Unit]], target: int) -> None:
    """Add units until none leads nearer to the target; no sentence is said twice.

    waiting  the units of each section, the best first; emptied as they are used
    """
    needs = [(balance.need(section), -section) for section, units in enumerate(waiting) if units]
    while needs:
        room = 2 * (target - balance.total)
        best = max(needs)
        section = -best[1]
        unit = next(
            (u for u in waiting[section] if u.length < room and (u.parent is None or u.parent in balance.kept)), None
        )
        needs.remove(best)
        if unit is None:  # there will be less room, and no parent comes from another section
            continue
        waiting[section].remove(unit)
        if balance.said.isdisjoint(unit.said):
            balance.keep(section, unit)
        needs.append((balance.need(section), -section))

"""Meeting the asked length: which optional parts stay.

Every optional sentence of the rendered plan is a unit with a length and a rank. Units that carry the
brief's own words stay unless the speech would be too long even without any of the library's. Of the
rest, the section that is furthest below its share gets its best unit next, until the target is met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.chinese.length import spoken
from drafter.chinese.punctuation import strip_end
from drafter.document import OriginKind

if TYPE_CHECKING:
    from drafter.compose.marked import Line, Optional

__all__ = ["TOLERANCE", "Fit", "fit"]

TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Fit:
    """The parts to keep, and the brief's own words that found no room."""

    kept: frozenset[Optional]
    dropped: tuple[str, ...]


@dataclass(slots=True)
class _Unit:
    optional: Optional
    section: int
    turn: tuple[int, int, int]  # rank, how many siblings come before it, place in its pattern
    text: str = ""
    own: bool = False  # holds words of the brief
    length: int = 0


class _Balance:
    """The running length of each section and of the whole."""

    def __init__(self, fixed: list[int], overhead: int, shares: Sequence[float], target: int) -> None:
        self.sections, self.total = fixed, sum(fixed) + overhead
        whole = sum(shares) or 1.0
        self.wish = [target * share / whole for share in shares]
        self.kept: set[Optional] = set()
        self.said: set[str] = set()

    def keep(self, unit: _Unit) -> None:
        self.kept.add(unit.optional)
        self.said.add(strip_end(unit.text))
        self.sections[unit.section] += unit.length
        self.total += unit.length

    def drop(self, unit: _Unit) -> None:
        self.kept.discard(unit.optional)
        self.sections[unit.section] -= unit.length
        self.total -= unit.length

    def need(self, section: int) -> float:
        """How far a section is below its share, as a part of that share; -1 for a section without a wish."""
        wish = self.wish[section]
        return (wish - self.sections[section]) / wish if wish else -1.0


def fit(sections: Sequence[Sequence[Line]], shares: Sequence[float], target: int, overhead: int = 0) -> Fit:
    """Choose the optional parts of `sections` for a length of `target` spoken characters.

    shares    weight of each section in the whole, any unit; 0: no wish
    overhead  characters that stand anyway and are not in `sections` (salutation, headings, numbering)
    """
    units: dict[Optional, _Unit] = {}
    fixed = [sum(_collect(line, index, units) for line in lines) for index, lines in enumerate(sections)]
    ordered = sorted(units.values(), key=lambda unit: unit.turn)
    for unit in ordered:
        unit.length = spoken(unit.text)
    balance = _Balance(fixed, overhead, shares, target)
    for unit in ordered:
        if unit.own:
            balance.keep(unit)
    dropped = _shorten(balance, [unit for unit in ordered if unit.own], target)
    _lengthen(balance, [unit for unit in ordered if not unit.own], target)
    return Fit(frozenset(balance.kept), dropped)


def _shorten(balance: _Balance, own: Sequence[_Unit], target: int) -> tuple[str, ...]:
    """Leave out the brief's own optional words, least worth first, while the whole is too long."""
    dropped = []
    for unit in reversed(own):
        leaf = not any(optional.parent is unit.optional for optional in balance.kept)
        if balance.total > target * (1 + TOLERANCE) and leaf:
            balance.drop(unit)
            dropped.append(strip_end(unit.text))
    return tuple(reversed(dropped))


def _lengthen(balance: _Balance, waiting: list[_Unit], target: int) -> None:
    """Add units until none leads nearer to the target; no sentence is said twice."""
    while True:
        room = target - balance.total
        fitting = [
            u for u in waiting if u.length < 2 * room and (u.optional.parent in balance.kept or not u.optional.parent)
        ]
        if not fitting:
            return
        section = max({u.section for u in fitting}, key=lambda s: (balance.need(s), -s))
        unit = next(u for u in fitting if u.section == section)
        waiting.remove(unit)
        if strip_end(unit.text) not in balance.said:
            balance.keep(unit)


def _collect(line: Line, section: int, units: dict[Optional, _Unit]) -> int:
    """Register the optional parts of a line; returns the spoken length of what is not optional."""
    fixed: list[str] = []
    siblings: dict[Optional | None, int] = {}

    def register(optional: Optional) -> _Unit:
        if optional not in units:
            if optional.parent:
                register(optional.parent)
            siblings[optional.parent] = siblings.get(optional.parent, 0) + 1
            units[optional] = _Unit(optional, section, (optional.rank, siblings[optional.parent], optional.order))
        return units[optional]

    for piece in line.pieces():
        if piece.optional is None:
            fixed.append(piece.text)
            continue
        register(piece.optional).text += piece.text
        holder: Optional | None = piece.optional
        while holder and piece.origin.kind in (OriginKind.BRIEF, OriginKind.MISSING):
            register(holder).own = True
            holder = holder.parent
    return spoken("".join(fixed))

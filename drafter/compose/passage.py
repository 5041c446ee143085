"""A rendered pattern taken apart: the text that always stands, and the parts that may be left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafter.chinese.length import spoken
from drafter.chinese.punctuation import strip_end
from drafter.compose.assemble import blocks, without
from drafter.document import OriginKind

if TYPE_CHECKING:
    from drafter.compose.marked import Line, Optional
    from drafter.document import Block, Role

__all__ = ["Passage", "Unit"]

_MOST_FORMS = 32


@dataclass(slots=True, eq=False)
class Unit:
    """Optional parts that stay or go together: one sentence, or the rank-1 parts of all lines of one pattern.

    place, siblings  its place among the equal parts of its line, and how many of them there are
    order            its place in its pattern
    said             the texts without their final marks; length: of all of them, read aloud
    own              holds words of the brief
    """

    rank: int
    place: int
    siblings: int
    order: int
    parent: Unit | None = None
    optionals: list[Optional] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    length: int = 0
    own: bool = False


class Passage:
    """The lines of one recipe. `fixed`: the length, read aloud, of what always stands."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        parts = _Parts()
        parts.read(lines)
        self.fixed = spoken("".join(parts.fixed))
        self.units = parts.units()
        self._optionals = frozenset(parts.texts)
        self._forms: dict[tuple[frozenset[Optional], bool, str, Role], tuple[Block, ...]] = {}

    def blocks(self, kept: frozenset[Optional], joins: bool, function: str, role: Role) -> tuple[Block, ...]:
        """The blocks of the passage with the optional parts of `kept`; arguments as those of `assemble.blocks`."""
        key = (self._optionals & kept, joins, function, role)
        made = self._forms.get(key)
        if made is None:
            if len(self._forms) == _MOST_FORMS:
                self._forms.clear()
            left = [line for line in (without(line, kept) for line in self.lines) if line.parts]
            made = self._forms[key] = tuple(blocks(left, joins, function, role))
        return made


class _Parts:
    """The optional parts of some lines, as units, and the text that always stands."""

    def __init__(self) -> None:
        self.fixed: list[str] = []
        self.texts: dict[Optional, str] = {}
        self._own: set[Optional] = set()
        self._places: dict[Optional, tuple[int, int]] = {}

    def read(self, lines: Sequence[Line]) -> None:
        for line in lines:
            siblings: dict[tuple[Optional | None, int], list[Optional]] = {}
            for piece in line.pieces():
                if piece.optional is None:
                    self.fixed.append(piece.text)
                    continue
                self._register(piece.optional, siblings)
                self.texts[piece.optional] += piece.text
                holder: Optional | None = piece.optional
                while holder and piece.origin.kind in (OriginKind.BRIEF, OriginKind.MISSING):
                    self._own.add(holder)
                    holder = holder.parent
            for equal in siblings.values():
                for place, optional in enumerate(equal):
                    self._places[optional] = (place, len(equal))

    def _register(self, optional: Optional, siblings: dict[tuple[Optional | None, int], list[Optional]]) -> None:
        if optional in self.texts:
            return
        if optional.parent:
            self._register(optional.parent, siblings)
        siblings.setdefault((optional.parent, optional.rank), []).append(optional)
        self.texts[optional] = ""

    def units(self) -> tuple[Unit, ...]:
        """One unit for all parts of rank 1 that have no parent, one for each other part."""
        made: dict[Optional | None, Unit] = {}
        together: Unit | None = None
        for optional, text in self.texts.items():
            unit = together if optional.rank == 1 and not optional.parent else None
            if unit is None:
                unit = Unit(optional.rank, *self._places[optional], optional.order, made.get(optional.parent))
                if optional.rank == 1 and not optional.parent:
                    together = unit
            made[optional] = unit
            unit.optionals.append(optional)
            unit.said.append(strip_end(text))
            unit.length += spoken(text)
            unit.own = unit.own or optional in self._own
        return tuple(dict.fromkeys(made.values()))

"""Findings: what a check says, where, why, and what may be done about it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

__all__ = ["Edit", "Finding", "Fix", "FixKind", "Hit", "Level"]


class Level(StrEnum):
    """How sure and how grave: an error is wrong, a warning most likely, an info is worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        return _RANKS[self._value_]


_RANKS = {level.value: rank for rank, level in enumerate(Level)}


class FixKind(StrEnum):
    """safe: nothing of what is said changes; suggested: somebody should look; none: nobody but the author can."""

    SAFE = "safe"
    SUGGESTED = "suggested"
    NONE = "none"


class Edit(NamedTuple):
    """`start`:`end` of the string (from 0) becomes `text`."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    kind: FixKind
    edits: tuple[Edit, ...]


class Hit(NamedTuple):
    """What a rule found at `start`:`end` of the string.

    message   replaces the rule's own, where the place has more to say (the calculation, the expected number)
    edits     how to put it right; () leaves it to the reader
    level     lower than the rule's own, where this place is less certain
    fix       lower than the rule's own
    source    replaces the rule's own, where the place has one to itself (the law, the row of a table)
    """

    start: int
    end: int
    message: str = ""
    edits: tuple[Edit, ...] = ()
    level: Level | None = None
    fix: FixKind | None = None
    source: str = ""


class Finding(NamedTuple):
    """One result of a check. Lines and columns count from 1, in characters; `end_column` is the one after the last."""

    rule: str
    level: Level
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    message: str
    source: str
    fix: Fix | None
    start: int
    end: int

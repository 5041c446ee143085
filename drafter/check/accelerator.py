"""All literals of all rules in one pass, by ahocorasick_rs where it is installed (extra `fast`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

    from drafter.check.rule import Rule

__all__ = ["installed", "occurrences"]


@lru_cache(maxsize=1)
def installed() -> bool:
    return find_spec("ahocorasick_rs") is not None


def occurrences(string: str, rules: tuple[Rule, ...]) -> Mapping[str, Sequence[int]]:
    """The offsets of each literal of the rules; [] for one that is absent. Single characters are left to `str.find`."""
    automaton, literals = _automaton(rules)
    places: list[list[int]] = [[] for _ in literals]
    for index, start, _ in automaton.find_matches_as_indexes(string, overlapping=True):
        places[index].append(start)
    return dict(zip(literals, places, strict=True))


@lru_cache(maxsize=4)
def _automaton(rules: tuple[Rule, ...]) -> tuple[AhoCorasick, tuple[str, ...]]:
    from ahocorasick_rs import AhoCorasick

    literals = tuple({literal: None for rule in rules for literal in rule.literals if len(literal) > 1})
    return AhoCorasick(literals), literals

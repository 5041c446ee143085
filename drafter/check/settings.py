"""What a check is told: the date of the speech, the profile, which rules, which limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from drafter.check.finding import Level

__all__ = ["LIMITS", "PROFILES", "Profile", "Settings", "Stage"]

Profile = Literal["公文", "新闻", "网页"]
Stage = Literal["草稿", "定稿"]
PROFILES: tuple[Profile, ...] = ("公文", "新闻", "网页")


LIMITS: Mapping[str, float] = MappingProxyType(
    {
        "adverbs": 2,
        "cliche": 2.5,
        "openings": 3,
        "parallel": 1.8,
        "rate": 180,
        "run": 30,
        "sentence": 100,
    }
)
"""Thresholds of the rules of craft, see the rules: the same adverb in a paragraph, set phrases in 1,000 characters,
paragraphs in a row that begin alike, longest to shortest heading, characters a minute, characters without a pause, in
a sentence."""

_NONE: Mapping[str, Any] = MappingProxyType({})


class Settings(NamedTuple):
    """What holds for one text.

    date      day of the speech; None: taken from the text where it says one, else rules of time are silent
    profile   whose habits hold: 公文 sets no space between Chinese and digits, 网页 does
    stage     in a 草稿 blanks to fill are no errors
    select    rules to apply, by id or beginning of an id (P, P01, P014); empty: all
    ignore    rules to leave out, in the same form
    levels    another level for a rule
    least     rules and findings of lower levels are left out
    limits    thresholds of craft rules other than those of `LIMITS`
    """

    date: date | None = None
    profile: Profile = "公文"
    stage: Stage = "定稿"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, Level] = _NONE
    least: Level = Level.INFO
    limits: Mapping[str, float] = _NONE

    def limit(self, name: str) -> float:
        """A threshold by its name in `LIMITS`."""
        return self.limits.get(name, LIMITS[name])

    def level(self, rule: str, own: Level) -> Level:
        """The level of a rule whose own is given."""
        return self.levels.get(rule, own)

    def wants(self, rule: str) -> bool:
        """Whether a rule is to be applied; the longer of two beginnings that match decides."""
        chosen = max((len(code) for code in self.select if rule.startswith(code)), default=-1 if self.select else 0)
        left_out = max((len(code) for code in self.ignore if rule.startswith(code)), default=-1)
        return chosen > left_out or (chosen >= 0 and left_out < 0)

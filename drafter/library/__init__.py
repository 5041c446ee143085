"""Patterns, topics and occasions: packs found, read and rendered in a locked environment.

library = Library.load()
library.render("我们排比", {"成绩": ["摸清底数", "办成实事", "守住底线"]})
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.lazy import lazy
from drafter.library.functions import FUNCTIONS, Function
from drafter.library.library import Library
from drafter.library.model import ASPECTS, JsonSchema, Occasion, Pack, PackOrigin, Pattern, Topic, Variant, Wording

if TYPE_CHECKING:
    from drafter.library.conformance import check
    from drafter.library.export import catalogue, pattern_schema

__all__ = [
    "ASPECTS",
    "FUNCTIONS",
    "Function",
    "JsonSchema",
    "Library",
    "Occasion",
    "Pack",
    "PackOrigin",
    "Pattern",
    "Topic",
    "Variant",
    "Wording",
    "catalogue",
    "check",
    "pattern_schema",
]

__getattr__ = lazy(__name__, {"catalogue": "export", "check": "conformance", "pattern_schema": "export"})

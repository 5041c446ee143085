"""A proofreader: rules applied to a text, each finding with its place, reason, source and fix.

`check(Text.of("…"))` gives the findings, `fix` puts right what is safe to. Rules are data (`rules/*.yaml`) where
they can be. Nothing here opens a file or prints.
"""

from __future__ import annotations

from drafter.check.engine import check
from drafter.check.finding import Edit, Finding, Fix, FixKind, Hit, Level
from drafter.check.fixing import fix
from drafter.check.rule import Example, Group, Rule, Rulebook, rulebook
from drafter.check.settings import PROFILES, Profile, Settings, Stage
from drafter.check.text import Kind, Text

__all__ = [
    "PROFILES",
    "Edit",
    "Example",
    "Finding",
    "Fix",
    "FixKind",
    "Group",
    "Hit",
    "Kind",
    "Level",
    "Profile",
    "Rule",
    "Rulebook",
    "Settings",
    "Stage",
    "Text",
    "check",
    "fix",
    "rulebook",
]

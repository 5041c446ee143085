"""The page of a .docx against GB/T 9704-2012: the rules of group F applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.check.engine import apply
from drafter.check.rule import rulebook
from drafter.check.settings import Settings

if TYPE_CHECKING:
    from drafter.check.finding import Finding
    from drafter.check.manuscript import Manuscript

__all__ = ["check_format"]


def check_format(manuscript: Manuscript, settings: Settings | None = None) -> tuple[Finding, ...]:
    """What in the page of a .docx is not as GB/T 9704-2012 has it, at the first place where it is so.

    The lines under the title of a speech (date, speaker) are left to practice; tables, text boxes and attachments are
    not looked at.
    """
    settings = settings or Settings()
    rules = [rule for rule in rulebook().rules if rule.needs == "docx"]
    chosen = [rule for rule in rules if settings.wants(rule.id) and settings.profile in rule.profiles]
    return apply(chosen, manuscript, settings)

"""Edits applied to a text, again and again until nothing more is found."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from drafter.check.engine import check
from drafter.check.finding import Finding, FixKind

if TYPE_CHECKING:
    from drafter.check.rule import Rulebook
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["chosen", "fix"]

_ROUNDS = 10


def fix(
    text: Text, settings: Settings | None = None, *, suggested: bool = False, rules: Rulebook | None = None
) -> tuple[Text, tuple[Finding, ...]]:
    """The text with its safe fixes made (`suggested`: those too), and the findings that were put right."""
    done: list[Finding] = []
    for _ in range(_ROUNDS):
        findings = chosen(check(text, settings, rules), suggested=suggested)
        if not findings:
            break
        done += findings
        text = text.edited(edit for finding in findings if finding.fix for edit in finding.fix.edits)
    return text, tuple(done)


def chosen(findings: Iterable[Finding], *, suggested: bool = False) -> list[Finding]:
    """The findings to put right in one round: no two of them touch the same characters."""
    kinds = (FixKind.SAFE, FixKind.SUGGESTED) if suggested else (FixKind.SAFE,)
    taken: list[Finding] = []
    ranges: list[tuple[int, int]] = []  # ascending
    for finding in findings:
        if finding.fix is None or finding.fix.kind not in kinds:
            continue
        own = [(edit.start, edit.end) for edit in finding.fix.edits]
        if not any(_touches(ranges, *each) for each in own):
            taken.append(finding)
            for each in own:
                insort(ranges, each)
    return taken


def _touches(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the ranges, which do not overlap, shares a character with start:end or is the same place."""
    at = bisect_left(ranges, (start, end))
    around = ranges[max(0, at - 2) : at + 2]  # an empty range may stand at the beginning of the one that matters
    return any((start < last and first < end) or (start, end) == (first, last) for first, last in around)

"""Findings for the person at the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.check import Finding, FixKind, Level, Settings, Text, check
from drafter.check.config import find_config, load_config
from drafter.chinese.console import snippet
from drafter.chinese.enumeration import Run, paragraphs
from drafter.document import Origin, OriginKind
from drafter.errors import Place, Problem

if TYPE_CHECKING:
    from drafter.document import Document

__all__ = ["LEVEL_TITLES", "document_findings", "shown", "summary"]

LEVEL_TITLES = {Level.ERROR: "错误", Level.WARNING: "警告", Level.INFO: "提示"}
_FIX_TITLES = {FixKind.SAFE: "可自动改（--fix）", FixKind.SUGGESTED: "建议改，请看过再定（--fix --suggested）"}
_ORIGINS = {
    OriginKind.BRIEF: "素材单",
    OriginKind.PATTERN: "句式",
    OriginKind.TOPIC: "业务素材",
    OriginKind.COMPUTED: "程序",
    OriginKind.MISSING: "待补",
    OriginKind.SOURCE: "旧稿",
}


def document_findings(document: Document, name: str) -> tuple[Finding, ...]:
    """Errors and warnings of the checks in a document that was composed just now, with the settings of the working
    folder. Its own gaps (【待补】) are mere infos; blanks in the words of the brief (XX, 某某) are errors."""
    path = find_config(Path())
    settings = load_config(path).settings if path else Settings()
    return check(Text.of_document(document, name=name), settings._replace(least=Level.WARNING))


def shown(
    findings: Iterable[Finding], text: Text, document: Document | None = None, *, columns: int = 0
) -> Iterator[tuple[Level, str]]:
    """Each finding for people: place, message, the line with a caret, source, fix, and where the words come from.

    columns  of the terminal, 0 for none
    """
    places = paragraphs(document) if document else ()
    for finding in findings:
        row = finding.line - 1
        end = finding.end_column if finding.end_line == finding.line else len(text.lines[row]) + 1
        place = Place(finding.file, finding.line, finding.column, end, text.lines[row])
        problem = Problem(finding.rule, f"{LEVEL_TITLES[finding.level]}：{finding.message}", place)
        lines = [snippet(problem, columns)]
        margin = " " * (len(str(finding.line)) + 1)
        lines.append(f"{margin}= 依据：{finding.source}")
        if finding.fix and not document:
            lines.append(f"{margin}= 改法：{_FIX_TITLES[finding.fix.kind]}")
        if places and (origin := _origin(places[row].runs, finding.column - 1)):
            lines.append(f"{margin}= 出处：{_ORIGINS[origin.kind]} {origin.ref}")
        yield finding.level, "\n".join(lines)


def summary(findings: Sequence[Finding], *, fixable: bool = True) -> str:
    """How many of each level, and how many of them --fix puts right; a composed document is put right in its brief."""
    counts = Counter(finding.level for finding in findings)
    said = "、".join(f"{LEVEL_TITLES[level]} {counts[level]} 处" for level in Level if counts[level])
    safe = sum(finding.fix is not None and finding.fix.kind is FixKind.SAFE for finding in findings)
    return said + (f"；其中 {safe} 处可用 --fix 改" if safe and fixable else "")


def _origin(runs: Sequence[Run], column: int) -> Origin | None:
    at = 0
    for run in runs:
        if at <= column < at + len(run.text):
            return run.origin
        at += len(run.text)
    return None

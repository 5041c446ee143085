"""Findings for other programs: JSON, SARIF 2.1.0 (OASIS), GitHub workflow commands.

Lines and columns count from 1, in characters (code points); the end column is the one after the last character.
For a .docx, and for a composed document, a line is a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from drafter.check.finding import Edit, Finding, Level
from drafter.version import __version__

if TYPE_CHECKING:
    from drafter.check.rule import Rule
    from drafter.check.text import Text
    from drafter.errors import Problem

__all__ = ["Checked", "as_json", "entry", "github", "sarif", "title"]

SCHEMA_VERSION = 1
_SARIF_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_GITHUB_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


class Checked(NamedTuple):
    """A text and what was found in it."""

    text: Text
    findings: tuple[Finding, ...]


def title(rule: Rule) -> str:
    """What a rule is about, without the words of any text: its message has places for them."""
    return re.sub("{[原改]}", "…", re.sub("[：，]?“{原}”$", "", rule.what))


def as_json(checked: Sequence[Checked], unread: Sequence[Problem] = ()) -> dict[str, Any]:
    """`schema_version`, `files` (names), `unread`, `summary` (number of each level) and `findings`.

    Each of `unread`, the files that could not be checked: file, code, message, hint.
    Each finding: rule, level, file, line, column, end_line, end_column, text, message, source, and fix: None or
    kind (safe | suggested) and edits (line, column, end_line, end_column, text).
    """
    counts = Counter(finding.level for one in checked for finding in one.findings)
    return {
        "schema_version": SCHEMA_VERSION,
        "files": [one.text.name for one in checked],
        "unread": [
            {"file": _file(each), "code": each.code, "message": each.message, "hint": each.hint} for each in unread
        ],
        "summary": {level.value: counts[level] for level in Level},
        "findings": [_finding(finding, one.text) for one in checked for finding in one.findings],
    }


def entry(finding: Finding) -> dict[str, Any]:
    """rule, level, line, column, end_line, end_column, text, message and source of a finding."""
    keys = ("rule", "level", "line", "column", "end_line", "end_column", "text", "message", "source")
    return {key: getattr(finding, key) for key in keys}


def _finding(finding: Finding, text: Text) -> dict[str, Any]:
    fix = finding.fix
    edits = [{**_region(edit, text), "text": edit.text} for edit in fix.edits] if fix else []
    return {
        **entry(finding),
        "file": finding.file,
        "fix": {"kind": fix.kind.value, "edits": edits} if fix else None,
    }


def _region(edit: Edit, text: Text) -> dict[str, int]:
    (line, column), (end_line, end_column) = text.place(edit.start), text.place(edit.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def sarif(checked: Sequence[Checked], rules: Iterable[Rule], unread: Sequence[Problem] = ()) -> dict[str, Any]:
    """One run; the rules that found something are described with their reason and source. Files that could not be
    checked are notifications of the tool."""
    found = {finding.rule for one in checked for finding in one.findings}
    told = [rule for rule in rules if rule.id in found]
    index = {rule.id: number for number, rule in enumerate(told)}
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "drafter", "version": __version__, "rules": [_described(r) for r in told]}},
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {"executionSuccessful": not unread, "toolExecutionNotifications": [_notified(p) for p in unread]}
                ],
                "artifacts": [{"location": {"uri": _uri(one.text.name)}} for one in checked],
                "results": [_result(finding, one.text, index) for one in checked for finding in one.findings],
            }
        ],
    }


def _notified(problem: Problem) -> dict[str, Any]:
    where = {"physicalLocation": {"artifactLocation": {"uri": _uri(_file(problem))}}}
    text = problem.message + (f"。{problem.hint}" if problem.hint else "")
    return {
        "level": "error",
        "descriptor": {"id": problem.code},
        "message": {"text": text},
        "locations": [where] if problem.place else [],
    }


def _file(problem: Problem) -> str:
    return problem.place.file if problem.place else ""


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": title(rule)},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"依据：{rule.source}（{rule.force}）" + (f"\n看不到的：{rule.blind}" if rule.blind else "")},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.level]},
    }


def _result(finding: Finding, text: Text, index: dict[str, int]) -> dict[str, Any]:
    where = {"uri": _uri(finding.file)}
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _SARIF_LEVELS[finding.level],
        "message": {"text": finding.message},
        "locations": [
            {"physicalLocation": {"artifactLocation": where, "region": {**region, "snippet": {"text": finding.text}}}}
        ],
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if finding.fix:
        replacements = [
            {
                "deletedRegion": {
                    "startLine": place["line"],
                    "startColumn": place["column"],
                    "endLine": place["end_line"],
                    "endColumn": place["end_column"],
                },
                "insertedContent": {"text": edit.text},
            }
            for edit in finding.fix.edits
            for place in [_region(edit, text)]
        ]
        result["fixes"] = [
            {
                "description": {"text": finding.message},
                "artifactChanges": [{"artifactLocation": where, "replacements": replacements}],
            }
        ]
    return result


def _uri(name: str) -> str:
    return quote(name.replace("\\", "/"))


def github(checked: Iterable[Checked], unread: Sequence[Problem] = ()) -> str:
    """One workflow command a finding (`::error file=…,line=…::…`) and a file that could not be checked, for
    annotations in a review."""
    lines = [f"::error file={_parameter(_file(each))},title={each.code}::{_data(each.message)}" for each in unread]
    for one in checked:
        for finding in one.findings:
            place = {
                "file": finding.file,
                "line": finding.line,
                "endLine": finding.end_line,
                "col": finding.column,
                "endColumn": finding.end_column,
                "title": f"{finding.rule} {finding.source}",
            }
            parameters = ",".join(f"{key}={_parameter(str(value))}" for key, value in place.items())
            lines.append(f"::{_GITHUB_LEVELS[finding.level]} {parameters}::{_data(finding.message)}")
    return "".join(line + "\n" for line in lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _parameter(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

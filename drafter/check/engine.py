"""The rules applied to a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from drafter.check.accelerator import installed, occurrences
from drafter.check.finding import Edit, Finding, Fix, FixKind, Hit
from drafter.check.rule import Entry, Rule, Rulebook, rulebook
from drafter.check.settings import Settings
from drafter.check.switches import Switches
from drafter.check.text import BLANK, Spans, Text

__all__ = ["apply", "check"]

_WORTHWHILE = 50_000  # characters from which the automaton is built sooner than the pairs are sieved
_MARKS = frozenset(" \t\u3000,:;!?()[]\"'~-.…，。、：；！？（）〔〕【】《》〈〉“”‘’—–～·•・「」『』")


def check(
    text: Text, settings: Settings | None = None, rules: Rulebook | None = None, *, fast: bool | None = None
) -> tuple[Finding, ...]:
    """What the rules find, in the order of the text; a heavier finding before a lighter one at the same place.

    `fast` looks for all literals with ahocorasick_rs (extra `fast`); None: for long texts, where it is installed. The
    findings are the same. Raises ImportError where it is asked for and absent.
    """
    settings = settings or Settings()
    active = [
        rule
        for rule in (rules or rulebook()).rules
        if settings.wants(rule.id)
        and settings.profile in rule.profiles
        and not rule.needs
        and settings.level(rule.id, rule.level).rank <= settings.least.rank
    ]
    if fast or (fast is None and len(text.string) > _WORTHWHILE and installed()):
        text.places = occurrences(text.prose, tuple(active))
    return apply(active, text, settings)


def apply(rules: Iterable[Rule], text: Text, settings: Settings) -> tuple[Finding, ...]:
    """What these rules find, in the order of the text, whether they are wanted or not."""
    switches = Switches(text)
    findings = []
    rules = tuple(rules)
    for rule in rules:
        for hit in _hits(rule, text, settings):
            if BLANK in text.prose[hit.start : hit.end] or switches.off(rule.id, text.row(hit.start)):
                continue
            if "引文" in rule.skip and text.quoted.touch(hit.start, hit.end):
                continue
            if "书名" in rule.skip and text.titled.touch(hit.start, hit.end):
                continue
            finding = _finding(rule, hit, text, settings)
            if finding.level.rank <= settings.least.rank:
                findings.append(finding)
    findings = _told_once(findings, rules)
    findings.sort(key=lambda finding: (finding.start, finding.level.rank, finding.end, finding.rule))
    return tuple(_once(findings))


def _told_once(findings: list[Finding], rules: tuple[Rule, ...]) -> list[Finding]:
    """Without those of a rule that yields to another which found something in the same words."""
    yields = {rule.id: rule.yields for rule in rules if rule.yields}
    wanted = {code for finding in findings for code in yields.get(finding.rule, ())}
    said = {(each.rule, at) for each in findings if each.rule in wanted for at in range(each.start, each.end)}
    if not said:
        return findings
    return [
        each
        for each in findings
        if not any((code, at) in said for code in yields.get(each.rule, ()) for at in range(each.start, each.end))
    ]


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """Without what is only suggested where the same group has a safe fix for the same words."""
    if all(finding.fix is None or finding.fix.kind is not FixKind.SAFE for finding in findings):
        yield from findings
        return
    sure = {
        (finding.rule[0], at)
        for finding in findings
        if finding.fix and finding.fix.kind is FixKind.SAFE
        for at in range(finding.start, finding.end)
    }
    for finding in findings:
        doubtful = finding.fix and finding.fix.kind is FixKind.SUGGESTED
        if not (doubtful and any((finding.rule[0], at) in sure for at in range(finding.start, finding.end))):
            yield finding


def _hits(rule: Rule, text: Text, settings: Settings) -> Iterator[Hit]:
    if rule.function:
        if not rule.near or any(map(text.has, rule.near)):
            yield from rule.finder(text, settings)
        return
    for wrong, row in rule.rows if rule.table else ():
        if text.has(wrong):
            yield from _listed(Entry.of(row), text)
    if rule.find:
        yield from _matches(rule, text)


def _matches(rule: Rule, text: Text) -> Iterator[Hit]:
    exceptions = _Exceptions(text, rule.exception)
    for start, end in _stretches(rule, text):
        for match in rule.regex.finditer(text.prose, start, end):
            first, last = match.span()
            if exceptions.cover(first, last):
                continue
            edits: tuple[Edit, ...] = ()
            if rule.replace is not None:
                edits = (Edit(first, last, match.expand(rule.replace)) if rule.replace else _gone(text, first, last),)
            yield Hit(first, last, edits=edits)


def _gone(text: Text, first: int, last: int) -> Edit:
    """What takes a match away: with its line end where it is the whole of a line, and with one of two empty lines
    that would stand side by side. A paragraph of a .docx stays, empty."""
    whole = (first, last) == text.bounds(text.row(first)) and first < last
    if not whole or text.kind in ("docx", "document") or len(text.lines) == 1:
        return Edit(first, last, "")
    if last == len(text.string):
        return Edit(first - 1, last, "")
    between = text.string[max(first - 2, 0) : first].strip("\n") == "" and text.string.startswith("\n\n", last)
    return Edit(first, last + 1 + between, "")


def _stretches(rule: Rule, text: Text) -> Iterator[tuple[int, int]]:
    """The lines that hold one of the rule's literals, or as much of them as it reaches, or the whole."""
    if not rule.near:
        yield 0, len(text.prose)
        return
    places = {at for literal in rule.near for at in text.find(literal)}
    if not rule.reach:
        yield from map(text.bounds, sorted(set(map(text.row, places))))
        return
    start = end = 0
    for at in sorted(places):
        first, last = text.bounds(text.row(at))
        first, last = max(first, at - rule.reach), min(last, at + rule.reach)
        if first > end:
            if end:
                yield start, end
            start = first
        end = last
    if end:
        yield start, end


class _Exceptions:
    """Where an expression says that a match is none; each line is searched once."""

    def __init__(self, text: Text, pattern: re.Pattern[str] | None) -> None:
        self._text, self._pattern = text, pattern
        self._rows: dict[int, Spans] = {}

    def cover(self, first: int, last: int) -> bool:
        if self._pattern is None:
            return False
        row = self._text.row(first)
        if row not in self._rows:
            found = self._pattern.finditer(self._text.prose, *self._text.bounds(row))
            self._rows[row] = Spans(match.span() for match in found)
        return self._rows[row].touch(first, last)


def _listed(entry: Entry, text: Text) -> Iterator[Hit]:
    exceptions: _Exceptions | None = None
    for start in text.find(entry.wrong):
        exceptions = exceptions or _Exceptions(text, entry.exception)
        end = start + len(entry.wrong)
        if exceptions.cover(start, end):
            continue
        yield Hit(start, end, edits=(Edit(start, end, entry.right),), fix=FixKind(entry.fix))


def _finding(rule: Rule, hit: Hit, text: Text, settings: Settings) -> Finding:
    line, column = text.place(hit.start)
    end_line, end_column = text.place(hit.end)
    there = text.string[hit.start : hit.end]
    fix = _fix(rule, hit, text)
    better = _result(hit, there) if hit.edits else ""
    message = (hit.message or rule.what).replace("{原}", there).replace("{改}", better)
    usual = max(hit.level, rule.level, key=lambda each: each.rank) if hit.level else rule.level
    level = settings.level(rule.id, usual)
    return Finding(
        rule.id, level, text.name, line, column, end_line, end_column, there, message,
        hit.source or rule.source, fix,
        hit.start, hit.end,
    )  # fmt: skip


def _result(hit: Hit, there: str) -> str:
    for edit in sorted(hit.edits, key=lambda edit: -edit.start):
        if hit.start <= edit.start and edit.end <= hit.end:
            there = there[: edit.start - hit.start] + edit.text + there[edit.end - hit.start :]
    return there


def _fix(rule: Rule, hit: Hit, text: Text) -> Fix | None:
    """What may be done: words of quotations and titles and values of figures are never touched."""
    if not hit.edits:
        return None
    kind = max(hit.fix or rule.fix, rule.fix, key=list(FixKind).index)
    if kind is FixKind.NONE:
        return None
    for edit in hit.edits:
        before = text.string[edit.start : edit.end]
        if BLANK in text.prose[edit.start : edit.end] or not text.allows(edit):
            return None
        inside = text.quoted.touch(edit.start, edit.end) or text.titled.touch(edit.start, edit.end)
        if inside:
            if _words(before) != _words(edit.text):
                return None
            kind = FixKind.SUGGESTED
        if _digits(before) != _digits(edit.text):
            kind = FixKind.SUGGESTED
    return Fix(kind, hit.edits)


def _words(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char not in _MARKS)


def _digits(text: str) -> list[str]:
    """The figures of a text without their leading zeros, which say nothing."""
    return [run.lstrip("0") for run in re.findall(r"\d+", unicodedata.normalize("NFKC", text))]

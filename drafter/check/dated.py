"""The table of dated expressions, and where they stand in a text.

The table `rules/timeliness.tsv` holds facts: from which day an expression can appear, and until which day it is
current. Its head says the day up to which it is complete; a row that was confirmed at its source is marked V.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from drafter.check.lazy import lazy
from drafter.check.rule import RULES

if TYPE_CHECKING:
    from drafter.check.text import Text

__all__ = ["EVENTS", "Occurrence", "Row", "as_of", "following", "occurrences", "rows", "until"]

EVENTS = ("congress", "plenum", "assembly")
"""Kinds of rows that are meetings."""

_TERMS = r"十[二三四五六七八九]|二十一?"
_NO_COUNT = "(?![类项举工行任战])"
_CONGRESS = lazy(rf"(?:党的|中共)((?:{_TERMS})大(?:[、和，及与](?:党的)?(?:{_TERMS})大{_NO_COUNT})*){_NO_COUNT}")
_PLENUM = lazy(rf"({_TERMS})届((?:[一二三四五六七]中(?:全会)?[、和，及与])*[一二三四五六七]中全会)")
_PLAN = lazy(r"“?(十[一二三四五]?五)(?:”|规划|时期|期间)")
_FULL = lazy(rf"第({_TERMS})届中央委员会第([一二三四五六七])次全体会议|(?:中国共产党|党的)第({_TERMS})次全国代表大会")
_ASSEMBLY = lazy(rf"中国工会第({_TERMS}|[九十])次全国代表大会")


class Row(NamedTuple):
    """An expression of the table.

    kind       congress, plenum, assembly (of the unions), plan, campaign, phrase, label (a numbered formula that
               may also mean something else), rename, term
    expression regular expression, each alternative of which begins with one of the literals; "" for congresses,
               plenums and plans, which are found by their numbers
    source     where its days were confirmed, for those who keep the table
    document   the official document or event that they follow from, for the user; "" where none is known
    since      first day on which it can stand in a text; None: not known
    until      last day on which it is current (for an event: its last day); None: still
    """

    kind: str
    id: str
    expression: str
    literals: tuple[str, ...]
    since: date | None
    until: date | None
    replacement: str
    name: str
    source: str
    confidence: str
    document: str

    @property
    def confirmed(self) -> bool:
        return self.confidence == "V"


class Occurrence(NamedTuple):
    row: Row
    start: int
    end: int


@cache
def _table() -> tuple[date, tuple[Row, ...]]:
    lines = (RULES / "timeliness.tsv").read_text(encoding="utf-8").splitlines()
    return date.fromisoformat(lines[0].split("\t")[1]), tuple(map(_row, lines[2:]))


def rows() -> tuple[Row, ...]:
    return _table()[1]


def as_of() -> date:
    """The day up to which the table is complete."""
    return _table()[0]


def until() -> str:
    """How a message says where its dates come from."""
    return f"（时效表截至{as_of().year}年{as_of().month}月）"


_FOUND: WeakKeyDictionary[Text, tuple[Occurrence, ...]] = WeakKeyDictionary()


def occurrences(text: Text) -> tuple[Occurrence, ...]:
    """Every expression of the table in a text, in order; what is cited at length, part of a title or
    of a longer expression is left out."""
    if text not in _FOUND:
        found = [each for each in _search(text) if not _cited(text, each.start, each.end)]
        _FOUND[text] = tuple(_outer(sorted(found, key=lambda each: (each.start, -each.end))))
    return _FOUND[text]


def _outer(found: list[Occurrence]) -> Iterator[Occurrence]:
    """Without those that are a part of a longer one."""
    start, end = -1, -1
    for each in found:
        if each.end > end or (each.start, each.end) == (start, end):
            start, end = each.start, each.end
            yield each


def following(row: Row) -> Row | None:
    """The congress after the one whose term a congress or plenum belongs to; of an assembly, the next assembly."""
    kind = "assembly" if row.kind == "assembly" else "congress"
    congresses = [each for each in rows() if each.kind == kind]
    index = next((n for n, each in enumerate(congresses) if each.id == f"{kind}-{row.id.split('-')[1]}"), None)
    return congresses[index + 1] if index is not None and index + 1 < len(congresses) else None


def _cited(text: Text, start: int, end: int) -> bool:
    """Whether it stands in a title, or in a quotation that says more than just it."""
    if text.titled.touch(start, end):
        return True
    if not text.quoted.touch(start, end):
        return False
    opening = text.prose.rfind("“", 0, start + 1)
    closing = text.prose.find("”", end - 1)
    return opening >= 0 and closing - opening > end - start + 8


def _search(text: Text) -> Iterator[Occurrence]:
    yield from _congresses(text)
    yield from _plenums(text)
    yield from _full_names(text)
    yield from _plans(text)
    for literal, found in _by_literal().items():
        for at in text.find(literal):
            if len(found) == 1 and found[0].expression == literal:
                yield Occurrence(found[0], at, at + len(literal))
            elif match := _pattern(literal).match(text.prose, at):
                yield Occurrence(found[int((match.lastgroup or "r0")[1:])], *match.span())


def _plans(text: Text) -> Iterator[Occurrence]:
    """“十四五”, 十四五规划, 十四五时期, 十四五期间; without marks 十五 is a number."""
    for literal in ("五”", "五规划", "五时期", "五期间"):
        for at in text.find(literal):
            match = next(filter(None, (_PLAN.match(text.prose, max(0, at - back)) for back in (3, 2, 1))), None)
            if match and match.end(1) == at + 1 and (match[1] != "十五" or match[0][0] == "“"):
                yield from _named(f"plan-{match[1]}", match)


def _congresses(text: Text) -> Iterator[Occurrence]:
    """党的十八大, also as a list: 党的十八大、十九大."""
    for literal in ("党的十", "党的二十", "中共十", "中共二十"):
        for at in text.find(literal):
            if match := _CONGRESS.match(text.prose, at):
                for part in re.finditer(_TERMS, match[1]):
                    yield from _named(f"congress-{part[0]}", match)


def _plenums(text: Text) -> Iterator[Occurrence]:
    """二十届四中全会, also as a list: 二十届二中、三中全会."""
    for at in text.find("中全会"):
        for match in _PLENUM.finditer(text.prose, max(0, at - 24), at + 3):
            if match.end() == at + 3:
                for number in re.findall("[一二三四五六七](?=中)", match[2]):
                    yield from _named(f"plenum-{match[1]}-{number}", match)


def _full_names(text: Text) -> Iterator[Occurrence]:
    for literal in ("次全体会议", "次全国代表大会"):
        for at in text.find(literal):
            for match in _FULL.finditer(text.prose, max(0, at - 16), at + 7):
                yield from _named(f"plenum-{match[1]}-{match[2]}" if match[1] else f"congress-{match[3]}", match)
            for match in _ASSEMBLY.finditer(text.prose, max(0, at - 9), at + 7):
                yield from _named(f"assembly-{match[1]}", match)


def _named(name: str, match: re.Match[str]) -> Iterator[Occurrence]:
    if name in _by_id():
        yield Occurrence(_by_id()[name], *match.span())


@cache
def _by_id() -> dict[str, Row]:
    return {row.id: row for row in rows()}


@cache
def _by_literal() -> dict[str, tuple[Row, ...]]:
    """The rows that are found by each literal, which is the beginning of their expressions."""
    found: dict[str, list[Row]] = {}
    for row in rows():
        for literal in row.literals:
            found.setdefault(literal, []).append(row)
    return {literal: tuple(each) for literal, each in found.items()}


@cache
def _pattern(literal: str) -> re.Pattern[str]:
    """The expressions that begin with a literal, as groups r0, r1 … in the order of `_by_literal`."""
    found = _by_literal()[literal]
    return re.compile("|".join(f"(?P<r{n}>{row.expression})" for n, row in enumerate(found)))


def _row(line: str) -> Row:
    kind, name, expression, literals, since, last, replacement, title, source, confidence, document = line.split("\t")
    return Row(
        kind, name, expression, tuple(filter(None, literals.split("|"))), date.fromisoformat(since) if since else None,
        date.fromisoformat(last) if last else None, replacement, title, source, confidence, document,
    )  # fmt: skip

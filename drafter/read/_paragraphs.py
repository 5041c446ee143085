"""Glued lines taken apart: the whole of a text on one line, headings that ran into their paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.read._numbers import value
from drafter.read._shapes import (
    EDITOR_NOTE,
    GREETING,
    INTERJECTION,
    SALUTATION_START,
    TITLE_BODY,
    TITLE_END,
    TITLE_GLUED,
)

if TYPE_CHECKING:
    from drafter.read._result import Report
    from drafter.read._rows import Row
    from drafter.read._trace import Traced

__all__ = ["split_rows"]

_CN = "[一二三四五六七八九十]{1,3}"
_CUTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cn_dun", re.compile(rf"(?<=[。：:！!？?…）)”])\s*({_CN})\s?、")),
    ("cn_paren", re.compile(rf"(?<=[。：:！!？?…”])\s*[（(]({_CN})[）)]")),
    ("ar_dot", re.compile(r"(?<=[。：:！!？?…”\u4e00-\u9fff])\s*(\d{1,2})\s?[.．](?!\d)(?=\s?[\u4e00-\u9fff“《])")),
    ("ar_dun", re.compile(r"(?<=[。：:！!？?…”])\s*(\d{1,2})、(?=[\u4e00-\u9fff“《])")),
)
_STEP = re.compile(r"(?<=[。：:；;！!？?\s])\s*(?=下面[，,]?(?:进行)?(?:会议)?(?:进行)?第[一二三四五六七八九十]+项)")
_LIST_ITEM = re.compile(r"(?<=[\u4e00-\u9fff。；;）)])\s+(?=\d{1,2}[.．、]\s?[\u4e00-\u9fff])")
_LONG = 60
_ASIDE = re.compile(rf"(?:{EDITOR_NOTE.pattern})|(?:{INTERJECTION.pattern})")


def split_rows(rows: Sequence[Row], report: Report) -> list[Row]:
    """One row for each paragraph. A row that was split is reported."""
    titles: list[str] = []
    seen: dict[str, int] = {}
    result: list[Row] = []
    for row in rows:
        if row.role or (row.level and len(row.text) < _LONG) or _ASIDE.match(row.text.text):
            result.append(row)
            _remember(row.text.text, titles)
            continue
        parts = [part for piece in _front(row.text, titles) for part in _middle(piece, seen)]
        if len(parts) > 1:
            for part in parts[1:]:
                report.change("split", part.cut(0, min(10, len(part))), "\n" + part.text[:10])
        result += [
            row.having(parts[0]) if i == 0 else replace(row, text=part, gap=True) for i, part in enumerate(parts)
        ]
        for part in parts[:2]:
            _remember(part.text, titles)
    return result


def _remember(text: str, titles: list[str]) -> None:
    if 6 <= len(text) <= 60 and (TITLE_END.search(text) or not titles):
        titles.append(re.sub(r"\.docx?$|\.pdf$", "", text))


def _front(text: Traced, titles: Sequence[str]) -> Iterator[Traced]:
    """Title, salutation and greeting off the start of a long line."""
    first = not titles
    for title in sorted(titles, key=len, reverse=True):
        if len(text) > len(title) + 20 and text.text.startswith(title):
            yield text.cut(0, len(title))
            text = text.cut(len(title)).strip()
            first = True
            break
    else:
        match = TITLE_GLUED.match(text.text)
        if match and len(text) > match.end() + 2 and not GREETING.match(text.text):
            yield from _doubled(text.cut(0, match.end("title")))
            text = text.cut(match.end()).strip()
            first = True
        elif not titles:
            match = TITLE_BODY.match(text.text)
            if match and len(text) > 120:
                yield text.cut(0, match.end())
                text = text.cut(match.end()).strip()
    match = SALUTATION_START.match(text.text)
    if (
        match
        and len(text) > match.end() + 6
        and (match[0][-1] in "：:！!" or (first and len(text) > 150))
        and match.end() < 80
    ):
        yield text.cut(0, match.end())
        text = text.cut(match.end()).strip()
    yield text


def _doubled(title: Traced) -> Iterator[Traced]:
    """A title twice in a row is two."""
    match = re.match(r"(.{5,40}?)(?:篇[一二三\d])?\s*(?=\1)", title.text)
    if match:
        yield title.cut(0, match.end())
        title = title.cut(match.end())
    yield title


def _middle(text: Traced, seen: dict[str, int]) -> Iterator[Traced]:
    """At marks in the middle of a line that go on counting, and at the steps of an agenda."""
    cuts = {0}
    if len(text) > _LONG:
        for system, pattern in _CUTS:
            matches = [(value(m[1]), m.end() - len(m[0].lstrip()), m) for m in pattern.finditer(text.text)]
            expected = seen.get(system, 0) + 1
            for number, start, match in matches:
                if number not in (1, expected) or _listed(text.text, system, match):
                    continue
                if system.startswith("ar") and not _counted(matches, number, seen.get(system, 0)):
                    continue
                cuts.add(start)
                expected = number + 1
                seen[system] = number
    cuts |= {match.end() for match in _STEP.finditer(text.text)}
    if re.match(r"\d{1,2}[.．、]", text.text):
        cuts |= {match.end() for match in _LIST_ITEM.finditer(text.text)}
    edges = sorted(cuts)
    for start, end in zip(edges, [*edges[1:], None], strict=True):
        part = text.cut(start, end).strip()
        if part.text:
            yield part


def _listed(text: str, system: str, match: re.Match[str]) -> bool:
    """An item of a list that runs on in its sentence: 主要议题是：一、…；二、…"""
    rest = text[match.end() : match.end() + 60]
    stop = re.search("[。；;]", rest)
    return system == "cn_dun" and bool(stop) and stop[0] in "；;"  # type: ignore[index]


def _counted(matches: Sequence[tuple[int, int, re.Match[str]]], number: int, last: int) -> bool:
    numbers = {n for n, _, _ in matches}
    return number == last + 1 and (number > 1 or number + 1 in numbers or len(numbers) == 1)

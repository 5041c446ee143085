"""Sentences: repeated ones, too long ones, paragraphs that open alike."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from drafter.check.finding import Hit, Level
from drafter.check.lazy import lazy
from drafter.check.skeleton import skeleton

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["long", "openings", "repeated"]

_SHORTEST_REPEATED = 12
_FAR = 5000
_TELLING = 6
_MOST_PLACES = 10
_LEAST_SHARED = 2
_SHORTEST_PARAGRAPH = 60
_SAME = 0.8
_HAN = lazy("[\u4e00-\u9fff]")
_NO_HAN = lazy("[^\u4e00-\u9fff]+")
_TITLE = lazy("《[^《》]*》|“[^“”]*”")


def repeated(text: Text, _: Settings) -> Iterator[Hit]:
    """S013: a sentence twice, or a paragraph that is nearly an earlier one."""
    prose = text.prose
    spans = [
        (start, end)
        for start, end in skeleton(text).sentences
        if end - start > _SHORTEST_REPEATED and prose[end - 1] in "。！？”’）》」"
    ]
    wordings = [prose[start:end].strip() for start, end in spans]
    told = set()
    if len(set(wordings)) < len(wordings):
        for hit in _exactly(text, spans, wordings):
            told.add(text.row(hit.start))
            yield hit
    yield from _nearly(text, told)


def _exactly(text: Text, spans: list[tuple[int, int]], wordings: list[str]) -> Iterator[Hit]:
    first: dict[str, int] = {}
    last = (-2, -2)
    for index, wording in enumerate(wordings):
        earlier = first.setdefault(wording, index)
        if earlier == index:
            continue
        follows = (earlier, index) == (last[0] + 1, last[1] + 1)
        last = earlier, index
        if follows or len(_HAN.findall(wording)) < _SHORTEST_REPEATED:
            continue  # a repeated stretch is told once, at its first sentence
        start, end = spans[index]
        line, _column = text.place(spans[earlier][0])
        # far apart it may be a part of its own, as in a collection
        level = Level.INFO if start - spans[earlier][0] > _FAR else None
        lead = end - start - len(text.prose[start:end].lstrip())
        yield Hit(start + lead, end, f"与第{line}{_unit(text)}的句子重复", level=level)


def _nearly(text: Text, told: set[int]) -> Iterator[Hit]:
    """Paragraphs that share most of their words with an earlier one."""
    frame = skeleton(text)
    stretches = frame.stretches
    telling = [piece for piece, length in zip(stretches, frame.lengths, strict=True) if length >= _TELLING]
    if len(set(telling)) == len(telling):
        return
    often = {piece for piece, times in Counter(telling).items() if 1 < times <= _MOST_PLACES}
    if not often:
        return
    first: dict[str, int] = {}
    shared: Counter[tuple[int, int]] = Counter()
    for index in [index for index, piece in enumerate(stretches) if piece in often]:
        row = text.row(frame.ends[index] - frame.lengths[index])
        earlier = first.setdefault(stretches[index], row)
        if earlier != row:
            shared[earlier, row] += 1
    for (earlier, later), times in sorted(shared.items()):
        one, other = text.lines[earlier], text.lines[later]
        if times < _LEAST_SHARED or later in told or min(len(one), len(other)) < _SHORTEST_PARAGRAPH:
            continue
        alike = _likeness(one, other)
        if alike >= _SAME:
            start, end = text.bounds(later)
            level = Level.INFO if start - text.bounds(earlier)[0] > _FAR else None
            yield Hit(start, end, f"与第{earlier + 1}{_unit(text)}有{alike:.0%}相同", level=level)


def _unit(text: Text) -> str:
    return "段" if text.kind in ("docx", "document") else "行"


def _likeness(one: str, other: str) -> float:
    """The share of runs of five characters that two texts have in common (Jaccard)."""
    first, second = ({each[i : i + 5] for i in range(len(each) - 4)} for each in (one, other))
    return len(first & second) / len(first | second)


def long(text: Text, settings: Settings) -> Iterator[Hit]:
    """S014: a sentence over `sentence` characters, or a stretch over `run` characters without a pause."""
    sentence_limit = int(settings.limit("sentence"))
    run_limit = int(settings.limit("run"))
    prose = text.prose
    told: list[tuple[int, int]] = []
    for start, end in skeleton(text).sentences:
        if end - start <= sentence_limit:
            continue
        for part in re.finditer("[^；;]+", prose[start:end]):
            if len(part[0]) > sentence_limit:
                length = len(_NO_HAN.sub("", part[0]))
                if length > sentence_limit:
                    first = start + part.start()
                    told.append((first, first + len(part[0])))
                    yield Hit(first, first + len(part[0]), f"这句话{length}字，超过{sentence_limit}字，一口气念不完")
    frame = skeleton(text)
    if max(frame.lengths) <= run_limit:
        return
    for index in [index for index, length in enumerate(frame.lengths) if length > run_limit]:
        length = len(_NO_HAN.sub("", _TITLE.sub("", frame.stretches[index])))
        end = frame.ends[index]
        start = end - frame.lengths[index]
        before = bisect_right(told, (start, len(prose))) - 1  # they are in order, and no two overlap
        if length > run_limit and not (before >= 0 and start < told[before][1]):
            yield Hit(start, end, f"连着{length}字没有停顿，超过{run_limit}字")


_MARKED = lazy(
    r"[一二三四五六七八九十]{1,3}[、是要.]|[（(#>|*\-\d“《A-Za-z]|第.{1,3}[，条章节]|首先|其次|再次|最后|同志|各位"
)
_PARALLEL = ("我们", "要")
_MOST_PARALLEL = 6


def openings(text: Text, settings: Settings) -> Iterator[Hit]:
    """S015: more than `openings` successive paragraphs open with the same two characters; parallels are let off."""
    limit = settings.limit("openings")
    lines = text.prose.split("\n")
    opening = [line.lstrip(" \t\u3000")[:2] for line in lines]
    filled = [row for row, start in enumerate(opening) if start]
    for start, group in groupby(filled, key=opening.__getitem__):
        rows = list(group)
        if len(rows) <= limit or _MARKED.match(start) or not _HAN.match(start):
            continue
        bodies = [lines[row].lstrip(" \t\u3000") for row in rows]
        if any(len(body) < 15 for body in bodies):
            continue  # names, entries of a table
        common = 2
        while all(body[common : common + 1] == bodies[0][common : common + 1] != "" for body in bodies):
            common += 1
        deliberate = common > 2 or start.startswith(_PARALLEL)
        if deliberate and len(rows) <= _MOST_PARALLEL:
            continue
        at = text.bounds(rows[0])[0] + len(lines[rows[0]]) - len(bodies[0])
        yield Hit(at, at + common, f"连续{len(rows)}段都以“{bodies[0][:common]}”开头")

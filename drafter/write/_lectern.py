"""The 朗读 copy: one sentence to a paragraph that stays together, and the minutes gone in the margin.

Word cannot keep a sentence together inside a paragraph, so each sentence is a paragraph of its own whose
lines are kept together; the first one of a paragraph is indented and set off, as the eye expects.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.chinese.enumeration import Run
from drafter.chinese.length import DEFAULT_RATE, spoken
from drafter.document import Document, Origin, OriginKind
from drafter.write._lines import Line, break_runs
from drafter.write._title import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["spoken_lines"]

_COMPUTED = Origin(OriginKind.COMPUTED, "用时")
_SENTENCE = re.compile("[^。！？…]*(?:[。！？…]+[”’）》」』]*|$)", re.DOTALL)
_SILENT = ("title", "subtitle", "date", "speaker", "blank", "signature")


def spoken_lines(document: Document, page: Iterable[Line], characters: float) -> Iterator[Line]:
    """The lines with sentences apart and with marks of time (styles "minutes", "total", "sentence").

    `characters` is what fits in a line: a longer heading breaks behind a comma rather than anywhere.
    """
    rate = _rate(document)
    count, shown = 0, 0
    for line in page:
        if line.style in _SILENT or not line.runs:
            yield line
            continue
        for part in _sentences(line) if line.style == "body" else [_heading(line, characters)]:
            now = count // rate
            if now > shown:
                shown = now
                yield Line("minutes", (Run(f"{now}分", _COMPUTED),))
            yield part
            count += spoken(part.text)
    if count:
        yield Line("total", (Run(f"（全文约{max(round(count / rate), 1)}分钟）", _COMPUTED),))


def _rate(document: Document) -> int:
    """Characters a minute, the usual rate where the document states none that is possible."""
    value = document.meta.get("rate", "")
    return int(value) if value.isdecimal() and int(value) > 0 else DEFAULT_RATE


def _heading(line: Line, characters: float) -> Line:
    text = line.text
    if width(text) <= characters or "\n" in text:
        return line
    commas = [at + 1 for at, char in enumerate(text[:-1]) if char in "，、；：" and at > 3]
    if not commas:
        return line
    return line._replace(runs=tuple(break_runs(line.runs, (min(commas, key=lambda at: abs(2 * at - len(text))),))))


def _sentences(line: Line) -> Iterator[Line]:
    """Each sentence as a line; the first one keeps the indent of the paragraph."""
    runs = list(line.runs)
    lead = line.lead
    for index, sentence in enumerate(filter(None, _SENTENCE.findall(line.text))):
        piece: list[Run] = []
        missing = len(sentence)
        while missing:
            run = runs.pop(0)
            if len(run.text) > missing:
                runs.insert(0, Run(run.text[missing:], run.origin, run.head))
                run = Run(run.text[:missing], run.origin, run.head)
            piece.append(run)
            missing -= len(run.text)
        style = "sentence" if index else "body"
        # a lead alone at the foot of a page would announce nothing
        yield Line(f"lead-{style}" if piece[-1].head else style, tuple(piece), lead, line.blocks)
        if lead and not piece[-1].head:
            lead = "lead"

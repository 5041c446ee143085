"""The lines of a page: what every paginated or plain output shares.

Turns a document into numbered paragraphs with a page style each: the title broken into lines, the lines
of date and speaker in the order of the format, blank lines, run-in leads told from the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.chinese.enumeration import Paragraph, Run, paragraphs
from drafter.document import Document, Role, System
from drafter.write._title import break_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drafter.write._format import Format

__all__ = ["Line", "lines"]


class Line(NamedTuple):
    """One paragraph of the page.

    style  a style of the format, or "blank"
    lead   the style of the leading runs with `head` set ("lead" for those further on), "" where there is none
    runs   the text with its origins; a title has line feeds where it breaks
    blocks indexes of the document's blocks in it
    """

    style: str
    runs: tuple[Run, ...] = ()
    lead: str = ""
    blocks: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


_BLANK = Line("blank")
_STYLES = {
    Role.DATE: "date",
    Role.SPEAKER: "speaker",
    Role.SALUTATION: "salutation",
    Role.SIGNATURE: "signature",
}
_LEADS = {
    System.CN_DUN: "heading1",
    System.CN_PAREN: "heading2",
    System.AR_DOT: "heading3",
    System.AR_PAREN: "heading4",
}
# 一、 and （一） are set in 黑体 and 楷体 even where an item has no lead of its own: up to its first stop
_FIRST_STOP = re.compile("[。：！？]")


def lines(document: Document, layout: Format, *, title_width: float = 0) -> Iterator[Line]:
    """The lines in page order. A title is broken where it is wider than `title_width` characters (0: never)."""
    numbered = paragraphs(document)
    titles = [p for p in numbered if p.role is Role.TITLE]
    front = [p for role in layout.words("front.order") for p in numbered if p.role.value == role]
    rest = [p for p in numbered if p.role not in (Role.TITLE, Role.DATE, Role.SPEAKER)]
    for paragraph in titles:
        yield from _title(paragraph, title_width)
    if front:
        if titles:
            yield from [_BLANK] * int(layout.number("front.before"))
        yield from (Line(_STYLES[p.role], p.runs, "", p.blocks) for p in front)
    if titles or front:
        yield from [_BLANK] * (int(layout.number("front.after")) if front else 1)
    signed = False
    for paragraph in rest:
        if paragraph.role is Role.SIGNATURE:
            if not signed:
                yield _BLANK  # 7.3.5.2: one empty line below the text
            signed = True
            yield from (Line("signature", runs, "", paragraph.blocks) for runs in _split(paragraph.runs))
        else:
            yield _line(paragraph)


def _line(paragraph: Paragraph) -> Line:
    role, runs = paragraph.role, paragraph.runs
    if role in _STYLES:
        return Line(_STYLES[role], runs, "", paragraph.blocks)
    lead = _LEADS.get(paragraph.system, "lead")
    if role is Role.HEADING:
        heading = f"heading{min(max(paragraph.level, 1), 4)}"
        if not paragraph.run_in:
            return Line(heading, runs, "", paragraph.blocks)
        lead = heading
    elif (
        role is Role.ITEM
        and lead in ("heading1", "heading2")
        and runs
        and not runs[-1].head
        and not any(run.head for run in runs)
    ):
        runs = tuple(_first_sentence(runs))
    if not (runs and runs[0].head):
        lead = "lead" if any(run.head for run in runs) else ""
    return Line("body", runs, lead, paragraph.blocks)


def _first_sentence(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs with those up to the first stop marked as lead."""
    open_lead = True
    for run in runs:
        stop = _FIRST_STOP.search(run.text) if open_lead else None
        if stop:
            open_lead = False
            yield Run(run.text[: stop.end()], run.origin, head=True)
            if stop.end() < len(run.text):
                yield Run(run.text[stop.end() :], run.origin)
        else:
            yield Run(run.text, run.origin, head=True) if open_lead else run


def _title(paragraph: Paragraph, limit: float) -> Iterator[Line]:
    """The title, and each line of it that opens with —— as a subtitle."""
    block: list[Run] = []
    for runs in _split(paragraph.runs):
        text = "".join(run.text for run in runs)
        if text.startswith("——"):
            if block:
                yield Line("title", tuple(block), "", paragraph.blocks)
                block = []
            yield Line("subtitle", runs, "", paragraph.blocks)
        else:
            if block:
                block[-1] = Run(block[-1].text + "\n", block[-1].origin, block[-1].head)
            block += _break(runs, break_title(text, limit)) if limit else runs
    if block:
        yield Line("title", tuple(block), "", paragraph.blocks)


def _break(runs: tuple[Run, ...], breaks: tuple[int, ...]) -> Iterator[Run]:
    at = 0
    for run in runs:
        text = run.text
        for offset in reversed(breaks):
            if at <= offset < at + len(run.text):
                text = text[: offset - at] + "\n" + text[offset - at :]
        at += len(run.text)
        yield Run(text, run.origin, run.head)


def _split(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """The runs of each line of a text that holds line feeds."""
    if not any("\n" in run.text for run in runs):
        yield runs
        return
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(Run(first, run.origin, run.head))
        for other in others:
            yield tuple(piece for piece in line if piece.text)
            line = [Run(other, run.origin, run.head)]
    yield tuple(piece for piece in line if piece.text)

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

__all__ = ["Line", "break_runs", "lines"]


class Line(NamedTuple):
    """One paragraph of the page, or one row of a table.

    style  a style of the format, or "blank"; "table-head" and "table" for rows
    lead   the style of the leading runs with `head` set ("lead" for those further on), "" where there is none
    runs   the text with its origins; a title has line feeds where it breaks, a row tabs between its cells
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
_STYLES = {Role.DATE: "date", Role.SPEAKER: "speaker"}
_LEADS = {
    System.CN_DUN: "heading1",
    System.CN_PAREN: "heading2",
    System.AR_DOT: "heading3",
    System.AR_PAREN: "heading4",
}
# 一、 and （一） are set in 黑体 and 楷体 even where an item has no lead of its own: up to its first stop
_FIRST_STOP = "[。：！？]"


def lines(document: Document, layout: Format, *, title_width: float = 0) -> Iterator[Line]:
    """The lines in page order. A title is broken where it is wider than `title_width` characters (0: never)."""
    titles: list[Paragraph] = []
    rest: list[Paragraph] = []
    front: dict[str, list[Paragraph]] = {"date": [], "speaker": []}
    for paragraph in paragraphs(document):
        role = paragraph.role
        if role is Role.TITLE:
            titles.append(paragraph)
        elif role is Role.DATE or role is Role.SPEAKER:
            front[_STYLES[role]].append(paragraph)
        else:
            rest.append(paragraph)
    yield from _front(titles, [(name, front[name]) for name in layout.words("front.order")], layout, title_width)
    signed = in_table = False
    for paragraph in rest:
        if paragraph.role is Role.ROW:
            yield Line("table" if in_table else "table-head", paragraph.runs, "", paragraph.blocks)
            in_table = True
            continue
        in_table = False
        if paragraph.role is Role.SIGNATURE:
            if not signed:
                yield _BLANK  # 7.3.5.2: one empty line below the text
            signed = True
            yield from (Line("signature", runs, "", paragraph.blocks) for runs in _split(paragraph.runs))
        else:
            yield _line(paragraph)


def _front(
    titles: list[Paragraph], named: list[tuple[str, list[Paragraph]]], layout: Format, title_width: float
) -> Iterator[Line]:
    """Title, then the lines of date and speaker, each group with the blank lines of the format below it."""
    for paragraph in titles:
        yield from _title(paragraph, title_width)
    front = [Line(style, p.runs, "", p.blocks) for style, group in named for p in group]
    if front:
        if titles:
            yield from [_BLANK] * int(layout.number("front.before"))
        yield from front
        yield from [_BLANK] * int(layout.number("front.after"))
    elif titles:
        yield _BLANK  # 7.3.2: the salutation stands one empty line below the title


def _line(paragraph: Paragraph) -> Line:
    role, runs, blocks = paragraph.role, paragraph.runs, paragraph.blocks
    starts_with_head = bool(runs) and runs[0].head
    if role is Role.PARAGRAPH and not starts_with_head:
        return Line("body", runs, _later_lead(runs), blocks)
    if role is Role.SALUTATION:
        return Line("salutation", runs, "", blocks)
    lead = _LEADS.get(paragraph.system, "lead")
    if role is Role.HEADING:
        heading = f"heading{min(max(paragraph.level, 1), 4)}"
        if not paragraph.run_in:
            return Line(heading, runs, "", blocks)
        # 7.3.3 gives a face to the numbered levels; a lead without a number is text like the rest
        lead = "lead" if paragraph.system is System.NONE else heading
    elif role is Role.ITEM and lead in ("heading1", "heading2") and not any(run.head for run in runs):
        runs = tuple(_first_sentence(runs))
        starts_with_head = bool(runs)
    return Line("body", runs, lead if starts_with_head else _later_lead(runs), blocks)


def _later_lead(runs: tuple[Run, ...]) -> str:
    """The lead of an inline item further on in the paragraph."""
    for run in runs:
        if run.head:
            return "lead"
    return ""


def _first_sentence(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs with those up to the first stop marked as lead."""
    open_lead = True
    for run in runs:
        stop = re.search(_FIRST_STOP, run.text) if open_lead else None
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
            block += break_runs(runs, break_title(text, limit)) if limit else runs
    if block:
        yield Line("title", tuple(block), "", paragraph.blocks)


def break_runs(runs: tuple[Run, ...], breaks: tuple[int, ...]) -> Iterator[Run]:
    """The runs with a line feed before each of the offsets in their joined text."""
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

"""Enumeration marks, and the one place where blocks get their numbers.

`paragraphs(document)` turns blocks into numbered paragraphs: what every writer, every check and the
length count read. Inline items (一是…；二是…) join the paragraph before them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from drafter.chinese.numerals import numeral
from drafter.document import Block, Document, Origin, OriginKind, Role, System

__all__ = ["SYSTEM_TITLES", "Paragraph", "Run", "mark", "paragraphs"]

NUMBERING = Origin(OriginKind.COMPUTED, "编号")

_MARKS: dict[System, Callable[[int], str]] = {
    System.CN_DUN: lambda n: numeral(n) + "、",
    System.CN_PAREN: lambda n: f"（{numeral(n)}）",
    System.AR_DOT: lambda n: f"{n}.",
    System.AR_PAREN: lambda n: f"（{n}）",
    System.YISHI: lambda n: numeral(n) + "是",
    System.YIYAO: lambda n: numeral(n) + "要",
    System.DIYI: lambda n: f"第{numeral(n)}，",
}
_SHOUXIAN = ("首先，", "其次，", "再次，")

SYSTEM_TITLES = {
    System.NONE: "无",
    System.CN_DUN: "一、",
    System.CN_PAREN: "（一）",
    System.AR_DOT: "1.",
    System.AR_PAREN: "（1）",
    System.YISHI: "一是",
    System.YIYAO: "一要",
    System.DIYI: "第一",
    System.SHOUXIAN: "首先",
}


@cache
def mark(system: System, number: int, total: int) -> str:
    """The mark of item `number` of `total` (both from 1); "" for an uncounted system.

    首先 runs end with 最后 where they have three items or more, and go on with 第四 … past 再次.
    """
    if system is System.NONE:
        return ""
    if system is System.SHOUXIAN:
        if number == total >= 3:
            return "最后，"
        return _SHOUXIAN[number - 1] if number <= len(_SHOUXIAN) else mark(System.DIYI, number, total)
    return _MARKS[system](number)


class Run(NamedTuple):
    """A span as it is read, with the emphasis of its place: `head` for a run-in lead."""

    text: str
    origin: Origin
    head: bool = False


class Paragraph(NamedTuple):
    """One numbered paragraph. `blocks` are the indexes of the blocks in it; `ordinal` counts from 1 (0: uncounted)."""

    role: Role
    level: int
    runs: tuple[Run, ...]
    blocks: tuple[int, ...]
    function: str = ""
    system: System = System.NONE
    ordinal: int = 0

    @property
    def text(self) -> str:
        return "".join([run.text for run in self.runs])

    @property
    def run_in(self) -> bool:
        """A lead-in and its text in one paragraph."""
        return bool(self.runs) and not self.runs[-1].head and any(run.head for run in self.runs)


_last: tuple[tuple[Block, ...], tuple[Paragraph, ...]] = ((), ())


def paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """The document as numbered paragraphs, in reading order.

    Those of the last document are kept, since its length, its report and its file are made one after another.
    """
    global _last  # noqa: PLW0603
    blocks, made = _last
    if blocks is not document.blocks:
        made = _numbered(document.blocks)
        _last = (document.blocks, made)
    return made


def _numbered(blocks: tuple[Block, ...]) -> tuple[Paragraph, ...]:
    # half of the time of writing a document, most of it in making runs: `Run(…)` would cost twice as much
    new = tuple.__new__
    begun: list[tuple[Block, int, list[Run], list[int]]] = []  # first block and its number, runs, blocks
    for index, (block, (number, total)) in enumerate(zip(blocks, _ordinals(blocks), strict=True)):
        head = block.head
        heading = block.role is Role.HEADING
        if block.inline and begun:
            _, _, runs, inside = begun[-1]
            inside.append(index)
        else:
            runs = []
            begun.append((block, number, runs, [index]))
        if number and (text := mark(block.system, number, total)):
            runs.append(Run(text, NUMBERING, heading or bool(head)))
        if head:
            runs += [new(Run, (span.text, span.origin, True)) for span in head if span.text]
        whole_head = heading and not head
        runs += [new(Run, (span.text, span.origin, whole_head)) for span in block.spans if span.text]
    return tuple(
        [
            new(Paragraph, (first.role, first.level, tuple(runs), tuple(inside), first.function, first.system, number))
            for first, number, runs, inside in begun
        ]
    )


def _ordinals(blocks: tuple[Block, ...]) -> list[tuple[int, int]]:
    """(number, total) for each block; siblings are blocks of one rank with nothing of a higher rank between."""
    numbers = [(0, 0)] * len(blocks)
    open_runs: list[tuple[int, list[int]]] = []  # rank and indexes, the deepest last

    def close(rank: int) -> None:
        while open_runs and open_runs[-1][0] >= rank:
            run = open_runs.pop()[1]
            for number, index in enumerate(run, 1):
                numbers[index] = (number, len(run))

    for index, block in enumerate(blocks):
        if block.system is not System.NONE:
            rank = _rank(block)
            close(rank + 1)
            if open_runs and open_runs[-1][0] == rank and blocks[open_runs[-1][1][0]].system is not block.system:
                close(rank)
            if not open_runs or open_runs[-1][0] < rank:
                open_runs.append((rank, []))
            open_runs[-1][1].append(index)
        elif open_runs:
            # text that goes on after a nested list leaves the list it stands in open
            close(_rank(block) + (block.inline and block.role is not Role.ITEM))
    close(0)
    return numbers


_PARAGRAPH_RANK = 5


def _rank(block: Block) -> int:
    """Headings 1–4 rank above paragraphs, paragraphs above items, deeper items last."""
    if block.role is Role.HEADING:
        return block.level
    return _PARAGRAPH_RANK + (block.level if block.inline or block.role is Role.ITEM else 0)

"""The document: the composed or imported text as typed blocks; the hub of the program.

A document is a flat, ordered sequence of immutable blocks; sections are derived. A block states an
enumeration system, never a number: the number is its position, given once at output
(`drafter.chinese.enumeration`), so that an absent item leaves no hole. A span is text with its origin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

__all__ = ["FRONT_MATTER", "Block", "Document", "Note", "Origin", "OriginKind", "Role", "Span", "System"]


class Role(StrEnum):
    """What a block is in the text."""

    TITLE = "title"
    DATE = "date"
    SPEAKER = "speaker"
    SALUTATION = "salutation"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CLOSING = "closing"
    SIGNATURE = "signature"
    GAP = "gap"


class System(StrEnum):
    """How siblings are counted (names as in the structure maps of the seeds)."""

    NONE = "none"
    CN_DUN = "cn_dun"  # 一、
    CN_PAREN = "cn_paren"  # （一）
    AR_DOT = "ar_dot"  # 1.
    AR_PAREN = "ar_paren"  # （1）
    YISHI = "yishi"  # 一是
    YIYAO = "yiyao"  # 一要
    DIYI = "diyi"  # 第一，
    SHOUXIAN = "shouxian"  # 首先，其次，再次，最后，


FRONT_MATTER = frozenset({Role.TITLE, Role.DATE, Role.SPEAKER})
"""What stands above the text and is not spoken: no part of the length."""


class OriginKind(StrEnum):
    """Where text comes from."""

    BRIEF = "brief"  # ref: path in the brief, 要素.目标[0].数值
    PATTERN = "pattern"  # ref: pattern id
    TOPIC = "topic"  # ref: topic id and aspect, drafter.wages/成绩
    COMPUTED = "computed"  # ref: what the program worked out, 编号
    MISSING = "missing"  # ref: path of the absent fact
    SOURCE = "source"  # ref: line of an imported text


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a span comes from. `note` is for the reader of the 核稿 copy (未核实, 来源：…)."""

    kind: OriginKind
    ref: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one origin."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Block:
    """One typed piece of the text.

    A table is a run of rows; a tab between its spans parts the cells of a row, the first row is the head.

    level     1–4 for a heading (a title has 0), 1–4 nesting depth for an item, else 0
    system    how it is counted among its siblings; the number itself is never stored
    head      the lead-in of a run-in heading or item, ending with its own punctuation; `spans` is the rest
    inline    the block goes on in the paragraph of the block before it (一是…；二是…)
    function  code of the section function (`achieve`, `task` …), "" where none applies
    pattern   id of the pattern that made it, "" for text given word for word
    """

    role: Role
    spans: tuple[Span, ...]
    head: tuple[Span, ...] = ()
    level: int = 0
    system: System = System.NONE
    inline: bool = False
    function: str = ""
    pattern: str = ""

    @property
    def text(self) -> str:
        return "".join(span.text for span in (*self.head, *self.spans))


@dataclass(frozen=True, slots=True)
class Note:
    """A decision or doubt of the composer, for stderr and the 核稿 copy.

    `code` is stable (`length`, `gap`, `unverified`, `claim`, `choice`); `block` is an index into
    `Document.blocks`, None where the note is about the whole document.
    """

    code: str
    message: str
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in reading order, notes, and the facts about the whole.

    meta: plain text values; keys used: `title`, `author`, `date` (YYYY-MM-DD), `occasion`, `genre`
    (speech | essay | plan | summary | letter), `rate` (characters a minute), `target` (characters asked for).
    """

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    meta: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def gaps(self) -> Iterator[tuple[int, Span]]:
        """Each marked gap with the index of its block."""
        for index, block in enumerate(self.blocks):
            for span in (*block.head, *block.spans):
                if span.origin.kind is OriginKind.MISSING:
                    yield index, span

    def functions(self) -> tuple[str, ...]:
        """The section functions in reading order, repeats in a row folded."""
        order: list[str] = []
        for block in self.blocks:
            if block.function and order[-1:] != [block.function]:
                order.append(block.function)
        return tuple(order)

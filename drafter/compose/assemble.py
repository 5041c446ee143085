"""Lines of rendered patterns → blocks: lists joined or split, separators set, levels given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from drafter.chinese.punctuation import separator, stands_alone, strip_end
from drafter.compose.marked import Line, LineKind, Optional, Piece
from drafter.document import Block, Origin, OriginKind, Role, Span, System

__all__ = ["blocks", "without"]

_PUNCTUATION = Origin(OriginKind.COMPUTED, "标点")
_MARKS = "、，；。"  # weakest first
_LONGEST_RUN = 320  # characters of a list in one paragraph; nine in ten paragraphs of real speeches have fewer than 295
_HEADING_LEVELS = {System.CN_PAREN: 2, System.AR_DOT: 3, System.AR_PAREN: 4}


def without(line: Line, kept: frozenset[Optional]) -> Line:
    """A copy of the line without the optional parts that are left out."""
    parts: list[Piece | Line] = []
    for part in line.parts:
        if isinstance(part, Line):
            inner = without(part, kept)
            parts += [inner] if inner.parts else []
        elif part.optional is None or part.optional in kept:
            parts.append(part)
    return Line(line.kind, line.listing, parts)


def blocks(lines: Iterable[Line], joins: bool, function: str, role: Role) -> Iterator[Block]:
    """The blocks of the lines of one recipe.

    joins     the first line goes on in the paragraph before it
    function  code of the section's function
    role      that of plain paragraphs (PARAGRAPH or CLOSING)
    """
    for is_item, group in groupby(lines, key=lambda line: line.kind is LineKind.ITEM):
        together = list(group)
        own = is_item and _own_paragraphs(together)
        made = _list(together, 1, joins, own) if is_item else _texts(together, role, joins)
        for block in made:
            yield replace(block, function=function)
        joins = not own


def _own_paragraphs(items: Sequence[Line]) -> bool:
    """Whether the items of a list stand in paragraphs of their own: numbered heads, long items, a long run."""
    listing, texts = items[0].listing, [_text(item) for item in items]
    if listing.system in _HEADING_LEVELS or listing.layout == "own":
        return True
    return listing.layout == "auto" and (stands_alone(texts) or sum(map(len, texts)) > _LONGEST_RUN)


def _texts(lines: Sequence[Line], role: Role, joins: bool) -> Iterator[Block]:
    for index, line in enumerate(lines):
        inline = joins and index == 0
        if line.kind is LineKind.ROW:
            yield Block(Role.ROW, _spans(line), pattern=line.listing.pattern)
            continue
        if line.kind is LineKind.HEADING:
            yield Block(Role.HEADING, _spans(line), level=2, system=System.CN_PAREN, pattern=line.listing.pattern)
            continue
        head, body = _split(line)
        if head and not inline:
            if not body and head[-1].text.endswith("。"):  # as its siblings that go on: no heading of its own
                _finish(line, "。")
                head, body = _split(line)
            yield from _flatten(Line(line.kind, line.listing, body), _block(line, Role.HEADING, head, level=2), 0)
        else:
            yield from _flatten(line, _block(line, Role.PARAGRAPH if inline else role, inline=inline), 0)


def _list(items: Sequence[Line], depth: int, joins: bool, own: bool) -> Iterator[Block]:
    """One list: run on in one paragraph, or `own` paragraphs. A single item is not counted."""
    system = items[0].listing.system if len(items) > 1 else System.NONE
    level = _HEADING_LEVELS.get(system)
    between = "。" if own else separator([_text(item) for item in items])
    for index, item in enumerate(items):
        _finish(item, "。" if index == len(items) - 1 else between)
        inline = not own and (joins or index > 0)
        head, body = _split(item)
        if level and head:
            first = _block(item, Role.HEADING, head, level=level, system=system)
            yield from _flatten(Line(item.kind, item.listing, body), first, 0)
        else:
            first = _block(item, Role.ITEM, level=depth, system=system, inline=inline)
            yield from _flatten(item, first, depth)


def _flatten(line: Line, first: Block, depth: int) -> Iterator[Block]:
    """A line as blocks: its own text, then what is nested in it, all in one paragraph."""
    current: list[Span] = []
    pending: Block | None = first
    for is_list, group in groupby(line.parts, key=lambda p: isinstance(p, Line) and p.kind is LineKind.ITEM):
        parts = list(group)
        if is_list:
            if pending:
                yield replace(pending, spans=_merged(current))
            yield from _list([part for part in parts if isinstance(part, Line)], depth + 1, True, False)
            pending, current = None, []
            continue
        if pending is None:
            pending = _block(line, Role.PARAGRAPH, level=depth, inline=True)
        for part in parts:
            current += [part.span()] if isinstance(part, Piece) else [p.span() for p in part.pieces()]
    if pending and (current or pending.head):
        yield replace(pending, spans=_merged(current))


def _block(
    line: Line,
    role: Role,
    head: Sequence[Piece] = (),
    *,
    level: int = 0,
    system: System = System.NONE,
    inline: bool = False,
) -> Block:
    spans = _merged([piece.span() for piece in head])
    return Block(role, (), head=spans, level=level, system=system, inline=inline, pattern=line.listing.pattern)


def _split(line: Line) -> tuple[list[Piece], list[Piece | Line]]:
    """The lead-in at the start of a line, and the rest."""
    head: list[Piece] = []
    for index, part in enumerate(line.parts):
        if not isinstance(part, Piece) or not part.head:
            return head, line.parts[index:]
        head.append(part)
    return head, []


def _text(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces())


def _spans(line: Line) -> tuple[Span, ...]:
    return _merged([piece.span() for piece in line.pieces()])


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours of one origin become one span; where two marks meet at a seam, the stronger one stays."""
    return tuple(
        Span(text, origin)
        for origin, group in groupby(_seamless(spans), key=lambda span: span.origin)
        if (text := "".join(span.text for span in group))
    )


def _seamless(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        here = span
        if joined and joined[-1].text[-1:] in ("！", "？") and here.text[:1] in _MARKS:
            here = replace(here, text=here.text[1:])
        while joined and here.text and joined[-1].text[-1:] in _MARKS and here.text[0] in _MARKS:
            before = joined[-1]
            if _MARKS.index(before.text[-1]) > _MARKS.index(here.text[0]):
                here = replace(here, text=here.text[1:])
            else:
                joined[-1] = replace(before, text=before.text[:-1])
                joined = joined if joined[-1].text else joined[:-1]
        joined += [here] if here.text else []
    return joined


def _finish(line: Line, mark: str) -> None:
    """End a line with `mark` in place of what it ends with; a ！, a ？ or a gap's bracket stays before it."""
    while line.parts:
        last = line.parts[-1]
        if isinstance(last, Line):
            _finish(last, mark)
            return
        text = strip_end(last.text)
        if text:
            line.parts[-1] = last._replace(text=text)
            if text[-1] not in "！？":
                line.parts.append(Piece(mark, _PUNCTUATION))
            return
        line.parts.pop()

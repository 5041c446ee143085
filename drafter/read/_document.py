"""Passages into a document: one title, the number of each item left to its place, every span with its source line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from drafter.document import Block, Document, Origin, OriginKind, Role, Span, System
from drafter.read._front import bare
from drafter.read._refine import genre_of

if TYPE_CHECKING:
    from drafter.read._result import Passage, Report

__all__ = ["chosen_title", "to_document"]

_ROLES = {
    "title": Role.TITLE,
    "salutation": Role.SALUTATION,
    "heading": Role.HEADING,
    "enum": Role.ITEM,
    "closing": Role.PARAGRAPH,
    "gap": Role.GAP,
    "table": Role.ROW,
}
_META = {"date": Role.DATE, "speaker": Role.SPEAKER, "signature": Role.SIGNATURE}
_SYSTEMS = {
    "cn_dun": System.CN_DUN, "cn_paren": System.CN_PAREN, "ar_dun": System.AR_DOT, "ar_dot": System.AR_DOT,
    "ar_paren": System.AR_PAREN, "yishi": System.YISHI, "yiyao": System.YIYAO, "diyi": System.DIYI,
    "shouxian": System.SHOUXIAN,
}  # fmt: skip


def chosen_title(passages: Sequence[Passage]) -> Passage | None:
    """Of several titles the most particular one: a variant that holds more of the same words, else the first."""
    titles = [p for p in passages if p.role == "title" and p.sub in ("", "alt")]
    if not titles:
        return next((p for p in passages if p.role == "title" and p.sub == "dup"), None)
    first = titles[0]
    for title in titles[1:]:
        one, other = bare(first.text.text), bare(title.text.text)
        if len(other) > len(one) and sum(character in other for character in one) > 0.75 * len(one):
            first = title
    return first


def to_document(passages: Sequence[Passage], report: Report) -> Document:
    """The document of one piece. Titles that are not chosen are reported as changes."""
    title = chosen_title(passages)
    blocks: list[Block] = []
    date_seen = False
    pending: Block | None = None
    for passage in passages:
        if passage.role == "title":
            if passage is title or (passage.sub == "cont" and blocks and blocks[-1].role is Role.TITLE):
                blocks.append(_block(passage, Role.TITLE))
            else:
                passage.aside = True
                if passage.text.text:
                    report.change("title_dup", passage.text, "")
            continue
        role = (
            _META.get(passage.sub, Role.PARAGRAPH)
            if passage.role == "meta"
            else _ROLES.get(passage.role, Role.PARAGRAPH)
        )
        if passage.rows:
            blocks += _rows(passage)
            continue
        if role is Role.DATE and date_seen is False and len(blocks) > 6:
            role = Role.SIGNATURE
        date_seen = date_seen or role is Role.DATE
        block = _block(passage, role)
        if pending and passage.joined:
            blocks[-1] = Block(
                pending.role,
                block.spans,
                pending.spans,
                pending.level,
                pending.system,
                pending.inline,
                pending.function,
            )
            pending = None
            continue
        blocks.append(block)
        pending = block if passage.run_in else None
    return Document(tuple(blocks), (), _meta(passages, title))


def _block(passage: Passage, role: Role) -> Block:
    system = _SYSTEMS.get(passage.system, System.NONE) if role in (Role.HEADING, Role.ITEM) else System.NONE
    text = passage.text.text
    if system is not System.NONE:
        text = text[len(passage.mark) :].lstrip()
    if role is Role.TITLE:
        text = bare(text)
    level = passage.level if role in (Role.HEADING, Role.ITEM) else 0
    spans = (Span(text, Origin(OriginKind.SOURCE, str(passage.line))),)
    return Block(role, spans, (), level, system, passage.joined, passage.function)


def _rows(passage: Passage) -> list[Block]:
    origin = Origin(OriginKind.SOURCE, str(passage.line))
    return [
        Block(
            Role.ROW,
            tuple(Span(("\t" if i else "") + cell, origin) for i, cell in enumerate(row)),
            function=passage.function,
        )
        for row in passage.rows
    ]


def _meta(passages: Sequence[Passage], title: Passage | None) -> dict[str, str]:
    meta = {"genre": genre_of([p.text.text for p in passages if p.role == "title"])}
    if title:
        parts = [title.text.text]
        index = list(passages).index(title)
        for passage in passages[index + 1 :]:
            if passage.role != "title" or passage.sub != "cont":
                break
            parts.append(passage.text.text)
        meta["title"] = bare("".join(parts))
    speaker = next((p for p in reversed(passages) if p.role == "meta" and p.sub == "speaker"), None)
    if speaker:
        meta["author"] = speaker.text.text.strip("（）()")
    date = next((p for p in passages if p.role == "meta" and p.sub == "date"), None)
    match = re.search(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日", date.text.text) if date else None
    if match:
        meta["date"] = f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}"
    return meta

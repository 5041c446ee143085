"""A document as plain data: the JSON of its blocks, and the account of where every character comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drafter.chinese.enumeration import NUMBERING, Paragraph, paragraphs
from drafter.document import Block, Document, Note, Origin, OriginKind, Role, Span
from drafter.write._table import cells, plain

if TYPE_CHECKING:
    from drafter.write._format import Format

__all__ = ["as_data", "render", "trace"]

SCHEMA_VERSION = 1


def render(document: Document, layout: Format) -> bytes:  # noqa: ARG001 - data has no page
    """UTF-8 JSON with Chinese as it is, one final line feed; a lone surrogate becomes a JSON escape."""
    import json

    return (json.dumps(as_data(document), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def as_data(document: Document) -> dict[str, Any]:
    """The document as dicts and lists.

    {schema_version, meta, blocks: [{line?, role, level, system, ordinal, number, inline, function, pattern,
    text, spans: [{text, head?, origin}]}], notes: [{code, message, block}]}. `text` is the block's own
    text, without `number` (一、), which follows from `ordinal`; `line` is there for an imported text. A block of
    role `row` also has `cells`: [text]; the first of consecutive rows is the head of their table.
    """
    apart = tuple(replace(block, inline=False) for block in document.blocks)
    numbered = paragraphs(replace(document, blocks=apart))
    return {
        "schema_version": SCHEMA_VERSION,
        "meta": dict(document.meta),
        "blocks": [_block(block, paragraph) for block, paragraph in zip(document.blocks, numbered, strict=True)],
        "notes": [_note(note) for note in document.notes],
    }


def trace(document: Document) -> dict[str, Any]:
    """Every character of the numbered text with its origin.

    {schema_version, characters, totals: {kind: characters}, paragraphs: [{index, role, level, function,
    blocks, text, runs: [{start, end, text, origin}]}]}; start and end are offsets in the paragraph's text.
    """
    totals: dict[str, int] = {kind.value: 0 for kind in OriginKind}
    entries = []
    for index, paragraph in enumerate(paragraphs(document)):
        runs, at = [], 0
        for run in paragraph.runs:
            end = at + len(run.text)
            runs.append({"start": at, "end": end, "text": run.text, "origin": _origin(run.origin)})
            totals[run.origin.kind.value] += len(run.text)
            at = end
        entries.append(
            {
                "index": index,
                "role": paragraph.role.value,
                "level": paragraph.level,
                "function": paragraph.function,
                "blocks": list(paragraph.blocks),
                "text": paragraph.text,
                "runs": runs,
            }
        )
    return {
        "schema_version": SCHEMA_VERSION,
        "characters": sum(totals.values()),
        "totals": totals,
        "paragraphs": entries,
    }


def _block(block: Block, paragraph: Paragraph) -> dict[str, Any]:
    spans = [{**_span(span), "head": True} for span in block.head] + [_span(span) for span in block.spans]
    data: dict[str, Any] = {
        "role": block.role.value,
        "level": block.level,
        "system": block.system.value,
        "ordinal": paragraph.ordinal,
        "number": "".join(run.text for run in paragraph.runs[:1] if run.origin is NUMBERING),
        "inline": block.inline,
        "function": block.function,
        "pattern": block.pattern,
        "text": block.text,
        "spans": spans,
    }
    if block.role is Role.ROW:
        data["cells"] = [plain(cell) for cell in cells(paragraph.runs)]
    line = _line(block)
    return {"line": line, **data} if line else data


def _line(block: Block) -> int:
    for span in (*block.head, *block.spans):
        if span.origin.kind is OriginKind.SOURCE and span.origin.ref.isdecimal():
            return int(span.origin.ref)
    return 0


def _span(span: Span) -> dict[str, Any]:
    return {"text": span.text, "origin": _origin(span.origin)}


def _origin(origin: Origin) -> dict[str, str]:
    return {"kind": origin.kind.value, "ref": origin.ref, "note": origin.note}


def _note(note: Note) -> dict[str, Any]:
    return {"code": note.code, "message": note.message, "block": note.block}

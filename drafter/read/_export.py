"""What was read as plain data for tools: names as in the marked-up corpora."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drafter.read._result import KINDS, Imported, Passage

__all__ = ["import_json"]


def import_json(imported: Imported) -> dict[str, Any]:
    """`blocks`, `removed`, `changed`, `doubtful`, and the facts about the whole.

    A block is a passage on one physical line: {line, role, level, system, ordinal, function, text} and, where they
    apply, sub, run_in, joined (it goes on in the paragraph of the block before it), piece, confidence (of the
    function), pattern (the id), pattern_confidence, other_patterns (what else it looks like), inner_patterns
    (those of its single sentences). A paragraph
    that the source broke over several lines is several blocks, the later ones with `sub` continued. Absent values
    are null, lines count from 1.
    """
    blocks = [block for passage in imported.passages for block in _blocks(passage, imported)]
    return {
        "schema_version": 1,
        "name": imported.name,
        "encoding": imported.encoding,
        "script": imported.script,
        "truncated": imported.truncated,
        "missing": imported.missing or None,
        "meta": dict(imported.document.meta),
        "pieces": len(imported.pieces),
        "blocks": blocks,
        "removed": [
            {"line": r.line, "kind": r.kind, "title": KINDS.get(r.kind, r.kind), "text": r.text}
            for r in imported.removed
        ],
        "changed": [
            {
                "line": c.line,
                "kind": c.kind,
                "title": KINDS.get(c.kind, c.kind),
                "before": c.before,
                "after": c.after,
                "count": c.count,
            }
            for c in imported.changed
        ],
        "doubtful": [
            {"line": d.line, "kind": d.kind, "title": KINDS.get(d.kind, d.kind), "message": d.message, "text": d.text}
            for d in imported.doubtful
        ],
    }


def _blocks(passage: Passage, imported: Imported) -> list[dict[str, Any]]:
    stretches = imported.stretches(passage)
    return [
        {
            "line": line,
            "column": column,
            "role": passage.role if not i or passage.role in ("title", "salutation") else "body",
            "sub": passage.sub or None if not i else "cont" if passage.role in ("title", "salutation") else "continued",
            "level": passage.level or None if not i else None,
            "system": passage.system or None,
            "ordinal": passage.ordinal or None,
            "run_in": passage.run_in,
            "joined": passage.joined or i > 0,
            "function": passage.function or None,
            "confidence": passage.confidence,
            "pattern": passage.pattern or None if not i else None,
            "pattern_confidence": passage.pattern_confidence if not i else 0.0,
            "other_patterns": _named(passage.others) if not i else [],
            "inner_patterns": _named(passage.inner) if not i else [],
            "piece": passage.piece,
            "text": text,
        }
        for i, (line, column, text) in enumerate(stretches)
    ]


def _named(found: Sequence[tuple[str, float]]) -> list[dict[str, Any]]:
    return [{"pattern": name, "confidence": sure} for name, sure in found]

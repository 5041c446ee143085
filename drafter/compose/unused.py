"""What the brief says and the text does not: nothing is left out without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drafter.brief import Brief, format_path
from drafter.document import Document, Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.compose.plan import BriefPath

__all__ = ["unused_facts"]

_SILENT = ("来源", "核实", "句式", "措辞", "动词", "素材", "召开方式")  # about a fact, or a choice, never printed


def unused_facts(brief: Brief, document: Document) -> Iterator[Note]:
    """A note for each part of 要素, 业务 and 板块 that reached no span; a part without any is named as a whole."""
    reached = {span.origin.ref for block in document.blocks for span in (*block.head, *block.spans)}
    text = "".join(block.text for block in document.blocks)
    roots: list[tuple[BriefPath, Any]] = [(("要素",), brief.data.get("要素")), (("业务",), brief.data.get("业务"))]
    for index, section in enumerate(brief.data.get("板块") or ()):
        roots += [(("板块", index, key), section.get(key)) for key in ("要素", "正文")]
    for path, value in roots:
        for lost in _lost(value, path, reached, text):
            if lost != path:
                yield Note("unused", f"素材单里的“{format_path(lost)}”没有用上：选用的句式里没有它的位置")


def _lost(value: Any, path: BriefPath, reached: set[str], text: str) -> list[BriefPath]:
    """The paths below `value` that were not reached and are not said elsewhere, folded where nothing below was."""
    if isinstance(value, dict):
        inner = [((*path, key), item) for key, item in value.items() if key not in _SILENT]
    elif isinstance(value, list):
        inner = [((*path, index), item) for index, item in enumerate(value)]
    else:
        told = (
            value in (None, "", "无") or isinstance(value, bool) or format_path(path) in reached or str(value) in text
        )
        return [] if told else [path]
    if path[0] == "业务" and isinstance(value, list) and path == ("业务",):
        inner = [(each, item) for each, item in inner if isinstance(item, dict)]
    lost = [_lost(item, each, reached, text) for each, item in inner]
    whole = len(path) > (2 if path[0] == "业务" else 1)  # a topic is used, whatever the brief says of it
    if whole and inner and all(paths == [each] for paths, (each, _) in zip(lost, inner, strict=True)):
        return [path]
    return [each for paths in lost for each in paths]

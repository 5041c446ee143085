"""What the brief says and the text does not: nothing is left out without a word."""

from __future__ import annotations

from functools import cached_property
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
    printed = _Printed(document)
    roots: list[tuple[BriefPath, Any]] = [(("要素",), brief.data.get("要素")), (("业务",), brief.data.get("业务"))]
    for index, section in enumerate(brief.data.get("板块") or ()):
        roots += [(("板块", index, key), section.get(key)) for key in ("要素", "正文")]
    for path, value in roots:
        for lost in _lost(value, path, printed):
            if lost != path:
                yield Note("unused", f"素材单里的“{format_path(lost)}”没有用上：选用的句式里没有它的位置")


class _Printed:
    """What the text says and where from, read off where it is asked for."""

    def __init__(self, document: Document) -> None:
        self._blocks = document.blocks

    @cached_property
    def places(self) -> set[str]:
        return {span.origin.ref for block in self._blocks for span in (*block.head, *block.spans)}

    @cached_property
    def text(self) -> str:
        return "".join(block.text for block in self._blocks)


def _lost(value: Any, path: BriefPath, printed: _Printed) -> list[BriefPath]:
    """The paths below `value` that were not reached and are not said elsewhere, folded where nothing below was."""
    if isinstance(value, dict):
        inner = [((*path, key), item) for key, item in value.items() if key not in _SILENT]
    elif isinstance(value, list):
        inner = [((*path, index), item) for index, item in enumerate(value)]
    else:
        silent = value in (None, "", "无") or isinstance(value, bool)
        told = silent or format_path(path) in printed.places or str(value) in printed.text
        return [] if told else [path]
    if path[0] == "业务" and isinstance(value, list) and path == ("业务",):
        inner = [(each, item) for each, item in inner if isinstance(item, dict)]
    lost = [_lost(item, each, printed) for each, item in inner]
    whole = len(path) > (2 if path[0] == "业务" else 1)  # a topic is used, whatever the brief says of it
    if whole and inner and all(paths == [each] for paths, (each, _) in zip(lost, inner, strict=True)):
        return [path]
    return [each for paths in lost for each in paths]

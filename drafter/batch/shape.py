"""Where a column of a table belongs in a brief, and what the schema allows there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.brief.schema import resolve_ref

if TYPE_CHECKING:
    from drafter.brief.model import DataPath

__all__ = ["Shape", "Shapes", "steps_of"]

_STEP = re.compile(r"([^.\[\]]+)|\[(\d{1,3})\]")
_HEADER = re.compile(r"[^.\[\]]+(?:\[\d{1,3}\])*(?:\.[^.\[\]]+(?:\[\d{1,3}\])*)*")
_ANY = frozenset({"string", "number", "boolean", "array", "object"})


class Shape(NamedTuple):
    """What may stand at one place: JSON types; whether a text is a day; whether the items of a list are names.

    Names are listed with 、 between them, other items are clauses, which may hold one themselves.
    """

    types: frozenset[str]
    day: bool = False
    names: bool = False

    @property
    def is_list(self) -> bool:
        """Nothing but a list may stand here."""
        return "array" in self.types and "string" not in self.types


def steps_of(header: str) -> DataPath | None:
    """`要素.目标[0].数值` as steps, indexes from 0; None for what is no path. Full-width forms are read alike."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", header)).replace("。", ".")
    if not _HEADER.fullmatch(text):
        return None
    return tuple(int(index) if index else key for key, index in _STEP.findall(text))


class Shapes:
    """The places of one schema (`brief_schema(slots)`)."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema = schema
        self._root = [schema]

    def find(self, steps: DataPath) -> tuple[tuple[str | int | None, ...], Shape] | tuple[DataPath, list[str]]:
        """(full path, shape), with None where the header leaves out the index of a list.

        For an unknown step: (the path as far as it is known, the keys that may follow).
        """
        parts, path = self._root, list[Any]()
        for step in steps:
            inner = self._inner(parts, step)
            if not inner and isinstance(step, str) and (items := self._items(parts)):
                if not (inner := self._inner(items, step)):
                    return tuple(path), self._keys(items)
                path.append(None)
            if not inner:
                return tuple(path), self._keys(parts)
            path.append(step)
            parts = inner
        return tuple(path), self._shape(parts)

    def at(self, path: DataPath) -> Shape:
        """The shape at a full path; anything goes where the schema says nothing."""
        parts = self._root
        for step in path:
            parts = self._inner(parts, step)
        return self._shape(parts) if parts else Shape(_ANY)

    def _branches(self, parts: list[Any]) -> Iterator[dict[str, Any]]:
        for part in parts:
            resolved = resolve_ref(self._schema, part)
            choices = [*resolved.get("anyOf", ()), *resolved.get("oneOf", ())]
            if choices and not ("type" in resolved or "properties" in resolved):
                yield from self._branches(choices)
            else:
                yield resolved

    def _inner(self, parts: list[Any], step: str | int) -> list[Any]:
        found = []
        for part in self._branches(parts):
            if isinstance(step, int):
                if "array" in _types(part) and "items" in part:
                    found.append(part["items"])
            elif step in part.get("properties", ()):
                found.append(part["properties"][step])
            elif isinstance(more := part.get("additionalProperties"), dict):
                found.append(more)
        return found

    def _items(self, parts: list[Any]) -> list[Any]:
        return self._inner(parts, 0)

    def _keys(self, parts: list[Any]) -> list[str]:
        return list(dict.fromkeys(key for part in self._branches(parts) for key in part.get("properties", ())))

    def _shape(self, parts: list[Any]) -> Shape:
        branches = list(self._branches(parts))
        types = frozenset(kind for part in branches for kind in _types(part))
        day = any(part.get("format") == "date" for part in branches)
        items = self._branches(self._items(parts))
        # a text that may hold no line break is a name; a clause is free text
        names = any("string" in _types(part) and r"\n" in part.get("pattern", "") for part in items)
        return Shape(types or _ANY, day, names)


def _types(part: dict[str, Any]) -> frozenset[str]:
    kind = part.get("type")
    if isinstance(kind, str):
        return frozenset({kind})
    if isinstance(kind, list):
        return frozenset(kind)
    if "enum" in part:
        return frozenset({"string"})
    if "const" in part:  # 无, which any 要素 may be
        return frozenset()
    return frozenset() if {"anyOf", "oneOf", "properties", "items"} & part.keys() else _ANY

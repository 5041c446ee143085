"""The whole library as plain data, for tools that use the templates without us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drafter.chinese.enumeration import SYSTEM_TITLES
from drafter.library.slots import with_uris

if TYPE_CHECKING:
    from drafter.library.library import Library
    from drafter.library.model import Pattern

__all__ = ["catalogue", "pattern_schema"]


def catalogue(library: Library) -> dict[str, Any]:
    """JSON-able; keys `schema_version` packs functions patterns headings topics occasions $defs.

    A pattern carries `schema`, the JSON Schema of its slots, whose `$ref`s resolve in the `$defs` of the catalogue.
    """
    return {
        "schema_version": 1,
        "packs": [_plain(pack) for pack in library.packs],
        "functions": [_plain(function) for function in library.functions],
        "patterns": [_pattern(pattern) for pattern in library.patterns if pattern.function != "heading"],
        "headings": [_pattern(pattern) for pattern in library.patterns if pattern.function == "heading"],
        "topics": [_plain(topic) for topic in library.topics],
        "occasions": [_plain(occasion) for occasion in library.occasions],
        "$defs": with_uris(library.defs),
    }


def pattern_schema(library: Library, pattern: Pattern) -> dict[str, Any]:
    """The JSON Schema (2020-12) of what one pattern takes, complete with `$defs`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": pattern.title,
        **_slots(pattern),
        "$defs": with_uris(library.defs),
    }


def _slots(pattern: Pattern) -> dict[str, Any]:
    return {"type": "object", "properties": with_uris(pattern.slots), "required": list(pattern.required)}


def _pattern(pattern: Pattern) -> dict[str, Any]:
    data: dict[str, Any] = _plain(pattern)
    for key in ("slots", "required"):
        del data[key]
    return {**data, "list": SYSTEM_TITLES[pattern.list], "schema": _slots(pattern)}


def _plain(value: Any) -> Any:
    """Named tuples as mappings, tuples as lists, enumerations as their values."""
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value

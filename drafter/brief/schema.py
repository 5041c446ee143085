"""The JSON Schema of a brief, and its compiled validator.

The schema is data, `schema.json` beside this module. `errorMessage` and `patternErrorMessage` in it are
what editors (the yaml and json language servers) show for a violation; our own messages read them too.
"""

from __future__ import annotations

import datetime
import json
import marshal
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.errors import LibraryError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jsonschema_rs

    from drafter.brief.model import JsonSchema

__all__ = ["NONE", "brief_schema", "described", "is_date", "known_keys", "resolve_ref", "validator"]

_ANNOTATIONS = ("examples", "default", "const", "enum")
NONE = "无"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_compiled: tuple[dict[str, Mapping[str, Any]] | None, JsonSchema, jsonschema_rs.Draft202012Validator] | None = None


@cache
def _base() -> JsonSchema:
    schema: JsonSchema = json.loads(Path(__file__).with_name("schema.json").read_bytes())
    _encode_refs(schema)
    return schema


def _encode_refs(part: Any) -> None:
    """Percent-encode the `$ref`s in place: they are URI references, and RFC 3986 has no Chinese in those."""
    stack = [part]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            if isinstance(ref := part.get("$ref"), str) and not ref.isascii():
                part["$ref"] = "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in ref)
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)


def brief_schema(slots: Mapping[str, Mapping[str, Any]] | None = None) -> JsonSchema:
    """The JSON Schema (2020-12) of a brief.

    `slots` are the schemas of the 要素, by name; with them any other 要素 is unknown, without them all
    are allowed. They may refer to the shared types, `{"$ref": "#/$defs/数据"}`.
    """
    schema: JsonSchema = marshal.loads(marshal.dumps(_base()))  # noqa: S302 - a deep copy, twenty times faster
    if slots is not None:
        facts = schema["properties"]["要素"]
        facts["properties"] = {name: _or_none(_nestable(dict(slot))) for name, slot in slots.items()}
        facts["additionalProperties"] = False
        _encode_refs(facts["properties"])
    return schema


def _or_none(slot: Any) -> Any:
    """A slot that may also be 无: there is no such thing, so no gap for it."""
    about = {key: slot[key] for key in ("title", "description", "examples") if key in slot}
    return {**about, "anyOf": [slot, {"const": NONE, "description": "写“无”：没有这项内容，文稿里不写，也不标待补。"}]}


def _nestable(part: Any) -> Any:
    """A copy of a slot's schema in which every free text may also be written by another pattern (套用)."""
    if isinstance(part, list):
        return [_nestable(each) for each in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "string" and "enum" not in part:
        about = {key: part[key] for key in ("title", "description", "examples", "default") if key in part}
        text = {key: value for key, value in part.items() if key not in about}
        return {**about, "anyOf": [text, {"$ref": "#/$defs/套用"}]}
    return {key: part[key] if key in _ANNOTATIONS else _nestable(part[key]) for key in part}


def validator(
    slots: Mapping[str, Mapping[str, Any]] | None = None,
) -> tuple[JsonSchema, jsonschema_rs.Draft202012Validator]:
    """The schema and its validator; the last one is kept, as a batch asks again and again for the same.

    Raises LibraryError E399 where a slot is no valid schema.
    """
    global _compiled  # noqa: PLW0603
    kept = _compiled
    if kept is None or kept[0] != slots:
        import jsonschema_rs  # 25 ms that exporting the schema does not need

        schema = brief_schema(slots)
        try:
            compiled = jsonschema_rs.Draft202012Validator(
                schema, validate_formats=True, formats={"date": is_date}, offline=True
            )
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            hint = "检查模板包里这个要素的 slots"
            reason = str(error).partition("\n")[0]
            raise LibraryError(Problem("E399", f"要素的 JSON Schema 不成立：{reason}", None, hint)) from error
        kept = _compiled = (None if slots is None else dict(slots), schema, compiled)
    return kept[1], kept[2]


def is_date(text: str) -> bool:
    """A day that exists, written YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def resolve_ref(schema: JsonSchema, part: Any) -> dict[str, Any]:
    """A subschema with its local `$ref` followed, its own keywords first; {} for anything else."""
    from urllib.parse import unquote

    seen = 0
    while isinstance(part, dict) and "$ref" in part and seen < 10:
        target: Any = schema
        for step in unquote(str(part["$ref"])).removeprefix("#/").split("/"):
            target = target[int(step)] if isinstance(target, list) else target.get(step, {})
        part = {**target, **{key: value for key, value in part.items() if key != "$ref"}}
        seen += 1
    return part if isinstance(part, dict) else {}


def described(part: Mapping[str, Any]) -> dict[str, Any]:
    """A subschema of a slot with its reference to a shared type followed."""
    return resolve_ref(_base(), part)


@cache
def known_keys() -> frozenset[str]:
    """Every key that the schema names anywhere."""
    found: set[str] = set()
    stack: list[Any] = [_base()]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            found.update(part.get("properties", ()))
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
    return frozenset(found)

"""Shared slot types, and contexts made complete with empty values for what may be absent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from drafter.library.model import JsonSchema, Pattern

__all__ = ["COMPUTED", "CONTEXT_NAMES", "SHARED", "Types", "fill", "shared_types", "with_uris"]

SHARED = ("条目", "数据", "引用", "品牌", "目标", "发言", "致意")

CONTEXT_NAMES = (
    *("措辞", "语气", "听众", "层级", "工作", "会议", "单位", "年度", "党政", "自称", "点数"),
    *("场合", "日期"),
)
"""What every template may print without declaring it."""

COMPUTED = ("业务", "文")
"""Keys of entries and figures that are worked out: the topic of an entry, a figure as one text."""

_ANY: JsonSchema = {}
_ENTRY = {"题": "", "句": "", "展": [], "数据": [], "业务": ""}


def shared_types() -> dict[str, JsonSchema]:
    """The types that briefs and patterns share, and what they refer to, out of the `$defs` of a brief's schema."""
    import json

    source: Traversable = Path(__file__).parent.parent / "brief" / "schema.json"
    if not source.is_file():  # imported from a zip
        from importlib.resources import files

        source = files("drafter").joinpath("brief", "schema.json")
    defs: dict[str, JsonSchema] = json.loads(source.read_text(encoding="utf-8"))["$defs"]
    wanted = list(SHARED)
    for name in wanted:
        wanted += (other for other in _references(defs[name]) if other not in wanted)
    return {name: defs[name] for name in wanted}


def _references(schema: Any) -> set[str]:
    if isinstance(schema, Mapping):
        here = {str(schema["$ref"]).split("/")[2]} if "$ref" in schema else set()
        return here.union(*map(_references, schema.values()))
    return set().union(*map(_references, schema)) if isinstance(schema, list) else set()


def with_uris(schema: Any) -> Any:
    """A copy with percent-encoded `$ref`s: strict readers of JSON Schema take no Chinese in them (RFC 3986)."""
    from urllib.parse import quote

    if isinstance(schema, Mapping):
        return {key: quote(value, safe="#/$") if key == "$ref" else with_uris(value) for key, value in schema.items()}
    return [with_uris(item) for item in schema] if isinstance(schema, (list, tuple)) else schema


class Types:
    """The shared types of a library, and what each schema that refers to them comes to, found once."""

    def __init__(self, defs: Mapping[str, JsonSchema]) -> None:
        self._defs = defs
        self._known: dict[int, tuple[JsonSchema, str, JsonSchema]] = {}

    def resolve(self, schema: JsonSchema) -> tuple[str, JsonSchema]:
        """The name of the shared type that a schema refers to, and the schema of its mapping form."""
        known = self._known.get(id(schema))
        if known is None:
            known = self._known[id(schema)] = (schema, *self._resolved(schema))  # kept with it, as its number must be
        return known[1:]

    def _resolved(self, schema: JsonSchema) -> tuple[str, JsonSchema]:
        name = ""
        for _ in range(4):
            branches = schema.get("anyOf") or schema.get("oneOf") or ()
            wanted = [b for b in branches if "$ref" in b or b.get("type") in ("object", "array")]
            if "$ref" in schema:
                target = str(schema["$ref"]).rsplit("/", 1)[-1]
                name, schema = name or target, self._defs.get(target, _ANY)
            elif wanted:
                schema = wanted[-1]
            else:
                break
        return name, schema

    def empty(self, schema: JsonSchema) -> Any:
        """What stands for a value that is absent."""
        return [] if self.resolve(schema)[1].get("type") == "array" else ""

    def filled(self, value: Any, schema: JsonSchema) -> Any:
        """A value with all the fields of its type."""
        name, schema = self.resolve(schema)
        if name == "条目" and isinstance(value, (str, Mapping)):
            given = {"句": value} if isinstance(value, str) else value
            return {**_ENTRY, **{key: self._field(key, item, schema) for key, item in given.items()}}
        if isinstance(value, (list, tuple)):
            inner = schema.get("items", _ANY)
            return [self.filled(item, inner) for item in value]
        if isinstance(value, Mapping) and schema.get("type") == "object":
            properties = schema.get("properties", _ANY)
            absent = {key: self.empty(inner) for key, inner in properties.items() if key not in value}
            given = {key: self._field(key, item, schema) for key, item in value.items()}
            if {"数值", "单位"} <= properties.keys():
                absent["文"] = "".join(str(given.get(key, "")) for key in ("指标", "关系", "数值", "单位"))
            return {**absent, **given}
        return value

    def _field(self, key: str, value: Any, schema: JsonSchema) -> Any:
        return self.filled(value, schema.get("properties", _ANY).get(key, _ANY))


def fill(pattern: Pattern, context: Mapping[str, Any], types: Types) -> dict[str, Any]:
    """The context with 措辞 and the common names present, and what may be absent empty."""
    complete: dict[str, Any] = dict.fromkeys(CONTEXT_NAMES, "")
    if pattern.variants:
        complete["措辞"] = pattern.variants[0].key
    for name in pattern.required:
        complete.pop(name, None)  # its absence is an error
    for name, schema in pattern.slots.items():
        if name not in pattern.required:
            complete[name] = types.empty(schema)
    complete.update(context)
    for name, schema in pattern.slots.items():
        if name in complete:
            complete[name] = types.filled(complete[name], schema)
    return complete

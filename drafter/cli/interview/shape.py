"""From the JSON Schema of a fact to the shape of its question: a line, a choice, a list, a group of fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from drafter.brief.schema import resolve_ref
from drafter.cli.interview.typed import show

__all__ = ["Field", "Kind", "Shape", "example", "shape_of"]

_MARGINAL = ("来源", "核实")  # about the fact, not the fact: whoever wants them writes them into the file
_UNIT = "数值的单位，如 户、万元、%。"  # the schema speaks to who writes YAML: %, in quotes
_DEPTH = 4


class Kind(StrEnum):
    """How a value is asked for."""

    TEXT = "text"
    ENTRY = "entry"  # 条目 on one line: 短题：主句。展开。
    FIGURE = "figure"  # a number as it is to be printed: 312, 1.10, 40,000
    NUMBER = "number"
    DATE = "date"
    LENGTH = "length"  # minutes or characters
    FLAG = "flag"
    CHOICE = "choice"
    LIST = "list"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Shape:
    """What one value looks like to the person who types it.

    question   the question in one sentence (`description`)
    choices    of a CHOICE, each with a note where there are `notes`; `open`: other words are possible too
    item       shape of an item of a LIST, `most` the number of items allowed (0: any)
    fields     of a GROUP; of the names in one set of `either` only one may be given
    """

    kind: Kind
    title: str = ""
    question: str = ""
    examples: tuple[Any, ...] = ()
    choices: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    open: bool = False
    item: Shape | None = None
    most: int = 0
    fields: tuple[Field, ...] = ()
    either: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a GROUP."""

    name: str
    shape: Shape
    required: bool


def shape_of(schema: Mapping[str, Any], root: dict[str, Any], title: str = "") -> Shape | None:
    """The shape of a value; None for what cannot be asked line by line (a free mapping, nesting without end).

    root  the schema that `$ref` points into, as from `drafter.brief.brief_schema`
    title used where the schema has none
    """
    return _shape(dict(schema), root, title, _DEPTH)


def _shape(schema: dict[str, Any], root: dict[str, Any], title: str, depth: int) -> Shape | None:
    entry = str(schema.get("$ref", "")).endswith("/条目")
    schema = resolve_ref(root, schema)
    if branches := schema.get("anyOf") or schema.get("oneOf"):
        schema = {**_simplest(branches, root), **{k: v for k, v in schema.items() if k not in ("anyOf", "oneOf")}}
    base = Shape(
        Kind.TEXT,
        str(schema.get("title") or title),
        str(schema.get("description") or ""),
        tuple(schema.get("examples") or ()),
    )
    if entry:
        return replace(base, kind=Kind.ENTRY, title=title or base.title)
    types = [kind for kind in _types(schema) if kind != "null"]
    if "enum" in schema:
        return replace(base, kind=Kind.CHOICE, choices=tuple(str(each) for each in schema["enum"]))
    if "string" in types or not types:
        return replace(base, kind=_text_kind(schema, types)) if types or not _is_mapping(schema) else None
    if types[0] in ("number", "integer"):
        return replace(base, kind=Kind.NUMBER)
    if types[0] == "boolean":
        return replace(base, kind=Kind.FLAG)
    if depth == 0:
        return None
    return _list(schema, root, base, depth) if types[0] == "array" else _group(schema, root, base, depth)


def _text_kind(schema: Mapping[str, Any], types: list[str]) -> Kind:
    if "number" in types:
        return Kind.FIGURE
    return Kind.DATE if schema.get("format") == "date" else Kind.TEXT


def _list(schema: Mapping[str, Any], root: dict[str, Any], base: Shape, depth: int) -> Shape | None:
    item = _shape(schema.get("items") or {"type": "string"}, root, base.title, depth - 1)
    most = int(schema.get("maxItems") or 0)
    return replace(base, kind=Kind.LIST, item=item, most=most) if item else None


def _group(schema: Mapping[str, Any], root: dict[str, Any], base: Shape, depth: int) -> Shape | None:
    required = schema.get("required", ())
    fields = []
    for name, part in schema.get("properties", {}).items():
        shape = None if name in _MARGINAL else _shape(part, root, name, depth - 1)
        if shape and name == "单位" and "数值" in schema["properties"]:
            shape = replace(shape, question=_UNIT)
        if shape:
            fields.append(Field(name, shape, name in required))
        elif name in required:
            return None
    rules = [schema, *schema.get("allOf", ())]
    either = tuple(
        frozenset(rule["not"]["required"]) for rule in rules if len(rule.get("not", {}).get("required", ())) > 1
    )
    return replace(base, kind=Kind.GROUP, fields=tuple(fields), either=either) if fields else None


def _simplest(branches: list[Any], root: dict[str, Any]) -> dict[str, Any]:
    """Of several ways to write a value the one that is a line of text, else the first."""
    resolved = [resolve_ref(root, branch) for branch in branches]
    return next((branch for branch in resolved if "string" in _types(branch)), resolved[0])


def _types(schema: Mapping[str, Any]) -> list[str]:
    given = schema.get("type", ())
    if not given and "properties" in schema:
        return ["object"]
    return [given] if isinstance(given, str) else list(given)


def _is_mapping(schema: Mapping[str, Any]) -> bool:
    return "additionalProperties" in schema or "items" in schema


def example(shape: Shape) -> str:
    """The first example as a line of text, "" where there is none."""
    if shape.kind is Kind.LIST and shape.item:
        inner = [each for given in shape.examples if isinstance(given, list) for each in given]
        return example(replace(shape.item, examples=(*inner, *shape.item.examples)))
    for given in shape.examples:
        if text := show(given):
            return text
    return ""

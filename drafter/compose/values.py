"""Values in the form templates take: every text in marks, what a type requires present, absent facts as gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.brief import Brief, format_path
from drafter.chinese.punctuation import pair_quotes
from drafter.document import Origin, OriginKind

if TYPE_CHECKING:
    from drafter.compose.memo import Memo
    from drafter.compose.plan import BriefPath, Section
    from drafter.library import Library

__all__ = ["Nested", "Schema", "Values", "entry"]

Schema = Mapping[str, Any]
_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]+[是、]|第[一二三四五六七八九十]+[，、]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.．、](?![0-9]))\s*"
)
_ANY: Schema = {}
_OPEN_GAP = re.compile("(【待补[^】]*】?)")
_TERMINAL = "。；，、;,"


class Nested(NamedTuple):
    """A mapping of the brief that asks for a pattern in place of a text (`句式: …`)."""

    facts: Mapping[str, Any]
    path: BriefPath


class Values:
    """Makes values for templates. `render_nested` turns a `Nested` into marked text."""

    def __init__(
        self,
        brief: Brief,
        library: Library,
        memo: Memo,
        render_nested: Callable[[Nested, Section | None], str],
    ) -> None:
        self.brief, self.library, self.marks, self._render_nested = brief, library, memo.marks, render_nested
        self._resolved = memo.schemas

    def mark(self, text: str, path: BriefPath, note: str = "") -> str:
        """A text of the brief; its final punctuation is the template's business. Its own 【待补】 stays a gap."""
        text = (pair_quotes(text) if '"' in text else text).strip().rstrip(_TERMINAL)
        place = format_path(path)
        said = Origin(OriginKind.BRIEF, place, note)
        if "【待补" not in text:
            return self.marks.tag(text, said)
        gap = Origin(OriginKind.MISSING, place, note)
        parts = enumerate(_OPEN_GAP.split(text))
        return "".join([self.marks.tag(part, gap if index % 2 else said) for index, part in parts])

    def shape(self, value: Any, schema: Schema, path: BriefPath, section: Section | None, note: str = "") -> Any:
        """A value of the brief with every text in marks, nested patterns rendered, what its type requires present."""
        name, schema = self.resolve(schema)
        if isinstance(value, str) and (name == "条目" or path[-1] in ("题", "句")):
            return self.mark(_unnumbered(value, path), path, note)
        if isinstance(value, Mapping):
            if "句式" in value:
                return self._render_nested(Nested(value, path), section)
            return self._shape_mapping(value, schema, path, section, _doubt(value) or note)
        if isinstance(value, list):
            inner = schema.get("items", _ANY)
            shaped = [self.shape(item, inner, (*path, index), section, note) for index, item in enumerate(value)]
            return _told_once(value, shaped)
        if schema.get("type") == "array":
            return [self.shape(value, schema.get("items", _ANY), path, section, note)]
        if "enum" in schema:
            return value  # a choice that templates compare, not a text they print
        return self.mark(value if isinstance(value, str) else self.brief.raw(path) or str(value), path, note)

    def default(self, value: Any, schema: Schema, origin: Origin) -> Any:
        """A value that the occasion brings, as its own words."""
        _, schema = self.resolve(schema)
        if isinstance(value, Mapping):
            properties = schema.get("properties", {})
            return {key: self.default(item, properties.get(key, _ANY), origin) for key, item in value.items()}
        if isinstance(value, list):
            return [self.default(item, schema.get("items", _ANY), origin) for item in value]
        if schema.get("type") == "array":
            return [self.default(value, schema.get("items", _ANY), origin)]
        return value if "enum" in schema else self.marks.tag(str(value).rstrip(_TERMINAL), origin)

    def gap(self, schema: Schema, title: str, path: BriefPath) -> Any:
        """A marked gap in the form of the schema, so that the sentence around it still stands."""
        name, resolved = self.resolve(schema)
        title = schema.get("title") or title
        if name == "条目":
            return {"句": self.gap_text(title, path)}
        if resolved.get("type") == "array":
            return [self.gap(resolved.get("items", _ANY), title, (*path, 0))]
        if resolved.get("type") == "object":
            return self._shape_mapping({}, resolved, path, None, "")
        return self.gap_text(title, path)

    def gap_text(self, title: str, path: BriefPath) -> str:
        return self.marks.tag(f"【待补：{title}】", Origin(OriginKind.MISSING, format_path(path)))

    def is_gap(self, value: Any) -> bool:
        if not isinstance(value, str) or not value or ord(value[0]) < 0xF0000:
            return False
        origin = self.marks.entry(value[0])
        whole = value.index(value[-1]) == len(value) - 1  # not a text with a gap in it
        return whole and isinstance(origin, Origin) and origin.kind is OriginKind.MISSING

    def resolve(self, schema: Schema) -> tuple[str, Schema]:
        """The name of the shared type a schema refers to, and the schema of its fullest form."""
        known = self._resolved.get(id(schema))
        if known and known[0] is schema:  # kept with its key, so that the number stays its own
            return known[1:]
        given, name = schema, ""
        while branches := [schema] if "$ref" in schema else _branches(schema):
            full = [branch for branch in branches if "$ref" in branch or branch.get("type") in ("object", "array")]
            schema = (full or branches)[-1]
            if "$ref" in schema:
                name = str(schema["$ref"]).rsplit("/", 1)[-1]
                schema = self.library.defs[name]
        self._resolved[id(given)] = (given, name, schema)
        return name, schema

    def _shape_mapping(
        self, value: Mapping[str, Any], schema: Schema, path: BriefPath, section: Section | None, note: str
    ) -> dict[str, Any]:
        properties = schema.get("properties", {})
        shaped = {
            key: item
            if isinstance(item, bool)
            else self.shape(item, properties.get(key, _ANY), (*path, key), section, note)
            for key, item in value.items()
            if item is not None and item != ""
        }
        for key in schema.get("required", ()):
            if key not in shaped:
                shaped[key] = self.gap(properties.get(key, _ANY), key, (*path, key))
        return shaped


def entry(given: Mapping[str, Any]) -> dict[str, Any]:
    """A 条目 with all its keys."""
    return {"题": "", "句": "", "展": [], "数据": [], "业务": "", **given}


def _branches(schema: Schema) -> list[Schema]:
    """The forms a value may take, but for 套用, which stands for a text."""
    branches = schema.get("anyOf") or schema.get("oneOf") or ()
    return [branch for branch in branches if not str(branch.get("$ref", "")).endswith("/套用")]


def _doubt(value: Mapping[str, Any]) -> str:
    """What the brief says of a fact's standing: 未核实, its source."""
    notes = ["未核实"] if value.get("核实") is False else []
    if value.get("来源"):
        notes.append(f"来源：{value['来源']}")
    return "，".join(notes)


def _unnumbered(text: str, path: BriefPath) -> str:
    """Without the number or the 我们 that a secretary puts before an entry and the pattern puts there as well."""
    bare = _NUMBER.sub("", text.strip(), count=1)
    return bare.removeprefix("我们") if "成绩" in path and len(bare) > 3 else bare


def _told_once(given: Sequence[Any], shaped: list[Any]) -> list[Any]:
    """Neighbours of one time: a 期间 that goes on is not said again, a target learns that it has the same 期限.

    Texts in marks cannot be compared by templates.
    """
    for index in range(1, len(given)):
        before, here = given[index - 1], given[index]
        if not isinstance(here, Mapping) or not isinstance(before, Mapping) or not isinstance(shaped[index], dict):
            continue
        if "期限" in here:
            shaped[index]["同期"] = here["期限"] == before.get("期限")
        if "期间" in here and here["期间"] == before.get("期间"):
            shaped[index]["期间"] = ""
    return shaped

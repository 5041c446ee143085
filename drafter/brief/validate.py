"""From the validator's errors to problems: one useful Chinese message for each thing that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drafter.brief import hints
from drafter.brief.model import Brief, DataPath, Mark, format_path, value_at
from drafter.brief.schema import resolve_ref, validator
from drafter.brief.syntax import full_width_colon
from drafter.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drafter.brief.model import JsonSchema

__all__ = ["validate"]


@dataclass(frozen=True, slots=True)
class _Fault:
    """One violation: where, which keyword with which value, and the subschema that holds the keyword."""

    path: DataPath
    keyword: str
    limit: Any
    schema: dict[str, Any]


def validate(brief: Brief, slots: Mapping[str, Mapping[str, Any]] | None = None) -> list[Problem]:
    """All violations of the schema, in the order of the schema; the caller sorts by place."""
    schema, compiled = validator(slots)
    reporter = _Reporter(brief, schema)
    errors = compiled.iter_errors(brief.data)
    found = (each for error in errors for fault in _faults(schema, error) for each in reporter.report(fault))
    return list(dict.fromkeys(found))


def _faults(schema: JsonSchema, error: Any) -> Iterator[_Fault]:
    """The error itself, or those of the branch of an anyOf that was most likely meant."""
    name = error.kind.name
    holder = value_at(schema, tuple(error.schema_path[:-1]), {})
    if name not in ("anyOf", "oneOf") or "errorMessage" in holder or not getattr(error.kind, "context", None):
        limit = error.kind.types if name == "type" else error.kind.value
        yield _Fault(tuple(error.instance_path), name, limit, holder)
        return
    right_kind = [branch for branch in error.kind.context if not _wrong_kind(branch, error)]
    if right_kind and not _split_text(error, _container(schema, holder)):
        branches = [[fault for each in branch for fault in _faults(schema, each)] for branch in right_kind]
        yield from min(branches, key=len)
    else:
        yield _Fault(tuple(error.instance_path), "type", sorted(_types(error)), _container(schema, holder))


def _wrong_kind(branch: list[Any], outer: Any) -> bool:
    """The branch wants another kind of value altogether; a mapping without 句式 was not meant as a 套用."""
    for error in branch:
        if error.instance_path == outer.instance_path:
            if error.kind.name in ("type", "const") or (
                error.kind.name == "required" and error.kind.property == "句式"
            ):
                return True
            if error.kind.name in ("anyOf", "oneOf") and all(_wrong_kind(inner, error) for inner in error.kind.context):
                return True
    return False


def _split_text(error: Any, container: dict[str, Any]) -> bool:
    """A text with a colon in it (`- 做法: 好`), read as a mapping whose one key is like none that is known."""
    value = error.instance
    if not isinstance(value, dict) or len(value) != 1 or "string" not in _types(error):
        return False
    known = list(container.get("properties", ()))
    key, text = next(iter(value.items()))
    return isinstance(text, str) and key not in known and not hints.similar(key, known)


def _types(error: Any) -> set[str]:
    if error.kind.name == "type":
        return set(error.kind.types)
    context = getattr(error.kind, "context", None) or ()
    return {kind for branch in context for e in branch if e.instance_path == error.instance_path for kind in _types(e)}


def _container(schema: JsonSchema, holder: dict[str, Any]) -> dict[str, Any]:
    """The object branch of an anyOf, for a hint that shows its keys."""
    branches = (resolve_ref(schema, part) for part in (*holder.get("anyOf", ()), *holder.get("oneOf", ())))
    return next((part for part in branches if "properties" in part), holder)


def _own_key(path: DataPath) -> str:
    """The key of a value, "" for an item of a list."""
    return path[-1] if path and isinstance(path[-1], str) else ""


class _Reporter:
    def __init__(self, brief: Brief, schema: JsonSchema) -> None:
        self._brief = brief
        self._schema = schema
        self._reports: dict[str, Callable[[_Fault], Iterator[Problem]]] = {
            "additionalProperties": self._unknown,
            "required": self._missing,
            "type": self._type,
            "enum": self._enum,
            "const": self._enum,
            "format": self._format,
            "pattern": self._pattern,
            "not": self._excluded,
        }

    def report(self, fault: _Fault) -> Iterator[Problem]:
        return self._reports.get(fault.keyword, self._limit)(fault)

    def _unknown(self, fault: _Fault) -> Iterator[Problem]:
        value = self._value(fault)
        known = list(fault.schema.get("properties", ()))
        for key in [key for key in value if key not in known]:
            hint = hints.nearest(key, [each for each in known if each not in value], known, "可用的键")
            if key.startswith("-"):
                hint = f"如果是列表的一项，“-”后面要空一格；{hint}"
            yield self._at_key("E201", f"不认识的键“{hints.short(key)}”", (*fault.path, key), hint)

    def _missing(self, fault: _Fault) -> Iterator[Problem]:
        key = fault.limit
        if key == "单位" and "数值" in self._value(fault):
            yield self._no_unit((*fault.path, "数值"))
            return
        part = resolve_ref(self._schema, fault.schema.get("properties", {}).get(key, {}))
        where = f"“{format_path(fault.path)}”" if fault.path else "素材单"
        yield self._at_container("E202", f"{where}缺少“{key}”", fault.path, hints.add(key, part))

    def _no_unit(self, path: DataPath) -> Problem:
        figure = hints.short(self._brief.raw(path) or "")
        return self._at_value("E206", f"数值 {figure} 没有单位", path, hints.unit(figure))

    def _type(self, fault: _Fault) -> Iterator[Problem]:
        value = self._value(fault)
        if isinstance(value, str) and "object" in fault.limit and (key := full_width_colon(value)):
            message = f"“{key}”后面用了全角冒号“：”"
            yield self._at_value("E111", message, fault.path, f"改成英文冒号加空格：{key}: …")
            return
        special = hints.written_form(fault.path, value, self._brief.raw(fault.path) or "")
        if special:
            yield self._at_value(special[0], special[1], fault.path, special[2])
            return
        found = hints.describe(value, self._brief.raw(fault.path))
        message = f"“{format_path(fault.path)}”应是{hints.kinds(fault.limit)}，这里是{found}"
        yield self._at_value(
            "E203", message, fault.path, hints.type_hint(_own_key(fault.path), value, fault.limit, fault.schema)
        )

    def _enum(self, fault: _Fault) -> Iterator[Problem]:
        allowed = [str(each) for each in (fault.limit if fault.keyword == "enum" else [fault.limit])]
        value = self._value(fault)
        found = hints.describe(value, self._brief.raw(fault.path))
        hint = hints.nearest(str(value), allowed, allowed, "可选")
        yield self._at_value("E204", f"“{format_path(fault.path)}”不能是{found}", fault.path, hint)

    def _format(self, fault: _Fault) -> Iterator[Problem]:
        text = str(self._value(fault))
        if fault.limit == "date":
            message, hint = hints.date(text)
            yield self._at_value("E205", message, fault.path, hint)
        else:
            yield self._at_value("E208", f"“{hints.short(text)}”不合 {fault.limit} 格式", fault.path, "")

    def _pattern(self, fault: _Fault) -> Iterator[Problem]:
        text = str(self._value(fault))
        special = hints.written_form(fault.path, text, text)
        if special:
            yield self._at_value(special[0], special[1], fault.path, special[2])
            return
        said = fault.schema.get("patternErrorMessage", "写法不对")
        code = "E208" if text.strip() else "E211"
        yield self._at_value(
            code, f"“{format_path(fault.path)}”写法不对：{said}", fault.path, hints.example(fault.schema)
        )

    def _excluded(self, fault: _Fault) -> Iterator[Problem]:
        keys = fault.schema.get("not", {}).get("required", [])
        message = fault.schema.get("errorMessage", "这些内容不能同时写")
        present = [key for key in self._value(fault) if key in keys] if keys else []
        if present:
            hint = f"删掉“{present[0]}”或“{present[-1]}”"
            yield self._at_key("E207", message, (*fault.path, present[-1]), hint)
        else:
            yield self._at_value("E207", message, fault.path, "")

    def _limit(self, fault: _Fault) -> Iterator[Problem]:
        code, message, hint = hints.limit(fault.keyword, fault.limit, self._value(fault))
        said = fault.schema.get("errorMessage") if fault.keyword in ("anyOf", "oneOf") else None
        yield self._at_value(code, f"“{format_path(fault.path)}”{said or message}", fault.path, hint)

    def _value(self, fault: _Fault) -> Any:
        return value_at(self._brief.data, fault.path)

    def _at_value(self, code: str, message: str, path: DataPath, hint: str) -> Problem:
        return Problem(code, message, self._brief.place(path), hint)

    def _at_key(self, code: str, message: str, path: DataPath, hint: str) -> Problem:
        return Problem(code, message, self._key_place(path) or self._brief.place(path), hint)

    def _at_container(self, code: str, message: str, path: DataPath, hint: str) -> Problem:
        """At the key of what lacks something; an item of a list, or the whole, at its first character."""
        place = self._key_place(path)
        if place is None:
            place = self._brief.place(path)
            if place.line:
                place = Place(place.file, place.line, place.column, place.column + 1, place.source, place.path)
        return Problem(code, message, place, hint)

    def _key_place(self, path: DataPath) -> Place | None:
        node, source = self._brief.marks, self._brief.source
        for step in path[:-1]:
            node = node.children.get(step) if node else None
        mark: Mark | None = node.keys.get(str(path[-1])) if node and path else None
        return source.place(mark, format_path(path)) if source and mark else None

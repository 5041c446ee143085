"""What fills the slots: facts of the brief, wording of topics, values the program works out, marked gaps.

A slot is looked up by its name: in the nested mapping that asked for the pattern, in the section's
要素, in the brief's 要素, among the brief's own keys, in the topics (成绩 形势 问题 任务 保障), among
computed values. What is required and found nowhere becomes 【待补：…】.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.brief import Brief, format_path
from drafter.compose.computed import count_word, date_text, leadership
from drafter.document import Origin, OriginKind
from drafter.errors import BriefError, LibraryError, Problem
from drafter.library import ASPECTS, Library, Pattern, Topic, Wording

if TYPE_CHECKING:
    from drafter.compose.marked import Marks
    from drafter.compose.plan import BriefPath, Plan, Section
    from drafter.compose.wording import Wordings

__all__ = ["Facts", "Missing", "Nested"]

Schema = Mapping[str, Any]
_TERMINAL = "。；，、;,"
_SELF_ASPECT = "任务"  # what a topic says of 自身建设, in a section that names its topics
_TOP_LEVEL: Mapping[str, BriefPath] = {
    "会议": ("会议",),
    "工作": ("工作",),
    "地点": ("地点",),
    "日期": ("日期",),
    "单位": ("单位", "名称"),
}


class Missing(NamedTuple):
    """A fact that a pattern wants and nobody gave. `path` is where it belongs in the brief."""

    slot: str
    path: BriefPath
    schema: Schema
    required: bool
    pattern: Pattern
    section: Section | None


class Nested(NamedTuple):
    """A mapping of the brief that asks for a pattern in place of a text (`句式: …`)."""

    facts: Mapping[str, Any]
    path: BriefPath


@dataclass(slots=True)
class Facts:
    """Answers for one composition. `render_nested` turns a `Nested` into marked text."""

    brief: Brief
    library: Library
    plan: Plan
    marks: Marks
    wordings: Wordings
    render_nested: Callable[[Nested, Section | None], str]
    missing: list[Missing] = field(default_factory=list)
    _values: dict[str, Any] = field(default_factory=dict)

    def complete(self, pattern: Pattern, section: Section) -> bool:
        """True where every required slot has an answer; of a pattern that requires nothing, any slot of its own."""
        found = (self._find(name, section, None) is not None for name in pattern.required or pattern.slots)
        return all(found) if pattern.required else any(found)

    def context(self, pattern: Pattern, section: Section | None, nested: Nested | None = None) -> dict[str, Any]:
        """The slots of `pattern` in marks, with gaps for absent required ones; the library adds the empty values."""
        context = dict(self._known())
        for name, schema in pattern.slots.items():
            required = name in pattern.required
            found = self._find(name, section, nested)
            if found is not None:
                value, path = found
                context[name] = value if path is None else self._shape(value, schema, path, section)
                continue
            home = (*nested.path, name) if nested else _TOP_LEVEL.get(name) or ("要素", name)
            self.missing.append(Missing(name, home, schema, required, pattern, section))
            if required:
                context[name] = self._gap(schema, name, home)
        return context

    def _find(self, name: str, section: Section | None, nested: Nested | None) -> tuple[Any, BriefPath | None] | None:
        """The value and its place in the brief; place None for a value that is ready in marks."""
        if nested:
            places: list[tuple[Mapping[str, Any], BriefPath]] = [(nested.facts, nested.path)]
        else:
            places = [(section.facts, (*section.path, "要素"))] if section else []
            places += [(self.brief.data.get("要素") or {}, ("要素",)), (self.brief.data, ())]
        for mapping, path in places:
            value = mapping.get(name)
            if value is not None and value not in ("", []):
                if name == "单位" and isinstance(value, Mapping):
                    return value.get("名称"), (*path, name, "名称")
                return value, (*path, name)
        aspect = _SELF_ASPECT if name == "自身建设" and section and section.topics else name
        if nested is None and aspect in ASPECTS and (entries := list(self._from_topics(aspect, section))):
            return entries, None
        common = self._known().get(name)
        return None if common is None or self._is_gap(common) else (common, None)

    # -- values the program works out ------------------------------------------------------

    def _known(self) -> dict[str, Any]:
        """What every template may print without declaring it."""
        self._values = self._values or self._work_out()
        return self._values

    def _work_out(self) -> dict[str, Any]:
        data = self.brief.data
        unit = data.get("单位") or {}
        occasion = self.plan.occasion
        values: dict[str, Any] = {
            "语气": self.wordings.tone,
            "听众": self.wordings.audience,
            "层级": unit.get("层级", ""),
            "工作": self._given(("工作",)),
            "会议": self._given(("会议",)),
            "单位": self._given(("单位", "名称")),
            "自称": self._given(("单位", "简称")) if unit.get("简称") else self._given(("单位", "名称")),
            "场合": occasion.title,
        }
        date = self.brief.date
        values["日期"] = self._mark(date_text(date), ("日期",)) if date else self._gap_text("日期", ("日期",))
        values["年度"] = self._mark(f"{date.year}年", ("日期",)) if date else self._gap_text("年度", ("日期",))
        leaders = leadership(unit.get("层级", ""))
        values["党政"] = self._computed(leaders, "党政") if leaders else self._gap_text("单位层级", ("单位", "层级"))
        points = self.plan.points()
        values["点数"] = self._computed(count_word(points), "点数") if points else ""
        return values

    def _given(self, path: BriefPath) -> str:
        value: Any = self.brief.data
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return self._mark(str(value), path) if value else self._gap_text(str(path[-1]), path)

    def _computed(self, text: str, name: str) -> str:
        return self.marks.tag(text, Origin(OriginKind.COMPUTED, name))

    # -- values of the brief -----------------------------------------------------------------

    def _mark(self, text: str, path: BriefPath, note: str = "") -> str:
        return self.marks.tag(text.strip().rstrip(_TERMINAL), Origin(OriginKind.BRIEF, format_path(path), note))

    def _shape(self, value: Any, schema: Schema, path: BriefPath, section: Section | None, note: str = "") -> Any:
        """A value of the brief with every text in marks, nested patterns rendered, what its type requires present."""
        _, schema = self._resolve(schema)
        if isinstance(value, Mapping):
            if "句式" in value:
                return self.render_nested(Nested(value, path), section)
            return self._shape_mapping(value, schema, path, section, _doubt(value) or note)
        if isinstance(value, list):
            inner = schema.get("items", {})
            shaped = [self._shape(item, inner, (*path, index), section, note) for index, item in enumerate(value)]
            return _mark_same_deadline(value, shaped)
        if schema.get("type") == "array":
            return [self._shape(value, schema.get("items", {}), path, section, note)]
        if "enum" in schema:
            return value  # a choice that templates compare, not a text they print
        return self._mark(self.brief.raw(path) or str(value), path, note)

    def _shape_mapping(
        self, value: Mapping[str, Any], schema: Schema, path: BriefPath, section: Section | None, note: str
    ) -> dict[str, Any]:
        properties = schema.get("properties", {})
        shaped = {
            key: item
            if isinstance(item, bool)
            else self._shape(item, properties.get(key, {}), (*path, key), section, note)
            for key, item in value.items()
            if item is not None and item != ""
        }
        for key in schema.get("required", ()):
            if key not in shaped:
                shaped[key] = self._gap(properties.get(key, {}), key, (*path, key))
        return shaped

    def _resolve(self, schema: Schema) -> tuple[str, Schema]:
        """The name of the shared type a schema refers to, and the schema of its fullest form."""
        name = ""
        while branches := [schema] if "$ref" in schema else _branches(schema):
            full = [branch for branch in branches if "$ref" in branch or branch.get("type") in ("object", "array")]
            schema = (full or branches)[-1]
            if "$ref" in schema:
                name = str(schema["$ref"]).rsplit("/", 1)[-1]
                schema = self.library.defs[name]
        return name, schema

    # -- wording of topics -------------------------------------------------------------------

    def _from_topics(self, aspect: str, section: Section | None) -> Iterator[dict[str, Any]]:
        chosen: Sequence[Any] = self.brief.data.get("业务") or ()
        path: BriefPath = ("业务",)
        if section and section.topics:
            chosen, path = section.topics, (*section.path, "业务")
        for index, item in enumerate(chosen):
            place: BriefPath = (*path, index)
            name = item["素材"] if isinstance(item, Mapping) else item
            own = item.get(aspect) if isinstance(item, Mapping) else None
            if section and section.topics and own is None:
                own, place = self._own_words(name, aspect, place)
            topic = self._topic(name, place)
            wording = self._wording(topic, aspect)
            if own is None:
                if wording:
                    yield wording
                continue
            for number, entry in enumerate(own if isinstance(own, list) else [own]):
                where = (*place, aspect, number) if isinstance(own, list) else (*place, aspect)
                given = self._shape(entry, {"$ref": "#/$defs/条目"}, where, section)
                given = _entry({"句": given} if isinstance(given, str) else given)
                yield self._merge(given, wording if number == 0 else None, aspect)

    def _own_words(self, name: str, aspect: str, place: BriefPath) -> tuple[Any, BriefPath]:
        """A section that names a topic still uses what the brief's 业务 says of it."""
        for index, item in enumerate(self.brief.data.get("业务") or ()):
            if isinstance(item, Mapping) and item["素材"] == name and item.get(aspect) is not None:
                return item[aspect], ("业务", index)
        return None, place

    def _topic(self, name: str, place: BriefPath) -> Topic:
        try:
            return self.library.topic(name)
        except LibraryError as error:
            first = error.problems[0]
            raise BriefError(Problem(first.code, first.message, self.brief.place(place), first.hint)) from None

    def _wording(self, topic: Topic, aspect: str) -> dict[str, Any] | None:
        options = topic.aspects.get(aspect)
        if not options:
            return None
        wording: Wording = self.wordings.alternative(aspect, options)
        origin = Origin(OriginKind.TOPIC, f"{topic.id}/{aspect}")
        return _entry(
            {
                "题": self.marks.tag(wording.title, origin),
                "句": self.marks.tag(wording.sentence, origin),
                "展": [self.marks.tag(text, origin) for text in wording.more],
                "业务": self.marks.tag(topic.noun, origin),
            }
        )

    @staticmethod
    def _merge(given: dict[str, Any], wording: dict[str, Any] | None, aspect: str) -> dict[str, Any]:
        """The brief's own words first. A topic never adds achievements to those the brief names."""
        if wording is None:
            return given
        merged = {key: given[key] or wording[key] for key in ("题", "句", "业务")}
        more = given["展"] or ([] if aspect == "成绩" and given["句"] else wording["展"])
        return {**given, **merged, "展": more}

    # -- gaps ----------------------------------------------------------------------------------

    def _gap(self, schema: Schema, title: str, path: BriefPath) -> Any:
        """A marked gap in the form of the schema, so that the sentence around it still stands."""
        name, resolved = self._resolve(schema)
        title = schema.get("title") or title
        if name == "条目":
            return {"句": self._gap_text(title, path)}
        if resolved.get("type") == "array":
            return [self._gap(resolved.get("items", {}), title, (*path, 0))]
        if resolved.get("type") == "object":
            return self._shape_mapping({}, resolved, path, None, "")
        return self._gap_text(title, path)

    def _gap_text(self, title: str, path: BriefPath) -> str:
        return self.marks.tag(f"【待补：{title}】", Origin(OriginKind.MISSING, format_path(path)))

    def _is_gap(self, value: Any) -> bool:
        if not isinstance(value, str) or not value:
            return False
        entry = self.marks.entry(value[0]) if ord(value[0]) >= 0xF0000 else None
        return isinstance(entry, Origin) and entry.kind is OriginKind.MISSING


def _branches(schema: Schema) -> list[Schema]:
    """The forms a value may take, but for 套用, which stands for a text."""
    branches = schema.get("anyOf") or schema.get("oneOf") or ()
    return [branch for branch in branches if not str(branch.get("$ref", "")).endswith("/套用")]


def _entry(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"题": "", "句": "", "展": [], "数据": [], "业务": "", **given}


def _doubt(value: Mapping[str, Any]) -> str:
    """What the brief says of a fact's standing: 未核实, its source."""
    notes = ["未核实"] if value.get("核实") is False else []
    if value.get("来源"):
        notes.append(f"来源：{value['来源']}")
    return "，".join(notes)


def _mark_same_deadline(given: Sequence[Any], shaped: list[Any]) -> list[Any]:
    """Tell templates which targets share the 期限 of the one before; texts in marks cannot be compared."""
    for index in range(1, len(given)):
        before, here = given[index - 1], given[index]
        if isinstance(here, Mapping) and isinstance(before, Mapping) and "期限" in here:
            shaped[index]["同期"] = here["期限"] == before.get("期限")
    return shaped

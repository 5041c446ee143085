"""What fills the slots: facts of the brief, wording of topics and occasions, values the program works out.

A slot is looked up by its name: in the nested mapping that asked for the pattern, in the section's
要素, in the brief's 要素, among the brief's own keys, in the topics (成绩 形势 问题 任务 保障) with what
the brief says of them, among the defaults of the occasion, in the general wording of the topics, among
computed values. What is required and found nowhere becomes 【待补：…】.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.brief import NONE
from drafter.compose.computed import count_word, date_text, leadership
from drafter.compose.topics import Topics
from drafter.compose.values import Nested, Schema, Values
from drafter.document import Origin, OriginKind
from drafter.library import ASPECTS, Library, Pattern

if TYPE_CHECKING:
    from drafter.brief import Brief
    from drafter.compose.memo import Memo
    from drafter.compose.plan import BriefPath, Plan, Recipe, Section
    from drafter.compose.wording import Wordings

__all__ = ["Answer", "Chosen", "Facts", "Missing"]

_SELF_ASPECT = "任务"  # what a topic says of 自身建设, in a section that names its topics
_TOP_LEVEL: Mapping[str, BriefPath] = {
    "会议": ("会议",),
    "工作": ("工作",),
    "地点": ("地点",),
    "日期": ("日期",),
    "单位": ("单位", "名称"),
}


class Missing(NamedTuple):
    """A fact that a pattern could use and the brief does not give. `path` is where it belongs in the brief."""

    slot: str
    path: BriefPath
    schema: Schema
    required: bool
    pattern: Pattern


class Answer(NamedTuple):
    """What fills a slot. `path` is its place where it is a value of the brief, not yet in marks.

    given     the brief says it, and for this kind of thing: 会议 or 工作 alone do not call for a pattern
    default   the occasion says it, not yet in marks
    aspect    the topics say it: what, is worked out when it is printed
    """

    value: Any
    path: BriefPath | None = None
    given: bool = False
    default: bool = False
    aspect: str = ""


class Chosen(NamedTuple):
    """A pattern of a recipe, with what was found for each of its slots."""

    pattern: Pattern
    found: Mapping[str, Answer | None]

    @property
    def complete(self) -> bool:
        """The brief gives facts of this pattern, and every required slot has an answer."""
        whole = all(self.found[name] is not None for name in self.pattern.required)
        return whole and any(answer.given for answer in self.found.values() if answer)


class Facts:
    """Answers for one composition; `missing` collects what was asked for in vain."""

    def __init__(
        self,
        brief: Brief,
        library: Library,
        plan: Plan,
        memo: Memo,
        wordings: Wordings,
        render_nested: Callable[[Nested, Section | None], str],
    ) -> None:
        self.brief, self.plan, self.marks, self.wordings = brief, plan, memo.marks, wordings
        self.values = Values(brief, library, memo.marks, render_nested)
        self.topics = Topics(brief, library, wordings, self.values, memo.topics)
        self._own: Mapping[str, Any] = brief.data.get("要素") or {}
        self.missing: list[Missing] = []
        self._told: set[str] = set()  # aspects that a pattern before this one has printed
        self._known = self._work_out()

    def choose(self, recipe: Recipe, section: Section) -> Chosen | None:
        """The first of the recipe's alternatives whose facts are there; else the last, or None for an optional one.

        A pattern is out where the brief says 无 to what it requires.
        """
        chosen: Chosen | None = None
        for pattern in recipe.patterns:
            if not any(self._denied(name, section) for name in pattern.required):
                chosen = self.find(pattern, section)
                if chosen.complete:
                    return chosen
        return None if recipe.optional else chosen

    def find(self, pattern: Pattern, section: Section | None, nested: Nested | None = None) -> Chosen:
        """What there is for each slot of a pattern."""
        return Chosen(pattern, {name: self._find(name, pattern, section, nested) for name in pattern.slots})

    def context(self, chosen: Chosen, section: Section | None, nested: Nested | None = None) -> dict[str, Any]:
        """The slots of the pattern in marks, with gaps for absent required ones; the library adds the empty values."""
        pattern = chosen.pattern
        context = dict(self._known)
        for name, schema in pattern.slots.items():
            required = name in pattern.required
            found = chosen.found[name]
            home = (*nested.path, name) if nested else _TOP_LEVEL.get(name) or ("要素", name)
            if (found is None and not self._denied(name, section)) or (found and found.default):
                self.missing.append(Missing(name, home, schema, required and found is None, pattern))
            if found is None and not required:
                context.pop(name, None)  # also of a common value: its template does without
            elif found is None:
                context[name] = self.values.gap(schema, name, home)
            elif found.default:
                origin = Origin(OriginKind.PATTERN, self.plan.occasion.id)
                context[name] = self.values.default(found.value, schema, origin)
            elif found.aspect:
                context[name] = self.topics.entries(found.aspect, section)
            elif found.path is not None:
                context[name] = self.values.shape(found.value, schema, found.path, section)
            else:
                context[name] = found.value
        self._told.update(name for name in pattern.required if name in ASPECTS)
        return context

    def _denied(self, name: str, section: Section | None) -> bool:
        """Whether the brief says that there is no such thing."""
        value = self._own.get(name)
        if section and section.facts:
            value = section.facts.get(name, value)
        return bool(value == NONE)

    def _find(self, name: str, pattern: Pattern, section: Section | None, nested: Nested | None) -> Answer | None:
        if nested is None and self._denied(name, section):
            return None
        for mapping, path in self._places(section, nested):
            value = mapping.get(name)
            if value is not None and value not in ("", []):
                if name == "单位" and isinstance(value, Mapping):
                    return Answer(value.get("名称"), (*path, name, "名称"))
                return Answer(value, (*path, name), given=bool(path))
        return None if nested and name in ASPECTS else self._fall_back(name, pattern, section, nested)

    def _places(
        self, section: Section | None, nested: Nested | None
    ) -> tuple[tuple[Mapping[str, Any], BriefPath], ...]:
        """Where the brief may say it, the nearest first."""
        if nested:
            return ((nested.facts, nested.path),)
        everywhere = ((self._own, ("要素",)), (self.brief.data, ()))
        return ((section.facts, (*section.path, "要素")), *everywhere) if section and section.facts else everywhere

    def _fall_back(self, name: str, pattern: Pattern, section: Section | None, nested: Nested | None) -> Answer | None:
        """Topics with the brief's own words, defaults of the occasion, topics in general, what is worked out."""
        aspect = _SELF_ASPECT if name == "自身建设" and section and section.topics else name
        if nested is None:
            if aspect in ASPECTS and self.topics.own(aspect, section):
                return Answer(None, given=True, aspect=aspect)
            defaults = section.defaults if section else self.plan.occasion.front.get("要素", {})
            if name in defaults:
                return Answer(defaults[name], default=True)
            own_faults = aspect == "问题" and self.wordings.audience == "上级"  # nobody confesses in general terms
            if aspect in ASPECTS and not own_faults and self._may_tell(aspect, pattern, section):
                return Answer(None, aspect=aspect) if self.topics.general(aspect, section) else None
        known = self._known.get(name)
        return None if not known or self.values.is_gap(known) else Answer(known)

    def _may_tell(self, aspect: str, pattern: Pattern, section: Section | None) -> bool:
        """A pattern that can do without an aspect speaks of it only where the text has it: 针对这些问题 needs 问题."""
        if aspect in pattern.required or aspect in self._told or not section:
            return True
        return any(aspect in other.required for recipe in section.recipes for other in recipe.patterns)

    def _work_out(self) -> dict[str, Any]:
        """What every template may print without declaring it."""
        data = self.brief.data
        unit = data.get("单位") or {}
        values: dict[str, Any] = {
            "语气": self.wordings.tone,
            "听众": self.wordings.audience,
            "层级": unit.get("层级", ""),
            "工作": self._given("工作"),
            "会议": self._given("会议"),
            "单位": self._given("单位", "名称"),
            "自称": self._given("单位", "简称" if unit.get("简称") else "名称"),
            "场合": self.plan.occasion.title,
        }
        if (data.get("讲话人") or {}).get("职务"):
            values["职务"] = self._given("讲话人", "职务")
        date, mark, gap = self.brief.date, self.values.mark, self.values.gap_text
        values["日期"] = mark(date_text(date), ("日期",)) if date else gap("日期", ("日期",))
        values["年度"] = mark(f"{date.year}年", ("日期",)) if date else gap("年度", ("日期",))
        leaders = leadership(unit.get("层级", ""))
        values["党政"] = self._computed(leaders, "党政") if leaders else gap("单位层级", ("单位", "层级"))
        points = self.plan.points()
        values["点数"] = self._computed(count_word(points), "点数") if points else ""
        return values

    def _given(self, *path: str) -> str:
        value: Any = self.brief.data
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return self.values.mark(str(value), path) if value else self.values.gap_text(path[-1], path)

    def _computed(self, text: str, name: str) -> str:
        return self.marks.tag(text, Origin(OriginKind.COMPUTED, name))

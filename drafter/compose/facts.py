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

_SELF = "自身建设"
_SELF_ASPECT = "任务"  # what a topic says of 自身建设, in a section that names its topics
_ASPECTS = frozenset(ASPECTS)
_TOLD = _ASPECTS | {_SELF}
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
        self.brief, self.marks, self.wordings = brief, memo.marks, wordings
        self.values = Values(brief, library, memo, render_nested)
        self.topics = Topics(brief, library, wordings, self.values, memo.topics)
        self._own: Mapping[str, Any] = brief.data.get("要素") or {}
        self.missing: list[Missing] = []
        self._told: set[str] = set()  # aspects that a pattern before this one has printed
        self._denials: dict[int, frozenset[str]] = {}
        self._answers: dict[int, dict[str, Answer | None]] = {}
        self._known = self._work_out(plan.occasion.title)
        self.plan = plan

    @property
    def plan(self) -> Plan:
        """What is written; the number of its points is a fact."""
        return self._plan

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self._plan = plan
        points = plan.points()
        self._known["点数"] = self._computed(count_word(points), "点数") if points else ""
        for answers in self._answers.values():
            answers.pop("点数", None)

    def choose(self, recipe: Recipe, section: Section) -> Chosen | None:
        """The first of the recipe's alternatives whose facts are there; else the last, or None for an optional one.

        A pattern is out where the brief says 无 to what it requires.
        """
        chosen: Chosen | None = None
        denied = self._denied(section)
        for pattern in recipe.patterns:
            if denied.isdisjoint(pattern.required):
                chosen = self.find(pattern, section)
                if chosen.complete:
                    return chosen
        return None if recipe.optional else chosen

    def stands(self, recipe: Recipe, section: Section) -> bool:
        """Whether anything stands for the recipe: `choose` finds a pattern."""
        if recipe.optional:
            return self.choose(recipe, section) is not None
        denied = self._denied(section)
        return any(denied.isdisjoint(pattern.required) for pattern in recipe.patterns)

    def find(self, pattern: Pattern, section: Section | None, nested: Nested | None = None) -> Chosen:
        """What there is for each slot of a pattern."""
        if nested:
            return Chosen(pattern, {name: self._nested(name, nested) for name in pattern.slots})
        answers = self._answers.setdefault(_scope(section), {})
        found: dict[str, Answer | None] = {}
        for name in pattern.slots:
            try:
                answer = answers[name]
            except KeyError:
                answer = answers[name] = self._answer(name, section)
            found[name] = self._general(name, pattern, section) if answer is None and name in _TOLD else answer
        return Chosen(pattern, found)

    def context(self, chosen: Chosen, section: Section | None, nested: Nested | None = None) -> dict[str, Any]:
        """The slots of the pattern in marks, with gaps for absent required ones; the library adds the empty values."""
        pattern = chosen.pattern
        context = dict(self._known)
        for name, schema in pattern.slots.items():
            found = chosen.found[name]
            if found is None or found.default:
                required = found is None and name in pattern.required
                home = (*nested.path, name) if nested else _TOP_LEVEL.get(name) or ("要素", name)
                if found or name not in self._denied(section):
                    self.missing.append(Missing(name, home, schema, required, pattern))
            if found is None:
                if required:
                    context[name] = self.values.gap(schema, name, home)
                else:
                    context.pop(name, None)  # also of a common value: its template does without
            elif found.default:
                origin = Origin(OriginKind.PATTERN, self.plan.occasion.id)
                context[name] = self.values.default(found.value, schema, origin)
            elif found.aspect:
                context[name] = self.topics.entries(found.aspect, section)
            elif found.path is not None:
                context[name] = self.values.shape(found.value, schema, found.path, section)
            else:
                context[name] = found.value
        self._told.update(_ASPECTS.intersection(pattern.required))
        return context

    def _denied(self, section: Section | None) -> frozenset[str]:
        """The slots of which the brief says that there is no such thing."""
        scope = _scope(section)
        found = self._denials.get(scope)
        if found is None:
            own = {**self._own, **section.facts} if section else self._own
            found = self._denials[scope] = frozenset(name for name, value in own.items() if value == NONE)
        return found

    def _nested(self, name: str, nested: Nested) -> Answer | None:
        answer = _said(name, nested.facts, nested.path)
        return answer or (None if name in ASPECTS else self._worked_out(name))

    def _answer(self, name: str, section: Section | None) -> Answer | None:
        """What the brief says, of itself or of its topics; the defaults of the occasion; what is worked out.

        The same for every pattern of a section: what topics say in general is not among it.
        """
        if name in self._denied(section):
            return None
        answer = section and section.facts and _said(name, section.facts, (*section.path, "要素"))
        answer = answer or _said(name, self._own, ("要素",)) or _said(name, self.brief.data, ())
        if answer:
            return answer
        aspect = _aspect(name, section)
        if aspect in ASPECTS and self.topics.own(aspect, section):
            return Answer(None, given=True, aspect=aspect)
        defaults = section.defaults if section else self.plan.occasion.front.get("要素", {})
        return Answer(defaults[name], default=True) if name in defaults else self._worked_out(name)

    def _general(self, name: str, pattern: Pattern, section: Section | None) -> Answer | None:
        """What the topics say in general."""
        aspect = _aspect(name, section)
        own_faults = aspect == "问题" and self.wordings.audience == "上级"  # nobody confesses in general terms
        tells = aspect in ASPECTS and not own_faults and name not in self._denied(section)
        if tells and self._may_tell(aspect, pattern, section) and self.topics.general(aspect, section):
            return Answer(None, aspect=aspect)
        return None

    def _worked_out(self, name: str) -> Answer | None:
        known = self._known.get(name)
        return None if not known or self.values.is_gap(known) else Answer(known)

    def _may_tell(self, aspect: str, pattern: Pattern, section: Section | None) -> bool:
        """A pattern that can do without an aspect speaks of it only where the text has it: 针对这些问题 needs 问题."""
        if aspect in pattern.required or aspect in self._told or not section:
            return True
        return any(aspect in other.required for recipe in section.recipes for other in recipe.patterns)

    def _work_out(self, occasion: str) -> dict[str, Any]:
        """What every template may print without declaring it, but for the number of points."""
        data = self.brief.data
        unit = data.get("单位") or {}
        values: dict[str, Any] = {
            "语气": self.wordings.tone,
            "听众": self.wordings.audience,
            "层级": unit.get("层级", ""),
            "工作": self._value("工作"),
            "会议": self._value("会议"),
            "单位": self._value("单位", "名称"),
            "自称": self._value("单位", "简称" if unit.get("简称") else "名称"),
            "场合": occasion,
        }
        if (data.get("讲话人") or {}).get("职务"):
            values["职务"] = self._value("讲话人", "职务")
        date, mark, gap = self.brief.date, self.values.mark, self.values.gap_text
        values["日期"] = mark(date_text(date), ("日期",)) if date else gap("日期", ("日期",))
        values["年度"] = mark(f"{date.year}年", ("日期",)) if date else gap("年度", ("日期",))
        leaders = leadership(unit.get("层级", ""))
        values["党政"] = self._computed(leaders, "党政") if leaders else gap("单位层级", ("单位", "层级"))
        return values

    def _value(self, *path: str) -> str:
        value: Any = self.brief.data
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return self.values.mark(str(value), path) if value else self.values.gap_text(path[-1], path)

    def _computed(self, text: str, name: str) -> str:
        return self.marks.tag(text, Origin(OriginKind.COMPUTED, name))


def _said(name: str, facts: Mapping[str, Any], path: BriefPath) -> Answer | None:
    """What a mapping of the brief says; an empty text or list says nothing."""
    value = facts.get(name)
    if value is None or value in ("", []):
        return None
    if name == "单位" and isinstance(value, Mapping):
        return Answer(value.get("名称"), (*path, name, "名称"))
    return Answer(value, (*path, name), given=bool(path))


def _scope(section: Section | None) -> int:
    """Equal for sections that bring nothing of their own, so that they share their answers."""
    if section is None:
        return 0
    return id(section) if section.facts or section.defaults or section.topics else 1


def _aspect(name: str, section: Section | None) -> str:
    """What the topics are asked for a slot."""
    return _SELF_ASPECT if name == _SELF and section and section.topics else name

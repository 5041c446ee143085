"""Where an interview stands: what is answered, skipped or half done, and what is asked next. No terminal here."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from drafter.brief import Brief, DataPath, brief_schema, format_path, load_brief
from drafter.cli.interview.basics import basics
from drafter.cli.interview.shape import Kind, Shape, shape_of
from drafter.compose import needs
from drafter.errors import BriefError
from drafter.library import ASPECTS, Library, Occasion, Pattern

__all__ = ["Ask", "Offer", "State"]

_NAME = "素材单"
_UNFINISHED = ("E202", "E206")  # a key is missing, a figure has no unit: said only of what is complete


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. `path` names a topic by its title (业务 → 工资集体协商 → 成绩), not by its index.

    stage   heading under which it stands
    empty   what an empty answer means
    hint    an example, or the usual value
    usual   the choice that is usual for the occasion
    """

    path: DataPath
    shape: Shape
    stage: str
    empty: str
    hint: str = ""
    usual: str = ""
    used_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """Facts that may be added; `choices` are (paths, label)."""

    choices: tuple[tuple[tuple[DataPath, ...], str], ...]


@dataclass(slots=True)
class State:
    """One interview. `data` is always a valid brief once 场合 is answered.

    skipped   questions answered with an empty line
    open      values begun and not finished, by path
    offered   the occasion whose optional facts were offered
    chosen    optional facts that are to be asked
    history   answered or skipped in this run, in order
    slots     schemas of the 要素 of this library
    """

    library: Library
    today: dt.date
    data: dict[str, Any] = field(default_factory=dict)
    skipped: set[DataPath] = field(default_factory=set)
    open: dict[DataPath, Any] = field(default_factory=dict)
    offered: str = ""
    chosen: list[DataPath] = field(default_factory=list)
    history: list[DataPath] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    _root: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slots = dict(self.library.slots())
        self._root = brief_schema(self.slots)

    # -- what is asked next ----------------------------------------------------------------------

    def next(self) -> Ask | Offer | None:
        """The question to ask now, None where all is asked. Raises LibraryError for an unusable library."""
        if begun := next((path for path in self.open if path not in self.skipped), None):
            return self.find(begun)
        for ask in self.basics():
            if self.waiting(ask):
                return ask
        wanted = [ask for ask in self.wanted() if self.waiting(ask)]
        for ask in wanted:
            if ask.stage == _REQUIRED:
                return ask
        if self.offered != self.data["场合"]:
            if wanted:
                return Offer(_choices(wanted))
            self.offered = self.data["场合"]
        return next((ask for ask in wanted if ask.path in self.chosen), None)

    def waiting(self, ask: Ask) -> bool:
        """Neither answered nor skipped; a level without the unit's name would be no valid brief."""
        if ask.path == ("单位", "层级") and self.value(("单位", "名称")) is None:
            return False
        return ask.path not in self.skipped and self.value(ask.path) is None

    def basics(self) -> Iterator[Ask]:
        """The questions that every speech begins with."""
        yield self.first()
        occasion = self.occasion
        for path, stated in basics(occasion, [topic.title for topic in self.library.topics]):
            shape = stated.shape or self._shape_at(path)
            yield Ask(path, shape, "基本情况", stated.empty, stated.hint, stated.usual)

    def first(self) -> Ask:
        """场合, the only thing that cannot be left out."""
        titles = tuple(occasion.title for occasion in self.library.occasions)
        notes = tuple(f"（{self._outline(occasion)}）" for occasion in self.library.occasions)
        return Ask(("场合",), Shape(Kind.CHOICE, "场合", "什么场合的讲话？", choices=titles, notes=notes), "", "")

    def _outline(self, occasion: Occasion) -> str:
        """What it speaks of at length, and how long."""
        functions = (self.library.function(part["功能"]).title for part in occasion.sections if part.get("标题"))
        return "，".join(filter(None, ["、".join(dict.fromkeys(functions)), f"约{occasion.minutes:g}分钟"]))

    def wanted(self) -> list[Ask]:
        """The facts that the occasion still lacks.

        First those whose absence leaves a gap, then the user's own words for the topics, then what brings
        in a paragraph, then what only refines one.
        """
        asks: dict[DataPath, Ask] = {}
        known = self._root["properties"]
        for need in needs(self.brief(), self.library):
            path = (
                need.path[1:]
                if need.path[:1] == ("要素",) and len(need.path) == 2 and need.path[1] in known
                else need.path
            )
            shape = shape_of(need.schema, self._root, str(path[-1]))
            if shape and path not in asks:
                required = need.required
                empty = f"回车跳过，文稿里会标【待补：{shape.title}】" if required else "回车跳过，文稿里就不写这一条"
                asks[path] = Ask(path, shape, _REQUIRED if required else _WELCOME, empty, used_by=need.used_by)
        own = [
            Ask(path, self._topic_shape(path), _WELCOME, "回车跳过，就用业务素材的通行说法")
            for path in self._own_facts()
        ]
        weighty = {name for pattern in self._patterns() for name in pattern.required}

        def rank(ask: Ask) -> int:
            return 0 if ask.stage == _REQUIRED else 1 if ask in own else 2 if ask.path[-1] in weighty else 3

        return sorted((*asks.values(), *own), key=rank)

    def _home(self, path: DataPath) -> DataPath:
        """Where a fact belongs: what the brief has a key of its own for is never asked again as a 要素."""
        if path[:1] != ("要素",) or len(path) != 2:
            return path
        name = str(path[1])
        own = self._root["properties"].get(name, {})
        if name in _SAME or "type" not in own or "string" in own["type"]:
            return _SAME.get(name, (name,) if own else path)
        return path

    def find(self, path: DataPath) -> Ask:
        """The question about `path`, also one that is answered."""
        for ask in (*self.basics(), *self.wanted()):
            if ask.path == path:
                return ask
        if path[:1] == ("业务",) and len(path) == 3:
            return Ask(path, self._topic_shape(path), _WELCOME, "留空就用业务素材的通行说法")
        return Ask(path, self._shape_at(path), _WELCOME, "留空就不写")

    def _own_facts(self) -> Iterator[DataPath]:
        """For each chosen topic the aspects that this occasion speaks of and the user may state in own words."""
        slots = {name for pattern in self._patterns() for name in pattern.slots}
        for item in self.data.get("业务") or ():
            name = item["素材"] if isinstance(item, dict) else item
            yield from (("业务", name, aspect) for aspect in ASPECTS if aspect in slots)

    def _patterns(self) -> Iterator[Pattern]:
        for section in self.occasion.sections:
            for entry in section.get("句式", ()):
                for name in entry if isinstance(entry, list) else [entry]:
                    yield self.library.pattern(name.rstrip("?？"))

    def _topic_shape(self, path: DataPath) -> Shape:
        aspect = str(path[2])
        part = self._root["$defs"]["业务项"]["properties"][aspect]
        item = Shape(Kind.ENTRY, aspect, examples=("帮扶更准：一户一档摸清困难职工底数",))
        text = f"“{path[1]}”的{aspect}，用自己的话写，一条一行"
        return Shape(Kind.LIST, f"{path[1]} · {aspect}", str(part.get("description") or text), item=item)

    def _shape_at(self, path: DataPath) -> Shape:
        schema: Any = self._root
        for step in path:
            properties = schema.get("properties", {})
            schema = properties.get(step, schema.get("additionalProperties") or {})
        return shape_of(schema, self._root, str(path[-1])) or Shape(Kind.TEXT, str(path[-1]))

    # -- answers ---------------------------------------------------------------------------------

    @property
    def occasion(self) -> Occasion:
        return self.library.occasion(self.data["场合"])

    def brief(self) -> Brief:
        """What is answered so far. Raises BriefError where a file that was loaded names unknown things."""
        return load_brief(self.data, name=_NAME, slots=self.slots)

    def value(self, path: DataPath) -> Any:
        """The answer at `path`, None where there is none."""
        if path == ("时长",) and "篇幅" in self.data:
            return self.data["篇幅"]
        value: Any = self.data
        for step in path:
            if isinstance(value, list) and isinstance(step, str):
                value = next((item for item in value if isinstance(item, dict) and item["素材"] == step), None)
            elif isinstance(value, list) and isinstance(step, int):
                value = value[step] if step < len(value) else None
            else:
                value = value.get(step) if isinstance(value, dict) else None
        return value

    def answer(self, path: DataPath, value: Any) -> None:
        """Take an answer; an empty one is a question skipped."""
        self.open.pop(path, None)
        if path in self.history:
            self.history.remove(path)
        self.history.append(path)
        if path == ("时长",):
            self.data.pop("篇幅", None)
        if value in (None, "", [], {}):
            self.data = _without(self.data, path)
            self.skipped.add(path)
            return
        self.skipped.discard(path)
        if path == ("时长",) and value.endswith("字"):
            self.data = _without(self.data, path)
            path = ("篇幅",)
        if path == ("业务",):
            value = self._with_facts(value)
        self.data, _ = self._with(path, value)

    def undo(self) -> DataPath | None:
        """Forget the last answer, so that it is asked again; its path, None where there is nothing to undo."""
        if not self.history:
            return None
        path = self.history.pop()
        self.skipped.discard(path)
        return path

    def fault(self, path: DataPath, value: Any, *, partial: bool = False) -> str:
        """Why `value` cannot stand at `path`, in the words of the brief's reader; "" where it can.

        partial   what is still missing inside is not held against it
        """
        candidate, real = self._with(path, value)
        place = format_path(real)
        try:
            load_brief(candidate, name=_NAME, slots=self.slots)
        except BriefError as error:
            for problem in error.problems:
                inside = problem.place is not None and problem.place.path.startswith(place)
                if inside and not (partial and problem.code in _UNFINISHED):
                    return problem.message + (f"（{problem.hint}）" if problem.hint else "")
        return ""

    def _with(self, path: DataPath, value: Any) -> tuple[dict[str, Any], DataPath]:
        """A copy of the data with `value` at `path`, and that path with indexes only.

        Containers on the way are made; an index past the end of a list means the next free one.
        """
        data = copy.deepcopy(self.data)
        target: Any = data
        real: list[str | int] = []
        for step, following in zip(path, (*path[1:], None), strict=True):
            place: Any = step
            if isinstance(target, list):
                place = _position(target, step) if isinstance(step, str) else min(step, len(target))
                if place == len(target):
                    target.append(None)
                if isinstance(target[place], str) and following is not None:
                    target[place] = {"素材": target[place]}
            real.append(place)
            if following is None:
                target[place] = value
            else:
                if (target[place] if isinstance(target, list) else target.get(place)) is None:
                    target[place] = [] if isinstance(following, int) else {}
                target = target[place]
        return data, tuple(real)

    def _with_facts(self, names: list[str]) -> list[Any]:
        """The chosen topics, with what was already said of them."""
        before = {item["素材"]: item for item in self.data.get("业务") or () if isinstance(item, dict)}
        return [before.get(name, name) for name in names]


_SAME: dict[str, DataPath] = {  # values that the composer works out of a key of the brief
    "单位": ("单位", "名称"),
    "自称": ("单位", "名称"),
    "层级": ("单位", "层级"),
    "党政": ("单位", "层级"),
    "年度": ("日期",),
}
_REQUIRED = "这个场合还需要"
_WELCOME = "补充"


def _choices(asks: list[Ask]) -> tuple[tuple[tuple[DataPath, ...], str], ...]:
    """The aspects of one topic are one choice; every other fact is one of its own."""
    grouped: dict[DataPath, list[Ask]] = {}
    for ask in asks:
        grouped.setdefault(ask.path[:2] if ask.path[0] == "业务" else ask.path, []).append(ask)
    labels = {path: _label(path, group) for path, group in grouped.items()}
    often = Counter(labels.values())
    return tuple(
        (
            tuple(ask.path for ask in group),
            labels[path] + (f"（{path[-1]}，用在：{'、'.join(group[0].used_by)}）" if often[labels[path]] > 1 else ""),
        )
        for path, group in grouped.items()
    )


def _label(path: DataPath, group: list[Ask]) -> str:
    if path[0] == "业务":
        return f"{path[1]}：自己的{'、'.join(str(ask.path[-1]) for ask in group)}（替换通行说法）"
    shape = group[0].shape
    question = shape.question.rstrip("。？?")
    return f"{shape.title}：{question}" if question and question != shape.title else shape.title


def _position(items: list[Any], name: str) -> int:
    return next(i for i, item in enumerate(items) if (item["素材"] if isinstance(item, dict) else item) == name)


def _without(data: dict[str, Any], path: DataPath) -> dict[str, Any]:
    """A copy without the value at `path`, and without what becomes empty or void by that."""
    data = copy.deepcopy(data)
    if path[:1] == ("业务",) and len(path) == 3:
        items = data.get("业务") or []
        for index, item in enumerate(items):
            if isinstance(item, dict) and item["素材"] == path[1]:
                item.pop(str(path[2]), None)
                items[index] = item if len(item) > 1 else path[1]
        return data
    if path == ("单位", "名称"):
        data.pop("单位", None)
        return data
    owners: list[dict[Any, Any]] = [data]
    for step in path[:-1]:
        if not isinstance(owners[-1].get(step), dict):
            return data
        owners.append(owners[-1][step])
    owners[-1].pop(path[-1], None)
    for owner, step in zip(reversed(owners[:-1]), reversed(path[:-1]), strict=True):
        if not owner[step]:
            del owner[step]
    return data

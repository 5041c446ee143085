"""Topics: the brief's own words of a field of work first, else the library's wording of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from drafter.compose.plan import problem_at
from drafter.compose.values import Values, entry
from drafter.document import Origin, OriginKind
from drafter.errors import BriefError, LibraryError

if TYPE_CHECKING:
    from drafter.brief import Brief
    from drafter.compose.plan import BriefPath, Section
    from drafter.compose.wording import Wordings
    from drafter.library import Library, Topic, Wording

__all__ = ["Topics"]


class Topics:
    """The entries of an aspect (成绩 形势 问题 任务 保障) for the topics of a section, or of the whole brief."""

    def __init__(self, brief: Brief, library: Library, wordings: Wordings, values: Values) -> None:
        self.brief, self.library, self.wordings, self.values = brief, library, wordings, values

    def named(self, section: Section | None) -> list[tuple[Any, BriefPath]]:
        """The topics with their places; those of the section where it names any."""
        chosen: Sequence[Any] = self.brief.data.get("业务") or ()
        path: BriefPath = ("业务",)
        if section and section.topics:
            chosen, path = section.topics, (*section.path, "业务")
        once: dict[str, tuple[Any, BriefPath]] = {}
        for index, item in enumerate(chosen):
            once.setdefault(self._topic(_name(item), (*path, index)).id, (item, (*path, index)))
        return list(once.values())

    def own(self, aspect: str, section: Section | None) -> bool:
        """Whether the brief says something of its own on this aspect."""
        return any(self._own_words(item, aspect, place)[0] is not None for item, place in self.named(section))

    def general(self, aspect: str, section: Section | None) -> bool:
        """Whether the library has a wording for this aspect of any of the topics."""
        return any(self._topic(_name(item), place).aspects.get(aspect) for item, place in self.named(section))

    def entries(self, aspect: str, section: Section | None) -> list[dict[str, Any]]:
        """One 条目 for each topic, or as many as the brief gives for it."""
        made: list[dict[str, Any]] = []
        for item, place in self.named(section):
            own, home = self._own_words(item, aspect, place)
            wording = self._wording(self._topic(_name(item), place), aspect)
            if own is None:
                made += [wording] if wording else []
                continue
            for number, each in enumerate(own if isinstance(own, list) else [own]):
                where = (*home, aspect, number) if isinstance(own, list) else (*home, aspect)
                given = self.values.shape(each, {"$ref": "#/$defs/条目"}, where, section)
                given = entry({"句": given} if isinstance(given, str) else given)
                made.append(_merge(given, wording if number == 0 else None, aspect))
        return made

    def _own_words(self, item: Any, aspect: str, place: BriefPath) -> tuple[Any, BriefPath]:
        """What the brief says: at the topic itself, else where its 业务 names the same topic."""
        if isinstance(item, Mapping) and item.get(aspect) is not None:
            return item[aspect], place
        for index, other in enumerate(self.brief.data.get("业务") or ()):
            if isinstance(other, Mapping) and other["素材"] == _name(item) and other.get(aspect) is not None:
                return other[aspect], ("业务", index)
        return None, place

    def _topic(self, name: str, place: BriefPath) -> Topic:
        try:
            return self.library.topic(name)
        except LibraryError as error:
            raise BriefError(problem_at(self.brief, place, error)) from None

    def _wording(self, topic: Topic, aspect: str) -> dict[str, Any] | None:
        options: Sequence[Wording] | None = topic.aspects.get(aspect)
        if not options:
            return None
        wording = self.wordings.alternative(aspect, options)
        tag, origin = self.values.marks.tag, Origin(OriginKind.TOPIC, f"{topic.id}/{aspect}", topic.title)
        return entry(
            {
                "题": tag(wording.title, origin),
                "句": tag(wording.sentence, origin),
                "展": [tag(text, origin) for text in wording.more],
                "业务": tag(topic.noun, origin),
                "名": tag(topic.title, origin),
            }
        )


def _name(item: Any) -> str:
    return str(item["素材"] if isinstance(item, Mapping) else item)


def _merge(given: dict[str, Any], wording: dict[str, Any] | None, aspect: str) -> dict[str, Any]:
    """The brief's own words; the topic lends its name, and its wording only where the brief gives a head alone."""
    if wording is None:
        return given
    if given["句"]:
        head = given["题"] or (wording["名"] if aspect == "任务" else "")
        return {**given, "题": head, "业务": given["业务"] or wording["业务"]}
    return {**wording, **{key: value for key, value in given.items() if value}}

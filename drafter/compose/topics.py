"""Topics: the brief's own words of a field of work first, else the library's wording of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.compose.plan import problem_at
from drafter.compose.values import Values, entry
from drafter.document import Origin, OriginKind
from drafter.errors import BriefError, LibraryError

if TYPE_CHECKING:
    from drafter.brief import Brief
    from drafter.compose.memo import Recent
    from drafter.compose.plan import BriefPath, Section
    from drafter.compose.wording import Wordings
    from drafter.library import Library, Topic, Wording

__all__ = ["Topics"]

_ENTRY = {"$ref": "#/$defs/条目"}


class _Named(NamedTuple):
    """A topic as a brief or a section names it: by its name, or with words of its own."""

    topic: Topic
    item: Any
    place: BriefPath


class Topics:
    """The entries of an aspect (成绩 形势 问题 任务 保障) for the topics of a section, or of the whole brief.

    `said` keeps the wordings of topics in marks, for this composition and others with the same marks.
    """

    def __init__(
        self, brief: Brief, library: Library, wordings: Wordings, values: Values, said: Recent[dict[str, Any] | None]
    ) -> None:
        self.brief, self.library, self.wordings, self.values, self._said = brief, library, wordings, values, said
        self._chosen: dict[int, list[_Named]] = {}
        self._general: dict[tuple[str, int], list[dict[str, Any]]] = {}
        given = enumerate(brief.data.get("业务") or ())
        self._detailed = [(index, item) for index, item in given if isinstance(item, dict)]

    def named(self, section: Section | None) -> list[_Named]:
        """The topics with their places; those of the section where it names any."""
        own = section.topics if section else None
        chosen = self._chosen.get(id(own))
        if chosen is None:
            items = own or self.brief.data.get("业务") or ()
            path = (*section.path, "业务") if section and own else ("业务",)
            once: dict[str, _Named] = {}
            for index, item in enumerate(items):
                topic = self._topic(_name(item), (*path, index))
                once.setdefault(topic.id, _Named(topic, item, (*path, index)))
            chosen = self._chosen[id(own)] = list(once.values())
        return chosen

    def own(self, aspect: str, section: Section | None) -> bool:
        """Whether the brief says something of its own on this aspect."""
        if not (self._detailed or (section and section.topics)):
            return False
        return any(self._own_words(item, aspect, place)[0] is not None for _, item, place in self.named(section))

    def general(self, aspect: str, section: Section | None) -> bool:
        """Whether the library has a wording for this aspect of any of the topics."""
        return any(topic.aspects.get(aspect) for topic, _, _ in self.named(section))

    def entries(self, aspect: str, section: Section | None) -> list[dict[str, Any]]:
        """One 条目 for each topic, or as many as the brief gives for it. Not to be changed: others use them, too."""
        if not self.own(aspect, section):
            key = (aspect, id(section.topics if section else None))
            if key not in self._general:
                wordings = (self._wording(topic, aspect) for topic, _, _ in self.named(section))
                self._general[key] = [wording for wording in wordings if wording]
            return self._general[key]
        made: list[dict[str, Any]] = []
        for topic, item, place in self.named(section):
            own, home = self._own_words(item, aspect, place)
            wording = self._wording(topic, aspect)
            if own is None:
                made += [wording] if wording else []
                continue
            for number, each in enumerate(own if isinstance(own, list) else [own]):
                where = (*home, aspect, number) if isinstance(own, list) else (*home, aspect)
                given = self.values.shape(each, _ENTRY, where, section)
                given = entry({"句": given} if isinstance(given, str) else given)
                made.append(_merge(given, wording if number == 0 else None, aspect))
        return made

    def _own_words(self, item: Any, aspect: str, place: BriefPath) -> tuple[Any, BriefPath]:
        """What the brief says: at the topic itself, else where its 业务 names the same topic."""
        if isinstance(item, dict) and item.get(aspect) is not None:
            return item[aspect], place
        for index, other in self._detailed:
            if other["素材"] == _name(item) and other.get(aspect) is not None:
                return other[aspect], ("业务", index)
        return None, place

    def _topic(self, name: str, place: BriefPath) -> Topic:
        try:
            return self.library.topic(name)
        except LibraryError as error:
            raise BriefError(problem_at(self.brief, place, error)) from None

    def _wording(self, topic: Topic, aspect: str) -> dict[str, Any] | None:
        options: Sequence[Wording] = topic.aspects.get(aspect) or ()
        index = self.wordings.alternative(aspect, range(len(options))) if options else 0
        return self._said.find((topic.id, aspect, index), lambda: self._marked(topic, aspect, options[index:]))

    def _marked(self, topic: Topic, aspect: str, options: Sequence[Wording]) -> dict[str, Any] | None:
        if not options:
            return None
        wording = options[0]
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
    return str(item["素材"] if isinstance(item, dict) else item)


def _merge(given: dict[str, Any], wording: dict[str, Any] | None, aspect: str) -> dict[str, Any]:
    """The brief's own words; the topic lends its name, and its wording only where the brief gives a head alone."""
    if wording is None:
        return given
    if given["句"]:
        head = given["题"] or (wording["名"] if aspect == "任务" else "")
        return {**given, "题": head, "业务": given["业务"] or wording["业务"]}
    return {**wording, **{key: value for key, value in given.items() if value}}

"""Which rhetorical form a stretch of text has, by its cues, with a confidence and what else it looks like."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from drafter.read._heading_cues import HEADINGS
from drafter.read._pattern_cues import FORMS, INNER, LISTS, MAIN_LISTS

if TYPE_CHECKING:
    from drafter.read._result import Passage

__all__ = ["SURE", "inner", "mark_patterns", "recognise"]

SURE = 0.6
"""From here on a form is taken for granted; below, a person is asked."""

_RULES = {name: tuple((re.compile(cue, re.DOTALL), weight) for cue, weight in cues) for name, cues in FORMS.items()}
_WITHIN = {name: tuple((re.compile(cue), weight) for cue, weight in cues) for name, cues in INNER.items()}
_HEADINGS = {name: tuple((re.compile(cue), weight) for cue, weight in cues) for name, cues in HEADINGS.items()}
_SALUTATION = "drafter.front.salutation"
_LISTED = frozenset({*LISTS.values(), *MAIN_LISTS.values(), "drafter.echo.follow-up", "drafter.arrange.agenda"}) | {
    "drafter.arrange.discipline", "drafter.achieve.series", "drafter.achieve.mechanism", "drafter.hope.groups",
}  # fmt: skip
_LEADING = frozenset({"drafter.trans.points", "drafter.task.lead"})
_INNER = tuple(
    f"drafter.{name}"
    for name in (
        "situation.two-sides", "situation.angles", "situation.survey", "situation.opportunity", "situation.stages",
        "situation.not-but", "situation.parallel", "situation.question", "problem.some", "problem.concession",
        "task.actions", "task.cases", "task.both", "task.example", "task.four", "call.further", "call.pivot",
        "goal.targets", "spirit.quote", "achieve.brand", "achieve.causes", "appraise.verdict",
    )
)  # fmt: skip
"""Forms of one sentence or two that stand inside paragraphs of another form."""
_SENTENCE = re.compile("[^。！？]+[。！？]?")
_READ = 900
_LEAST = 1.4
_MANY = 3
_ONE_OF_MANY = 0.8
"""A form of one sentence says less of a paragraph of three."""
_SURE_SCORE = 2.5
_SCALE = 2.0
_CLEAR = 1.5
_OF_FUNCTION = 0.6
_COUNTED = 2.4
_MAIN = 1.4
_LEAD = 120
_INLINE = (
    ("yishi", re.compile("一是.{4,}?二是", re.DOTALL)),
    ("yiyao", re.compile("一要.{4,}?二要", re.DOTALL)),
    ("shouxian", re.compile("(?:首先|第一)，.{4,}?(?:其次|第二)，", re.DOTALL)),
    ("cn_paren", re.compile("（一）.{4,}?（二）", re.DOTALL)),
)
_HEADED = ((LISTS["cn_paren"], 0.6),)
_PLAIN = frozenset({"body", "opening", "transition", "closing", "agenda", "greeting"})

Found = tuple[tuple[str, float], ...]


def recognise(text: str, function: str = "", system: str = "") -> Found:
    """(pattern id, confidence) of what a stretch of text looks like, the likeliest first, at most three.

    function  what the stretch does
    system    how the list counts that it is, "" for plain text
    """
    text = text[:_READ]
    scores = {name: score for name, cues in _RULES.items() if (score := _score(text, cues))}
    if text.count("。") >= _MANY:
        scores = {name: score * (_ONE_OF_MANY if name in _INNER else 1) for name, score in scores.items()}
    inline = system or next((name for name, rule in _INLINE if rule.search(text)), "")
    if inline:
        scores = {name: score * (0.4 if name in _LEADING else 1) for name, score in scores.items()}
        base = LISTS.get(inline, "")
        own = MAIN_LISTS.get(function, "")
        scores = {name: score if not system or name in _LISTED else score * 0.6 for name, score in scores.items()}
        for name, bonus in ((base, _COUNTED if system else _MAIN), (own, _MAIN)):
            if name:
                scores[name] = scores.get(name, 0) + bonus
    return _ranked(scores, function)


def inner(text: str, main: str = "") -> Found:
    """(pattern id, confidence) of the forms that single sentences of a paragraph have, in their order."""
    found: dict[str, float] = {}
    sentences = [match[0] for match in _SENTENCE.finditer(text)]
    for index, sentence in enumerate(sentences):
        for stretch in (sentence, sentence + "".join(sentences[index + 1 : index + 2])):
            for name in _INNER:
                score = _score(stretch[:_READ], (*_RULES[name], *_WITHIN.get(name, ())))
                if score >= _SURE_SCORE and name != main:
                    found[name] = max(found.get(name, 0.0), round(min(0.97, 1 - math.exp(-score / _SCALE)), 2))
    return tuple(found.items())


def _heading(text: str) -> Found:
    scores = {name: score for name, cues in _HEADINGS.items() if (score := _score(text, cues))}
    return _ranked(scores, "")


def _score(text: str, cues: Sequence[tuple[re.Pattern[str], float]]) -> float:
    return sum(weight for cue, weight in cues if cue.search(text))


def _ranked(scores: Mapping[str, float], function: str) -> Found:
    """The scores as confidences: how much speaks for the form, and how far it is from the next."""
    ordered = sorted(
        (
            (score + (_OF_FUNCTION if name.split(".")[1] == function else 0), name)
            for name, score in scores.items()
            if score >= _LEAST
        ),
        reverse=True,
    )
    result = []
    for place, (score, name) in enumerate(ordered[:3]):
        other = ordered[1][0] if not place and len(ordered) > 1 else ordered[0][0] if place else 0.0
        apart = max(0.0, min(1.0, (score - other) / _CLEAR))
        result.append((name, round(min(0.97, (1 - math.exp(-score / _SCALE)) * (0.62 + 0.38 * apart)), 2)))
    return tuple(result)


def mark_patterns(passages: Sequence[Passage]) -> None:
    """Sets pattern, its confidence and the other candidates of every passage of one piece, functions being known."""
    paragraphs: list[list[Passage]] = []
    for passage in passages:
        if passage.joined and paragraphs:
            paragraphs[-1].append(passage)
        else:
            paragraphs.append([passage])
    index = 0
    while index < len(paragraphs):
        first = paragraphs[index][0]
        size = 1
        if first.role == "salutation":
            _set([first], ((_SALUTATION, 0.95),))
        elif _counted(first):
            size = _run(paragraphs, index)
            lead = paragraphs[index - 1] if index else []
            _list(paragraphs[index : index + size], lead)
        elif first.role == "heading":
            shape = _heading(first.text.text[len(first.mark) :].strip())
            _set([first], shape or (_HEADED if first.level > 1 and first.system == "cn_paren" else ()))
            _plain(paragraphs[index][1:])
        else:
            _plain(paragraphs[index])
        index += size


def _counted(passage: Passage) -> bool:
    """An item of a list that has its own paragraph."""
    if passage.role == "enum":
        return bool(passage.system)
    return passage.role == "heading" and passage.run_in and passage.system in LISTS


def _run(paragraphs: Sequence[Sequence[Passage]], start: int) -> int:
    """How many paragraphs from `start` on are items of one list."""
    first = paragraphs[start][0]
    for size, paragraph in enumerate(paragraphs[start:]):
        if (paragraph[0].system, paragraph[0].level) != (first.system, first.level) or not _counted(paragraph[0]):
            return size
    return len(paragraphs) - start


def _list(items: Sequence[Sequence[Passage]], lead: Sequence[Passage]) -> None:
    """A list with the sentence that leads to it; what stands inside an item is told by itself, where it is sure."""
    first = items[0][0]
    said = _text(lead) if lead and lead[0].role in _PLAIN else ""
    last = said[-_LEAD:] if re.search("[：:]$|(?:点|方面|条|项|个|件事?)[^。]{0,8}。$", said) else ""
    text = "\n".join([last, *(_text(item) for item in items)]).strip()
    found = recognise(text, first.function, first.system)
    for item in items:
        _set(item[:1], found)
        item[0].inner = inner(item[0].text.text, item[0].pattern)
        _plain(item[1:], least=SURE)
    if last and found and found[0][1] >= SURE and not lead[0].pattern:
        _set(lead[:1], found)


def _plain(passages: Sequence[Passage], least: float = 0.0) -> None:
    """A paragraph, in the parts of it that do different things; `least`: what is less sure is left out."""
    unit: list[Passage] = []
    for passage in passages:
        if unit and passage.function != unit[-1].function and passage.role in _PLAIN:
            _unit(unit, least)
            unit = []
        unit.append(passage)
    if unit:
        _unit(unit, least)


def _unit(unit: Sequence[Passage], least: float) -> None:
    if unit[0].role not in (*_PLAIN, "enum"):
        return
    text = _text(unit)
    found = recognise(text, unit[0].function)
    if found and found[0][1] >= least:
        _set(unit[:1], found)
    unit[0].inner = inner(text, unit[0].pattern)


def _text(passages: Sequence[Passage]) -> str:
    return "".join(passage.text.text for passage in passages)


def _set(passages: Sequence[Passage], found: Found) -> None:
    for passage in passages:
        if found:
            passage.pattern, passage.pattern_confidence = found[0]
            passage.others = found[1:]

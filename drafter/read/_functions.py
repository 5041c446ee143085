"""Which of the functions a stretch of text has, by its cues, with a confidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from drafter.read._function_cues import ANNOUNCES, CUES, FOLLOWS, GENRES, HEADS, PLACES, PRIORS, TASK_HEAD

__all__ = ["announced", "best", "of_heading", "of_text", "scores", "turn"]

_HEAD_RULES = tuple((function, re.compile(pattern)) for function, pattern in HEADS)
_CUE_RULES = {f: tuple((re.compile(p), w) for p, w in cues) for f, cues in CUES.items()}
_ANNOUNCED = tuple((function, re.compile(pattern)) for function, pattern in ANNOUNCES)
_TASK_HEAD = re.compile(TASK_HEAD)
_READ = 1200  # characters; what a paragraph does shows in its beginning
_AT_START = 1.7
_ABOVE = 3.2
_ABOVE_LOOSELY = 1.6
_LOOSE = frozenset({"context", "appraise", "spirit", "exper"})
_HINT = 3.0
_AGAIN = 0.3
_ASKING = frozenset({"self", "safeguard", "hope", "suggest", "pledge", "spirit", "overall", "situation", "exper"})
"""Sections that ask something of people too: 要… tells little there."""
_ASKED = 0.45
_BUT = re.compile("(?:但|但是|然而|同时)[，,]?[^。，]{0,14}(?:清醒|看到|认识到|痛心|不容乐观)")
_MUCH = 5.0
_GRANTED = 0.5
_GRANTABLE = frozenset({"achieve", "appraise", "situation"})
"""What stands before 但我们要清醒地看到 is granted, not reported."""


def scores(
    text: str, place: str = "", genre: str = "", above: str = "", hint: str = "", before: str = ""
) -> dict[str, float]:
    """How much speaks for each function in a stretch of body text.

    place   `open` before the first heading, `end` for the last paragraphs, else ""
    above   function of the section that the text stands in
    hint    function that its first words announce
    before  function of the paragraph before it
    """
    text = text[:_READ]
    found = {function: score for function, cues in _CUE_RULES.items() if (score := _said(text, cues))}
    kind = f"{genre} {place}".rstrip()
    for weights in (PLACES[place], GENRES.get(kind, GENRES.get(genre, {}))):
        found = {function: score * weights.get(function, 1) for function, score in found.items()}
    bonuses = {**PRIORS.get(kind, {}), **(FOLLOWS.get(before, {}) if not above else {})}
    if not place and _BUT.search(text):
        found = {f: score * (_GRANTED if f in _GRANTABLE else 1) for f, score in found.items()}
        bonuses["problem"] = _HINT
    if above in _ASKING and "task" in found:
        found["task"] *= _ASKED
    for function, bonus in (
        *bonuses.items(),
        (above, _ABOVE_LOOSELY if above in _LOOSE else _ABOVE),
        (hint, _HINT),
    ):
        if function:
            found[function] = found.get(function, 0) + bonus
    return found


def _said(text: str, cues: Sequence[tuple[re.Pattern[str], float]]) -> float:
    """What the cues of one function weigh together; one at the very start more, one said again a little more."""
    total = 0.0
    for cue, weight in cues:
        match = cue.search(text)
        if match:
            again = sum(1 for _ in islice(cue.finditer(text, match.end()), 2))
            total += weight * ((_AT_START if match.start() < 3 else 1) + _AGAIN * again)
    return total


def best(found: Mapping[str, float]) -> tuple[str, float]:
    """(function, confidence) of the highest score; "" where there is none."""
    if not found:
        return "", 0.0
    ordered = sorted(found.items(), key=lambda item: item[1], reverse=True)
    function, score = ordered[0]
    second = ordered[1][1] if len(ordered) > 1 else 0.0
    return function, round(min(0.95, 0.3 + 0.4 * (score - second) / score * min(1, score / _MUCH) + 0.03 * score), 2)


def of_text(text: str, place: str = "", genre: str = "", inherited: str = "") -> tuple[str, float]:
    """(function, confidence) of a stretch of body text, told from itself and the section it stands in."""
    return best(scores(text, place, genre, inherited))


def of_heading(text: str, genre: str = "", above: str = "", asked: str = "") -> tuple[str, float]:
    """(function, confidence) of a heading. `asked`: what the sentence that leads over announced."""
    for function, rule in _HEAD_RULES:
        if rule.search(text):
            if function in ("hope", "achieve") and genre == "plan":
                continue
            return function, 0.75
    if above:
        return above, 0.6
    if genre == "summary":
        return "achieve", 0.6
    if asked:
        return asked, 0.6
    return "task", 0.65 if _TASK_HEAD.search(text) else 0.5


def announced(text: str, genre: str) -> str:
    """What a sentence that leads over announces: 提几点希望 → hope. "" where it is nothing particular."""
    for function, rule in _ANNOUNCED:
        if rule.search(text):
            return "hope" if function == "suggest" and genre == "speech" else function
    return ""


def turn(sentence: str, rules: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    """The function that the start of a sentence announces."""
    return next((function for function, rule in rules if rule.match(sentence)), "")

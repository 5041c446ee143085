"""Which paragraphs open the text and which close it, and where a paragraph turns to something else."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from drafter.read._functions import of_text, turn
from drafter.read._result import Passage
from drafter.read._shapes import BODY_TURNS, CLOSING, TRANSITION, TURNS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["mark_closing", "mark_openings"]

_SENTENCE = re.compile(r"(?<=[。！？!?])(?=[^”’）)])|(?<=，)(?=借此机会[，,]?我|下面[，,]?我就)")
_THANKING = tuple(rule for rule in TURNS if rule[0] in ("open-thank", "echo"))
_OPENERS = frozenset({"context", "open-thank", "echo", "trans", "honor", "arrange"})
_ADDRESS = re.compile("(?:同志们|各位[代委]|朋友们|工友们)[^。]{0,6}[！!，,：:]")
_LAST_WORDS = ("最后", "同志们", "各位", "让我们")
_SHORT_PARAGRAPH = 60
_LONGEST_CLOSING = 420


def mark_openings(passages: Sequence[Passage], genre: str) -> list[Passage]:
    """Paragraphs before the first heading: what opens the text is told from what is already its body."""
    result: list[Passage] = []
    opening, headed, paragraphs = True, False, 0
    until = _last_opener(passages)
    hosted = any(p.role == "agenda" for p in passages)
    for i, passage in enumerate(passages):
        headed = headed or (passage.role in ("heading", "enum") and not passage.joined)
        opening = opening and passage.role != "agenda"
        if passage.role != "body":
            if passage.role == "opening" and not passage.function:
                passage.function = "arrange"
            result.append(passage)
            continue
        parts = _turned(passage, TURNS if not headed and opening else BODY_TURNS)
        if not headed and not passage.joined:
            paragraphs += 1
            opens = opening and (i <= until or _opens(parts, passages, i, paragraphs, genre))
            asks = any(p.role == "transition" for p in parts) and not hosted and parts[0].function != "echo"
            if opens and not (hosted and paragraphs > 1):
                _as(parts, "opening")
            elif asks:
                parts[0].role = "opening"
            else:
                opening = False
        elif not headed and result and result[-1].role in ("opening", "greeting", "transition"):
            _as(parts, "opening")
        result += parts
    return result


def _opens(parts: Sequence[Passage], passages: Sequence[Passage], i: int, paragraphs: int, genre: str) -> bool:
    """Whether a paragraph before the first heading is still part of the opening."""
    function = parts[0].function or of_text(parts[0].text.text[:90], "open", genre)[0]
    framed = any(p.role in ("salutation", "title") for p in passages[:i])
    soon = [p for p in passages[i + 1 : i + 4] if p.role in ("heading", "transition")]
    if any(p.role == "transition" for p in parts):
        return True
    if paragraphs == 1:
        return framed or function in _OPENERS or any(p.system not in ("topic", "yao") for p in soon)
    if genre in ("summary", "plan", "essay") and paragraphs == 2 and soon:
        return True
    return framed and genre != "letter" and function in _OPENERS


def _as(passages: Sequence[Passage], role: str) -> None:
    for passage in passages:
        if passage.role == "body":
            passage.role = role


def _last_opener(passages: Sequence[Passage]) -> int:
    """Index of the last of the first paragraphs that thanks, greets or echoes: all before it opens the text too."""
    last, paragraphs = -1, 0
    for i, passage in enumerate(passages):
        if passage.role in ("heading", "enum", "agenda") or paragraphs > 4:
            break
        if passage.role != "body" or passage.joined:
            continue
        paragraphs += 1
        if any(turn(sentence, _THANKING) for sentence in _SENTENCE.split(passage.text.text)):
            last = i
    return last


def _turned(passage: Passage, rules: tuple[tuple[str, re.Pattern[str]], ...]) -> list[Passage]:
    """The passage cut where a sentence announces another function."""
    text = passage.text
    parts: list[Passage] = []
    start = 0
    current = ""
    for match in [*_SENTENCE.finditer(text.text)]:
        at = match.start()
        sentence = text.text[at:]
        function = turn(sentence, rules)
        if function == "trans" and not (TRANSITION.match(sentence) or re.match("我们要做到以下.{1,2}点", sentence)):
            function = ""
        if rules is BODY_TURNS and function not in ("", "trans") and at - start < 40:
            function = ""
        if function and function != current and (at - start >= 8 or start == 0):
            if at > start:
                parts.append(
                    Passage(
                        text.cut(start, at),
                        passage.role,
                        passage.sub,
                        joined=bool(parts) or passage.joined,
                        function=current,
                    )
                )
            start, current = at, function
    if current == "trans" and (match_end := _asked(text.text[start:])) and start + match_end < len(text) - 8:
        parts.append(
            Passage(
                text.cut(start, start + match_end), "transition", joined=bool(parts) or passage.joined, function="trans"
            )
        )
        start, current = start + match_end, ""
    last = Passage(text.cut(start), passage.role, passage.sub, joined=bool(parts) or passage.joined, function=current)
    if current == "trans":
        last.role = "transition"
    if not parts:
        passage.function = current or turn(text.text, rules)
        return [passage]
    if not parts[0].function:
        parts[0].function = turn(parts[0].text.text, rules)
    return [*parts, last]


def _asked(text: str) -> int:
    """Where the sentence that announces the points ends; 0 where it announces none."""
    match = TRANSITION.match(text)
    return match.end() if match else 0


def mark_closing(passages: Sequence[Passage], whole: bool) -> None:
    """The last paragraphs, and what closes a chapter before the next heading of the first level."""
    opens = called = None
    for passage, following in itertools.pairwise(passages):
        if not passage.joined:
            opens = passage
        before_chapter = following.role == "heading" and following.level == 1
        if opens and opens.role == "body" and before_chapter and (opens is called or _calls(opens)):
            opens.sub = "section_close"
        if passage.role == "salutation" and not following.joined:
            called = following
    body = [i for i, p in enumerate(passages) if p.role == "body" and not p.joined]
    after_last_head = 1 + max(
        (i for i, p in enumerate(passages) if p.role in ("heading", "enum") and not p.joined), default=-1
    )
    for i in body[-5:-1] if whole and len(body) > 6 else []:
        if i >= after_last_head and (_ADDRESS.match(passages[i].text.text) or passages[i - 1].role == "salutation"):
            _as(passages[i:], "closing")
            return
    for i in body[-2:] if len(body) > 1 else []:
        if i >= after_last_head and _closes(passages[i], whole and i == body[-1]):
            end = next((j for j in range(i + 1, len(passages)) if not passages[j].joined), len(passages))
            _as(passages[i:end], "closing")


def _calls(passage: Passage) -> bool:
    return passage.text.text.startswith("同志们")


def _closes(passage: Passage, last: bool) -> bool:
    text = passage.text.text
    cues = len(set(CLOSING.findall(text)))
    if text[-1:] not in "。！!？”）" and len(text) >= _SHORT_PARAGRAPH:
        return False
    return (last and cues >= 1 and len(text) < _LONGEST_CLOSING) or (cues >= 2 and text.startswith(_LAST_WORDS))

"""Where a heading ends: alone on its line, run into its paragraph, or glued to it without a full stop."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter.read._shapes import ONSET

__all__ = ["Head", "find_head"]

_STOP = re.compile("[。！？!?]”?")
_COLON = re.compile("[：:]")
_LONGEST = {
    "cn_dun": 60,
    "cn_paren": 56,
    "part": 60,
    "dec": 50,
    "ar_dun": 48,
    "ar_dot": 48,
    "shouxian": 44,
    "diyi": 44,
    "yishi": 42,
    "yiyao": 42,
}
_ALONE = 72
_SENTENCE_START = re.compile(
    "^(?:随着|从|由于|因为|通过|面对|当前|目前|近年来|这|我们|有的|在[^，。]{2,20}[上中下]，|据|如果|虽然|虽|为了)"
)
_LOOSE = frozenset({"yishi", "yiyao", "diyi", "shouxian"})


@dataclass(frozen=True, slots=True)
class Head:
    """`end` of the head in the text; `sure` below 0.7 is a guess that a person should look at."""

    end: int
    run_in: bool
    glued: bool = False
    sure: float = 1.0


def find_head(text: str, mark_end: int, system: str, following_body: bool) -> Head | None:
    """The head of a paragraph with an enumeration mark; None where the paragraph is one item without a head.

    following_body   the next paragraph has no mark of its own
    """
    longest = _LONGEST.get(system, 44)
    loose = system in _LOOSE
    body = text[mark_end:]
    stop = _STOP.search(body)
    first = stop.end() if stop else len(body)
    if first >= len(body):  # one sentence, or a line without a full stop
        if len(body) > _ALONE and (loose or not following_body):
            return _glued(text, mark_end, longest)
        if not stop and len(body) > 40:
            found = _glued(text, mark_end, longest)
            if found and (found.sure >= 0.8 or len(body) > _ALONE):
                return found
        if body.endswith(("；", ";", "，")) or (stop and loose and not following_body) or (stop and len(body) > _ALONE):
            return Head(len(text), False) if not loose and following_body and len(body) < 120 else None
        return Head(len(text), False)
    if first <= longest:
        head = body[:first]
        if loose and (_SENTENCE_START.match(head) or (len(head) > 30 and head.count("，") > 2)):
            return None
        if not loose and following_body and len(text) <= 120 and len(body) - first <= 60 and first > 12:
            return Head(len(text), False)
        cut = _glued(text, mark_end, min(first - 6, longest)) if first > 16 else None
        if cut and not loose and cut.sure >= (0.95 if first <= 30 else 0.8):
            return cut
        return Head(mark_end + first, True)
    return None if loose else _glued(text, mark_end, longest) or _colon(text, mark_end)


def _colon(text: str, mark_end: int) -> Head | None:
    match = _COLON.search(text, mark_end + 2, mark_end + 26)
    return Head(match.end(), True, sure=0.7) if match else None


def _glued(text: str, mark_end: int, longest: int) -> Head | None:
    """The shortest prefix before words that open a body."""
    body = text[mark_end : mark_end + longest + 12]
    best: Head | None = None
    for match in ONSET.finditer(body):
        at = match.start()
        if at < 5 or at > longest:
            continue
        before, word = body[at - 1], match[0]
        if not re.match(r"[\u4e00-\u9fff”》）)]", before) or _inside(body, at):
            continue
        sure = _sureness(word, body[:at])
        if best is None or sure > best.sure:
            best = Head(mark_end + at, False, True, sure)
    repeated = _repeated(text, mark_end, longest)
    if repeated and (best is None or best.sure < 0.75):
        best = repeated
    return best if best and best.sure >= 0.5 else None


def _sureness(word: str, head: str) -> float:
    sure = 0.8
    if re.match(r"一是|一要|首先|第一|近年来|近几年|一年来|(?:19|20)\d{2}年", word):
        sure = 0.97
    elif re.match("(?:当前|目前|今年|去年)(?![，,])", word):
        sure = 0.75
    elif re.match(r"(?:19|20)\d|习近平|近年来|近几年|一年来|当前|目前|[（(]|\d|党的|党中央|新一届|今年|去年", word):
        sure = 0.9
    elif re.match("为了|按照|根据|随着|面对|由于|鉴于|自从|从|长期|我们|我|各|全", word):
        sure = 0.8
    elif re.match("围绕|通过|要|为", word) or word.endswith(("是", "作为")):
        sure = 0.55
    if head.endswith(
        (
            "的",
            "和",
            "与",
            "、",
            "对",
            "在",
            "以",
            "把",
            "向",
            "为",
            "是",
            "于",
            "及",
            "，",
            "从",
            "做好",
            "落实",
            "贯彻",
            "学习",
            "深入",
            "认真",
            "开展",
        )
    ):
        sure -= 0.5
    return sure


def _repeated(text: str, mark_end: int, longest: int) -> Head | None:
    """The body takes up a noun of the heading: 一、把好关口关口是…"""
    body = text[mark_end : mark_end + longest + 10]
    for size in (6, 5, 4):
        for at in range(8, min(longest, len(body) - size)):
            word = body[at : at + size]
            if word in body[: at - 1] and re.fullmatch("[\u4e00-\u9fff]+", word) and body[:at].endswith(word[-2:]):
                return Head(mark_end + at, False, True, 0.6)
    return None


def _inside(body: str, at: int) -> bool:
    """Within quotation marks or brackets."""
    before = body[:at]
    return any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "《》", "（）", "()"))

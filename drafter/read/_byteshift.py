"""The repair of texts whose bytes were pushed apart.

A page in GBK was annotated byte by byte: wherever two bytes equalled one of the annotated characters T,
`(pinyin)` went in behind them, even where the two bytes were the end of one character and the start of
the next. The bracket then fell into the middle of a character: its first byte and the `(` became `?`, and
all that follows is shifted by one byte up to the next one below 0x40. The same happens to full-width marks
(。基 = A1A3 BBF9 holds A3BB, the semicolon), where A1 alone is lost. Where a tag follows, the last byte of
the shifted stretch has swallowed its `<`, and reads as one character with AA, with `?` behind it.

Given back: T is known by its reading and by its first byte, which is the last of the character before the
`?`. Its second byte goes in front of the bytes that follow, and those are decoded anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from drafter.read._pinyin import ANNOTATION, READING, annotated, is_reading

if TYPE_CHECKING:
    from drafter.read._result import Report
    from drafter.read._trace import Traced

__all__ = ["repair"]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff"
_WITH_READING = re.compile(rf"(?<=[{_HAN}，。、；：])[?？]({READING})\s?[)）]")
_LOST_STOP = re.compile(rf"(?<=[{_HAN}”」)）])[?？](?=[;!,:；！，：]?[{_HAN}A-Za-z])")
_LOST_TAG = re.compile(
    rf"(?<=[{_HAN}”」)）])[?？]([;!,:；！，：][{_HAN}；！，：]{{0,12}}?)[?？\ufffd](?=/?[a-z]{{1,8}}>)"
)
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_REACH = 60
_END = re.compile(rf"\n|[(（?？](?P<reading>{READING})\s?[)）]|[0-9<>{{}}]")
_STOPS = "，。、；：！？“”《》（）"

Simplify = Callable[[str], str]


def repair(line: Traced, learned: dict[str, frozenset[str]], simplify: Simplify, report: Report) -> Traced:
    """The line with every damaged stretch put right; what cannot be put right stays and is reported as doubtful."""
    if "?" not in line.text and "？" not in line.text:
        return line
    for _ in range(20):
        found = _first_damage(line, learned, simplify)
        if found is None:
            break
        start, end, text = found
        report.change("byte_shift", line.cut(start, end), text)
        line = line.put(start, end, text)
    for match in _WITH_READING.finditer(line.text):
        report.doubt("byte_shift", line.cut(max(0, match.start() - 8), match.end() + 20), "此处有乱码，未能还原")
    return line


def learn(text: str) -> dict[str, frozenset[str]]:
    """The table of annotated characters, with those of this text."""
    table = {reading: set(characters) for reading, characters in annotated().items()}
    for match in ANNOTATION.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if is_reading(match[1]) and "\u4e00" <= before <= "\u9fff":
            table.setdefault(match[1], set()).add(before)
    return {reading: frozenset(characters) for reading, characters in table.items()}


def _first_damage(line: Traced, learned: dict[str, frozenset[str]], simplify: Simplify) -> tuple[int, int, str] | None:
    text = line.text
    for match in _WITH_READING.finditer(text):
        last = _encode(text[match.start() - 1])[-1:]
        for character in sorted(learned.get(match[1], ())):
            double = _encode(character)
            if len(double) == 2 and double[:1] == last:
                best = _best(double[1:], text, match.end(), learned, simplify)
                if best:
                    return match.start(), best[0], best[1]
    for match in _LOST_TAG.finditer(text):
        data = b"\xa1" + _encode(match[1].translate(_WIDE))
        if data.endswith(b"\xaa") and (decoded := _decoded(data[:-1])):
            return match.start(), match.end(), decoded + "<"
    for match in _LOST_STOP.finditer(text):
        # the mark behind `?` is the full-width one; without a mark, `?` itself is
        start = match.end() if text[match.end()] in ";!,:；！，：" else match.start()
        best = _best(b"\xa1", text, start, learned, simplify)
        if best and best[1][:1] in ("。", "、", "”", "“", "》", "《", "…"):
            return match.start(), best[0], best[1]
    return None


def _best(
    lead: bytes, text: str, start: int, learned: dict[str, frozenset[str]], simplify: Simplify
) -> tuple[int, str] | None:
    """(end of the damaged stretch, what it says), the reading of the window that looks most like Chinese."""
    stop = _END.search(text, start, start + _REACH)
    limit = stop.start() if stop else min(len(text), start + _REACH)
    before = _likeness(text[start:limit], simplify)
    best: tuple[float, int, str] | None = None
    if stop and stop["reading"] and stop[0][0] in "?？":  # the shift ends inside the next annotated character
        for decoded in _closed(lead, text[start:limit], learned.get(stop["reading"], frozenset())):
            best = (_likeness(decoded, simplify), stop.end(), decoded)
    for end in range(start + 1, limit + 1):
        for decoded in _decodings(lead, text[start:end]):
            score = _likeness(decoded, simplify) + _likeness(text[end:limit], simplify)
            if best is None or score > best[0]:
                best = (score, end, decoded)
    if best is None or best[0] <= before or _likeness(best[2][:1], simplify) < 0:
        return None
    return best[1], best[2]


def _closed(lead: bytes, stretch: str, characters: frozenset[str]) -> Iterator[str]:
    """Readings of a stretch whose last byte begins one of these characters."""
    data = lead + _encode(stretch.translate(_WIDE))
    for double in map(_encode, sorted(characters)):
        if len(double) == 2 and data[-1:] == double[:1]:
            try:
                yield (data + double[1:]).decode("gb18030")
            except UnicodeDecodeError:
                continue


def _decodings(lead: bytes, stretch: str) -> Iterator[str]:
    for variant in {stretch.translate(_WIDE), stretch}:
        data = lead + _encode(variant)
        try:
            yield data.decode("gb18030")
        except UnicodeDecodeError:
            if stretch[-1] in "?？":  # a byte that no character could take: half of a full-width mark
                try:
                    yield (lead + _encode(variant[:-1]) + b"\xa9").decode("gb18030")
                except UnicodeDecodeError:
                    continue


def _decoded(data: bytes) -> str:
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return ""


def _encode(text: str) -> bytes:
    try:
        return text.encode("gb18030")
    except UnicodeEncodeError:
        return b""


def _likeness(text: str, simplify: Simplify) -> float:
    """How much a stretch looks like ordinary Chinese: common characters and marks count for it, all else against."""
    score = 0.0
    for character in simplify(text):
        if character in _STOPS:
            score += 0.5
        elif character in ",:;!()":
            score += 0.2
        elif _common(character):
            score += 1
        else:
            score -= 2
    return score


def _common(character: str) -> bool:
    """A character of the first level of GB 2312: the 3,755 most frequent ones."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7

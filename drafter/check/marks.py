"""Marks of the wrong width or shape: half-width points, straight quotation marks, brackets, ellipses, interpuncts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, FixKind, Hit, Level
from drafter.check.lazy import lazy

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = [
    "CLOSERS", "HAN", "OPENERS", "POINTS", "WIDE",
    "brackets", "corners", "dots", "ellipses", "english", "foreign", "joined", "points",
    "quotes", "ranges", "stops", "wide",
]  # fmt: skip

HAN = "〇々㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003134f"
"""Chinese characters, for a class of a regular expression; radicals, kana and bopomofo are none."""
POINTS = "，。、；：？！"
OPENERS = "（《〈「『【〔“‘"
CLOSERS = "）》〉」』】〕”’"
WIDE = POINTS + OPENERS + CLOSERS + "…—·～"

_FULL = str.maketrans(",;:!?.()", "，；：！？。（）")
_HALF = str.maketrans("，；：！？。（）、【】", ",;:!?.(),[]")
_FULLWIDTH = frozenset(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
_POINT = lazy(
    # after Chinese: before Chinese, a bracket or a quotation mark, a space or the end of the line
    rf"(?<=[{HAN}{CLOSERS}…%])(?:[!?]+|[,;])(?=[{HAN}{OPENERS}{CLOSERS}\"')\]\s]|$)"
    rf"|(?<=[{HAN}{CLOSERS}]):(?=[{HAN}{OPENERS}\s\[]|$)"
    # after Chinese, before a word or a figure
    rf"|(?<=[{HAN}{CLOSERS}])[,;:](?=[A-Za-z0-9])"
    # after a word, a figure or code, before Chinese
    rf"|(?<=[A-Za-z0-9%)\]\"'\ufffc])[,;:!?](?=[{HAN}{OPENERS}])",
    re.MULTILINE,
)
_REPEATED = ("!", "?")
_STOP = lazy(
    rf"(?<=[{HAN}{CLOSERS}])\.(?=[{HAN}{OPENERS}{CLOSERS}\"')]|[ \t]+[{HAN}]|[ \t]*$)"
    r"|(?<=[%％])\.(?=[ \t]*$)",
    re.MULTILINE,
)
_ORDINAL = lazy(r"^[ \t\u3000]*第?[一二三四五六七八九十]{1,3}\.", re.MULTILINE)
_DAY = lazy(r"[一二三四五六七八九十]\.[一二三四五六七八九十]")
_HAN = lazy(f"[{HAN}]")
_APOSTROPHE = lazy(r"(?<=[A-Za-z])'(?=[A-Za-z])|(?<=\w)'(?=(?:s|t|re|ve|ll|d|m)\b(?!'))|(?<=s)'(?= [a-z])", re.ASCII)
_BRACKET = lazy(r"[(（](?:[^()（）\n]|（[^()（）\n]{0,200}）){0,400}[)）]")
_CALLED = lazy(r"[A-Za-z_\d\]]")
_DOTTED = lazy(r"\.{3,}|…+|[·・]{3,}|。{3,}")
_AROUND_DOTS = lazy(f"[{HAN}{CLOSERS}{POINTS}]")
_LEADERS = lazy(r"[ \t\u3000]*[-—(（]?[ ]?(?:\d{1,4}|[IVXivx]{1,5})[ ]?[-—)）]?[ \t]*$", re.MULTILINE)
"""After dots: the number of a page at the end of a line of a table of contents."""
_LETTER = lazy(f"[{HAN}A-Za-z]")
_LONG = lazy("[０-９Ａ-Ｚａ-ｚ]+(?:[．：％](?=[０-９])[０-９]+|％)*")
_RANGE = lazy(
    r"(?<![\dA-Za-z\-—–./：:#_])(\d{1,4}(?:\.\d+)?[%％月日时点]?)(-|~|–)"
    r"(?=\d{1,5}(?:\.\d+)?\s*([个人次项%％年月日号点岁万亿元天小名件期家户倍时页条章层周米吨亩套台辆场组班级位批份处所]))"
)
_CLOCKS = lazy(r"(?<![\d:：])\d{1,2}[:：]\d{2}(?:-|~|–)(?=\d{1,2}[:：]\d{2}(?![\d:：]))")
_FOREIGN = lazy(r"(?<=[A-Za-z0-9])[，。；：！？](?=[A-Za-z0-9]|(\s|$))", re.MULTILINE)
_LATIN_POINTS = frozenset(letter + mark for letter in ascii_letters + digits for mark in "，。；：！？")
_SENTENCE, _ENGLISH = 3, 8
_JOINED = lazy("、(以及|及(?![时早格物第至其]))")
_WORDS = lazy(r"[A-Za-z]{2,}")
_CORNER = lazy("「[^「」\n]*」|『[^『』\n]*』")


def points(text: Text, _: Settings) -> Iterator[Hit]:
    """Half-width , ; : ! ? in Chinese."""
    for sign in ",;:!?":
        for at in text.find(sign):
            match = None if text.prose[at - 1 : at] in _REPEATED else _POINT.match(text.prose, at)
            if match and _chinese(text, at):
                yield _full(match)


def stops(text: Text, _: Settings) -> Iterator[Hit]:
    """Half-width full stops (. and ｡) after Chinese; not those of ordinals, of days such as 五.四, of ellipses."""
    for at in text.find("."):
        match = _STOP.match(text.prose, at)
        if match is None or _DAY.match(text.prose, at - 1) or not _chinese(text, at):
            continue
        if not _ORDINAL.fullmatch(text.prose, text.bounds(text.row(at))[0], at + 1):
            yield _full(match)
    for at in text.find("｡"):
        if _chinese(text, at):
            yield Hit(at, at + 1, edits=(Edit(at, at + 1, "。"),))


def _chinese(text: Text, at: int) -> bool:
    """Whether the line of a mark is Chinese."""
    line = text.lines[text.row(at)]
    return bool(_HAN.search(line)) and not foreign(line)


@lru_cache(maxsize=256)
def foreign(line: str) -> bool:
    """Whether a line is an English sentence that names something in Chinese, by its words and characters."""
    if len(line) < _ENGLISH * 3:
        return False
    words = sum(each.strip(",.;:!?\"'()").isalpha() and each.isascii() for each in line.split())
    return words >= _ENGLISH and words > len(_HAN.findall(line))


def _full(match: re.Match[str]) -> Hit:
    return Hit(*match.span(), edits=(Edit(*match.span(), match[0].translate(_FULL)),))


def quotes(text: Text, _: Settings) -> Iterator[Hit]:
    """Straight quotation marks round Chinese or within it, in pairs by line; an odd one is left to the reader."""
    for mark, pair, name in (('"', "“”", "双引号"), ("'", "‘’", "单引号")):
        if not text.has(mark):
            continue
        for row in sorted({text.row(at) for at in text.find(mark)}):
            start, end = text.bounds(row)
            if _HAN.search(text.prose, start, end):
                yield from _straight(text.prose, start, end, mark, pair, name)


def _straight(prose: str, start: int, end: int, mark: str, pair: str, name: str) -> Iterator[Hit]:
    skipped = {m.start() for m in _APOSTROPHE.finditer(prose, start, end)} if mark == "'" else set()
    found = [at for at in range(start, end) if prose[at] == mark and at not in skipped]
    if len(found) % 2:
        if mark == '"':
            yield Hit(found[-1], found[-1] + 1, f"直{name}不成对，也应改为弯引号{pair}")
        return
    for first, last in zip(found[::2], found[1::2], strict=True):
        around = prose[max(start, first - 1) : first] + prose[last + 1 : min(end, last + 2)]
        if "=" in around:
            continue  # an attribute of HTML
        if _HAN.search(prose, first, last) or _HAN.search(around):
            edits = (Edit(first, first + 1, pair[0]), Edit(last, last + 1, pair[1]))
            yield Hit(first, first + 1, f"直{name}应为弯引号{pair}", edits)


def corners(text: Text, settings: Settings) -> Iterator[Hit]:
    """「」 and 『』, of texts set in columns or in traditional characters: “” outside, ‘’ inside.

    Texts for the web may have chosen them: there only where the rule is chosen by its id.
    """
    if settings.profile == "网页" and "P043" not in settings.select:
        return
    for match in _CORNER.finditer(text.prose):
        start, last = match.start(), match.end() - 1
        before = text.prose[text.bounds(text.row(start))[0] : start]
        inner = any(
            before.count(first) > before.count(second) for first, second in (("“", "”"), ("「", "」"), ("『", "』"))
        )
        pair = "‘’" if inner else "“”"
        edits = (Edit(start, start + 1, pair[0]), Edit(last, last + 1, pair[1]))
        yield Hit(start, start + 1, f"{match[0][0]}{match[0][-1]}应为弯引号{pair}", edits)


def brackets(text: Text, _: Settings) -> Iterator[Hit]:
    """Half-width parentheses round Chinese; after a Latin word they may be those of a function."""
    if not (text.has("(") or text.has(")")):
        return
    for match in _BRACKET.finditer(text.prose):
        start, last = match.start(), match.end() - 1
        edits = tuple(
            Edit(at, at + 1, text.prose[at].translate(_FULL)) for at in (start, last) if text.prose[at] in "()"
        )
        if not edits or not _chinese(text, start):
            continue
        before = text.prose[start - 1 : start]
        if _HAN.search(match[0]):
            sure = not _CALLED.match(text.prose[max(0, start - 2) : start].rstrip()[-1:])
        elif _HAN.match(before) and _WORDS.search(match[0]):
            sure = False
        else:
            continue
        first = edits[0].start
        yield Hit(
            first, first + 1, "半角括号应为全角括号（）", edits, *(() if sure else (Level.INFO, FixKind.SUGGESTED))
        )


def ellipses(text: Text, _: Settings) -> Iterator[Hit]:
    """Ellipses that are not six points in two cells; two of them (a paragraph left out) are let stand.

    Those of other languages stand after a letter, or before one without a space.
    """
    for match in _DOTTED.finditer(text.prose):
        start, end = match.span()
        before, after = text.prose[max(0, start - 1) : start], text.prose[end : end + 1]
        if match[0] in ("……", "…………") or (match[0][0] == "." and after.isalpha() and after.isascii()):
            continue
        if len(match[0]) > 2 and _LEADERS.match(text.prose, end):
            continue
        latin = before.isascii() and before.isalnum()
        if _AROUND_DOTS.match(before) or (_AROUND_DOTS.match(after) and not latin and _chinese(text, start)):
            yield Hit(start, end, edits=(Edit(start, end, "……"),))


def dots(text: Text, _: Settings) -> Iterator[Hit]:
    """Interpuncts of the wrong shape; ● may also be the bullet of a list."""
    for glyph in "・•‧∙⋅●":
        for at in text.find(glyph):
            if at and _LETTER.match(text.prose, at - 1) and _LETTER.match(text.prose, at + 1):
                yield Hit(at, at + 1, edits=(Edit(at, at + 1, "·"),), fix=FixKind.SUGGESTED if glyph == "●" else None)


def wide(text: Text, _: Settings) -> Iterator[Hit]:
    """Full-width digits and letters, with the points within numbers and times."""
    if text.characters & _FULLWIDTH:
        for match in _LONG.finditer(text.prose):
            yield Hit(*match.span(), edits=(Edit(*match.span(), unicodedata.normalize("NFKC", match[0])),))


def ranges(text: Text, _: Settings) -> Iterator[Hit]:
    """Hyphens and half-width tildes in ranges: — between times, ～ between quantities."""
    for sign in "-~–":
        for at in text.find(sign):
            if not text.prose[at + 1 : at + 2].isdecimal():
                continue
            around = _RANGE.finditer(text.prose, max(0, at - 9), at + 12)
            match = next((each for each in around if each.start(2) == at), None)
            if match is None:
                continue
            if match[3] == "年" and len(match[1]) == 4 and match[1][:2] in ("19", "20"):
                continue  # P031
            yield Hit(match.start(), at + 1, edits=(Edit(at, at + 1, "—" if match[3] in "月日号点时" else "～"),))
    if text.has(":") or text.has("："):
        for match in _CLOCKS.finditer(text.prose):
            at = match.end() - 1
            if _HAN.search(text.lines[text.row(at)]):
                yield Hit(match.start(), at + 1, edits=(Edit(at, at + 1, "—"),))


def english(text: Text, _: Settings) -> Iterator[Hit]:
    """A line that is an English sentence, within a Chinese text, with Chinese marks."""
    if not text.pairs & _LATIN_POINTS or not _HAN.search(text.prose):
        return
    for mark in _FOREIGN.finditer(text.prose):
        line = text.lines[text.row(mark.start())]
        if not _HAN.search(line) and len(_WORDS.findall(line)) >= _SENTENCE:
            better = mark[0].translate(_HALF) + ("" if mark[1] is not None else " ")
            yield Hit(*mark.span(), edits=(Edit(*mark.span(), better),))


def joined(text: Text, _: Settings) -> Iterator[Hit]:
    """、以及 and 、及 before the last of a list: a comma before the longer, nothing before the shorter."""
    for match in _JOINED.finditer(text.prose):
        yield Hit(*match.span(), edits=(Edit(match.start(), match.start() + 1, "，" if match[1] == "以及" else ""),))

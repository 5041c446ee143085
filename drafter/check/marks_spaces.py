"""Spaces that an official text does not set: beside full-width marks, within Chinese, before words and figures.

A space begins every expression, so that a text without spaces costs one search of a character. Runs of four and
more are columns, not slips; a space at the beginning or end of a line is layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, FixKind, Hit
from drafter.check.lazy import lazy
from drafter.check.marks import CLOSERS, HAN, OPENERS, POINTS, WIDE, foreign
from drafter.check.markup import spans
from drafter.check.text import BLANK

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["beside", "between", "code", "links", "outside", "percent", "straight", "within", "words"]

_OPEN = re.sub("[“‘]", "", OPENERS)
_CLOSE = re.sub("[”’]", "", CLOSERS)
_BESIDE = lazy(rf" (?:(?<=\S ) {{0,3}}(?=[{POINTS}{_OPEN}{_CLOSE}…·])|(?<=[{POINTS}{_OPEN}{_CLOSE}…·] ) {{0,3}}(?=\S))")
_WIDE_SPACES = tuple(each for gap in "\u3000\xa0" for mark in "，。、；：？！" for each in (gap + mark, mark + gap))
_BESIDE_WIDE = lazy(r"(?<=\S)[\u3000\xa0](?=[，。、；：？！])|(?<=[，、；])[\u3000\xa0](?=\S)")
_BETWEEN = lazy(rf" (?<=[{HAN}] ) {{0,2}}(?=[{HAN}])")
_LINKED = lazy(rf" (?:(?<=[{HAN}] ) {{0,2}}(?=\[[{HAN}])|(?<={BLANK} ) {{0,2}}(?=[{HAN}]))")
_WORD = lazy(rf" (?:(?<=[{HAN}] ) {{0,2}}(?=[^\s{HAN}{WIDE}])|(?<=[^\s{HAN}{WIDE}] ) {{0,2}}(?=[{HAN}]))")
_LEAD = lazy(r"[ \t]*(?:[-*+>#|]+|:{3,}\w*|\d{1,3}[.)])")
_DATELINE = lazy(r" *(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?\s*$", re.MULTILINE)
_MARKUP = frozenset("*_~#>|<`[" + BLANK)
_NAME = lazy(rf"(?:^|[、，：；\s])[{HAN}] {{1,3}}[{HAN}](?=$|[、，；。\s])", re.MULTILINE)
_SPACED = lazy(rf"^\s*(?:[{HAN}] +)+[{HAN}]\s*$", re.MULTILINE)
_OUTSIDE = lazy(r" (?:(?<=\S ) {0,2}(?=[“‘])|(?<=[”’] ) {0,2}(?=\S))")
_STRAIGHT = lazy(r"( *)\"[^\"\n]*\"( *)")
_WITHIN = lazy(r" (?:(?<=[“‘] ) {0,2}(?=\S)|(?<=\S ) {0,2}(?=[”’]))")
_ENGLISH = lazy(rf"[^{HAN}，。；：？！\n]*")
_HAN = lazy(f"[{HAN}]")
_LINK = lazy(rf"\[( *)([^\[\]\n]*?[^\[\] \n])( *)\](?={BLANK}|\((?:{BLANK}|[./#]))")
_RUN = lazy(rf"[{HAN}]{{2}} +[{HAN}]$|[{HAN}]{{2}}$")
_PERCENT = lazy(" (?<=[0-9] ) *(?=[%‰℃°])")
_SENTENCE, _LONGEST = 4, 500


def beside(text: Text, _: Settings) -> Iterator[Hit]:
    """Spaces beside points, brackets and ellipses in lines that hold Chinese."""
    if any(map(text.has, _WIDE_SPACES)):
        yield from map(_gone, _slips(text, _BESIDE_WIDE))
    for match in _slips(text, _BESIDE) if text.has(" ") else ():
        before, after = text.prose[match.start() - 1], text.prose[match.end()]
        if text.kind == "md" and ("|" in before + after or (BLANK in before + after and before not in POINTS)):
            continue
        yield _gone(match, sure=not _marker(text, match.start()))


def between(text: Text, _: Settings) -> Iterator[Hit]:
    """Spaces between Chinese characters; not the spread names of two characters, nor a line set wide (目 录).

    In a line without a point, a heading or a list of names, it may be meant.
    """
    if not text.has(" "):
        return
    for match in _slips(text, _BETWEEN):
        spread, title = _set(text.lines[text.row(match.start())])
        if not spread and (not _named(text.prose, match.start()) or _run(text.prose, match)):
            yield _gone(match, sure=not title)
    if text.kind == "md":
        yield from _beside_links(text)


@lru_cache(maxsize=256)
def _set(line: str) -> tuple[bool, bool]:
    """Whether a line is set wide (目 录), and whether it may be a title or a list: it holds no point."""
    return bool(_SPACED.match(line)), not any(point in line for point in "，。；")


def _named(prose: str, at: int) -> bool:
    """Whether a space stands within a name of two characters: 张 三、李小明."""
    return bool(_NAME.match(prose, max(0, at - 2)) or _NAME.match(prose, max(0, at - 1)))


def _beside_links(text: Text) -> Iterator[Hit]:
    """Spaces between Chinese and a link whose own text is Chinese there."""
    for match in _LINKED.finditer(text.prose):
        at, after = match.start(), match.end()
        if text.prose[after] == "[":
            closing = text.prose.find("]", after, after + _LONGEST)
            linked = closing > 0 and text.prose[closing + 1 : closing + 2] == BLANK
        else:
            before = text.prose[max(0, at - _LONGEST) : at].rstrip(BLANK)
            linked = before[-1:] == "]" and bool(_HAN.match(before[-2:-1]))
        if linked:
            yield _gone(match)


def _run(prose: str, match: re.Match[str]) -> bool:
    """Whether words of Chinese stand on both sides or the spaces go on: 中 文 中 文."""
    before, after = prose[max(0, match.start() - 4) : match.start()], prose[match.end() : match.end() + 4]
    return bool(_RUN.search(before)) and bool(_HAN.match(after))


def words(text: Text, _: Settings) -> Iterator[Hit]:
    """Spaces between Chinese and words, figures and signs; in Markdown those beside markup are let stand."""
    if not text.has(" "):
        return
    for match in _slips(text, _WORD):
        start, end = match.span()
        before, after = text.prose[start - 1], text.prose[end]
        if _DATELINE.match(text.prose, end) and _HAN.match(before):
            line = text.prose[text.bounds(text.row(start))[0] : start]
            if not any(point in line for point in "，。；："):
                continue  # the line of place, name and date under a title
        if text.kind == "md" and (before in _MARKUP or after in _MARKUP):
            continue
        if before == BLANK or (after == BLANK and not text.string[end].isalnum()):
            continue
        hit = _gone(match, sure=not _marker(text, start) and BLANK not in before + after)
        other = after if _HAN.match(before) else before
        yield hit if other.isalnum() or other == BLANK else hit._replace(message=f"汉字与符号“{other}”之间多了空格")


def percent(text: Text, _: Settings) -> Iterator[Hit]:
    """Spaces between a figure and the sign of its unit."""
    for match in _slips(text, _PERCENT):
        yield _gone(match)


def _marker(text: Text, at: int) -> bool:
    """Whether all that stands before in the line is the marker of a list, a heading or a quotation."""
    start = text.bounds(text.row(at))[0]
    return bool(_LEAD.fullmatch(text.prose, start, at))


def outside(text: Text, _: Settings) -> Iterator[Hit]:
    """Spaces outside quotation marks, unless they stand in an English sentence."""
    yield from _quotation(text, _OUTSIDE)


def straight(text: Text, _: Settings) -> Iterator[Hit]:
    """Spaces between Chinese and the outside of straight quotation marks, where a line holds them in pairs."""
    for row in sorted({text.row(at) for at in text.find('"')}):
        start, end = text.bounds(row)
        line = text.prose[start:end]
        for match in _STRAIGHT.finditer(line) if line.count('"') % 2 == 0 else ():
            for group, neighbour in ((1, match.start(1) - 1), (2, match.end(2))):
                first, last = match.span(group)
                if first < last and 0 <= neighbour < len(line) and _HAN.match(line, neighbour):
                    yield Hit(start + first, start + last, edits=(Edit(start + first, start + last, ""),))


def within(text: Text, _: Settings) -> Iterator[Hit]:
    """Spaces inside quotation marks, unless they stand in an English sentence."""
    yield from _quotation(text, _WITHIN)


def _quotation(text: Text, pattern: re.Pattern[str]) -> Iterator[Hit]:
    if not text.has(" ") or not any(map(text.has, "“”‘’")):
        return
    for match in _slips(text, pattern):
        if BLANK in text.prose[match.start() - 1 : match.end() + 1]:
            continue
        before = _ENGLISH.match(text.prose[max(0, match.start() - 80) : match.start()][::-1])
        after = _ENGLISH.match(text.prose, match.end())
        around = (before[0][::-1] if before else "") + " " + (after[0] if after else "")
        if len(re.findall(r"[A-Za-z]{2,}", around)) < _SENTENCE:
            yield _gone(match)


def links(text: Text, _: Settings) -> Iterator[Hit]:
    """Spaces inside the brackets of a link."""
    if text.has("["):
        for match in _LINK.finditer(text.prose):
            edits = tuple(Edit(*match.span(group), "") for group in (1, 3) if match[group])
            if edits and text.prose[match.start() - 1 : match.start()] != "\\" and _HAN.search(text.prose):
                yield Hit(edits[0].start, edits[0].end, edits=edits)


def code(text: Text, _: Settings) -> Iterator[Hit]:
    """Spaces between the backticks of code and what is in it; code that begins or ends with a backtick needs them."""
    if "` " in text.string or " `" in text.string:
        row, chinese = -1, False
        for start, end in spans(text.string):
            if row != (here := text.row(start)):
                row, chinese = here, _chinese(text, start)
            inner = text.string[start:end]
            if not chinese or not any(map(str.isalnum, inner)) or "`" in inner:
                continue
            first, last = start + len(inner) - len(inner.lstrip(" ")), end - len(inner) + len(inner.rstrip(" "))
            edits = tuple(Edit(*each, "") for each in ((start, first), (last, end)) if each[0] < each[1])
            if edits:
                yield Hit(edits[0].start, edits[0].end, edits=edits)


def _slips(text: Text, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches that are no layout: not the indent of a line, nor in a line set in columns, nor after the marker of
    a list in Markdown; and in lines that are Chinese."""
    row, indent, ignored = -1, 0, False
    for match in pattern.finditer(text.prose):
        here = text.row(match.start())
        if row != here:
            row, (start, end) = here, text.bounds(here)
            line = text.prose[start:end]
            indent = start + len(line) - len(line.lstrip())
            ignored = "    " in line.strip() or not _HAN.search(line) or foreign(line)
        if not ignored and match.start() >= indent and not (text.kind == "md" and _marker(text, match.start())):
            yield match


def _chinese(text: Text, at: int) -> bool:
    return bool(_HAN.search(text.prose, *text.bounds(text.row(at))))


def _gone(match: re.Match[str], *, sure: bool = True) -> Hit:
    kind = None if sure else FixKind.SUGGESTED
    return Hit(*match.span(), edits=(Edit(*match.span(), ""),), fix=kind)

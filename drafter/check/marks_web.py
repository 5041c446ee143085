"""Spaces that texts for the web set between Chinese and other writing (profile 网页): the opposite of an official text.

Practice, no standard: words and figures stand off from Chinese by a space, signs between the two by one on either
side, half-width brackets by one outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, Hit
from drafter.check.lazy import lazy
from drafter.check.marks import HAN
from drafter.check.text import BLANK, Spans

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["half_brackets", "interpuncts", "operators", "parentheses", "quotation", "stops", "words"]

_AN = "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff"
_ROOT = r"(?:home|root|usr|etc|var|opt|tmp|dev|mnt|proc|sys|bin|boot|lib|media|run|sbin|srv)\b"
_SEAM = lazy(
    rf"(?<=[{HAN}])(?=[{_AN}]|[-+]\d|-[A-Za-z](?![A-Za-z])|\*\.\w|\.{{0,2}}/(?:{_ROOT}|\.)|\./|\.[a-z]+/)"
    rf"|(?:(?<=[{_AN}])|(?<=[{_AN}]%)|(?<=[A-Za-z][#.])|(?<=[A-Za-z]\+\+)|(?<=[A-Za-z]--)|(?<=[{HAN}\s][A-Za-z][-+*]))(?=[{HAN}])",
    re.ASCII,
)
_PATH = lazy(rf"(?:\.{{0,2}}/|[\w-]+/)(?:[\w.@+*-]+/)+(?=[{HAN}])", re.ASCII)
_MARKED = lazy(
    rf"(?<=[{HAN}])([*_~]{{1,3}})?(\]{BLANK}+)?(\[|[*_~]{{1,3}}|(?<!\]){BLANK}+)?(?=[{_AN}])"
    rf"|(?<=[{_AN}])([*_~]{{1,3}})?(\]{BLANK}+)?(\[|[*_~]{{1,3}})?(?=[{HAN}])"
)
_CODE = lazy(rf"(?<=[{HAN}])(?={BLANK})|(?<={BLANK})(?=[{HAN}])")
_SIGN = lazy(
    rf"(?<=[{HAN}])(?:--|[&*=<>|\\]|/(?!{_ROOT})|\+(?!\d)|-(?!\d|[A-Za-z](?![A-Za-z])))(?=[{_AN}])"
    rf"|(?<=[{_AN}])(?:[&=<>|/\\]|(?<![{HAN}\s][A-Za-z])[-+*])(?=[{HAN}])"
    rf"|(?<=[{HAN}])[&*+=<>|/\\](?=[{HAN}])|(?<=[{_AN}{HAN}])\|(?=[{_AN}{HAN}])",
    re.ASCII,
)
_TAG = lazy(r"<[A-Za-z/][^<>\n]*>")
_BRACKET = lazy(
    rf"(?<=[{HAN}])(?=[(\[{{])|(?<=[)\]}}])(?=[{HAN}])|(?<=[{_AN}])(?=[(\[{{][^()\[\]\n]*[{HAN}])|(?<=[{HAN}][)\]}}])(?=[{_AN}])"
)
_INSIDE = lazy(r"(?<=[(\[{])[ ]+(?=[^\s)\]}])|(?<=[^\s(\[{])[ ]+(?=[)\]}])")
_POINT = lazy(rf"(?<=[{HAN}])([!;,?:]+|~+)(?=[A-Za-z0-9])")
_QUOTED = lazy(rf"(?<=[{HAN}{_AN}])(?=[“‘])|(?<=[”’])(?=[{HAN}{_AN}])")
_WIDE = lazy(r"（([^（）\n]*)）")
_HAN = lazy(f"[{HAN}]")


def words(text: Text, _: Settings) -> Iterator[Hit]:
    """No space between Chinese and words or figures; in Markdown also where markup stands between them."""
    for match in _SEAM.finditer(text.prose):
        yield _space(match.start())
    for match in _PATH.finditer(text.prose) if text.has("/") else ():
        yield _space(match.end())
    if text.kind != "md":
        return
    for match in _CODE.finditer(text.prose):
        if text.string[match.start() - (text.prose[match.start()] != BLANK)] == "`":
            yield _space(match.start())
    for match in _MARKED.finditer(text.prose):
        closing, target, opening = (
            match.group(1, 2, 3) if match.group(1, 2, 3) != (None, None, None) else match.group(4, 5, 6)
        )
        if not (closing or target or opening) or (opening and opening[0] == BLANK):
            continue
        at = match.start()
        if target:
            at += len(closing or "") + len(target)
        elif closing and (opening or _odd(text, at, closing)):
            at += len(closing)
        yield _space(at)


def _odd(text: Text, at: int, sign: str) -> bool:
    """Whether the sign closes an emphasis that was opened before it in the line."""
    return text.prose[text.bounds(text.row(at))[0] : at].count(sign) % 2 == 1


def operators(text: Text, _: Settings) -> Iterator[Hit]:
    """Signs between Chinese and other writing. Several slashes or underscores make a path or a list: let stand."""
    tags = Spans(match.span() for match in _TAG.finditer(text.prose)) if text.has("<") else None
    for match in _SIGN.finditer(text.prose):
        start, end = match.span()
        if tags and tags.touch(start, end):
            continue
        line = text.prose[slice(*text.bounds(text.row(start)))]
        if "/" in match[0] and line.count("/") > 1:
            continue
        if text.kind == "md" and (match[0] in "*|>" or (match[0] == "-" and "](" in line)):
            continue
        yield Hit(start, end, edits=(Edit(start, start, " "), Edit(end, end, " ")))


def parentheses(text: Text, _: Settings) -> Iterator[Hit]:
    """Half-width brackets: a space outside, none inside."""
    if not any(map(text.has, "([{")) or not _HAN.search(text.prose):
        return
    for match in _BRACKET.finditer(text.prose):
        at = match.start()
        if text.kind == "md" and (
            "[" in text.prose[at : at + 1] or "]" in text.prose[at - 1 : at] or "{{" in text.prose[at : at + 2]
        ):
            continue
        yield _space(at)
    if text.kind != "md":
        for match in _INSIDE.finditer(text.prose):
            yield Hit(*match.span(), edits=(Edit(*match.span(), ""),))


def stops(text: Text, _: Settings) -> Iterator[Hit]:
    """Half-width points between Chinese and other writing."""
    for match in _POINT.finditer(text.prose):
        yield Hit(*match.span(), edits=(Edit(match.end(), match.end(), " "),))


def quotation(text: Text, settings: Settings) -> Iterator[Hit]:
    """A space outside quotation marks; only where the rule is chosen by its id."""
    if "P105" in settings.select:
        for match in _QUOTED.finditer(text.prose):
            yield _space(match.start())


def half_brackets(text: Text, settings: Settings) -> Iterator[Hit]:
    """Half-width brackets with a space outside; only where the rule is chosen by its id."""
    if "P106" not in settings.select:
        return
    for match in _WIDE.finditer(text.prose):
        start, last = match.start(), match.end() - 1
        before, after = text.prose[start - 1 : start], text.prose[last + 1 : last + 2]
        left = " " if before and (before.isalnum() or before in f"”’]{BLANK}") else ""
        right = " " if after.isalnum() else ""
        yield Hit(start, start + 1, edits=(Edit(start, start + 1, left + "("), Edit(last, last + 1, ")" + right)))


def interpuncts(text: Text, settings: Settings) -> Iterator[Hit]:
    """The interpunct of Taiwan; only where the rule is chosen by its id."""
    if "P107" in settings.select:
        for match in re.finditer("[·•‧]", text.prose):
            yield Hit(*match.span(), edits=(Edit(*match.span(), "・"),))


def _space(at: int) -> Hit:
    return Hit(at, at, edits=(Edit(at, at, " "),))

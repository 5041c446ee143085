"""Punctuation as GB/T 15834-2011 wants it in Chinese text, and the marks between the items of a list.

Nothing here changes a fact: figures, times, proportions, addresses of web pages and Latin phrases keep
their own marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import cycle
from typing import Literal

from drafter.chinese.length import characters

__all__ = ["collapse", "full_width", "pair_quotes", "separator", "stands_alone", "strip_end", "tidy"]

# Longest median item that ； still joins, and the median above which each item is its own paragraph.
# In a corpus of speeches any limit of 50–70 reproduces 20 of 21 inline runs; no run mixed its separators.
_SEMICOLON_LIMIT = 60
_PARAGRAPH_LIMIT = 130

_WIDE = dict(zip(",:;!?()", "，：；！？（）", strict=True))
_THROUGH = frozenset(" \t\"'“”‘’" + "".join(_WIDE) + "".join(_WIDE.values()) + "《》〈〉【】〔〕、。")
_QUOTES = '"＂“”'
_STRENGTH = "、，；：。"
_RUN = re.compile(f"[{_STRENGTH}！？]{{2,}}")
_QUOTED_STOP = re.compile("(?<=。”)。")
_END = re.compile(r"[\s，、；。,;]+\Z")
_INNER_STOP = re.compile("[。！？]")


def tidy(text: str) -> str:
    """`pair_quotes`, `full_width` and `collapse` in one go; tidying twice changes nothing more."""
    return collapse(full_width(pair_quotes(text)))


def full_width(text: str) -> str:
    """ASCII , : ; ! ? ( ) beside Chinese become full width, and the blanks around them go.

    "Beside" looks through quotation marks, brackets and blanks. A mark between two digits stays (1,200,
    10:30, 8.9:39.7), and so does one inside a web or mail address. Brackets change in pairs.
    """
    if not _has_han(text):
        return text
    chars = list(text)
    kept = _in_addresses(text)
    wide = {
        i for i, char in enumerate(chars) if char in _WIDE and char not in "()" and i not in kept and _turns(text, i)
    }
    for opening, closing in _brackets(text, kept):
        if _bracket_turns(text, opening, closing):
            wide |= {opening, closing}
    for i in wide:
        chars[i] = _WIDE[chars[i]]
        for step in (-1, 1):
            beside = i + step
            while 0 <= beside < len(text) and text[beside] in " \t":
                chars[beside] = ""
                beside += step
    return "".join(chars)


def pair_quotes(text: str) -> str:
    """Straight and wrongly turned double quotation marks become “ and ”, line by line.

    A line stays as it is where it has no Chinese, where the marks do not come out even, or where a
    straight mark may be inches (5").
    """
    return "".join(map(_pair_line, text.splitlines(keepends=True)))


def collapse(text: str) -> str:
    """Marks that ran together become one: the strongest of 、，；：。 wins, ！ and ？ always stay.

    ，。； becomes 。 and 。！ becomes ！, while ？！ is kept. A 。 after a quoted sentence (。”。) goes too.
    """
    return _QUOTED_STOP.sub("", _RUN.sub(_strongest, text))


def strip_end(text: str) -> str:
    """The text without its final ，、；。 and blanks; ！？： say something and stay."""
    return _END.sub("", text)


def separator(items: Sequence[str]) -> Literal["；", "。"]:
    """The mark between the items of one list, the same for the whole list.

    ； where the median item has at most 60 characters and no item holds a sentence of its own, else 。
    Raises ValueError for no items.
    """
    bare = [strip_end(item) for item in items]
    if any(map(_INNER_STOP.search, bare)):
        return "。"
    return "；" if _median(bare) <= _SEMICOLON_LIMIT else "。"


def stands_alone(items: Sequence[str]) -> bool:
    """Whether each item is long enough for a paragraph of its own (median above 130 characters).

    Raises ValueError for no items.
    """
    return _median([strip_end(item) for item in items]) > _PARAGRAPH_LIMIT


def _median(items: Sequence[str]) -> float:
    """Median number of characters (`statistics` would cost 5 ms of every start)."""
    counts = sorted(map(characters, items))
    if not counts:
        raise ValueError("a list without items has no separator")
    middle = len(counts) // 2
    return (counts[middle] + counts[~middle]) / 2


def _beside(text: str, index: int, step: int) -> str:
    """The nearest character that says something, in the direction of `step`; "" at an end."""
    index += step
    while 0 <= index < len(text) and text[index] in _THROUGH:
        index += step
    return text[index] if 0 <= index < len(text) else ""


def _is_han(char: str) -> bool:
    # comparisons, since a character class with these ranges takes 3 ms to compile
    return "一" <= char <= "鿿" or char == "〇" or "㐀" <= char <= "䶿" or "豈" <= char <= "﫿" or char >= "\U00020000"


def _has_han(text: str) -> bool:
    return not text.isascii() and any(map(_is_han, text))


def _in_addresses(text: str) -> set[int]:
    """Indexes of the characters of web and mail addresses."""
    if "://" not in text and "www." not in text and "@" not in text:
        return set()
    address = r"(?a:[A-Za-z][A-Za-z0-9+.-]*://|www\.|[\w.+-]+@(?=[A-Za-z0-9]))[!-~]*[0-9A-Za-z/#=&_~-]"
    return {i for match in re.finditer(address, text) for i in range(*match.span())}


def _between_digits(text: str, index: int) -> bool:
    return 0 < index < len(text) - 1 and text[index - 1] in "0123456789" and text[index + 1] in "0123456789"


def _turns(text: str, index: int) -> bool:
    if _between_digits(text, index):
        return False
    before = _beside(text, index, -1)
    # 95.3%,69.4%: after a percentage it cannot be a thousands separator
    return _is_han(before) or before in ("%", "‰") or _is_han(_beside(text, index, 1))


def _brackets(text: str, kept: set[int]) -> list[tuple[int, int]]:
    """Index pairs of ASCII brackets, inner ones first; a lone bracket belongs to no pair."""
    pairs, open_at = [], []
    for index, char in enumerate(text):
        if index in kept:
            continue
        if char == "(":
            open_at.append(index)
        elif char == ")" and open_at:
            pairs.append((open_at.pop(), index))
    return pairs


def _bracket_turns(text: str, opening: int, closing: int) -> bool:
    if _has_han(text[opening:closing]):
        return True
    if text[opening - 1 : opening].isascii() and text[opening - 1 : opening].isalnum():
        return False  # f(x), NB(IoT)
    return _is_han(_beside(text, opening, -1)) or _is_han(_beside(text, closing, 1))


def _pair_line(line: str) -> str:
    places = [i for i, char in enumerate(line) if char in _QUOTES]
    straight = [i for i in places if line[i] in '"＂']
    if not places or len(places) % 2 or not _has_han(line) or (not straight and _balanced(line)):
        return line
    chars = list(line)
    for i, quote in zip(places, cycle("“”"), strict=False):
        if quote == "“" and i in straight and line[i - 1 : i].isdigit():
            return line
        chars[i] = quote
    return "".join(chars)


def _balanced(line: str) -> bool:
    depth = 0
    for char in line:
        depth += {"“": 1, "”": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0


def _strongest(match: re.Match[str]) -> str:
    run = match[0]
    return "".join(char for char in run if char in "！？") or max(run, key=_STRENGTH.index)

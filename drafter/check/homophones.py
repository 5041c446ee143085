"""Set phrases in which one character was taken for another that sounds or looks like it: 监督官理, 贯彻洛实."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from operator import add
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, Hit, Level
from drafter.check.lexicon import LEAST, Lexicon, lexicon

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["misspelt"]

_FEW = 40
_LONG = 6
_PARTICLES = frozenset(
    "的地得了着过去来在是有不就也都和与及或到为以而之其里上下中内外前后时即将再又已均"
    "可会应须由从对于被把让使但若该本各每某全未无重零一二两三四五六七八九十百千万亿"
)


def misspelt(text: Text, _: Settings) -> Iterator[Hit]:
    """A phrase with one character that sounds or looks like the right one, and that does not fit its neighbours.

    Where it might belong to one of its two neighbours, or only a word of two stands there, the finding is a warning.
    """
    words = lexicon()
    doubtful = words.doubtful(text.pairs)
    suspected = _suspects(doubtful, text.pairs, words)
    suspects = [(phrase[:at] + wrong + phrase[at + 1 :], phrase, at) for phrase, at, wrong in suspected]
    suspects = [each for each in suspects if text.has(each[0]) and not _halved(each[0], each[2], words)]
    strange = _strange(doubtful, words)
    places = _places(text, strange | {_anchor(variant, at) for variant, _, at in suspects})
    seen: set[int] = set()
    for variant, phrase, at in sorted(suspects, key=lambda each: (-len(each[0]), each)):
        beside = [variant[at - 1 : at + 1]] * (at > 0) + [variant[at : at + 2]] * (at + 1 < len(variant))
        level = Level.WARNING if any(map(words.legal, beside)) else None
        for found in places.get(_anchor(variant, at), ()):
            start = found - max(0, at - 1)
            if start < 0 or start + at in seen or not text.prose.startswith(variant, start):
                continue
            if not (_elsewhere(text.prose, start, variant, at, words) or _listed(variant, at)):
                seen.add(start + at)
                edit = Edit(start + at, start + at + 1, phrase[at])
                yield Hit(start, start + len(phrase), edits=(edit,), level=level)
    for pair in sorted(strange & places.keys()):
        yield from _lone(text.prose, pair, places[pair], words, seen)


def _halved(variant: str, at: int, words: Lexicon) -> bool:
    """Whether the wrong character makes a word of two with its half of four: 工作 回报, 工会 智能."""
    half = at // 2 * 2
    return len(variant) == LEAST and words.legal(variant[half : half + 2])


def _anchor(variant: str, at: int) -> str:
    """The pair of characters by which a wrong phrase is looked for."""
    return variant[max(0, at - 1) : max(0, at - 1) + 2]


def _places(text: Text, pairs: set[str]) -> dict[str, list[int]]:
    """Where pairs of characters stand: each by itself where they are few, else in one pass."""
    if len(pairs) <= _FEW:
        return {pair: list(text.find(pair)) for pair in pairs}
    places: dict[str, list[int]] = defaultdict(list)
    for at, pair in enumerate(map(add, text.prose, text.prose[1:])):
        if pair in pairs:
            places[pair].append(at)
    return places


def _lone(prose: str, pair: str, places: list[int], words: Lexicon, seen: set[int]) -> Iterator[Hit]:
    """A word of two characters beside a right one, with a wrong character that is strange to both its neighbours."""
    for start in places:
        before, after = prose[max(0, start - 2) : start], prose[start + 2 : start + 4]
        right = set()
        if before in words.halves and not words.legal(pair[1] + after[:1]):
            right |= {(1, char) for char in words.alike(pair[1]) if pair[0] + char in words.halves}
        if after in words.halves and not words.legal(before[-1:] + pair[0]):
            right |= {(0, char) for char in words.alike(pair[0]) if char + pair[1] in words.halves}
        right = {each for each in right if pair[each[0]] not in _PARTICLES}
        if len(right) == 1:
            which, char = right.pop()
            at = start + which
            if at not in seen and not _listed(before + pair + after, len(before) + which):
                seen.add(at)
                yield Hit(start, start + 2, edits=(Edit(at, at + 1, char),), level=Level.WARNING)


def _strange(doubtful: list[str], words: Lexicon) -> set[str]:
    """The pairs that no word has, and that one other character would make a half of phrases."""
    return {
        pair
        for pair in doubtful
        if not words.legal(pair)
        and (_either(words.ends, pair[0], words.alike(pair[1])) or _either(words.starts, pair[1], words.alike(pair[0])))
    }


def _either(table: dict[str, str], char: str, alike: str) -> list[str]:
    """The characters that a table has for one, and that are like another."""
    return [each for each in table.get(char, "") if each in alike]


def _elsewhere(prose: str, start: int, variant: str, at: int, words: Lexicon) -> bool:
    """Whether a wrong character at the edge belongs to the word beside the phrase: 责任制 督促."""
    if at == 0:
        return start > 0 and words.legal(prose[start - 1 : start + 1])
    return at == len(variant) - 1 and words.legal(prose[start + at : start + at + 2])


def _listed(variant: str, at: int) -> bool:
    """Whether another rule on words knows the wrong character."""
    from drafter.check.rule import rulebook

    for rule in rulebook().rules:
        if rule.id[0] != "W" or rule.function:
            continue
        wrongs = [re.escape(each) for each, _ in rule.rows if each in variant] if rule.table else []
        wrongs += [rule.find] if rule.find else []
        if any(m.start() <= at < m.end() for wrong in wrongs for m in re.finditer(wrong, variant)):
            return True
    return False


def _suspects(doubtful: list[str], pairs: frozenset[str], words: Lexicon) -> set[tuple[str, int, str]]:
    """(phrase, place of the wrong character in it, wrong character): the text may have it so.

    In each doubtful pair one character may be wrong: there must be a phrase in which a character like it stands beside
    its neighbour. The wrong one must be strange to its neighbours, or to one of two where it stands within the phrase.
    """
    found: set[tuple[str, int, str]] = set()
    strangers = words.strangers(pairs) if doubtful else {}
    for pair in doubtful:
        left, right = pair[0], pair[1]
        found.update(_within(pair, pairs, strangers.get(right, ""), words))
        if not words.legal(pair):
            for better in _either(words.openers, right, words.alike(left)):
                found.update((phrase, 0, left) for phrase in words.opened(better + right))
    return found


def _within(pair: str, pairs: frozenset[str], strangers: str, words: Lexicon) -> Iterator[tuple[str, int, str]]:
    """The phrases in which the second of a pair may be wrong: at the end, or with the next character that is there.

    `strangers` follow it somewhere in the text, and in no word.
    """
    left, wrong = pair[0], pair[1]
    strange = not words.legal(pair)
    for better in _either(words.followers, left, words.alike(wrong)):
        if not (strange or _either(words.followers, better, strangers)):
            continue
        for phrase in words.holders(left + better):
            at = phrase.find(left + better) + 1
            following = wrong + phrase[at + 1 : at + 2]
            if len(following) < 2:
                enough = len(phrase) >= (LEAST if strange else _LONG + 1)
            else:
                doubtful = strange + (not words.legal(following)) > (len(phrase) < LEAST)
                enough = following in pairs and (doubtful or len(phrase) >= _LONG)
            if enough:
                yield phrase, at, wrong

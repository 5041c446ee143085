"""Set phrases in which one character was taken for another that sounds or looks like it: 监督官理, 贯彻洛实."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, Hit, Level

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["Lexicon", "lexicon", "misspelt"]

_DATA = Path(__file__).parent / "rules"
_FEW = 40
_LEAST = 4
_OFTEN = 200
_PARTICLES = frozenset("的地得了着过去来在是有不就也都和与及或到为以而之其里上下中内外前后时")


class _Holders(dict[str, tuple[str, ...]]):
    """The phrases that hold a pair of characters; looked up when asked for, all at once when asked for often."""

    def __init__(self, phrases: list[str]) -> None:
        self._phrases = phrases
        self._joined = "\n".join(["", *phrases, ""])

    def __missing__(self, pair: str) -> tuple[str, ...]:
        if len(self) > _OFTEN and self._phrases:
            self._fill()
            return self.get(pair, ())
        joined, found = self._joined, []
        at = joined.find(pair)
        while at >= 0:
            end = joined.index("\n", at)
            found.append(joined[joined.rindex("\n", 0, at) + 1 : end])
            at = joined.find(pair, end)
        self[pair] = phrases = tuple(found)
        return phrases

    def _fill(self) -> None:
        held: dict[str, list[str]] = defaultdict(list)
        for phrase in self._phrases:
            for pair in map(add, phrase, phrase[1:]):
                held[pair].append(phrase)
        self.update((pair, tuple(phrases)) for pair, phrases in held.items())
        self._phrases = []


class _Wrong(dict[str, str]):
    """For a character those that stand beside it in phrases and all that are like them; worked out when asked for."""

    def __init__(self, beside: dict[str, set[str]], groups: dict[str, str]) -> None:
        self._beside, self._groups = beside, groups

    def __missing__(self, char: str) -> str:
        self[char] = found = "".join({self._groups[each] for each in self._beside.get(char, ())})
        return found


class Lexicon:
    """Set phrases, and what may be wrong in them.

    phrases    of four and more characters
    pairs      the pairs of neighbours in them, and in words of three
    holders    the phrases and words that hold a pair
    followers  the characters that follow one in a phrase
    openers    the characters that open a phrase before one
    wrong_after, wrong_before  the same with all characters that are like them
    halves     words of two characters that make up several phrases
    wrong_end, wrong_start     what is like the second (first) character of halves that have the other
    """

    def __init__(self) -> None:
        phrases = _lines("own-phrases.txt")
        for line in _lines("phrases.txt"):
            head, _, tails = line.partition("：")
            phrases += [head + tail for tail in tails.split()]
        self.phrases = frozenset(phrases)
        threes = " ".join(_lines("words-of-three.txt")).split()
        joined = "\n".join([*phrases, *threes])
        self.pairs = {pair for pair in set(map(add, joined, joined[1:])) if "\n" not in pair}
        self.holders = _Holders([*self.phrases, *threes])
        self.followers: dict[str, set[str]] = defaultdict(set)
        for pair in self.pairs:
            self.followers[pair[0]].add(pair[1])
        self.openers: dict[str, set[str]] = defaultdict(set)
        for phrase in phrases:
            self.openers[phrase[1]].add(phrase[0])
        self._groups: dict[str, str] = defaultdict(str)
        for line in _lines("confusions.txt"):
            group = line.partition(" ")[2]
            for char in group:
                self._groups[char] += group
        self._legal = {line[0]: line[1:] for line in _lines("legal-pairs.txt")}
        halves = Counter(half for phrase in self.phrases if len(phrase) == 4 for half in (phrase[:2], phrase[2:]))
        self.halves = {half for half, count in halves.items() if count > 1}
        ends: dict[str, set[str]] = defaultdict(set)
        starts: dict[str, set[str]] = defaultdict(set)
        for half in self.halves:
            ends[half[0]].add(half[1])
            starts[half[1]].add(half[0])
        self.wrong_end, self.wrong_start = _Wrong(ends, self._groups), _Wrong(starts, self._groups)
        self._alike: dict[str, frozenset[str]] = {}
        self.wrong_after = _Wrong(self.followers, self._groups)
        self.wrong_before = _Wrong(self.openers, self._groups)

    def alike(self, char: str) -> frozenset[str]:
        """The characters that sound or look like one."""
        if char not in self._alike:
            self._alike[char] = frozenset(self._groups.get(char, "")) - {char}
        return self._alike[char]

    def opened(self, pair: str) -> list[str]:
        """The phrases that begin with a pair of characters."""
        return [phrase for phrase in self.holders[pair] if len(phrase) >= _LEAST and phrase.startswith(pair)]

    def legal(self, pair: str) -> bool:
        """Whether two characters stand beside each other in other words, or in a phrase."""
        return len(pair) == 2 and (pair in self.pairs or pair[1] in self._legal.get(pair[0], ""))


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with drafter, read on first use."""
    return Lexicon()


def _lines(name: str) -> list[str]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]


def misspelt(text: Text, _: Settings) -> Iterator[Hit]:
    """A phrase with one character that sounds or looks like the right one, and that does not fit its neighbours.

    Where it might belong to one of its two neighbours, or only a word of two stands there, the finding is a warning.
    """
    words = lexicon()
    suspects = [(phrase[:at] + wrong + phrase[at + 1 :], phrase, at) for phrase, at, wrong in _suspects(text, words)]
    suspects = [each for each in suspects if text.has(each[0])]
    strange = _strange(text.pairs, words)
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


def _strange(pairs: frozenset[str], words: Lexicon) -> set[str]:
    """The pairs that no word has, and that one other character would make a half of phrases."""
    end, start = words.wrong_end, words.wrong_start
    return {
        pair
        for pair in pairs - words.pairs
        if (pair[1] in end[pair[0]] or pair[0] in start[pair[1]]) and not words.legal(pair)
    }


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
        wrongs = (
            [rule.find] if rule.find else [re.escape(entry.wrong) for entry in rule.entries if entry.wrong in variant]
        )
        if any(m.start() <= at < m.end() for wrong in wrongs for m in re.finditer(wrong, variant)):
            return True
    return False


def _suspects(text: Text, words: Lexicon) -> set[tuple[str, int, str]]:
    """(phrase, place of the wrong character in it, wrong character): the text may have it so.

    The pairs of neighbours of the text are known already. In each of them one character may be wrong: there must be a
    phrase in which a character like it stands beside its neighbour. The wrong one must be strange to its neighbours,
    or to one of two where it stands within the phrase.
    """
    found: set[tuple[str, int, str]] = set()
    after, before = words.wrong_after, words.wrong_before
    for pair in text.pairs - words.pairs:
        left, right = pair[0], pair[1]
        if right in after[left]:
            found.update(_within(pair, text.pairs, words))
        if left in before[right] and not words.legal(pair):
            for better in words.openers[right] & words.alike(left):
                found.update((phrase, 0, left) for phrase in words.opened(better + right))
    return found


def _within(pair: str, pairs: frozenset[str], words: Lexicon) -> Iterator[tuple[str, int, str]]:
    """The phrases in which the second of a pair may be wrong: at the end, or with the next character that is there."""
    left, wrong = pair[0], pair[1]
    strange = not words.legal(pair)
    for better in words.followers[left] & words.alike(wrong):
        for phrase in words.holders[left + better]:
            at = phrase.find(left + better) + 1
            following = wrong + phrase[at + 1 : at + 2]
            if len(following) < 2:
                enough = strange and len(phrase) >= _LEAST
            else:
                enough = following in pairs and strange + (not words.legal(following)) > (len(phrase) < _LEAST)
            if enough:
                yield phrase, at, wrong

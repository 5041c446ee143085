"""Set phrases in which one character was taken for another that sounds or looks like it: 监督官理, 贯彻洛实."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, Hit

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["Lexicon", "lexicon", "misspelt"]

_DATA = Path(__file__).parent / "rules"
_FEW = 40


class _Holders(dict[str, tuple[str, ...]]):
    """The phrases that hold a pair of characters; looked up when asked for."""

    def __init__(self, joined: str) -> None:
        self._joined = joined

    def __missing__(self, pair: str) -> tuple[str, ...]:
        joined, found = self._joined, []
        at = joined.find(pair)
        while at >= 0:
            end = joined.index("\n", at)
            found.append(joined[joined.rindex("\n", 0, at) + 1 : end])
            at = joined.find(pair, end)
        self[pair] = phrases = tuple(found)
        return phrases


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
    pairs      the pairs of neighbours in them
    holders    the phrases that hold a pair
    followers  the characters that follow one in a phrase
    openers    the characters that open a phrase before one
    wrong_after, wrong_before  the same with all characters that are like them
    """

    def __init__(self) -> None:
        phrases = _lines("own-phrases.txt")
        for line in _lines("phrases.txt"):
            head, _, tails = line.partition("：")
            phrases += [head + tail for tail in tails.split()]
        self.phrases = frozenset(phrases)
        joined = "\n".join(["", *phrases, ""])
        self.pairs = {pair for pair in set(map(add, joined, joined[1:])) if "\n" not in pair}
        self.holders = _Holders(joined)
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
        self._alike: dict[str, frozenset[str]] = {}
        self.wrong_after = _Wrong(self.followers, self._groups)
        self.wrong_before = _Wrong(self.openers, self._groups)

    def alike(self, char: str) -> frozenset[str]:
        """The characters that sound or look like one."""
        if char not in self._alike:
            self._alike[char] = frozenset(self._groups.get(char, "")) - {char}
        return self._alike[char]

    def legal(self, pair: str) -> bool:
        """Whether two characters stand beside each other in other words, or in a phrase."""
        return pair in self.pairs or pair[1] in self._legal.get(pair[0], "")


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with drafter, read on first use."""
    return Lexicon()


def _lines(name: str) -> list[str]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]


def misspelt(text: Text, _: Settings) -> Iterator[Hit]:
    """A phrase with one character that sounds or looks like the right one, and that fits neither of its neighbours."""
    words = lexicon()
    suspects = [(phrase[:at] + wrong + phrase[at + 1 :], phrase, at) for phrase, at, wrong in _suspects(text, words)]
    if len(suspects) > _FEW:
        grams = _grams(text.prose)
        suspects = [each for each in suspects if _grams(each[0]) <= grams]
    seen: set[int] = set()
    for variant, phrase, at in sorted(suspects, key=lambda each: (-len(each[0]), each)):
        for start in text.find(variant):
            if start + at not in seen:
                seen.add(start + at)
                yield Hit(start, start + len(phrase), edits=(Edit(start + at, start + at + 1, phrase[at]),))


def _grams(string: str) -> set[int]:
    """Every four code units that stand in a row, each as one number."""
    units = memoryview(string.encode("utf-16-le"))
    found: set[int] = set()
    for offset in range(0, 8, 2):
        found.update(units[offset : offset + (len(units) - offset) // 8 * 8].cast("Q"))
    return found


def _suspects(text: Text, words: Lexicon) -> set[tuple[str, int, str]]:
    """(phrase, place of the wrong character in it, wrong character): the text may have it so.

    The pairs of neighbours of the text are known already. In each of them one character may be wrong: there must be a
    phrase in which a character like it stands beside its neighbour, and the text must have the other pairs of this
    phrase, too.
    """
    found: set[tuple[str, int, str]] = set()
    after, before, pairs = words.wrong_after, words.wrong_before, text.pairs
    for pair in pairs:
        left, right = pair[0], pair[1]
        if right in after[left] and not words.legal(pair):
            for better in words.followers[left] & words.alike(right):
                for phrase in words.holders[left + better]:
                    at = phrase.find(left + better) + 1
                    beside = right + phrase[at + 1 : at + 2]
                    if len(beside) < 2 or (beside in pairs and not words.legal(beside)):
                        found.add((phrase, at, right))
        if left in before[right] and not words.legal(pair):
            for better in words.openers[right] & words.alike(left):
                found.update(
                    (phrase, 0, left) for phrase in words.holders[better + right] if phrase.startswith(better + right)
                )
    return {each for each in found if text.has(each[0][: each[1]] + each[2] + each[0][each[1] + 1 :])}

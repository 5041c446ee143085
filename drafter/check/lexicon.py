"""Set phrases, characters that sound or look alike, and what follows from them for a pair of neighbours.

All of it is worked out once and stored: reading the lists takes longer than checking a speech.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from operator import add
from pathlib import Path
from typing import Any

from drafter.check.stored import stored

__all__ = ["LEAST", "Lexicon", "lexicon"]

LEAST = 4
"""Characters of the shortest phrase; shorter ones are words."""

_DATA = Path(__file__).parent / "rules"
_FILES = ("own-phrases.txt", "phrases.txt", "words-of-three.txt", "confusions.txt", "legal-pairs.txt")
_OFTEN = 200


class Lexicon:
    """Set phrases, and what may be wrong in them; dictionaries of a character give characters in one string.

    followers  the characters that follow one in a phrase, or in a word of three
    openers    the characters that open a phrase before one
    ends       the characters that follow one in halves (words of two that make up several phrases)
    starts     the characters that stand before one in halves
    halves     all of these
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.followers: dict[str, str] = data["followers"]
        self.openers: dict[str, str] = data["openers"]
        self.ends: dict[str, str] = data["ends"]
        self.starts: dict[str, str] = data["starts"]
        self.halves: frozenset[str] = data["halves"]
        self._joined: str = data["phrases"]
        self._alike: dict[str, str] = data["alike"]
        self._legal: dict[str, str] = data["legal"]
        self._doubtful: dict[str, str] = data["doubtful"]
        self._holders: dict[str, tuple[str, ...]] = {}
        self._filled = False

    @cached_property
    def phrases(self) -> frozenset[str]:
        return frozenset(phrase for phrase in self._joined.split("\n") if len(phrase) >= LEAST)

    def alike(self, char: str) -> str:
        """The characters that sound or look like one."""
        return self._alike.get(char, "")

    def legal(self, pair: str) -> bool:
        """Whether two characters stand beside each other in other words, or in a phrase."""
        return len(pair) == 2 and pair[1] in self._legal.get(pair[0], "")

    def doubtful(self, pairs: Iterable[str]) -> list[str]:
        """Those pairs of neighbours that no phrase has, and that one other character would make a pair of a phrase."""
        known = self._doubtful.get
        return [pair for pair in pairs if pair[1] in known(pair[0], "")]

    def strangers(self, pairs: Iterable[str]) -> dict[str, str]:
        """The pairs that are not legal: for the first character all second ones."""
        legal = self._legal.get
        found: dict[str, str] = defaultdict(str)
        for pair in pairs:
            if pair[1] not in legal(pair[0], ""):
                found[pair[0]] += pair[1]
        return found

    def opened(self, pair: str) -> list[str]:
        """The phrases that begin with a pair of characters."""
        return [phrase for phrase in self.holders(pair) if len(phrase) >= LEAST and phrase.startswith(pair)]

    def holders(self, pair: str) -> tuple[str, ...]:
        """The phrases and words that hold a pair; looked up when asked for, all at once when asked for often."""
        if pair not in self._holders and not self._filled:
            if len(self._holders) > _OFTEN:
                self._fill()
            else:
                self._holders[pair] = tuple(self._search(pair))
        return self._holders.get(pair, ())

    def _search(self, pair: str) -> Iterable[str]:
        joined = self._joined
        at = joined.find(pair)
        while at >= 0:
            end = joined.index("\n", at)
            yield joined[joined.rindex("\n", 0, at) + 1 : end]
            at = joined.find(pair, end)

    def _fill(self) -> None:
        held: dict[str, list[str]] = defaultdict(list)
        for phrase in self._joined.split("\n"):
            for pair in map(add, phrase, phrase[1:]):
                held[pair].append(phrase)
        self._holders = {pair: tuple(phrases) for pair, phrases in held.items()}
        self._filled = True


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with drafter."""
    return Lexicon(stored("lexicon", [Path(__file__), *(_DATA / name for name in _FILES)], _worked_out))


def _worked_out() -> dict[str, Any]:
    phrases = _lines("own-phrases.txt")
    for line in _lines("phrases.txt"):
        head, _, tails = line.partition("：")
        phrases += [head + tail for tail in tails.split()]
    phrases = sorted(set(phrases))
    threes = " ".join(_lines("words-of-three.txt")).split()
    counts = Counter(half for phrase in phrases if len(phrase) == LEAST for half in (phrase[:2], phrase[2:]))
    halves = {half for half, count in counts.items() if count > 1}
    groups: dict[str, set[str]] = defaultdict(set)
    for line in _lines("confusions.txt"):
        group = line.partition(" ")[2]
        for char in group:
            groups[char].update(group)
    followers = _table(pair for phrase in [*phrases, *threes] for pair in map(add, phrase, phrase[1:]))
    openers = _table(phrase[1::-1] for phrase in phrases)
    ends, starts = _table(halves), _table(half[::-1] for half in halves)
    legal = _table([*(line[0] + char for line in _lines("legal-pairs.txt") for char in line[1:])])
    doubtful: dict[str, set[str]] = defaultdict(set)
    for left, right in followers.items():
        doubtful[left].update(*(groups[char] for char in right))
    for second, firsts in [*openers.items(), *starts.items()]:
        for left in set[str]().union(*(groups[char] for char in firsts)):
            doubtful[left].add(second)
    return {
        "phrases": "\n".join(["", *phrases, *threes, ""]),
        "followers": _joined(followers),
        "openers": _joined(openers),
        "ends": _joined(ends),
        "starts": _joined(starts),
        "halves": frozenset(halves),
        "alike": _joined({char: each - {char} for char, each in groups.items()}),
        "legal": _joined({left: legal[left] | followers[left] for left in {*legal, *followers}}),
        "doubtful": _joined({left: each - followers[left] for left, each in doubtful.items()}),
    }


def _table(pairs: Iterable[str]) -> dict[str, set[str]]:
    table: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        table[pair[0]].add(pair[1])
    return table


def _joined(table: Mapping[str, set[str]]) -> dict[str, str]:
    return {char: "".join(sorted(others)) for char, others in table.items()}


def _lines(name: str) -> list[str]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]

"""What the compositions of one library share: marks, plans, and patterns rendered with the very same values.

In a batch most paragraphs come again and again: their patterns print nothing that differs between the briefs.
A passage is known by its pattern, the values of the names that the template mentions, and how often the pattern
stood in the speech before. Each of the tables is bounded, so a process that composes for ever does not grow.
"""

from __future__ import annotations

import marshal
import re
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from drafter.compose.marked import Listing, Marks, read
from drafter.compose.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from drafter.compose.plan import Plan
    from drafter.library import JsonSchema, Library, Pattern, Variant

__all__ = ["Memo", "Recent", "listing", "memo_of"]

_PASSAGES = 512
_OTHERS = 2048
_MOST_MARKS = 10_000
_IDENTIFIER = re.compile(r"(?<![\w.])[^\W\d]\w*")

V = TypeVar("V")


class Recent(OrderedDict["Hashable", V], Generic[V]):
    """The values used last, at most `limit` of them."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def find(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value of a key, made where it is not there."""
        try:
            self.move_to_end(key)
            return self[key]
        except KeyError:
            value = self[key] = make()
            if len(self) > self._limit:
                self.popitem(last=False)
            return value


class Memo:
    """The tables of one library in one thread."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.plans: Recent[Plan] = Recent(_OTHERS)
        self.topics: Recent[dict[str, Any] | None] = Recent(_OTHERS)
        self.variants: Recent[list[Variant]] = Recent(_OTHERS)
        self.schemas: dict[int, tuple[JsonSchema, str, JsonSchema]] = {}  # those of the library
        self._passages: Recent[Passage] = Recent(_PASSAGES)
        self._mentioned: dict[str, frozenset[str]] = {}

    def passage(self, library: Library, pattern: Pattern, context: Mapping[str, Any], before: int) -> Passage:
        """A pattern rendered with `context` and read; `before`: how often the speech has used it already.

        Two uses in one speech are two passages, since each has optional parts of its own.
        """

        def make() -> Passage:
            return Passage(read(library.render(pattern, context), self.marks, listing(pattern)))

        names = self._mentioned.get(pattern.id) or self._names(library, pattern)
        try:
            # version 2 writes equal values as equal bytes
            values = marshal.dumps({name: value for name, value in context.items() if name in names}, 2)
        except ValueError:  # not plain data, which rendering will refuse or copy
            return make()
        return self._passages.find((pattern.id, before, values), make)

    def _names(self, library: Library, pattern: Pattern) -> frozenset[str]:
        """Every word that may be a name of the context in the template, or in a file that the template names."""
        sources = library.sources(pattern.pack)
        text = sources[pattern.file].split("\n", pattern.line - 1)[-1]
        named, waiting = {pattern.file}, [text]
        found: set[str] = {*pattern.slots, "措辞"}
        while waiting:
            text = waiting.pop()
            found.update(_IDENTIFIER.findall(text))
            others = {name for name in sources if name not in named and name in text}
            named |= others
            waiting += [sources[name] for name in others]
        names = self._mentioned[pattern.id] = frozenset(found)
        return names


class _Memos(threading.local):
    """A table for each thread: marks are given out without a lock."""

    def __init__(self) -> None:
        self.of: WeakKeyDictionary[Library, Memo] = WeakKeyDictionary()


_memos = _Memos()


def memo_of(library: Library) -> Memo:
    """What earlier compositions with this library have left; begun anew where it holds too many origins."""
    memo = _memos.of.get(library)
    if memo is None or len(memo.marks.entries) > _MOST_MARKS:
        memo = _memos.of[library] = Memo()
    return memo


def listing(pattern: Pattern) -> Listing:
    """What a pattern says of its items."""
    return Listing(pattern.id, pattern.list, pattern.layout)

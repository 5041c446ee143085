"""Text that knows where each of its characters stood in the source.

Cleaning deletes, replaces, joins and splits. Every character keeps the offset of the source character
that it comes from, so that any later stretch can be named by its line, and a test can prove that nothing
was lost without an entry in the report.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = ["LineMap", "Traced"]


@dataclass(frozen=True, slots=True)
class Traced:
    """`at[i]` is the offset in the source of the character that `text[i]` comes from."""

    text: str
    at: tuple[int, ...]

    @classmethod
    def whole(cls, text: str, start: int = 0) -> Traced:
        return cls(text, tuple(range(start, start + len(text))))

    @classmethod
    def joined(cls, parts: Iterable[Traced]) -> Traced:
        pieces = tuple(parts)
        return cls("".join(piece.text for piece in pieces), tuple(at for piece in pieces for at in piece.at))

    def __len__(self) -> int:
        return len(self.text)

    @property
    def start(self) -> int:
        """Offset of the first character; -1 for an empty text."""
        return self.at[0] if self.at else -1

    def cut(self, start: int, end: int | None = None) -> Traced:
        return Traced(self.text[start:end], self.at[start:end])

    def strip(self) -> Traced:
        left = len(self.text) - len(self.text.lstrip(_BLANK))
        return self.cut(left, max(left, len(self.text.rstrip(_BLANK))))

    def put(self, start: int, end: int, text: str) -> Traced:
        """`text` in the place of a stretch; of equal length, each character keeps its own offset."""
        if len(text) == end - start:
            at = self.at[start:end]
        else:
            anchor = self.at[min(start, len(self.at) - 1)] if self.at else 0
            at = (anchor,) * len(text)
        return Traced(self.text[:start] + text + self.text[end:], self.at[:start] + at + self.at[end:])

    def sub(self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], str | None]) -> Traced:
        """Each match replaced by what `make` returns; None leaves it as it is."""
        pieces: list[Traced] = []
        start = 0
        for match in pattern.finditer(self.text):
            text = make(match)
            if text is None or text == match[0]:
                continue
            pieces += (self.cut(start, match.start()), self.cut(*match.span()).put(0, len(match[0]), text))
            start = match.end()
        return Traced.joined([*pieces, self.cut(start)]) if pieces else self


_BLANK = " \t\r\n\f\v\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"


class LineMap:
    """From offsets in a text to its lines and columns, both from 1."""

    def __init__(self, starts: Iterable[int]) -> None:
        self._starts = tuple(starts)

    def line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def column(self, offset: int) -> int:
        return offset - self._starts[self.line(offset) - 1] + 1

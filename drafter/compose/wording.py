"""Which variant (措辞) of a pattern and which alternative of a topic: fixed by the brief, moved by its seed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from drafter.compose.memo import Recent
    from drafter.library import Pattern, Variant

__all__ = ["Wordings"]

T = TypeVar("T")


class Wordings:
    """Choices that depend only on the seed and the names of what is chosen, never on order or time."""

    def __init__(self, seed: str, tone: str, audience: str, variants: Recent[list[Variant]]) -> None:
        """`variants` keeps what fits which tone and audience, for this composition and others."""
        self.seed, self.tone, self.audience, self._variants = seed, tone, audience, variants
        self._heading_key: str | None = None
        self.turn = self._number("turn") if seed else 0

    def align(self, headings: Iterable[Pattern]) -> None:
        """Give the headings of one speech one variant key, so that siblings keep one shape."""
        shared = [{variant.key for variant in self._fitting(pattern)} for pattern in headings]
        keys = sorted(set.intersection(*shared)) if shared else []
        self._heading_key = self._pick("heading", keys) if keys else None

    def variant(self, pattern: Pattern, occurrence: int = 0, asked: str | Mapping[str, str] = "") -> str:
        """The key of the variant to use; "" for a pattern with one wording only.

        asked  what the brief wants: a key, or keys by name of the pattern; a key that a pattern lacks is passed over
        """
        if isinstance(asked, Mapping):
            asked = next((asked[name] for name in (pattern.id, pattern.title, pattern.code) if name in asked), "")
        fitting = self._fitting(pattern)
        if not fitting:
            return ""
        if any(variant.key == asked for variant in pattern.variants):
            return asked
        if pattern.function == "heading" and any(v.key == self._heading_key for v in fitting):
            return self._heading_key or ""
        if len(fitting) == 1:
            return fitting[0].key
        return fitting[(self._number(pattern.id) + occurrence) % len(fitting)].key

    def alternative(self, name: str, options: Sequence[T]) -> T:
        """One of the alternative wordings; siblings asked for under one name get the same index."""
        return options[self._number(name) % len(options)]

    def _fitting(self, pattern: Pattern) -> list[Variant]:
        """The variants for this tone and audience; all of them where none is made for it."""
        return self._variants.find((pattern.id, self.tone, self.audience), lambda: self._fits(pattern))

    def _fits(self, pattern: Pattern) -> list[Variant]:
        fits = [
            variant
            for variant in pattern.variants
            if (not variant.tones or self.tone in variant.tones)
            and (not variant.audiences or self.audience in variant.audiences)
        ]
        exact = [variant for variant in fits if variant.tones]
        return exact or fits or list(pattern.variants)

    def _pick(self, name: str, options: Sequence[T]) -> T:
        return options[self._number(name) % len(options)]

    def _number(self, name: str) -> int:
        return zlib.crc32(f"{self.seed}\n{name}".encode())

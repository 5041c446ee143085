"""Short names: used before they are introduced (O021)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Hit
from drafter.check.lazy import lazy

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["short_names"]

_INTRODUCED = lazy(r"（(?:以下(?:统|合)?(?:简)?|简)称(?:为|：)?“?([^“”（）\n、，]{2,12})”?）")
_KNOWN = {"全总": "中华全国总工会", "人社部": "人力资源和社会保障部"}


def short_names(text: Text, _: Settings) -> Iterator[Hit]:
    """O021: a short form that stands before its full name or before 以下简称."""
    introduced: dict[str, int] = {}
    if text.has("以下") or text.has("简称"):
        for match in _INTRODUCED.finditer(text.prose):
            introduced.setdefault(match[1], match.start(1))
    for short, full in _KNOWN.items():
        if short not in introduced and (at := next(text.find(full), -1)) >= 0:
            introduced[short] = at
    for short, at in introduced.items():
        first = _first(text, short, at)
        if first is not None:
            yield Hit(first, first + len(short), f"“{short}”在后面才出现全称，第一次出现时应先写全称")


def _first(text: Text, short: str, before: int) -> int | None:
    """The first place of a short form before another place, titles left out."""
    title_end = text.bounds(0)[1] if text.lines else 0
    for start in text.find(short):
        if start >= before:
            return None
        if start >= title_end and not text.titled.touch(start, start + len(short)):
            return start
    return None

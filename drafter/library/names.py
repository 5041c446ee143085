"""What was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["near"]


def near(name: str, known: Iterable[str]) -> str:
    """A hint 是不是「…」？ with the closest of the known names, "" where none is close."""
    from difflib import get_close_matches  # only needed once something is wrong

    found = get_close_matches(name, dict.fromkeys(known), n=1, cutoff=0.5)
    return f"是不是「{found[0]}」？" if found else ""

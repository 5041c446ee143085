"""A line as the rules see it: simplified glyphs, half-width marks, no readings in brackets."""

from __future__ import annotations

from drafter.read._pinyin import ANNOTATION, is_reading
from drafter.read._script import simplify

__all__ = ["view"]

_HALF = str.maketrans("，：；！？（）．　\u00a0【】", ",:;!?().  【】")


def view(text: str) -> str:
    return simplify(ANNOTATION.sub(lambda match: "" if is_reading(match[1]) else match[0], text)).translate(_HALF)

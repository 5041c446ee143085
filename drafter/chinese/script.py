"""Traditional characters and the simplified ones for them, character by character (the words stay).

OpenCC's table is loaded only for a text that holds a character which GB 2312 lacks.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

__all__ = ["ALSO_SIMPLIFIED", "may_be_traditional", "simplified", "traditional"]

ALSO_SIMPLIFIED = frozenset("乾著於餘藉徵鍾覆麼夥採瞭讎甯噁濛矇彷佔佈")
"""Traditional characters that simplified texts use too, some in names."""

_NAMES = frozenset("昇陞甦祕谿")
"""Variants that are standard in names since the table of 2013, or written in old ones."""


def may_be_traditional(character: str) -> bool:
    """Whether GB 2312 lacks the character, or has it although it is a traditional form as well."""
    if not ("\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"):
        return False
    return character in ALSO_SIMPLIFIED or not _in_gb2312(character)


def simplified(text: str) -> str:
    """The text in simplified glyphs (OpenCC t2s)."""
    converted: str = _converter().convert(text)
    return converted


def traditional(characters: Iterable[str]) -> dict[str, str]:
    """Those of the characters that are traditional in any text, with the simplified one for each."""
    string = "".join(characters)
    strange = set(string) - set(string.encode("gb2312", "ignore").decode("gb2312"))
    strange = {each for each in strange if may_be_traditional(each)} - ALSO_SIMPLIFIED - _NAMES
    if not strange:
        return {}
    ordered = sorted(strange)
    pairs = zip(ordered, simplified("\n".join(ordered)).split("\n"), strict=True)
    return {old: new for old, new in pairs if new != old and len(new) == 1 and _in_gb2312(new)}


@cache
def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter() -> Any:
    from opencc import OpenCC  # type: ignore[import-untyped]

    return OpenCC("t2s")

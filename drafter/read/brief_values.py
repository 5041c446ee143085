"""Sentences of an old text, and values with the place that they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from drafter.read.facts import facts_in

__all__ = ["sentences", "sourced"]

_END = re.compile(r"[^。]*。|[^。]+[！？]$")
_BRACKETS = {"“": "”", "《": "》", "（": "）", "‘": "’"}


def sentences(text: str) -> list[str] | None:
    """The sentences of a paragraph without their 。, the last with its ！ or ？; None where it ends otherwise."""
    if text[-1:] not in ("。", "！", "？"):
        return None
    parts = _END.findall(text)
    if "".join(parts) != text or "\n" in text:
        return None
    whole = all(part[:-1].strip() and part[-2] not in "。；，、;,！？" for part in parts)
    return [part.removesuffix("。") for part in _unbroken(parts)] if whole and text == text.strip() else None


def _unbroken(parts: Sequence[str]) -> list[str]:
    """Sentences with what stands in quotation marks or brackets left in one piece."""
    result: list[str] = []
    for part in parts:
        if result and not _balanced(result[-1]):
            result[-1] += part
        else:
            result.append(part)
    return result


def sourced(value: dict[str, Any], text: str, line: int) -> dict[str, Any]:
    """The value with its place, and 核实: false where there is something to verify."""
    if any(fact.kind != "blank" for fact in facts_in(text)):
        return {**value, "来源": f"旧稿第{line}行", "核实": False}
    return value


def _balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in _BRACKETS.items())

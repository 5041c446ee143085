"""Plain data going into templates, tidy text coming out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drafter.errors import LibraryError, Problem

__all__ = ["kind", "plain_mapping", "tidy"]

_MAX_NODES = 20_000
_MAX_DEPTH = 30
_BLANK = " \t\r　"


def tidy(text: str) -> str:
    """Rendered text without blank lines and without blanks at either end of a line, which mean nothing."""
    lines = (line.strip(_BLANK) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def kind(value: object) -> str:
    """What a value is, in Chinese."""
    names = {str: "文字", bool: "真假值", int: "数", float: "数", list: "列表", dict: "一组键值", type(None): "空值"}
    return names.get(type(value), "这种值")


def plain_mapping(context: Mapping[str, Any]) -> dict[str, Any]:
    """A deep copy in plain types only, so that a template can reach no method and no shared object.

    Raises LibraryError (E336) for anything but mappings, lists, text, numbers, truth values and None, and for more
    than 20,000 of them or 30 levels.
    """
    budget = [_MAX_NODES]
    return {_key(key): _plain(value, budget, 0) for key, value in context.items()}


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise LibraryError(Problem("E336", f"交给模板的键只能是文字，不能是{kind(key)}"))
    return str(key)


def _plain(value: Any, budget: list[int], depth: int) -> Any:
    budget[0] -= 1
    if budget[0] < 0 or depth > _MAX_DEPTH:
        raise LibraryError(Problem("E336", "交给模板的内容太多或嵌套太深"))
    if type(value) is str or value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Mapping):
        return {_key(key): _plain(item, budget, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, budget, depth + 1) for item in value]
    raise LibraryError(Problem("E336", f"交给模板的只能是文字、数、列表和键值，不能是 {type(value).__name__}"))

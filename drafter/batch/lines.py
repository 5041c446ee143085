"""One line of NDJSON as the data of a brief."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from drafter.errors import BriefError, Place, Problem

__all__ = ["read_json"]


def read_json(text: str, source: str) -> dict[str, Any]:
    """One JSON object; decimals keep their digits. Raises BriefError E713 (no JSON object), E115 (a key twice)."""
    file, _, line = source.rpartition(":")
    number = int(line) if line.isdigit() else 0
    try:
        data = json.loads(text, parse_float=_decimal, parse_constant=_refused, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        place = Place(file, number, error.pos + 1, error.pos + 2, text)
        raise BriefError(Problem("E713", f"JSON 写法不对（{error.msg}）", place, "每行一个完整的 JSON 对象")) from None
    except _JsonError as error:
        raise BriefError(Problem(error.args[0], error.args[1], Place(file, number), error.args[2])) from None
    except RecursionError:
        raise BriefError(Problem("E118", "嵌套太深", Place(file, number), "检查括号")) from None
    if not isinstance(data, dict):
        raise BriefError(Problem("E713", "这一行不是一个 JSON 对象", Place(file, number), '写成 {"场合": …}'))
    return data


class _JsonError(ValueError):
    """(code, message, hint)."""


def _decimal(text: str) -> Decimal | float:
    return float(text) if "e" in text.lower() else Decimal(text)


def _refused(name: str) -> Any:
    raise _JsonError("E713", f"{name} 不是数", "换成具体的数")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        twice = next(key for at, (key, _) in enumerate(pairs) if key in dict(pairs[:at]))
        raise _JsonError("E115", f"键“{twice}”重复", "留一个，或合并成一个列表")
    return data

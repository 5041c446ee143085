"""A brief given as a Python mapping: copied to plain data, or refused with the path of what is not plain."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from drafter.brief.model import DataPath, format_path
from drafter.brief.reader import MAX_DEPTH, MAX_NODES
from drafter.brief.source import cleaned, forbidden
from drafter.errors import BriefError, Place, Problem

__all__ = ["plain_data"]

_LARGEST = 10**18


def plain_data(data: Mapping[Any, Any], name: str) -> tuple[dict[str, Any], list[Problem]]:
    """(data, problems). Dates become ISO text, decimals their text, tuples lists; None means not given.

    Raises BriefError at once for E118 (deeper than `MAX_DEPTH`, also a mapping that holds itself) and E119.
    """
    copier = _Copier(name)
    return copier.mapping(data, (), 1), copier.problems


class _Copier:
    def __init__(self, name: str) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._count = 0

    def mapping(self, data: Mapping[Any, Any], path: DataPath, depth: int) -> dict[str, Any]:
        self._enter(path, depth)
        out = {}
        for key, value in data.items():
            if not isinstance(key, str) or not key.strip():
                self._problem("E120", f"键必须是文字，这里是 {key!r}", path, "把键改成字符串")
                continue
            inner = (*path, key)
            copied = self.value(value, inner, depth + 1)
            if copied is not None:
                out[self._text(key, inner)] = copied
        return out

    def value(self, value: Any, path: DataPath, depth: int) -> Any:
        self._count += 1
        if self._count > MAX_NODES:
            raise BriefError(self._make("E119", f"内容超过 {MAX_NODES} 项", path, "分成几份素材单"))
        if isinstance(value, str):
            return self._text(value, path)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, (int, float, Decimal)):
            return self._number(value, path)
        if isinstance(value, Mapping):
            return self.mapping(value, path, depth)
        if isinstance(value, (list, tuple)):
            self._enter(path, depth)
            return [self.value(item, (*path, index), depth + 1) for index, item in enumerate(value)]
        if isinstance(value, datetime.datetime) and value.time() != datetime.time():
            return value.isoformat(" ", "minutes")
        if isinstance(value, datetime.date):
            return value.isoformat()[:10]
        self._problem("E212", f"不支持的数据类型 {type(value).__name__}", path, "只用文字、数、真假、列表和字典")
        return None

    def _number(self, value: float | Decimal, path: DataPath) -> Any:
        if not math.isfinite(value):
            self._problem("E212", "不是一个有限的数", path, "换成具体的数")
            return None
        if isinstance(value, Decimal) or (isinstance(value, int) and abs(value) >= _LARGEST):
            return str(value)
        return float(value) if isinstance(value, float) else int(value)

    def _text(self, text: str, path: DataPath) -> str:
        if bad := forbidden(text):
            self._problem(bad[0], bad[1], path, bad[2])
            return cleaned(text)
        return str(text)

    def _enter(self, path: DataPath, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise BriefError(self._make("E118", f"嵌套超过 {MAX_DEPTH} 层", path, "检查数据有没有套住自己"))

    def _make(self, code: str, message: str, path: DataPath, hint: str) -> Problem:
        return Problem(code, message, Place(self._name, path=format_path(path)), hint)

    def _problem(self, code: str, message: str, path: DataPath, hint: str) -> None:
        self.problems.append(self._make(code, message, path, hint))

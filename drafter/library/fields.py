"""Strict reading of one mapping of a pack file: every wrong or unknown key becomes a problem at its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drafter.errors import Place, Problem
from drafter.library.names import near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from drafter.library.strict_yaml import DataPath

__all__ = ["Fields"]

_SEMVER = re.compile(
    r"(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?"
)


class Fields:
    """Takes keys out of a mapping one by one; `close` reports what was not asked for.

    A wrong value is reported (E313) and read as empty, so that one pass finds all problems.
    """

    def __init__(
        self, data: Mapping[str, Any], place: Callable[[DataPath], Place], problems: list[Problem], path: DataPath = ()
    ) -> None:
        self._data, self._place, self._problems, self._path = data, place, problems, path
        self._asked: list[str] = []

    def wrong(self, code: str, message: str, key: str | DataPath = (), hint: str = "") -> None:
        """Report a problem at a key, at a path below this mapping, or at the mapping."""
        path = (*self._path, *((key,) if isinstance(key, str) else key))
        self._problems.append(Problem(code, message, self._place(path), hint))

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def text(self, key: str, default: str | None = None) -> str:
        """A text; `default` None makes the key required."""
        value = self._take(key, required=default is None)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None:
            self.wrong("E313", f"{key} 要写文字", key, "数字形式的文字加引号")
        return default or ""

    def version(self, key: str = "version") -> str:
        value = self._take(key, required=True)
        if isinstance(value, str) and _SEMVER.fullmatch(value):
            return value
        if value is not None:
            self.wrong("E315", f"{key} 不是语义化版本：{value}", key, "写成 1.0.0 这样的三段")
        return ""

    def choice(self, key: str, options: Iterable[str], default: str | None = None) -> str:
        options = tuple(options)
        value = self.text(key, default)
        if value and value not in options:
            self.wrong("E313", f"{key} 不能是「{value}」", key, near(value, options) or f"可用：{' '.join(options)}")
            return default or ""
        return value

    def number(self, key: str, low: float, high: float, default: float) -> float:
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not low <= value <= high:
            self.wrong("E313", f"{key} 要写 {low:g} 到 {high:g} 之间的数", key)
            return default
        return value

    def flag(self, key: str) -> bool:
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            self.wrong("E313", f"{key} 要写 true 或 false", key)
        return value is True

    def texts(self, key: str, options: Iterable[str] = (), required: bool = False) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        value = self._take(key, required)
        items = value if isinstance(value, list) else [] if value is None else [value]
        allowed = tuple(options)
        good: list[str] = []
        for item in items:
            if not isinstance(item, str) or not item.strip():
                self.wrong("E313", f"{key} 要写文字的列表", key)
            elif allowed and item not in allowed:
                self.wrong(
                    "E313", f"{key} 里不能有「{item}」", key, near(item, allowed) or f"可用：{' '.join(allowed)}"
                )
            else:
                good.append(item.strip())
        return tuple(good)

    def mapping(self, key: str, required: bool = False) -> dict[str, Any]:
        value = self._take(key, required)
        if value is not None and not isinstance(value, dict):
            self.wrong("E313", f"{key} 要写成一组“键: 值”", key)
        return value if isinstance(value, dict) else {}

    def wording(self, key: str) -> str | dict[str, str]:
        """A key of a variant, or keys by the name of the pattern."""
        value = self._take(key)
        if isinstance(value, str) or (isinstance(value, dict) and all(isinstance(v, str) for v in value.values())):
            return value
        self.wrong("E313", f"{key} 要写措辞的代号，或“句式: 代号”", key)
        return ""

    def items(self, key: str, required: bool = False) -> list[Any]:
        """A list of anything."""
        value = self._take(key, required)
        if value is not None and not isinstance(value, list):
            self.wrong("E313", f"{key} 要写成列表", key)
        return value if isinstance(value, list) else []

    def each(self, key: str, required: bool = False) -> list[Fields]:
        """A list of mappings, each to be read in turn."""
        found: list[Fields] = []
        for index, item in enumerate(self.items(key, required)):
            path = (*self._path, key, index)
            if isinstance(item, dict):
                found.append(Fields(item, self._place, self._problems, path))
            else:
                self._problems.append(Problem("E313", f"{key} 的每一项要写成一组“键: 值”", self._place(path)))
        return found

    def only(self, keys: Iterable[str]) -> None:
        """Report the keys that are not among `keys`."""
        self._asked.extend(keys)
        self.close()

    def close(self) -> None:
        """Report the keys nobody asked for."""
        for key in self._data:
            if key not in self._asked:
                self.wrong("E313", f"不认识的键「{key}」", key, near(key, self._asked))

    def _take(self, key: str, required: bool = False) -> Any:
        self._asked.append(key)
        value = self._data.get(key)
        if value is None and (required or key in self._data):
            self.wrong("E313", f"缺少 {key}" if key not in self._data else f"{key} 是空的", key)
        return value

"""Patterns that are compiled when they are first used: sets of Chinese characters take milliseconds each."""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["lazy"]


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = self.__dict__.get("_compiled") or re.compile(*self._source)
        found = getattr(compiled, name)
        self.__dict__.update({"_compiled": compiled, name: found})
        return found


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Like `re.compile`, whose work is put off; methods and attributes are those of the compiled pattern."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))

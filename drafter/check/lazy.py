"""Patterns that are compiled when they are first used: sets of Chinese characters take milliseconds each."""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["lazy"]


class _Lazy:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._pattern), name)
        setattr(self, name, found)
        return found


def lazy(pattern: str) -> re.Pattern[str]:
    """Like `re.compile`, whose work is put off; methods and attributes are those of the compiled pattern."""
    return cast("re.Pattern[str]", _Lazy(pattern))

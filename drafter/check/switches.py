"""Switches in the text itself: `<!-- check: off P014 -->` … `<!-- check: on -->`, `off-line`, `off-file`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from drafter.check.text import Text

__all__ = ["Switches", "wrong_switches"]

_SWITCH = r"<!--\s*check:\s*(off-file|off-line|off|on)\b([A-Za-z0-9,，、\s]*)-->"
_MEANT = r"<!--\s*check\s*[:：]\s*([^\n]*?)-->"
_CODE = r"[A-Za-z][0-9]{0,3}"


class Switches:
    """Which rules are off in which line. Codes are ids or their beginnings; without one all rules are meant."""

    def __init__(self, text: Text) -> None:
        self._ranges: list[tuple[int, float, tuple[str, ...]]] = []
        if "check:" not in text.string:
            return
        open_at: dict[tuple[str, ...], int] = {}
        for row, line in enumerate(text.lines):
            for match in re.finditer(_SWITCH, line):
                codes = tuple(code.upper() for code in re.findall(_CODE, match[2])) or ("",)
                if match[1] == "off-file":
                    self._ranges.append((0, float("inf"), codes))
                elif match[1] == "off-line":
                    self._ranges.append((row, row, codes))
                elif match[1] == "off":
                    open_at.setdefault(codes, row)
                else:
                    for off in [each for each in open_at if codes == ("",) or set(each) <= set(codes)]:
                        self._ranges.append((open_at.pop(off), row, off))
        self._ranges += [(row, float("inf"), codes) for codes, row in open_at.items()]

    def off(self, rule: str, row: int) -> bool:
        """Whether a rule is off in a line (index from 0)."""
        return bool(self._ranges) and any(
            first <= row <= last and rule.startswith(codes) for first, last, codes in self._ranges
        )


def wrong_switches(text: Text) -> Iterator[Problem]:
    """What looks like a switch and has no effect: E163 for one that is not written as it should be, E162 for a rule
    that does not exist."""
    if "<!--" not in text.string:
        return
    from drafter.check.config import codes

    for row, line in enumerate(text.lines, 1):
        for match in re.finditer(_MEANT, line):
            place = Place(text.name, row, match.start() + 1, match.end() + 1, line)
            right = re.fullmatch(_SWITCH, match[0])
            if right is None:
                hint = "写成 <!-- check: off P014 -->；可用 off、on、off-line、off-file，后面写规则编号"
                yield Problem("E163", f"校对开关写错了，不起作用：“{match[1].strip()}”", place, hint)
                continue
            try:
                codes(re.split(r"[,，、\s]+", right[2].strip()), place)
            except InputError as error:
                yield from error.problems

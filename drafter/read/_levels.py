"""Levels by nesting: a system that appears inside an open item stands below it, one that reappears closes it.

The glyphs alone say little: （一） may stand above 一、, 第一 or 一是 may be the highest. Their customary order
(GB/T 9704-2012, 7.3.3) only decides where the nesting leaves two readings open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Numbered", "levels"]

_RANK = {
    "part": 0, "cn_dun": 1, "cn_paren": 2, "ar_dun": 3, "ar_dot": 3, "dec": 3, "ar_paren": 4,
    "diyi": 5, "shouxian": 5, "yiyao": 6, "yishi": 6,
}  # fmt: skip
_SAME = {"shouxian": "diyi"}
_AHEAD = 200
_LAST_PARENT = 4  # 第一 and 一是 never stand above 一、
UNNUMBERED = frozenset({"topic", "yao", "women"})


@dataclass(frozen=True, slots=True)
class Numbered:
    """One mark in reading order. `inline`: in the middle of a paragraph. `fixed`: a level that the format states."""

    system: str
    number: int
    inline: bool = False
    fixed: int = 0
    restart: bool = False


@dataclass(slots=True)
class _Open:
    system: str
    level: int
    last: int
    inline: bool = False


def levels(marks: Sequence[Numbered]) -> list[int]:
    """The level of each mark, from 1."""
    result: list[int] = []
    stack: list[_Open] = _before(marks)
    parents: set[tuple[str, str]] = set()  # (above, below), once seen
    for i, mark in enumerate(marks):
        if mark.restart:
            stack = []
        system = _SAME.get(mark.system, mark.system)
        if mark.fixed:
            while stack and stack[-1].level >= mark.fixed:
                stack.pop()
            stack.append(_Open(system, mark.fixed, mark.number))
            result.append(mark.fixed)
            continue
        found = _reappears(stack, system, mark)
        if found is None:
            _close(stack, system, mark, marks[i + 1 : i + 1 + _AHEAD], parents)
            if stack:
                parents.add((stack[-1].system, system))
            found = _Open(system, stack[-1].level + 1 if stack else 1, mark.number, mark.inline)
            stack.append(found)
        else:
            del stack[stack.index(found) + 1 :]
            found.last = mark.number or found.last + 1
            found.inline = mark.inline
        result.append(min(found.level, 4))
    return result


def _before(marks: Sequence[Numbered]) -> list[_Open]:
    """A text that starts in the middle: its first 一、 is a 二、, so what stands before is inside a first item."""
    first = next((mark for mark in marks if mark.system == "cn_dun"), None)
    if first and first.number > 1 and marks[0] is not first and not first.fixed:
        return [_Open("cn_dun", 1, first.number - 1)]
    if marks and marks[0].number > 1 and marks[0].system == "cn_paren" and any(m.system == "cn_dun" for m in marks):
        return [_Open("cn_dun", 1, 0)]
    return []


def _reappears(stack: list[_Open], system: str, mark: Numbered) -> _Open | None:
    for entry in reversed(stack):
        if entry.system == system:
            if mark.number == 1 and entry.last >= 1 and system not in UNNUMBERED and entry is not stack[-1]:
                # a second list of the same kind below something that was opened inside the first
                inner = stack[stack.index(entry) + 1 :]
                if any(_RANK.get(e.system, 9) < _RANK.get(system, 9) for e in inner):
                    continue
            return entry
    if mark.number > 1 and not mark.inline:  # 一、二、第三: another glyph goes on counting
        for entry in reversed(stack):
            if (
                entry.last + 1 == mark.number
                and not entry.inline
                and abs(_RANK.get(entry.system, 9) - _RANK.get(system, 9)) in (0, 4)
            ):
                return entry
    return None


def _close(
    stack: list[_Open], system: str, mark: Numbered, rest: Sequence[Numbered], parents: set[tuple[str, str]]
) -> None:
    """Before a new system opens: lists that are over go, those that will count on stay as its parents."""
    rank = _RANK.get(system, 9)
    while stack:
        top = stack[-1]
        if (top.system, system) in parents and not top.inline:
            return
        if (
            (top.inline and not mark.inline)
            or (system in UNNUMBERED and top.system in UNNUMBERED)
            or (
                _RANK.get(top.system, 8 if system in UNNUMBERED else 2.5) > rank
                and not (_RANK.get(top.system, 9) <= _LAST_PARENT and _goes_on(top, rest))
            )
            or (not mark.inline and _RANK.get(top.system, 2.5) == rank)
        ):
            stack.pop()
        else:
            return


def _goes_on(entry: _Open, rest: Sequence[Numbered]) -> bool:
    """Whether the list counts on later."""
    if entry.system in UNNUMBERED:
        return False
    for mark in rest:
        system = _SAME.get(mark.system, mark.system)
        if system == entry.system and not mark.inline:
            return mark.number == entry.last + 1
    return False

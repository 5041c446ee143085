"""Text on a terminal: widths of Chinese characters, and problems with their source line and a caret."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.errors import Place, Problem

__all__ = ["snippet", "width"]

_LINE_COLUMNS = 100
_LEAD_COLUMNS = 40
_LEAST_COLUMNS = 20
_CUT = "..."


def width(text: str) -> int:
    """Columns of a text on a terminal: wide and full-width characters take two, combining and invisible ones none.

    Characters of ambiguous width (UAX #11: “ ” — …) count as one, as terminals outside legacy code pages show them.
    """
    return sum(map(_columns, text))


def snippet(problem: Problem, columns: int = 0) -> str:
    """A problem in plain text: place, code and message; the source line; a caret below; the hint.

    Only ASCII is added to what the problem says, so that any console shows it. A long line is cut around
    the caret, so that it fits into so many `columns`, where the terminal is narrow (0: not known); Tab and control
    characters are shown as a blank and a question mark.
    """
    place = problem.place
    where = f"{place}: " if place else ""
    lines = [f"{where}[{problem.code}] {problem.message}"]
    margin = ""
    if place and place.line and place.source.strip():
        number = str(place.line)
        margin = " " * len(number)
        room = columns - len(margin) - 3 - 2 * len(_CUT) if columns else _LINE_COLUMNS
        source, start, end = _window(place, min(max(room, _LEAST_COLUMNS), _LINE_COLUMNS))
        lines += [f"{margin} |", f"{number} | {source}"]
        if place.column:
            caret = "^" * max(1, width(source[start:end]))
            lines.append(f"{margin} | {' ' * width(source[:start])}{caret}")
    if problem.hint:
        lines.append(f"{margin}  = 提示: {problem.hint}" if not margin else f"{margin} = 提示: {problem.hint}")
    return "\n".join(lines)


def _columns(character: str) -> int:
    if character < "\u0300":
        return 0 if character in "\xad" else 1
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def _window(place: Place, room: int) -> tuple[str, int, int]:
    """(the line or a part of it, start and end of the marked stretch in it)."""
    source = "".join(_shown(character) for character in place.source.rstrip())
    start = min(max(place.column - 1, 0), len(source))
    end = max(start, min(place.end_column - 1, len(source)))
    if width(source) <= room:
        return source, start, end
    first, lead = start, min(_LEAD_COLUMNS, room * 2 // 5)
    while first and width(source[first - 1 : start]) <= lead:
        first -= 1
    last = first
    while last < len(source) and width(source[first : last + 1]) <= room:
        last += 1
    before, after = _CUT if first else "", _CUT if last < len(source) else ""
    shift = len(before) - first
    return before + source[first:last] + after, start + shift, min(end, last) + shift


def _shown(character: str) -> str:
    if character == "\t":
        return " "
    return "?" if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") else character

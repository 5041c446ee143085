"""A row of a table as one line of text, as 正文 has it: | 指标 | 目标 |."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["row_cells", "row_text"]

_BORDER = re.compile(r"(?<!\\)\|")


def row_text(cells: Sequence[str]) -> str:
    """The line of these cells; a bar inside one is written \\|."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def row_cells(text: str) -> tuple[str, ...] | None:
    """The cells of a line that begins and ends with a bar, without the blanks around them; None for other lines."""
    if len(text) < 2 or text[0] != "|" or text[-1] != "|" or text[-2] == "\\":
        return None
    return tuple(cell.strip().replace("\\|", "|") for cell in _BORDER.split(text[1:-1]))

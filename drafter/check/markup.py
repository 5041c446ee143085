"""Markdown: what in it is no prose."""

from __future__ import annotations

import re

__all__ = ["hide"]

_CODE = re.compile(r"^(```|~~~)[^\n]*\n.*?(?:^\1[^\n]*$|\Z)|(`+)(?!`)[^\n]*?[^`\n]\2(?!`)", re.MULTILINE | re.DOTALL)
_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"\n]*\")?\)|<[/!?A-Za-z][^<>\n]*>")


def hide(string: str) -> str:
    """The string with code, targets of links and HTML as BLANK, its length unchanged."""
    for pattern in (_CODE, _TARGET):
        string = pattern.sub(_blank, string)
    return string


def _blank(match: re.Match[str]) -> str:
    from drafter.check.text import BLANK

    return re.sub("[^\n]", BLANK, match[0])

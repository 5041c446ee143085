"""Markdown: what in it is no prose.

Front matter, code, HTML with scripts and comments, targets of links and images, definitions of references,
formulae and the tags of template languages are hidden; the text of links, emphasis, headings and lists is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.check.lazy import lazy

__all__ = ["hide", "spans"]

_CODE = lazy(
    r"^([ \t]*)(```+|~~~+)[^\n`]*\n.*?(?:^[ \t]*\2[^\n]*$|\Z)|(?<!`)(`+)(?!`)[^`].*?(?<!`)\3(?!`)", re.M | re.S
)
_FRONT = lazy(r"\A---[ \t]*\n.*?^---[ \t]*$", re.M | re.S)
_BLOCK = lazy(
    r"<!--.*?-->|<(script|style|pre)\b.*?</\1\s*>|\{%[- ]*(raw|codeblock)\b.*?\{%[- ]*end\2[^%]*%\}|\$\$[^$]+\$\$", re.S
)
_INLINE = (
    ("<", lazy(r"</?[A-Za-z][^<>\u3400-\u9fff]*(?:\"[^\"<>]*\"[^<>\u3400-\u9fff]*)*>|<[!?/][^<>\n]*>")),
    ("](", lazy(r"(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)")),
    ("]:", lazy(r"^[ \t]*\[[^\]\n]+\]:[ \t]*\S+.*$", re.M)),
    ("{", lazy(r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|\{#[\w-]+\}")),
    ("$", lazy(r"(?<![\\$\w])\$(?![\s$])[^$\n\u3400-\u9fff]*(?<!\s)\$(?!\d)")),
)


def hide(string: str) -> str:
    """The string with all that is no prose as BLANK, its length and its lines unchanged."""
    if string.startswith("---"):
        string = _FRONT.sub(_blank, string, count=1)
    if "`" in string or "~~~" in string:
        string = _CODE.sub(_code, string)
    if "<" in string or "{%" in string or "$$" in string:
        string = _BLOCK.sub(_blank, string)
    for sign, pattern in _INLINE:
        if sign in string:
            string = pattern.sub(_blank, string)
    return string


def spans(string: str) -> Iterator[tuple[int, int]]:
    """The ranges of code spans within lines, without their backticks."""
    for match in _CODE.finditer(string):
        if match[3] and "\n" not in match[0]:
            yield match.start() + len(match[3]), match.end() - len(match[3])


def _code(match: re.Match[str]) -> str:
    """Blanked, except for the spaces next to the backticks of a span: they are no part of the code."""
    hidden = _blank(match)
    if not match[3]:
        return hidden
    inner = match[0][len(match[3]) : -len(match[3])]
    before, after = len(inner) - len(inner.lstrip(" ")), len(inner) - len(inner.rstrip(" "))
    if "\n" in inner or before == len(inner):
        return hidden
    first, last = len(match[3]) + before, len(hidden) - len(match[3]) - after
    return (
        hidden[: len(match[3])]
        + " " * before
        + hidden[first:last]
        + " " * after
        + hidden[len(hidden) - len(match[3]) :]
    )


def _blank(match: re.Match[str]) -> str:
    from drafter.check.text import BLANK

    return re.sub("[^\n]", BLANK, match[0])

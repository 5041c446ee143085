"""Text as files may hold it: nothing that breaks XML or turns the reading direction."""

from __future__ import annotations

import re

__all__ = ["PRESERVE", "clean", "escape", "is_date"]

PRESERVE = '<w:t xml:space="preserve">'
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "\n": f"</w:t><w:br/>{PRESERVE}",
    "\t": f"</w:t><w:tab/>{PRESERVE}",
}
# C0 and C1 controls but tab and line feed, soft hyphen, marks and overrides of direction, zero width space,
# word joiner, lone surrogates, byte order mark, noncharacters of XML 1.0
_UNWANTED = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """The text without control characters and overrides of direction; every line break is a line feed."""
    if _is_plain(text):
        return text
    # compiled here: a set of such ranges costs more than a whole document, and nearly none needs it
    return re.sub(_UNWANTED, "", re.sub("\r\n?|[\x85\u2028\u2029]", "\n", text))


def escape(text: str) -> str:
    """Clean text as the inside of a w:t; line feeds and tabs become elements."""
    if _is_plain(text) and "&" not in text and "<" not in text and ">" not in text:
        return text
    return re.sub("[&<>\n\t]", lambda match: _ESCAPES[match[0]], clean(text))


def is_date(text: str) -> bool:
    """A date that exists, as YYYY-MM-DD."""
    from datetime import date

    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_plain(text: str) -> bool:
    """Nothing but what prints; the ideographic space, in every 王　某, counts as printing here."""
    return text.isprintable() or text.replace("\u3000", "").isprintable()

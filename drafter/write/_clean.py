"""Text as files may hold it: nothing that breaks XML or turns the reading direction."""

from __future__ import annotations

import re

__all__ = ["PRESERVE", "clean", "escape", "sentences"]

# C0 and C1 controls but tab and line feed, soft hyphen, marks and overrides of direction, zero width
# space, word joiner, lone surrogates, byte order mark, noncharacters of XML 1.0
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_SENTENCE = re.compile("[^。！？…]*(?:[。！？…]+[”’）》」』]*|$)")
_SPECIAL = re.compile("[&<>\n\t]")
PRESERVE = '<w:t xml:space="preserve">'
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "\n": f"</w:t><w:br/>{PRESERVE}",
    "\t": f"</w:t><w:tab/>{PRESERVE}",
}


def clean(text: str) -> str:
    """The text without control characters and overrides of direction; every line break is a line feed."""
    if text.isascii() and text.isprintable():
        return text
    return _UNWANTED.sub("", _BREAKS.sub("\n", text))


def sentences(text: str) -> list[str]:
    """The text cut behind each 。！？…… and its closing quotation mark; the pieces join to the text."""
    return [piece for piece in _SENTENCE.findall(text) if piece]


def escape(text: str) -> str:
    """Text as the inside of a w:t; line feeds and tabs become elements."""
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text) if _SPECIAL.search(text) else text

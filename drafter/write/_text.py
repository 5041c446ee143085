"""A document as plain text: numbered, one paragraph a line, not wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.write._clean import clean
from drafter.write._lines import lines

if TYPE_CHECKING:
    from drafter.document import Document
    from drafter.write._format import Format

__all__ = ["render"]

_FLUSH = ("title", "subtitle", "date", "speaker", "salutation", "signature")


def render(document: Document, layout: Format) -> bytes:
    """UTF-8 without a byte order mark; two ideographic spaces before a body paragraph."""
    out = []
    for line in lines(document, layout):
        text = clean(line.text)
        out.append(text if line.style in _FLUSH or not text else f"　　{text}")
    return ("\n".join(out) + "\n").encode()

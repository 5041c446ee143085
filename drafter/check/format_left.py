"""What an office program keeps in a .docx beside its text: comments and tracked changes (F028)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Hit
from drafter.check.manuscript import Manuscript
from drafter.check.word_text import ADDED, utf8

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["unsettled"]

_COMMENTS = re.compile(r"word/(?:[\w-]+-)?comments\d*\.xml")
_COMMENT = re.compile(rb"<(?:\w+:)?comment\s[^<>]*>")
_OWN = 'w:initials="核"'.encode()
"""What drafter says of the origin of each passage in a copy that is made for it (核稿)."""
_CHANGE = re.compile(rb"<(?:\w+:)?(?:ins|del|moveFrom|moveTo)\s[^<>]*(?<!/)>")
_MARK = re.compile(rb"<(?:\w+:)?(?:ins|del)\s[^<>]*/>")
"""A tracked paragraph mark or row of a table."""
_WORD = re.compile(r"[^\W\d_]+")


def unsettled(text: Text, settings: Settings) -> Iterator[Hit]:
    """F028: comments and tracked changes that nobody has settled, at the stage of a final text."""
    if not isinstance(text, Manuscript) or settings.stage != "定稿":
        return
    package = text.package
    found = (_COMMENT.findall(utf8(package.markup(path))) for path in package.names if _COMMENTS.match(path))
    comments = sum(b'w:author="drafter"' not in each or _OWN not in each for part in found for each in part)
    parts = [utf8(package.markup(path)) for path in dict.fromkeys(line.part for line in text.sources)]
    changes = sum(len(_CHANGE.findall(part)) for part in parts) or sum(len(_MARK.findall(part)) for part in parts)
    if not (comments or changes):
        return
    left = "、".join([f"{comments}条批注"] * bool(comments) + [f"{changes}处修订"] * bool(changes))
    added = next(text.spans(ADDED), None)
    note = "；修订里添的字不自动改" if added else ""
    place = _WORD.search(text.prose, *(added or (0,))) or _WORD.search(text.prose)
    if place:
        yield Hit(*place.span(), f"文稿里还有{left}没有处理，定稿前请逐条处理{note}")

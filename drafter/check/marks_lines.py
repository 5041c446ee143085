"""Marks that depend on the line: headings, salutations, attachments, and how a paragraph begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, FixKind, Hit, Level
from drafter.check.lazy import lazy

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["attachments", "beginnings", "endings", "headings", "salutations"]

_FIRST = "，。、；：！？）》”’〉】〕"
_BEGIN = lazy(rf"^[ \t\u3000]*([{_FIRST}])", re.MULTILINE)
_HEADING = lazy(
    r"[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；：，！？\n]{2,30}([。；：，])$"
)
_NUMBER = lazy(
    r"[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]"
    r"|第[一二三四五六七八九十]{1,3}[章节条]|附件|[#>|*-])"
)
_GREETING = lazy(
    r"[ \t\u3000]*(?:(?:各位|尊敬的|亲爱的)[^，。：！？\n]{1,20}[、，])*"
    r"(?:(?:各位|尊敬的|亲爱的)[^，。：！？、\n]{0,12})?(?:同志们|朋友们|代表们|委员们|工友们|女士们、先生们"
    r"|(?<=各位)(?:代表|委员|领导|来宾|嘉宾|会员|同仁|老师|专家|评委|选手|劳模|工友))"
    r"([，。,]?)[ \t\u3000]*$"
)
_ATTACHED = lazy(r"[ \t\u3000]*附件(?:[：:][ \t]*(?:\d{1,2}[.．])?|\d{1,2}[.．：:])[^\n。；]{2,60}([。；])[ \t]*$")
_NEXT = lazy(r"[ \t\u3000]*\d{1,2}[.．][^\n。；]{2,60}([。；])[ \t]*$")
_END = frozenset("。！？：；…—”’）》.!?:;)\"'|~ \u3000\t、，,`")
_LONG, _BODY = 30, 36


def beginnings(text: Text, _: Settings) -> Iterator[Hit]:
    """Lines that begin with a point or a closing mark; one that closes a quotation or bracket opened above may."""
    leads = ("\n", " ", "\u3000")
    if not any(text.has(lead + mark) for mark in _FIRST for lead in leads) and text.prose[:1] not in _FIRST:
        return
    for match in _BEGIN.finditer(text.prose):
        at = match.start(1)
        if match[1] in "”’）》〉】〕" and match.start() and text.prose[match.start() - 2] in "。！？；…":
            continue
        yield Hit(at, at + 1)


def headings(text: Text, _: Settings) -> Iterator[Hit]:
    """Points after headings on lines of their own. Sure where body text follows; a list of sentences looks the same."""
    if not any(text.has(mark + "\n") for mark in "。；：，") and text.prose[-1:] not in "。；：，":
        return
    for row, line in enumerate(text.lines):
        if len(line) > _LONG + 10 or line[-1:] not in "。；：，":
            continue
        match = _HEADING.match(line)
        if not match:
            continue
        at = text.starts[row] + match.start(1)
        following = next((each for each in text.lines[row + 1 : row + 3] if each.strip()), "")
        sure = len(following) > _BODY and not _NUMBER.match(following)
        edits = (Edit(at, at + 1, ""),)
        yield Hit(at, at + 1, edits=edits) if sure else Hit(at, at + 1, "", edits, Level.INFO, FixKind.SUGGESTED)


def salutations(text: Text, _: Settings) -> Iterator[Hit]:
    """Lines that only address the hearers: a colon, or an exclamation mark within the speech."""
    for row in sorted(
        {text.row(at) for word in ("们\n", "们，\n", "们。\n", "们,\n", "各位") for at in text.find(word)}
        | {len(text.lines) - 1}
    ):
        match = _GREETING.match(text.lines[row])
        if match:
            at = text.starts[row] + match.start(1)
            first = at - 1 if not match[1] else at
            yield Hit(first, at + len(match[1]), "称呼单独成行，后面用冒号", (Edit(at, at + len(match[1]), "："),))


def attachments(text: Text, _: Settings) -> Iterator[Hit]:
    """Points after the names of attachments, also on the lines that go on with 2. 3."""
    rows = sorted({text.row(at) for at in text.find("附件")})
    for row in rows:
        match = _ATTACHED.match(text.lines[row])
        while match:
            at = text.starts[row] + match.start(1)
            yield Hit(at, at + 1, edits=(Edit(at, at + 1, ""),))
            row += 1  # noqa: PLW2901 (the lines that follow belong to it)
            match = _NEXT.match(text.lines[row]) if row < len(text.lines) else None


def endings(text: Text, _: Settings) -> Iterator[Hit]:
    """Paragraphs of running text that end without a point."""
    for row, line in enumerate(text.lines):
        if len(line) < _LONG or line[-1] in _END or "，" not in line:
            continue
        end = text.bounds(row)[1]
        if not ("\u3400" <= text.prose[end - 1] <= "\u9fff") or _NUMBER.match(line):
            continue
        if text.kind == "md" and row + 1 < len(text.lines) and text.lines[row + 1].strip():
            continue  # the paragraph goes on in the next line
        if row == 0 or ("。" not in line and line.count("，") < 2):
            continue
        yield Hit(end - 1, end, "", (Edit(end, end, "。"),))

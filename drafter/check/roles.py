"""What each paragraph of an official text is, told from its words, its place and how it is set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.check.layout import Paragraph

__all__ = ["LEADS", "RUNNING", "lead_end", "roles"]

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_MARKS = (
    ("heading1", re.compile(rf"{_NUMERAL}、")),
    ("heading2", re.compile(rf"[（(]{_NUMERAL}[）)]")),
    ("heading3", re.compile(r"\d{1,2}[.．](?!\d)")),
    ("heading4", re.compile(r"[（(]\d{1,2}[）)]")),
)
_DATE = re.compile(
    r"[（(]?\s*[\d〇○零一二三四五六七八九十×]{2,4}年[\d一二三四五六七八九十×]{1,3}月[\d一二三四五六七八九十×]{1,3}日\s*[）)]?$"
)
_COLOPHON = re.compile(r"(?:抄送|主送|分送)[：:]|.*\d{4}年\d{1,2}月\d{1,2}日印发$")
_HEAD = re.compile(
    r".{0,30}〔\d{4}〕\d*号|.{0,30}签发人|\d{6}$|(?:绝密|机密|秘密)|(?:特急|加急|平急|特提)$|附件\s*\d{0,2}$"
)
_ATTACHMENT = re.compile(r"附件\s*\d{0,2}$")
_ATTACHED = re.compile(r"附件\d{0,2}[：:]")
_NOTE = re.compile(r"[（(].{2,60}[）)]$")
_STOP = re.compile("[。！？；]")
_SALUTATION = re.compile(r"[^。！？；]{2,80}[：:]$")
_RED = re.compile(r"(?:FF|E[0-9A-F]|[CD][0-9A-F])[0-2][0-9A-F][0-2][0-9A-F]$")
_LEAD = 45
_TITLE = 80

RUNNING = ("body", "heading1", "heading2", "heading3", "heading4", "lead1", "lead2")
"""Roles of the running text. lead1 and lead2: a paragraph that begins with a heading of the first or second level."""
LEADS = {"lead1": "heading1", "lead2": "heading2"}


def roles(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The role of each: blank, head (版头), title, front (date, speaker, subtitle), salutation, one of RUNNING,
    signature, date, note, colophon, or other (attachments, what cannot be told)."""
    texts = [(paragraph.mark + paragraph.text).strip(" \t\u3000\u00a0") for paragraph in paragraphs]
    found = ["" if text else "blank" for text in texts]
    order = [index for index, text in enumerate(texts) if text]
    at = _front(paragraphs, texts, order, found)
    attached = next((number for number in range(at, len(order)) if _ATTACHMENT.match(texts[order[number]])), len(order))
    _tail(texts, order[at:attached], found)
    for number, index in enumerate(order):
        if number >= attached or _ATTACHED.match(texts[index]):
            found[index] = "other"
        found[index] = found[index] or _running(texts[index])
    return found


def _front(paragraphs: Sequence[Paragraph], texts: Sequence[str], order: Sequence[int], found: list[str]) -> int:
    """Head, title, lines under it and salutation; how many of `order` they are."""
    at = 0
    while at < min(len(order), 8) and (_HEAD.match(texts[order[at]]) or _red(paragraphs[order[at]])):
        found[order[at]] = "head"
        at += 1
    if at < len(order) and _is_title(texts[order[at]]):
        size, first = paragraphs[order[at]].size, at
        while at < len(order) and (
            at == first
            or (
                at < first + 4
                and paragraphs[order[at]].align == "center"
                and abs(paragraphs[order[at]].size - size) < 1
                and size > 17
                and not _DATE.match(texts[order[at]])
                and not texts[order[at]].startswith("—")
            )
        ):
            found[order[at]] = "title"
            at += 1
        first = at
        while at < min(len(order), first + 5) and _under_title(paragraphs[order[at]], texts[order[at]]):
            found[order[at]] = "front"
            at += 1
    for number in range(at, min(at + 3, len(order))):
        if _SALUTATION.match(texts[order[number]]) and not _mark(texts[order[number]]):
            found[order[number]] = "salutation"
            return number + 1
        if len(texts[order[number]]) > _TITLE:
            break
    return at


def _is_title(text: str) -> bool:
    return len(text) <= _TITLE and not _STOP.search(text) and not text.endswith(("：", ":", "，")) and not _mark(text)


def _under_title(paragraph: Paragraph, text: str) -> bool:
    if _STOP.search(text) or text.endswith(("：", ":")) or _mark(text):
        return False
    return paragraph.align == "center" or _DATE.match(text) is not None or text.startswith("—")


def _tail(texts: Sequence[str], order: Sequence[int], found: list[str]) -> None:
    """Colophon, note, date and the names above it, from the end."""
    left = [index for index in order if not found[index]][-8:]
    for place in range(len(left) - 1, -1, -1):
        text = texts[left[place]]
        if _COLOPHON.match(text):
            found[left[place]] = "colophon"
        elif _NOTE.match(text) and not _DATE.match(text) and not _mark(text):
            found[left[place]] = "note"
        elif _DATE.match(text):
            found[left[place]] = "date"
            for index in reversed(left[max(place - 3, 0) : place]):
                if len(texts[index]) > 30 or re.search("[。；：！？，]", texts[index]) or _mark(texts[index]):
                    break
                found[index] = "signature"
            break
        else:
            break


def _running(text: str) -> str:
    mark = _mark(text)
    if not mark:
        return "body"
    stop = _STOP.search(text)
    if len(text) <= 60 and (not stop or stop.end() == len(text)) and not text.endswith(("；", "，")):
        return mark
    if mark in LEADS.values() and stop and stop.end() <= _LEAD and stop[0] in "。！？":
        return f"lead{mark[-1]}"
    return "body"


def lead_end(text: str) -> int:
    """Where the heading that a paragraph begins with ends."""
    stop = _STOP.search(text)
    return stop.end() if stop else len(text)


def _mark(text: str) -> str:
    return next((role for role, pattern in _MARKS if pattern.match(text)), "")


def _red(paragraph: Paragraph) -> bool:
    return any(_RED.match(run.look.get("color", "").upper()) for run in paragraph.runs if run.text.strip())

"""What stands before the text: titles and their repeats, speaker, date, keywords, salutation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from drafter.read._junk import COMPILATION, similar
from drafter.read._numbers import parse_mark
from drafter.read._result import Passage
from drafter.read._shapes import (
    BYLINE,
    DATE_LINE,
    EDITOR_NOTE,
    GREETING,
    KEYWORDS,
    SALUTATION,
    SALUTATION_START,
    TITLE_END,
)

if TYPE_CHECKING:
    from drafter.read._rows import Row

__all__ = ["front_matter", "meta_kind", "repeats_title", "salutation"]

_LONGEST_TITLE = 64
_SHORT_ADDRESS = 16
_LABEL = re.compile(
    r"^【[^】]{1,8}】(?=.{6,})|^(?:标题|题目|原标题)[：:]\s*|^第[一二三四五六七八九十\d]+篇[：:]\s*|^#{1,6}\s+|\.(?:docx?|pdf|txt|wps)$"
)
_NAME = re.compile(
    r"^[（(]?(?:[\u4e00-\u9fff]{1,16}\s+)?[\u4e00-\u9fff·×xX*]{1,12}(?:[、，\s][\u4e00-\u9fff·×xX*]{1,12}){0,3}[）)]?$"
)
_VERSION = re.compile(r"^[（(](?:征求意见|讨论|审议|送审|报批|修改|修订|草案?|初|定|终|代拟|试行)[稿本]?[）)]$")
_RANK = re.compile(
    "书记|主席|主任|部长|局长|市长|省长|县长|区长|校长|院长|董事长|总经理|经理|会长|理事长|秘书长|同志|总裁"
)


def front_matter(rows: Sequence[Row], known: Sequence[str]) -> list[Passage]:
    """The passages of the first rows, up to and with the salutation; the text starts after them."""
    passages: list[Passage] = []
    titles = list(known)
    for i, row in enumerate(rows):
        text = row.text.text
        following = rows[i + 1].text.text if i + 1 < len(rows) else ""
        found = _one(row, text, following, passages, titles)
        if found is None:
            return passages
        passages.append(found)
        if found.role == "title" and found.sub != "cont":
            titles.append(bare(text))
        if found.role == "salutation" and not _unfinished(text):
            return passages
    return passages


def _one(row: Row, text: str, following: str, before: Sequence[Passage], titles: Sequence[str]) -> Passage | None:
    last = before[-1] if before else None
    if last and last.role == "salutation" and _unfinished(last.text.text):
        return Passage(row.text, "salutation", "cont")
    if row.role in ("table", "footnote", "textbox", "item"):
        return None
    if row.role == "title":
        return _title(row, text, last, titles)
    if salutation(text) or (text.startswith("尊敬的") and text[-1] not in "。！？" and len(text) <= _LONGEST_TITLE):
        return Passage(row.text, "salutation")
    kind = meta_kind(text)
    if kind:
        return Passage(row.text, "meta", kind)
    if len(text) > _LONGEST_TITLE or GREETING.match(text):
        return None
    return _title_or_speaker(row, text, following, before, titles)


def _title_or_speaker(
    row: Row, text: str, following: str, before: Sequence[Passage], titles: Sequence[str]
) -> Passage | None:
    last = before[-1] if before else None
    known = bare(text) in titles
    marked = parse_mark(text) is not None
    if known or COMPILATION.search(text) or TITLE_END.search(bare(text)):
        if marked and not known and not re.match("第.{1,3}篇", text):
            return None
        return None if text[-1] in "。；，" else _title(row, text, last, titles)
    if row.level == 1 and not titles:
        return _title(row, text, last, titles)
    if marked or text[-1] in "。！？；：:，,":
        return None
    if last and last.role == "title" and _VERSION.match(text):
        return Passage(row.text, "title", "cont")
    if (
        last
        and (last.role == "title" or (last.sub == "date" and titles))
        and len(text) <= 24
        and (_RANK.search(text) or (_NAME.match(text) and len(text) <= 10))
    ):
        return Passage(row.text, "meta", "speaker")
    if last and last.sub == "speaker" and _NAME.match(text) and len(text) <= 12:
        return Passage(row.text, "meta", "speaker")
    if not before and len(text) <= 40 and following:
        return _title(row, text, last, titles)
    if last and last.role == "title" and len(text) <= 40 and not TITLE_END.search(last.text.text):
        return Passage(row.text, "title", "cont")
    return None


def _title(row: Row, text: str, last: Passage | None, titles: Sequence[str]) -> Passage:
    passage = Passage(row.text, "title", hint_level=row.level)
    own = bare(text)
    if COMPILATION.search(text):
        passage.sub = "dup" if own in titles else "compilation"
    elif own in titles:
        passage.sub = "dup"
    elif last and last.role == "title" and last.sub in ("", "cont") and not TITLE_END.search(bare(last.text.text)):
        passage.sub = "cont"
    elif titles and not COMPILATION.search(titles[-1]):
        passage.sub = "dup" if any(_almost(own, title) and len(own) <= len(title) for title in titles) else "alt"
    return passage


def repeats_title(text: str, titles: Sequence[str]) -> bool:
    own = bare(text)
    return 6 <= len(own) <= _LONGEST_TITLE and any(
        own == title or (TITLE_END.search(own) and _almost(own, title)) for title in titles
    )


def _almost(one: str, other: str) -> bool:
    return similar(one, other) and abs(len(one) - len(other)) <= 4


def bare(text: str) -> str:
    """A title without labels, file endings and page marks."""
    previous = None
    while previous != text:
        previous, text = text, _LABEL.sub("", text).strip()
    return text


def salutation(text: str) -> bool:
    if len(text) <= _SHORT_ADDRESS and text.endswith(("，", ",")) and SALUTATION_START.fullmatch(text):
        return True
    return len(text) <= 70 and bool(SALUTATION.match(text)) and not parse_mark(text)


def _unfinished(text: str) -> bool:
    if len(text) <= _SHORT_ADDRESS and SALUTATION_START.fullmatch(text):
        return False
    return text[-1] not in "：:！!，,。" or text.endswith(("、", "，", ",")) or bool(re.search("[、，]各位$", text))


def meta_kind(text: str) -> str:
    """speaker lines are told by their place, not here."""
    if len(text) <= 40 and DATE_LINE.match(text):
        return "date"
    if KEYWORDS.match(text):
        return "keywords"
    if len(text) <= 60 and BYLINE.match(text):
        return "byline"
    if EDITOR_NOTE.match(text):
        return "editor_note"
    return ""

"""Lines that belong to the page and not to the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from drafter.read._junk_rules import ENDS_TEXT, RULES, WEB
from drafter.read._view import view

if TYPE_CHECKING:
    from drafter.read._result import Report
    from drafter.read._rows import Row

__all__ = ["COMPILATION", "drop_junk", "similar"]

_N = "[一二三四五六七八九十]{1,3}|\\d{1,2}"
COMPILATION = re.compile(
    rf"[(（【\[](精选|通用|优质|推荐|最新|必备|热门|实用|汇总|合集|集锦|荐|共)*({_N})(篇|条|则)[^)）】\]]{{0,4}}[)）】\]]|({_N})篇$|(合集|集锦|大全|锦集|汇编)[(\d一-十篇)]*$"
)
_PIECE = re.compile(
    rf"^[【\[(]?(第?({_N})篇|篇({_N})|(范文|例文|样本|模板)[(]?({_N})[)]?)[】\])]?\s*[:：、]?\s*(?P<title>.{{0,60}})$"
)
_NUMBERED = re.compile(rf"^(?P<base>.{{2,40}}?)\s*(篇|范文|例文|[(])?\s*({_N})[)]?$")
_OUTLINE = re.compile(r"^(目\s*录|提纲|目录/提纲|内容提要|文章目录|本文目录)\s*[:：]?\s*[.…]*$")
_LEADER = re.compile(r"^\S.{0,60}?\s*[.…·]{3,}\s*[(]?\d{1,3}[)]?$")  # 一、指导思想……3
_TO_PAGE = re.compile(r"[\s.…·]+\d{1,3}$")
_ELLIPSIS = re.compile(r"^[.…\s]+$")
_NOTHING = re.compile(r"^[^\w一-鿿]+$")
_SENTENCE = re.compile(r"[。!?;]")
_SALUTATION = re.compile(r"^(?!.*。).{0,50}(们|代表|领导|来宾|家属|工友|朋友|同仁|老师)[^。]{0,8}[:,!]$")


def drop_junk(rows: Sequence[Row], report: Report) -> tuple[list[Row], list[int]]:
    """(the rows of the text, the source offsets at which pieces begin); each dropped row is reported."""
    views = [view(row.text.text) for row in rows]
    kinds = _kinds(rows, views)
    kept: list[Row] = []
    pieces: list[int] = []
    for row, kind in zip(rows, kinds, strict=True):
        if kind:
            report.remove(kind, row.text)
            if kind == "piece_marker":
                pieces.append(row.text.start)
        else:
            kept.append(row)
    return kept, pieces


def _kinds(rows: Sequence[Row], views: Sequence[str]) -> list[str]:
    """The kind of junk of each line, "" for text."""
    first, last = _body(views)
    kinds = [
        "" if row.role in _TOLD else _by_rule(text, i, first, last)
        for i, (row, text) in enumerate(zip(rows, views, strict=True))
    ]
    # what a page set as a heading of its own is a heading, unless a rule for that very line says otherwise
    _after_end(views, kinds)
    _outline(views, kinds)
    _pieces(views, kinds)
    for i, text in enumerate(views):
        if not kinds[i] and _NOTHING.match(text) and rows[i].role not in _TOLD:
            kinds[i] = "truncation" if len(text) > 2 and _ELLIPSIS.match(text) else "stray"
    _loose_ends(views, kinds)
    return kinds


_MARKED = re.compile(
    rf"^([(]?({_N})[)]|[一二三四五六七八九十]{{1,3}}[、是要]|第[一二三四五六七八九十]{{1,3}}[,、])\s*[一-鿿“《]"
)
_TOLD = frozenset({"table", "footnote", "textbox"})


def _body(views: Sequence[str]) -> tuple[int, int]:
    """Indexes of the first and the last line that is certainly text."""
    body = [
        i
        for i, text in enumerate(views)
        if (len(text) >= 50 and _SENTENCE.search(text) and not _by_rule(text, i, len(views), -1))
        or (_SALUTATION.match(text) and len(text) < 50)
    ]
    return (body[0], body[-1]) if body else (len(views), len(views))


def _by_rule(text: str, index: int, first: int, last: int) -> str:
    if _MARKED.match(text) and len(text) > 20:
        return ""
    for rule in RULES:
        if len(text) > rule.longest:
            continue
        if (rule.zone == "head" and index >= first) or (rule.zone == "tail" and index <= last):
            continue
        if rule.pattern.search(text) and not _prose(text, rule.kind, first < index < last):
            return rule.kind
    return ""


def _prose(text: str, kind: str, inside: bool) -> bool:
    """A sentence of the text that only uses a word of the page's: 用好微信公众号."""
    if kind == "truncation":
        return len(text) > 45 and text.count("。") > 1
    if WEB.search(text):
        return False
    if kind == "ad":
        return text.endswith(("。", ";", "!")) and len(text) > 20
    return inside and kind in ("compile_intro", "disclaimer") and len(text) > 20


def _after_end(views: Sequence[str], kinds: list[str]) -> None:
    """After 猜你喜欢 nothing is text, if most of the text stood before it."""
    sizes = [len(text) for text in views]
    whole = sum(sizes) or 1
    for i, text in enumerate(views):
        if len(text) <= 20 and ENDS_TEXT.match(text):
            before = sum(size for size, kind in zip(sizes[:i], kinds[:i], strict=True) if not kind)
            enough = before > whole * 0.3 or not any(size > 100 for size in sizes[i:])
            for j in range(i, len(views)):
                if not enough and sizes[j] > 60:
                    break
                kinds[j] = kinds[j] if kinds[j] in ("spam", "ad", "disclaimer", "chrome") and j > i else "related"
            if kinds[i] == "related" and text.startswith("相关") and i == len(views) - 1:
                kinds[i] = "chrome"
            if enough:
                return


def _outline(views: Sequence[str], kinds: list[str]) -> None:
    """A list of headings shown before the text, with the numbers of their pages or without."""
    leaders = [i for i, text in enumerate(views) if _LEADER.match(text)]
    if len(leaders) > 1 or any(_OUTLINE.match(text) for text in views[:12]):
        for i in leaders:
            kinds[i] = "outline_preview"
    for i, text in enumerate(views[:12]):
        if _OUTLINE.match(text):
            kinds[i] = "outline_preview"
            for j in range(i + 1, min(i + 30, len(views))):
                if len(views[j]) > 90 or _SALUTATION.match(views[j]):
                    break
                if _ELLIPSIS.match(views[j]):
                    kinds[i : j + 1] = ["outline_preview"] * (j + 1 - i)
                    break
                later = views[j + 1 :]
                if views[j] in later or _TO_PAGE.sub("", views[j]) in later:
                    kinds[j] = "outline_preview"
            return


def _pieces(views: Sequence[str], kinds: list[str]) -> None:
    """篇一, 第二篇：…, 【篇三】, 总结 4."""
    heads = [COMPILATION.sub("", text).strip() for text in views[:8] if COMPILATION.search(text) and len(text) < 60]
    bases: dict[str, int] = {}
    for text in views:
        found = _NUMBERED.match(text)
        if found and len(text) < 46:
            bases[found["base"]] = bases.get(found["base"], 0) + 1
    for i, text in enumerate(views):
        if kinds[i] or len(text) > 70:
            continue
        piece = _PIECE.match(text)
        if piece:
            title = piece["title"].strip()
            following = next((view for view, kind in zip(views[i + 1 :], kinds[i + 1 :], strict=True) if not kind), "")
            if not title or heads or similar(title, following) or title.startswith(following[:8] or "\0"):
                kinds[i] = "piece_marker"
            continue
        found = _NUMBERED.match(text)
        if found and not _SENTENCE.search(text):
            base = re.sub(r"[(篇范例文\s]+$", "", found["base"])
            own = any(base and (base in head or similar(base, head)) for head in heads)
            own = own or (len(base) >= 6 and base in views[max(0, i - 12) : i])
            if own or (bases.get(found["base"], 0) >= 2 and len(base) >= 5 and not base[-1].isdigit()):
                kinds[i] = "piece_marker"


def _loose_ends(views: Sequence[str], kinds: list[str]) -> None:
    """Short lines between lines of the page at the very end: 專題 after the copyright line."""
    for i in range(len(views) - 1, 0, -1):
        if kinds[i]:
            continue
        if (
            len(views[i]) <= 6
            and kinds[i - 1] in ("disclaimer", "related", "chrome", "ad")
            and not re.search(r"[\d。年]", views[i])
        ):
            kinds[i] = "stray"
        else:
            return


def similar(one: str, other: str) -> bool:
    """Nearly the same title."""
    if not one or not other:
        return False
    if min(len(one), len(other)) >= 6 and (one in other or other in one) and max(len(one), len(other)) <= 60:
        return True
    return max(len(one), len(other)) <= 60 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.72

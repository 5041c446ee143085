"""Marks that come in pairs: which are open, and which stand inside others of their kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, Hit
from drafter.check.lazy import lazy

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["inner_brackets", "inner_quotes", "inner_titles", "turned", "unpaired", "works"]

_PAIRS = ("“”", "‘’", "（）", "《》", "〈〉", "〔〕", "【】", "「」", "『』", "[]", "()")
_CLOSING = {pair[1]: pair[0] for pair in _PAIRS}
_OPENING = {pair[0]: pair[1] for pair in _PAIRS}
_MIXED = {"(": "）", "（": ")"}
_ALL = "".join(_PAIRS[:-2])
_OTHER = lazy(f"[^{_ALL}\\n]+")
_MARK = lazy(f"[{_ALL}()]")
_NUMBERED = lazy(r"(?:^|[\s。；：，、（])[0-9a-zA-Z一二三四五六七八九十]{1,3}[）)]", re.MULTILINE)
_APOSTROPHE = lazy(r"(?<=[A-Za-z])’(?=[A-Za-z])|(?<=s)’(?= )|(?<![\w”’])’(?=\d0s)", re.ASCII)
_TITLES = lazy(r"《[^《》\n]{0,200}(?:《[^《》\n]{0,200}》[^《》\n]{0,200}){1,9}》")
_QUOTES = lazy(r"“[^“”\n]{0,900}(?:“[^“”\n]{0,200}”[^“”\n]{0,900}){1,9}”")
_BRACKETS = lazy(r"（[^（）\n]{0,300}(?:（[^（）\n]{0,200}）[^（）\n]{0,300}){1,9}）")
_WORK = lazy(
    r"《(?!关于|论)(?:“[^《》\n]{1,30}”[^《》“”\n]{0,12}|[^《》“”\n]{1,30})"
    r"(?:(?:会议|代表大会|活动|大赛|论坛|奖章|证书|课题|行动|工程|称号|竞赛)》"
    r"|(?<!法)(?<!条例)(?<!规定)(?<!办法)(?<!意见)(?<!方案)(?<!纲要)(?<!公约)(?<!通知)(?<!决定)(?<!报告)(?<!章程)(?<!典)"
    r"(?<!宣言)(?<!规划)(?<!制度)(?<!倡议书)(?<!手册)》(?=活动|行动|竞赛|项目[，。、；]))"
)
_DEEPEST = 50
"""How many marks that are open are looked at, so that a line of nothing but marks takes no longer than others."""
_SOFT = lazy(r"(?<=[^\n])\n(?=[^\n\s#>*+|\-\d])")
_ORDINAL = lazy(r"（(?:[一二三四五六七八九十]{1,3}|\d{1,2})）")


def unpaired(text: Text, _: Settings) -> Iterator[Hit]:
    """Marks of a pair without the other, by paragraph (in Markdown one may have several lines).

    A quotation of several paragraphs opens each of them and closes the last. The closing bracket of 1） needs no
    opening one, an apostrophe is no quotation mark.
    """
    prose = _SOFT.sub(" ", text.prose) if text.kind == "md" else text.prose
    for start, end in _suspects(prose):
        yield from _open(text, prose, start, end)


def _suspects(prose: str) -> Iterator[tuple[int, int]]:
    """Paragraphs in which something is left when pairs with nothing between them are taken away again and again."""
    left = _OTHER.sub("", prose)
    for _ in range(_DEEPEST):
        length = len(left)
        for pair in _PAIRS[:-2]:
            left = left.replace(pair, "")
        if length == len(left):
            break
    if not left.strip("\n"):
        return
    start = 0
    for rest, paragraph in zip(left.split("\n"), prose.split("\n"), strict=True):
        if rest:
            yield start, start + len(paragraph)
        start += len(paragraph) + 1


def _open(text: Text, prose: str, start: int, end: int) -> Iterator[Hit]:
    let = {m.end() - 1 for m in _NUMBERED.finditer(prose, start, end)}
    let |= {m.start() for m in _APOSTROPHE.finditer(prose, start, end)}
    stack: list[int] = []
    for match in _MARK.finditer(prose, start, end):
        at, mark = match.start(), match[0]
        if at in let and not (mark in "）)" and any(prose[each] in "（(" for each in stack[-_DEEPEST:])):
            continue
        if mark in _OPENING:
            stack.append(at)
            continue
        inner = enumerate(islice(reversed(stack), _DEEPEST))
        depth = next((n for n, each in inner if _matches(prose[each], mark)), None)
        if depth is not None:  # what was opened inside and never closed is left over
            left = stack[len(stack) - depth :]
            del stack[len(stack) - depth - 1 :]
        else:
            left = [at]
        yield from (_hit(each, prose[each]) for each in left if prose[each] not in "()")
    for at in stack:
        if prose[at] != "(" and not (prose[at] in "“「" and _continued(text, text.row(at), at)):
            yield _hit(at, prose[at])


def _matches(opening: str, closing: str) -> bool:
    return _OPENING[opening] == closing or _MIXED.get(opening) == closing


def _hit(at: int, mark: str) -> Hit:
    missing = _OPENING.get(mark) or _CLOSING.get(mark, "")
    return Hit(at, at + 1, f"“{mark}”没有配对的“{missing}”")


def _continued(text: Text, row: int, at: int) -> bool:
    """Whether the next paragraph takes the quotation up with an opening mark of its own."""
    start = text.bounds(row)[0]
    if at > start and text.prose[at - 1] != "：" and not text.prose[at - 1].isspace():
        return False
    before = text.prose[start:at].rstrip()
    if before and not before.endswith("："):
        return False
    following = next((line for line in text.lines[row + 1 : row + 4] if line.strip()), "")
    return following.strip()[:1] == text.prose[at]


def inner_titles(text: Text, _: Settings) -> Iterator[Hit]:
    """Document titles inside document titles: 〈〉."""
    yield from _inner(text, _TITLES, "《》", "〈〉")


def inner_quotes(text: Text, _: Settings) -> Iterator[Hit]:
    """Quotations inside quotations: ‘’."""
    yield from _inner(text, _QUOTES, "“”", "‘’")


def inner_brackets(text: Text, _: Settings) -> Iterator[Hit]:
    """Brackets inside brackets of the same shape: 〔〕; not the number of a heading that is referred to."""
    yield from _inner(text, _BRACKETS, "（）", "〔〕")


def _inner(text: Text, pattern: re.Pattern[str], pair: str, better: str) -> Iterator[Hit]:
    if not (text.has(pair[0]) and text.prose.count(pair[0]) > 1):
        return
    for match in pattern.finditer(text.prose):
        first = match.start() + 1
        while (at := text.prose.find(pair[0], first, match.end())) >= 0:
            last = text.prose.index(pair[1], at)
            first = last + 1
            if pair == "（）" and _ORDINAL.match(text.prose, at):
                continue
            yield Hit(at, last + 1, edits=(Edit(at, at + 1, better[0]), Edit(last, last + 1, better[1])))


def works(text: Text, _: Settings) -> Iterator[Hit]:
    """Names of meetings, activities and prizes with the marks of a document title."""
    for match in _WORK.finditer(text.prose):
        start, last = match.start(), match.end() - 1
        pair = ("", "") if match[0][1] == "“" else ("“", "”")
        yield Hit(start, last + 1, edits=(Edit(start, start + 1, pair[0]), Edit(last, last + 1, pair[1])))


def turned(text: Text, _: Settings) -> Iterator[Hit]:
    """Quotation marks turned the wrong way: an even number in the paragraph, more of one kind than of the other."""
    for row in sorted({text.row(at) for mark in "“”" for at in text.find(mark)}):
        start, end = text.bounds(row)
        opening, closing = text.prose.count("“", start, end), text.prose.count("”", start, end)
        if opening == closing or (opening + closing) % 2:
            continue
        marks = [at for at in range(start, end) if text.prose[at] in "“”"]
        for number, at in enumerate(marks):
            right = "“”"[number % 2]
            if text.prose[at] != right:
                yield Hit(at, at + 1, edits=(Edit(at, at + 1, right),))

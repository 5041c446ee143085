"""The skeleton of a text: its numbered headings and lists as they are written, sentences, and counting words.

Marks are taken as they stand, right or wrong (一、 一. （一） (一) 1. 1、 （1） ①): what is wrong with the mark
itself is the business of the rules of punctuation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from drafter.check.lazy import lazy
from drafter.chinese.numerals import parse_numeral

if TYPE_CHECKING:
    from drafter.check.text import Text

__all__ = ["RANKS", "Heading", "Siblings", "Skeleton", "Step", "skeleton", "value"]

RANKS = {"部分": 0, "章": 1, "节": 2, "一、": 3, "（一）": 4, "1.": 5, "（1）": 6, "①": 7}
"""The systems of marks in their order, the highest first (GB/T 9704-2012 7.3.3)."""

_N = "[一二三四五六七八九十百]"
_LINE = lazy(
    r"\n[ \t\u3000]*(?:#{1,6} +)?(?:\*\*)?(?:"
    rf"(?P<g>第(?P<gn>{_N}{{1,4}}|\d{{1,2}})(?P<unit>部分|[章节篇编])(?=[\s：:、]|$))"
    rf"|(?P<a>(?P<an>{_N}{{1,3}})[、.．])"
    rf"|(?P<b>[（(](?P<bn>{_N}{{1,3}})[）)])"
    r"|(?P<c>(?P<cn>\d{1,2})(?:[.．、](?!\d)|[）)]))"
    r"|(?P<d>[（(](?P<dn>\d{1,2})[）)])"
    r"|(?P<e>[①-⑳])"
    r")[、.．，]?[ \t\u3000]*"
)
_RANGE = lazy(r"[一二三四五六七八九十](?=[、级类等月季号线度期次产年是])|[一二三四五六七八九十]+[、是]")
_END = "。；：，;:,"
_SENTENCE = lazy(r"[^。！？\n]+[。！？]*[”’」』）]*")
_INNER = lazy("[。！？；]")
_STEP = lazy(  # begins with one set of characters, by which it is sought
    r"[一二三四五六七八九十第首其再最](?:(?<=[一二三四五六七八九十])[一二三四五六七八九十]{0,2}[是要]"
    r"|(?<=第)[一二三四五六七八九十]{1,2}[，,、：:]|(?<=首)先|(?<=[其再])次|(?<=最)后)"
)
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "最后": 0}
_BEFORE = frozenset("\n。；：，！？ \u3000“（;:,\t”…")
_AFTER_WORD = frozenset("，,、：:要")
_PAUSES = "。！？；：、…—（）()\n,;:"
_FAR = 500
_MOST_STEPS = 200
_LONGEST_TITLE = 50
_LAST_LINES = 3
_LEFT_BY_THE_WEB = lazy(
    r"试读|未完|待续|全文完|阅读全文|剩余|余下|下载|公众号|扫码|微信|客服|会员(?:专享|可见|查看)|登录后|上一篇|下一篇|"
    r"更多(?:精彩|内容|文章|范文)|相关(?:推荐|阅读|文章)|猜你喜欢|转载|文库|范文网"
)
_LONGEST_SIGNATURE = 30
_CLOSING = frozenset("。！？；：”’」』）》】〕…—!?.;:)]\"'*")


class Heading(NamedTuple):
    """A numbered heading or list item at the start of a line.

    start    offset of its mark; `text_start` of what follows the mark
    end      offset after its text (the final mark is not part of it)
    text     own line: all of it; a lead that runs in: up to the first 。; "" for a paragraph without a lead
    own      stands on a line of its own
    final    the mark at its end, "" for none
    """

    start: int
    text_start: int
    end: int
    system: str
    ordinal: int
    text: str
    own: bool
    final: str

    @property
    def mark_span(self) -> tuple[int, int]:
        return self.start, max(self.start + 1, self.text_start)


class Siblings:
    """Headings of one system under one parent, in the order of the text.

    parent     the heading above, None at the top
    restarts   the list of the same system at the same place that ended before this one began anew with 1
    inverted   a list of a higher system inside an item of a lower one
    end        offset where the last of them ends
    """

    def __init__(self, first: Heading, parent: Heading | None, restarts: Siblings | None = None) -> None:
        self.system = first.system
        self.parent = parent
        self.headings = [first]
        self.restarts = restarts
        self.inverted = False
        self.end = 0

    def scope(self, index: int) -> tuple[int, int]:
        """(start, end) of the text that belongs to one of them, its own line included."""
        following = self.headings[index + 1].start if index + 1 < len(self.headings) else self.end
        return self.headings[index].start, following


class Step(NamedTuple):
    """A counting word: 一是 (family 是), 一要 (要), 第一， (第), 首先 其次 再次 最后 (首先; 最后 counts 0)."""

    start: int
    end: int
    family: str
    ordinal: int


class Skeleton:
    """Of the prose of a text."""

    def __init__(self, prose: str) -> None:
        self.prose = prose

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        prose = self.prose
        found = []
        for match in _LINE.finditer("\n" + prose):
            heading = _heading(match, prose)
            if heading:
                found.append(heading)
        return tuple(found)

    @cached_property
    def lists(self) -> tuple[Siblings, ...]:
        """All lists of siblings, in the order in which they begin."""
        return _nested(self.headings, len(self.prose))

    @cached_property
    def cut(self) -> bool:
        """Whether it breaks off: it ends with an ellipsis, a long line without a mark, or what a web page adds."""
        lines = self.prose.rstrip().rsplit("\n", _LAST_LINES)[-_LAST_LINES:]
        if any(_LEFT_BY_THE_WEB.search(line) for line in lines):
            return True
        last = lines[-1].strip()
        return last.endswith(("...", "…")) or (len(last) > _LONGEST_SIGNATURE and last[-1] not in _CLOSING)

    @cached_property
    def _starts(self) -> list[int]:
        return [heading.start for heading in self.headings]

    @cached_property
    def _home(self) -> dict[int, tuple[Siblings, int]]:
        return {h.start: (siblings, i) for siblings in self.lists for i, h in enumerate(siblings.headings)}

    def home(self, heading: Heading) -> tuple[Siblings, int]:
        """The list that a heading is in, and its index there."""
        return self._home[heading.start]

    def above(self, offset: int) -> tuple[Heading, ...]:
        """The headings that a place stands under, the nearest first."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return ()
        chain, heading = [], self.headings[at]
        current: Heading | None = heading
        while current:
            siblings, index = self.home(current)
            if siblings.scope(index)[1] > offset:
                chain.append(current)
            current = siblings.parent
        return tuple(chain)

    def section(self, offset: int) -> tuple[int, int]:
        """From the last heading of any level before a place to the next one."""
        at = bisect_right(self._starts, offset)
        start = self._starts[at - 1] if at else 0
        return start, self._starts[at] if at < len(self._starts) else len(self.prose)

    def headings_between(self, start: int, end: int) -> tuple[Heading, ...]:
        """The headings of all levels that begin in start:end."""
        return self.headings[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def steps_between(self, start: int, end: int) -> tuple[Step, ...]:
        """The counting words that begin in start:end, `_MOST_STEPS` at most."""
        first = bisect_left(self._step_starts, start)
        return self.steps[first : min(bisect_left(self._step_starts, end), first + _MOST_STEPS)]

    def run(self, start: int, end: int, *, through: bool = False) -> list[Step]:
        """The first run of counting words of one family that begins with one in start:end.

        A further first one ends it, or with `through` is taken for the beginning of a list inside an item.
        """
        run: list[Step] = []
        for step in self.steps_between(start, end):
            if run and step.family != run[0].family:
                continue
            if run and step.ordinal == 1 and not through:
                break
            if step.ordinal == (run[-1].ordinal + 1 if run else 1) or (run and step.ordinal == 0):
                run.append(step)
        return run

    @cached_property
    def _step_starts(self) -> list[int]:
        return [step.start for step in self.steps]

    @cached_property
    def tops(self) -> tuple[tuple[Heading, int], ...]:
        """The main sections: the headings of the highest system that has two or more, each with its end."""
        lists = [each for each in self.lists if len(each.headings) > 1 and each.system not in ("（1）", "①")]
        if not lists:
            return ()
        highest = min(RANKS[each.system] for each in lists)
        return tuple(
            (heading, each.scope(index)[1])
            for each in lists
            if RANKS[each.system] == highest
            for index, heading in enumerate(each.headings)
        )

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of all stretches up to 。！？ or the end of a line."""
        return tuple(match.span() for match in _SENTENCE.finditer(self.prose))

    def sentence(self, offset: int) -> tuple[int, int]:
        """(start, end) of the sentence that holds an offset, cut to `_FAR` characters on each side."""
        first, last = self.line(offset)
        first, last = max(first, offset - _FAR), min(last, offset + _FAR)
        start = max(self.prose.rfind(mark, first, offset) for mark in "。！？") + 1
        ends = [end for end in (self.prose.find(mark, offset, last) for mark in "。！？") if end >= 0]
        return max(start, first), min(ends, default=last)

    @cached_property
    def stretches(self) -> list[str]:
        """The prose cut at every pause; each is one character short of the next one's offset."""
        pieces = self.prose
        for mark in _PAUSES:
            pieces = pieces.replace(mark, "，")
        return pieces.split("，")

    @cached_property
    def lengths(self) -> list[int]:
        """Of the stretches."""
        return list(map(len, self.stretches))

    @cached_property
    def ends(self) -> list[int]:
        """The offsets where the stretches end."""
        return [end + index for index, end in enumerate(accumulate(self.lengths))]

    def line(self, offset: int) -> tuple[int, int]:
        """(start, end) of the line that holds an offset."""
        end = self.prose.find("\n", offset)
        return self.prose.rfind("\n", 0, offset) + 1, end if end >= 0 else len(self.prose)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The counting words at the start of a line or after a mark."""
        prose = self.prose
        found = []
        for match in _STEP.finditer(prose):
            start, end = match.span()
            if start and prose[start - 1] not in _BEFORE:
                continue
            word = match[0]
            if word in _WORDS:
                if prose[end : end + 1] in _AFTER_WORD and not (start and prose[start - 1] in "，,"):
                    found.append(Step(start, end, "首先", _WORDS[word]))
            elif word[0] == "第":
                found.append(Step(start, end - 1, "第", value(word[1:-1]) or 0))
            else:
                found.append(Step(start, end, word[-1], value(word[:-1]) or 0))
        return tuple(found)


_SEEN: WeakKeyDictionary[Text, Skeleton] = WeakKeyDictionary()


def skeleton(text: Text) -> Skeleton:
    """The skeleton of a text, made once."""
    found = _SEEN.get(text)
    if found is None:
        found = _SEEN[text] = Skeleton(text.prose)
    return found


@lru_cache(maxsize=500)
def value(text: str) -> int | None:
    """The number that 三, 两, 十二, 3 or １２ stands for; None for 几, 数 and what is no number."""
    if text.isdecimal():
        return int(text)
    return 2 if text == "两" else parse_numeral(text)


_SYSTEMS = {"a": "一、", "b": "（一）", "c": "1.", "d": "（1）"}


def _heading(match: re.Match[str], prose: str) -> Heading | None:
    kind = match.lastgroup or ""
    start, at = match.start(kind) - 1, match.end() - 1
    if kind == "e":
        system, ordinal = "①", ord(match["e"]) - ord("①") + 1
    elif kind == "g":
        system = "部分" if match["unit"] in ("部分", "篇", "编") else match["unit"]
        ordinal = value(match["gn"]) or 0
    else:
        system = _SYSTEMS[kind]
        ordinal = value(match[kind + "n"]) or 0
    line_end = prose.find("\n", at)
    rest = prose[at : line_end if line_end >= 0 else len(prose)].rstrip().removesuffix("**")
    if not ordinal or (not rest and kind != "g") or (kind == "a" and _RANGE.match(rest)):
        return None
    body = rest.rstrip(_END)
    final = rest[len(body) : len(body) + 1]
    inner = _INNER.search(body)
    if inner is None and len(body) <= _LONGEST_TITLE:
        return Heading(start, at, at + len(body), system, ordinal, body, True, final)
    stop = body.find("。")
    lead = body[:stop] if 0 <= stop <= _LONGEST_TITLE and not _INNER.search(body[:stop]) else ""
    return Heading(start, at, at + len(lead), system, ordinal, lead, False, "。" if lead else "")


def _nested(headings: tuple[Heading, ...], size: int) -> tuple[Siblings, ...]:
    nesting = _Nesting()
    for heading in headings:
        nesting.take(heading)
    nesting.close(0, size)
    return tuple(nesting.lists)


class _Nesting:
    """Headings sorted into lists: the list that a number continues is sought from the innermost outwards."""

    def __init__(self) -> None:
        self.lists: list[Siblings] = []
        self.stack: list[Siblings] = []

    def take(self, heading: Heading) -> None:
        stack, rank = self.stack, RANKS[heading.system]
        same = [depth for depth in range(len(stack) - 1, -1, -1) if stack[depth].system == heading.system]
        going_on = [depth for depth in same if stack[depth].headings[-1].ordinal + 1 == heading.ordinal]
        if going_on:
            for inner in stack[going_on[0] + 1 :]:
                inner.inverted |= RANKS[inner.system] < rank
            self.join(going_on[0], heading)
        elif not same:
            if heading.ordinal != 1:
                deeper = [depth for depth, each in enumerate(stack) if RANKS[each.system] > rank]
                self.close(min(deeper, default=len(stack)), heading.start)
            self.open(heading)
        elif heading.ordinal != 1:
            self.join(same[0], heading)
        elif rank > RANKS[stack[-1].system]:
            self.open(heading)
        else:
            before = stack[same[0]]
            self.close(same[0], heading.start)
            self.open(heading, before)

    def join(self, depth: int, heading: Heading) -> None:
        self.close(depth + 1, heading.start)
        self.stack[-1].headings.append(heading)

    def open(self, heading: Heading, restarts: Siblings | None = None) -> None:
        parent = self.stack[-1].headings[-1] if self.stack else None
        siblings = Siblings(heading, parent, restarts)
        self.lists.append(siblings)
        self.stack.append(siblings)

    def close(self, depth: int, at: int) -> None:
        for each in self.stack[depth:]:
            each.end = at
        del self.stack[depth:]

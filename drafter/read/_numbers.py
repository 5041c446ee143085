"""Enumeration marks as authors write them: which system, which number, where the mark ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter.chinese.numerals import numeral, parse_numeral

__all__ = ["INLINE_SYSTEMS", "Mark", "inline_marks", "parse_mark"]


@dataclass(frozen=True, slots=True)
class Mark:
    """`number` counts from 1 (0: said by position alone, 最后); `end` is the length of the mark in the text."""

    system: str
    number: int
    end: int

    @property
    def ordinal(self) -> str:
        return numeral(self.number) if self.number else ""


_CN = "[一二三四五六七八九十百]{1,4}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cn_dun", re.compile(rf"({_CN})\s?[、．.](?!\s*[一二三四五六七八九十]+[、．.])")),
    ("cn_paren", re.compile(rf"[（(]\s?({_CN})\s?[）)][、.．]?")),
    ("part", re.compile(rf"第({_CN})(?:部分|章|节|篇)[：:、，,\s]?")),
    ("ar_paren", re.compile(rf"[（(]\s?(\d{{1,2}})\s?[）)][、.．]?|(\d{{1,2}})[）)]|([{_CIRCLED}])")),
    ("dec", re.compile(r"\d{1,2}[.．](\d{1,2})(?![\d%％.．]|\s?[万亿个家名倍元点人次])[、\s]?")),
    ("ar_dun", re.compile(r"(\d{1,2})\s?、")),
    ("ar_dot", re.compile(r"(\d{1,2})\s?[.．](?!\d)\s?")),
    ("yishi", re.compile(rf"({_CN})是")),
    ("yiyao", re.compile(rf"({_CN})要(?![求点素务领件闻])")),
    ("xiang", re.compile(rf"(?:下面|现在)?[，,]?(?:请)?(?:进行|会议)?第({_CN})项(?:议程)?(?:是)?[：:，,]")),
    (
        "diyi",
        re.compile(
            rf"第({_CN})(?:[，,、.．：:]|是(?=[要在对把坚加抓])|(?:个?(?:方面|阶段|层面|问题|特点|任务|环节)|点)[，,：:是])"
        ),
    ),
    ("diyi", re.compile(r"其([一二三四五六七八九])[，,：:]")),
)
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 0}
_SHOUXIAN = re.compile("(首先|其次|再次|再者|最后)(?:[，,]|(?=我要|要|是))")

INLINE_SYSTEMS = ("yishi", "yiyao", "diyi", "cn_paren", "ar_paren")
_INLINE = {
    "suowei": re.compile(r"(?<=[。；;：:！!？?”])\s*(所谓)[^，。；]{2,14}[，,]?\s?(?:就是|是指|是)"),
    "yishi": re.compile(rf"(?<=[。；;：:！!？?，,”）)…])\s*({_CN})是"),
    "yiyao": re.compile(rf"(?<=[。；;：:！!？?，,”）)])\s*({_CN})要(?![求点素务领件闻])"),
    "diyi": re.compile(rf"(?<=[。；;：:！!？?”）)])\s*第({_CN})[，,、：:]"),
    "cn_paren": re.compile(rf"(?<=[。；;：:！!？?])\s*[（(]({_CN})[）)]"),
    "ar_paren": re.compile(r"(?<=[。；;：:！!？?])\s*[（(](\d{1,2})[）)]"),
}


def parse_mark(text: str) -> Mark | None:
    """The mark at the start of a text."""
    for system, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            number = value(next(group for group in match.groups() if group))
            if number and (match.end() < len(text) or system == "xiang"):
                return Mark(system, number, match.end())
    match = _SHOUXIAN.match(text)
    return Mark("shouxian", _ORDER[match[1]], match.end()) if match else None


def value(text: str) -> int:
    """一 → 1, 12 → 12, ③ → 3; 0 for no number."""
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    return int(text) if text.isdigit() else parse_numeral(text) or 0


def inline_marks(text: str, system: str, first: int = 1) -> list[tuple[int, int, int]]:
    """(number, start, end of the mark) of the items of one run inside a paragraph, counting on from `first`."""
    run: list[tuple[int, int, int]] = []
    for match in _INLINE[system].finditer(text):
        number = first + len(run) if system == "suowei" else value(match[1])
        if number == first + len(run):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            run.append((number, start, match.end(1) if system == "suowei" else match.end()))
    return run

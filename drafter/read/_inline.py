"""What web pages put inside a line: style sheets, tags, advertisements, noise, notes of what was left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.read._junk_rules import INLINE
from drafter.read._pinyin import ANNOTATION, is_reading

if TYPE_CHECKING:
    from drafter.read._result import Report
    from drafter.read._trace import Traced

__all__ = ["GAP", "clean_line", "strip_readings"]

GAP = re.compile(
    r"[.…\s(（【]{0,40}(?:此处|中间|以下|本段)?(?:已)?(?:隐藏|省略|略去|省去)\s?(?P<n>\d+)\s?(?:个)?字[,，]?(?:[^。，,]{0,12}(?:可见|查看|阅读|下载)[^。，,]{0,8})?[)）】.…\s]{0,40}"
)
"""A note in the middle of a text that characters were left out."""

_TAIL = re.compile(r"(?<=[\u4e00-\u9fff，,。；;×xX*]|\s)\s*(?:\.{3,}|…{1,}|。{3,})\s*$")
_NOISE = re.compile(r"(?:(?<=^)|(?<=\s))(?:[!-~]{1,2}\s+){4,}[!-~]{0,2}(?=\s|$|[\u4e00-\u9fff(（])")
_ENTITY = {
    "&ldquo;": "“",
    "&rdquo;": "”",
    "&amp;": "&",
    "&middot;": "·",
    "&hellip;": "…",
    "&mdash;": "—",
    "&quot;": '"',
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]+")
_HASHES = re.compile(r"^#{1,6}\s+(?=\S)")


def strip_readings(line: Traced, report: Report) -> Traced:
    """Without (fā) behind characters."""
    return _cut(line, ANNOTATION, "pinyin", report, lambda match: "" if is_reading(match[1]) else None)


def clean_line(line: Traced, report: Report) -> Traced:
    """The line without what the page put into it; each stretch is reported."""
    line = _cut(line, _CONTROL, "control", report)
    for kind, pattern in INLINE:
        line = _cut(line, pattern, kind, report, _html if kind == "html" else None)
    line = _cut(line, _NOISE, "forum_noise", report, _noise)
    return line.strip()


def cut_end(line: Traced, report: Report) -> tuple[Traced, bool]:
    """(the line without the dots at which a preview breaks off, whether it had them)."""
    match = _TAIL.search(line.text)
    if not match or not line.text[: match.start()].strip():
        return line, False
    report.change("truncation", line.cut(match.start()), "")
    return line.cut(0, match.start()).strip(), True


def _noise(match: re.Match[str]) -> str | None:
    tokens = match[0].split()
    if len(tokens) < 5 or sum(not token.isalnum() or len(token) == 1 for token in tokens) < 4:
        return None
    return "(" if tokens[-1].endswith("(") else ""


def _html(match: re.Match[str]) -> str:
    return _ENTITY.get(match[0].lower(), " " if match[0].startswith("&") else "")


def _cut(line: Traced, pattern: re.Pattern[str], kind: str, report: Report, make=None) -> Traced:  # type: ignore[no-untyped-def]
    def replace(match: re.Match[str]) -> str | None:
        after: str | None = make(match) if make else ""
        if after is not None and after != match[0]:
            report.change(kind, line.cut(*match.span()), after)
        return after

    return line.sub(pattern, replace) if pattern.search(line.text) else line

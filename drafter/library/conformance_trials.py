"""Every way a pattern may be asked to read: each 措辞 × 语气 × 听众, with all facts of its examples and with few."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from drafter.chinese.punctuation import collapse
from drafter.errors import LibraryError, Problem

if TYPE_CHECKING:
    from drafter.library.library import Library
    from drafter.library.model import Pattern

__all__ = ["trials"]

_COMMON = {
    "层级": "市", "工作": "这项工作", "会议": "这次会议", "单位": "本单位", "年度": "今年", "党政": "党委、政府",
    "自称": "本单位", "点数": "三", "场合": "推进会", "日期": "今天",
}  # fmt: skip
_TONES = ("庄重", "平实", "鼓动")
_AUDIENCES = ("上级", "平级", "下级")
_CHOSEN = ("措辞", "语气", "听众")
_OPTIONAL = re.compile(r"\[\[(?:[0-9]\|)?|\]\]")
_INNERMOST = re.compile(r"\[\[(?:(?!\[\[|\]\]).)*\]\]")
_MARKUP = re.compile(r"^(?:- |# )|\*\*")


def trials(library: Library, pattern: Pattern) -> Iterator[Problem]:
    """What reads badly in some combination (E348), each once: doubled marks, nothing at all, markup left open.

    A rendering that fails is told once, with the problems of its LibraryError.
    """
    seen: set[str] = set()
    keys = [variant.key for variant in pattern.variants] or [""]
    for facts in _facts(pattern):
        for key, tone, audience in product(keys, _TONES, _AUDIENCES):
            asked = {"措辞": key, "语气": tone, "听众": audience}
            for problem in _trial(library, pattern, facts, asked):
                if problem.message not in seen:
                    seen.add(problem.message)
                    shown = " ".join(filter(None, asked.values()))
                    yield Problem(problem.code, f"{problem.message}（{shown}）", problem.place, problem.hint)


def _facts(pattern: Pattern) -> Iterator[Mapping[str, Any]]:
    """The facts of each example, then only what is required of the first."""
    for example in pattern.examples:
        yield {name: value for name, value in example["in"].items() if name not in _CHOSEN}
    if pattern.examples:
        first = pattern.examples[0]["in"]
        yield {name: first[name] for name in pattern.required if name in first}


def _trial(library: Library, pattern: Pattern, facts: Mapping[str, Any], asked: Mapping[str, str]) -> Iterator[Problem]:
    try:
        text = library.render(pattern, {**_COMMON, **facts, **asked})
    except LibraryError as error:
        yield from error.problems
        return
    place = library.place(pattern, pattern.line)
    if not text and facts:
        yield Problem("E348", "什么也没有写出来", place, "给这种情形也写上文字")
    for line in text.splitlines():
        if reason := _awkward(line):
            yield Problem("E348", f"{reason}：{line}", place, "检查 if 两边的标点，和要素为空时的写法")


def _awkward(line: str) -> str:
    """Why a line cannot be read out, in Chinese; "" where it can."""
    if line.startswith("|"):
        return ""  # the row of a table
    if line.count("[[") != line.count("]]") or line.count("**") % 2:
        return "[[ ]] 或 ** 没有成对"
    whole, short = _bare(line), _bare(_without_optional(line))
    if not whole:
        return "空的一行"
    clumsy = (collapse(text) != text or text[:1] in tuple("，。；：、！？") for text in (whole, short))
    return "标点重复或落空" if any(clumsy) else ""


def _bare(line: str) -> str:
    return _MARKUP.sub("", _OPTIONAL.sub("", line)).strip()


def _without_optional(line: str) -> str:
    """The line with its optional sentences left out, inner ones first."""
    before = ""
    while before != line:
        before, line = line, _INNERMOST.sub("", line)
    return line

"""What a YAML syntax error means, in Chinese.

The parser names where it gave up; the cause is often a line above: a full-width colon, a Tab, a missing
blank. Those are looked for first, then the parser's own reason is translated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drafter.brief.model import Mark
from drafter.brief.schema import known_keys
from drafter.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafter.brief.source import Source

__all__ = ["explain", "explain_text_root", "full_width_colon"]

_ITEM = r"[ \t]*(?:-[ ]+)*"
_WIDE_COLON = re.compile(rf"({_ITEM})([^\s：:#'\"“”‘’「」\[\]{{}}，。；,]{{1,20}})[ ]*：")
_TIGHT_COLON = re.compile(rf"({_ITEM})([^\s：:#'\"“”‘’「」\[\]{{}}，。；,]{{1,20}}):(?=[^\s:/\\])")
_QUOTE_HINT = "文字里有 : # [ ] { } * & ! @ % 这些符号时，整段加上英文引号"
_LOOK_BACK = 3


@dataclass(frozen=True, slots=True)
class _Reason:
    """What to say where a pattern is found in the parser's reason; `began`: at the place where the construct began."""

    pattern: str
    message: str
    hint: str
    began: bool = False


_REASONS = (
    _Reason(
        "quoted scalar.*unexpected (?:end|document)",
        "引号没有配对：从这里开始的引号没有结束",
        "补上后一个引号，前后用同一种英文引号",
        began=True,
    ),
    _Reason(
        "unknown escape|escape sequence|hexdecimal|hexadecimal",
        "双引号里的“\\”后面写法不对",
        "改用英文单引号，或写成“\\\\”",
    ),
    _Reason(
        "quoted scalar",
        "引号里的写法不对",
        "检查引号是否配对",
        began=True,
    ),
    _Reason(
        "flow sequence",
        "从这里开始的方括号“[”没有配对，或各项没有用英文逗号隔开",
        "补上“]”；各项之间用英文逗号",
        began=True,
    ),
    _Reason(
        "flow mapping",
        "从这里开始的花括号“{”没有配对，或各项没有用英文逗号隔开",
        "补上“}”；各项之间用英文逗号",
        began=True,
    ),
    _Reason(
        "simple key|could not find expected ':'",
        "这一行不是“键: 值”",
        "冒号用英文的，后面空一格；接着上一行的文字要多缩进",
        began=True,
    ),
    _Reason(
        "mapping values are not allowed",
        "这里的冒号多了，或这一行没有与同级的键对齐",
        f"同级的键左边要对齐；{_QUOTE_HINT}",
    ),
    _Reason(
        "sequence entries are not allowed",
        "列表的“- ”要另起一行",
        "在冒号后换行，下一行以“  - ”开头",
    ),
    _Reason(
        "expected '-' indicator|block collection",
        "这一行没有与上面的列表对齐",
        "列表的每一项都以“- ”开头，左边对齐",
    ),
    _Reason(
        "block mapping|expected <document start>",
        "这一行没有与同级的键对齐，或引号后面还有字",
        "同级的键左边要对齐；引号要括住整段文字",
    ),
    _Reason(
        "scanning an? (?:alias|anchor)",
        "以“*”或“&”开头的文字会被当作引用",
        "整段加上英文引号",
        began=True,
    ),
    _Reason(
        "cannot start any token",
        "值不能以这个符号开头",
        '整段加上英文引号，如 单位: "%"',
    ),
    _Reason(
        "block scalar|block indent",
        "“|”或“>”的写法不对",
        "“|”后面直接换行，下面各行缩进两格",
    ),
    _Reason(
        "directive|YAML document",
        "不支持以“%”开头的指令行",
        "删掉这一行",
    ),
)


def explain(source: Source, error: Any) -> list[Problem]:
    """The problems behind a `yaml.YAMLError`.

    E110 syntax, E111 full-width colon, E112 Tab, E116 tag, E120 no key, E122 colon without a blank.
    """
    spot = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if spot is None:
        return [Problem("E110", "YAML 写法有误", source.place(Mark(1, 1, 1, 2)), _QUOTE_HINT)]
    began = getattr(error, "context_mark", None) or spot
    lines = list(_suspects(source, spot.line + 1, began.line + 1))
    return (
        _tabs(source, lines)
        or _colons(source, lines)
        or _tight_colons(source, lines)
        or [_reason(source, f"{error.context or ''} {error.problem or ''}", spot, began)]
    )


def explain_text_root(source: Source) -> list[Problem]:
    """The problems of a brief that parsed as one long text; empty where no colon explains it."""
    numbers = range(1, len(source.lines) + 1)
    return list(_lines(source, _WIDE_COLON, numbers, _wide)) or list(_lines(source, _TIGHT_COLON, numbers, _tight))


def full_width_colon(text: str) -> str:
    """The key of a text such as `名称：甲`, "" where it is no key."""
    found = _WIDE_COLON.match(text)
    return found[2] if found else ""


def _suspects(source: Source, spot: int, began: int) -> Iterator[int]:
    """Line numbers to look at, the likeliest first."""
    last = len(source.lines)
    spot = min(spot, last)
    yield spot
    if began != spot:
        yield min(began, last)
    above = [n for n in range(spot - 1, max(0, spot - 10), -1) if source.line(n).strip() and n != began]
    yield from above[:_LOOK_BACK]


def _tabs(source: Source, lines: list[int]) -> list[Problem]:
    for number in lines:
        line = source.line(number)
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent:
            start = indent.index("\t")
            place = source.place(Mark(number, start + 1, number, len(indent) + 1))
            return [Problem("E112", "缩进里有制表符（Tab）", place, "缩进只能用空格，一级两个；把 Tab 换成空格")]
    return []


def _colons(source: Source, lines: list[int]) -> list[Problem]:
    """The suspect line, and all lines of its indent whose full-width colon follows a key that a brief knows."""
    first = next((n for n in lines if _WIDE_COLON.match(source.line(n))), 0)
    if not first:
        return []
    indent = _indent(source.line(first))
    others = (
        number
        for number, line in enumerate(source.lines, 1)
        if number == first
        or (_indent(line) == indent and (found := _WIDE_COLON.match(line)) and found[2] in known_keys())
    )
    return list(_lines(source, _WIDE_COLON, others, _wide))


def _tight_colons(source: Source, lines: list[int]) -> list[Problem]:
    hits = [n for n in lines if (found := _TIGHT_COLON.match(source.line(n))) and found[2] in known_keys()]
    return list(_lines(source, _TIGHT_COLON, hits[:1], _tight))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _wide(key: str) -> tuple[str, str, str]:
    return "E111", f"“{key}”后面用了全角冒号“：”", f"改成英文冒号加空格：{key}: …"


def _tight(key: str) -> tuple[str, str, str]:
    return "E122", f"“{key}”的冒号后面没有空格", f"冒号后面空一格：{key}: …"


def _lines(source: Source, pattern: re.Pattern[str], numbers: Any, say: Any) -> Iterator[Problem]:
    for number in numbers:
        if found := pattern.match(source.line(number)):
            code, message, hint = say(found[2])
            yield Problem(code, message, source.place(Mark(number, found.end(), number, found.end() + 1)), hint)


def _reason(source: Source, reason: str, spot: Any, began: Any) -> Problem:
    reason = reason.replace("\n", " ")
    if " tag" in reason:
        place = _point(source, began)
        return Problem("E116", "以“!”开头的文字会被当作标签，不认识", place, "整段加上英文引号")
    if source.line(spot.line + 1).lstrip(" ").startswith(":"):
        return Problem("E120", "冒号前面没有键", _point(source, spot), "写成“键: 值”")
    for known in _REASONS:
        if re.search(known.pattern, reason):
            return Problem("E110", known.message, _point(source, began if known.began else spot), known.hint)
    return Problem("E110", "YAML 写法有误", _point(source, spot), _QUOTE_HINT)


def _point(source: Source, mark: Any) -> Any:
    return source.place(Mark(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2))

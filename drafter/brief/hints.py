"""The wording of messages and hints: what was found, what was meant, how to write it."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from drafter.brief.model import DataPath, source_text
from drafter.chinese.numerals import parse_numeral

__all__ = [
    "add", "date", "describe", "example", "kinds", "limit", "nearest", "short", "similar", "type_hint", "unit",
    "written_form",
]  # fmt: skip

_KINDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "true 或 false",
    "array": "列表",
    "object": "一组“键: 值”",
}
_SIMILAR = 0.5
_LISTED = 24
_SHORT = 20
_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_FIGURE = re.compile(r"([-+]?[\d,，.]*\d)\s*(\D+)", re.ASCII)
_AMOUNT = re.compile(
    r"(?:约|大约|大概)?\s*(\d[\d,]*(?:\.\d+)?|[零一二三四五六七八九十百千]+|半)\s*(千|万)?\s*个?(\D*)", re.ASCII
)
_MINUTE_UNITS = {
    "": 1,
    "分": 1,
    "分钟": 1,
    "min": 1,
    "mins": 1,
    "'": 1,
    "′": 1,
    "小时": 60,
    "钟头": 60,
    "h": 60,
    "刻钟": 15,
}
_CHARACTER_UNITS = {"": 1, "字": 1, "字符": 1, "字左右": 1, "汉字": 1}


def short(text: str) -> str:
    """At most 20 characters of a text, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= _SHORT else text[:_SHORT] + "…"


def inline(value: Any) -> str:
    """A value as YAML on one line, for hints."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return source_text(value) or '""'


def describe(value: Any, raw: str | None) -> str:
    """What was found, in words."""
    if value is None:
        return "空的"
    if isinstance(value, str):
        return f"“{short(value)}”" if value.strip() else "空的"
    if isinstance(value, bool):
        return source_text(value) or ""
    if isinstance(value, (int, float)):
        return f"数 {short(raw or str(value))}"
    return _KINDS["array" if isinstance(value, list) else "object"]


def kinds(types: Collection[str]) -> str:
    """The allowed types, in words."""
    return "或".join(word for kind, word in _KINDS.items() if kind in types)


def similar(word: str, candidates: Sequence[str]) -> str:
    """The candidate most like the word, "" where none is like it."""
    from difflib import SequenceMatcher

    ratios = [(SequenceMatcher(None, word[:100], each).ratio(), -index) for index, each in enumerate(candidates)]
    best, index = max(ratios, default=(0.0, 0))
    return candidates[-index] if best >= _SIMILAR else ""


def nearest(word: str, candidates: Sequence[str], allowed: Sequence[str], label: str) -> str:
    """Did-you-mean by similarity, then everything allowed."""
    meant = similar(word, candidates)
    hint = f"是不是“{meant}”？" if meant else ""
    listed = "、".join(allowed[:_LISTED]) + (" 等" if len(allowed) > _LISTED else "")
    return hint + (f"{label}：{listed}" if listed else "这里不能有别的键")


def example(schema: dict[str, Any]) -> str:
    """The first example of a subschema."""
    examples = schema.get("examples")
    return f"例：{inline(examples[0])}" if examples else ""


def add(key: str, schema: dict[str, Any]) -> str:
    """How to supply what is missing."""
    examples = schema.get("examples")
    if examples:
        return f"加上“{key}: …”，例：{key}: {inline(examples[0])}"
    return f"加上“{key}: …”" + (f"（{schema['description'].rstrip('。')}）" if schema.get("description") else "")


def unit(figure: str) -> str:
    """How to give a figure its unit; `%` cannot begin a plain YAML scalar."""
    if found := _FIGURE.fullmatch(figure):
        name = f'"{found[2]}"' if found[2].startswith("%") else found[2]
        return f"数和单位分开写：数值: {found[1]}，单位: {name}"
    return '加上单位，如 单位: 户；比例写 单位: "%"'


def type_hint(key: str, value: Any, types: Collection[str], schema: dict[str, Any]) -> str:
    """What to do about a value of the wrong type."""
    scalar = source_text(value)
    if value is None:
        return "写上内容，或删掉这一行"
    if scalar is not None and "string" in types:
        return f'当文字用要加引号："{short(scalar)}"'
    if scalar is not None and "object" in types and schema.get("properties"):
        inner = next(iter(schema.get("required") or schema["properties"]))
        return f"写成 {f'{key}: ' if key else '- '}{{{inner}: {short(scalar)}}}"
    if scalar is not None and "array" in types:
        return f"写成 {f'{key}: ' if key else '- '}[{short(scalar)}]，或换行后每项以“- ”开头"
    if isinstance(value, dict) and "array" in types:
        return "列表的每一项以“- ”开头"
    if isinstance(value, dict) and "string" in types:
        return "文字里有“: ”时，整段加上英文引号"
    if isinstance(value, list) and "string" in types:
        return "这里只写一条，不用列表"
    if "boolean" in types:
        return "写 true 或 false，不加引号"
    if isinstance(value, str) and ("number" in types or "integer" in types):
        return "只写数字，不带单位和引号"
    return example(schema)


def date(text: str) -> tuple[str, str]:
    """(message, hint) for a text that is no day."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return f"日期“{short(text)}”写法不对", "写成 年-月-日，如 2024-03-05"
    year, month, day = (int(part) for part in found.groups() if part)
    if not 1 <= month <= 12:
        return f"日期“{short(text)}”不存在", f"没有 {month} 月"
    last = calendar.monthrange(year, month)[1] if year else 31
    if not year or not 1 <= day <= last:
        return f"日期“{short(text)}”不存在", f"{year}年{month}月只有 {last} 天"
    return f"日期“{short(text)}”写法不对", f"写成 {year:04}-{month:02}-{day:02}"


def written_form(path: DataPath, value: Any, raw: str) -> tuple[str, str, str] | None:
    """(code, message, hint) for 日期, 时长 and 篇幅 in another form than the one a brief takes."""
    if isinstance(value, (dict, list, bool)) or value is None or not raw.strip():
        return None
    if path == ("日期",):
        return ("E205", *date(raw))
    if path == ("时长",):
        return "E208", f"时长“{short(raw)}”写法不对", f"写成 {_amount(raw, _MINUTE_UNITS) or '15'}分钟"
    if path == ("篇幅",):
        return "E208", f"篇幅“{short(raw)}”写法不对", f"写成 {_amount(raw, _CHARACTER_UNITS) or '3000'}字"
    return None


def _amount(text: str, units: dict[str, int]) -> str:
    """The amount meant in the base unit, "" where it is unclear or nothing."""
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    factor = units.get(found[3].strip().lower()) if found else None
    if not found or factor is None:
        return ""
    word = found[1].replace(",", "")
    number = 0.5 if word == "半" else float(word) if word[0].isascii() else float(parse_numeral(word) or 0)
    number *= factor * {"千": 1000, "万": 10000}.get(found[2], 1)
    return f"{number:g}" if 0 < number < 1_000_000 and (number == int(number) or factor == 1) else ""


_LIMITS = {
    "minimum": ("E209", "不能小于 {}"),
    "maximum": ("E209", "不能大于 {}"),
    "exclusiveMinimum": ("E209", "要大于 {}"),
    "exclusiveMaximum": ("E209", "要小于 {}"),
    "multipleOf": ("E209", "要是 {} 的倍数"),
    "minItems": ("E210", "至少要有 {} 项"),
    "maxItems": ("E210", "最多只能有 {} 项"),
    "minProperties": ("E210", "至少要写 {} 个键"),
    "maxProperties": ("E210", "最多只能写 {} 个键"),
    "uniqueItems": ("E210", "里有重复的项"),
    "minLength": ("E211", "至少要有 {} 个字"),
    "maxLength": ("E211", "最多只能有 {} 个字"),
}


def limit(keyword: str, bound: Any, value: Any) -> tuple[str, str, str]:
    """(code, message after the path, hint) for a bound that was passed."""
    code, form = _LIMITS.get(keyword, ("E213", "写法不对"))
    if keyword == "minLength" and not value:
        return code, "是空的", "写上内容，或删掉这一行"
    if keyword in ("minItems", "maxItems", "minProperties", "maxProperties", "minLength", "maxLength"):
        verb = "再补" if keyword.startswith("min") else "删去"
        measure = {"E211": "个字"}.get(code, "项")
        return (
            code,
            form.format(bound) + f"，现在 {len(value)} {measure}",
            f"{verb} {abs(len(value) - bound)} {measure}",
        )
    return code, form.format(bound), "改成允许的数" if code == "E209" else ""

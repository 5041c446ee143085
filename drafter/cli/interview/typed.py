"""From a typed line to a value: dates, lengths, figures, plain text. Nothing is guessed: what is unclear is refused."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["READERS", "WrongError", "entry_text", "figure_and_unit", "show", "split_lines"]

_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?", re.ASCII)
_DAYS = {"今天": 0, "明天": 1, "后天": 2}
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?", re.ASCII)
_FIGURE = re.compile(r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(\D*)", re.ASCII)
_WORDS = re.compile(r"([〇零一二两三四五六七八九十百千万亿]+)([^〇零一二两三四五六七八九十百千万亿\d].*)")
_LENGTH = re.compile(r"(?:约|大约)?(\d+(?:\.\d+)?)\s*(分钟|分|小时|个小时|字)?(?:左右)?", re.ASCII)
_HEAD = re.compile(r"[^\s\d，。；、！？：“”《》（）]{2,12}")
_MOST_MINUTES = 300
_LARGEST_INTEGER = 18  # digits; what is longer is a name, not a quantity


class WrongError(ValueError):
    """The line is no answer to the question; the message says why, in Chinese."""


def split_lines(text: str) -> list[str]:
    """The lines of a pasted text; each is an item of its own."""
    return [line for part in text.splitlines() if (line := part.strip())]


def entry_text(value: Any) -> str:
    """短题：主句。展开。 of a 条目; "" for one that says more than fits on a line (数据, 引语, 来源)."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping) or not set(value) <= {"题", "句", "展"}:
        return ""
    sentences = "。".join([*([value["句"]] if value.get("句") else []), *value.get("展", ())])
    return f"{value['题']}：{sentences}" if value.get("题") else sentences


def show(value: Any) -> str:
    """A value on one line, for people."""
    if isinstance(value, Mapping):
        return entry_text(value) or _joined(value)
    if isinstance(value, list):
        return "；".join(filter(None, map(show, value)))
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _joined(value: Mapping[str, Any]) -> str:
    """建会率达到95% · 今年年底前: a figure in one piece, then the other fields."""
    figure = ("指标", "关系", "数值", "单位") if "数值" in value else ()
    pieces = ["".join(show(value.get(key)) for key in figure)]
    pieces += [show(part) for key, part in value.items() if key not in figure]
    return " · ".join(filter(None, pieces))


def _entry(text: str) -> str | dict[str, Any]:
    """A line with a short head becomes 题, 句, 展; any other stays the text it is."""
    text = _line(text)
    head, colon, rest = text.replace(":", "：", 1).partition("：")
    if not colon or not rest.strip() or not _HEAD.fullmatch(head.strip()):
        return text
    first, *more = [part.strip() for part in rest.rstrip("。").split("。") if part.strip()] or [rest.strip()]
    entry: dict[str, Any] = {"题": head.strip(), "句": first}
    return {**entry, "展": more} if more else entry


def _line(text: str) -> str:
    return "".join(part.strip() for part in text.splitlines())


def figure_and_unit(value: Any) -> tuple[Any, str]:
    """312户 → (312, 户), 九成 → (九, 成); without a unit (value, "")."""
    narrow = _narrow(value) if isinstance(value, str) else ""
    found = _FIGURE.fullmatch(narrow) or _WORDS.fullmatch(narrow)
    return (_figure(found[1]), found[2].strip()) if found and found[2].strip() else (value, "")


def _narrow(text: str) -> str:
    """Full-width digits and signs as ASCII."""
    return unicodedata.normalize("NFKC", text).strip()


def _date(text: str, today: dt.date) -> str:
    if text in _DAYS:
        return (today + dt.timedelta(days=_DAYS[text])).isoformat()
    found = _DATE.fullmatch(_narrow(text))
    if not found:
        raise WrongError(f"日期要写全年、月、日，如 {today.isoformat()}，也可以写“今天”“明天”")
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        raise WrongError(f"没有 {found[1]} 年 {found[2]} 月 {found[3]} 日这一天") from None


def _length(text: str) -> str:
    text = _narrow(text).removesuffix("钟") + ("钟" if text.endswith("分钟") else "")
    if text in ("半小时", "半个小时"):
        return "30分钟"
    found = _LENGTH.fullmatch(text)
    if not found or float(found[1]) == 0:
        raise WrongError("写多少分钟或多少字，如 15分钟、3000字")
    number, unit = found[1], found[2] or "分钟"
    if unit == "字":
        if "." in number or len(number) > 6:
            raise WrongError("字数写整数，如 3000字")
        return f"{int(number)}字"
    minutes = float(number) * (60 if "小时" in unit else 1)
    if minutes > _MOST_MINUTES:
        raise WrongError(f"{number} 是分钟还是字？请带上单位，如 {number}字")
    return f"{minutes:g}分钟"


def _number(text: str) -> int | float:
    narrow = _narrow(text).replace(",", "")
    if not _NUMBER.fullmatch(narrow):
        raise WrongError("这里要写数字，如 15")
    return float(narrow) if "." in narrow else int(narrow)


def _figure(text: str) -> int | float | str:
    """A number where it reads back as it was typed, else the text itself (1.10, 40,000, 九成)."""
    narrow = _narrow(text)
    if not _NUMBER.fullmatch(narrow):
        return narrow if _FIGURE.fullmatch(narrow) else text
    if "." not in narrow and len(narrow) <= _LARGEST_INTEGER and str(int(narrow)) == narrow:
        return int(narrow)
    return float(narrow) if "." in narrow and repr(float(narrow)) == narrow else narrow


READERS: dict[str, Callable[[str, dt.date], Any]] = {
    "text": lambda text, _: _line(text),
    "entry": lambda text, _: _entry(text),
    "date": _date,
    "length": lambda text, _: _length(text),
    "number": lambda text, _: _number(text),
    "figure": lambda text, _: _figure(text),
}
"""By kind of question: a typed line (not blank, stripped) and today → the value. Each raises WrongError."""

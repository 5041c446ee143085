"""A brief written back as tidy YAML that `load_brief` reads to the same data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from drafter.brief.model import Brief, DataPath

__all__ = ["dump", "entry", "scalar"]

_LONG_KEY = 300  # a key longer than 1,024 characters must be marked with "?"
_INDICATORS = "-?:,[]{}#&*!|>'\"%@` \t"
# other readers (YAML 1.1, spreadsheets) take these for truth values, numbers, times or nulls
_AMBIGUOUS = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~|<<|=|[-+]?\.(?:inf|nan))|[-+.]?\d[\d.,:_eE+-]*|0[xo]\w+"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def dump(data: Mapping[str, Any] | Brief, comments: Mapping[DataPath, str] | None = None) -> str:
    """YAML of a brief's data: block style, two blanks a level, quotes only where needed.

    Of a `Brief` the numbers keep their source text (1.10); of a mapping they are written by `str`, and
    dates as ISO text. Keys whose value is None are left out. `comments` are put before the entry at
    their path, () at the top. Raises TypeError for values that are not plain data.
    """
    raw = data.raw if isinstance(data, Brief) else None
    plain = data.data if isinstance(data, Brief) else data
    writer = _Writer(comments or {}, raw)
    lines = [*writer.comment((), ""), *writer.mapping(plain, (), "")]
    return "\n".join(lines) + "\n" if plain else "\n".join([*lines, "{}"]) + "\n"


def entry(key: str, value: Any, indent: str = "", path: DataPath = ()) -> list[str]:
    """The lines of one `key: value`."""
    return list(_Writer({}, None).mapping({key: value}, path, indent))


def scalar(text: str) -> str:
    """A text on one line, plain where every reader takes it for the same text, else quoted."""
    if (
        text
        and text[0] not in _INDICATORS
        and text[-1] not in " :\t"
        and ": " not in text
        and " #" not in text
        and not text.startswith(("---", "..."))
        and not _UNPRINTABLE.search(text)
        and (_DATE.fullmatch(text) or not _AMBIGUOUS.fullmatch(text))
    ):
        return text
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


class _Writer:
    def __init__(self, comments: Mapping[DataPath, str], raw: Any) -> None:
        self._comments = comments
        self._raw = raw

    def comment(self, path: DataPath, indent: str) -> Iterator[str]:
        for line in self._comments.get(path, "").splitlines():
            yield f"{indent}# {line}".rstrip()

    def mapping(self, data: Mapping[str, Any], path: DataPath, indent: str) -> Iterator[str]:
        for key, value in data.items():
            if value is None:
                continue
            inner = (*path, key)
            yield from self.comment(inner, indent)
            head = scalar(key) + ":"
            if len(head) > _LONG_KEY:
                yield f"{indent}? {head[:-1]}"
                head = ":"
            yield from self._value(head, value, inner, indent)

    def _value(self, head: str, value: Any, path: DataPath, indent: str) -> Iterator[str]:
        """What follows `head`, on its line or below it."""
        if isinstance(value, Mapping):
            yield indent + (head if _kept(value) else f"{head} {{}}")
            yield from self.mapping(value, path, indent + "  ")
        elif isinstance(value, (list, tuple)):
            yield indent + (head if value else f"{head} []")
            yield from self._items(value, path, indent + "  ")
        else:
            first, *rest = self._scalar(value, path)
            yield f"{indent}{head} {first}"
            yield from (f"{indent}  {line}" if line else "" for line in rest)

    def _items(self, items: Any, path: DataPath, indent: str) -> Iterator[str]:
        for index, item in enumerate(items):
            inner = (*path, index)
            yield from self.comment(inner, indent)
            if isinstance(item, Mapping) and _kept(item):
                yield from _hang(self.mapping(item, inner, indent + "  "), indent)
            elif isinstance(item, (list, tuple)) and item:
                yield from _hang(self._items(item, inner, indent + "  "), indent)
            else:
                yield from self._value("-", item, inner, indent)

    def _scalar(self, value: Any, path: DataPath) -> list[str]:
        if isinstance(value, str):
            return _block(value) or [scalar(value)]
        if value is None:
            return ["null"]
        if isinstance(value, bool):
            return ["true" if value else "false"]
        if isinstance(value, (int, float, Decimal)):
            return [(self._raw(path) if self._raw else None) or _number(value)]
        if hasattr(value, "isoformat"):
            return [scalar(value.isoformat())]
        raise TypeError(f"no plain data: {type(value).__name__}")


def _kept(data: Mapping[str, Any]) -> bool:
    return any(value is not None for value in data.values())


def _hang(lines: Iterator[str], indent: str) -> Iterator[str]:
    """The first line that is no comment begins with the dash of its item; comments stand before it."""
    waiting = True
    for line in lines:
        if waiting and not line.lstrip().startswith("#"):
            yield f"{indent}- {line[len(indent) + 2 :]}"
            waiting = False
        else:
            yield line


def _block(text: str) -> list[str]:
    """A literal block for a text of several lines; [] where it would not come back the same."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if len(lines) < 2 or not lines[0] or not lines[-1] or _UNPRINTABLE.search(body.replace("\n", "")):
        return []
    if any(line[:1] == " " or line != line.rstrip() for line in lines):
        return []
    return ["|" if text.endswith("\n") else "|-", *lines]


def _number(value: float | Decimal) -> str:
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f")
        return text if "." in text else text + ".0"
    return str(value)

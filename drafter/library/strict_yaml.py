"""YAML as packs write it: plain data and the line of every value.

Only `true`/`false`, integers, decimals and null are not text: no dates, no `no`. Duplicate keys, tags,
anchors and aliases are refused; depth and size are bounded while the events come in, since composing trees
of unbounded depth crashes the C library (yaml/pyyaml#895).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drafter.errors import LibraryError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DataPath", "read_yaml"]

DataPath = tuple[str | int, ...]

_MAX_DEPTH = 20
_MAX_NODES = 50_000
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,30}")
_SAID = {  # what the parser says, in words that authors know
    "could not find expected ':'": "缺少冒号",
    "mapping values are not allowed": "多出一个冒号，或缩进不对",
    "did not find expected key": "缩进不对，或引号没有写全",
    "did not find expected '-' indicator": "缩进不对",
    "did not find expected ',' or": "方括号、花括号没有写全，或少了逗号",
    "expected <block end>": "缩进不对",
    "expected ',' or": "方括号、花括号没有写全，或少了逗号",
    "found unexpected end of stream": "引号没有写全",
    "cannot start any token": "开头的字符要加引号，或用了制表符",
}
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_yaml(text: str, file: str, first_line: int = 1) -> tuple[Any, dict[DataPath, int]]:
    """The data, and the line of each value by its path in the data.

    `first_line` is the line of the file on which `text` begins. Raises LibraryError (E311).
    """
    import yaml  # slow to import; a warm cache has no need of it

    events = _events(text)
    try:
        return _Reader(events, file, text, first_line).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        line, hint = _cause(text.split("\n"), line)
        why = next((said for words, said in _SAID.items() if words in str(error.problem)), error.problem)
        raise _error(f"写法不对（{why}）", (file, text, first_line), line, hint) from None
    except yaml.YAMLError as error:
        raise _error(f"含有不允许的字符（{error}）", (file, text, first_line), 0) from None


def _events(text: str) -> Iterator[Any]:
    import yaml

    loader = yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader
    return yaml.parse(text, Loader=loader)


def _error(message: str, source: tuple[str, str, int], line: int, hint: str = "") -> LibraryError:
    file, text, first_line = source
    lines = text.split("\n")
    line = min(line, len(lines))
    number = line + first_line - 1 if line else 0
    return LibraryError(Problem("E311", message, Place(file, number, source=lines[line - 1] if line else ""), hint))


def _cause(rows: list[str], line: int) -> tuple[int, str]:
    """The line that is likely to be at fault, and what to do: the parser often stumbles one line later."""
    before = next((n for n in range(line - 1, 0, -1) if n <= len(rows) and rows[n - 1].split("#")[0].strip()), line)
    for number in (before, line):
        row = rows[number - 1] if 0 < number <= len(rows) else ""
        if row.lstrip(" ").startswith("\t"):
            return number, "缩进只能用空格，不能用制表符"
        if "：" in row and ":" not in row:
            return number, "键后面要用半角冒号加空格“: ”，不能用全角“：”"
    return line, "文字里有冒号、井号、方括号、花括号时，整段加引号"


class _Reader:
    def __init__(self, events: Iterator[Any], file: str, text: str, first_line: int) -> None:
        self.events, self.file, self.text, self.first_line = events, file, text, first_line
        self.lines: dict[DataPath, int] = {}
        self.nodes = 0

    def read(self) -> tuple[Any, dict[DataPath, int]]:
        data: Any = None
        documents = 0
        for event in self.events:
            if type(event).__name__ == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise self.wrong("一个文件里只能有一份内容", event)
            elif hasattr(event, "anchor"):
                data = self.value(event, (), 0)
        return data, self.lines

    def wrong(self, message: str, event: Any) -> LibraryError:
        return _error(message, (self.file, self.text, self.first_line), event.start_mark.line + 1)

    def value(self, event: Any, path: DataPath, depth: int) -> Any:
        kind = type(event).__name__
        self.nodes += 1
        if self.nodes > _MAX_NODES or depth > _MAX_DEPTH:
            raise self.wrong("内容太多或嵌套太深", event)
        if kind == "AliasEvent" or event.anchor:
            raise self.wrong("不支持用 & 和 * 引用", event)
        if event.tag is not None:
            raise self.wrong(f"不支持标签 {event.tag}", event)
        self.lines[path] = event.start_mark.line + self.first_line
        if kind == "ScalarEvent":
            return _scalar(event.value) if event.implicit[0] else event.value
        if kind == "SequenceStartEvent":
            return self.sequence(path, depth)
        return self.mapping(path, depth)

    def sequence(self, path: DataPath, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            items.append(self.value(event, (*path, len(items)), depth + 1))
        return items

    def mapping(self, path: DataPath, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            if type(event).__name__ != "ScalarEvent":
                raise self.wrong("键必须是文字", event)
            key = event.value
            if key in data:
                raise self.wrong(f"键「{key}」重复", event)
            if key == "<<":
                raise self.wrong("不支持用 << 合并", event)
            inner = (*path, key)
            data[key] = self.value(next(self.events), inner, depth + 1)
            self.lines[inner] = event.start_mark.line + self.first_line
        return data


def _scalar(text: str) -> str | int | float | bool | None:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in "-0123456789":
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text

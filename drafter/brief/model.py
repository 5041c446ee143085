"""The brief as the other floors see it: plain data, and for each value its place and its source text."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from drafter.errors import Place

if TYPE_CHECKING:
    from drafter.brief.source import Source
    from drafter.document import Note

__all__ = ["Brief", "DataPath", "JsonSchema", "Mark", "Node", "format_path", "source_text", "value_at"]

DataPath: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys and indexes from 0, `("业务", 1, "素材")`."""

JsonSchema: TypeAlias = dict[str, Any]
"""A JSON Schema (2020-12) as plain data."""

_BARE_KEY = re.compile(r"[^\s.\[\]\"]+")
_MINUTES = re.compile(r"(\d+(?:\.\d+)?)分钟", re.ASCII)
_CHARACTERS = re.compile(r"(\d+)字", re.ASCII)


class Mark(NamedTuple):
    """A stretch of the source; lines and columns count from 1, in characters, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(slots=True)
class Node:
    """One value as it stands in the source. `text` is that of a scalar; `keys` are the marks of the keys."""

    mark: Mark
    text: str | None = None
    children: dict[str | int, Node] = field(default_factory=dict)
    keys: dict[str, Mark] = field(default_factory=dict)


@lru_cache(4096)
def format_path(path: DataPath) -> str:
    """The path as people write it: `业务[1].素材`; a key with dots, brackets or blanks stands as `["…"]`."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step}]"
        elif _BARE_KEY.fullmatch(step):
            out += f".{step}" if out else step
        else:
            out += '["' + step.replace('"', '\\"') + '"]'
    return out


def source_text(value: object) -> str | None:
    """A scalar as a brief would write it; None for a list or mapping."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else None


def value_at(data: Any, path: DataPath, default: Any = None) -> Any:
    """The value at `path`, `default` where there is none."""
    for step in path:
        in_dict = isinstance(data, dict) and step in data
        in_list = isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data)
        if not (in_dict or in_list):
            return default
        data = data[step]
    return data


@dataclass(frozen=True, slots=True)
class Brief:
    """A validated brief.

    data    plain dict, list, str, int, float, bool; keys without a value are left out
    name    the file name, for messages and origins
    marks   the root of the source tree, None for a brief that was given as a mapping
    notes   what the reader decided on its own (code `encoding`)
    """

    data: dict[str, Any]
    name: str = "素材单"
    marks: Node | None = None
    notes: tuple[Note, ...] = ()
    source: Source | None = field(default=None, repr=False)

    def get(self, path: DataPath | str, default: Any = None) -> Any:
        """The value at a path, or of one top-level key."""
        return value_at(self.data, (path,) if isinstance(path, str) else path, default)

    def place(self, path: DataPath = ()) -> Place:
        """Where the value at `path` stands; what is absent has the place of the nearest thing around it."""
        node = self.marks
        if node is None or self.source is None:
            return Place(self.name, path=format_path(path))
        for step in path:
            if step not in node.children:
                break
            node = node.children[step]
        return self.source.place(node.mark, format_path(path))

    def raw(self, path: DataPath) -> str | None:
        """The source text of the scalar at `path` (`1.10`, not 1.1); None where there is no scalar.

        Python numbers of a brief given as a mapping are written by `str`.
        """
        missing = object()
        value = value_at(self.data, path, missing)
        if value is missing:
            return None
        text = _node_text(self.marks, path)
        return source_text(value) if text is None else text

    def texts(self, path: DataPath = ()) -> Any:
        """A copy of the data at `path` in which each number stands as its source text; for templates."""
        return self._texts(self.get(path), path)

    def _texts(self, value: Any, path: DataPath) -> Any:
        if isinstance(value, dict):
            return {key: self._texts(each, (*path, key)) for key, each in value.items()}
        if isinstance(value, list):
            return [self._texts(each, (*path, index)) for index, each in enumerate(value)]
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.raw(path)
        return value

    @property
    def date(self) -> datetime.date | None:
        """日期."""
        text = self.data.get("日期")
        return datetime.date.fromisoformat(text) if text else None

    @property
    def minutes(self) -> float | None:
        """时长, in minutes."""
        found = _MINUTES.fullmatch(self.data.get("时长", ""))
        return float(found[1]) if found else None

    @property
    def characters(self) -> int | None:
        """篇幅, in characters."""
        found = _CHARACTERS.fullmatch(self.data.get("篇幅", ""))
        return int(found[1]) if found else None


def _node_text(node: Node | None, path: DataPath) -> str | None:
    for step in path:
        if node is None:
            return None
        node = node.children.get(step)
    return node.text if node else None

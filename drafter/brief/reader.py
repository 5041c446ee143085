"""A strict YAML reader on PyYAML's event stream.

Types are read as a secretary means them: `true`/`false`, integers without leading zeros, decimals,
null; everything else, dates and `no` among it, is text. Duplicate keys, foreign tags and alias loops
are refused; depth, nodes and aliases are bounded while the events come in, since composing trees of
unbounded depth crashes the C library (yaml/pyyaml#895).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from drafter.brief.model import DataPath, Mark, Node, format_path
from drafter.brief.source import cleaned, forbidden
from drafter.errors import BriefError, Problem

if TYPE_CHECKING:
    from drafter.brief.source import Source

__all__ = ["MAX_DEPTH", "MAX_NODES", "Tree", "read_tree", "resolve"]

MAX_DEPTH = 30
MAX_NODES = 20_000

_QUOTED = ("'", '"', "|", ">")
_CORE = "tag:yaml.org,2002:"
# longer digit runs are names (identity cards, accounts), not quantities, and stay text
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,400}")
_CONSTANTS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}


def resolve(text: str) -> str | int | float | bool | None:
    """The value of a plain (unquoted) scalar."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[:1] in "+-0123456789":
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text


class _Parser(Protocol):
    def get_event(self) -> Any: ...


def _parser(text: str, pure: bool) -> _Parser:
    import yaml  # 20 ms that a brief given as a mapping does not need

    if yaml.__with_libyaml__ and not pure:
        # the event half of this class is libyaml's parser; its composer is never called
        parser: _Parser = yaml.CBaseLoader(text)
        return parser

    class Pure(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
        def __init__(self) -> None:
            yaml.reader.Reader.__init__(self, text)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)

    return Pure()


@dataclass(slots=True)
class _Raw:
    """A node of the event stream; an alias is the same object twice."""

    mark: Mark
    kind: str  # scalar | list | map
    text: str = ""
    plain: bool = False
    tag: str | None = None
    items: list[_Raw] = field(default_factory=list)  # of a map: key, value, key, value …


@dataclass(slots=True)
class Tree:
    """What a text holds: plain data, the marks, and what is wrong with it short of its syntax."""

    data: Any
    node: Node
    problems: list[Problem]


def read_tree(source: Source, *, pure: bool = False) -> Tree | None:
    """Read one YAML document; None for an empty one.

    Raises BriefError: syntax (codes of `drafter.brief.syntax`), E117 alias, E118 depth, E119 nodes,
    E121 a second document. `pure` leaves libyaml out.
    """
    from yaml import YAMLError

    try:
        root = _Composer(source).compose(_parser(source.text, pure))
    except YAMLError as error:
        from drafter.brief.syntax import explain

        raise BriefError(*explain(source, error)) from None
    if root is None:
        return None
    builder = _Builder(source)
    data, node = builder.build(root, (), 1)
    return Tree(data, node, builder.problems)


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    return Mark(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _stop(source: Source, code: str, message: str, mark: Mark, hint: str) -> BriefError:
    return BriefError(Problem(code, message, source.place(mark), hint))


def _events(parser: _Parser) -> Iterator[tuple[str, Any]]:
    while True:
        event = parser.get_event()
        name = type(event).__name__
        yield name, event
        if name == "StreamEndEvent":
            return


class _Composer:
    """Events to raw nodes, within the bounds."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._root: _Raw | None = None
        self._open: list[_Raw] = []
        self._anchors: dict[str, _Raw] = {}
        self._count = 0
        self._documents = 0

    def compose(self, parser: _Parser) -> _Raw | None:
        for name, event in _events(parser):
            if name == "ScalarEvent":
                # libyaml calls a quoted scalar with the tag "!" implicit, too
                plain = event.implicit[0] and event.style not in _QUOTED
                self._add(_Raw(_mark(event), "scalar", event.value, plain, event.tag), event.anchor)
            elif name == "MappingStartEvent":
                self._enter(_Raw(_mark(event), "map", tag=event.tag), event.anchor)
            elif name == "SequenceStartEvent":
                self._enter(_Raw(_mark(event), "list", tag=event.tag), event.anchor)
            elif name in ("MappingEndEvent", "SequenceEndEvent"):
                self._leave(event)
            elif name == "AliasEvent":
                self._add(self._aliased(event), None)
            elif name == "DocumentStartEvent":
                self._begin_document(event)
        return self._root

    def _add(self, node: _Raw, anchor: str | None) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            raise _too_many(self._source, node.mark)
        if self._open:
            self._open[-1].items.append(node)
        else:
            self._root = node
        if anchor:
            self._anchors[anchor] = node

    def _enter(self, node: _Raw, anchor: str | None) -> None:
        self._add(node, anchor)
        self._open.append(node)
        if len(self._open) > MAX_DEPTH:
            raise _too_deep(self._source, node.mark)

    def _leave(self, event: Any) -> None:
        node = self._open.pop()
        start, end = node.mark, event.end_mark
        node.mark = Mark(start.line, start.column, end.line + 1, end.column + 1)

    def _aliased(self, event: Any) -> _Raw:
        hint = "直接把内容再写一遍；如果本来就是文字，整段加引号"
        node = self._anchors.get(event.anchor)
        if node is None:
            raise _stop(self._source, "E117", f"引用了没有定义的“*{event.anchor}”", _mark(event), hint)
        if any(node is outer for outer in self._open):
            raise _stop(self._source, "E117", f"“*{event.anchor}”引用了它自己，没有尽头", _mark(event), hint)
        return node

    def _begin_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            message = "一个文件只能写一份素材单，这里又起了一份"
            raise _stop(self._source, "E121", message, _mark(event), "删掉“---”，或分成两个文件")


def _too_many(source: Source, mark: Mark) -> BriefError:
    return _stop(source, "E119", f"内容展开后超过 {MAX_NODES} 项", mark, "删掉层层套用的“*”引用，或分成几份素材单")


def _too_deep(source: Source, mark: Mark) -> BriefError:
    return _stop(source, "E118", f"嵌套超过 {MAX_DEPTH} 层", mark, "检查有没有多写的括号或缩进")


class _Builder:
    """Raw nodes to data and marks, aliases written out; collects what is wrong and goes on."""

    def __init__(self, source: Source) -> None:
        self.problems: list[Problem] = []
        self._said: set[tuple[str, Mark]] = set()  # an alias repeats what it stands for, not its faults
        self._source = source
        self._count = 0

    def build(self, raw: _Raw, path: DataPath, depth: int) -> tuple[Any, Node]:
        self._count += 1
        if self._count > MAX_NODES:
            raise _too_many(self._source, raw.mark)
        if raw.kind == "scalar":
            return self._scalar(raw, path), Node(raw.mark, raw.text)
        if depth > MAX_DEPTH:
            raise _too_deep(self._source, raw.mark)
        if raw.tag not in (None, "!", _CORE + ("seq" if raw.kind == "list" else "map")):
            self._foreign_tag(raw, path)
        return self._list(raw, path, depth) if raw.kind == "list" else self._map(raw, path, depth)

    def _list(self, raw: _Raw, path: DataPath, depth: int) -> tuple[list[Any], Node]:
        data = []
        node = Node(raw.mark)
        for index, item in enumerate(raw.items):
            value, node.children[index] = self.build(item, (*path, index), depth + 1)
            data.append(value)
        return data, node

    def _map(self, raw: _Raw, path: DataPath, depth: int) -> tuple[dict[str, Any], Node]:
        data: dict[str, Any] = {}
        node = Node(raw.mark)
        for key, item in zip(raw.items[::2], raw.items[1::2], strict=True):
            if not self._good_key(key, path):
                continue
            inner = (*path, key.text)
            if key.text in node.keys:
                first = node.keys[key.text]
                hint = f"第一次在第 {first.line} 行第 {first.column} 列；留一个，或合并成一个列表"
                self._problem("E115", f"键“{key.text}”重复", key.mark, inner, hint)
                continue
            node.keys[key.text] = key.mark
            value, node.children[key.text] = self.build(item, inner, depth + 1)
            if value is not None:  # a key without a value is a fact not given
                data[key.text] = value
        return data, node

    def _good_key(self, key: _Raw, path: DataPath) -> bool:
        self._count += 1
        if key.kind != "scalar":
            self._problem(
                "E120", "键必须是文字，这里是列表或一组“键: 值”", key.mark, path, "文字里有 [ ] { } 时，整段加引号"
            )
        elif key.plain and key.text == "<<":
            self._problem("E120", "不支持用“<<”合并", key.mark, path, "直接把内容再写一遍")
        elif not key.text.strip():
            self._problem("E120", "冒号前面没有键", key.mark, path, "写成“键: 值”")
        else:
            self._scalar(key, path)
            return True
        return False

    def _scalar(self, raw: _Raw, path: DataPath) -> Any:
        if not raw.plain and (bad := forbidden(raw.text)):  # written as an escape, "\x00"
            self._problem(bad[0], bad[1], raw.mark, path, bad[2])
            raw.text = cleaned(raw.text)
        if raw.tag is None or raw.tag == "!":
            return resolve(raw.text) if raw.plain else raw.text
        kind = raw.tag.removeprefix(_CORE)
        if kind == "str" and raw.tag != kind:
            return raw.text
        value = resolve(raw.text)
        if raw.tag == _CORE + {bool: "bool", int: "int", float: "float", type(None): "null"}.get(type(value), "-"):
            return value
        self._foreign_tag(raw, path)
        return raw.text

    def _foreign_tag(self, raw: _Raw, path: DataPath) -> None:
        tag = (raw.tag or "").replace(_CORE, "!!")
        hint = "删掉它；如果是文字开头的叹号，整段加引号"
        self._problem("E116", f"不认识的标签“{tag}”", raw.mark, path, hint)

    def _problem(self, code: str, message: str, mark: Mark, path: DataPath, hint: str) -> None:
        if (code, mark) in self._said:
            return
        self._said.add((code, mark))
        self.problems.append(Problem(code, message, self._source.place(mark, format_path(path)), hint))

"""A commented brief to fill in an editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from drafter.brief.model import DataPath, format_path
from drafter.brief.schema import brief_schema, described
from drafter.brief.writing import entry, scalar

__all__ = ["Field", "skeleton"]

_HEAD = (
    "素材单：把事实填在冒号后面，冒号用英文的，后面空一格；缩进用空格，不用 Tab。",
    "行首是“#”加一个空格的是说明；“#”后面紧跟着键的是还没填的，删掉“#”再填，不填就留着。",
    "没有的事实不要编，稿子里会标出【待补】。",
)


@dataclass(frozen=True, slots=True)
class Field:
    """One fact that a brief may give.

    path      where it goes, `("要素", "成绩")`; a path with an index is only mentioned, not laid out
    question  what to ask for it; `example` shows a value (text or plain data), always in a comment
    schema    the JSON Schema of the value
    """

    path: DataPath
    title: str
    question: str = ""
    example: Any = None
    required: bool = False
    schema: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls, path: DataPath, schema: Mapping[str, Any], *, required: bool = False, used_by: Sequence[str] = ()
    ) -> Field:
        """A field in the words of its schema: title, description, first example; `used_by` names what prints it."""
        words = described(schema)
        question = words.get("description", "")
        if used_by:
            question += f"（用在：{'、'.join(used_by)}）"
        title = words.get("title") or str(path[-1])
        return cls(path, title, question, next(iter(words.get("examples", ())), None), required, schema)


def skeleton(
    values: Mapping[str, Any], fields: Sequence[Field], *, schema_uri: str = "素材单.schema.json", head: str = ""
) -> str:
    """YAML with the known `values` filled in and an entry, commented out, for each other field.

    As it stands it loads and validates where `values` does (场合 is the one key that a brief needs). Keys
    come in the order of the schema. `schema_uri` goes into the modeline for editors; `head` is a first comment.
    """
    lines = [f"# yaml-language-server: $schema={schema_uri}"]
    lines += [f"# {line}" for line in (*head.splitlines(), *_HEAD)]
    order = list(brief_schema()["properties"])
    named = dict.fromkeys([*values, *(str(each.path[0]) for each in fields if each.path)])
    for key in sorted(named, key=lambda key: order.index(key) if key in order else len(order)):
        block = list(_top(key, values, [each for each in fields if each.path[:1] == (key,)]))
        lines += ["", *block] if block else []
    return "\n".join(lines) + "\n"


def _top(key: str, values: Mapping[str, Any], fields: Sequence[Field]) -> Iterator[str]:
    """A top-level key: what is said about it, then its value, or its inner fields."""
    own = [each for each in fields if each.path == (key,)]
    inner = {each.path[1]: each for each in fields if len(each.path) == 2 and isinstance(each.path[1], str)}
    value = values.get(key)
    for each in fields:
        if each in own or each not in inner.values():
            yield from _prose(each, "", filled=each in own and value is not None)
    if inner and (value is None or isinstance(value, Mapping)):
        yield _key(key)
        yield from _inner(value or {}, inner)
    elif value is not None:
        yield from entry(key, value)
    elif own:
        yield "#" + _key(key)


def _inner(known: Mapping[str, Any], fields: Mapping[Any, Field]) -> Iterator[str]:
    for name in dict.fromkeys([*known, *fields]):
        given = known.get(name)
        if name in fields:
            yield from _prose(fields[name], "  ", filled=given is not None)
        if given is not None:
            yield from entry(name, given, "  ")
        elif name in fields:
            yield "  #" + _key(name)


def _key(key: str) -> str:
    return scalar(key) + ":"


def _prose(each: Field, indent: str, *, filled: bool) -> Iterator[str]:
    """Title, question and example as comment lines."""
    title = each.title or format_path(each.path)
    need = "" if filled else "（必填）" if each.required else "（可不填）"
    first, *more = (f"{title}{need}：{each.question}" if each.question else f"{title}{need}").splitlines()
    lines = [first, *more]
    if each.example is not None and not filled:
        shown = entry("例", each.example)
        lines += [f"例：{shown[0].removeprefix('例: ')}"] if len(shown) == 1 else ["例：", *shown[1:]]
    yield from (f"{indent}# {line}".rstrip() for line in lines)

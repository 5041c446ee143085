"""From a file, text, bytes or mapping to a validated `Brief`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from drafter.brief.model import Brief, DataPath, Mark, Node, format_path
from drafter.brief.reader import read_tree
from drafter.brief.schema import validator
from drafter.brief.source import Source, open_source
from drafter.errors import BriefError, Place, Problem

__all__ = ["load_brief", "load_slots"]

_DEFAULT_NAME = "素材单"


def load_brief(
    source: Path | str | bytes | Mapping[str, Any],
    *,
    name: str = "",
    slots: Mapping[str, Mapping[str, Any]] | None = None,
) -> Brief:
    """Read and validate a brief.

    source  a file (Path), YAML text (str), undecoded YAML (bytes), or the data itself
    name    what messages call it; default: the path as given, else 素材单
    slots   schemas of the 要素 by name (`Library.slots()`); without them any 要素 is allowed

    Raises InputError (E101–E103: cannot be read) or BriefError (E104–E122 not well-formed, E2xx not valid)
    with all problems in source order; of YAML syntax errors there is only ever the first.
    """
    brief, problems = _unchecked(source, name or (str(source) if isinstance(source, Path) else _DEFAULT_NAME))
    return _checked(brief, problems, slots)


def load_slots(
    source: Path | str | bytes | Mapping[str, Any], slots: Mapping[str, Mapping[str, Any]], *, name: str = ""
) -> dict[str, Any]:
    """The 要素 of one pattern on their own, read and validated as those of a brief; numbers as their source text.

    Raises as `load_brief` does; paths in problems begin with 要素.
    """
    brief, problems = _unchecked(source, name or (str(source) if isinstance(source, Path) else "要素"))
    marks = brief.marks and Node(brief.marks.mark, children={"要素": brief.marks})
    whole = Brief({"场合": "无", "要素": brief.data}, brief.name, marks, brief.notes, brief.source)
    texts: dict[str, Any] = _checked(whole, problems, slots).texts(("要素",))
    return texts


def _unchecked(source: Path | str | bytes | Mapping[str, Any], name: str) -> tuple[Brief, list[Problem]]:
    if isinstance(source, Mapping):
        from drafter.brief.plain import plain_data

        data, problems = plain_data(source, name)
        return Brief(data, name), problems
    return _read(open_source(source, name))


def _checked(brief: Brief, problems: list[Problem], slots: Mapping[str, Mapping[str, Any]] | None) -> Brief:
    if not validator(slots)[1].is_valid(brief.data):
        from drafter.brief.validate import validate

        problems = [*problems, *validate(brief, slots)]
    if problems:
        raise BriefError(*sorted(problems, key=_position if brief.source else _order(brief.data)))
    return brief


def _read(source: Source) -> tuple[Brief, list[Problem]]:
    tree = read_tree(source)
    if tree is None or (tree.data is None and not tree.problems):
        hint = "至少写一行：场合: 推进会；可用 drafter init 生成一份"
        raise BriefError(Problem("E113", "素材单是空的", Place(source.name, 1, 1, 2, source.line(1)), hint))
    if not isinstance(tree.data, dict):
        raise BriefError(*tree.problems, *_wrong_root(source, tree.node, tree.data))
    return Brief(tree.data, source.name, tree.node, source.notes, source), tree.problems


def _wrong_root(source: Source, node: Node, data: Any) -> list[Problem]:
    from drafter.brief.syntax import explain_text_root

    if isinstance(data, str) and (problems := explain_text_root(source)):
        return problems
    hint = "每行写一个“键: 值”，如 场合: 推进会"
    if isinstance(data, str) and "\n" not in source.text and data.endswith((".yaml", ".yml")):
        hint = "这像是文件名；要读文件，请传 pathlib.Path"
    what = "列表" if isinstance(data, list) else "一段文字"
    mark = Mark(node.mark.line, node.mark.column, node.mark.line, node.mark.column + 1)
    return [Problem("E114", f"素材单应由“键: 值”组成，这里是{what}", source.place(mark), hint)]


def _position(problem: Problem) -> tuple[int, int]:
    return (problem.place.line, problem.place.column) if problem.place else (0, 0)


def _order(data: Any) -> Callable[[Problem], int]:
    """The position in the data, for problems without a line."""
    ranks: dict[str, int] = {}
    stack: list[tuple[DataPath, Any]] = [((), data)]
    while stack:
        path, value = stack.pop()
        ranks[format_path(path)] = len(ranks)
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        stack.extend(((*path, key), each) for key, each in reversed(list(inner)))
    return lambda problem: ranks.get(problem.place.path if problem.place else "", 0)

"""One brief from the shared base and the facts of a row; each fact keeps its cell."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from drafter.brief.model import DataPath, format_path, value_at
from drafter.errors import Place, Problem

if TYPE_CHECKING:
    from drafter.batch.columns import Fact

__all__ = ["locate", "merged", "with_path"]

_EITHER = {("时长",): "篇幅", ("篇幅",): "时长"}
_MISSING = re.compile(r"缺少“(.+?)”$")


class _Sparse(dict[int, Any]):
    """A list while it is being filled: an index that is never filled leaves no hole."""


def merged(base: dict[str, Any], facts: Iterable[Fact]) -> tuple[dict[str, Any], dict[DataPath, str], list[Problem]]:
    """(data, path → cell, problems). A fact stands above the base; the rest of an item of the base stays.

    Indexes close up: where only the first and third of three columns are filled, the list has two items.
    """
    data = marshal.loads(marshal.dumps(base))  # noqa: S302 - a deep copy of plain data, twenty times faster
    places: dict[DataPath, str] = {}
    for fact in facts:
        if fact.path in _EITHER:  # the row has its own length
            data.pop(_EITHER[fact.path], None)
        _put(data, fact.path, fact.value)
        if fact.place:
            places[fact.path] = fact.place
    moved: dict[DataPath, dict[int, int]] = {}
    data = _closed(data, (), moved)
    placed = {_renumbered(path, moved): place for path, place in places.items()}
    problems = [problem for path, place in placed.items() if (problem := _percent(data, path, place))]
    return data, placed, problems


def _put(data: dict[str, Any], path: DataPath, value: Any) -> None:
    here: Any = data
    for step, following in pairwise(path):
        inner = here.get(step)
        if isinstance(following, int):
            if not isinstance(inner, _Sparse):
                given = inner if isinstance(inner, list) else [] if inner is None else [inner]
                inner = _Sparse(enumerate(given))
        elif not isinstance(inner, dict) or isinstance(inner, _Sparse):
            # a plain text in the place of an item: a topic by its name, or a clause
            key = "素材" if "业务" in path[:1] or path[-3:-2] == ("业务",) else "句"
            inner = {key: inner} if isinstance(inner, str) else {}
        here[step] = inner
        here = inner
    here[path[-1]] = value


def _closed(value: Any, path: DataPath, moved: dict[DataPath, dict[int, int]]) -> Any:
    """The same with plain lists; `moved` takes the new index of each item whose list was sparse."""
    if isinstance(value, _Sparse):
        moved[path] = {old: new for new, old in enumerate(sorted(value))}
        return [_closed(value[old], (*path, old), moved) for old in sorted(value)]
    if isinstance(value, dict):
        return {key: _closed(each, (*path, key), moved) for key, each in value.items()}
    return value


def _renumbered(path: DataPath, moved: dict[DataPath, dict[int, int]]) -> DataPath:
    return tuple(
        moved[path[:at]][step] if isinstance(step, int) and path[:at] in moved else step for at, step in enumerate(path)
    )


def _percent(data: dict[str, Any], path: DataPath, place: str) -> Problem | None:
    """8.5% in a column 数值 is the figure 8.5 and its unit."""
    if path[-1:] != ("数值",):
        return None
    holder = value_at(data, path[:-1], {})
    figure, unit = holder.get("数值"), holder.get("单位", "%")
    if not isinstance(figure, str) or figure[-1:] not in ("%", "％"):
        return None
    if unit not in ("%", "％"):
        hint = f"把单位改成 %，或把格式改成不带 %（单位“{unit}”）"
        return Problem("E708", f"数值“{figure}”带着 %，单位却是“{unit}”", Place(place, path=format_path(path)), hint)
    holder["数值"], holder["单位"] = figure[:-1].rstrip(), "%"
    return None


def locate(problem: Problem, places: dict[DataPath, str], row: str, blanks: Sequence[tuple[str, str]] = ()) -> Problem:
    """The problem at the cell of its fact: the nearest one around it or in it, else at the row.

    blanks  (path, cell) of the columns that this row leaves empty, for what is missing
    """
    path = problem.place.path if problem.place else ""
    lacking = _MISSING.search(problem.message)
    wanted = f"{path}.{lacking[1]}".lstrip(".") if lacking else path
    names = {format_path(each): cell for each, cell in places.items()}
    cell = names.get(wanted) or dict(blanks).get(wanted)
    if cell is None and path:
        around = [name for name in names if path.startswith((f"{name}.", f"{name}["))]
        inside = [name for name in names if name.startswith((f"{path}.", f"{path}["))]
        nearest = max(around, key=len) if around else min(inside, key=len) if inside else None
        cell = names[nearest] if nearest else None
    place = Place(cell or row, path=wanted)
    if problem.code == "E206" and path.endswith(".数值"):
        hint = _to_fill(path.removesuffix("数值") + "单位", dict(blanks), "户、%")
        return with_path(Problem(problem.code, problem.message, None, hint), place)
    if not lacking:
        return with_path(problem, place)
    example = problem.hint.rpartition(f"{lacking[1]}: ")[2]
    hint = _to_fill(wanted, dict(blanks), "" if example.startswith("…") else example)
    return Problem(problem.code, problem.message, place, hint)


def _to_fill(wanted: str, blanks: Mapping[str, str], example: str) -> str:
    """The cell that is empty, or the column that the table does not have."""
    cell = blanks.get(wanted)
    where = f"填上 {cell}" if cell else f"在表里加一列“{wanted.replace('[0]', '')}”"
    return f"{where}，如 {example}" if example else where


def with_path(problem: Problem, place: Place) -> Problem:
    """The problem at another place, its message beginning with the path where it does not hold it."""
    said = problem.message
    message = f"{place.path}：{said}" if place.path and place.path not in said else said
    return Problem(problem.code, message, place, problem.hint)

"""Whether this drafter is what a pack requires."""

from __future__ import annotations

import re

from drafter.version import __version__

__all__ = ["unmet"]

_CLAUSE = re.compile(r"(>=|<=|==|!=|>|<)\s*([0-9]+(?:\.[0-9]+){0,2})")


def unmet(requires: str, version: str = __version__) -> str:
    """Why the requirement (`>=0.1,<1`) is not met by `version` (ours by default), in Chinese; "" where it is."""
    clauses = [_CLAUSE.fullmatch(part.strip()) for part in requires.split(",")] if requires.strip() else []
    if not all(clauses):
        return f"requires 看不懂：{requires}，写成 >=0.1,<1 的样子"
    ours = _numbers(version)
    for clause in clauses:
        if clause and not _holds(clause[1], ours, _numbers(clause[2])):
            return f"这个模板包要求 drafter {requires}，现在是 {version}"
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(part) for part in re.findall(r"[0-9]+", version)[:3]]
    return tuple(found + [0] * (3 - len(found)))


def _holds(operator: str, ours: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    return {
        ">=": ours >= theirs,
        "<=": ours <= theirs,
        "==": ours == theirs,
        "!=": ours != theirs,
        ">": ours > theirs,
        "<": ours < theirs,
    }[operator]

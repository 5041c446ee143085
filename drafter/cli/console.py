"""What the command line says: messages and problems to stderr, results to stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.errors import Problem

__all__ = ["complain", "result", "safe_streams", "say"]


def safe_streams() -> None:
    """A console that cannot show a character shows ? instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(text: str = "") -> None:
    """A message for the person at the terminal."""
    print(text, file=sys.stderr)


def result(text: str) -> None:
    """What was asked for, for people or for the next program in the pipe."""
    print(text)


def complain(problems: Iterable[Problem]) -> None:
    """Each problem with its place, the line of the source and what to do."""
    from drafter.chinese.console import snippet

    problems = list(problems)
    for problem in problems:
        say(snippet(problem))
    if len(problems) > 1:
        say(f"共 {len(problems)} 处问题。")

"""The one error tree.

    DrafterError                 anything drafter says "no" to
    ├── InputError               a file or stream that cannot be read (exit status 2)
    ├── BriefError               a brief that was read but is not valid (3)
    ├── LibraryError             a pack, pattern, topic or occasion that is wrong or unknown (2)
    └── OutputError              a result that cannot be written (2)

Every error carries one or more problems: a stable code, a message in Chinese, the place and a
hint. Codes: E1xx reading, E2xx brief, E3xx library, E4xx composing, E5xx writing, E6xx command line,
E7xx batch.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BriefError", "DrafterError", "InputError", "LibraryError", "OutputError", "Place", "Problem"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is.

    `line`, `column` and `end_column` count from 1, in characters; 0 means "the whole file" or "the
    whole line". `source` is the text of that line, `path` the place inside the data (`业务[1].素材`).
    """

    file: str
    line: int = 0
    column: int = 0
    end_column: int = 0
    source: str = ""
    path: str = ""

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable code, a Chinese message, where, and what to do about it."""

    code: str
    message: str
    place: Place | None = None
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}[{self.code}] {self.message}" + (f"（{self.hint}）" if self.hint else "")


class DrafterError(Exception):
    """Root of the tree; `problems` holds at least one problem, in source order."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class InputError(DrafterError):
    """A file or stream that cannot be read."""


class BriefError(DrafterError):
    """A brief that was read but is not valid."""


class LibraryError(DrafterError):
    """A pack, pattern, topic or occasion that is wrong or unknown."""


class OutputError(DrafterError):
    """A result that cannot be written."""

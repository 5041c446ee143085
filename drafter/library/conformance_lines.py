"""On which line of its file a value of an entry stands, so that a problem can point at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.errors import Place
from drafter.library.model import Pattern
from drafter.library.reading import FRONT_START
from drafter.library.strict_yaml import DataPath, read_yaml

if TYPE_CHECKING:
    from drafter.library.library import Library
    from drafter.library.model import Occasion, Topic

__all__ = ["Lines"]


class Lines:
    """The places of the values of one entry; its file is read again only when something is wrong with it."""

    def __init__(self, library: Library, entry: Pattern | Topic | Occasion) -> None:
        self._library, self._entry = library, entry
        self._rows: list[str] = []
        self._lines: dict[DataPath, int] = {}

    def at(self, *path: str | int) -> Place:
        """The place of the value at `path`, or of the nearest value around it."""
        if not self._rows:
            self._read()
        while path and path not in self._lines:
            path = path[:-1]
        return self.line(self._lines.get(path, 1))

    def first(self, text: str, start: int) -> Place:
        """The place of the first line from `start` on that holds `text`."""
        if not self._rows:
            self._read()
        numbers = (n for n in range(start, len(self._rows) + 1) if text in self._rows[n - 1])
        return self.line(next(numbers, start))

    def line(self, number: int) -> Place:
        """The place of line `number` of the file."""
        if not self._rows:
            self._read()
        source = self._rows[number - 1] if 0 < number <= len(self._rows) else ""
        return Place(self._library.place(self._entry).file, number, source=source)

    def _read(self) -> None:
        text = self._library.text(self._entry)
        self._rows = text.split("\n")
        if isinstance(self._entry, Pattern):
            text = text[len(FRONT_START) : text.find("---#}")]
        self._lines = read_yaml(text, "")[1]

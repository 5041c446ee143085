"""What the interview needs of a terminal, and the plain terminal that is always there: one line after another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Asker", "BackError", "Check", "Option", "PlainAsker", "Prompt"]

Check = Callable[[str], str]
"""Why a line cannot be the answer; "" where it can."""


class BackError(Exception):
    """The person wants to return to the question before."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question on the screen. `initial` is what is changed; a new question has none."""

    title: str
    question: str = ""
    hint: str = ""
    initial: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what is shown, what is returned."""

    label: str
    value: str


class Asker(Protocol):
    """A terminal. Each question may raise BackError, KeyboardInterrupt (Ctrl-C) or EOFError (Ctrl-D)."""

    def text(self, prompt: Prompt, check: Check) -> str:
        """A line that passes `check`, without blanks at its ends; "" for an empty one."""

    def choose(self, prompt: Prompt, options: Sequence[Option], usual: str = "") -> str:
        """The value of one option; the list starts at the one with the value `usual`."""

    def several(self, prompt: Prompt, options: Sequence[Option], chosen: Iterable[str] = ()) -> list[str]:
        """The values of any number of options, in their order; `chosen` are marked from the start."""

    def tell(self, text: str) -> None:
        """Show a line."""

    def done(self, title: str, text: str, instead: str = "跳过") -> None:
        """Confirm an answer; of a question skipped `text` is "" and `instead` tells what holds."""

    def table(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """Show what was answered: (name, text)."""


class PlainAsker:
    """Numbers and lines instead of menus; for consoles that cannot move a cursor. It never pre-fills."""

    def __init__(self, read: Callable[[str], str] | None = None) -> None:
        self._read = read or _line_reader()

    def text(self, prompt: Prompt, check: Check) -> str:
        self._head(prompt)
        if prompt.initial:
            self.tell(f"  原来是：{prompt.initial}（回车保留，输入 - 清空）")
        while True:
            line = self._line()
            if prompt.initial and line in ("", "-"):
                line = "" if line else prompt.initial
            if reason := check(line):
                self.tell(f"  {reason}")
            else:
                return line

    def choose(self, prompt: Prompt, options: Sequence[Option], usual: str = "") -> str:
        self._head(prompt)
        start = next((i for i, option in enumerate(options) if option.value == usual), None)
        self._list(options, () if start is None else (usual,))
        ending = "" if start is None else f"，回车就是 {start + 1}"
        self.tell(f"  输入序号{ending}")
        while True:
            line = _back(self._line())
            if not line and start is not None:
                return usual
            if line.isdecimal() and 1 <= int(line) <= len(options):
                return options[int(line) - 1].value
            self.tell(f"  请输入 1 到 {len(options)} 的序号")

    def several(self, prompt: Prompt, options: Sequence[Option], chosen: Iterable[str] = ()) -> list[str]:
        self._head(prompt)
        kept = [option.value for option in options if option.value in set(chosen)]
        self._list(options, kept)
        ending = "回车不变，0 一项不选" if kept else "回车一项不选"
        self.tell(f"  输入序号，用空格或逗号隔开，如 1 3 4；{ending}")
        while True:
            line = _back(self._line())
            numbers = line.replace("，", " ").replace(",", " ").replace("、", " ").split()
            if not numbers:
                return kept
            if numbers == ["0"]:
                return []
            if all(each.isdecimal() and 1 <= int(each) <= len(options) for each in numbers):
                picked = {int(each) - 1 for each in numbers}
                return [option.value for index, option in enumerate(options) if index in picked]
            self.tell(f"  请输入 1 到 {len(options)} 的序号")

    def tell(self, text: str) -> None:
        print(text, flush=True)

    def done(self, title: str, text: str, instead: str = "跳过") -> None:
        """The answer still stands on the line above."""

    def table(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        self.tell(f"\n{title}")
        for name, text in rows:
            self.tell(f"  {name}：{text}")

    def _head(self, prompt: Prompt) -> None:
        self.tell(f"\n{prompt.title}" + (f"  {prompt.question}" if prompt.question else ""))
        if prompt.hint:
            self.tell(f"  {prompt.hint}")

    def _list(self, options: Sequence[Option], marked: Sequence[str]) -> None:
        for number, option in enumerate(options, 1):
            self.tell(f"  {number:2} {'*' if option.value in marked else ' '} {option.label}")

    def _line(self) -> str:
        try:
            return self._read("> ").strip()
        except (EOFError, KeyboardInterrupt):
            self.tell("")
            raise


def _back(line: str) -> str:
    if line in ("<", "＜"):
        raise BackError
    return line


def _line_reader() -> Callable[[str], str]:
    if sys.platform != "win32":
        # input() deletes whole Chinese characters only with readline behind it
        import contextlib

        with contextlib.suppress(ImportError):
            import readline  # noqa: F401
    return input

"""The interview on a real terminal: questionary, which edits Chinese correctly; its answer replaces each question."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from drafter.cli.interview.asker import Asker, BackError, Check, Option, PlainAsker, Prompt
from drafter.errors import InputError, Problem

if TYPE_CHECKING:
    from questionary import Question

__all__ = ["TerminalAsker", "open_terminal"]

_HANGING = "，。；：、？！）”》】"  # may stand behind the last column, never first on a line
_WORD = re.compile(r"[\x21-\x7e]{1,20}|.")
_MOVE = "上下键移动，回车确定"
_MARK = "空格选中或取消，a 全选，回车确定"
_NOTHING = "还没有选中：按空格选中。确实一项不选，再按一次回车"


def open_terminal() -> Asker:
    """The terminal at hand. Raises InputError E611 where there is none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = "脚本里请用 drafter new --answers 文件，或先 drafter init 推进会 -o 素材单.yaml，填好后 drafter draft"
        raise InputError(Problem("E611", "一问一答要在终端里进行，这里的输入或输出不是终端", hint=hint))
    return TerminalAsker() if _moves_cursor() else PlainAsker()


def _moves_cursor() -> bool:
    if sys.platform != "win32" and os.environ.get("TERM", "dumb") in ("dumb", ""):
        return False
    from prompt_toolkit.output import create_output

    try:
        create_output()
    except Exception as error:
        # Git Bash and its kin on Windows; the class can only be imported there (tmbo/questionary#175)
        if type(error).__name__ == "NoConsoleScreenBufferError":
            return False
        raise
    return True


class TerminalAsker:
    """Menus and line editing. `settings` go to prompt_toolkit (`input`, `output`)."""

    def __init__(self, **settings: Any) -> None:
        from questionary import Style

        self._settings = settings
        self._style = Style(
            [
                ("qmark", "fg:ansicyan bold"),
                ("question", "bold"),
                ("instruction", "fg:ansibrightblack"),
                ("answer", ""),
                ("pointer", "fg:ansicyan bold"),
                ("highlighted", "fg:ansicyan bold"),
                ("selected", "noreverse"),
                ("validation-toolbar", "bg:ansidefault fg:ansired noreverse"),  # of the menus
                ("bottom-toolbar", "noreverse"),
            ]
        )

    def text(self, prompt: Prompt, check: Check) -> str:
        from questionary import text

        line, reason = prompt.initial, ""
        while True:
            question = text(
                _message(prompt),
                default=line,
                qmark="?",
                instruction=_below(prompt.hint, reason and f"× {reason}") + "\n>",
                style=self._style,
                erase_when_done=True,
                **self._settings,
            )
            line = str(question.unsafe_ask()).strip()
            reason = check(line)
            if not reason:
                return line

    def choose(self, prompt: Prompt, options: Sequence[Option], usual: str = "") -> str:
        from questionary import Choice, select

        question = select(
            _message(prompt),
            choices=[Choice(option.label, option.value) for option in options],
            default=usual if any(option.value == usual for option in options) else None,
            pointer=">",
            qmark="?",
            instruction=_below(prompt.hint, _MOVE),
            use_jk_keys=False,
            style=self._style,
            erase_when_done=True,
            **self._settings,
        )
        return str(_ask(question))

    def several(self, prompt: Prompt, options: Sequence[Option], chosen: Iterable[str] = ()) -> list[str]:
        from questionary import Choice, checkbox

        kept = set(chosen)
        empty = 0

        def validate(values: list[str]) -> bool | str:
            nonlocal empty
            empty = 0 if values or kept else empty + 1
            return _NOTHING if empty == 1 else True

        question = checkbox(
            _message(prompt),
            choices=[Choice(option.label, option.value, checked=option.value in kept) for option in options],
            validate=validate,
            pointer=">",
            qmark="?",
            instruction=_below(prompt.hint, _MARK),
            use_jk_keys=False,
            style=self._style,
            erase_when_done=True,
            **self._settings,
        )
        return [str(value) for value in _ask(question)]

    def tell(self, text: str) -> None:
        from prompt_toolkit import print_formatted_text
        from prompt_toolkit.formatted_text import FormattedText

        lines = [line[: len(line) - len(line.lstrip())] + _folded(line.lstrip()) for line in text.split("\n")]
        print_formatted_text(FormattedText([("", "\n".join(lines))]), **self._output())

    def done(self, title: str, text: str, instead: str = "跳过") -> None:
        from prompt_toolkit import print_formatted_text
        from prompt_toolkit.formatted_text import FormattedText

        mark = ("fg:ansigreen", "√ ") if text else ("fg:ansiyellow", "- ")
        shown = [mark, ("bold", title), ("", f"：{text or instead}")]
        print_formatted_text(FormattedText(shown), **self._output())

    def table(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(title=f"\n{title}", title_justify="left", show_header=False, pad_edge=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for name, text in rows:
            table.add_row(Text(name, style="bold"), Text(text))
        Console(file=sys.stdout, highlight=False).print(table)

    def _output(self) -> dict[str, Any]:
        return {key: value for key, value in self._settings.items() if key == "output"}


def _message(prompt: Prompt) -> str:
    return _folded(f"{prompt.title}  {prompt.question}" if prompt.question else prompt.title)


def _below(*lines: str) -> str:
    """Lines under the question."""
    return "".join(f"\n  {_folded(line)}" for line in lines if line)


def _folded(text: str) -> str:
    """Broken into lines of the terminal's width: prompt_toolkit cuts the lines of a prompt off there."""
    from prompt_toolkit.utils import get_cwidth

    width = max(shutil.get_terminal_size().columns - 6, 20)
    lines, used = [""], 0
    for word in _WORD.findall(text):
        size = get_cwidth(word)
        if used + size > width and word not in _HANGING:
            lines.append("")
            used = 0
        lines[-1] += word
        used += size
    return "\n  ".join(lines)


def _ask(question: Question) -> Any:
    """Ask a menu, with the keys that a line has of itself: Ctrl-D leaves, < goes back."""
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings

    keys = KeyBindings()

    def leave_by(error: type[BaseException]) -> Callable[[Any], None]:
        def leave(event: Any) -> None:
            event.app.exit(exception=error)

        return leave

    keys.add("c-d", eager=True)(leave_by(EOFError))
    for key in ("<", "＜"):
        keys.add(key, eager=True)(leave_by(BackError))
    own = question.application.key_bindings
    question.application.key_bindings = merge_key_bindings([own, keys] if own else [keys])
    return question.unsafe_ask()

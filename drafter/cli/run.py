"""Arguments in, exit status out: the one place where exceptions become messages and numbers."""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.cli.console import complain, say
from drafter.errors import BriefError, DrafterError, Place, Problem

if TYPE_CHECKING:
    from typer import Typer

__all__ = ["BUG", "DONE", "FINDINGS", "INTERRUPTED", "INVALID_BRIEF", "USAGE", "run"]

DONE, FINDINGS, USAGE, INVALID_BRIEF, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130


def run(arguments: Sequence[str]) -> int:
    """Run one command line; never raises."""
    try:
        return _run(list(arguments))
    except KeyboardInterrupt:
        say("已中断。")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except DrafterError as error:
        complain(error.problems)
        return INVALID_BRIEF if isinstance(error, BriefError) else USAGE
    except OSError as error:
        complain([Problem("E613", f"系统不让写：{error.strerror or error}", hint="检查磁盘空间和权限")])
        return USAGE
    except Exception as error:  # the last net: a message instead of a traceback, and its own exit status
        return _bug(error)


def _run(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        return _version()
    import typer
    from typer.exceptions import TyperException

    from drafter.cli.app import app

    try:
        status = _only(app, arguments)(arguments, prog_name="drafter", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except TyperException as error:
        if type(error).__name__ != "NoArgsIsHelpError":  # the help is there already
            complain([_usage(error)])
        return USAGE
    if status == INTERRUPTED and arguments[0] != "new":  # what Typer makes of Ctrl-C; the interview says more itself
        raise KeyboardInterrupt
    return status if isinstance(status, int) else DONE


def _only(app: Typer, arguments: Sequence[str]) -> Typer:
    """The app with just the command that was asked for: Typer builds all it has, which is ten milliseconds a start."""
    name = arguments[0] if arguments else ""
    commands = [command for command in app.registered_commands if command.name == name]
    groups = [copy.copy(group) for group in app.registered_groups if group.name == name]
    if not (commands or groups):
        return app
    single = copy.copy(app)
    single.registered_commands, single.registered_groups = commands, groups
    for group in groups:
        if group.typer_instance:
            group.typer_instance = _only(group.typer_instance, arguments[1:])
    return single


def _version() -> int:
    from drafter.version import __version__

    print(f"drafter {__version__}")
    return DONE


def _usage(error: Exception) -> Problem:
    """A mistake in the command line, in Chinese."""
    kind = type(error).__name__
    option = getattr(error, "option_name", "")
    near = [str(name) for name in getattr(error, "possibilities", None) or ()]
    if kind == "NoSuchOption":
        hint = f"是不是 {'、'.join(near)}？" if near else "用 --help 看有哪些选项"
        return Problem("E601", f"没有选项 {option}", hint=hint)
    if kind == "MissingParameter":
        name = getattr(getattr(error, "param", None), "human_readable_name", "") or "参数"
        return Problem("E602", f"缺少 {name}", hint="用 --help 看用法")
    message = str(getattr(error, "message", error))
    if message.startswith("No such command"):
        hint = "、".join(message.split("'")[3::2])
        return Problem(
            "E603",
            f"没有命令 {message.split(chr(39))[1]}",
            hint=f"是不是 {hint}？" if hint else "用 --help 看有哪些命令",
        )
    if kind == "BadParameter":
        return _bad_value(getattr(getattr(error, "param", None), "opts", [""])[0], message)
    if kind == "BadOptionUsage":
        if "does not take" in message:
            return Problem("E605", f"选项 {option} 后面不用写值", hint=f"只写 {option}")
        return Problem("E605", f"选项 {option} 后面缺少值", hint="用 --help 看用法")
    extra = re.fullmatch(r"Got unexpected extra argument\(s\) \((.*)\)", message, re.DOTALL)
    if extra:
        return Problem("E606", f"多了 {extra[1]}", hint="文件名里有空格要加引号；几个文件就分几次做")
    return Problem("E606", f"命令写得不对：{message}", hint="用 --help 看用法")


def _bad_value(name: str, message: str) -> Problem:
    if not name:
        return Problem("E602", message, hint="用 --help 看用法")
    unreadable = re.fullmatch(r"\w+ '(.*)' is not readable\.", message)
    if unreadable:
        return Problem("E150", "打不开文件：没有权限", Place(unreadable[1]), "请换一个文件，或请管理员给您读的权限")
    value, choice, allowed = message.partition(" is not one of ")
    if choice:
        allowed = allowed.rstrip(".").replace("'", "").replace(", ", "、")
        return Problem("E604", f"{name} 不能是 {value}", hint=f"可用：{allowed}")
    return Problem("E604", f"{name} 的值不对：{_number(message)}", hint="用 --help 看可用的值")


def _number(message: str) -> str:
    """What is wrong with a number."""
    text = re.fullmatch(r"'(.*)' is not a valid (?:int|integer|float)(?: range)?\.", message, re.DOTALL)
    if text:
        return f"{text[1]} 不是数"
    span = re.fullmatch(r"(\S+) is not in the range (\S+?)<=x(?:<=(\S+))?\.", message)
    if span:
        return f"{span[1]} 不在 {span[2]} 到 {span[3]} 之间" if span[3] else f"{span[1]} 小于 {span[2]}"
    return message


def _bug(error: Exception) -> int:
    import os
    import traceback

    if os.environ.get("DRAFTER_DEBUG"):
        traceback.print_exception(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    say(f"[E690] 程序内部出错：{type(error).__name__}（{where}）。")
    say("  提示：这是 drafter 的缺陷，请带上命令和素材单报告；设环境变量 DRAFTER_DEBUG=1 可看到详情。")
    return BUG

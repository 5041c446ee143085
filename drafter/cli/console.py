"""What the command line says: messages and problems to stderr, results to stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

    from drafter.errors import Problem

__all__ = ["columns", "complain", "result", "safe_streams", "say"]

_REASONS = {
    "ENOENT": "没有这个文件",
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "EISDIR": "这是文件夹，不是文件",
    "ENOTDIR": "路径中间有一段不是文件夹",
    "EEXIST": "已经有同名的文件",
    "ENOSPC": "磁盘满了",
    "EDQUOT": "给您的磁盘空间用完了",
    "EROFS": "这个盘只能读，不能写",
    "ENAMETOOLONG": "文件名太长",
    "EINVAL": "文件名不能用",
    "EIO": "磁盘读写出错",
    "EBUSY": "正被别的程序使用",
    "ETXTBSY": "正被别的程序使用",
    "EMFILE": "同时打开的文件太多",
    "ELOOP": "链接绕成了圈",
}


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


def columns(stream: TextIO) -> int:
    """How wide the terminal is that the stream goes to; 0 where it goes elsewhere."""
    from shutil import get_terminal_size

    return get_terminal_size().columns if stream.isatty() else 0


def complain(problems: Iterable[Problem]) -> None:
    """Each problem with its place, the line of the source and what to do."""
    from drafter.chinese.console import snippet

    problems, width = list(problems), columns(sys.stderr)
    for problem in problems:
        say(snippet(replace(problem, message=_in_chinese(problem.message)), width))
    if len(problems) > 1:
        say(f"共 {len(problems)} 处问题。")


def _in_chinese(message: str) -> str:
    """What the operating system says of a file (`os.strerror`) stands in messages in its own words, mostly English."""
    if not any("a" <= each <= "z" for each in message):
        return message
    import errno
    import os

    for name, reason in _REASONS.items():
        if code := getattr(errno, name, 0):
            message = message.replace(os.strerror(code), reason)
    return message

"""Output names: made from fields, safe on Windows, never a path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from drafter.errors import InputError, Problem

__all__ = ["NameTemplate", "folded", "wrong_name"]

_FIELD = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN = '<>:"/\\|?*'
_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
}
_MAX_BYTES = 180


class NameTemplate(NamedTuple):
    """`{单位.名称}-{会议}` as its text pieces and fields in turn; the fields stand at odd positions."""

    pieces: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> NameTemplate:
        """Raises InputError E709 for a lone brace, an empty field, or literal text that no file name may hold."""
        pieces = tuple(piece if at % 2 == 0 else piece.strip() for at, piece in enumerate(_FIELD.split(text)))
        literal = "".join(pieces[::2])
        bad = next((mark for mark in "{}" + _FORBIDDEN if mark in literal), "")
        if bad or not text.strip() or not all(pieces[1::2]):
            hint = '写成 "{单位.名称}-{会议}"：花括号里写素材单的键；还可以用 {文件}、{文件夹}、{行}'
            what = f"不能有“{bad}”" if bad else "是空的，或有空的花括号"
            raise InputError(Problem("E709", f"--name {what}", None, hint))
        return cls(pieces)

    @property
    def fields(self) -> tuple[str, ...]:
        return self.pieces[1::2]

    def fill(self, lookup: Callable[[str], str | None]) -> tuple[str, str]:
        """(name, "") or ("", the field without a value)."""
        out = []
        for at, piece in enumerate(self.pieces):
            text = piece if at % 2 == 0 else lookup(piece)
            if not text:
                if at % 2:
                    return "", piece
                continue
            out.append(text)
        return unicodedata.normalize("NFC", "".join(out)).strip(), ""


def folded(name: str) -> str:
    """What file systems that ignore case take for the same name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def wrong_name(name: str) -> str:
    """Why a file may not be called so, "" where it may (naming rules of Windows, and no hidden files)."""
    odd = next((mark for mark in name if mark in _FORBIDDEN), "")
    if odd:
        return f"有“{odd}”，文件名里不能用"
    if any(unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for mark in name):
        return "有换行或看不见的字符"
    if not name.strip(" ."):
        return "是空的"
    if name.startswith((".", "~$")) or name[-1] in " .":
        return "开头或末尾有点号，或末尾有空格"
    if name.partition(".")[0].rstrip().upper() in _DEVICES:
        return "是 Windows 保留的名字"
    if len(name.encode()) > _MAX_BYTES:
        return f"太长（超过 {_MAX_BYTES // 3} 个字）"
    return ""

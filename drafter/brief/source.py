"""Bytes to text: size, encodings, forbidden characters; and the places in that text."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from drafter.brief.model import Mark
from drafter.document import Note
from drafter.errors import BriefError, InputError, Place, Problem

__all__ = ["MAX_BYTES", "Source", "cleaned", "forbidden", "open_source"]

MAX_BYTES = 1_000_000

_BREAK = re.compile("\r\n|[\n\r\u2028\u2029]")
# C0 but Tab and line ends, DEL, C1, lone surrogates, the two non-characters that XML refuses
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_PRIVATE = "\U000f0000-\U0010ffff"
_FORBIDDEN = re.compile(f"[{_CONTROL}{_PRIVATE}]")
_MAX_CHARACTER_PROBLEMS = 20

_CONTAINERS = (
    (b"PK\x03\x04", "Word 或 Excel 文件（.docx、.xlsx）或压缩包"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件（.doc、.xls）"),
    (b"%PDF", "PDF 文件"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A brief as text. `lines` are split where YAML splits them."""

    name: str
    text: str
    lines: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    def line(self, number: int) -> str:
        """The line `number` (from 1), "" past the ends."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def place(self, mark: Mark, path: str = "") -> Place:
        """The place of a stretch; one that spans several lines ends with its first line."""
        line = min(mark.line, len(self.lines))
        text = self.line(line)
        column = min(mark.column, len(text) + 1) if line == mark.line else len(text) + 1
        end = mark.end_column if mark.end_line == line else len(text.rstrip()) + 1
        return Place(self.name, line, column, max(end, column + 1), text, path)


def open_source(source: Path | str | bytes, name: str) -> Source:
    """Read and decode a brief.

    Raises InputError E101 (cannot be opened), E102 (not text, or an unknown encoding), E103 (more than
    `MAX_BYTES`); BriefError E104 (control characters), E105 (private-use planes: the composer needs them).
    """
    encoding = ""
    if isinstance(source, str):
        if len(source) > MAX_BYTES or len(source.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            raise _too_large(name)
        text = source.removeprefix("\ufeff")
    else:
        raw = source if isinstance(source, bytes) else _read(source, name)
        if len(raw) > MAX_BYTES:
            raise _too_large(name)
        text, encoding = _decode(raw, name)
    notes: tuple[Note, ...] = ()
    if encoding == "gb18030":
        notes = (Note("encoding", f"{name} 不是 UTF-8 编码，已按 GBK（GB18030）读取；建议另存为 UTF-8。"),)
    opened = Source(name, text, tuple(_BREAK.split(text)), notes)
    _check_characters(opened)
    return opened


def forbidden(text: str) -> tuple[str, str, str] | None:
    """(code, message, hint) for the first character that a brief may not hold."""
    found = _FORBIDDEN.search(text)
    return _explain(found[0]) if found else None


def cleaned(text: str) -> str:
    """The text with each forbidden character as a question mark, so that checking can go on."""
    return _FORBIDDEN.sub("?", text)


def _read(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(Problem("E101", f"找不到文件 {name}", Place(name), "检查文件名和所在文件夹")) from None
    except IsADirectoryError:
        raise InputError(Problem("E101", f"{name} 是文件夹，不是文件", Place(name), "写上文件名")) from None
    except PermissionError:
        reason = "是文件夹，不是文件" if path.is_dir() else "没有读取权限，或正被别的程序占用"
        raise InputError(Problem("E101", f"{name} {reason}", Place(name), "关掉打开它的程序，或换个位置再试")) from None
    except (OSError, ValueError) as error:
        why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "文件名无效"
        raise InputError(Problem("E101", f"{name} 读不出来（{why}）", Place(name), "检查文件名和磁盘")) from None


def _too_large(name: str) -> InputError:
    hint = "素材单只写事实要点，通常不过几百行；确认没有选错文件"
    return InputError(Problem("E103", f"文件超过 {MAX_BYTES // 1_000_000} MB，不像素材单", Place(name), hint))


def _decode(raw: bytes, name: str) -> tuple[str, str]:
    for magic, what in _CONTAINERS:
        if raw.startswith(magic):
            hint = "素材单是纯文本的 .yaml 文件，用记事本一类的编辑器写"
            raise InputError(Problem("E102", f"这是{what}，不是素材单", Place(name), hint))
    if raw.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        encodings = ["utf-32"]
    elif raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and _FORBIDDEN.search(text):
            break
        return text, encoding
    hint = "用记事本或 WPS 打开，另存为 UTF-8 编码的文本文件"
    raise InputError(Problem("E102", "认不出文件的编码（不是 UTF-8、UTF-16 或 GBK）", Place(name), hint))


def _check_characters(source: Source) -> None:
    if not _FORBIDDEN.search(source.text):
        return
    problems = []
    for number, line in enumerate(source.lines, 1):
        for found in _FORBIDDEN.finditer(line):
            code, message, hint = _explain(found[0])
            place = source.place(Mark(number, found.start() + 1, number, found.end() + 1))
            problems.append(Problem(code, message, place, hint))
            if len(problems) == _MAX_CHARACTER_PROBLEMS:
                raise BriefError(*problems)
    raise BriefError(*problems)


def _explain(character: str) -> tuple[str, str, str]:
    name = f"U+{ord(character):04X}"
    if ord(character) >= 0xF0000:
        return "E105", f"这里有私用区字符 {name}，程序自己要用它，素材单里不能有", "删掉它，或换成通用字"
    hint = "删掉它；从网页或 PDF 粘贴来的文字常带这种看不见的字符"
    if character == "\0":
        hint = "如果整个文件都这样，多半是编码不对：另存为 UTF-8 编码"
    return "E104", f"这里有不可见的控制字符 {name}", hint

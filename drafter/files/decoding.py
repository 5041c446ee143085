"""From bytes to text: UTF-8, UTF-16 and GB 18030, and what is no text at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter.errors import InputError, Place, Problem

__all__ = ["MAX_TEXT", "Decoded", "decode", "decoded", "refusal"]

MAX_TEXT = 2 * 1024 * 1024
"""Bytes of a text file: twenty times the longest report of a congress."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MAX_LINES = 20_000
_SAMPLE = 4096
_RUN = re.compile(r"[^\w\n]{2000}")
_ODD = "".join(chr(code) for code in range(1, 32) if chr(code) not in "\t\n\r\f\v\x1a")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as it stands in a file, line ends and all, and what it takes to write it back.

    codec   utf-8, utf-16-le, utf-16-be or gb18030
    mark    the byte order mark that stood before it, or b""
    """

    text: str
    codec: str
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Another text in the same encoding, with the same mark."""
        return self.mark + text.encode(self.codec)

    @property
    def name(self) -> str:
        """utf-8, utf-16 or gb18030."""
        return self.codec.removesuffix("-le").removesuffix("-be")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """(the text with `\\n` line ends, its encoding). Raises InputError (see `decoded`)."""
    found = decoded(data, name)
    return found.text.replace("\r\n", "\n").replace("\r", "\n"), found.name


def decoded(data: bytes, name: str) -> Decoded:
    """The text of a file.

    Raises InputError: E152 too large, E153 no text at all, E154 no encoding fits, E159 nothing in it.
    """
    if len(data) > MAX_TEXT:
        raise refusal(
            "E152", name, f"文件有 {len(data) / 1024 / 1024:.0f} MB，一份文稿不会这么大", "请只留下要读取的那一篇，再试"
        )
    for mark, codec in _candidates(data):
        try:
            text = data[len(mark) :].decode(codec)
        except UnicodeDecodeError:
            continue
        if _RUN.search(text):
            raise refusal("E153", name, "文件里有大段没有文字的符号，不是文稿", "请核对文件是否取错或已损坏")
        if _is_text(text):
            _guard(text, name)
            return Decoded(text, codec, mark)
    if _binary(data):
        raise refusal(
            "E153",
            name,
            "这不是文本文件，是二进制数据",
            "扩展名可能改错了；请用 WPS 或 Word 打开，另存为 .docx 或 .txt",
        )
    raise refusal("E154", name, "认不出文字编码", "请另存为 UTF-8 编码的文本再试")


def refusal(code: str, name: str, message: str, hint: str) -> InputError:
    return InputError(Problem(code, message, Place(name), hint))


def _guard(text: str, name: str) -> None:
    if not text.strip():
        raise refusal("E159", name, "文件是空的", "请选有正文的文稿")
    lines = max(text.count("\n"), text.count("\r"))
    if lines > _MAX_LINES:
        raise refusal("E152", name, f"文件有 {lines + 1} 行，不像一份文稿", "请只留下要读取的那一篇，再试")


def _candidates(data: bytes) -> list[tuple[bytes, str]]:
    """(byte order mark, codec) to try, one after the other."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return [(mark, codec)]
    wide = _wide(data)
    return [(b"", codec) for codec in (wide, "utf-8", "gb18030") if codec]


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: there are zero bytes (line ends, blanks), and one of the two orders reads as Chinese."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or b"\0" not in sample:
        return ""
    sample = sample[: len(sample) // 2 * 2]
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _chinese(sample.decode(encoding, "replace")))
    return best if _chinese(sample.decode(best, "replace")) * 2 > len(sample) // 2 else ""


def _chinese(text: str) -> int:
    return sum(1 for character in text if "\u4e00" <= character <= "\u9fff" or character in "，。、；：“”《》（）\n")


def _is_text(text: str) -> bool:
    """Few control characters, and no zero at all."""
    if "\0" in text:
        return False
    odd = sum(map(text.count, _ODD))
    strange = sum(1 for character in text[:_SAMPLE] if "\ue000" <= character <= "\uf8ff" or character == "\ufffd")
    return odd * 200 <= len(text) and strange <= max(8, len(text[:_SAMPLE]) // 20)


def _binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return sum(1 for byte in sample if byte < 32 and byte not in b"\t\n\r\f\v") * 50 > len(sample)

"""The bytes of a file, and what they are whatever its name says."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from drafter.files.decoding import MAX_TEXT, refusal

__all__ = ["load", "sniff"]

_MAX_FILE = 64 * 1024 * 1024
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "旧版 .doc、.xls 或 .wps 文件", "请用 WPS 或 Word 打开，另存为 .docx 再试"),
    (b"%PDF", "PDF 文件", "请先用 WPS 或 Word 转成 .docx，核对后再试"),
    (b"{\\rtf", "RTF 文件", "请用 WPS 或 Word 打开，另存为 .docx 再试"),
    (b"\x89PNG", "图片", "请先识别成文字，存为 .txt 再试"),
    (b"\xff\xd8\xff", "图片", "请先识别成文字，存为 .txt 再试"),
    (b"GIF8", "图片", "请先识别成文字，存为 .txt 再试"),
    (b"7z\xbc\xaf", "压缩包", "请先解压，再选其中的文稿"),
    (b"Rar!", "压缩包", "请先解压，再选其中的文稿"),
    (b"\x1f\x8b", "压缩包", "请先解压，再选其中的文稿"),
    (b"MZ", "程序", "请选 .docx、.txt 或 .md 文稿"),
    (b"\x7fELF", "程序", "请选 .docx、.txt 或 .md 文稿"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def load(path: Path) -> bytes:
    """The bytes of a file. Raises InputError: E150 not there or not readable, E152 too large."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(8)
            if not start.startswith(b"PK") and size > MAX_TEXT:
                raise refusal(
                    "E152",
                    str(path),
                    f"文件有 {size / 1024 / 1024:.0f} MB，一份文稿不会这么大",
                    "请只留下要读取的那一篇，再试",
                )
            if size > _MAX_FILE:
                raise refusal(
                    "E152", str(path), f"文件有 {size // 1024 // 1024} MB，超过 64 MB", "请删去其中的图片，另存后再试"
                )
            return start + stream.read(_MAX_FILE)
    except OSError as error:
        raise refusal(
            "E150", str(path), f"打不开文件：{error.strerror or error}", "请核对路径，关闭正在使用它的程序"
        ) from None


def sniff(data: bytes, name: str) -> Literal["package", "text"]:
    """Whether the bytes are a zip package or may be a text. Raises InputError E151 for another format."""
    for signature, what, hint in _SIGNATURES:
        if data.startswith(signature) and not (signature == b"MZ" and b"\0" not in data[:64]):
            raise refusal("E151", name, f"这是{what}，不能直接读取", hint)
    return "package" if data.startswith(_ZIP) else "text"

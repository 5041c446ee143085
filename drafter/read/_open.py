"""A file or bytes into rows, by what the bytes are and not by what the name says."""

from __future__ import annotations

from pathlib import Path

from drafter.read._decode import MAX_TEXT, decode, refusal
from drafter.read._rows import Source, plain_source

__all__ = ["open_source"]

_MAX_FILE = 64 * 1024 * 1024
_MAX_LINES = 20_000
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


def open_source(source: Path | bytes, name: str) -> Source:
    """The rows of a source. Raises InputError (see `drafter.read.read`)."""
    data = source if isinstance(source, bytes) else _load(source)
    name = name or (str(source) if isinstance(source, Path) else "文稿")
    for signature, what, hint in _SIGNATURES:
        if data.startswith(signature) and not (signature == b"MZ" and b"\0" not in data[:64]):
            raise refusal("E151", name, f"这是{what}，不能直接读取", hint)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        from drafter.read._word import word_source

        return word_source(data, name)
    text, encoding = decode(data, name)
    if not text.strip():
        raise refusal("E159", name, "文件是空的", "请选有正文的文稿")
    if text.count("\n") > _MAX_LINES:
        raise refusal(
            "E152", name, f"文件有 {text.count(chr(10)) + 1} 行，不像一份文稿", "请只留下要读取的那一篇，再试"
        )
    return plain_source(text, encoding)


def _load(path: Path) -> bytes:
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

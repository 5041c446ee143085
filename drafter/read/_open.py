"""A file or bytes into rows, by what the bytes are and not by what the name says."""

from __future__ import annotations

from pathlib import Path

from drafter.files import decode, load, refusal, sniff
from drafter.read._rows import Source, plain_source

__all__ = ["open_source"]

_MAX_LINES = 20_000


def open_source(source: Path | bytes, name: str) -> Source:
    """The rows of a source. Raises InputError (see `drafter.read.read`)."""
    data = source if isinstance(source, bytes) else load(source)
    name = name or (str(source) if isinstance(source, Path) else "文稿")
    if sniff(data, name) == "package":
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

"""A file or bytes into rows, by what the bytes are and not by what the name says."""

from __future__ import annotations

from pathlib import Path

from drafter.files import decode, load, sniff
from drafter.read._rows import Source, plain_source

__all__ = ["open_source"]


def open_source(source: Path | bytes, name: str) -> Source:
    """The rows of a source. Raises InputError (see `drafter.read.read`)."""
    data = source if isinstance(source, bytes) else load(source)
    name = name or (str(source) if isinstance(source, Path) else "文稿")
    if sniff(data, name) == "package":
        from drafter.read._word import word_source

        return word_source(data, name)
    text, encoding = decode(data, name)
    return plain_source(text, encoding)

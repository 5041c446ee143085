"""Contents of packs kept between runs, so that a warm start reads no YAML.

One file for each pack in the user's cache folder: a checksum, then marshalled plain data. The entry is void
when a file of the pack, the code of this package or the Python changes. A damaged or unwritable cache is
no cache.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from drafter.library.folders import cache_folder, code_stamp

if TYPE_CHECKING:
    from pathlib import Path

    from drafter.errors import Problem
    from drafter.library.files import Files
    from drafter.library.reading import Contents

__all__ = ["contents_of"]


def contents_of(files: Files) -> tuple[Contents, list[Problem]]:
    """`read_pack(files)`, from the cache where it is still true. Packs with problems are never cached."""
    path, key = _path(files), _key(files)
    if path and (cached := _load(path, key)) is not None:
        return cached, []
    from drafter.library.reading import read_pack  # not needed where the cache is true

    contents, problems = read_pack(files)
    if path and not problems:
        _save(path, key, contents)
    return contents, problems


def _path(files: Files) -> Path | None:
    folder = cache_folder()
    if folder is None or files.stamp() is None:
        return None
    return folder / f"pack-{zlib.crc32(files.place.encode()):08x}.index"


def _key(files: Files) -> list[Any]:
    return [sys.implementation.cache_tag, code_stamp(), files.place, files.stamp()]


def _load(path: Path, key: list[Any]) -> Contents | None:
    try:
        data = path.read_bytes()
        if zlib.crc32(data[4:]) != int.from_bytes(data[:4], "big"):
            return None
        stored_key, contents = marshal.loads(data[4:])  # noqa: S302 (our own cache, checked; code cannot be in it)
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return contents if stored_key == key else None


def _save(path: Path, key: list[Any], contents: Contents) -> None:
    body = marshal.dumps((key, contents))
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.write_bytes(zlib.crc32(body).to_bytes(4, "big") + body)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()

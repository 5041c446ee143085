"""Plain data kept between runs in the user's cache folder: a checksum, then marshalled key and value.

An entry is void when its key has changed. A damaged or unwritable cache is no cache.
"""

from __future__ import annotations

import marshal
import os
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["keep", "kept"]


def kept(path: Path, key: list[Any]) -> Any:
    """What was kept under this key, None where nothing was."""
    try:
        data = path.read_bytes()
        if zlib.crc32(data[4:]) != int.from_bytes(data[:4], "big"):
            return None
        stored_key, value = marshal.loads(data[4:])  # noqa: S302 (our own cache, checked; code cannot be in it)
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return value if stored_key == key else None


def keep(path: Path, key: list[Any], value: Any) -> None:
    """Keep plain data, whole or not at all."""
    body = marshal.dumps((key, value))
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.write_bytes(zlib.crc32(body).to_bytes(4, "big") + body)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()

"""Contents of packs kept between runs, so that a warm start reads no YAML.

One file for each pack in the user's cache folder. The entry is void when a file of the pack, the code of this
package or the Python changes.
"""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING, Any

from drafter.library.folders import cache_folder, code_stamp
from drafter.library.kept import keep, kept

if TYPE_CHECKING:
    from pathlib import Path

    from drafter.errors import Problem
    from drafter.library.files import Files
    from drafter.library.reading import Contents

__all__ = ["contents_of"]


def contents_of(files: Files) -> tuple[Contents, list[Problem]]:
    """`read_pack(files)`, from the cache where it is still true. Packs with problems are never cached."""
    path, key = _path(files), _key(files)
    if path and (cached := kept(path, key)) is not None:
        return cached, []
    from drafter.library.reading import read_pack  # not needed where the cache is true

    contents, problems = read_pack(files)
    if path and not problems:
        keep(path, key, contents)
    return contents, problems


def _path(files: Files) -> Path | None:
    folder = cache_folder()
    if folder is None or files.stamp() is None:
        return None
    return folder / f"pack-{zlib.crc32(files.place.encode()):08x}.index"


def _key(files: Files) -> list[Any]:
    return [sys.implementation.cache_tag, code_stamp(), files.place, files.stamp()]

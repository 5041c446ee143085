"""Plain data that is worked out of the files in `rules/`, stored in the user's cache folder until they change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from drafter.library.folders import cache_folder
from drafter.library.kept import keep, kept

__all__ = ["stored"]


def stored(name: str, files: Iterable[Path], make: Callable[[], Any]) -> Any:
    """What `make` gives, as it was stored under a name where the files are still the same."""
    folder = cache_folder()
    if folder is None:
        return make()
    key = [sys.implementation.cache_tag, [[str(path), (s := path.stat()).st_mtime_ns, s.st_size] for path in files]]
    place = folder / f"{name}.index"
    data = kept(place, key)
    if data is None:
        data = make()
        keep(place, key, data)
    return data

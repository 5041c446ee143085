"""Folders of the user, and the stamp of this code that makes caches void when it changes."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

__all__ = ["cache_folder", "code_stamp", "user_folder"]


def user_folder() -> Path | None:
    """Settings and packs of the user: `DRAFTER_HOME`, else the usual place of the system; None without a home."""
    return _folder("DRAFTER_HOME", "APPDATA", "XDG_CONFIG_HOME", "Library/Application Support", ".config")


def cache_folder() -> Path | None:
    """What can be made again: `DRAFTER_CACHE` (set but empty: no cache), else the usual place of the system."""
    if os.environ.get("DRAFTER_CACHE") == "":
        return None
    return _folder("DRAFTER_CACHE", "LOCALAPPDATA", "XDG_CACHE_HOME", "Library/Caches", ".cache")


def _folder(own: str, windows: str, xdg: str, mac: str, unix: str) -> Path | None:
    if given := os.environ.get(own):
        return Path(given)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = os.environ.get(windows)
        return Path(base) / "drafter" if base else None
    if sys.platform == "darwin":
        return home / mac / "drafter"
    given = os.environ.get(xdg, "")
    return (Path(given) if given.startswith("/") else home / unix) / "drafter"


@cache
def code_stamp() -> str:
    """Changes whenever a file of this package does; "" where the files cannot be looked at (a zip)."""
    try:
        with os.scandir(Path(__file__).parent) as entries:
            stats = sorted((e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in entries if e.name.endswith(".py"))
    except OSError:
        return ""
    return repr(stats)

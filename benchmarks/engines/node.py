"""Packages of npm for engines that run in node, kept in the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

__all__ = ["packages"]


def packages(*names: str) -> tuple[Path, str]:
    """(folder of the packages; why there are none, "" where they are there). `names` are those of npm, name@version."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "drafter-benchmarks"
    folder = cache / "node_modules"
    npm = shutil.which("npm")
    if not shutil.which("node"):
        return folder, "no node here"
    if all((folder / name.partition("@")[0]).is_dir() for name in names):
        return folder, ""
    if not npm:
        return folder, "no npm here"
    cache.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--prefix", str(cache), "--ignore-scripts", "--no-audit", "--no-fund", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return folder, "" if done.returncode == 0 else f"npm cannot install {' '.join(names)}"

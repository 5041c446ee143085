"""The library as the command line sees it: the packs named there before those of the working folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drafter.library import Library

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["load_library"]


def load_library(packs: Sequence[Path]) -> Library:
    """`--pack` first, then drafter.toml of the working folder, the user's packs, installed ones, the built-in."""
    return Library.load(packs, Path())

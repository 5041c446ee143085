"""drafter: `render` of a ready document, in the page of the standard."""

from __future__ import annotations

from pathlib import Path

from drafter import render
from engines import Engine
from engines.speech import document

__all__ = ["engine"]


def engine(_assets: Path, _name: str) -> Engine:
    return Engine(lambda speech: document(speech["number"], speech["length"]), render)

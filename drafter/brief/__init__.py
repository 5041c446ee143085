"""The brief 素材单: the facts of one speech, read strictly, with a place for every value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drafter.brief.load import load_brief, load_slots
from drafter.brief.model import Brief, DataPath, JsonSchema, format_path
from drafter.brief.schema import NONE, brief_schema

if TYPE_CHECKING:
    from drafter.brief.blank import Field, skeleton
    from drafter.brief.writing import dump

__all__ = [
    "NONE",
    "Brief",
    "DataPath",
    "Field",
    "JsonSchema",
    "brief_schema",
    "dump",
    "format_path",
    "load_brief",
    "load_slots",
    "skeleton",
]

_LATER = {"Field": "blank", "dump": "writing", "skeleton": "blank"}


def __getattr__(name: str) -> Any:
    """What reading a brief has no use for is imported when it is asked for."""
    from importlib import import_module

    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)

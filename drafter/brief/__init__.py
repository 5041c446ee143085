"""The brief 素材单: the facts of one speech, read strictly, with a place for every value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.brief.load import load_brief, load_slots
from drafter.brief.model import Brief, DataPath, JsonSchema, format_path
from drafter.brief.schema import NONE, brief_schema
from drafter.lazy import lazy

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

__getattr__ = lazy(__name__, {"Field": "blank", "dump": "writing", "skeleton": "blank"})

"""The brief 素材单: the facts of one speech, read strictly, with a place for every value."""

from drafter.brief.dump import dump
from drafter.brief.load import load_brief, load_slots
from drafter.brief.model import Brief, DataPath, JsonSchema, format_path
from drafter.brief.schema import brief_schema
from drafter.brief.skeleton import Field, skeleton

__all__ = [
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

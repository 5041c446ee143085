"""Composes Chinese official speeches offline from templates and a brief, every figure traceable.

from pathlib import Path

library = drafter.Library.load()
brief = drafter.load_brief(Path("素材单.yaml"), slots=library.slots())
document = drafter.compose(brief, library)
drafter.write(document, Path("讲话.docx"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.lazy import lazy
from drafter.version import __version__

if TYPE_CHECKING:
    from drafter.brief import Brief, brief_schema, load_brief
    from drafter.check import Finding, Settings, Text, check, fix
    from drafter.chinese.enumeration import Paragraph, Run, paragraphs
    from drafter.compose import Need, compose, needs
    from drafter.document import Block, Document, Note, Origin, OriginKind, Role, Span, System
    from drafter.errors import BriefError, DrafterError, InputError, LibraryError, OutputError, Place, Problem
    from drafter.library import Library, Occasion, Pattern, Topic, catalogue
    from drafter.read import Imported, read
    from drafter.write import load_format, render, trace, write

__all__ = [
    "Block",
    "Brief",
    "BriefError",
    "Document",
    "DrafterError",
    "Finding",
    "Imported",
    "InputError",
    "Library",
    "LibraryError",
    "Need",
    "Note",
    "Occasion",
    "Origin",
    "OriginKind",
    "OutputError",
    "Paragraph",
    "Pattern",
    "Place",
    "Problem",
    "Role",
    "Run",
    "Settings",
    "Span",
    "System",
    "Text",
    "Topic",
    "__version__",
    "brief_schema",
    "catalogue",
    "check",
    "compose",
    "fix",
    "load_brief",
    "load_format",
    "needs",
    "paragraphs",
    "read",
    "render",
    "trace",
    "write",
]

_HOMES = {
    "brief": ("Brief", "brief_schema", "load_brief"),
    "check": ("Finding", "Settings", "Text", "check", "fix"),
    "chinese.enumeration": ("Paragraph", "Run", "paragraphs"),
    "compose": ("Need", "compose", "needs"),
    "document": ("Block", "Document", "Note", "Origin", "OriginKind", "Role", "Span", "System"),
    "errors": ("BriefError", "DrafterError", "InputError", "LibraryError", "OutputError", "Place", "Problem"),
    "library": ("Library", "Occasion", "Pattern", "Topic", "catalogue"),
    "read": ("Imported", "read"),
    "write": ("load_format", "render", "trace", "write"),
}
__getattr__ = lazy(__name__, {name: home for home, names in _HOMES.items() for name in names})


def __dir__() -> list[str]:
    return __all__

"""An old text in outline: its headings with their levels, and what every paragraph does in which form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.errors import LibraryError
from drafter.read._patterns import SURE

if TYPE_CHECKING:
    from drafter.library import Library
    from drafter.read._result import Imported, Passage

__all__ = ["outline", "pattern_name", "unsure_patterns"]

_SHORT = 24
_ALIKE = 0.35
_SHOWN = frozenset({"heading", "enum", "body", "opening", "closing", "transition", "salutation", "agenda"})


def outline(imported: Imported, library: Library) -> str:
    """Title, headings and items as they stand, the rest by its first words; for each its line, its function and its
    pattern with how sure that is."""
    lines: list[str] = []
    level = 0
    for passage in imported.passages:
        if passage.piece != imported.piece or passage.sub in ("dup", "compilation"):
            continue
        text = passage.text.text
        if passage.role == "title":
            lines.append(text)
        elif passage.role == "heading" or (passage.role == "enum" and passage.mark):
            level = passage.level
            short = text if passage.role == "heading" or len(text) <= 32 else text[:30] + "……"
            lines.append(f"{'  ' * max(0, level - 1)}{short}  （{_about(passage, library)}）")
        elif passage.role in _SHOWN and (not passage.joined or passage.pattern):
            short = text if len(text) <= _SHORT else text[:_SHORT] + "……"
            lines.append(f"{'  ' * level}· {short}  （{_about(passage, library)}）")
    return "\n".join(lines) + "\n"


def pattern_name(library: Library, name: str) -> str:
    """Title of a pattern; the id itself where the library at hand lacks it."""
    try:
        return library.pattern(name).title
    except LibraryError:
        return name


def unsure_patterns(passage: Passage, library: Library) -> str:
    """The question about a form, “我们排比”（把握 55%），也像“数据成绩”; "" where it is sure or there is none."""
    if not passage.pattern or not _ALIKE <= passage.pattern_confidence < SURE:
        return ""
    asked = f"“{pattern_name(library, passage.pattern)}”（把握 {passage.pattern_confidence:.0%}）"
    others = "、".join(f"“{pattern_name(library, name)}”" for name, sure in passage.others if sure >= _ALIKE / 2)
    return asked + (f"，也像{others}" if others else "")


def _about(passage: Passage, library: Library) -> str:
    said = [f"第 {passage.line} 行"]
    if passage.function:
        said.append(f"{library.function(passage.function).title} {passage.confidence:.2f}")
    if passage.pattern:
        asked = "？" if passage.pattern_confidence < SURE else ""
        said.append(f"{pattern_name(library, passage.pattern)}{asked} {passage.pattern_confidence:.2f}")
    if passage.inner:
        said.append("其中有" + "、".join(pattern_name(library, name) for name, _ in passage.inner))
    return "，".join(said)

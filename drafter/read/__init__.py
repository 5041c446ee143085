"""Old texts read: decoded, cleaned of what web pages did to them, and taken apart into a document.

`read` gives an `Imported`: the document, the passages with their roles, and a report of every removed line,
every change and every doubtful place. Nothing of the text is dropped without an entry there.
"""

from __future__ import annotations

from pathlib import Path

from drafter.read._export import import_json
from drafter.read._open import open_source
from drafter.read._pipeline import run
from drafter.read._result import KINDS, Change, Doubt, Imported, Passage, Removed

__all__ = ["KINDS", "Change", "Doubt", "Imported", "Passage", "Removed", "import_json", "read"]


def read(source: Path | bytes, *, name: str = "") -> Imported:
    """A text from a file or from bytes: .docx, .txt or .md; UTF-8, UTF-16 or GB 18030.

    name   what messages call the text; the file's name where it is empty

    Raises InputError: E150 not there or not readable, E151 another format, E152 too large, E153 no text,
    E154 no encoding fits, E155 a broken package, E156 a package that unpacks too far, E157 entities,
    E158 macros or embedded objects, E159 nothing in it.
    """
    return run(open_source(source, name), name or (source.name if isinstance(source, Path) else "文稿"))

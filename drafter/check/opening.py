"""Files to check: opened with care, and written back as they were but for what was put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from drafter.check.finding import Edit, Finding
from drafter.check.lazy import lazy
from drafter.check.manuscript import Manuscript
from drafter.check.text import Kind, Text, applied, trimmed
from drafter.files import Decoded, decoded, load, sniff

__all__ = ["Manuscript", "Plain", "fixed_bytes", "open_text"]

_END = lazy("(\r\n|\r|\n)")
_MARKDOWN = (".md", ".markdown")


class Plain(Text):
    """A text file: its encoding, its mark and the end of each line are remembered."""

    def __init__(self, source: Decoded, *, name: str, kind: Kind) -> None:
        pieces = _END.split(source.text)
        super().__init__(pieces[::2], name=name, kind=kind)
        self.source = source
        self._ends = pieces[1::2]

    def edited(self, edits: Iterable[Edit]) -> Plain:
        """The text with edits made that do not overlap; the ends of the lines stay as they are."""
        longer = [0]  # by how much an offset of the file is larger than one of the string, in each line
        for end in self._ends:
            longer.append(longer[-1] + len(end) - 1)
        usual = (Counter(self._ends).most_common(1) or [("\n", 0)])[0][0]
        moved = (
            Edit(start + longer[self.row(start)], end + longer[self.row(end)], text.replace("\n", usual))
            for start, end, text in (trimmed(self.string, edit) for edit in edits)
        )
        text = applied(self.source.text, moved)
        return Plain(Decoded(text, self.source.codec, self.source.mark), name=self.name, kind=self.kind)

    def encoded(self) -> bytes:
        return self.source.encode(self.source.text)


def open_text(source: Path | bytes, name: str = "") -> Plain | Manuscript:
    """The text of a .docx, .txt or .md, told apart by the bytes (Markdown by the name).

    name   what findings call the text; the path where it is empty

    Raises InputError: E150 not there or not readable, E151 another format, E152 too large, E153 no text,
    E154 no encoding fits, E155 a broken package, E156 a package that unpacks too far, E157 entities,
    E158 macros or embedded objects, E159 nothing in it.
    """
    data = source if isinstance(source, bytes) else load(source)
    name = name or ("文稿" if isinstance(source, bytes) else str(source))
    if sniff(data, name) == "package":
        return Manuscript.open(data, name)
    return Plain(decoded(data, name), name=name, kind="md" if name.lower().endswith(_MARKDOWN) else "txt")


def fixed_bytes(text: Plain | Manuscript, findings: Iterable[Finding]) -> bytes:
    """The file of a text with the fixes of the findings made, which touch no character twice (`fixing.chosen`)."""
    return text.edited(edit for finding in findings if finding.fix for edit in finding.fix.edits).encoded()

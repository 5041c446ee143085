"""The 核稿 copy: a Word comment on everything that a person has to confirm.

Each fact of the brief (with its path and note; said again in the same words it is the same fact and has no
second comment, unless there is a note), each 成绩 wording of a topic (a claim that nobody but the
user can make), each gap, and each note of the composer.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from drafter.document import Document, Note, Origin, OriginKind
from drafter.write._clean import PRESERVE, clean, escape, is_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drafter.chinese.enumeration import Run
    from drafter.write._docx import Writer
    from drafter.write._lines import Line

__all__ = ["commented", "remark"]

_REFERENCE = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
_MARK = f"{_REFERENCE}<w:annotationRef/></w:r>"
# a note that only repeats what a span of its block already says
_SAID_BY_SPAN = {"gap": OriginKind.MISSING, "claim": OriginKind.TOPIC, "unverified": OriginKind.BRIEF}


def remark(origin: Origin) -> str:
    """What a reader has to know or do about a span, "" where nothing."""
    note = f"\n{origin.note}" if origin.note else ""
    if origin.kind is OriginKind.BRIEF:
        return f"素材单：{origin.ref}{note}"
    if origin.kind is OriginKind.MISSING:
        return f"待补：素材单里没有“{origin.ref}”{note}"
    if origin.kind is OriginKind.TOPIC and origin.ref.endswith(("/成绩", "/形势", "/问题")):
        aspect = origin.ref.rpartition("/")[2]
        return f"请确认：素材单没有写这项{aspect}，这里用的是业务素材“{origin.note or origin.ref}”的通行说法"
    return ""


def commented(document: Document, page: Iterable[Line], writer: Writer) -> tuple[str, str]:
    """(body, comments.xml); the second is "" where there is nothing to say."""
    pad = _Pad(writer.strings, document.meta.get("date", ""))
    notes: dict[int | None, list[Note]] = {}
    for note in document.notes:
        if not _repeats(note, document):
            block = note.block if note.block in range(len(document.blocks)) else None
            notes.setdefault(block, []).append(note)
    everywhere = notes.pop(None, [])

    def content(line: Line) -> str:
        mine = [note for block in line.blocks for note in notes.pop(block, [])]
        if line.runs:
            mine = everywhere + mine
            everywhere.clear()
        return pad.around("".join(_runs(line, writer, pad)), [note.message for note in mine])

    return writer.page(page, content), pad.part()


def _repeats(note: Note, document: Document) -> bool:
    kind = _SAID_BY_SPAN.get(note.code)
    if kind is None or note.block is None or not 0 <= note.block < len(document.blocks):
        return False
    block = document.blocks[note.block]
    origins = [span.origin for span in (*block.head, *block.spans) if span.origin.kind is kind]
    return any(remark(origin) and (note.code != "unverified" or origin.note) for origin in origins)


def _runs(line: Line, writer: Writer, pad: _Pad) -> Iterator[str]:
    lead, in_lead = line.lead, True
    for origin, group in groupby(line.runs, key=_origin):
        # a comment on the lead and its text would be one; the writer still tells them apart
        runs = list(group)
        content = writer.runs(runs, lead if in_lead else ("lead" if lead else ""))
        in_lead = in_lead and all(run.head for run in runs)
        said = remark(origin)
        if said and not pad.told(origin, runs):
            content = pad.around(content, [said])
        yield content


def _origin(run: Run) -> Origin:
    return run.origin


class _Pad:
    """Comments as they are written."""

    def __init__(self, strings: dict[str, str], date: str) -> None:
        self._strings = strings
        self._date = f' w:date="{date}T00:00:00Z"' if is_date(date) else ""
        self._comments: list[str] = []
        self._told: set[tuple[str, str]] = set()

    def told(self, origin: Origin, runs: list[Run]) -> bool:
        """Whether this fact was there before in the same words; remembers it."""
        fact = (origin.ref, "".join(run.text for run in runs))
        if origin.kind is not OriginKind.BRIEF or origin.note:
            return False
        known = fact in self._told
        self._told.add(fact)
        return known

    def around(self, content: str, remarks: list[str]) -> str:
        """The content with a comment for each remark."""
        before, after = "", ""
        for text in remarks:
            number = len(self._comments)
            before += f'<w:commentRangeStart w:id="{number}"/>'
            after += f'<w:commentRangeEnd w:id="{number}"/>{_REFERENCE}<w:commentReference w:id="{number}"/></w:r>'
            self._comments.append(self._comment(number, text))
        return before + content + after

    def _comment(self, number: int, text: str) -> str:
        paragraphs = "".join(
            f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{"" if index else _MARK}'
            f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{PRESERVE}{escape(line)}</w:t></w:r></w:p>'
            for index, line in enumerate(clean(text).split("\n"))
        )
        return f'<w:comment w:id="{number}" w:author="drafter"{self._date} w:initials="核">{paragraphs}</w:comment>'

    def part(self) -> str:
        if not self._comments:
            return ""
        return f"{self._strings['comments_head']}{''.join(self._comments)}{self._strings['comments_tail']}"

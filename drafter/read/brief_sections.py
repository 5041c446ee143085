"""What was read as paragraphs and sections, the form in which a brief can say it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from drafter.brief.rows import row_text
from drafter.chinese.numerals import numeral

if TYPE_CHECKING:
    from drafter.read._result import Imported, Passage

__all__ = ["Front", "Paragraph", "Section", "chapters", "layout"]

_FRONT = ("date", "speaker", "subtitle", "byline", "keywords")
_CLOSING = ("call", "wish", "addendum", "pledge")
_UNSURE = 0.6
_LIKELY = 0.5
_DEFAULT = {"speech": "task", "essay": "task", "plan": "task", "summary": "achieve", "letter": "open-thank"}


@dataclass(slots=True)
class Paragraph:
    """One paragraph of the source: its passages, one after the other."""

    passages: list[Passage]

    @property
    def text(self) -> str:
        first = self.passages[0]
        if first.rows:
            return "\n".join("\t".join(row) for row in first.rows)
        return "".join(passage.text.text for passage in self.passages)

    @property
    def lines(self) -> list[str]:
        """As 正文 has them: the rows of a table, or the lines of the text."""
        rows = self.first.rows
        return [row_text(row) for row in rows] if rows else self.text.split("\n")

    @property
    def line(self) -> int:
        return self.passages[0].line

    @property
    def first(self) -> Passage:
        return self.passages[0]


@dataclass(slots=True)
class Front:
    """What stands before and after the sections; `title` in its lines."""

    title: list[str] = field(default_factory=list)
    meta: dict[str, Paragraph] = field(default_factory=dict)
    salutation: list[Paragraph] = field(default_factory=list)
    signature: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """A stretch of one function. `number` is that of its heading in the source, `doubt` says what is uncertain."""

    function: str
    confidence: float
    line: int
    heading: str = ""
    number: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    doubt: str = ""

    @property
    def texts(self) -> list[str]:
        return [paragraph.text for paragraph in self.paragraphs]


def layout(imported: Imported, *, whole: bool, fits: Callable[[str], bool]) -> tuple[Front, list[Section]]:
    """Front matter and sections of the piece that was chosen.

    whole  paragraphs are never taken apart, even where two functions share one
    fits   whether a heading can stand as one in a brief; else it stays a paragraph of the text
    """
    rest = _paragraphs(imported)
    front, body = _front(rest)
    if not whole:
        body = [part for paragraph in body for part in _by_function(paragraph)]
    sections: list[Section] = []
    genre = str(imported.document.meta.get("genre", "speech"))
    count = 0
    for index, paragraph in enumerate(body):
        first = paragraph.first
        alone = len(paragraph.passages) == 1 and first.role == "heading" and first.level == 1
        heading = paragraph.text.removeprefix(first.mark).lstrip() if alone else ""
        expected = first.system == "cn_dun" and first.mark == numeral(count + 1) + "、"
        followed = index + 1 < len(body) and not _tops(body[index + 1])  # a heading over nothing is no section
        if alone and followed and first.system == "cn_dun" and fits(heading) and (expected or not whole):
            count += 1
            section = Section(first.function, first.confidence, paragraph.line, heading, first.mark)
            if not expected:
                section.doubt = f"原文的序号是“{first.mark}”，按先后改为“{numeral(count)}、”"
            sections.append(section)
            continue
        function, confidence = _function(paragraph)
        if (not whole and _goes_on(sections, paragraph, function, confidence)) or _begins(
            sections, paragraph, function
        ):
            sections.append(Section(function, confidence, paragraph.line))
        sections[-1].paragraphs.append(paragraph)
    for section in sections:
        _settle(section, genre)
    return front, sections


def _tops(paragraph: Paragraph) -> bool:
    first = paragraph.first
    return len(paragraph.passages) == 1 and first.role == "heading" and first.level == 1


def _paragraphs(imported: Imported) -> list[Paragraph]:
    result: list[Paragraph] = []
    for passage in imported.passages:
        if passage.piece != imported.piece or passage.aside:
            continue
        if passage.joined and result:
            result[-1].passages.append(passage)
        elif passage.text.text or passage.rows:
            result.append(Paragraph([passage]))
    return result


def _front(paragraphs: Sequence[Paragraph]) -> tuple[Front, list[Paragraph]]:
    front = Front()
    body: list[Paragraph] = []
    for paragraph in paragraphs:
        first = paragraph.first
        if first.role == "title":
            front.title.append(paragraph.text)
        elif first.role == "salutation" and all(map(_short, body)):
            if body:
                front.meta.setdefault("speaker", body.pop(0))
            for number, left in enumerate(body):
                front.meta[f"line {number}"] = left
            body = []
            front.salutation.append(paragraph)
            if len(paragraph.passages) > 1:
                body.append(Paragraph(paragraph.passages[1:]))
                paragraph.passages = paragraph.passages[:1]
        elif first.role == "meta" and first.sub in _FRONT and not body:
            front.meta[first.sub if first.sub not in front.meta else f"{first.sub} {paragraph.line}"] = paragraph
        elif first.role == "meta" and (first.sub == "signature" or (first.sub == "date" and body)):
            front.signature.append(paragraph)
        else:
            body.append(paragraph)
    return front, body


def _short(paragraph: Paragraph) -> bool:
    """A line between title and salutation: a name, a post, no sentence."""
    return len(paragraph.text) <= 30 and not any(mark in paragraph.text for mark in "。！？；：")


def _by_function(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph in which one function follows another, in its parts; items and run-in heads stay whole."""
    if paragraph.first.role in ("enum", "heading"):
        return [paragraph]
    parts: list[Paragraph] = []
    for passage in paragraph.passages:
        plain = passage.role in ("opening", "greeting", "transition", "closing", "body")
        other = parts and passage.function and passage.function != parts[-1].passages[-1].function
        if not parts or (plain and other and parts[-1].passages[-1].role != "greeting"):
            parts.append(Paragraph([passage]))
        else:
            parts[-1].passages.append(passage)
    return parts


def _function(paragraph: Paragraph) -> tuple[str, float]:
    first = paragraph.first
    if first.role == "heading" and first.function:
        return first.function, first.confidence
    longest = max(paragraph.passages, key=lambda passage: (bool(passage.function), len(passage.text)))
    return longest.function, longest.confidence


def chapters(sections: Sequence[Section]) -> list[Section]:
    """What stands under each heading of the first level as one; without headings the sections as they are."""
    result: list[Section] = []
    for section in sections:
        closes = section.function in _CLOSING or (section.paragraphs and section.paragraphs[0].first.role == "closing")
        if section.heading:
            result.append(replace(section, paragraphs=list(section.paragraphs)))
        elif result and not closes:
            result[-1].paragraphs += section.paragraphs
    return result or list(sections)


def _goes_on(sections: Sequence[Section], paragraph: Paragraph, function: str, confidence: float) -> bool:
    """Whether a chapter on the situation turns to the problems, or to what was said from above."""
    headed = next((section for section in reversed(sections) if section.heading), None)
    if headed is None or headed.function != "situation" or confidence < _LIKELY:
        return False
    last, first = sections[-1], paragraph.first
    unnumbered = first.role == "body" or (first.role == "heading" and first.system == "topic")
    chapter = {last.function, function} <= {"situation", "problem", "spirit"}
    return bool(unnumbered and chapter and last.paragraphs and function != last.function)


def _begins(sections: Sequence[Section], paragraph: Paragraph, function: str) -> bool:
    """Whether a paragraph opens a section: another function before the first heading, or the closing after the last."""
    if not sections:
        return True
    last = sections[-1]
    if last.heading or (last.paragraphs and any(section.heading for section in sections)):
        closes = paragraph.first.role == "closing" or function in _CLOSING
        plain = paragraph.first.role not in ("enum", "heading")
        return bool(closes and plain and last.paragraphs and function and function != last.function)
    first = paragraph.first
    if first.role == "heading" and first.level == 1 and first.run_in:  # the first of a list of points
        led = not any(each.first.role == "heading" for each in last.paragraphs)
        return bool(led and function and last.function and function != last.function)
    if first.role in ("enum", "heading"):
        return False
    return bool(function and function != last.function and last.function)


def _settle(section: Section, genre: str) -> None:
    """A function for each section, and a question where it is not sure."""
    if not section.function:
        found = [f for f, _ in map(_function, section.paragraphs) if f]
        section.function = max(found, key=found.count) if found else _DEFAULT.get(genre, "task")
        section.confidence = min(section.confidence, 0.4)
    if section.confidence < _UNSURE and not section.doubt:
        section.doubt = "功能没有把握"

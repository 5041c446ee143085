"""A document as .docx, on the page of its format: 报审, 核稿 and 朗读 copies.

No object model: strings from the shell around escaped text, one deflate. Everything that can be decided
without the text stands in the shell (`_base.py`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from drafter.document import Document, OriginKind
from drafter.write._clean import PRESERVE, clean, escape, is_date
from drafter.write._lines import Line, lines
from drafter.write._shell import Shell, shell
from drafter.write._title import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from drafter.chinese.enumeration import Run
    from drafter.write._format import Format

__all__ = ["render_docx"]

# compiled where they are needed, which is in few documents
_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
_LATIN = r"[A-Za-z0-9](?:[ -~]*[A-Za-z0-9%])?"
_SIGNATURE_MARGIN = 2.0
_CHARACTER_STYLES = {"": "", "lead": "Lead", **{f"heading{level}": f"Heading{level}Char" for level in range(1, 5)}}
_MISSING = OriginKind.MISSING
_PLAIN = ("", False)
# “ ” ‘ ’ — … · stand in the Western face unless the run says that they are Chinese ([MS-OI29500] 2.1.88)
_CHINESE = '<w:rFonts w:hint="eastAsia"/>'


def render_docx(document: Document, layout: Format, copy: str) -> bytes:
    """The package. `copy` is 报审, 核稿 (with comments) or 朗读 (a sentence never runs over a page)."""
    base = shell(layout)
    title_width = _title_width(layout)
    page = lines(document, layout, title_width=title_width)
    writer = Writer(base, layout)
    comments = ""
    if copy == "核稿":
        from drafter.write._comments import commented

        body, comments = commented(document, page, writer)
    elif copy == "朗读":
        from drafter.write._lectern import spoken_lines

        body = writer.body(spoken_lines(document, page, layout.number("grid.characters") - 2))
    else:
        body = writer.body(page)
    parts = {"docProps/core.xml": _core(document)}
    if comments:
        parts["word/comments.xml"] = comments
    parts["word/document.xml"] = f"{base.strings['head']}{body}{base.strings['tail']}"
    return base.package(parts, comments=bool(comments))


class Writer:
    """Lines as WordprocessingML, in the styles of one format."""

    def __init__(self, base: Shell, layout: Format) -> None:
        self.strings = base.strings
        latin = layout.text("latin")
        self._latin = f'<w:rFonts w:ascii="{escape(latin)}" w:hAnsi="{escape(latin)}"/>' if latin else ""
        self._opens: dict[tuple[str, bool], tuple[str, str]] = {}
        self._pitch = _character_pitch(layout)
        self._layout = layout

    def body(self, page: Iterable[Line]) -> str:
        """The paragraphs and tables, one after another."""
        return self.page(page, lambda line: self.runs(line.runs, line.lead))

    def page(self, page: Iterable[Line], content: Callable[[Line], str]) -> str:
        """The same, where `content` makes the inside of a line, or of a cell given as a line."""
        lines = list(page)
        openings = self._openings(lines)
        if any(line.style == "table-head" for line in lines):
            return "".join(self._with_tables(lines, openings, content))
        return "".join([f"{opening}{content(line)}</w:p>" for opening, line in zip(openings, lines, strict=True)])

    def _with_tables(self, lines: list[Line], openings: list[str], content: Callable[[Line], str]) -> Iterator[str]:
        from drafter.write._docx_table import AFTER_LAST, render
        from drafter.write._table import Table, parts

        at = 0
        for part in parts(lines):
            if isinstance(part, Table):
                yield render(part, openings[at : at + len(part.rows)], self._layout, content)
                at += len(part.rows)
            else:
                yield f"{openings[at]}{content(part)}</w:p>"
                at += 1
        if isinstance(part, Table):
            yield AFTER_LAST

    def _openings(self, lines: list[Line]) -> list[str]:
        """How each paragraph begins: its style, and what depends on the lines around it."""
        strings = self.strings
        openings = [strings["p:speaker" if line.style == "blank" else f"p:{line.style}"] for line in lines]
        signed = [index for index, line in enumerate(lines) if line.style == "signature"]
        for index, offset in self._signature_offsets(lines, signed).items():
            chars, twips = round(offset * 100), round(offset * self._pitch)
            place = f'<w:ind w:rightChars="{chars}" w:right="{twips}" w:firstLineChars="0" w:firstLine="0"/></w:pPr>'
            openings[index] = openings[index].replace("</w:pPr>", place)
        # 7.3.5.5: a signature never stands on a page without text
        for index in range(max(signed[0] - 2, 0), signed[-1]) if signed else ():
            openings[index] = _kept(openings[index])
        return openings

    def runs(self, runs: Sequence[Run], lead: str) -> str:
        """Adjacent runs of one look as one w:r; a gap is highlighted."""
        if not lead and _MISSING not in [run.origin.kind for run in runs]:  # most paragraphs: quicker than below
            text = "".join([run.text for run in runs])
            return self._run(text, _PLAIN) if text else ""
        out: list[str] = []
        text, look = "", _PLAIN
        for run in runs:
            style = ""
            if run.head:
                style = lead
            elif lead:
                lead = "lead"  # a head further on in the paragraph belongs to an inline item
            own = (style, run.origin.kind is _MISSING)
            if own != look:
                if text:
                    out.append(self._run(text, look))
                text, look = "", own
            text += run.text
        if text:
            out.append(self._run(text, look))
        return "".join(out)

    def _run(self, text: str, look: tuple[str, bool]) -> str:
        opens = self._opens.get(look)
        if opens is None:
            style, gap = look
            name = _CHARACTER_STYLES[style]
            before = "<w:r><w:rPr>" + (f'<w:rStyle w:val="{name}"/>' if name else "")
            after = '<w:highlight w:val="yellow"/>' * gap + "</w:rPr>" + PRESERVE
            opens = self._opens[look] = (before + _CHINESE + after, before + self._latin + after)
        if not self._latin:
            return f"{opens[0]}{escape(text)}</w:t></w:r>"
        out, at = [], 0
        for match in re.finditer(_LATIN, text):
            if match.start() > at:
                out.append(f"{opens[0]}{escape(text[at : match.start()])}</w:t></w:r>")
            out.append(f"{opens[1]}{escape(match[0])}</w:t></w:r>")
            at = match.end()
        if at < len(text):
            out.append(f"{opens[0]}{escape(text[at:])}</w:t></w:r>")
        return "".join(out)

    @staticmethod
    def _signature_offsets(lines: list[Line], signed: list[int]) -> dict[int, float]:
        """7.3.5.2: the name two characters from the right edge, the date's first character two right of the name's.

        A date longer than the name keeps the two characters and moves the name.
        """
        offsets = dict.fromkeys(signed, _SIGNATURE_MARGIN)
        for name, date in pairwise(signed):
            if re.fullmatch(_DATE, lines[date].text) and not re.fullmatch(_DATE, lines[name].text):
                longer = width(lines[date].text) - width(lines[name].text)
                if longer > 0:
                    offsets[name] = _SIGNATURE_MARGIN + longer + 2
                else:
                    offsets[date] = -longer
        return offsets


def _kept(opening: str) -> str:
    """A paragraph that stays on the page of the next one."""
    if "<w:keepNext/>" in opening:
        return opening
    if "<w:pPr/>" in opening:
        return opening.replace("<w:pPr/>", "<w:pPr><w:keepNext/></w:pPr>")
    return re.sub(r"(<w:pStyle [^>]*/>)", r"\1<w:keepNext/>", opening)


def _title_width(layout: Format) -> float:
    area = layout.number("page.width") - layout.number("page.left") - layout.number("page.right")
    return area / 25.4 * 72 // layout.number("styles.title.size")


def _character_pitch(layout: Format) -> float:
    """Twips per character of the text area."""
    area = layout.number("page.width") - layout.number("page.left") - layout.number("page.right")
    return area * 56.7 / layout.number("grid.characters")


def _core(document: Document) -> str:
    """Title, author, language and the date of the speech: no clock, so that equal input gives equal bytes."""
    meta = document.meta
    title, author, date = (_property(meta.get(key, "")) for key in ("title", "author", "date"))
    stamp = ""
    if is_date(date):
        stamp = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:{name}>'
            for name in ("created", "modified")
        )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + (f"<dc:title>{title}</dc:title>" if title else "")
        + (f"<dc:creator>{author}</dc:creator>" if author else "")
        + f"<dc:language>zh-CN</dc:language>{stamp}</cp:coreProperties>"
    )


def _property(text: str) -> str:
    return escape(" ".join(clean(text).split()))

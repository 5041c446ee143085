"""The steps of reading in their order: junk lines, glyph damage, readings, script, page noise, marks, structure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.read import _byteshift, _script
from drafter.read._document import to_document
from drafter.read._inline import GAP, clean_line, cut_end, strip_readings
from drafter.read._junk import drop_junk
from drafter.read._paragraphs import split_rows
from drafter.read._pinyin import ANNOTATION
from drafter.read._refine import refine
from drafter.read._result import Change, Imported, Passage, Report
from drafter.read._rows import Row, Source
from drafter.read._structure import structure
from drafter.read._trace import Traced
from drafter.read._wrap import join_fragments, join_wraps, punctuate, respace

__all__ = ["run"]

_FOLDED = frozenset({"pinyin", "punctuation", "space", "script"})
_LONGEST_LINE = 30
_PAUSE = re.compile("[。；，：！？,;:]")
_DANGLING = re.compile("[，、,（“《—的和与及对把将在以]$")
_UNDER_TEXT = re.compile(
    r"(?:附[件录注]?|抄[送报]|报送|发送|印发|联系人?|电话|地址|邮箱|主题词)[^。]{0,8}[：:]|\d{1,2}[.．、]\s?《"
)
_SIGNS = re.compile(r"#{1,6}\s+")


def run(source: Source, name: str) -> Imported:
    """Everything between the lines of a source and what is handed out."""
    report = Report(source.lines)
    for place, kind, message in source.notices:
        report.doubt(kind, place, message)
    for row in source.rows:
        if row.role == "footnote":
            report.remove("footnote", row.text)
            report.doubt("footnote", row.text, "脚注没有并入正文，请核对是否需要")
    body = [row for row in source.rows if row.role != "footnote"]
    rows, pieces = drop_junk(body, report) if source.format != "docx" else (body, [])
    cut = any(entry.kind == "truncation" for entry in report.removed)
    rows, script = _glyphs(rows, report)
    rows = [row.having(clean_line(row.text, report)) for row in rows]
    rows = [row for row in rows if row.text.text]
    rows, broken = _ends(rows, report)
    rows = [row.having(row.text.strip()) for row in join_fragments(rows, report)]
    rows = join_wraps(rows, report)
    rows = respace(rows, report)
    rows = [row.having(punctuate(row.text, report)) for row in rows if row.text.text]
    rows = split_rows(_gaps(rows, report), report)
    passages = structure(rows, pieces, report)
    cut = cut or broken or _stops_short(passages)
    numbers = sorted({p.piece for p in passages})
    by_piece = [[p for p in passages if p.piece == number] for number in numbers]
    refined = [refine(part, whole=not cut or number < len(by_piece)) for number, part in enumerate(by_piece, 1)]
    passages = []
    for number, part in zip(numbers, refined, strict=True):
        for passage in part:
            passage.piece = number
            passage.line = source.lines.line(passage.text.start) if passage.text.at else 1
        passages += part
    documents = tuple(to_document(part, report) for part in refined) or (to_document([], report),)
    sizes = [sum(len(p.text) for p in part) for part in refined] or [0]
    chosen = next(i for i, size in enumerate(sizes) if size >= 0.3 * max(sizes))
    if len(documents) > 1:
        message = f"这份材料由 {len(documents)} 篇合成，已取第 {chosen + 1} 篇"
        report.doubt("compilation", passages[0].text, message)
    missing = [int(match[1]) for entry in report.removed if (match := re.search(r"全文共?\s?(\d+)\s?字", entry.text))]
    return Imported(
        name, documents[chosen], tuple(passages), documents,
        tuple(sorted(report.removed, key=lambda entry: entry.line)),
        _folded(report.changed), tuple(sorted(report.doubtful, key=lambda entry: entry.line)), source.encoding, script,
        cut, missing[0] if missing else 0, source.lines, frozenset(report.seen), numbers[chosen] if numbers else 1,
    )  # fmt: skip


def _glyphs(rows: Sequence[Row], report: Report) -> tuple[list[Row], str]:
    text = "\n".join(row.text.text for row in rows)
    lines = [row.text for row in rows]
    if len(ANNOTATION.findall(text)) >= 3:
        table = _byteshift.learn(text)
        lines = [_byteshift.repair(line, table, _script.simplify, report) for line in lines]
    lines = [strip_readings(line, report) for line in lines]
    script = _script.detect(text)
    lines = _script.convert(lines, script, report)
    return [row.having(line) for row, line in zip(rows, lines, strict=True)], script


def _ends(rows: Sequence[Row], report: Report) -> tuple[list[Row], bool]:
    """Dots at which the last line breaks off."""
    result, broken = list(rows), False
    for i in range(len(result) - 1, max(-1, len(result) - 3), -1):
        if result[i].role:
            continue
        text, was = cut_end(result[i].text, report)
        result[i], broken = result[i].having(text), broken or was
    return [row for row in result if row.text.text], broken


def _gaps(rows: Sequence[Row], report: Report) -> list[Row]:
    """A note in the middle of a line that characters were left out becomes a place of its own."""
    result: list[Row] = []
    for row in rows:
        match = GAP.search(row.text.text)
        if not match or row.role:
            result.append(row)
            continue
        before, after = row.text.cut(0, match.start()).strip(), row.text.cut(match.end()).strip()
        place = row.text.cut(*match.span())
        report.doubt("truncated", place, f"原文此处缺 {match['n']} 字")
        report.change("truncation", place, f"【原文此处缺{match['n']}字】")
        gap = Row(
            Traced(f"【原文此处缺{match['n']}字】", (place.start,) * len(f"【原文此处缺{match['n']}字】")), role="gap"
        )
        result += [
            row.having(part) if part is before else Row(part, gap=True) if part is after else gap
            for part in (before, gap.text, after)
            if part.text
        ]
    return result


def _stops_short(passages: Sequence[Passage]) -> bool:
    """The last paragraph ends in the middle of a sentence; a short line without marks is a line of its own."""
    if not passages:
        return False
    last = passages[-1]
    text = last.text.text
    if last.role not in ("body", "enum", "opening") or len(text) <= 5 or text.endswith(tuple("。！？!?”）…；：")):
        return False
    line = len(text) <= _LONGEST_LINE and not _PAUSE.search(text)
    return bool(_DANGLING.search(text)) or not (line or _UNDER_TEXT.match(text))


def _folded(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Changes of single characters that occur again and again become one entry with a count."""
    counts: dict[tuple[str, str, str], Change] = {}
    result: list[Change] = []
    for change in changes:
        if change.kind not in _FOLDED:
            result.append(change)
            continue
        key = (change.kind, change.before, change.after)
        first = counts.get(key)
        counts[key] = Change(first.line, *key, first.count + 1) if first else change
    return tuple(sorted([*result, *counts.values()], key=lambda entry: entry.line))

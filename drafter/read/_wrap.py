"""Lines that the page broke: page fragments, hard wraps, blanks inside words; and marks set right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter.chinese.punctuation import full_width, pair_quotes
from drafter.read._numbers import parse_mark
from drafter.read._trace import Traced

if TYPE_CHECKING:
    from drafter.read._result import Report
    from drafter.read._rows import Row

__all__ = ["join_fragments", "join_wraps", "punctuate", "respace"]

_END = tuple("。！？：；…”）!?:;)》】.")
_CJK = "\u3400-\u9fff\uf900-\ufaff〇"
_PAGE = re.compile(r"^(\d{1,3})、")
_OPENING = re.compile(
    r"^(同志们|各位|尊敬|亲爱|我们|下面|刚才|今天|在此|大家|谢谢|近年来|当前|目前|另外|同时|此外|要|附件|#|\||【)"
)
_KEEP_BLANK = r"(?!\s+(?:\d{1,2}[.．、]\s?[^\d\s]|下面[，,]?\s?进行))"  # before the next item of a glued list
_BLANKS = re.compile(
    rf"{_KEEP_BLANK}(?<=[{_CJK}，。、；：！？“”《》（）,;:!?()%％\d]) +(?=[{_CJK}，。、；：！？“”《》（）\d×xX*☆])|"
    rf"{_KEEP_BLANK}(?<=[{_CJK}×xX*☆]) +(?=[{_CJK}\d，。、])"
)
_WRONG_QUOTES = str.maketrans("‚‛〝〞＂″", '“”“”""')
_STRAY = re.compile(rf"(?<=[{_CJK}])['`´](?=[{_CJK}])")
_YI = re.compile("(?<=第)壹(?![万仟佰拾])|壹(?=[种個个次步定直般些起样年])")
_NUMBER_LOST = re.compile("(?<=[\u4e00-\u9fff]) +(?=(?:多?年|[余多]?[名家个人]|万元|亿元|%|％|个百分点|万人)[^ ])")
_MASK = re.compile(
    r"(?<![A-Za-z])(?:20)?[xX×＊*☆]{2,}(?![A-Za-z])|20[xX*×]{1,2}|_{2,}|(?<=[\u4e00-\u9fff])[xX×☆*](?=[\u4e00-\u9fff])|(?<![\d.])\.(?=[亿万]元)"
)


def join_fragments(rows: Sequence[Row], report: Report) -> list[Row]:
    """`1、…` `2、…` before stretches of one length: pages of a viewer, not items of a list."""
    result: list[Row] = []
    expected, open_page = 1, False
    for i, row in enumerate(rows):
        match = _PAGE.match(row.text.text)
        if not match or int(match[1]) != expected or not _is_page(rows, i, expected):
            if not match or int(match[1]) != 1:
                result.append(row)
                open_page = open_page and not _whole(row.text.text)
                continue
            result.append(row)
            continue
        report.change("page_frag", row.text.cut(0, match.end()), "")
        rest = row.text.cut(match.end()).strip()
        if open_page and result:
            result[-1] = result[-1].having(Traced.joined([result[-1].text, rest]))
        else:
            result.append(row.having(rest))
        expected, open_page = expected + 1, True
    return result


def _is_page(rows: Sequence[Row], i: int, number: int) -> bool:
    text = rows[i].text.text
    following = next((r.text.text for r in rows[i + 1 : i + 2]), "")
    after = _PAGE.match(following)
    before = rows[i - 1].text.text if i else ""
    if number > 1:
        return len(before) >= 250 and (not before.endswith(("。", "！", "；")) or abs(len(before) - 302) < 12)
    return len(text) >= 250 and bool(
        (after and int(after[1]) == 2 and not text.endswith("。")) or abs(len(text) - 302) < 12
    )


def join_wraps(rows: Sequence[Row], report: Report) -> list[Row]:
    """Lines that go on in the next one become one; a text with a sentence on each line stays, and is reported."""
    width = _width(rows)
    result: list[Row] = []
    for row in rows:
        if result and _goes_on(result[-1], row, width):
            report.change("hard_wrap", row.text.cut(0, min(8, len(row.text))), row.text.text[:8])
            result[-1] = result[-1].having(Traced.joined([result[-1].text, row.text]))
        else:
            result.append(row)
    plain = [row for row in result if len(row.text) > 12 and not row.role]
    single = sum(1 for row in plain if len(re.findall("[。！？!?]", row.text.text)) == 1)
    if len(plain) >= 8 and single > 0.7 * len(plain):
        report.doubt("hard_wrap", plain[0].text, "大多数段落只有一句话，可能一句一行，请核对是否需要并段")
    return result


def _goes_on(last: Row, row: Row, width: int) -> bool:
    if row.gap or last.role or row.role or last.level or row.level:
        return False
    text, following = last.text.text, row.text.text
    if _whole(text) or parse_mark(following) or _OPENING.match(following):
        return False
    if not re.match(rf"[{_CJK}“《（(，、；。,\d]", following):
        return False
    short = len(text) < 60
    if width and len(text) - _last_line(last) <= width - 3:
        return False
    if short and not width:
        return bool(re.search("(各位|尊敬的[^：:]{0,20}[、，,]|[、，,])$", text)) and len(following) < 60
    mark = parse_mark(text)
    return not mark or "。" in text or bool(width)


def _last_line(row: Row) -> int:
    """Characters before the last physical line of a row that was joined already."""
    at = row.text.at
    breaks = [i for i in range(1, len(at)) if at[i] - at[i - 1] > 1]
    return breaks[-1] if breaks else 0


def _width(rows: Sequence[Row]) -> int:
    """The line width of a text that is wrapped throughout, else 0."""
    sizes = Counter(len(row.text) for row in rows if not row.role)
    total = sum(sizes.values())
    if total < 8:
        return 0
    for size, _ in sizes.most_common(3):
        if (
            18 <= size <= 60
            and sum(sizes[s] for s in range(size - 2, size + 2)) > total * 0.55
            and max(sizes) <= size + 3
        ):
            return size
    return 0


def _whole(text: str) -> bool:
    return text.endswith(_END)


def respace(rows: Sequence[Row], report: Report) -> list[Row]:
    """No blanks between Chinese; where a whole text stands on one line, a blank after a full stop parts paragraphs."""
    glued = sum(len(row.text) for row in rows) > 600 and max((len(row.text) for row in rows), default=0) > 500
    result: list[Row] = []
    for row in rows:
        for match in _NUMBER_LOST.finditer(row.text.text):
            report.doubt(
                "masked", row.text.cut(max(0, match.start() - 6), match.end() + 6), "此处数字可能被删去，请补填"
            )
        for part in _parts(row, glued):
            for match in _BLANKS.finditer(part.text.text):
                report.change("space", part.text.cut(*match.span()), "")
            result.append(part.having(part.text.sub(_BLANKS, lambda _: "")))
    return result


def _parts(row: Row, glued: bool) -> list[Row]:
    if not glued or row.role or len(row.text) < 300:
        return [row]
    cuts = [m.end() for m in re.finditer(r"[。！？!?：:]”? +(?=\S)", row.text.text)]
    pieces, start = [], 0
    for end in [*cuts, len(row.text)]:
        piece = row.text.cut(start, end).strip()
        if piece.text:
            pieces.append(row.having(piece) if start == 0 else replace(row, text=piece, gap=True))
        start = end
    return pieces


def punctuate(line: Traced, report: Report) -> Traced:
    """Chinese marks in full width, quotation marks in pairs, stray strokes gone, 壹 for 一 undone."""
    for pattern, kind, after in ((_STRAY, "punctuation", ""), (_YI, "numeral", "一")):
        for match in pattern.finditer(line.text):
            report.change(kind, line.cut(*match.span()), after)
        line = line.sub(pattern, lambda _, new=after: new)  # type: ignore[misc]
    line = _follow(line, pair_quotes(line.text.translate(_WRONG_QUOTES)), "quote", report)
    line = _follow(line, full_width(line.text), "punctuation", report)
    if line.text.count("“") != line.text.count("”"):
        place = line.text.find("“") if "“" in line.text else line.text.find("”")
        report.doubt("quote", line.cut(max(0, place - 4), place + 16), "引号不成对，请核对")
    if '"' in line.text and re.search(f"[{_CJK}]", line.text):
        place = line.text.find('"')
        report.doubt("quote", line.cut(max(0, place - 4), place + 16), "直引号不成对，请核对")
    for match in _MASK.finditer(line.text):
        report.doubt("masked", line.cut(max(0, match.start() - 6), match.end() + 6), "此处留空待填")
    return line


def _follow(line: Traced, text: str, kind: str, report: Report) -> Traced:
    """The line with the characters of `text`, which differs by single characters and lost blanks only."""
    if text == line.text:
        return line
    characters, places, j = [], [], 0
    for i, old in enumerate(line.text):
        new = text[j : j + 1]
        if old in " \t" and new != old:
            report.change("space", line.cut(i, i + 1), "")
            continue
        if new != old:
            report.change(kind, line.cut(i, i + 1), new)
        characters.append(new)
        places.append(line.at[i])
        j += 1
    return Traced("".join(characters), tuple(places))

"""From clean paragraphs to passages: what each is in the text, where headings end, which items belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from drafter.read._front import bare, front_matter, meta_kind, repeats_title, salutation
from drafter.read._heads import find_head
from drafter.read._numbers import INLINE_SYSTEMS, Mark, inline_marks, parse_mark
from drafter.read._result import Passage, Report
from drafter.read._shapes import (
    AGENDA,
    ASKS,
    ATTENDANCE,
    GREETING,
    INTERJECTION,
    STAGE,
    THANKS,
    TITLE_END,
    TRANSITION,
    TRANSITION_START,
)
from drafter.read._trace import Traced

if TYPE_CHECKING:
    from drafter.read._rows import Row

__all__ = ["structure"]

_HEADINGS = frozenset({"part", "cn_dun", "cn_paren", "dec"})
_ITEMS = frozenset({"yishi", "yiyao", "diyi", "shouxian"})
_ATTACHMENT = re.compile(r"^附\s?[件录][一二三四五六七八九\d]*[：:]?")


def structure(rows: Sequence[Row], pieces: Sequence[int], report: Report) -> list[Passage]:
    """The passages of all pieces. `pieces` are the source offsets at which a further piece begins."""
    passages: list[Passage] = []
    titles: list[str] = []
    for number, part in enumerate(_parts(rows, pieces), 1):
        found = _piece(part, titles if number == 1 else [t for t in titles if TITLE_END.search(t)], report)
        for passage in found:
            passage.piece = number
            if passage.role == "title":
                titles.append(bare(passage.text.text))
        passages += found
    return passages


def _parts(rows: Sequence[Row], pieces: Sequence[int]) -> list[list[Row]]:
    """Rows by piece; what stands before the first marker goes with the first piece."""
    parts: list[list[Row]] = [[]]
    starts = sorted(pieces)[1:] if pieces and not _text_before(rows, sorted(pieces)[0]) else sorted(pieces)
    for row in rows:
        while starts and row.text.start >= starts[0]:
            starts.pop(0)
            if parts[-1]:
                parts.append([])
        parts[-1].append(row)
    return [part for part in parts if part]


def _text_before(rows: Sequence[Row], start: int) -> bool:
    return any(row.text.start < start and len(row.text) > 80 for row in rows)


def _piece(rows: Sequence[Row], titles: Sequence[str], report: Report) -> list[Passage]:
    passages = front_matter(rows, titles)
    known = [*titles, *(bare(p.text.text) for p in passages if p.role == "title")]
    rest = rows[len(passages) :]
    hosted = _hosted(rest) or any("主持" in title for title in known)
    for i, row in enumerate(rest):
        following = rest[i + 1] if i + 1 < len(rest) else None
        found = _paragraph(row, following, known, hosted, report)
        followed = any(re.match("其次|第二|再次|最后|二是", other.text.text) for other in rest[i + 1 : i + 12])
        passages += _in_place(found, passages, hosted, followed)
    _tail(passages)
    return passages


def _in_place(found: list[Passage], before: Sequence[Passage], hosted: bool, followed: bool) -> list[Passage]:
    """What only the paragraphs before tell: whether 最后 ends a list, and what belongs to an agenda."""
    first, last = found[0], before[-1] if before else None
    text = first.text.text
    counted = any(p.system in ("shouxian", "diyi") for p in before[-12:])
    if (
        first.system == "shouxian"
        and hosted
        and last
        and (last.role in ("agenda", "stage") or last.sub == "attendance")
        and re.search("请|颁|奏|进行", text[:20])
    ):
        return [Passage(Traced.joined([p.text for p in found]), "agenda", "step")]
    if first.system == "shouxian" and first.ordinal == "一" and len(found) <= 2 and not followed:
        return _body(Traced.joined([p.text for p in found]), False)
    if (
        first.system == "shouxian"
        and first.mark.startswith("最后")
        and (not counted or re.search("祝|谢谢|再次", text[:24]))
    ):
        whole = Traced.joined([p.text for p in found]) if len(found) > 1 else first.text
        return _body(whole, False)
    if (
        hosted
        and last
        and last.role == "agenda"
        and last.sub in ("head", "list")
        and first.system in ("ar_dot", "ar_dun", "cn_dun")
    ):
        first.role, first.sub = "agenda", "list"
    elif (
        hosted
        and last
        and last.role == "agenda"
        and first.role == "body"
        and len(found) == 1
        and len(text) <= 60
        and "请" in text
    ):
        first.role, first.sub = "agenda", "step"
    return found


def _hosted(rows: Sequence[Row]) -> bool:
    """The words of a host: steps of an agenda."""
    asked = sum(
        1
        for row in rows
        if len(row.text) < 120
        and re.match(
            "(?:下面|首先|最后|现在)?[，,：:]?请[^。]{2,60}(?:发言|宣读|讲话|颁发|颁奖|通报|报告|致辞)", row.text.text
        )
    )
    if asked >= 3:
        return True
    steps = sum(
        1
        for row in rows
        if len(row.text) < 120 and (STAGE.match(row.text.text) or re.search("第[一二三四五六七八九]项", row.text.text))
    )
    return steps >= 2


def _paragraph(row: Row, following: Row | None, titles: Sequence[str], hosted: bool, report: Report) -> list[Passage]:
    text = row.text.text
    whole = _whole_line(row, titles)
    if whole:
        return [whole]
    mark = parse_mark(text)
    if row.level and not (mark and mark.system in _ITEMS):
        return [_heading(row.text, mark, row.level)]
    if hosted and _is_agenda(text, mark):
        return _agenda(row.text)
    if mark and mark.system != "xiang":
        return _marked(row, mark, following, report)
    if ATTENDANCE.match(text) and len(text) > 30:
        return [Passage(row.text, "opening", "attendance")]
    if len(text) <= 100 and TRANSITION.match(text) and TRANSITION.match(text).end() >= len(text) - 8:  # type: ignore[union-attr]
        return [Passage(row.text, "transition")]
    if len(text) <= 100 and TRANSITION_START.match(text) and ASKS.search(text) and text[-1] in "：:。":
        return [Passage(row.text, "transition")]
    greeting = GREETING.match(text)
    parts = []
    if greeting and len(text) > greeting.end() + 10:
        parts.append(Passage(row.text.cut(0, greeting.end()), "greeting"))
    rest = row.text.cut(greeting.end() if parts and greeting else 0)
    return [*parts, *_body(rest, bool(parts))]


def _whole_line(row: Row, titles: Sequence[str]) -> Passage | None:
    """Lines that are told by themselves alone."""
    text = row.text.text
    if row.role in ("table", "textbox", "gap"):
        return Passage(row.text, row.role if row.role != "textbox" else "body", rows=row.rows)
    if len(text) <= 70 and repeats_title(text, titles):
        return Passage(row.text, "title", "dup")
    if STAGE.match(text):
        return Passage(row.text, "stage")
    if INTERJECTION.match(text):
        return Passage(row.text, "meta", "interjection")
    kind = meta_kind(text) or ("attachment_marker" if len(text) <= 40 and _ATTACHMENT.match(text) else "")
    if kind:
        return Passage(row.text, "meta", kind)
    greeting = GREETING.match(text)
    if greeting and greeting.end() == len(text):
        return Passage(row.text, "greeting")
    return Passage(row.text, "salutation") if salutation(text) else None


def _is_agenda(text: str, mark: Mark | None) -> bool:
    if mark and mark.system == "xiang":
        return True
    if mark and mark.system in ("ar_dot", "ar_dun") and len(text) < 60:
        return False
    return len(text) <= 130 and not mark and bool(AGENDA.search(text))


def _agenda(text: Traced) -> list[Passage]:
    head = bool(re.search("议程[^。]{0,10}(?:项|如下|是|有)|议题", text.text[:40])) and not re.search(
        "第[一二三四五六七八九]项", text.text[:16]
    )
    found = re.search("第([一二三四五六七八九十]+)项", text.text[:24])
    passage = Passage(text, "agenda", "head" if head else "step")
    if found and not head:
        passage.system, passage.ordinal = "xiang", found[1]
    return [passage]


def _heading(text: Traced, mark: Mark | None, level: int) -> Passage:
    passage = Passage(text, "heading", hint_level=level)
    if mark:
        passage.system, passage.ordinal, passage.mark = mark.system, mark.ordinal, text.text[: mark.end]
    return passage


def _marked(row: Row, mark: Mark, following: Row | None, report: Report) -> list[Passage]:
    """A paragraph that starts with an enumeration mark."""
    text = row.text
    after = following.text.text if following else ""
    plain_next = bool(after) and parse_mark(after) is None and len(after) > 24
    run = inline_marks(text.text, mark.system, mark.number + 1) if mark.system in INLINE_SYSTEMS and mark.number else []
    loose = mark.system in _ITEMS
    head = None if run and loose else find_head(text.text, mark.end, mark.system, plain_next)
    base = Passage(text, system=mark.system, ordinal=mark.ordinal, mark=text.text[: mark.end], hint_level=row.level)
    base.role = (
        "heading"
        if mark.system in _HEADINGS or (head and not loose and (head.run_in or head.glued or plain_next))
        else "enum"
    )
    if base.role == "enum":
        base.sub = "inline" if run else "own_para"
    if head is None or head.end >= len(text):
        if base.role == "heading" or not run:
            parts = _items(text, mark.end, skip=mark.system if run else "") if len(text) > 60 else [(text, "", 0, "")]
            base.text = parts[0][0]
            return [base, *(_item(part) for part in parts[1:])]
        edges = [0, *(start for _, start, _ in run)]
        ends = [*edges[1:], len(text)]
        base.text = text.cut(edges[0], ends[0])
        items = [base]
        for (number, start, end), stop in zip(run, ends[1:], strict=True):
            items.append(_item((text.cut(start, stop), mark.system, number, text.text[start:end])))
        return items
    base.text, base.run_in = text.cut(0, head.end), head.run_in
    if head.glued:
        report.change(
            "split",
            text.cut(max(0, head.end - 6), min(len(text), head.end + 6)),
            text.text[max(0, head.end - 6) : head.end] + "\n" + text.text[head.end : head.end + 6],
        )
        if head.sure < 0.7:
            report.doubt("split", text.cut(0, head.end + 10), "标题与正文连在一起，拆分处不能确定")
    rest = _body(text.cut(head.end).strip(), head.run_in)
    return [base, *rest]


def _body(text: Traced, joined: bool) -> list[Passage]:
    """A stretch of body with the items inside it and the thanks at its end."""
    passages = [_item(part) if part[1] else Passage(part[0], "body", joined=True) for part in _items(text, 0)]
    if passages:
        passages[0].joined = joined
        last = passages[-1]
        thanks = THANKS.search(last.text.text)
        if thanks and thanks.start() > 8:
            passages.append(Passage(last.text.cut(thanks.start()), "closing", "thanks", joined=True))
            last.text = last.text.cut(0, thanks.start())
    return passages


Part = tuple[Traced, str, int, str]


def _items(text: Traced, start: int, skip: str = "") -> list[Part]:
    """(stretch, system, number, mark) of a paragraph: what leads in, then each item of its runs."""
    edges: list[tuple[int, str, int, str]] = [(0, "", 0, "")]
    for system in (*INLINE_SYSTEMS, "suowei"):
        if system == skip or (system == "cn_paren" and len(text) < 40):
            continue
        rest = text.text
        position = start
        while True:
            run = [(n, s, e) for n, s, e in inline_marks(rest, system) if s >= position]
            opening = parse_mark(rest) if position == 0 else None
            if opening and opening.system == system and opening.number == 1 and position == 0:
                run = [(1, 0, opening.end), *inline_marks(rest, system, 2)]
            if not run or (len(run) == 1 and not _alone(rest, run[0], system)):
                break
            edges += [(s, system, n, rest[s:e]) for n, s, e in run]
            break
    edges = sorted({edge[0]: edge for edge in sorted(edges, key=lambda edge: bool(edge[1]))}.values())
    ends = [*(edge[0] for edge in edges[1:]), len(text)]
    return [
        (text.cut(s, end), system, n, mark) for (s, system, n, mark), end in zip(edges, ends, strict=True) if end > s
    ]


def _alone(text: str, one: tuple[int, int, int], system: str) -> bool:
    """一是 alone, its brothers cut off or in the paragraphs that follow."""
    return (
        (system == "yishi" or (system == "yiyao" and text[one[1] - 1 : one[1]] in ("：", ":")))
        and text[one[1] - 1 : one[1]] in ("。", "：", ":", "；", "")
        and len(text) - one[1] > 4
    )


def _item(part: Part) -> Passage:
    text, system, number, mark = part
    if not system:
        return Passage(text, "body", joined=True)
    from drafter.chinese.numerals import numeral

    return Passage(text, "enum", "inline", system=system, ordinal=numeral(number), mark=mark, joined=True)


def _tail(passages: list[Passage]) -> None:
    """Signature and date under the text."""
    seen = 0
    for passage in reversed(passages):
        text = passage.text.text
        if passage.role == "meta" and passage.sub == "date":
            seen += 1
            continue
        above = passages[passages.index(passage) - 1] if passages.index(passage) else passage
        if above.role not in ("body", "closing", "enum", "meta") or above.text.text[-1:] not in "。！!？”）" + (
            above.text.text[-1:] if above.role == "meta" or len(above.text) < 40 else ""
        ):
            return
        short = (
            len(text) <= 30
            and not re.search("[。！？；：:，,!?]", text)
            and passage.role == "body"
            and not passage.joined
        )
        if (
            short
            and seen < 4
            and len(passages) > 3
            and re.search(
                r"(会|部|局|委|厅|处|司|公司|中心|政府|院|校|办公室|组织|集团|支部|[×xX*]{2,})(?:委员会)?$", text
            )
        ):
            passage.role, passage.sub = "meta", "signature"
            seen += 1
            continue
        return

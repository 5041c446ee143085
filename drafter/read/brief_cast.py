"""Sections of an old text as 板块 of a brief: forms the library has with the old facts in them, or word for word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from drafter.read.brief_forms import own_form
from drafter.read.brief_openings import own_pattern
from drafter.read.brief_sections import Paragraph
from drafter.read.brief_values import sentences
from drafter.read.brief_wording import LISTS, counted, entry_of, item_of, lead_of, run_on
from drafter.read.facts import fill_blanks

if TYPE_CHECKING:
    from drafter.read.brief_sections import Section

__all__ = ["cast", "groups", "word_for_word"]

_PLAIN = "要字条目"  # one 条目 a paragraph, its run-in head if it has one, and not a word more in 措辞 乙
_POINTS = {
    "problem": ("问题清单", "问题"),
    "suggest": ("意见建议", "建议"),
    "hope": ("希望条目", "寄语"),
    "pledge": ("表态", "表态"),
    "exper": ("体会条目", "经验"),
    "safeguard": ("保障措施", "保障"),
    "self": ("自身建设", "自身建设"),
}
"""Patterns that announce their list themselves; they take the place of a sentence that does no more."""
_OWN_SYSTEM = {"safeguard": "yiyao", "self": "yiyao"}
_LEAD = "作用意义"  # in 措辞 甲 it prints what it is given and nothing else
_MOST = 7
_LONGEST_LIST = 20


def word_for_word(section: Section, *, masked: bool = False) -> list[dict[str, Any]]:
    """The section with its paragraphs as they stand; `masked` words become marked gaps unless they are to stay."""
    if not section.paragraphs:
        return [{"句式": []}]
    lines = [line for paragraph in section.paragraphs for line in paragraph.lines]
    return [{"正文": lines if masked else [fill_blanks(line) for line in lines]}]


def groups(section: Section) -> list[Section]:
    """The section in its smallest parts that can be cast alone: plain paragraphs, and each list in one."""
    parts: list[list[Paragraph]] = []
    for kind, group in groupby(section.paragraphs, key=_kind):
        whole = list(group)
        parts += [[paragraph] for paragraph in whole] if kind == "plain" else [whole]
    return [replace(section, heading="", paragraphs=part) for part in parts]


def cast(section: Section, *, plainly: bool = False, verbatim: Collection[int] = ()) -> list[dict[str, Any]]:
    """The section in forms of the library: one or more 板块, without 功能 and 标题.

    plainly   no rhetorical forms: its paragraphs as 条目
    verbatim  source lines of paragraphs that stand word for word
    """
    if verbatim:
        made: list[dict[str, Any]] = []
        for copied, group in groupby(section.paragraphs, key=lambda paragraph: paragraph.line in verbatim):
            part = replace(section, paragraphs=list(group))
            made += word_for_word(part) if copied else cast(part, plainly=plainly)
        return made
    if len(section.paragraphs) == 1:
        only = section.paragraphs[0]
        own = own_pattern(section.function, only.text, only.line)
        if own:
            return [own]
    made_of: list[dict[str, Any]] = []
    groups = [(kind, list(group)) for kind, group in groupby(_run_in(section.paragraphs), key=_kind)]
    skip = False
    for index, (kind, paragraphs) in enumerate(groups):
        following: tuple[str, list[Paragraph]] = groups[index + 1] if index + 1 < len(groups) else ("", [])
        if skip:
            skip = False
            continue
        announced = _announced(section.function, paragraphs, following)
        if announced:
            if paragraphs[:-1]:
                made_of += _group(section.function, kind, paragraphs[:-1], plainly)
            board, skip = announced
            made_of.append(board)
            continue
        if kind in LISTS and following[0] in LISTS and following[1][0].first.level > paragraphs[-1].first.level:
            made_of.append(_verbatim(paragraphs))  # its last item leads to a list in paragraphs of their own
            continue
        made_of += _group(section.function, kind, paragraphs, plainly)
    return made_of or word_for_word(section)


def _run_in(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """A numbered heading on a line of its own, and the one paragraph under it, as a run-in heading."""
    result: list[Paragraph] = []
    alone = [_bare(paragraph) for paragraph in paragraphs] + [True]
    plain = [_kind(paragraph) == "plain" for paragraph in paragraphs] + [False, False]
    for index, paragraph in enumerate(paragraphs):
        if index and alone[index - 1] and plain[index] and not plain[index + 1]:
            heading = result[-1].first
            result[-1] = Paragraph([replace(heading, run_in=True), *paragraph.passages])
        else:
            result.append(paragraph)
    return result


def _bare(paragraph: Paragraph) -> bool:
    first = paragraph.first
    return len(paragraph.passages) == 1 and first.role == "heading" and first.system == "cn_paren" and first.level > 1


def _kind(paragraph: Paragraph) -> str:
    """What form a paragraph asks for: a counted list, 我们…, or plain text."""
    first = paragraph.first
    if first.rows:
        return "table"
    if first.mark and first.role in ("enum", "heading") and first.system in LISTS and first.sub != "inline":
        return first.system
    if first.system == "women" or (first.function == "achieve" and paragraph.text.startswith("我们")):
        return "women"
    return "plain"


def _group(function: str, kind: str, paragraphs: list[Paragraph], plainly: bool) -> list[dict[str, Any]]:
    if kind in LISTS:
        items = [item_of(paragraph.passages) for paragraph in paragraphs]
        if (
            None not in items
            and 1 < len(items) <= _LONGEST_LIST
            and counted(kind, [paragraph.first for paragraph in paragraphs])
        ):
            return [_board(LISTS[kind], "任务", [item for item in items if item])]
        return [_verbatim(paragraphs)]
    if kind == "women" and function == "achieve" and 2 <= len(paragraphs) <= _MOST:
        made = _we(paragraphs)
        if made:
            return [made]
    result: list[dict[str, Any]] = []
    for form, run in groupby(paragraphs, key=lambda paragraph: _form(paragraph, plainly)):
        if form == "own":
            result += [board for paragraph in run if (board := _own(paragraph))]
            continue
        if form == "lead":
            result += [board for paragraph in run if (board := _with_lead(paragraph))]
            continue
        for part in _portions(list(run)):
            entries = [_paragraph(paragraph) for paragraph in part] if form else []
            plain = [entry for entry in entries if entry]
            result.append(_board(_PLAIN, "任务", plain, "乙") if form else _verbatim(part))
    return result


def _form(paragraph: Paragraph, plainly: bool) -> str:
    """How a plain paragraph can be said: in its own form, as 条目, as a lead with its list, "" only word for word."""
    if not plainly and _own(paragraph):
        return "own"
    if _paragraph(paragraph) is not None:
        return "entry"
    return "lead" if _with_lead(paragraph) else ""


def _own(paragraph: Paragraph) -> dict[str, Any] | None:
    if paragraph.first.rows or any(passage.mark or passage.run_in for passage in paragraph.passages):
        return None
    return own_form(paragraph.text, paragraph.line)


def _portions(paragraphs: list[Paragraph], size: int = 8) -> Iterator[list[Paragraph]]:
    for start in range(0, len(paragraphs), size):
        yield paragraphs[start : start + size]


def _paragraph(paragraph: Paragraph) -> dict[str, Any] | None:
    """A plain paragraph as one 条目."""
    if paragraph.first.rows or (paragraph.first.mark and not paragraph.first.run_in and paragraph.first.role != "enum"):
        return None
    taken = run_on(paragraph.passages)
    if taken is None or taken[1]:
        return None
    plain, head = taken[0], ""
    if len(plain) > 1 and plain[0].run_in and plain[0].text.text.endswith("。"):
        head, plain = plain[0].text.text[:-1], plain[1:]
    return entry_of("".join(passage.text.text for passage in plain), paragraph.line, head)


def _with_lead(paragraph: Paragraph) -> dict[str, Any] | None:
    """A paragraph that goes on in a list: its own opening, then 一是… 二是…"""
    taken = run_on(paragraph.passages) if not paragraph.first.rows else None
    if taken is None or not taken[1]:
        return None
    plain, ((system, items),) = taken
    lead = sentences("".join(passage.text.text for passage in plain)) if plain else []
    entries = [item_of(item) for item in items]
    if lead is None or None in entries or any(passage.run_in for passage in plain):
        return None
    board = _board(LISTS[system], "任务", [entry for entry in entries if entry])
    if lead:
        board["句式"] = [[_LEAD, LISTS[system]]]
        board["要素"] = {"作用": [fill_blanks("。".join(lead))], **board["要素"]}
    return board


def _we(paragraphs: Sequence[Paragraph]) -> dict[str, Any] | None:
    """我们… 我们… 我们还…: the pattern says 我们 itself, and 还 in the last of more than three."""
    entries = []
    for index, paragraph in enumerate(paragraphs):
        last = index == len(paragraphs) - 1 and len(paragraphs) > 3
        opening = "我们还" if last else "我们"
        if not paragraph.text.startswith(opening):
            return None
        entry = entry_of(paragraph.text.removeprefix(opening), paragraph.line)
        if entry is None:
            return None
        entries.append(entry)
    return _board("我们排比", "成绩", entries)


def _announced(
    function: str, paragraphs: Sequence[Paragraph], following: tuple[str, list[Paragraph]]
) -> tuple[dict[str, Any], bool] | None:
    """A list that the pattern of the function announces in its own words, and whether that takes the next group."""
    last = paragraphs[-1]
    if function not in _POINTS:
        return None
    pattern, slot = _POINTS[function]
    system = _OWN_SYSTEM.get(function, "yishi")
    taken = run_on(last.passages) if not last.first.mark and not last.first.rows else None
    if taken is None:
        return None
    lead = "".join(passage.text.text for passage in taken[0])
    if taken[1] and taken[1][0][0] == system:
        items, follows = taken[1][0][1], False
    elif not taken[1] and following[1] and following[1][0].first.system == system:
        items, follows = [paragraph.passages for paragraph in following[1]], True
    else:
        return None
    entries = [item_of(item) for item in items]
    if not counted(system, [item[0] for item in items]):
        return None
    if not lead_of(lead) or None in entries or not 2 <= len(entries) <= 9:
        return None
    return _board(pattern, slot, [entry for entry in entries if entry]), follows


def _board(pattern: str, slot: str, values: list[dict[str, Any]], variant: str = "甲") -> dict[str, Any]:
    return {"句式": [pattern], "措辞": variant, "要素": {slot: values}}


def _verbatim(paragraphs: Sequence[Paragraph]) -> dict[str, Any]:
    return {"正文": [fill_blanks(line) for paragraph in paragraphs for line in paragraph.lines]}

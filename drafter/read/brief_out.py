"""An old text out again as a brief: its sections in their order, its facts in the slots, each to be verified.

`to_brief` knows nothing of composing. Whoever composes the result can compare it with the source by
`differences` and ask again for the sections that do not agree, `verbatim`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drafter.chinese.enumeration import paragraphs
from drafter.chinese.length import characters
from drafter.document import Role
from drafter.errors import LibraryError
from drafter.read._patterns import SURE
from drafter.read.brief_cast import cast, word_for_word
from drafter.read.brief_front import front_data, guess_occasion, signature
from drafter.read.brief_sections import layout
from drafter.read.facts import brands, digits, facts_in, fill_blanks
from drafter.read.outline import pattern_name, unsure_patterns

if TYPE_CHECKING:
    from drafter.brief import DataPath
    from drafter.document import Document
    from drafter.library import Library
    from drafter.read._result import Imported
    from drafter.read.brief_sections import Front, Section
    from drafter.read.facts import Fact

__all__ = ["Recast", "differences", "kept", "recast", "to_brief"]

_MARK = re.compile(
    r"[一二三四五六七八九十]+[是要]|（[一二三四五六七八九十]+）|(?:首先|其次|再次|最后)，|第[一二三四五六七八九十]+，"
)
_NOTED = ("keywords", "byline")  # of an article; a speech has no place for them
_NO_TEXT = frozenset({"句式", "措辞", "来源", "期间"})
_DOUBLED = re.compile("[。！？；，][。；，]")
_HEAD = (
    "由旧稿“{name}”读出。事实都来自旧稿，未经核实：逐条核对后删掉“核实: false”，改掉不再是今年的。\n"
    "“来源”只进核稿，不进正文。"
)


@dataclass(frozen=True, slots=True)
class Recast:
    """A brief made of an old text.

    data, comments  for `drafter.brief.dump`
    sources         for each 板块 the section of the source it comes from (an index into `sections`)
    expected        the paragraphs of the source as a faithful copy prints them
    beside          lines of the front matter and the signature that the occasion does not print of itself
    """

    data: dict[str, Any]
    comments: dict[DataPath, str]
    sources: tuple[int, ...]
    sections: tuple[Section, ...]
    expected: tuple[str, ...]
    beside: tuple[str, ...] = ()


def to_brief(
    imported: Imported, library: Library, *, keep_text: bool = False
) -> tuple[dict[str, Any], dict[DataPath, str]]:
    """(data, comments): the brief of an old text, and what is to be asked or verified, by place."""
    made = recast(imported, library, keep_text=keep_text)
    return made.data, made.comments


def recast(
    imported: Imported,
    library: Library,
    *,
    keep_text: bool = False,
    verbatim: Mapping[int, Collection[int]] | None = None,
    plain: Collection[int] = (),
    occasion: str = "",
) -> Recast:
    """The brief with all that is known of where it comes from.

    keep_text  every paragraph word for word (正文)
    verbatim   of sections, by their index, the source lines of the paragraphs that stand word for word
    plain      sections whose paragraphs take no rhetorical form of their own
    occasion   the user's choice in place of the guess

    Raises LibraryError for an occasion that is not there.
    """
    front, sections = layout(imported, whole=keep_text, fits=lambda text: _stands(library, text))
    genre = str(imported.document.meta.get("genre", "speech"))
    title = "".join(front.title)
    chosen, question = guess_occasion(title, genre, library, greeted=bool(front.salutation))
    if occasion:
        chosen, question = library.occasion(occasion), ""
    topic = _topic(sections)
    remarks = _remarks(front, keep_text)
    data, comments, left = front_data(front, chosen, topic, exact=keep_text)
    data |= remarks
    comments[()] = _HEAD.format(name=imported.name)
    if question:
        comments["场合",] = question
    if chosen.front["signature"]:
        _sign(front, data)
    tail = signature(front, chosen, data)
    texts = [text for section in sections for text in section.texts] + [section.heading for section in sections]
    given: Any = (data, left, tail)
    data, left, tail = given if keep_text else map(_filled, given)
    data["篇幅"] = f"{max(100, sum(map(characters, [*texts, *left, *tail])))}字"
    comments["篇幅",] = "照旧稿的长短；添了内容就改大，不然会删去几句"
    boards: list[dict[str, Any]] = []
    sources: list[int] = []
    for index, section in enumerate(sections):
        made = _boards(section, keep_text, (verbatim or {}).get(index, ()), index in plain)
        size, weights = sum(map(len, section.texts)), [_weight(board) for board in made]
        for number, board in enumerate(made):
            place = len(boards)
            heading = section.heading if not number and section.heading else "无"
            heading = heading if keep_text else fill_blanks(heading)
            share = max(1, round(size * weights[number] / max(1, sum(weights))))
            boards.append({"功能": library.function(section.function).title, "标题": heading, **board, "比重": share})
            sources.append(index)
            if not number:
                _remark(comments, place, section, library)
    if left and boards:
        boards.insert(0, {"功能": boards[0]["功能"], "标题": "无", "正文": left})
        sources.insert(0, -1)
        comments = {_shifted(path): text for path, text in comments.items()}
    if tail:
        boards.append({"功能": boards[-1]["功能"] if boards else "结尾号召", "标题": "无", "正文": tail})
        sources.append(-1)
    if boards:
        data["板块"] = boards
    expected = [title] if title else []
    expected += [text for text in imported.text.split("\n")[len(front.title) :] if text]
    return Recast(data, comments, tuple(sources), tuple(sections), tuple(expected), (*left, *tail))


def differences(document: Document, recast: Recast) -> list[tuple[str, str]]:
    """(source, composed) for each paragraph of the text that does not read the same; "" where there is none.

    The lines of a title count as one; a title that the source lacks is no difference.
    """
    from difflib import SequenceMatcher

    untitled = "标题" not in recast.data
    made = [p.text.replace("\n", "") for p in paragraphs(document) if not (untitled and p.role is Role.TITLE)]
    given = list(recast.expected)
    result: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, given, made, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        size = max(b - a, d - c)
        left, right = given[a:b] + [""] * (size - (b - a)), made[c:d] + [""] * (size - (d - c))
        result += list(zip(left, right, strict=True))
    return result


def kept(document: Document, sections: Sequence[Section], beside: Sequence[str] = ()) -> bool:
    """Whether the composed text agrees with these sections: their headings in their order; the figures, quoted words
    and marks (一是 （一） 首先) of their paragraphs, as many times; no punctuation doubled. What was masked in the
    source is not compared.

    beside  lines of no section that stand in the text too
    """
    front = (Role.TITLE, Role.DATE, Role.SPEAKER, Role.SALUTATION, Role.SIGNATURE)
    body = [p for p in paragraphs(document) if p.role not in front]
    made = _unmasked("\n".join(p.text for p in body))
    texts = [text for section in sections for text in [section.heading, *section.texts]]
    given = _unmasked("\n".join([*texts, *beside]))
    heads = [_unmasked(block.text) for block in document.blocks if block.role is Role.HEADING and block.level == 1]
    asked = [_unmasked(section.heading) for section in sections if section.heading]
    return (
        heads == asked
        and Counter(digits(made)) == Counter(digits(given))
        and Counter(brands(made)) == Counter(brands(given))
        and Counter(_MARK.findall(made)) == Counter(_MARK.findall(given))
        and len(_DOUBLED.findall(made)) <= len(_DOUBLED.findall(given))
    )


def _remarks(front: Front, keep_text: bool) -> dict[str, str]:
    noted = [] if keep_text else [front.meta.pop(kind).text for kind in _NOTED if kind in front.meta]
    return {"备注": "旧稿题下还有：" + "；".join(noted)} if noted else {}


def _boards(section: Section, keep_text: bool, verbatim: Collection[int], plainly: bool) -> list[dict[str, Any]]:
    if keep_text or {paragraph.line for paragraph in section.paragraphs} <= set(verbatim):
        return word_for_word(section, masked=keep_text)
    return cast(section, plainly=plainly, verbatim=verbatim)


def _filled(value: Any) -> Any:
    """Masked words of the front matter as marked gaps."""
    if isinstance(value, dict):
        return {name: _filled(each) for name, each in value.items()}
    if isinstance(value, list):
        return list(map(_filled, value))
    return fill_blanks(value) if isinstance(value, str) else value


def _weight(value: Any) -> int:
    """How many characters of the text a part of a brief holds."""
    if isinstance(value, dict):
        return sum(_weight(each) for key, each in value.items() if key not in _NO_TEXT)
    if isinstance(value, list):
        return sum(map(_weight, value)) + len(value)
    return len(value) if isinstance(value, str) else 0


def _unmasked(text: str) -> str:
    return re.sub("【待补：[^】]*】", "", fill_blanks(text))


def _stands(library: Library, heading: str) -> bool:
    """A heading that a brief takes as a text: one line, no name of a pattern, not 无."""
    if not heading.strip() or heading == "无" or heading.isascii():
        return False
    try:
        library.pattern(heading)
    except LibraryError:
        return True
    return False


def _topic(sections: list[Section]) -> str:
    for section in sections:
        if section.function == "trans" and section.paragraphs:
            match = re.search(
                "就(?:如何|怎样)?(?:进一步)?(?:做好|推进|加强|促进|抓好|搞好)?([\u4e00-\u9fff]{2,16}工作)",
                section.texts[0],
            )
            if match:
                return match[1]
    return ""


def _sign(front: Any, data: dict[str, Any]) -> None:
    """The date of a signature, where nothing else gave one."""
    for paragraph in front.signature:
        match = re.fullmatch(r"([12]\d{3})年(\d{1,2})月(\d{1,2})日", paragraph.text)
        if match and "日期" not in data and int(match[2]) <= 12 and int(match[3]) <= 31:
            data["日期"] = f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}"


def _remark(comments: dict[DataPath, str], place: int, section: Section, library: Library) -> None:
    said = [f"旧稿第{section.line}行起"]
    if section.doubt:
        title = library.function(section.function).title
        said.append(
            f"请定功能：按“{title}”写的，把握 {section.confidence:.0%}"
            if section.doubt.startswith("功能")
            else section.doubt
        )
    said += _forms(section, library)
    named = [fact for fact in _facts(section) if fact.kind in ("figure", "target", "date", "document", "person")]
    every = list(dict.fromkeys(f"{fact.text}（第{fact.line}行）" for fact in named))
    if every:
        said.append("要核实：" + "、".join(every))
    comments["板块", place] = "\n".join(said)


def _forms(section: Section, library: Library) -> list[str]:
    """The forms that the section was told to have, and a question for each that is not sure."""
    passages = [passage for paragraph in section.paragraphs for passage in paragraph.passages]
    sure: list[str] = []
    for passage in passages:
        sure += [passage.pattern] if passage.pattern and passage.pattern_confidence >= SURE else []
        sure += [name for name, _ in passage.inner]
    names = [pattern_name(library, name) for name in dict.fromkeys(sure)]
    said = ["旧稿句式：" + "、".join(names)] if names else []
    asked = [
        f"拿不准：第{passage.line}行这一段像{question}；不对就改 句式"
        for passage in passages
        if (question := unsure_patterns(passage, library))
    ]
    return said + list(dict.fromkeys(asked))


def _facts(section: Section) -> list[Fact]:
    return [fact for paragraph in section.paragraphs for fact in facts_in(paragraph.text, paragraph.line)]


def _shifted(path: Any) -> Any:
    return ("板块", path[1] + 1, *path[2:]) if path[:1] == ("板块",) and len(path) > 1 else path

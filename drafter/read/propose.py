"""A section of an old text as a pattern: its fixed wording stays, its facts become slots, itself the example.

Nothing is written here. What a pattern file needs besides (its id, its title, the pack) the caller gives.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.brief import dump
from drafter.chinese.numerals import numeral
from drafter.library.invention import invented
from drafter.read.brief_sections import Paragraph, chapters, layout
from drafter.read.facts import Fact, facts_in

if TYPE_CHECKING:
    from drafter.brief import DataPath
    from drafter.read._result import Imported, Passage
    from drafter.read.brief_sections import Section

__all__ = ["Proposal", "propose", "sections_of"]

_LISTS = {"yishi": "一是", "yiyao": "一要", "diyi": "第一", "shouxian": "首先", "cn_paren": "（一）", "ar_dot": "1."}
_NAMES = {
    "figure": "数据", "target": "数据", "date": "时间", "organisation": "单位", "person": "人员", "document": "文件",
    "brand": "品牌", "number": "数字", "quote": "引语", "sentence": "引语", "word": "词语",
}  # fmt: skip
_ASKS = {
    "date": "这里写什么时间",
    "organisation": "这里写哪个单位",
    "person": "这里写谁",
    "document": "这里写哪个文件（不加书名号）",
    "brand": "这里写哪个品牌或概括（名称不加引号）",
    "number": "这里写什么数",
    "quote": "这里引什么话（不加引号）",
    "sentence": "这里引什么话（带引号）",
    "word": "这里写什么",
}
_KNOWN = ("organisation", "person", "document", "date")  # of these every other mention is the same fact
_QUOTE = re.compile("“([^“”]*)”|《([^《》]*)》")
_MARKUP = re.compile(r"\*\*|\[\[|\]\]|\{[{%#]|[}%#]\}|^(?:[-#] |\|)")
_STOPS = tuple("。！？；，")
_MASKED = re.compile(r"\*{2,}")
_BEFORE = re.compile("[\u4e00-\u9fff]{2,10}$")
_AFTER = re.compile("[\u4e00-\u9fff]{2,12}(?![\u4e00-\u9fff])")
_INDICATOR_END = re.compile("(?:达到?|超过?|突破|不低于|不少于|不足|共有?|近|约|为|是|了)+$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pattern made of a section.

    function  code; `doubt` says in Chinese why it is not sure, "" where it is
    heading   of the section in the source, without its number
    text      the paragraphs of the section as they stand in the source; cells of a table are parted by tabs, words
              masked with asterisks are 某某
    slots     name → JSON Schema; `example` name → what the source says
    body      the template; `out` what it gives with the example
    system    title of the enumeration system of its items, "" without items; `where` they stand: own or inline
    """

    function: str
    doubt: str
    heading: str
    line: int
    text: tuple[str, ...]
    slots: dict[str, dict[str, Any]]
    example: dict[str, Any]
    body: str
    out: str
    system: str
    where: str

    def file(self, name: str, title: str, source: str, number: int) -> str:
        """The text of the pattern file. `source`: what the old text is called; `number`: which section it was."""
        front: dict[str, Any] = {"id": name, "version": "1.0.0", "title": title, "function": self.function}
        if self.system:
            front |= {"list": self.system, "layout": self.where}
        if self.slots:
            front |= {"slots": self.slots, "required": list(self.slots)}
        front["examples"] = [{"in": self.example, "out": self.out}]
        said = "固定的话照旧稿，事实都成了要素。改完用 drafter library check 检查。"
        comments: dict[DataPath, str] = {(): f"由旧稿“{source}”第{numeral(number)}部分写成：{said}"}
        if self.doubt:
            comments["function",] = self.doubt
        return "{#---\n" + dump(front, comments) + "---#}\n" + self.body + "\n"


def sections_of(imported: Imported) -> list[Section]:
    """The sections of the first level in their order: those with a heading, or all where there is no heading."""
    _, sections = layout(imported, whole=False, fits=bool)
    return [section for section in chapters(sections) if section.paragraphs]


def propose(section: Section, title: str, taken: Collection[str] = (), *, lists: bool = True) -> Proposal:
    """The pattern of a section.

    title  of its function: the first two characters begin the name of every slot
    taken  names of slots that stand for something else
    lists  its parallel items as items, their marks left to the program; else they stay in the text
    """
    paragraphs = _whole(section.paragraphs)
    system, where = _listing(paragraphs) if lists else ("", "")
    rows = [row for paragraph in paragraphs for row in _rows(paragraph, system, lists)]
    slots = _Slots(title[:2], taken)
    slots.learn(part for row in rows for part in row.parts)
    template: list[str] = []
    out: list[str] = []
    for row in rows:
        made = [slots.put(part) for part in row.parts]
        template.append(row.line([shown for shown, _ in made]))
        out.append(row.line([said for _, said in made]))
    doubt = f"功能没有把握，请核对：{title}" if section.doubt.startswith("功能") else ""
    return Proposal(
        section.function, doubt, section.heading, section.line,
        tuple(_shown(line) for paragraph in paragraphs for line in _lines(paragraph)),
        {slot.name: slot.schema for slot in slots.made}, {slot.name: slot.value for slot in slots.made},
        "\n".join(template), "\n".join(out), _LISTS[system] if system else "", where,
    )  # fmt: skip


# -- the shape ---------------------------------------------------------------------------------------


class _Row(NamedTuple):
    """A line of the template: its markup and its text, in parts that are cells, or a lead and the rest."""

    prefix: str
    parts: list[str]
    head: bool = False
    between: str = ""

    def line(self, parts: list[str]) -> str:
        """The line with other texts for its parts."""
        parts = [f"**{parts[0]}**", *parts[1:]] if self.head else parts
        return self.prefix + self.between.join(parts)


def _whole(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs as in the source, also where several functions share one."""
    result: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.first.joined and result:
            result[-1] = Paragraph([*result[-1].passages, *paragraph.passages])
        else:
            result.append(paragraph)
    return result


def _lines(paragraph: Paragraph) -> list[str]:
    rows = paragraph.first.rows
    return ["\t".join(row) for row in rows] if rows else [paragraph.text]


def _listing(paragraphs: Sequence[Paragraph]) -> tuple[str, str]:
    """(system, own or inline) of the outermost list whose items all stand in one way; ("", "") without one."""
    found: dict[str, list[tuple[int, bool]]] = {}
    for paragraph in paragraphs:
        for index, passage in enumerate(paragraph.passages):
            if _is_item(passage):
                found.setdefault(passage.system, []).append((passage.level, index == 0))
    parallel = {
        system: items for system, items in found.items() if len(items) > 1 and len({own for _, own in items}) == 1
    }
    if not parallel:
        return "", ""
    system = min(parallel, key=lambda each: min(level for level, _ in parallel[each]))
    return system, "own" if parallel[system][0][1] else "inline"


def _is_item(passage: Passage) -> bool:
    plain = passage.role == "enum" or (passage.role == "heading" and passage.run_in)
    return bool(plain and passage.mark and passage.system in _LISTS)


def _rows(paragraph: Paragraph, system: str, lists: bool) -> Iterator[_Row]:
    first, passages = paragraph.first, paragraph.passages
    if first.rows:
        for cells in first.rows:
            yield _Row("| ", list(cells), between=" | ")
        return
    if lists and len(passages) == 1 and first.role == "heading" and first.level == 2 and first.system == "cn_paren":
        yield _Row("# ", [first.text.text.removeprefix(first.mark).lstrip()])
        return
    groups: list[list[Passage]] = []
    for passage in passages:
        if not groups or (_is_item(passage) and passage.system == system):
            groups.append([passage])
        else:
            groups[-1].append(passage)
    for group in groups:
        item = _is_item(group[0]) and group[0].system == system
        head = group[0].text.text
        rest = "".join(passage.text.text for passage in group[1:])
        if item:
            head = head.removeprefix(group[0].mark).lstrip()
        led = bool(group[0].run_in and rest and head.endswith("。"))
        parts = [head, rest] if led else [head + rest]
        if item and parts[-1][-1:] in ("。", "；"):
            parts[-1] = parts[-1][:-1]
        yield _Row("- " if item else "", parts, led)


# -- the facts ---------------------------------------------------------------------------------------


class _Slot(NamedTuple):
    name: str
    schema: dict[str, Any]
    value: Any
    shown: str
    """How a template prints it."""


class _Span(NamedTuple):
    start: int
    end: int
    kind: str
    text: str
    fact: Fact | None = None


@dataclass
class _Slots:
    """The slots of one pattern; the same fact is one slot wherever it stands, a figure is one each time."""

    stem: str
    taken: Collection[str]
    made: list[_Slot] = field(default_factory=list)
    _known: dict[str, Fact] = field(default_factory=dict)
    _bare: dict[str, Fact] = field(default_factory=dict)
    _by_fact: dict[tuple[str, str], _Slot] = field(default_factory=dict)

    def learn(self, texts: Iterator[str]) -> None:
        for fact in (fact for text in texts for fact in facts_in(text)):
            if fact.kind in _KNOWN and len(fact.text) > 1:
                self._known[fact.text] = fact
            if fact.kind in ("brand", "document") and len(fact.text) > 4 and fact.text[-2] not in _STOPS:
                self._bare[fact.text[1:-1]] = fact

    def put(self, text: str) -> tuple[str, str]:
        """(template, what it gives): the text with its facts taken out."""
        template, at = "", 0
        for span in self._spans(text):
            template += text[at : span.start] + self._slot(span, text).shown
            at = span.end
        return template + text[at:], _shown(text)

    def _spans(self, text: str) -> list[_Span]:
        found = [_Span(f.start, f.start + len(f.text), f.kind, f.text, f) for f in facts_in(text)]
        found += [_Span(*match.span(), "quote", match[0]) for match in _QUOTE.finditer(text)]
        found += [_Span(*match.span(), "word", match[0]) for match in _MARKUP.finditer(text)]
        for known, kind in ((self._known, ""), (self._bare, "mention")):
            for words, fact in known.items():
                places = re.finditer(re.escape(words), text)
                found += [_Span(*match.span(), kind or fact.kind, words, fact) for match in places]
        chosen: list[_Span] = []
        for span in sorted(found, key=lambda each: (each.start - each.end, each.fact is None)):
            if span.end > span.start and all(span.end <= other.start or span.start >= other.end for other in chosen):
                chosen.append(span)
        chosen += _rest(text, chosen)
        return sorted(chosen)

    def _slot(self, span: _Span, text: str) -> _Slot:
        kind, fact = span.kind, span.fact
        if fact and kind == "mention":  # the name again without its quotation marks
            whole = self._slot(_Span(span.start, span.end, fact.kind, fact.text, fact), text)
            return whole._replace(shown=whole.shown.strip("“”《》"))
        if fact and kind in ("figure", "target"):
            if fact.unit:
                return self._figure(span, fact, text)
            kind = "number"
        if span.text[-2:-1] in _STOPS:
            kind = "sentence"  # a name loses the mark at its end; with the quotation marks it is a text
        key = (kind, span.text)
        if key not in self._by_fact:
            self._by_fact[key] = self._brand(span, text) if kind == "brand" else self._string(span, kind, text)
        return self._by_fact[key]

    def _figure(self, span: _Span, fact: Fact, text: str) -> _Slot:
        about = _about(text, span)
        name = self._name("数据")
        value = {"指标": about, "数值": fact.value, "单位": fact.unit}
        asks = f"“{about}”是多少？写清指标、数值、单位。"
        schema = {"$ref": "#/$defs/数据", "title": about, "description": asks, "examples": [value]}
        return self._add(_Slot(name, schema, value, f"{{{{ {name}.数值 }}}}{{{{ {name}.单位 }}}}"))

    def _brand(self, span: _Span, text: str) -> _Slot:
        name = self._name("品牌")
        value: dict[str, Any] = {"名称": _shown(span.text[1:-1])}
        asks = f"{_around(text, span)}：{_ASKS['brand']}？"
        schema = {"$ref": "#/$defs/品牌", "title": "品牌", "description": asks, "examples": [value]}
        return self._add(_Slot(name, schema, value, f"“{{{{ {name}.名称 }}}}”"))

    def _string(self, span: _Span, kind: str, text: str) -> _Slot:
        title = (span.fact.wanted if span.fact else "") or _NAMES.get(kind, "词语")
        name = self._name(title)
        marks = span.text[0] + span.text[-1]
        quoted = marks in ("“”", "《》") and len(span.text) > 2 and kind != "sentence"
        value = _shown(span.text[1:-1] if quoted else span.text)
        asks = f"{_around(text, span)}：{_ASKS.get(kind, f'这里写什么{title}')}？"
        schema = {"type": "string", "title": title, "description": asks, "examples": [value]}
        shown = f"{{{{ {name} }}}}"
        return self._add(_Slot(name, schema, value, f"{marks[0]}{shown}{marks[1]}" if quoted else shown))

    def _name(self, kind: str) -> str:
        used = {slot.name for slot in self.made} | set(self.taken)
        return next(name for n in range(1, 1000) if (name := f"{self.stem}{kind}{numeral(n)}") not in used)

    def _add(self, slot: _Slot) -> _Slot:
        self.made.append(slot)
        return slot


def _shown(text: str) -> str:
    """Masked words as a pattern's example says them: ** is markup there."""
    return _MASKED.sub("某某", text)


def _about(text: str, span: _Span) -> str:
    """What a figure counts: the words right before it, of the clause, or right behind it."""
    before = _BEFORE.search(_INDICATOR_END.sub("", text[: span.start]))
    after = _AFTER.match(text[span.end :])
    indicator = span.fact.indicator if span.fact else ""
    return before[0] if before else after[0] if after else indicator if len(indicator) > 1 else "这个数"


def _around(text: str, span: _Span) -> str:
    """The place of a fact in its sentence: …（　）…"""
    return f"……{text[max(0, span.start - 8) : span.start]}（　）{text[span.end : span.end + 8]}……"


def _rest(text: str, chosen: Sequence[_Span]) -> Iterator[_Span]:
    """What a template may not say of its own and is no fact of a known kind: figures, Latin words, single marks."""
    edges = sorted([(0, 0), *((span.start, span.end) for span in chosen), (len(text), len(text))])
    for (_, start), (end, _) in pairwise(edges):
        at = start
        for fragment, _ in invented(text[start:end]):
            at = text.index(fragment, at)
            yield _Span(at, at + len(fragment), "word", fragment)
            at += len(fragment)

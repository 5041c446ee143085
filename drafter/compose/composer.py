"""Brief + library → document: plan, fill, fit, assemble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.brief import Brief, format_path
from drafter.brief.rows import row_cells
from drafter.chinese.enumeration import paragraphs
from drafter.chinese.length import characters, spoken
from drafter.compose.facts import Chosen, Facts, Missing
from drafter.compose.fit import TOLERANCE, Fit, Fitting
from drafter.compose.front import closing, opening
from drafter.compose.memo import listing, memo_of
from drafter.compose.plan import Plan, Section, make_plan, problem_at
from drafter.compose.unused import unused_facts
from drafter.compose.wording import Wordings
from drafter.document import FRONT_MATTER, Block, Document, Note, Origin, OriginKind, Role, Span, System
from drafter.errors import BriefError, LibraryError
from drafter.library import Library, Pattern

if TYPE_CHECKING:
    from drafter.compose.passage import Passage
    from drafter.compose.values import Nested

__all__ = ["Need", "compose", "needs"]

_CLOSING = ("call", "wish")
_CLAIMS = ("成绩", "形势", "问题")  # what a topic says of the state of things, and nobody has checked
_BORDER = Span("\t", Origin(OriginKind.COMPUTED, "表格"))  # between the cells of a row
_DEFAULT_RATE = 180


class Need(NamedTuple):
    """A fact that the chosen occasion would use and the brief does not give.

    path      where it belongs in the brief, e.g. ("要素", "目标")
    schema    JSON Schema of the value, with `title`, `description` (the question) and `examples`
    required  True where its absence leaves a marked gap
    used_by   titles of the patterns that print it
    """

    path: tuple[str | int, ...]
    schema: Mapping[str, Any]
    required: bool
    used_by: tuple[str, ...]


def compose(brief: Brief, library: Library) -> Document:
    """The whole speech, in order, at the asked length, every span with its origin, every gap marked.

    Raises BriefError where the brief names something the library does not have, LibraryError where a
    pattern fails.
    """
    return _Composer(brief, library).document()


def needs(brief: Brief, library: Library) -> list[Need]:
    """What the brief could still say, in the order of the speech; required facts first within a section."""
    composer = _Composer(brief, library)
    composer.render_all(offered=True)
    found: dict[tuple[str | int, ...], Need] = {}
    for missing in composer.facts.missing:
        before = found.get(missing.path)
        users = (*before.used_by, missing.pattern.title) if before else (missing.pattern.title,)
        asks = before if before and (before.required or not missing.required) else missing
        required = missing.required or bool(before and before.required)
        found[missing.path] = Need(missing.path, asks.schema, required, tuple(dict.fromkeys(users)))
    return list(found.values())


@dataclass(slots=True)
class _Rendered:
    """A planned section with its heading and its passages; True where one goes on in the paragraph before it."""

    section: Section
    heading: Sequence[Block]
    flows: list[tuple[Passage, bool]] = field(default_factory=list)


class _Composer:
    def __init__(self, brief: Brief, library: Library) -> None:
        self.brief, self.library = brief, library
        self.memo = memo_of(library)
        self.marks = self.memo.marks
        self.plan: Plan = (
            make_plan(brief, library)
            if brief.data.get("板块")
            else self.memo.plans.find(brief.data["场合"], lambda: make_plan(brief, library))
        )
        data, occasion = brief.data, self.plan.occasion
        self.wordings = Wordings(
            str(data.get("措辞种子", "")),
            data.get("语气") or occasion.tone,
            data.get("听众") or occasion.audience,
            self.memo.variants,
        )
        self.wordings.align([s.heading for s in self.plan.sections if isinstance(s.heading, Pattern)])
        self.facts = Facts(brief, library, self.plan, self.memo, self.wordings, self._nested)
        self.plan = self.facts.plan = self._without_idle(self.plan)
        self.used: Counter[str] = Counter()

    # -- rendering -----------------------------------------------------------------------------

    def document(self) -> Document:
        front = list(opening(self.brief, self.plan.occasion.front, self._made))
        rendered = self.render_all()
        heads = [block for item in rendered for block in item.heading]
        target, rate, by_time = self._target()
        count = spoken if by_time else characters
        overhead = sum(count(block.text) for block in (*front, *heads) if block.role not in FRONT_MATTER)
        fitting = Fitting(
            [[passage for passage, _ in item.flows] for item in rendered],
            [item.section.share for item in rendered],
            self.wordings.turn,
        )
        chosen = self._assemble(front, rendered, fitting.fit(target, overhead), target, rate)
        actual = _length(chosen, count)
        for _ in range(3):
            error = actual - target
            if abs(error) <= TOLERANCE * target / 2:
                break
            overhead += error
            again = self._assemble(front, rendered, fitting.fit(target, overhead), target, rate)
            if abs(_length(again, count) - target) >= abs(error):
                break
            chosen, actual = again, _length(again, count)
        return self._annotated(chosen, target, actual, by_time)

    def _without_idle(self, plan: Plan) -> Plan:
        """The plan without the sections that nothing would stand in."""
        stay: list[Section] = []
        self.idle: list[Section] = []
        for section in plan.sections:
            used = section.paragraphs or any(self.facts.stands(recipe, section) for recipe in section.recipes)
            (stay if used else self.idle).append(section)
        return plan._replace(sections=tuple(stay))

    def render_all(self, *, offered: bool = False) -> list[_Rendered]:
        """Every section of the plan as lines. `offered`: also what is left out because its facts are missing."""
        rendered = []
        for section in self.plan.sections:
            item = _Rendered(section, self._heading(section))
            row = -1
            for recipe in section.recipes:
                chosen = self.facts.choose(recipe, section)
                if chosen is None:
                    if offered:
                        self._offer(recipe.patterns[0], section)
                    continue
                item.flows.append((self._passage(chosen, section), recipe.row == row))
                row = recipe.row
            rendered.append(item)
        if offered:
            for section in self.idle:
                for recipe in section.recipes:
                    self._offer(recipe.patterns[0], section)
        return rendered

    def _offer(self, pattern: Pattern, section: Section) -> None:
        """Note the facts of an optional pattern as welcome, not as required."""
        before = len(self.facts.missing)
        self.facts.context(self.facts.find(pattern, section), section)
        self.facts.missing[before:] = [m._replace(required=False) for m in self.facts.missing[before:]]

    def _passage(self, chosen: Chosen, section: Section | None) -> Passage:
        context, before = self._context(chosen, section)
        return self.memo.passage(self.library, chosen.pattern, context, before)

    def _context(
        self, chosen: Chosen, section: Section | None, nested: Nested | None = None
    ) -> tuple[dict[str, Any], int]:
        """What the pattern is rendered with, and how often it was used before."""
        pattern = chosen.pattern
        context = self.facts.context(chosen, section, nested)
        asked = nested.facts.get("措辞", "") if nested else section.wording if section else ""
        before = self.used[pattern.id]
        context["措辞"] = self.wordings.variant(pattern, before, asked)
        self.used[pattern.id] += 1
        return context, before

    def _nested(self, nested: Nested, section: Section | None) -> str:
        try:
            pattern = self.library.pattern(nested.facts["句式"])
        except LibraryError as error:
            raise BriefError(problem_at(self.brief, (*nested.path, "句式"), error)) from None
        context, _ = self._context(self.facts.find(pattern, section, nested), section, nested)
        return self.marks.tag(self.library.render(pattern, context), listing(pattern))

    def _made(self, name: str, role: Role) -> Block:
        """A block of the front matter, from its pattern."""
        pattern = self.library.pattern(name)
        (line,) = self._passage(self.facts.find(pattern, None), None).lines
        return Block(role, tuple(piece.span() for piece in line.pieces()), pattern=pattern.id)

    def _span(self, text: str, *path: str | int) -> Span:
        return Span(text, Origin(OriginKind.BRIEF, format_path(path)))

    # -- length and assembly -------------------------------------------------------------------

    def _target(self) -> tuple[int, int, bool]:
        """(characters, characters a minute, whether the brief or the occasion asked for time)."""
        occasion = self.plan.occasion
        rate = int(self.brief.data.get("语速") or occasion.rate or _DEFAULT_RATE)
        if self.brief.characters:
            return self.brief.characters, rate, False
        return round((self.brief.minutes or occasion.minutes) * rate), rate, True

    def _assemble(
        self, front: Sequence[Block], rendered: Sequence[_Rendered], result: Fit, target: int, rate: int
    ) -> Document:
        body: list[Block] = []
        for item in rendered:
            body += item.heading
            function = item.section.function.code
            role = Role.CLOSING if function in _CLOSING else Role.PARAGRAPH
            begun = len(body)
            for passage, joins in item.flows:
                body += passage.blocks(result.kept, joins and len(body) > begun, function, role)
            body += self._verbatim(item.section, role)
        notes = [Note("dropped", f"为控制篇幅，没有用上素材单里的：{text}") for text in result.dropped]
        data, occasion = self.brief.data, self.plan.occasion
        meta = {
            "title": _flat(front[0].text),
            "author": (data.get("讲话人") or {}).get("姓名") or (data.get("单位") or {}).get("名称") or "",
            "date": str(data.get("日期") or ""),
            "occasion": occasion.title,
            "genre": occasion.genre,
            "rate": str(rate),
            "target": str(target),
        }
        body += closing(self.brief, self.plan.occasion)
        return Document((*front, *body), tuple(notes), MappingProxyType(meta))

    def _heading(self, section: Section) -> list[Block]:
        if section.heading is None:
            return []
        made_by = ""
        if isinstance(section.heading, Pattern):
            made_by = section.heading.id
            lines = self._passage(self.facts.find(section.heading, section), section).lines
            spans = [piece.span() for line in lines for piece in line.pieces()]
        elif section.path:
            spans = [self._span(section.heading, *section.path, "标题")]
        else:
            spans = [Span(section.heading, Origin(OriginKind.PATTERN, self.plan.occasion.id))]
        code = section.function.code
        return [Block(Role.HEADING, tuple(spans), level=1, system=System.CN_DUN, function=code, pattern=made_by)]

    def _verbatim(self, section: Section, role: Role) -> list[Block]:
        blocks = []
        for index, text in enumerate(section.paragraphs):
            cells = row_cells(text)
            spans: list[Span] = []
            for part in [text] if cells is None else cells:
                spans += [_BORDER] * bool(spans) + [self._span(part, *section.path, "正文", index)]
            blocks.append(Block(role if cells is None else Role.ROW, tuple(spans), function=section.function.code))
        return blocks

    # -- notes -----------------------------------------------------------------------------------

    def _annotated(self, document: Document, target: int, actual: int, by_time: bool) -> Document:
        notes = [
            *document.notes,
            *unused_facts(self.brief, document),
            *_span_notes(document),
        ]
        off = (actual - target) / target
        if abs(off) > TOLERANCE:
            notes.insert(0, self._length_note(target, actual, off, by_time))
        return replace(document, notes=tuple(notes))

    def _length_note(self, target: int, actual: int, off: float, by_time: bool) -> Note:
        unit = "字（按读出来算）" if by_time else "字"
        said = f"要求约 {target} {unit}，实际 {actual} 字，{'多' if off > 0 else '少'} {abs(off):.0%}。"
        if off > 0:
            asked = "篇幅" if self.brief.characters else "时长"
            return Note("length", said + f"必要的内容已经这么长：请删减素材单的条目，或放宽{asked}。")
        unused = sorted(self._unused(), key=lambda m: m.schema.get("type") != "array")  # lists bring the most
        wanted = list(dict.fromkeys(m.schema.get("title") or m.slot for m in unused))
        hint = f"可补充的要素：{'、'.join(wanted[:8])}。" if wanted else "可在“业务”里增加内容。"
        return Note("length", said + "已有的事实只够写这么长，没有注水。" + hint)

    def _unused(self) -> list[Missing]:
        self.render_all(offered=True)
        return [m for m in self.facts.missing if not m.required and m.pattern.function not in ("front", "heading")]


def _length(document: Document, count: Any) -> int:
    return sum(count(p.text) for p in paragraphs(document) if p.role not in FRONT_MATTER)


def _flat(text: str) -> str:
    return text.replace("\n", "")


def _span_notes(document: Document) -> list[Note]:
    """The gaps, then what the reader of the 核稿 copy has to confirm: doubtful facts, claims in a topic's words."""
    gaps: list[Note] = []
    notes: dict[tuple[str, str], Note] = {}
    for index, block in enumerate(document.blocks):
        for span in (*block.head, *block.spans):
            origin = span.origin
            if origin.kind is OriginKind.MISSING:
                gaps.append(Note("gap", f"{span.text.removeprefix('【待补：').rstrip('】')}（{origin.ref}）", index))
            if not origin.note:
                continue
            if "未核实" in origin.note:
                fact = origin.ref.rpartition(".")[0]
                notes.setdefault(("unverified", fact), Note("unverified", f"未核实：{fact}", index))
            if origin.kind is OriginKind.TOPIC and ("claim", origin.ref) not in notes:
                aspect = origin.ref.rpartition("/")[2]
                if aspect in _CLAIMS:
                    message = f"{aspect}用的是业务素材“{origin.note}”的通行说法，请确认符合实际"
                    notes["claim", origin.ref] = Note("claim", message, index)
    return [*gaps, *notes.values()]

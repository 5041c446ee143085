"""Occasion + brief → the list of sections, each with its heading, recipes, facts and share of the length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.errors import BriefError, LibraryError, Problem

if TYPE_CHECKING:
    from drafter.brief import Brief
    from drafter.library import Function, Library, Occasion, Pattern

__all__ = ["Plan", "Recipe", "Section", "make_plan", "problem_at"]

BriefPath = tuple[str | int, ...]
_NO_HEADING = "无"
_GENERAL = "drafter.general"  # the defaults of every function


class Recipe(NamedTuple):
    """One pattern in a paragraph, or alternatives (`甲 | 乙`): the first whose facts are there, else the last.

    row       patterns of one row flow into one paragraph
    optional  it is used only where its facts are given (`名称?`)
    """

    patterns: tuple[Pattern, ...]
    row: int
    optional: bool = False


class Section(NamedTuple):
    """One section of the plan. `path` is its place in the brief, () where the occasion brought it.

    facts     要素 of the section in the brief
    defaults  要素 that the occasion brings for it, in its own words
    """

    function: Function
    path: BriefPath
    heading: Pattern | str | None
    recipes: tuple[Recipe, ...]
    facts: Mapping[str, Any]
    defaults: Mapping[str, Any]
    topics: Sequence[Any] | None
    paragraphs: tuple[str, ...]
    wording: str | Mapping[str, str]
    share: float


class Plan(NamedTuple):
    """What will be written, in order."""

    occasion: Occasion
    sections: tuple[Section, ...]

    def points(self) -> int:
        """How many first-level headings there are: the N of 讲N点意见."""
        return sum(section.heading is not None for section in self.sections)


def make_plan(brief: Brief, library: Library) -> Plan:
    """Raises BriefError where the brief names an occasion, function, pattern or topic that is not there."""
    problems: list[Problem] = []
    occasion = _named(problems, brief, ("场合",), library.occasion, brief.data["场合"])
    if occasion is None:
        raise BriefError(*problems)
    general = library.occasion(_GENERAL).sections
    defaults = {
        library.function(spec["功能"]).code: spec for spec in (*reversed(general), *reversed(occasion.sections))
    }
    sections: list[Section] = []
    given = brief.data.get("板块")
    for index, spec in enumerate(given or occasion.sections):
        path: BriefPath = ("板块", index) if given else ()
        function = _named(problems, brief, (*path, "功能"), library.function, spec["功能"])
        if function:
            base = defaults.get(function.code, {}) if given else {}
            if any(section.function is function for section in sections):
                base = {key: value for key, value in base.items() if key != "标题"}
            whole = {**_inherited(base, spec), **spec} if given else {**spec, "默认": spec.get("要素"), "要素": None}
            sections.append(_section(problems, brief, library, function, whole, path))
    if problems:
        raise BriefError(*problems)
    return Plan(occasion, tuple(sections))


def _inherited(base: Mapping[str, Any], spec: Mapping[str, Any]) -> dict[str, Any]:
    """What a section of the brief takes from the occasion's section of the same function."""
    keys = ["比重", "标题"] + ([] if "正文" in spec else ["句式"]) + ([] if "句式" in spec else ["措辞"])
    return {"默认": base.get("要素"), **{key: base[key] for key in keys if key in base}}


def _section(
    problems: list[Problem],
    brief: Brief,
    library: Library,
    function: Function,
    spec: Mapping[str, Any],
    path: BriefPath,
) -> Section:
    recipes: list[Recipe] = []
    waits = not path and not spec.get("必需", True)
    for row, entry in enumerate(spec.get("句式", ())):
        for column, name in enumerate(entry if isinstance(entry, list) else [entry]):
            place = (*path, "句式", row, column) if isinstance(entry, list) else (*path, "句式", row)
            names = [each.strip().rstrip("?？").strip() for each in name.split("|")]
            patterns = [_named(problems, brief, place, library.pattern, each) for each in names]
            if all(patterns):
                recipes.append(Recipe(tuple(patterns), row, optional=waits or name.rstrip()[-1] in "?？"))
    name = "" if spec.get("标题") == _NO_HEADING else spec.get("标题")
    return Section(
        function=function,
        path=path,
        heading=_named(problems, brief, (*path, "标题"), lambda name: _heading(library, name), name) if name else None,
        recipes=tuple(recipes),
        facts=spec.get("要素") or {},
        defaults=spec.get("默认") or {},
        topics=spec.get("业务"),
        paragraphs=tuple(spec.get("正文") or ()),
        wording=spec.get("措辞", ""),
        share=float(spec.get("比重", 0)),
    )


def _heading(library: Library, name: str | None) -> Pattern | str | None:
    """A heading is a pattern of kind `heading`, by id, code or title, else the text itself."""
    if not name:
        return None
    pattern = library.pattern(name) if name.isascii() else library.find_pattern(name)
    return pattern if pattern and pattern.function == "heading" else name


def _named(problems: list[Problem], brief: Brief, path: BriefPath, find: Any, name: str) -> Any:
    """What `find` calls `name`; where there is no such thing, a problem at that place of the brief."""
    try:
        return find(name)
    except LibraryError as error:
        problems.append(problem_at(brief, path, error))
        return None


def problem_at(brief: Brief, path: BriefPath, error: LibraryError) -> Problem:
    """What the library said to a name of the brief, at the place of that name."""
    first = error.problems[0]
    return Problem(first.code, first.message, brief.place(path), first.hint)

"""Rules as data: one YAML file for each group in `rules/`, and the functions that some of them name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from drafter.check.finding import FixKind, Hit, Level
from drafter.check.stored import stored

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["Example", "Group", "Rule", "Rulebook", "rulebook"]

Finder = Callable[["Text", "Settings"], Iterator[Hit]]

RULES = Path(__file__).parent / "rules"


class Example(NamedTuple):
    """A wrong text; `right` is the same put right (what the fix gives, where there is one), "" for none.

    date, profile   the settings under which it is wrong
    """

    wrong: str
    right: str = ""
    date: str = ""
    profile: str = "公文"


_REQUIRED = frozenset(("id", "level", "what", "why", "source"))


class Rule:
    """One check. `find`, `table` or both, or else `function` says how it works.

    id         letter of the group and three digits; never reused
    what       the message; {原} is what stands there, {改} what should
    why        the reason, in a sentence or two
    source     standard and clause, or law, or dictionary
    force      硬性 (the source says must) · 通行 (it says usually) · 惯例 (practice, no clause)
    blind      what this rule cannot see
    examples   its tests: each wrong one is found, each right one is silent
    clean      further texts in which it is silent
    find       regular expression, matched line by line (^ and $ are the ends of a line)
    near       literals of which each match has at least one in its line, and a text at least one for a function to
               be asked; () searches the whole text
    reach      how many characters before a literal a match may begin, and after it end with what it looks ahead at;
               0: anywhere in the line
    unless     regular expression; a match that touches one of its matches in the line is none
    skip       kinds of places in which it is silent: 引文 (quotations), 书名 (document titles)
    replace    what a match becomes, with \\g<0> and groups
    table      name of a .tsv in `rules/`: wrong, right, fix (safe | suggested), unless
    function   module.name under drafter.check: (Text, Settings) → hits
    yields     ids of rules that say the same better: where one of them finds something, this one is silent
    lexicon    name of a .tsv in `rules/` with a column `literals` (parted by |) that the function looks for
    profiles   in which profiles it is applied
    needs      docx for a rule of the page, which `check_format` applies to a Manuscript; its examples are .docx files
               that its tests make
    """

    id: str
    level: Level
    what: str
    why: str
    source: str
    force: str = "硬性"
    blind: str = ""
    examples: tuple[Example, ...] = ()
    clean: tuple[str, ...] = ()
    find: str = ""
    near: tuple[str, ...] = ()
    reach: int = 0
    unless: str = ""
    skip: tuple[str, ...] = ()
    replace: str | None = None
    fix: FixKind = FixKind.NONE
    table: str = ""
    function: str = ""
    lexicon: str = ""
    yields: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ("公文", "新闻", "网页")
    needs: str = ""

    def __init__(self, **given: Any) -> None:
        # a dataclass of so many fields takes longer to make than a short text to check
        if not _REQUIRED <= given.keys() <= Rule.__annotations__.keys():
            raise TypeError(f"fields of a rule: {', '.join(Rule.__annotations__)}; given: {', '.join(given)}")
        vars(self).update(given)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.find, re.MULTILINE)

    @cached_property
    def exception(self) -> re.Pattern[str] | None:
        return re.compile(self.unless) if self.unless else None

    @cached_property
    def finder(self) -> Finder:
        """The function that the rule names."""
        module, _, name = self.function.partition(".")
        found: Finder = getattr(import_module(f"drafter.check.{module}"), name)
        return found

    @property
    def literals(self) -> Iterator[str]:
        """What is looked for before anything else."""
        yield from self.near
        if self.table:
            yield from (wrong for wrong, _ in self.rows)
        if self.lexicon:
            rows = [row.split("\t") for row in (RULES / self.lexicon).read_text(encoding="utf-8").splitlines()]
            head = next(n for n, row in enumerate(rows) if "literals" in row)
            column = rows[head].index("literals")
            yield from (literal for row in rows[head + 1 :] for literal in row[column].split("|") if literal)

    @cached_property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The rows of the table: what is wrong, and the whole row, of which most are never read."""
        rows = (RULES / self.table).read_text(encoding="utf-8").splitlines()
        return tuple((row[: row.index("\t")], row) for row in rows[1:] if row)

    @property
    def entries(self) -> Iterator[Entry]:
        return (Entry.of(row) for _, row in self.rows)


class Entry(NamedTuple):
    """A row of a table: a wrong wording, the right one, how safe the change is, and where the wrong one is right."""

    wrong: str
    right: str
    fix: str
    unless: str

    @classmethod
    def of(cls, row: str) -> Entry:
        return cls(*[*row.split("\t"), "", "", ""][:4])

    @property
    def exception(self) -> re.Pattern[str] | None:
        return re.compile(self.unless) if self.unless else None


class Group(NamedTuple):
    """A letter, its Chinese name, and its rules in the order of their ids."""

    letter: str
    title: str
    rules: tuple[Rule, ...]


class Rulebook(NamedTuple):
    groups: tuple[Group, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for group in self.groups for rule in group.rules)

    def rule(self, code: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == code), None)


@cache
def rulebook() -> Rulebook:
    """The rules that come with drafter."""
    return Rulebook(tuple(map(_group, _data())))


def _data() -> list[dict[str, Any]]:
    """The groups as plain data, from the cache where their files are the same: YAML is slow to read."""
    paths = sorted(RULES.glob("*.yaml"))
    return cast("list[dict[str, Any]]", stored("rules", paths, lambda: list(map(_read, paths))))


def _read(path: Path) -> dict[str, Any]:
    import yaml

    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (a safe loader)
    return data


def _group(data: dict[str, Any]) -> Group:
    common = data.get("defaults", {})
    return Group(data["group"], data["title"], tuple(_rule({**common, **entry}) for entry in data["rules"]))


def _rule(entry: dict[str, Any]) -> Rule:
    texts: dict[str, Any] = {
        key: tuple(entry.pop(key)) for key in ("clean", "near", "skip", "yields", "profiles") if key in entry
    }
    return Rule(
        level=Level(entry.pop("level")),
        fix=FixKind(entry.pop("fix", "none")),
        examples=tuple(Example(**example) for example in entry.pop("examples", ())),
        **texts,
        **entry,
    )

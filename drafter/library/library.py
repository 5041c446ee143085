"""The library: every pattern, topic and occasion of the packs found, and their rendering."""

from __future__ import annotations

import marshal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from drafter.document import System
from drafter.errors import LibraryError, Place, Problem
from drafter.library.discovery import find_packs
from drafter.library.files import Files, open_files
from drafter.library.folders import cache_folder
from drafter.library.functions import FUNCTIONS, Function
from drafter.library.index import contents_of
from drafter.library.model import (
    JsonSchema,
    Occasion,
    Pack,
    PackOrigin,
    Pattern,
    Topic,
    Variant,
    Wording,
)
from drafter.library.names import near
from drafter.library.slots import Types, fill, shared_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from drafter.library.sandbox import Sandbox

__all__ = ["Library"]

T = TypeVar("T")
Record = dict[str, Any]


class Library:
    """Patterns, topics and occasions by id, code, title or alias, those of packs found first before others.

    Make one with `Library.load`. `problems` is empty unless it was loaded with `strict=False`.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.packs: tuple[Pack, ...] = ()
        self._files: dict[str, Files] = {}
        self._sources: dict[str, dict[str, str]] = {}
        self._sandboxes: dict[str, Sandbox] = {}
        self._patterns = _Shelf("句式", _pattern, ("code", "title"))
        self._topics = _Shelf("业务素材", _topic, ("title", "noun", "aliases"))
        self._occasions = _Shelf("场合", _occasion, ("title", "aliases"))
        self._functions = {name: f for f in FUNCTIONS for name in (f.code, f.title)}

    @classmethod
    def load(cls, packs: Sequence[Path] = (), project: Path | None = None, *, strict: bool = True) -> Library:
        """The library of `packs` (folders or zips), the project folder, the user, installed packages and the built-in.

        Raises LibraryError with all problems of all packs (E301–E319, E345); with `strict=False` what can be
        read is kept and the problems stand in `.problems`.
        """
        library = cls()
        for found in find_packs(packs, project):
            try:
                files = open_files(found.root, trusted=found.origin in (PackOrigin.INSTALLED, PackOrigin.BUILTIN))
                contents, problems = contents_of(files)
            except LibraryError as error:
                library.problems.extend(error.problems)
                continue
            library.problems.extend(problems)
            if contents["manifest"].get("id"):
                library._add(contents, files, found.origin)
        if strict and library.problems:
            raise LibraryError(*library.problems)
        return library

    # -- what is there -----------------------------------------------------------------------

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        return self._patterns.all()

    @property
    def topics(self) -> tuple[Topic, ...]:
        return self._topics.all()

    @property
    def occasions(self) -> tuple[Occasion, ...]:
        return self._occasions.all()

    @property
    def functions(self) -> tuple[Function, ...]:
        return FUNCTIONS

    def pattern(self, name: str) -> Pattern:
        """By id, code (P06) or title. Raises LibraryError (E305) with a near name as hint; so do its siblings."""
        return self._patterns.get(name)

    def find_pattern(self, name: str) -> Pattern | None:
        """The same, None where there is none: what is near would take longer to tell."""
        return self._patterns.find(name)

    def topic(self, name: str) -> Topic:
        return self._topics.get(name)

    def occasion(self, name: str) -> Occasion:
        return self._occasions.get(name)

    def function(self, name: str) -> Function:
        """By code or title."""
        function = self._functions.get(name.strip()) or self._functions.get(name.strip().lower().replace("_", "-"))
        if function is None:
            raise _unknown("功能", name, self._functions)
        return function

    def pack(self, name: str) -> Pack:
        """By id."""
        for pack in self.packs:
            if pack.id == name:
                return pack
        raise _unknown("模板包", name, [pack.id for pack in self.packs])

    def summaries(self, kind: str = "pattern") -> list[dict[str, str]]:
        """id, code, title, function, pack and origin of each entry (kind: pattern, topic, occasion), as plain text."""
        shelves: dict[str, _Shelf[Any]] = {
            "pattern": self._patterns,
            "topic": self._topics,
            "occasion": self._occasions,
        }
        keys = ("id", "code", "title", "function", "pack", "origin")
        return [{key: str(record[key]) for key in keys if key in record} for record in shelves[kind].records.values()]

    @cached_property
    def defs(self) -> dict[str, JsonSchema]:
        """The shared slot types (条目 数据 引用 …) that `$ref: "#/$defs/…"` in slots points to."""
        return shared_types()

    @cached_property
    def _types(self) -> Types:
        return Types(self.defs)

    def digest(self) -> bytes:
        """The SHA-256 of every template, topic and occasion; the same wherever their packs lie."""
        from hashlib import sha256

        made = sha256()
        for pack in self.packs:
            made.update(marshal.dumps((pack.id, pack.version, sorted(self._sources[pack.id].items())), 2))
        for shelf in (self._patterns, self._topics, self._occasions):
            for record in shelf.records.values():
                made.update(marshal.dumps({key: value for key, value in record.items() if key != "origin"}, 2))
        return made.digest()

    def slots(self) -> dict[str, JsonSchema]:
        """The slots of all patterns, name → schema; where packs shape one name differently, any of the shapes."""
        shapes: dict[str, list[JsonSchema]] = {}
        for record in self._patterns.records.values():
            for name, schema in record["slots"].items():
                known = shapes.setdefault(name, [])
                if all(_shape(schema) != _shape(other) for other in known):
                    known.append(schema)
        return {name: known[0] if len(known) == 1 else {"anyOf": known} for name, known in shapes.items()}

    # -- rendering ---------------------------------------------------------------------------

    def render(self, pattern: Pattern | str, context: Mapping[str, Any]) -> str:
        """The text of a pattern: one paragraph a line, in the mini-markup, without blank lines.

        Slots that may be absent and are, and fields of shared types that are, become empty values. Raises
        LibraryError: E305 unknown pattern, E330–E336 what is wrong with the template or its context.
        """
        if isinstance(pattern, str):
            pattern = self.pattern(pattern)
        return self.sandbox(pattern.pack).text(pattern.file, self.context(pattern, context))

    def context(self, pattern: Pattern, facts: Mapping[str, Any]) -> dict[str, Any]:
        """What `render` gives to the template: the facts, made complete with empty values. For other engines."""
        return fill(pattern, facts, self._types)

    def sources(self, pack: str) -> Mapping[str, str]:
        """The templates of a pack, path inside the pack → text, with the parts they include. For other engines."""
        return self._sources[self.pack(pack).id]

    def sandbox(self, pack: str) -> Sandbox:
        """The locked environment of a pack, made when first asked for."""
        if pack not in self._sandboxes:
            from drafter.library.sandbox import Sandbox  # jinja2 is half the start-up time

            place = self._files[pack].place
            self._sandboxes[pack] = Sandbox(self._sources[pack], lambda name: f"{place}/{name}", _writable_cache())
        return self._sandboxes[pack]

    def place(self, entry: Pattern | Topic | Occasion, line: int = 0) -> Place:
        """Where an entry comes from."""
        return Place(f"{self._files[entry.pack].place}/{entry.file}", line)

    def text(self, entry: Pattern | Topic | Occasion) -> str:
        """The whole file that an entry stands in."""
        return self._files[entry.pack].read(entry.file).decode("utf-8-sig").replace("\r\n", "\n")

    # -- loading -------------------------------------------------------------------------------

    def _add(self, contents: Record, files: Files, origin: PackOrigin) -> None:
        manifest = contents["manifest"]
        pack = Pack(**{**manifest, "authors": tuple(manifest["authors"])}, origin=origin, place=files.place)
        if pack.id in self._files:
            other = self._files[pack.id].place
            hint = "给其中一个换个 id；只想改几个句式的，另起一个模板包，在句式里写 override: true"
            self.problems.append(Problem("E304", f"两个模板包同名：{pack.id}（{other}）", Place(files.place), hint))
            return
        self.packs += (pack,)
        self._files[pack.id] = files
        self._sources[pack.id] = contents["sources"]
        for shelf, records in (
            (self._patterns, contents["patterns"]),
            (self._topics, contents["topics"]),
            (self._occasions, contents["occasions"]),
        ):
            for record in records:
                clash = shelf.add({**record, "pack": pack.id, "origin": origin})
                if clash:
                    self._clash(record, clash, files)

    def _clash(self, record: Record, clash: Record, files: Files) -> None:
        place = Place(f"{files.place}/{record['file']}")
        other = f"{self._files[clash['pack']].place}/{clash['file']}"
        if clash["id"] == record["id"]:
            problem = Problem(
                "E316", f"id 重复：{record['id']}（{other}）", place, "换一个 id，或在句式里写 override: true"
            )
        else:
            problem = Problem("E306", f"名字重复：{record['id']} 与 {clash['id']}（{other}）", place, "换一个名字")
        self.problems.append(problem)


class _Shelf(Generic[T]):
    """Records of one kind by id and name; objects are made when asked for."""

    def __init__(self, kind: str, make: Callable[[Record], T], names: tuple[str, ...]) -> None:
        self.kind, self._make, self._name_keys = kind, make, names
        self.records: dict[str, Record] = {}
        self._ids: dict[str, str] = {}
        self._made: dict[str, T] = {}

    def add(self, record: Record) -> Record | None:
        """Put a record on the shelf; the record it clashes with, if any. Packs come in order of precedence."""
        present = self.records.get(record["id"])
        if present:
            return None if present["override"] and present["pack"] != record["pack"] else present
        self.records[record["id"]] = record
        clash = None
        for key in self._name_keys:
            value = record[key]
            for name in (value,) if isinstance(value, str) else value:
                other = self.records[self._ids.setdefault(_folded(name), record["id"])] if name else record
                if other is not record and other["pack"] == record["pack"]:
                    clash = other
        return clash

    def find(self, name: str) -> T | None:
        wanted = name.strip()
        found = wanted if wanted in self.records else self._ids.get(_folded(wanted), "")
        if found and found not in self._made:
            self._made[found] = self._make(self.records[found])
        return self._made[found] if found else None

    def get(self, name: str) -> T:
        found = self.find(name)
        if found is None:
            names = [name for record in self.records.values() for name in (record["title"], record["id"])]
            raise _unknown(self.kind, name, [*names, *self._ids])
        return found

    def all(self) -> tuple[T, ...]:
        return tuple(map(self.get, self.records))


def _shape(schema: JsonSchema) -> object:
    """A schema without its words for people."""
    if isinstance(schema, dict):
        about = ("title", "description", "examples", "minItems", "maxItems")
        return {key: _shape(value) for key, value in schema.items() if key not in about}
    return schema


def _folded(name: str) -> str:
    return name.strip().casefold()


def _unknown(kind: str, name: str, known: Iterable[str]) -> LibraryError:
    hint = near(name, known) or "用 drafter library list 看有哪些"
    return LibraryError(Problem("E305", f"没有{kind}「{name}」", None, hint))


def _writable_cache() -> Path | None:
    folder = cache_folder()
    try:
        if folder:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder


def _pattern(record: Record) -> Pattern:
    values = {key: value for key, value in record.items() if key != "override"}
    values.update(
        list=System(record["list"]),
        required=tuple(record["required"]),
        serves=tuple(record["serves"]),
        variants=tuple(Variant(*variant) for variant in record["variants"]),
        examples=tuple(record["examples"]),
    )
    return Pattern(**values)


def _topic(record: Record) -> Topic:
    values = {key: value for key, value in record.items() if key != "override"}
    values["aspects"] = {
        aspect: tuple(Wording(*wording) for wording in wordings) for aspect, wordings in record["aspects"].items()
    }
    return Topic(**values)


def _occasion(record: Record) -> Occasion:
    values = {key: value for key, value in record.items() if key != "override"}
    return Occasion(**{**values, "sections": tuple(record["sections"])})

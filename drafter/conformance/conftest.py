"""The pack under test, and one test for each of its entries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from drafter.library import Library, Occasion, Pack, PackOrigin, Pattern, Topic, check

if TYPE_CHECKING:
    from drafter.errors import Problem

__all__ = ["Tested"]

_KEY = pytest.StashKey["Tested"]()


class Tested(NamedTuple):
    """The library with the pack under test in front, None for the pack where it cannot be read at all."""

    library: Library
    pack: Pack | None
    problems: list[Problem]

    @property
    def entries(self) -> list[Pattern | Topic | Occasion]:
        library = self.library
        everything: list[Pattern | Topic | Occasion] = [*library.patterns, *library.topics, *library.occasions]
        return [entry for entry in everything if self.pack and entry.pack == self.pack.id]

    def of(self, entry: Pattern | Topic | Occasion) -> list[Problem]:
        file = self.library.place(entry).file
        return [problem for problem in self.problems if problem.place and problem.place.file == file]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """An `entry` for each pattern, topic and occasion of the pack, a `pattern` for each pattern."""
    tested = _tested(metafunc.config)
    for name, kind in (("entry", (Pattern, Topic, Occasion)), ("pattern", (Pattern,))):
        if name in metafunc.fixturenames:
            chosen = [entry for entry in tested.entries if isinstance(entry, kind)]
            metafunc.parametrize(name, chosen, ids=[entry.id for entry in chosen])


@pytest.fixture(scope="session")
def tested(request: pytest.FixtureRequest) -> Tested:
    return _tested(request.config)


def _tested(config: pytest.Config) -> Tested:
    if _KEY not in config.stash:
        given = Path(config.getoption("--pack")).expanduser()
        config.stash[_KEY] = _load(config.invocation_params.dir / given)
    return config.stash[_KEY]


def _load(root: Path) -> Tested:
    library = Library.load([root], strict=False)
    pack = next((pack for pack in library.packs if pack.origin is PackOrigin.GIVEN), None)
    return Tested(library, pack, check(library, pack.id) if pack else library.problems)

"""What every entry of a pack must keep to. The rules are those of `drafter library check`, one test for each entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest

from drafter.chinese.console import snippet
from drafter.library.plain import tidy

if TYPE_CHECKING:
    from drafter.conformance.conftest import Tested
    from drafter.errors import Problem
    from drafter.library import Occasion, Pattern, Topic


def test_the_pack_can_be_read(tested: Tested) -> None:
    """pack.yaml, files that are no entries, and files so wrong that they became none."""
    elsewhere = {problem for entry in tested.entries for problem in tested.of(entry)}
    _none(problem for problem in tested.problems if problem not in elsewhere)


def test_an_entry_conforms(tested: Tested, entry: Pattern | Topic | Occasion) -> None:
    """Declared slots, true examples, nothing invented, every 措辞 × 语气 × 听众 reads well."""
    _none(tested.of(entry))


def test_an_example_reads_the_same_in_minijinja(tested: Tested, pattern: Pattern) -> None:
    """The template as it stands, in an engine that shares no code with ours."""
    minijinja: Any = pytest.importorskip("minijinja", reason="没有安装 minijinja，不比较")
    library = tested.library
    environment = minijinja.Environment(loader=library.sources(pattern.pack).get)
    for example in pattern.examples:
        ours = library.render(pattern, example["in"])
        context = library.context(pattern, example["in"])
        theirs = tidy(environment.render_template(pattern.file, **context))
        if theirs != ours:
            pytest.fail(f"{library.place(pattern)}：这里写出「{ours}」，minijinja 写出「{theirs}」", pytrace=False)


def _none(problems: Iterable[Problem]) -> None:
    if told := "\n".join(map(snippet, problems)):
        pytest.fail(told, pytrace=False)

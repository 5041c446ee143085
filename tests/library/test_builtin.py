"""Every example of the built-in pack: true here, and the same text in another engine."""

from __future__ import annotations

import minijinja
import pytest

from drafter.library import Library, check
from drafter.library.plain import tidy

LIBRARY = Library.load()
TWO_SHAPES = ("「目的」", "「要求」")  # a list in one pattern, a text in others: one of them needs another name
EXAMPLES = [
    pytest.param(pattern, example, id=f"{pattern.id} {number}")
    for pattern in LIBRARY.patterns
    for number, example in enumerate(pattern.examples, 1)
]


@pytest.fixture(scope="module")
def elsewhere():
    """minijinja with its default settings, given the files as they are."""
    root = LIBRARY.packs[-1].place

    def load(name):
        with open(f"{root}/{name}", encoding="utf-8") as file:  # noqa: PTH123 (a loader, as another tool writes it)
            return file.read()

    return minijinja.Environment(loader=load)


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES)
def test_an_example_is_true_here_and_elsewhere(elsewhere, pattern, example):
    text = LIBRARY.render(pattern, example["in"])
    assert text == tidy(example["out"])
    assert tidy(elsewhere.render_template(pattern.file, **LIBRARY.context(pattern, example["in"]))) == text


def test_the_builtin_pack_conforms():
    problems = check(LIBRARY, "drafter")
    assert [p for p in problems if not (p.code == "E346" and any(slot in p.message for slot in TWO_SHAPES))] == []

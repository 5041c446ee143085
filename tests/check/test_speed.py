"""What keeps checks quick: shared sieves that find the same as the plain way."""

from __future__ import annotations

from operator import add

import pytest

from drafter.check import Text


@pytest.mark.parametrize("more", ["", "😀", "\ud83d", "\ud800\udc00", "\ufeff"], ids=ascii)
@pytest.mark.parametrize("size", [0, 1, 2, 3, 4000, 4001])
def test_the_pairs_of_a_long_text_are_its_neighbours(more: str, size: int) -> None:
    string = ("工会的一abc０，。" + more) * size
    text = Text([string])
    assert text.pairs == frozenset(map(add, string, string[1:]))
    assert text.characters == frozenset(string)

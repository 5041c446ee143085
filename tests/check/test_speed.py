"""What keeps checks quick: shared sieves that find the same as the plain way."""

from __future__ import annotations

from operator import add
from time import process_time

import pytest

from drafter.check import Text, check


@pytest.mark.parametrize("more", ["", "😀", "\ud83d", "\ud800\udc00", "\ufeff"], ids=ascii)
@pytest.mark.parametrize("size", [0, 1, 2, 3, 4000, 4001])
def test_the_pairs_of_a_long_text_are_its_neighbours(more: str, size: int) -> None:
    string = ("工会的一abc０，。" + more) * size
    text = Text([string])
    assert text.pairs == frozenset(map(add, string, string[1:]))
    assert text.characters == frozenset(string)


UNITS = (
    "工", "，", "“", "《", "（", "1.", " ", "\n", "3", "年", "<", "a ", "一是", "一、标题\n", "（一）标题。\n",
    "工会3家，", "“四送”（", "第一，", "3万", "的的", "`a` ", "会员3.2万人。", "由2家增长到3家，", "占3%、",
    "《工会法》第3条", "问题：\n一是\n", "以下三项：", "讲三点意见",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_four_times_the_text_takes_no_more_than_some_four_times_the_time(unit: str) -> None:
    """Texts of one line, of lines only, of one mark: what is quadratic takes sixteen times as long."""
    short, long = (_seconds(unit * (size // len(unit))) for size in (6_000, 24_000))
    assert long < 0.1 or long < 10 * short


def _seconds(string: str) -> float:
    check(Text.of(string[:100], kind="md"))
    start = process_time()
    check(Text.of(string, kind="md"))
    return process_time() - start

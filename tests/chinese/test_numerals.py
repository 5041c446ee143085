"""Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.numerals import MAX_NUMERAL, numeral, parse_numeral, year_numeral


@given(st.integers(1, MAX_NUMERAL))
def test_a_numeral_reads_back(number: int) -> None:
    assert parse_numeral(numeral(number)) == number


@pytest.mark.parametrize("number", [*range(1, 101), *range(100, MAX_NUMERAL, 100), MAX_NUMERAL])
def test_round_numbers_read_back(number: int) -> None:
    assert parse_numeral(numeral(number)) == number


def test_numerals_are_all_different() -> None:
    assert len({numeral(n) for n in range(1, MAX_NUMERAL + 1)}) == MAX_NUMERAL


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (1050, "一千零五十"),
        (9999, "九千九百九十九"),
    ],
)
def test_numeral(number: int, text: str) -> None:
    assert numeral(number) == text


@pytest.mark.parametrize("number", [-1, 0, MAX_NUMERAL + 1])
def test_no_numeral_outside_the_range(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        numeral(number)


@pytest.mark.parametrize("text", ["", "零", "〇", "一十", "十十", "二百五", "百", "一二", "两", "甲", "一百〇一", "1"])
def test_what_is_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


@given(st.text(alphabet="零一二三十百千", max_size=8))
def test_only_what_numeral_writes_is_read(text: str) -> None:
    number = parse_numeral(text)
    assert number is None or numeral(number) == text


@pytest.mark.parametrize(("year", "text"), [(2024, "二〇二四"), (1999, "一九九九"), (2000, "二〇〇〇")])
def test_year(year: int, text: str) -> None:
    assert year_numeral(year) == text

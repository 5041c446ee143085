"""Cells as their reader sees them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.batch.cells import address, day, format_number, from_value


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.085, "0.0%", "8.5%"),
        (0.085, "0.00%", "8.50%"),
        (0.5, "0%", "50%"),
        (0.085, "0.##%", "8.5%"),
        (7, "000", "007"),
        (1234, "00000", "01234"),
        (40000, "#,##0", "40,000"),
        (40000.5, "#,##0.00", "40,000.50"),
        (1.1, "0.00", "1.10"),
        (312, "General", "312"),
        (312.0, "General", "312"),
        (8.5, "General", "8.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (0.00001, "General", "0.00001"),
        (35, '0"万元"', "35"),
        (-3, "0;[Red]-0", "-3"),
        (1234.5, "_-* #,##0.0_-;-* #,##0.0_-", "1,234.5"),
        (1234, "0.00E+00", "1234"),
        (12345678, "0,", "12345678"),
        (0, "#,##0", "0"),
        (2.5, "0", "3"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(value: float, number_format: str, shown: str) -> None:
    assert format_number(value, number_format) == shown


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4))
def test_fixed_decimals_round_as_people_do(number: Decimal, places: int) -> None:
    pattern = "0" + ("." + "0" * places if places else "")
    shown = format_number(float(number), pattern)
    assert abs(Decimal(shown) - number) <= Decimal(5).scaleb(-places - 1)
    assert len(shown.partition(".")[2]) == places


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_keeps_its_digits(number: int) -> None:
    assert format_number(number, "General") == format_number(float(number), "General") == str(number)
    assert format_number(number, "#,##0") == f"{number:,}"


@pytest.mark.parametrize(
    ("value", "number_format", "shown", "iso"),
    [
        (datetime.datetime(2025, 3, 5), "yyyy-mm-dd", "2025-03-05", "2025-03-05"),
        (datetime.datetime(2025, 3, 5), "mm-dd-yy", "2025-03-05", "2025-03-05"),
        (datetime.datetime(2025, 3, 5), 'yyyy"年"m"月"d"日"', "2025年3月5日", "2025-03-05"),
        (datetime.datetime(2025, 3, 1), 'yyyy"年"m"月"', "2025年3月", ""),
        (datetime.datetime(2025, 1, 1), 'yyyy"年"', "2025年", ""),
        (datetime.datetime(2025, 3, 5, 9, 30), "yyyy-mm-dd hh:mm", "2025-03-05 09:30", ""),
        (datetime.time(9, 5), "hh:mm", "09:05", ""),
        (datetime.timedelta(hours=26), "[h]:mm", "26:00", ""),
    ],
)
def test_a_day_is_a_day_and_a_month_stays_a_month(value: object, number_format: str, shown: str, iso: str) -> None:
    cell = from_value(value, number_format)
    assert cell is not None
    assert (cell.text, cell.iso) == (shown, iso)


@pytest.mark.parametrize("text", ["2025/3/5", "2025.3.5", "2025-3-5", "2025年3月5日", "2025-03-05"])
def test_days_in_texts(text: str) -> None:
    assert day(text) == "2025-03-05"


def test_other_texts_are_no_days() -> None:
    assert day("2025/3-5") == "2025/3-5"
    assert day("三月五日") == "三月五日"


def test_addresses() -> None:
    assert [address(column, 12) for column in (0, 25, 26, 701, 702)] == ["A12", "Z12", "AA12", "ZZ12", "AAA12"]
    assert from_value("  ") is None
    assert from_value(None) is None

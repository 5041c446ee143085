"""Printed and spoken length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.length import DEFAULT_RATE, RATES, characters, minutes, read_out, spoken
from drafter.chinese.numerals import numeral


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), (" \t\n\u3000", 0), ("同志们：", 4), ("同志们，\n大家 好！", 8), ("2024年", 5), ("GB/T 9704", 8)],
)
def test_characters(text: str, count: int) -> None:
    assert characters(text) == count


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("95.3%", "百分之九十五点三"),
        ("95.3％", "百分之九十五点三"),
        ("8‰", "千分之八"),
        ("30%—40%", "百分之三十至百分之四十"),
        ("2024年", "二〇二四年"),
        ("2021—2025年", "二〇二一至二〇二五年"),
        ("〔2024〕5号", "〔二〇二四〕五号"),
        ("2024-03-05", "二〇二四年三月五日"),
        ("2024/3/5", "二〇二四年三月五日"),
        ("312户", "三百一十二户"),
        ("1,200户", "一千二百户"),
        ("40,000名", "四万名"),
        ("1,234,567", "一百二十三万四千五百六十七"),
        ("8.9:39.7", "八点九比三十九点七"),
        ("3:1", "三比一"),
        ("10:30", "十点三十分"),
        ("9:05", "九点零五分"),
        ("9:00—11:30", "九点至十一点三十分"),
        ("1/3", "三分之一"),
        ("3~5天", "三至五天"),
        ("1.10", "一点一零"),
        ("199.7万元", "一百九十九点七万元"),
        ("0", "零"),
        ("010", "零一零"),
        ("第1,2,3组", "第一,二,三组"),
        ("10010", "一万零一十"),
        ("203000", "二十万三千"),
        ("100000500", "一亿零五百"),
        ("1234500000000", "一万二千三百四十五亿"),
        ("1000000000005", "一万亿零五"),
        ("10000000000000001", "一" + "零" * 15 + "一"),
        ("统一——一百", "统一——一百"),
    ],
)
def test_read_out(text: str, said: str) -> None:
    assert read_out(text) == said
    assert spoken(text) == len(said)


def test_text_without_figures_is_read_as_it_stands() -> None:
    text = "同志们，一是突出重点，二是压实责任。"
    assert read_out(text) is text
    assert spoken(text) == characters(text)


@given(st.integers(1, 9999))
def test_a_whole_number_is_read_as_its_numeral(number: int) -> None:
    assert read_out(str(number)) == numeral(number)
    assert read_out(f"{number:,}") == numeral(number)


@given(st.text(alphabet="0123456789.,:/-%年—〔〕户万 ", max_size=30))
def test_no_figure_is_left_unread(text: str) -> None:
    assert not set("0123456789") & set(read_out(text))


def test_minutes_are_a_range_of_ten_percent() -> None:
    assert minutes(2700) == pytest.approx((13.5, 15, 16.5))
    assert minutes(3200, RATES["大会"]) == pytest.approx((18, 20, 22))
    assert minutes(0) == (0, 0, 0)


def test_rates() -> None:
    assert dict(RATES) == {"大会": 160, "会议": 180, "交流": 200}
    assert DEFAULT_RATE == 180


@pytest.mark.parametrize(("count", "rate"), [(100, 0), (-1, 180)])
def test_no_time_for_nonsense(count: int, rate: int) -> None:
    with pytest.raises(ValueError, match="no speaking time"):
        minutes(count, rate)

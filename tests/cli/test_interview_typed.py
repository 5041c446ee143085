"""From a typed line to a value."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.brief import dump, load_brief
from drafter.cli.interview.typed import READERS, WrongError, entry_text, figure_and_unit, show, split_lines

TODAY = dt.date(2024, 2, 28)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024.3.5", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024年3月5日", "2024-03-05"),
        ("２０２４年３月５日", "2024-03-05"),
        ("今天", "2024-02-28"),
        ("后天", "2024-03-01"),
    ],
)
def test_dates(line: str, date: str) -> None:
    assert READERS["date"](line, TODAY) == date


@pytest.mark.parametrize("line", ["3月5日", "2024-13-01", "2023-02-29", "明年", "20240305", "二〇二四年三月"])
def test_no_date_is_guessed(line: str) -> None:
    with pytest.raises(WrongError):
        READERS["date"](line, TODAY)


@pytest.mark.parametrize(
    ("line", "length"),
    [
        ("15", "15分钟"),
        ("15 分钟", "15分钟"),
        ("约15分钟", "15分钟"),
        ("15分", "15分钟"),
        ("１５分钟", "15分钟"),
        ("半小时", "30分钟"),
        ("1.5小时", "90分钟"),
        ("3000字", "3000字"),
        ("3000字左右", "3000字"),
    ],
)
def test_lengths(line: str, length: str) -> None:
    assert READERS["length"](line, TODAY) == length


@pytest.mark.parametrize("line", ["3000", "0", "很短", "2.5字", "-5分钟"])
def test_unclear_lengths_are_refused(line: str) -> None:
    with pytest.raises(WrongError):
        READERS["length"](line, TODAY)


@given(st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,4})?|[0-9]{1,3}(,[0-9]{3}){1,3}", fullmatch=True))
def test_a_figure_is_printed_as_it_was_typed(line: str) -> None:
    value = READERS["figure"](line, TODAY)
    fact = [{"指标": "数", "数值": value, "单位": "户"}]
    again = load_brief(dump({"场合": "推进会", "要素": {"数据": fact}}))
    assert again.raw(("要素", "数据", 0, "数值")) == line


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("312户", (312, "户")),
        ("９５％", (95, "%")),
        ("40,000 人次", ("40,000", "人次")),
        ("1.10万元", ("1.10", "万元")),
        ("九成", ("九", "成")),
        ("312", (312, "")),
        ("大多数", ("大多数", "")),
    ],
)
def test_a_unit_behind_a_figure(line: str, parts: tuple[object, str]) -> None:
    assert figure_and_unit(READERS["figure"](line, TODAY)) == parts


def test_an_entry_with_a_short_head() -> None:
    line = "帮扶更准：一户一档摸清底数。每月走访一次。随时更新。"
    assert READERS["entry"](line, TODAY) == {
        "题": "帮扶更准",
        "句": "一户一档摸清底数",
        "展": ["每月走访一次", "随时更新"],
    }


@pytest.mark.parametrize("line", ["一户一档，摸清底数", "上午9:30开会", "会议指出，要做到：一户一档", "帮扶："])
def test_other_lines_stay_what_they_are(line: str) -> None:
    assert READERS["entry"](line, TODAY) == line


@given(st.text("一户档摸清底数。：，； 9", min_size=1).map(str.strip).filter(bool))
def test_an_entry_loses_no_word(line: str) -> None:
    kept = [char for char in entry_text(READERS["entry"](line, TODAY)) if char not in "。 "]
    assert kept == [char for char in line if char not in "。 "]


def test_pasted_lines_are_items() -> None:
    assert split_lines("摸清底数\n\n　送课下企业　\r\n") == ["摸清底数", "送课下企业"]


def test_show_puts_a_figure_in_one_piece() -> None:
    goal = {"指标": "建会率", "数值": 95, "单位": "%", "期限": "年底前", "关系": "达到"}
    assert show([goal, {"谁": "市南区", "内容": "介绍做法"}]) == "建会率达到95% · 年底前；市南区 · 介绍做法"

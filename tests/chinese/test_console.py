"""Carets stand under wide characters; any console can show a snippet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.console import snippet, width
from drafter.errors import Place, Problem


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("场合", 4),
        ("：，", 4),
        ("“”—…", 4),
        ("e\u0301", 1),
        ("\u200b\ufeff", 0),
        ("😀", 2),
        ("ｱ", 1),
        ("Ａ", 2),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_a_caret_under_wide_characters() -> None:
    place = Place("素材单.yaml", 8, 5, 9, "场合: 开幕至辞")
    assert snippet(Problem("E204", "“场合”不能是“开幕至辞”", place, "是不是“开幕致辞”？")) == (
        "素材单.yaml:8:5: [E204] “场合”不能是“开幕至辞”\n"
        "  |\n"
        "8 | 场合: 开幕至辞\n"
        "  |       ^^^^^^^^\n"
        "  = 提示: 是不是“开幕致辞”？"
    )


def test_the_margin_is_as_wide_as_the_line_number() -> None:
    lines = snippet(Problem("E201", "甲", Place("a", 17, 1, 3, "标提: 讲话"), "乙")).splitlines()
    assert lines[1:] == ["   |", "17 | 标提: 讲话", "   | ^^^^", "   = 提示: 乙"]


def test_without_a_place_or_line() -> None:
    assert snippet(Problem("E101", "甲")) == "[E101] 甲"
    assert snippet(Problem("E101", "甲", Place("a.yaml"), "乙")) == "a.yaml: [E101] 甲\n  = 提示: 乙"
    assert snippet(Problem("E113", "甲", Place("a.yaml", 1, 1, 2, ""))) == "a.yaml:1:1: [E113] 甲"


def test_a_narrow_terminal_is_not_left() -> None:
    source = "同志们，今天我们在这里开会，" * 6
    for columns in (40, 60, 80):
        for column in (1, 30, 80):
            place = Place("稿.txt", 12, column, column + 1, source)
            lines = snippet(Problem("X001", "不对", place), columns).split("\n")
            assert all(width(line) <= columns for line in lines)
            assert lines[2][_at(lines[2], lines[3].index("^"))] == source[column - 1]


def _at(line: str, columns: int) -> int:
    return next(at for at in range(len(line)) if width(line[:at]) == columns)


def test_tabs_and_control_characters_do_not_move_the_caret() -> None:
    lines = snippet(Problem("E112", "甲", Place("a", 1, 2, 3, "\t\x1b[31m甲"))).splitlines()
    assert lines[2:] == ["1 |  ?[31m甲", "  |  ^"]


def test_a_long_line_is_cut_around_the_caret() -> None:
    source = "甲" * 500 + "乙" + "丙" * 500
    lines = snippet(Problem("E1", "丁", Place("a", 1, 501, 502, source))).splitlines()
    shown, caret = lines[2].removeprefix("1 | "), lines[3].removeprefix("  | ")
    assert width(shown) <= 110
    assert shown.startswith("...甲")
    assert shown.endswith("丙...")
    assert width(shown[: shown.index("乙")]) == caret.index("^")


@given(st.text(max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_any_place_can_be_shown(source: str, column: int, end: int) -> None:
    lines = snippet(Problem("E1", "甲", Place("a", 1, column, end, source))).split("\n")
    assert all(width(line) <= 120 for line in lines)
    assert "\x1b" not in "".join(lines)

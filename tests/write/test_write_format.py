"""Page formats: strict reading, building on one another, and their distance from the standard."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.errors import LibraryError, Problem
from drafter.write import deviations, load_format


def problems(tmp_path: Path, text: str | bytes) -> tuple[Problem, ...]:
    file = tmp_path / "本单位.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(LibraryError) as error:
        load_format(file)
    assert all(problem.place and (problem.hint or problem.code == "E311") for problem in error.value.problems)
    return error.value.problems


def test_the_standard_and_its_twin_on_the_grid_depart_nowhere() -> None:
    assert deviations(load_format()) == deviations(load_format("word-grid")) == []


def test_every_built_in_format_is_whole_and_named_as_its_file(root: Path) -> None:
    files = sorted((root / "templates" / "formats").glob("*.yaml"))
    assert {"gbt9704", "lectern", "office", "word-grid"} <= {file.stem for file in files}
    assert [load_format(file.stem).id for file in files] == [file.stem for file in files]
    assert [load_format(file.stem).flag("reading") for file in files] == [file.stem == "lectern" for file in files]


def test_departures_are_listed_with_their_clauses() -> None:
    found = deviations(load_format("office"))
    assert [(item.clause, item.key) for item in found] == [
        ("5.2.2", "latin"),
        ("7.3.3", "styles.heading2.bold"),
        ("7.3.3", "styles.heading3.bold"),
        ("7.5", "number.place"),
    ]
    assert str(found[-1]) == "GB/T 9704-2012第7.5条：单页码居右，双页码居左；本版式页码居中"


@pytest.mark.parametrize(
    ("change", "clauses"),
    [
        ("page: {width: 216, right: 32}", ["5.1"]),
        ("page: {top: 34}", ["5.2.1", "5.2.1"]),
        ("page: {left: 27.5, right: 26.5}", []),
        ("grid: {lines: 24}", ["5.2.3"]),
        ("styles: {body: {line: 28}}", ["5.2.3"]),
        ("styles: {body: {line: 28.9}}", []),
        ("styles: {title: {font: 黑体, size: 20}}", ["7.3.1", "7.3.1"]),
        ("styles: {title: {font: 方正小标宋_GBK}}", []),
        ("styles: {body: {font: 宋体}}", ["7.3.3"]),
        ("styles: {heading1: {indent: 0}}", ["7.3.3"]),
        ("styles: {salutation: {indent: 2}}", ["7.3.2"]),
        ("number: {text: '{page}'}", ["7.5"]),
        ("number: {font: 方正小标宋简体, size: 12, inset: 0}", ["7.5", "7.5", "7.5"]),
        ("page: {footer: 17.5}", ["7.5"]),
        ("front: {order: [speaker, date], before: 0}", []),
    ],
)
def test_each_rule_of_the_standard_is_known(tmp_path: Path, change: str, clauses: list[str]) -> None:
    file = tmp_path / "改.yaml"
    file.write_text(f"extends: gbt9704\nid: own\ntitle: 改\n{change}\n", encoding="utf-8")
    assert [item.clause for item in deviations(load_format(file))] == clauses


def test_a_format_states_only_what_differs(tmp_path: Path) -> None:
    (tmp_path / "甲.yaml").write_text("extends: gbt9704\nid: a\npage: {top: 38}\nlatin: Arial\n", encoding="utf-8")
    (tmp_path / "乙.yaml").write_text("extends: 甲\nid: b\nlatin: ''\n", encoding="utf-8")
    own = load_format("乙", [tmp_path])
    assert (own.id, own.number("page.top"), own.text("latin"), own.number("page.left")) == ("b", 38, "", 28)


def test_all_problems_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        "extends: gbt9704\nid: own\npage:\n  topp: 37\n  left: 二十八\ngrid: 22\n"
        "styles:\n  body: {size: 1600, bold: 'yes'}\n",
    )
    told = [(problem.code, problem.place.line, problem.place.path) for problem in found if problem.place]
    assert told == [
        ("E382", 4, "page.topp"),
        ("E383", 5, "page.left"),
        ("E383", 6, "grid"),
        ("E383", 8, "styles.body.size"),
        ("E383", 8, "styles.body.bold"),
    ]
    assert found[0].hint == "是不是想写“page.top”？"
    assert found[0].place is not None
    assert found[0].place.source == "  topp: 37"
    assert (found[0].place.column, found[0].place.end_column) == (3, 7)
    assert "5到72之间的数" in found[3].message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id: own\npage: {top: 37}\n", "E384"),
        ("extends: gbt9705\nid: own\n", "E380"),
        ("extends: [gbt9704]\nid: own\n", "E383"),
        ("extends: gbt9704\nfront: {order: [date, date]}\n", "E383"),
        ("extends: gbt9704\nnumber: {text: 第页}\n", "E383"),
        ("extends: gbt9704\nstyles: {body: {font: ''}}\n", "E383"),
        ("extends: gbt9704\nstyles: {body: {font: " + "宋" * 32 + "}}\n", "E383"),
        ("extends: gbt9704\ngrid: {lines: 22.5}\n", "E383"),
        ("extends: gbt9704\nid: a\nid: b\n", "E311"),
        ("page: [", "E311"),
        ("- 一\n", "E381"),
        ("", "E381"),
        ("页: 版".encode("gbk"), "E381"),
        (b"#" * 70_000, "E381"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str | bytes, code: str) -> None:
    assert [problem.code for problem in problems(tmp_path, text)] == [code]


def test_formats_that_go_in_circles_are_refused(tmp_path: Path) -> None:
    (tmp_path / "甲.yaml").write_text("extends: 乙\n", encoding="utf-8")
    (tmp_path / "乙.yaml").write_text("extends: 甲\n", encoding="utf-8")
    with pytest.raises(LibraryError) as error:
        load_format("甲", [tmp_path])
    assert [problem.code for problem in error.value.problems] == ["E385"]


def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as error:
        load_format("gbt9740")
    assert error.value.problems[0].hint == "是不是想写“gbt9704”？"
    with pytest.raises(LibraryError) as error:
        load_format("完全不同")
    assert "lectern" in error.value.problems[0].hint
    with pytest.raises(LibraryError) as error:
        load_format(tmp_path / "没有.yaml")
    assert error.value.problems[0].code == "E380"

"""Reports: every form says the same, none of them is a program."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from drafter.batch import Options, open_report, prepare
from drafter.batch.report import HEADER, defused
from drafter.errors import DrafterError

from .conftest import BASE

EVIL = '=HYPERLINK("http://x","点我")'


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a", "-"]
)
def test_what_a_spreadsheet_would_run(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+3.2%", "-1,234.50", "8.5%", "", "甲=乙", "'=1", "2025-03-05"])
def test_what_it_would_not(text: str) -> None:
    assert defused(text) == text


@given(st.text())
def test_nothing_but_a_number_keeps_a_first_sign(text: str) -> None:
    shown = defused(text)
    assert isinstance(shown, str)
    assert shown.endswith(text)
    if shown[:1] in "=@＝＋－＠\t\r\n" and shown:
        pytest.fail(shown)
    if shown[:1] in ("+", "-"):
        float(shown.rstrip("%").replace(",", ""))


@pytest.mark.parametrize("suffix", ["json", "csv", "xlsx"])
def test_the_report_of_a_batch(tmp_path: Path, suffix: str) -> None:
    brief = BASE.replace("{层级: 县}", "{名称: 甲县总工会, 层级: 县}")
    (tmp_path / "a.yaml").write_text(brief, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(brief.replace("推进会", f"'{EVIL}'"), encoding="utf-8")
    path = tmp_path / f"结果.{suffix}"
    options = Options(inputs=(str(tmp_path),), folder=tmp_path / "稿", jobs=1)
    with prepare(options) as batch, open_report(path, force=False) as report:
        assert report is not None
        for record in batch.run():
            report.add(record)
        report.end({"count": batch.count})
    if suffix == "json":
        said = json.loads(path.read_text(encoding="utf-8"))
        assert said["schema_version"] == 1
        assert [each["status"] for each in said["documents"]] == ["完成", "有错"] or said["documents"][0]["gaps"]
        assert said["documents"][1]["problems"][0]["path"]
        assert said["summary"] == {"count": 2}
        return
    if suffix == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file))
    else:
        sheet = load_workbook(path).worksheets[0]
        table = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert tuple(table[0]) == HEADER
    assert [row[2] == "有错" for row in table[1:]] == [False, True]
    assert not [cell for row in table for cell in row if cell.startswith(("=", "@"))]


def test_reports_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "有.csv").write_text("旧的", encoding="utf-8")
    for name, code in (("a.pdf", "E719"), ("有.csv", "E502"), ("没有/a.csv", "E503")):
        with pytest.raises(DrafterError, match=code), open_report(tmp_path / name, force=False):
            pass
    with pytest.raises(ValueError, match="x"), open_report(tmp_path / "a.csv", force=False):
        raise ValueError("x")
    assert [path.name for path in tmp_path.iterdir()] == ["有.csv"]

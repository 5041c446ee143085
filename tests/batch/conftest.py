"""A small table, its shared brief, and folders compared by their bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from drafter.batch import Options, Record, prepare

BASE = """\
场合: 推进会
单位: {层级: 县}
工作: 工会权益保障工作
篇幅: 900字
业务: [普法宣传, 劳动争议调处]
要素:
  目标: [{指标: 建会率, 关系: 超过, 数值: 80, 单位: "%", 期限: 今年年底}]
"""
HEADER = ("#编号", "日期", "单位.名称", "会议", "业务", "要素.目标[0].数值")


def save(path: Path, *sheets: tuple[str, list[list[Any]]], formats: dict[str, str] | None = None) -> Path:
    """A workbook; `formats`: cell of the first sheet → number format."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for cell, number_format in (formats or {}).items():
        book.worksheets[0][cell].number_format = number_format
    book.save(path)
    return path


def rows(count: int, broken: tuple[int, ...] = ()) -> list[list[Any]]:
    """A header and `count` rows; `broken`: rows of the sheet whose date does not exist."""
    table: list[list[Any]] = [list(HEADER)]
    for number in range(2, count + 2):
        date = "2025-13-01" if number in broken else f"2025-03-{number % 28 + 1:02}"
        unit = f"第{number}县总工会"
        table.append([f"{number:05}", date, unit, f"{unit}工作推进会", "普法宣传、劳动争议调处", f"{number % 90}.5%"])
    return table


def contents(folder: Path) -> dict[str, bytes]:
    """Every document of a folder; the manifest is none."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".drafter-batch.ndjson"}


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "共用.yaml"
    path.write_text(BASE, encoding="utf-8")
    return path


Run = Callable[..., list[Record]]


@pytest.fixture
def batch(tmp_path: Path) -> Run:
    """Run a batch of the options into the folder 稿 and give its records."""

    def run(**options: Any) -> list[Record]:
        with prepare(Options(**{"folder": tmp_path / "稿", "jobs": 1, **options})) as prepared:
            return list(prepared.run())

    return run

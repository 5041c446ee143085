"""The report of a batch: .json, .csv or .xlsx, written row by row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from drafter.errors import InputError, OutputError, Place, Problem

__all__ = ["HEADER", "REPORTS", "Report", "defused", "open_report"]

REPORTS = (".json", ".csv", ".xlsx")
HEADER = ("序号", "来源", "结果", "输出", "字数", "分钟", "待补", "提示", "问题")
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?", re.ASCII)


class Row(Protocol):
    """What a report says of one brief."""

    def cells(self) -> tuple[str | int | float, ...]:
        """The values of `HEADER`."""
        ...

    def plain(self) -> dict[str, Any]:
        """The same as plain data for JSON."""
        ...


class Report(Protocol):
    """A report being written; `ended` once it is whole."""

    ended: bool

    def add(self, row: Row) -> None: ...

    def end(self, summary: dict[str, Any]) -> None: ...


def defused(value: str | float) -> str | int | float:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; plain numbers as they are."""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


@contextmanager
def open_report(path: Path | None, *, force: bool) -> Iterator[Report | None]:
    """A report beside its final place, moved there when the context ends, also after Ctrl-C; never half a file.

    Raises InputError E719 (suffix, openpyxl not installed), OutputError E502–E504.
    """
    if path is None:
        yield None
        return
    kind = path.suffix.lower()
    if kind not in REPORTS:
        raise InputError(Problem("E719", f"不能写成“{kind}”的报告", Place(str(path)), "用 .json、.csv 或 .xlsx 结尾"))
    if path.is_dir() or (os.path.lexists(path) and not force):
        raise OutputError(
            Problem("E502", "文件已经有了，没有覆盖", Place(str(path)), "换一个文件名；要覆盖就加 --force")
        )
    if not path.parent.is_dir():
        raise OutputError(Problem("E503", f"没有“{path.parent}”这个文件夹", Place(str(path)), "先建好文件夹"))
    temporary = path.with_name(f".{path.stem[:40]}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    try:
        file = temporary.open("xb")
    except OSError as error:
        raise _failed(path, error) from None
    report: Report | None = None
    try:
        with file:
            report = _Json(file) if kind == ".json" else _Csv(file) if kind == ".csv" else _Xlsx(file)
            yield report
    finally:
        try:
            if report and report.ended:
                temporary.replace(path)
        except OSError as error:
            raise _failed(path, error) from None
        finally:
            temporary.unlink(missing_ok=True)


def _failed(path: Path, error: OSError) -> OutputError:
    what = f"写不成报告：{error.strerror or error}"
    return OutputError(Problem("E504", what, Place(str(path)), "在 Excel 或 WPS 里打开着就先关掉"))


class _Json:
    ended = False

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._before = file, '{"schema_version": 1, "documents": [\n'

    def add(self, row: Row) -> None:
        self._file.write((self._before + json.dumps(row.plain(), ensure_ascii=False)).encode())
        self._before = ",\n"

    def end(self, summary: dict[str, Any]) -> None:
        before = self._before if self._before != ",\n" else ""
        self._file.write(f'{before}\n], "summary": {json.dumps(summary, ensure_ascii=False)}}}\n'.encode())
        self.ended = True


class _Csv:
    ended = False

    def __init__(self, file: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
        self._writer = csv.writer(self._text)
        self._writer.writerow(HEADER)

    def add(self, row: Row) -> None:
        self._writer.writerow(map(defused, row.cells()))

    def end(self, summary: dict[str, Any]) -> None:
        del summary
        self._text.detach()
        self.ended = True


class _Xlsx:
    ended = False

    def __init__(self, file: IO[bytes]) -> None:
        try:
            from openpyxl import Workbook
        except ImportError:
            hint = f'改用 .csv 结尾；或先运行 "{sys.executable}" -m pip install openpyxl'
            raise InputError(Problem("E719", "写 .xlsx 要先装 openpyxl", None, hint)) from None
        self._file, self._book = file, Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet("批量结果")
        self._sheet.append(HEADER)

    def add(self, row: Row) -> None:
        self._sheet.append([_printable(defused(value)) for value in row.cells()])

    def end(self, summary: dict[str, Any]) -> None:
        del summary
        self._book.save(self._file)
        self.ended = True


def _printable(value: str | float) -> str | int | float:
    """Without the control characters that .xlsx cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "?", value)[:32_000] if isinstance(value, str) else value

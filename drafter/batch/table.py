"""Tables as rows of cells: .xlsx through openpyxl, .csv through the standard library. Both are streamed."""

from __future__ import annotations

import csv
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.batch.cells import Cell, address, from_value
from drafter.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Row", "Sheet", "open_table"]

_MAX_BYTES = 1_000_000_000
_MAX_RATIO = 300
_MAX_PARTS = 10_000
_MAX_FIELD = 1_000_000
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_BLOCK = 1_000_000

Row = tuple[int, dict[int, Cell]]
"""Number as the program that opens the table shows it, from 1; column (from 0) → cell, empty ones left out."""


class Sheet(NamedTuple):
    """One sheet. `place` is what messages call it; `rows()` reads it from the top, rows without content left out.

    merged  (first column, first row, last column, last row) of merged cells, columns from 0, rows from 1
    """

    title: str
    place: str
    rows: Callable[[], Iterator[Row]]
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def at(self, column: int, row: int) -> str:
        """`名单.xlsx“表1”!C12`."""
        return f"{self.place}!{address(column, row)}"


@contextmanager
def open_table(path: Path) -> Iterator[list[Sheet]]:
    """The sheets of a table, readable as long as the context is open.

    Raises InputError E101 (cannot be opened), E102 (encoding), E702 (no table, or not a safe one), E703 (CSV that
    is not well-formed, while reading), E719 (openpyxl is not installed).
    """
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv", ".txt"):
        yield [Sheet("", path.name, lambda: _csv_rows(path))]
    elif suffix in (".xlsx", ".xlsm"):
        with _workbook(path) as sheets:
            yield sheets
    else:
        hint = "在 Excel 或 WPS 里另存为 .xlsx 或 .csv"
        raise InputError(Problem("E702", f"不认识“{suffix or path.name}”这种表格", Place(str(path)), hint))


# ---- csv


def _csv_rows(path: Path) -> Iterator[Row]:
    encoding = _encoding(path)
    csv.field_size_limit(_MAX_FIELD)
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
        file.seek(0)
        delimiter = max(",\t;", key=first.count)
        # strict: an open quotation mark would otherwise swallow the rest of the table
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        number = 0
        try:
            for number, fields in enumerate(reader, 1):
                cells = {column: cell for column, field in enumerate(fields) if (cell := from_value(field))}
                if cells:
                    yield number, cells
        except csv.Error as error:
            place = Place(path.name, reader.line_num or 1)
            hint = '多半是引号没有成对：文字里的引号 " 要写成两个；或在 Excel、WPS 里重新另存为 CSV'
            raise InputError(Problem("E703", f"CSV 写法不对（第 {number + 1} 条：{error}）", place, hint)) from None


def _encoding(path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else GB18030; whole file, read in blocks."""
    try:
        with path.open("rb") as file:
            mark = file.read(4)
        if mark.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        if mark.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            hint = "把后缀改回 .xlsx；旧版 .xls 请在 Excel 或 WPS 里另存为 .xlsx"
            raise InputError(Problem("E702", "这是 Excel 文件，不是 CSV", Place(str(path)), hint))
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                with path.open(encoding=encoding, newline="") as text:
                    while block := text.read(_BLOCK):
                        if "\0" in block:
                            raise UnicodeError
            except UnicodeError:
                continue
            return encoding
    except OSError as error:
        raise _unreadable(path, error) from None
    hint = "在 Excel 或 WPS 里另存为“CSV UTF-8”"
    raise InputError(Problem("E102", "认不出文件的编码（不是 UTF-8、UTF-16 或 GBK）", Place(str(path)), hint))


def _unreadable(path: Path, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(Problem("E101", f"找不到文件 {path}", Place(str(path)), "检查文件名和所在文件夹"))
    hint = "在 Excel 或 WPS 里打开着就先关掉"
    return InputError(Problem("E101", f"{path} 读不出来（{error.strerror or error}）", Place(str(path)), hint))


# ---- xlsx


@contextmanager
def _workbook(path: Path) -> Iterator[list[Sheet]]:
    _guard(path)
    try:
        from openpyxl import load_workbook
    except ImportError:
        hint = f'把表格另存为 CSV UTF-8；或先运行 "{sys.executable}" -m pip install openpyxl'
        raise InputError(Problem("E719", "读 .xlsx 要先装 openpyxl", Place(str(path)), hint)) from None
    books = []
    try:
        books.append(load_workbook(path, read_only=True, data_only=True))
        sheets = []
        for position, sheet in enumerate(books[0].worksheets):
            if sheet.sheet_state != "visible":
                continue
            merged, has_formulas = _inspect(path, getattr(sheet, "_worksheet_path", ""))
            if has_formulas and len(books) == 1:
                books.append(load_workbook(path, read_only=True, data_only=False))
            formulas = books[1].worksheets[position] if has_formulas else None
            rows = _reader(sheet, formulas)
            sheets.append(Sheet(sheet.title, f"{path.name}“{sheet.title}”", rows, merged))
    except InputError:
        raise
    except Exception as error:  # what openpyxl raises for damaged files has no common root
        hint = "在 Excel 或 WPS 里打开，另存为新的 .xlsx 再试"
        what = f"表格读不出来（{type(error).__name__}）"
        raise InputError(Problem("E702", what, Place(str(path)), hint)) from None
    try:
        yield sheets
    finally:
        for book in books:
            book.close()


def _reader(sheet: Any, formulas: Any) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        sheet.reset_dimensions()  # what programs write there is often wrong
        shown = sheet.iter_rows()
        if formulas is None:
            beside: Any = repeat(())
        else:
            formulas.reset_dimensions()
            beside = formulas.iter_rows()
        for number, (cells, sources) in enumerate(zip(shown, beside, strict=False), 1):
            row = {column: cell for column, each in enumerate(cells) if (cell := _cell(each))}
            for column, source in enumerate(sources):
                if column not in row and source.value is not None and source.data_type == "f":
                    row[column] = Cell("", error="公式没有算出的值|用 Excel 或 WPS 打开，保存一次再试")
            if row:
                yield number, row

    return rows


def _cell(cell: Any) -> Cell | None:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "e" or (isinstance(value, str) and value in _ERRORS):
        return Cell("", error=f"公式出错（{value}）|改好公式，或直接填上值")
    return from_value(value, cell.number_format or "General")


def _guard(path: Path) -> None:
    """Refuse, before openpyxl sees it, what is no .xlsx or would unpack to more than a table can hold."""
    try:
        with path.open("rb") as file:
            mark = file.read(4)
        if mark == b"\xd0\xcf\x11\xe0":
            hint = "旧版 .xls 或加了密码：在 Excel 或 WPS 里另存为没有密码的 .xlsx"
            raise InputError(Problem("E702", "这不是 .xlsx", Place(str(path)), hint))
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            total = sum(part.file_size for part in parts)
            packed = sum(part.compress_size for part in parts) or 1
            safe = len(parts) <= _MAX_PARTS and total <= _MAX_BYTES and total <= packed * _MAX_RATIO
            safe = safe and not any(_has_doctype(package, part) for part in parts if part.filename.endswith(".xml"))
    except OSError as error:
        raise _unreadable(path, error) from None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        hint = "在 Excel 或 WPS 里打开，另存为新的 .xlsx 再试"
        raise InputError(Problem("E702", "这不是 .xlsx，或者文件已损坏", Place(str(path)), hint)) from None
    if not safe:
        hint = "只留要用的工作表，另存为新的 .xlsx；行数太多就分成几个表"
        raise InputError(Problem("E702", "表格不安全：展开后过大，或带有 DOCTYPE", Place(str(path)), hint))


def _has_doctype(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with package.open(part) as file:
        return b"<!DOCTYPE" in file.read(2048)


def _inspect(path: Path, part: str) -> tuple[tuple[tuple[int, int, int, int], ...], bool]:
    """(merged cells, whether there are formulas): what the streaming reader does not tell."""
    merged, has_formulas, tail = [], False, b""
    with zipfile.ZipFile(path) as package:
        if part not in package.namelist():
            return (), False
        with package.open(part) as file:
            while block := file.read(_BLOCK):
                text = tail + block
                has_formulas = has_formulas or _FORMULA.search(text) is not None
                merged += [_rectangle(found.groups()) for found in _MERGED.finditer(text)]
                tail = text[-200:]
    return tuple(dict.fromkeys(merged)), has_formulas


def _rectangle(groups: Any) -> tuple[int, int, int, int]:
    left, top, right, bottom = groups
    return _column(left), int(top), _column(right), int(bottom)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1

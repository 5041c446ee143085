"""A .docx opened with its guard: what is refused before a parser sees it, and never more in memory than allowed.

62 kB of zip can become 614 MB, a DTD can name files of this machine or lose text without a word, and a macro has no
business in a text. All is told from the directory of the archive and bounded reads.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING

from drafter.files.decoding import refusal

if TYPE_CHECKING:
    from lxml.etree import _Element

    from drafter.errors import InputError

__all__ = ["Package"]

_MAX_PARTS = 2000
_MAX_PART = 32 * 1024 * 1024
_MAX_TOTAL = 256 * 1024 * 1024
_MAX_RATIO = 200
_RATIO_FROM = 1024 * 1024
_MAIN = "word/document.xml"
_SPACES = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/"
    b"relationships",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
_OTHERS = {
    "xl/workbook.xml": "Excel 表格",
    "ppt/presentation.xml": "PowerPoint 演示文稿",
    "content.xml": "OpenDocument 文稿",
    "Document.xml": "OFD 文件",
}


_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OverflowError, RuntimeError, OSError,
    ValueError,
)  # fmt: skip


class Package:
    """The parts of a Word file. Raises InputError E151 and E155 to E158 (broken, a bomb, entities, macros)."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE:
            raise refusal(
                "E155", name, "文件已损坏，压缩包不完整", "可能没有下载完；请重新取得文件，或用 WPS、Word 修复后另存"
            ) from None
        self.names = frozenset(self._zip.namelist())
        self._guard(self._zip.infolist())

    def part(self, path: str) -> bytes:
        """The bytes of a part; b"" where there is none."""
        if path not in self.names:
            return b""
        try:
            with self._zip.open(path) as stream:
                data = stream.read(_MAX_PART + 1)
        except _UNREADABLE:
            raise refusal(
                "E155", self._name, f"文件已损坏，{path} 读不出来", "请用 WPS、Word 修复后另存为 .docx 再试"
            ) from None
        if len(data) > _MAX_PART:
            raise self._bomb()
        return data

    def markup(self, path: str) -> bytes:
        """The bytes of an XML part, for a parser that knows neither DTD nor network; b"" where there is none."""
        data = self.part(path)
        if _declares(data):
            raise self._entities(path)
        return data

    def broken(self, path: str) -> InputError:
        """The refusal of a part that is no sound XML."""
        return refusal(
            "E155", self._name, f"文件已损坏，{path} 的内容不合规范", "请用 WPS、Word 打开，另存为 .docx 再试"
        )

    def having(self, parts: Mapping[str, bytes]) -> bytes:
        """The package with some parts changed or added; all others are in it as they were, in their order."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._zip.infolist():
                data = parts[info.filename] if info.filename in parts else self._whole(info)
                target.writestr(copy(info), data)
            for path in sorted(parts.keys() - self.names):
                target.writestr(zipfile.ZipInfo(path), parts[path], zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def tree(self, path: str) -> _Element | None:
        """A part parsed; None where there is none. Entities are refused, nothing is fetched.

        The names of "strict" Open XML become those of the "transitional" one that all others write.
        """
        data = self.markup(path)
        for strict, usual in _SPACES.items():
            data = data.replace(strict, usual)
        if not data:
            return None
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise self.broken(path) from None
        if getattr(root.getroottree().docinfo, "doctype", ""):
            raise self._entities(path)
        return root

    def _guard(self, parts: list[zipfile.ZipInfo]) -> None:
        if _MAIN not in self.names:
            what = next((title for path, title in _OTHERS.items() if path in self.names), "压缩包")
            raise refusal("E151", self._name, f"这是{what}，不是 Word 文稿", "请另存为 .docx 再试；压缩包请先解压")
        if len(parts) > _MAX_PARTS or len(self.names) != len(parts):
            raise refusal(
                "E155", self._name, "文件结构不正常：部件过多或重名", "请用 WPS、Word 打开，另存为 .docx 再试"
            )
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
            raise refusal("E155", self._name, "压缩方式不是 Word 文件所用的", "请用 WPS、Word 打开，另存为 .docx 再试")
        if any(part.flag_bits & 1 for part in parts):
            raise refusal("E155", self._name, "文件加了密码", "请先去掉密码，另存后再试")
        self._guard_size(parts)
        self._guard_kinds()
        for path in sorted(self.names):
            if path.endswith((".xml", ".rels")) and _declares(self._start(path)):
                raise self._entities(path)

    def _guard_size(self, parts: list[zipfile.ZipInfo]) -> None:
        total = 0
        for part in parts:
            total += part.file_size
            dense = part.file_size > _RATIO_FROM and part.file_size > _MAX_RATIO * max(part.compress_size, 1)
            large = part.file_size > _MAX_PART and part.filename.endswith((".xml", ".rels"))
            if dense or large or total > _MAX_TOTAL:
                raise self._bomb()

    def _guard_kinds(self) -> None:
        for path in map(str.lower, self.names):
            if path.endswith(("vbaproject.bin", "vbadata.xml", ".vbs", ".exe", ".dll", ".js")):
                raise refusal(
                    "E158", self._name, "文件带有宏或程序，不予读取", "请用 WPS、Word 另存为不带宏的 .docx 再试"
                )
            if "/activex/" in path or (path.startswith("word/embeddings/") and path.endswith(".bin")):
                raise refusal("E158", self._name, "文件里嵌有 OLE 对象，不予读取", "请删去嵌入的对象，另存后再试")
        if b"macroEnabled" in self.part("[Content_Types].xml"):
            raise refusal("E158", self._name, "文件带有宏，不予读取", "请用 WPS、Word 另存为不带宏的 .docx 再试")

    def _whole(self, info: zipfile.ZipInfo) -> bytes:
        """A part of any size that the guard let pass."""
        try:
            return self._zip.read(info)
        except _UNREADABLE:
            raise self._broken(info.filename) from None

    def _start(self, path: str) -> bytes:
        try:
            with self._zip.open(path) as stream:
                return stream.read(4096)
        except _UNREADABLE:
            raise self._broken(path) from None

    def _broken(self, path: str) -> InputError:
        message = f"文件已损坏，{path} 读不出来"
        return refusal("E155", self._name, message, "请用 WPS、Word 修复后另存为 .docx 再试")

    def _bomb(self) -> InputError:
        return refusal("E156", self._name, "文件解开后大得不正常，可能是压缩炸弹，不予读取", "请向提供文件的人核实")

    def _entities(self, path: str) -> InputError:
        return refusal(
            "E157",
            self._name,
            f"{path} 里有实体声明，可能丢字或读取本机文件，不予读取",
            "请用 WPS、Word 打开，另存为 .docx 再试",
        )


def _declares(data: bytes) -> bool:
    """A document type or entity declaration, in any encoding a parser would take."""
    flat = data.replace(b"\0", b"")
    return b"<!DOCTYPE" in flat or b"<!ENTITY" in flat

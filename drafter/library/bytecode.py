"""Compiled templates kept between processes, in the user's cache folder."""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from drafter.library.folders import code_stamp

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["BytecodeCache"]


class BytecodeCache(FileSystemBytecodeCache):
    """One file for each template and Python; void as soon as the text, jinja2 or the environment changes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), "%s.jinja")
        self._stamp = f"{jinja2.__version__} {code_stamp()}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        place = f"{name}\n{filename}".encode()
        return f"{sys.implementation.cache_tag}-{zlib.crc32(place):08x}{zlib.adler32(place):08x}"

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(f"{self._stamp}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # a damaged file: compile again
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError:
            return

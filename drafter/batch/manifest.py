"""What a batch has done, one JSON line a document, beside the documents: the memory of --resume."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import IO, Any

from drafter.errors import OutputError, Place, Problem

__all__ = ["MANIFEST", "Manifest", "sweep"]

MANIFEST = ".drafter-batch.ndjson"
_TEMPORARY = re.compile(r"\..+\.\d+\.[0-9a-f]{8}\.tmp")


class Manifest:
    """The manifest of a folder, open for adding. A line that was cut off by a crash is no line.

    Entries: output (file name), input (hash of brief, library, version and options), sha256 of the file, source,
    characters, minutes, gaps, notes, page (the 版式 that the brief names, and its hash). For each output the last
    line counts. In memory only the place of each line.
    """

    def __init__(self, folder: Path, *, read: bool) -> None:
        """`read`: take over what an earlier run has written. Raises OutputError E504, E720 (in use)."""
        self._places: dict[int, int] = {}
        path = folder / MANIFEST
        try:
            self._file: IO[bytes] = path.open("a+b")
        except OSError as error:
            raise _failed(path, error) from None
        try:
            _lock(self._file, path)
            if read:
                self._read()
            self._file.seek(0, os.SEEK_END)
            if self._file.tell():
                self._file.seek(-1, os.SEEK_END)
                if self._file.read(1) != b"\n":
                    self._file.write(b"\n")
        except OSError as error:
            self.close()
            raise _failed(path, error) from None
        except BaseException:
            self.close()
            raise

    def _read(self) -> None:
        self._file.seek(0)
        place = 0
        for line in self._file:
            entry = _entry(line)
            if entry:
                self._places[_number(entry["output"])] = place
            place += len(line)

    def get(self, output: str) -> dict[str, Any] | None:
        """The last entry of an output."""
        place = self._places.get(_number(output))
        if place is None:
            return None
        self._file.seek(place)
        entry = _entry(self._file.readline())
        return entry if entry and entry["output"] == output else None

    def add(self, entries: list[dict[str, Any]]) -> None:
        """Add entries of finished documents; a killed program does not lose them. Raises OutputError E504."""
        lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        try:
            self._file.write(lines.encode())
            self._file.flush()
        except OSError as error:
            raise _failed(Path(self._file.name), error) from None

    def close(self) -> None:
        self._file.close()


def _failed(path: Path, error: OSError) -> OutputError:
    what = f"记不下进度（{error.strerror or error}）"
    return OutputError(Problem("E504", what, Place(str(path)), "换一个文件夹，或改好权限"))


def _entry(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    wanted = {"output", "input", "sha256"}
    return entry if isinstance(entry, dict) and wanted <= entry.keys() else None


def _number(output: str) -> int:
    return int.from_bytes(hashlib.blake2b(output.encode(), digest_size=8).digest(), "big")


def _lock(file: IO[bytes], path: Path) -> None:
    """One batch a folder; the lock goes with its process, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows: two batches into one folder still never write half a file
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        hint = "等它做完，或换一个文件夹"
        raise OutputError(
            Problem("E720", "另一个批量任务正在往这个文件夹里写", Place(str(path.parent)), hint)
        ) from None


def sweep(folder: Path) -> None:
    """Remove what a killed run or worker left of files it had not finished."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if (
                entry.name.endswith(".tmp")
                and _TEMPORARY.fullmatch(entry.name)
                and entry.is_file(follow_symlinks=False)
            ):
                Path(entry.path).unlink(missing_ok=True)

"""The shell of a .docx: its base, deflated once and kept, so that a document costs one part.

A shell lives in the memory of the process and in the user's cache folder; a folder that cannot be read or
written, or a file that was damaged, costs the time of building it anew and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import sys
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from drafter.write._format import Format

__all__ = ["Shell", "shell"]

_MAGIC = b"drafter shell 1\n"
_LEVEL = 2  # two hundredths larger than level 6, at three fifths of its time
_SMALL = 1024  # bytes: setting up a deflater takes longer than the few hundred that it would save
_DOS_DATE = 33  # 1980-01-01, the first day a zip can name: the same input gives the same bytes


class Shell(NamedTuple):
    """Strings around the text, and the zip members that never change.

    `members` maps "plain" and "comments" to (local records, central records, number of members).
    """

    strings: dict[str, str]
    members: dict[str, tuple[bytes, bytes, int]]

    def package(self, parts: dict[str, str], *, comments: bool = False) -> bytes:
        """The .docx: unchanging members as they are, `parts` (name → XML) deflated behind them."""
        local, central, count = self.members["comments" if comments else "plain"]
        records, directory, offset = [local], [central], len(local)
        for name, xml in parts.items():
            data = xml.encode()
            head, entry = _member(name, data, offset, level=_LEVEL if len(data) > _SMALL else 0)
            records.append(head)
            directory.append(entry)
            offset += len(head)
        index = b"".join(directory)
        total = count + len(parts)
        end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, total, total, len(index), offset, 0)
        return b"".join((*records, index, end))


_shells: dict[str, Shell] = {}


def shell(layout: Format) -> Shell:
    """The shell of a format: from memory, from the cache folder, or built now."""
    found = _shells.get(layout.cache_key)
    if found is None:
        file = _cache_file(layout)
        found = _load(file) if file else None
        if found is None:
            found = _build(layout)
            if file:
                _store(file, found)
        _shells[layout.cache_key] = found
    return found


def _build(layout: Format) -> Shell:
    from drafter.write._base import build  # python-docx costs 60 ms; most runs find a shell and do without

    plain, commented, strings = build(layout)
    members = {}
    for variant, parts in (("plain", plain), ("comments", commented)):
        records, directory, offset = [], [], 0
        for name, data in parts.items():
            head, entry = _member(name, data, offset, level=9)
            records.append(head)
            directory.append(entry)
            offset += len(head)
        members[variant] = (b"".join(records), b"".join(directory), len(parts))
    return Shell(strings, members)


def _member(name: str, data: bytes, offset: int, level: int) -> tuple[bytes, bytes]:
    """(local record with its data, central record) of one zip member; at level 0 it is stored as it is."""
    method, packed = 0, data
    if level:
        squeezer = zlib.compressobj(level, zlib.DEFLATED, -15)
        method, packed = 8, squeezer.compress(data) + squeezer.flush()
    raw = name.encode("ascii")
    sizes = zlib.crc32(data), len(packed), len(data), len(raw), 0
    fixed = struct.pack("<HHHHHLLLHH", 20, 0, method, 0, _DOS_DATE, *sizes)
    local = b"PK\3\4" + fixed + raw + packed
    return local, b"PK\1\2\x14\0" + fixed + struct.pack("<HHHLL", 0, 0, 0, 0, offset) + raw


# ---- cache folder


def _cache_file(layout: Format) -> Path | None:
    """Named after the content of the format, of our builder and the version of python-docx."""
    from drafter.library.folders import cache_folder

    folder = cache_folder()
    return folder / f"{layout.cache_key}-{_code():08x}-{_docx_version()}.shell" if folder else None


def _code() -> int:
    """A checksum of what builds and packs, so that a change of it never meets an old shell."""
    try:
        sources = (__file__.replace("_shell.py", name) for name in ("_base.py", "_shell.py", "_styles.py"))
        return zlib.crc32(b"".join(map(__spec__.loader.get_data, sources)))  # type: ignore[union-attr]
    except (OSError, AttributeError):
        return 0


def _docx_version() -> str:
    """The version of python-docx, read from its file: importing it, or its metadata, would cost most of a start."""
    for folder in sys.path:
        try:
            with open(os.path.join(folder, "docx", "__init__.py"), encoding="utf-8") as file:  # noqa: PTH118,PTH123
                return file.read(4096).partition('__version__ = "')[2].partition('"')[0]
        except OSError:
            continue
    return ""


def _load(path: Path) -> Shell | None:
    try:
        data = path.read_bytes()
        start = len(_MAGIC) + 8
        if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : start] != b"%08x" % zlib.crc32(data[start:]):
            return None
        head, _, blob = data[start:].partition(b"\n")
        index = json.loads(head)
        members, at = {}, 0
        for variant, (local, central, count) in index["members"].items():
            members[variant] = (blob[at : at + local], blob[at + local : at + local + central], count)
            at += local + central
        return Shell(index["strings"], members)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _store(path: Path, made: Shell) -> None:
    index = {
        "strings": made.strings,
        "members": {name: (len(local), len(central), count) for name, (local, central, count) in made.members.items()},
    }
    blob = b"".join(local + central for local, central, _ in made.members.values())
    data = json.dumps(index).encode() + b"\n" + blob
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(_MAGIC + b"%08x" % zlib.crc32(data) + data)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()

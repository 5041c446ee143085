"""The files of a pack: in a folder, a zip, or inside an installed archive. Nothing is extracted or run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from drafter.errors import LibraryError, Place, Problem

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["ArchivedFiles", "Files", "FolderFiles", "ZipFiles", "open_files"]

_FOLDERS = ("patterns", "topics", "occasions")
_SUFFIXES = (".j2", ".yaml")
_MAX_FILES = 2_000
_MAX_FILE = 1_000_000
_MAX_TOTAL = 50_000_000
_MAX_RATIO = 200


def open_files(root: Path | Traversable, *, trusted: bool = False) -> Files:
    """The files under `root`, a folder or a .zip. `trusted`: links out of the folder are followed.

    Raises LibraryError E301 (nothing there), E303 (an archive that is not safe).
    """
    if not isinstance(root, Path):
        return ArchivedFiles(root)
    if root.is_dir():
        return FolderFiles(root, trusted)
    if root.is_file():
        return ZipFiles(root)
    raise LibraryError(Problem("E301", f"没有这个模板包：{root}", Place(str(root)), "写文件夹或 .zip 文件的路径"))


class FolderFiles:
    """Files in a folder. `names` are paths inside the pack, `/` between parts, sorted.

    `stamp` is plain data that changes with any file, None where changes cannot be seen; `read` raises
    LibraryError (E310).
    """

    def __init__(self, root: Path, trusted: bool = False) -> None:
        self.root, self.place = root, str(root)
        self._found: dict[str, tuple[int, int]] = {}
        real_root = None if trusted else os.path.realpath(root)
        try:
            for name in ("pack.yaml", *_FOLDERS):
                _stay_within(root / name, real_root)
                self._scan(root / name, name, real_root)
        except OSError as error:
            raise _unreadable(str(error.filename or root), error) from None

    def _scan(self, path: Path, name: str, real_root: str | None) -> None:
        if path.is_dir():
            with os.scandir(path) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    self._take(entry, f"{name}/{entry.name}", real_root)
        elif path.is_file():
            state = path.stat()
            self._found[name] = (state.st_size, state.st_mtime_ns)

    def _take(self, entry: os.DirEntry[str], name: str, real_root: str | None) -> None:
        if entry.name.startswith("."):
            return
        if entry.is_symlink():
            _stay_within(Path(entry.path), real_root)
        if entry.is_dir():
            if name.count("/") > 8:
                raise LibraryError(Problem("E303", "文件夹嵌套太深", Place(entry.path)))
            self._scan(Path(entry.path), name, real_root)
        elif entry.name.endswith(_SUFFIXES):
            state = entry.stat()
            self._found[name] = (state.st_size, state.st_mtime_ns)
            if len(self._found) > _MAX_FILES:
                raise LibraryError(Problem("E303", f"模板包超过 {_MAX_FILES} 个文件", Place(self.place)))

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._found))

    def stamp(self) -> Any:
        return [[name, *state] for name, state in sorted(self._found.items())]

    def read(self, name: str) -> bytes:
        path = self.root / name
        if self._found[name][0] > _MAX_FILE:
            raise _too_large(f"{self.place}/{name}")
        try:
            return path.read_bytes()
        except OSError as error:
            raise _unreadable(str(path), error) from None


class ZipFiles:
    """Files in a zip, checked before anything is read; a single folder around the pack is left out of the names."""

    def __init__(self, path: Path) -> None:
        import zipfile

        self.path, self.place = path, str(path)
        try:
            state = path.stat()
            with zipfile.ZipFile(path) as archive:
                _guard(archive.infolist(), self.place)
                held = {info.filename: info for info in archive.infolist() if not info.is_dir()}
                top = _top(held)
                self._data = {
                    name[len(top) :]: _bounded(archive, info, self.place)
                    for name, info in held.items()
                    if name.startswith(top) and _is_data(name[len(top) :])
                }
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise _unreadable(self.place, error) from None
        self._state = [state.st_size, state.st_mtime_ns]

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._data))

    def stamp(self) -> Any:
        return self._state

    def read(self, name: str) -> bytes:
        return self._data[name]


class ArchivedFiles:
    """Files inside an installed archive, through importlib.resources."""

    def __init__(self, root: Traversable) -> None:
        self.place = str(root)
        self._found: dict[str, Traversable] = {}
        for folder in _FOLDERS:
            self._scan(root.joinpath(folder), folder)
        manifest = root.joinpath("pack.yaml")
        if manifest.is_file():
            self._found["pack.yaml"] = manifest

    def _scan(self, folder: Traversable, name: str) -> None:
        if folder.is_dir():
            for entry in folder.iterdir():
                self._scan(entry, f"{name}/{entry.name}")
        elif folder.is_file() and name.endswith(_SUFFIXES):
            self._found[name] = folder

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._found))

    def stamp(self) -> Any:
        return None

    def read(self, name: str) -> bytes:
        return self._found[name].read_bytes()


Files: TypeAlias = FolderFiles | ZipFiles | ArchivedFiles
"""The data files of one pack: `pack.yaml` and what lies in patterns, topics and occasions."""


def _guard(entries: list[Any], place: str) -> None:
    """Refuse names that lead elsewhere, doubles, links, locked entries and sizes that do not fit the archive."""
    seen: set[str] = set()
    for info in entries:
        parts = info.filename.rstrip("/").split("/")
        if "\\" in info.filename or ":" in info.filename or {"", ".", ".."} & set(parts):
            raise _unsafe(place, f"文件名不安全：{info.filename}")
        if info.filename.casefold() in seen:
            raise _unsafe(place, f"文件重复：{info.filename}")
        seen.add(info.filename.casefold())
        if info.flag_bits & 1:
            raise _unsafe(place, f"文件加了密：{info.filename}")
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            raise _unsafe(place, f"不能有链接：{info.filename}")
        if info.file_size > _MAX_RATIO * max(info.compress_size, 1):
            raise _unsafe(place, f"压缩得不合常理：{info.filename}")
    if len(entries) > _MAX_FILES or sum(info.file_size for info in entries) > _MAX_TOTAL:
        raise _unsafe(place, f"文件超过 {_MAX_FILES} 个，或总共超过 {_MAX_TOTAL // 1_000_000} MB")


def _bounded(archive: Any, info: Any, place: str) -> bytes:
    if info.file_size > _MAX_FILE:
        raise _too_large(f"{place}/{info.filename}")
    with archive.open(info) as stream:
        data: bytes = stream.read(_MAX_FILE + 1)
    if len(data) > _MAX_FILE:
        raise _too_large(f"{place}/{info.filename}")
    return data


def _top(names: Any) -> str:
    if "pack.yaml" in names:
        return ""
    tops = [name[: -len("pack.yaml")] for name in names if name.count("/") == 1 and name.endswith("/pack.yaml")]
    return tops[0] if len(tops) == 1 else ""


def _is_data(name: str) -> bool:
    hidden = any(part.startswith(".") for part in name.split("/"))
    return name == "pack.yaml" or (
        name.split("/", maxsplit=1)[0] in _FOLDERS and name.endswith(_SUFFIXES) and not hidden
    )


def _stay_within(path: Path, root: str | None) -> None:
    """Refuse a link that leads out of `root`."""
    if root and path.is_symlink() and not os.path.realpath(path).startswith(root.rstrip(os.sep) + os.sep):
        raise LibraryError(Problem("E303", "链接指向模板包外面", Place(str(path)), "把文件放进模板包"))


def _unsafe(place: str, message: str) -> LibraryError:
    return LibraryError(
        Problem("E303", f"压缩包不安全，没有使用。{message}", Place(place), "解开后检查，或向提供者重新要一份")
    )


def _unreadable(place: str, error: Exception) -> LibraryError:
    why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "文件坏了或不是 zip"
    return LibraryError(Problem("E310", f"读不出来（{why}）", Place(place), "检查路径、权限和文件"))


def _too_large(place: str) -> LibraryError:
    return LibraryError(Problem("E310", f"文件超过 {_MAX_FILE // 1_000_000} MB", Place(place)))

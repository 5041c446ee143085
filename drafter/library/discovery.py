"""Where packs are looked for, in order of precedence; no code of a pack is ever run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.errors import InputError, LibraryError, Place, Problem
from drafter.library.data import data_root
from drafter.library.folders import user_folder
from drafter.library.model import PackOrigin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

__all__ = ["Found", "find_packs"]

_GROUP = "drafter.packs"


class Found(NamedTuple):
    """The root of a pack and where it was found."""

    root: Path | Traversable
    origin: PackOrigin


def find_packs(given: Sequence[Path], project: Path | None) -> list[Found]:
    """Given > project (`packs` in drafter.toml) > user folder > installed packages > built-in; each root once."""
    found = [Found(Path(path), PackOrigin.GIVEN) for path in given]
    found += (Found(path, PackOrigin.PROJECT) for path in (_of_project(project) if project else ()))
    found += (Found(path, PackOrigin.USER) for path in _of_user())
    found += (Found(path, PackOrigin.INSTALLED) for path in _installed())
    found.append(Found(data_root().joinpath("templates"), PackOrigin.BUILTIN))
    seen: dict[object, Found] = {}
    for pack in found:
        seen.setdefault(pack.root.resolve() if isinstance(pack.root, Path) else pack.root, pack)
    return list(seen.values())


def _of_project(project: Path) -> Iterator[Path]:
    """Raises LibraryError (E302) for a drafter.toml that is not right, InputError (E101) for an unreadable one."""
    settings = project / "drafter.toml"
    if not settings.is_file():
        return
    import tomllib

    try:
        with settings.open("rb") as file:
            data = tomllib.load(file)
    except OSError as error:
        raise InputError(Problem("E101", f"读不出来（{error.strerror}）", Place(str(settings)))) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryError(Problem("E302", f"TOML 写法不对（{error}）", Place(str(settings)))) from None
    packs = data.get("packs", [])
    if not isinstance(packs, list) or not all(isinstance(pack, str) for pack in packs):
        raise LibraryError(Problem("E302", "packs 要写成路径的列表", Place(str(settings)), 'packs = ["模板包文件夹"]'))
    for pack in packs:
        yield project / pack


def _of_user() -> Iterator[Path]:
    folder = user_folder()
    if folder and (folder / "packs").is_dir():
        for path in sorted((folder / "packs").iterdir()):
            if path.suffix == ".zip" or (path / "pack.yaml").is_file():
                yield path


def _installed() -> Iterator[Path]:
    """Packages that name themselves under the entry point `drafter.packs`; the value is a top-level package."""
    if not _any_entry_points():
        return
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    for point in sorted(entry_points(group=_GROUP), key=lambda point: (point.name, point.value)):
        if not point.value.isidentifier():  # a dotted name would import its parents
            raise LibraryError(
                Problem("E302", f"已安装的模板包登记有误：{point.name} = {point.value}", None, "要写顶层包名")
            )
        spec = find_spec(point.value)
        for folder in (spec.submodule_search_locations if spec else None) or ():
            if (Path(folder) / "pack.yaml").is_file():
                yield Path(folder)


def _any_entry_points() -> bool:
    """A quick look for the group's name; importlib.metadata costs more to import than all packs to read."""
    for folder in sys.path:
        try:
            points = Path(folder or ".").glob("*.*-info/entry_points.txt")
            if any(f"[{_GROUP}]" in path.read_text(encoding="utf-8", errors="replace") for path in points):
                return True
        except OSError:
            continue
    return False

"""Where the data of the program lies: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drafter.errors import InputError, Problem

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["data_root"]


def data_root() -> Traversable:
    """The folder that holds `templates` and `examples`.

    A wheel carries it as `drafter/_data`, a checkout has it beside the package. Raises InputError (E110)
    where there is neither.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "_data", package.parent):
        if (folder / "templates").is_dir():
            return folder
    zipped = _inside_archive()
    if zipped is not None:
        return zipped
    raise InputError(Problem("E110", "找不到自带的模板", None, "安装不完整，请重新安装 drafter"))


def _inside_archive() -> Traversable | None:
    """The same where the package is imported from a zip; importlib.resources is slow to import."""
    from importlib.resources import files

    folder = files("drafter").joinpath("_data")
    return folder if folder.joinpath("templates").is_dir() else None

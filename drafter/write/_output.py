"""A document in a form, and a form in a file."""

from __future__ import annotations

import errno
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from drafter.errors import OutputError, Place, Problem
from drafter.write._format import Format, load_format

if TYPE_CHECKING:
    from drafter.document import Document

__all__ = ["COPIES", "FORMS", "form_of", "render", "write", "write_bytes"]

FormatLike = str | Path | Format | None

COPIES = ("报审", "核稿", "朗读")
FORMS = ("docx", "markdown", "text", "html", "json")
_ALIASES = {"md": "markdown", "txt": "text", "htm": "html"}
_SUFFIXES = {
    **{f".{form}": form for form in ("docx", "html", "json")},
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}


def render(
    document: Document,
    to: str = "docx",
    copy: str = "报审",
    format: FormatLike = None,  # noqa: A002 - the word of the whole interface
) -> bytes:
    """The document as the bytes of a file; equal input gives equal bytes.

    to      docx, markdown (md), text (txt), html (htm) or json
    copy    报审 (clean), 核稿 (with what is to be confirmed) or 朗读 (for the lectern); the last two only as docx
    format  a format, its name or its file; gbt9704 without one. A 朗读 copy takes a format whose `reading` is
            true, else lectern

    Raises OutputError (E501, E506, E507) and, for the format, LibraryError.
    """
    form = _ALIASES.get(to, to)
    if form not in FORMS:
        raise OutputError(Problem("E501", f"不能输出成“{to}”", None, "可选：" + "、".join(FORMS)))
    if copy not in COPIES:
        raise OutputError(Problem("E506", f"没有“{copy}”这种稿本", None, "可选：" + "、".join(COPIES)))
    if copy != "报审" and form != "docx":
        raise OutputError(
            Problem(
                "E507",
                f"{copy.removesuffix('稿')}稿只能输出成 docx，不能输出成 {to}",
                None,
                "改用 --to docx，或者输出报审稿",
            )
        )
    layout = (
        format if isinstance(format, Format) else load_format(format or ("lectern" if copy == "朗读" else "gbt9704"))
    )
    if copy == "朗读" and not layout.flag("reading"):
        layout = load_format("lectern")
    if form == "docx":
        from drafter.write._docx import render_docx

        return render_docx(document, layout, copy)
    writer = cast("_Plain", import_module(f"drafter.write._{form}"))
    return writer.render(document, layout)


def write(
    document: Document,
    path: str | Path,
    to: str | None = None,
    copy: str = "报审",
    format: FormatLike = None,  # noqa: A002
    force: bool = False,
) -> Path:
    """Write the document to `path`, whole or not at all, and give the path back.

    `to` follows from the suffix where it is not given. An existing file is kept unless `force`.
    Raises OutputError: E501 form unknown, E502 file exists, E503 no such folder, E504 not allowed, E505 any
    other failure of the system.
    """
    target = Path(path)
    _check(target, force)
    return write_bytes(render(document, to or form_of(target), copy, format), target, force)


def write_bytes(data: bytes, path: str | Path, force: bool = False, *, lasting: bool = True) -> Path:
    """Write a file, whole or not at all, and give its path back.

    An existing file is kept unless `force`; a device or a pipe that is there takes the bytes as they come. Without
    `lasting` nobody waits for the disk, which costs more than to make a document: whole whenever the program ends, but
    it may be empty where the power goes before the system has written it. Raises OutputError (E502–E505, as `write`).
    """
    target = Path(path)
    _check(target, force)
    try:
        if _flows(target):
            target.write_bytes(data)
            return target
        _replace(target, data, force, lasting)
    except OSError as error:
        raise OutputError(_problem(error, target)) from error
    return target


def form_of(path: str | Path) -> str:
    """The form that a file name asks for. Raises OutputError E501."""
    suffix = Path(path).suffix
    form = _SUFFIXES.get(suffix.lower())
    if form is None:
        what = f"看不出“{suffix}”是什么格式" if suffix else "文件名没有后缀，看不出要什么格式"
        hint = "文件名以 .docx、.md、.txt、.html 或 .json 结尾，或者用 --to 指定"
        raise OutputError(Problem("E501", what, Place(str(path)), hint))
    return form


class _Plain(Protocol):
    @staticmethod
    def render(document: Document, format: Format) -> bytes: ...  # noqa: A002


def _check(target: Path, force: bool) -> None:
    """What can be said before any work."""
    place = Place(str(target))
    try:
        is_folder, has_folder = target.is_dir(), target.parent.is_dir()
    except OSError as error:
        raise OutputError(_problem(error, target)) from error
    if is_folder:
        raise OutputError(Problem("E505", "这是一个文件夹，不是文件", place, "在后面写上文件名"))
    if not force and os.path.lexists(target) and not _flows(target):
        raise OutputError(_exists(place))
    if not has_folder:
        raise OutputError(Problem("E503", f"没有“{target.parent}”这个文件夹", place, "先建好文件夹，或者换一个地方"))


def _flows(target: Path) -> bool:
    """Whether this is a device or a pipe, where nothing is kept that could be lost."""
    return target.is_char_device() or target.is_fifo()


def _exists(place: Place) -> Problem:
    return Problem("E502", "文件已经有了，没有覆盖", place, "换一个文件名；确定要覆盖就加 --force")


def _replace(target: Path, data: bytes, force: bool, lasting: bool) -> None:
    """Write beside the target and move into place; on any failure the folder is as it was."""
    real = Path(os.path.realpath(target)) if force else target
    temporary = real.parent / f".{real.name[:40]}.{os.getpid()}.{os.urandom(4).hex()}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if force:
            if real.exists():
                temporary.chmod(real.stat().st_mode & 0o777)
            temporary.replace(real)
        else:
            _move_new(temporary, real)
    finally:
        temporary.unlink(missing_ok=True)


def _move_new(temporary: Path, target: Path) -> None:
    """Move without overwriting, even a file that appeared a moment ago."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        temporary.replace(target)


def _problem(error: OSError, target: Path) -> Problem:
    place = Place(str(target))
    if isinstance(error, FileExistsError):
        return _exists(place)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return Problem("E504", "没有权限写这个文件", place, "文件正在 Word 或 WPS 里打开就先关掉；否则换一个文件夹")
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Problem("E503", f"没有“{target.parent}”这个文件夹", place, "先建好文件夹，或者换一个地方")
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return Problem("E505", "磁盘满了，没有写成", place, "腾出空间再试")
    if error.errno == errno.ENAMETOOLONG:
        return Problem("E505", "文件名太长", place, "换一个短一些的文件名")
    return Problem("E505", f"写不成文件：{error.strerror or error}", place, "换一个文件夹再试")

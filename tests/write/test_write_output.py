"""Files: what is written, when not, and that nothing half-done is left."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drafter.document import Document
from drafter.errors import LibraryError, OutputError
from drafter.write import COPIES, FORMS, form_of, load_format, render, write, write_bytes


def code(error: pytest.ExceptionInfo[OutputError]) -> str:
    (problem,) = error.value.problems
    assert problem.hint
    return problem.code


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.docx", "docx"),
        ("a.MD", "markdown"),
        ("a.markdown", "markdown"),
        ("a.txt", "text"),
        ("a.htm", "html"),
        ("a.html", "html"),
        ("a.b.json", "json"),
    ],
)
def test_the_suffix_says_the_form(note: Document, tmp_path: Path, name: str, form: str) -> None:
    assert form_of(name) == form
    assert write(note, tmp_path / name) == tmp_path / name
    assert (tmp_path / name).read_bytes() == render(note, form)


@pytest.mark.parametrize("name", ["讲话", "讲话.doc", "讲话.pdf", ".docx"])
def test_an_unknown_suffix_is_refused(note: Document, tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError) as error:
        write(note, tmp_path / name)
    assert code(error) == "E501"
    assert list(tmp_path.iterdir()) == []
    assert write(note, tmp_path / name, to="docx").read_bytes() == render(note)


def test_an_existing_file_stays_unless_told_otherwise(note: Document, tmp_path: Path) -> None:
    target = tmp_path / "讲话.txt"
    target.write_text("旧", encoding="utf-8")
    target.chmod(0o640)
    with pytest.raises(OutputError) as error:
        write(note, target)
    assert code(error) == "E502"
    assert target.read_text(encoding="utf-8") == "旧"
    write(note, target, force=True)
    assert target.read_bytes() == render(note, "text")
    assert os.name == "nt" or target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="no devices and pipes in folders")
def test_a_device_and_a_pipe_take_what_is_written(note: Document, tmp_path: Path) -> None:
    assert write(note, "/dev/null", to="docx") == Path("/dev/null")
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        write(note, pipe, to="text")
        assert read.result(timeout=10) == render(note, "text")
    assert pipe.is_fifo()


def test_a_file_that_appears_meanwhile_stays(note: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "讲话.txt"
    fsync = os.fsync

    def appear(descriptor: int) -> None:
        fsync(descriptor)
        target.write_text("别人的", encoding="utf-8")

    for without_links in (False, True):
        target.unlink(missing_ok=True)
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", appear)
            if without_links:
                patch.setattr(os, "link", _refuse(errno.EPERM))
            with pytest.raises(OutputError) as error:
                write(note, target)
        assert code(error) == "E502"
        assert target.read_text(encoding="utf-8") == "别人的"
        assert list(tmp_path.iterdir()) == [target]


def test_a_file_system_without_hard_links_will_do(
    note: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _refuse(errno.EOPNOTSUPP))
    assert write(note, tmp_path / "讲话.txt").read_bytes() == render(note, "text")
    assert len(list(tmp_path.iterdir())) == 1


def _refuse(number: int) -> object:
    def call(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return call


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, "E505"), (errno.EACCES, "E504"), (errno.EROFS, "E504"), (errno.EIO, "E505")],
)
@pytest.mark.parametrize("force", [False, True])
def test_a_failure_leaves_the_folder_as_it_was(
    note: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: str, force: bool
) -> None:
    target = tmp_path / "讲话.docx"
    if force:
        target.write_text("旧", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", _refuse(number))
    with pytest.raises(OutputError) as error:
        write(note, target, force=force)
    assert code(error) == expected
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [
        ("讲话.docx", "旧")
    ] * force


def test_folders_that_are_absent_or_not_folders(note: Document, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    for target in (tmp_path / "没有" / "讲话.docx", tmp_path / "文件" / "讲话.docx"):
        with pytest.raises(OutputError) as error:
            write(note, target)
        assert code(error) == "E503"
    for force in (False, True):
        with pytest.raises(OutputError) as error:
            write_bytes(b"", tmp_path, force=force)
        assert code(error) == "E505"
    with pytest.raises(OutputError) as error:
        write_bytes(b"", tmp_path / ("长" * 300))
    assert code(error) == "E505"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nobody refuses root")
def test_a_folder_that_may_not_be_written(note: Document, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError) as error:
        write(note, tmp_path / "讲话.docx")
    tmp_path.chmod(0o700)
    assert code(error) == "E504"


def test_a_link_is_followed_not_replaced(note: Document, tmp_path: Path) -> None:
    (tmp_path / "里").mkdir()
    target, link = tmp_path / "里" / "讲话.txt", tmp_path / "讲话.txt"
    target.write_text("旧", encoding="utf-8")
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("no symbolic links here")
    with pytest.raises(OutputError):
        write(note, link)
    write(note, link, force=True)
    assert link.is_symlink()
    assert target.read_bytes() == render(note, "text")


def test_what_cannot_be_asked_for(note: Document) -> None:
    asked: list[tuple[dict[str, str], str]] = [
        ({"to": "pdf"}, "E501"),
        ({"copy": "打印"}, "E506"),
        ({"to": "text", "copy": "核稿"}, "E507"),
        ({"to": "html", "copy": "朗读"}, "E507"),
    ]
    for arguments, expected in asked:
        with pytest.raises(OutputError) as error:
            render(note, **arguments)
        assert code(error) == expected
    with pytest.raises(LibraryError):
        render(note, format="没有")


def test_every_form_and_copy_takes_an_empty_document() -> None:
    empty = Document(())
    for form in FORMS:
        assert render(empty, form)
    for copy in COPIES:
        assert render(empty, copy=copy, format=load_format())

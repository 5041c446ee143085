"""What is built is what is tracked: wheel, sdist, and the wheel at work without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

DATA = ("templates", "examples")


def build(source: Path, target: Path, kind: str) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = target.iterdir()
    return made


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, root: Path, tracked: tuple[Path, ...]) -> Path:
    """A clean copy of the tracked files, under a path with a blank and Chinese."""
    copy = tmp_path_factory.mktemp("source") / "讲话 稿"
    for path in tracked:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, copy / path)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(source, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def sdist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(source, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked, as an installer would; no pip here, since an environment need not have one."""
    target = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def run(installed: Path, tmp_path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-P", *command],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("folder", DATA)
def test_the_wheel_holds_every_tracked_data_file(wheel: Path, tracked: tuple[Path, ...], folder: str) -> None:
    prefix = f"drafter/_data/{folder}/"
    packed = {name.removeprefix(prefix) for name in contents(wheel) if name.startswith(prefix)}
    assert packed == {path.relative_to(folder).as_posix() for path in tracked if path.parts[0] == folder}
    assert packed


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path, tracked: tuple[Path, ...]) -> None:
    packed = {name for name in contents(wheel) if not name.startswith("drafter/_data/") and ".dist-info/" not in name}
    assert packed == {path.as_posix() for path in tracked if path.parts[0] == "drafter"}


def test_the_wheel_of_the_sdist_is_the_same(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    assert contents(build(unpacked, tmp_path / "wheel", "wheel")) == contents(wheel)


def test_the_sdist_can_be_tested(sdist: Path, tracked: tuple[Path, ...]) -> None:
    with tarfile.open(sdist) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"drafter", "templates", "examples", "tests", "benchmarks", "run.py", "constraints.txt"}
    assert {path.as_posix() for path in tracked if path.parts[0] in needed} <= packed


def test_the_installed_wheel_finds_its_library(installed: Path, tmp_path: Path) -> None:
    code = (
        "import drafter; from drafter.library import Library; library = Library.load();"
        "print(drafter.__file__); print(len(library.patterns), len(library.topics), len(library.occasions))"
    )
    done = run(installed, tmp_path, "-c", code)
    assert done.returncode == 0, done.stderr
    place, counts = done.stdout.splitlines()
    assert Path(place).is_relative_to(installed)
    assert all(int(count) > 0 for count in counts.split())


def test_the_installed_wheel_drafts_an_example(installed: Path, tmp_path: Path) -> None:
    briefs = sorted((installed / "drafter" / "_data" / "examples").glob("*.yaml"))
    assert briefs
    done = run(installed, tmp_path, "-m", "drafter", "draft", str(briefs[0]), "-o", "讲话.docx")
    assert done.returncode in (0, 1), done.stderr
    assert zipfile.is_zipfile(tmp_path / "讲话.docx")


def test_the_version_is_told_once(installed: Path, tmp_path: Path, root: Path) -> None:
    done = run(installed, tmp_path, "-m", "drafter", "--version")
    assert done.returncode == 0, done.stderr
    namespace: dict[str, str] = {}
    exec((root / "drafter" / "version.py").read_text(encoding="utf-8"), namespace)  # noqa: S102 - our own line
    assert done.stdout.strip() == f"drafter {namespace['__version__']}"
    metadata = next(path for path in installed.glob("drafter-*.dist-info/METADATA"))
    assert f"Version: {namespace['__version__']}\n" in metadata.read_text(encoding="utf-8")

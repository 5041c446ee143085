"""What all tests share: programs that may be absent, folders of their own, the list of tracked files."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")

# What a marker asks for: all of the groups, any program of a group.
PROGRAMS: dict[str, tuple[tuple[str, ...], ...]] = {
    "office": (("soffice", "libreoffice"), ("pdftoppm",)),
    "browser": (("chromium", "chromium-browser", "google-chrome"),),
    "terminal": (("tmux",),),
}
# Generated, never part of the project; only asked where git cannot answer.
JUNK = {".git", ".venv", "__pycache__", "out", "build", "dist", "wheelhouse", ".hypothesis"}

# Typer and rich take these for "a terminal with colours" or "a terminal this wide"; typer asks at its import.
for name in ("FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "COLUMNS", "LINES"):
    os.environ.pop(name, None)

# No deadline: a shared or slow machine is no fault of the program. The same examples each time in CI.
settings.register_profile("drafter", deadline=None, derandomize=IN_CI)
settings.load_profile("drafter")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test whose program is absent is skipped; in CI, where .ci/run installs them all, it fails."""
    for marker, groups in PROGRAMS.items():
        if item.get_closest_marker(marker) is None:
            continue
        absent = [" or ".join(group) for group in groups if not any(map(shutil.which, group))]
        if absent:
            reason = f"{marker}: not installed here: {', '.join(absent)}"
            if IN_CI:
                pytest.fail(f"{reason}; CI must have it, see .ci/run", pytrace=False)
            pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Cache and configuration of the whole run in a temporary folder, for this process and its children."""
    base = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(base / "cache"))
        patch.setenv("DRAFTER_HOME", str(base / "drafter"))
        patch.setenv("DRAFTER_CACHE", str(base / "cache" / "drafter"))
        yield base


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """Every file of the project, relative to the checkout: what git tracks, else (an sdist) what is there."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        files = [path for path in found if not JUNK & set(path.parts) and not path.parts[0].endswith("_cache")]
    else:
        files = [Path(name) for name in os.fsdecode(listed.stdout).split("\0") if name]
    return tuple(sorted(path for path in files if (ROOT / path).is_file()))

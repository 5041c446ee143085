"""Where the built-in data is found: checkout, and a package imported from a zip."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drafter.errors import InputError
from drafter.library import Library, data

ROOT = Path(__file__).resolve().parent.parent.parent
LOAD = """
import sys
from drafter.library import Library
library = Library.load()
pattern = next(pattern for pattern in library.patterns if pattern.examples)
assert library.render(pattern, pattern.examples[0]["in"])
sys.stdout.write(library.packs[-1].place)
"""


def test_a_checkout_has_its_data_beside_the_package():
    assert (data.data_root() / "templates" / "pack.yaml").is_file()


def test_an_incomplete_installation_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(data, "__file__", str(tmp_path / "drafter" / "library" / "data.py"))
    with pytest.raises(InputError) as raised:
        data.data_root()
    assert (raised.value.problems[0].code, raised.value.problems[0].hint) == ("E110", "安装不完整，请重新安装 drafter")


def test_a_package_imported_from_a_zip_has_its_data_within(tmp_path):
    archive = tmp_path / "drafter.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for folder, inside in (("drafter", "drafter"), ("templates", "drafter/_data/templates")):
            for path in (ROOT / folder).rglob("*"):
                if path.is_file() and "__pycache__" not in path.parts:
                    packed.write(path, f"{inside}/{path.relative_to(ROOT / folder).as_posix()}")
    environment = {**os.environ, "PYTHONPATH": str(archive)}
    done = subprocess.run(
        [sys.executable, "-c", LOAD], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(archive))


def test_threads_share_a_library(make_pack):
    library = Library.load([make_pack()])
    texts = [f"办成第{number}件" * 50 for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda text: library.render("P96", {"成绩": [text] * 20}), texts))
    assert results == ["\n".join([f"- 我们{text}"] * 20) for text in texts]

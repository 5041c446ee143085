"""Caches: used when true, dropped when not, done without when they cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from drafter.library import Library

ROOT = Path(__file__).resolve().parent.parent.parent
RENDER = """
import sys
from pathlib import Path
from drafter.library import Library
assert not {"jinja2", "yaml"} & sys.modules.keys()
library = Library.load([Path(sys.argv[1])])
text = library.render("P96", {"成绩": ["办成"]})
sys.stdout.buffer.write(f"{text} {'yaml' in sys.modules} {'jinja2.parser' in sys.modules}".encode())
"""


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("DRAFTER_CACHE", str(folder))
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    return folder


def render_in_a_new_process(pack) -> str:
    command = [sys.executable, "-c", RENDER, str(pack)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_a_warm_start_reads_no_yaml(cache, make_pack):
    pack = make_pack()
    assert render_in_a_new_process(pack).startswith("- 我们办成 True")
    files = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert render_in_a_new_process(pack).startswith("- 我们办成 False")
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == files


@pytest.mark.usefixtures("cache")
def test_a_changed_file_is_seen(make_pack):
    pack = make_pack()
    assert render_in_a_new_process(pack).startswith("- 我们办成")
    path = pack / "patterns/achieve/parallel.j2"
    path.write_text(path.read_text(encoding="utf-8").replace("我们{%", "咱们{%"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert render_in_a_new_process(pack).startswith("- 咱们办成 True")


@pytest.mark.usefixtures("cache")
def test_a_new_file_and_a_lost_file_are_seen(make_pack):
    pack = make_pack()
    assert Library.load([pack]).topic("迷你工资")
    (pack / "topics/pay.yaml").rename(pack / "topics/wage.yaml")
    path = pack / "topics/wage.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("mini.pay", "mini.wage"), encoding="utf-8")
    assert Library.load([pack]).topic("迷你工资").id == "mini.wage"


@pytest.mark.parametrize("damage", [b"", b"\0\0\0\0", b"garbage " * 100])
def test_a_damaged_cache_is_no_cache(cache, make_pack, damage):
    pack = make_pack()
    Library.load([pack]).render("P96", {"成绩": ["办成"]})
    assert len(list(cache.iterdir())) >= 3
    for path in cache.iterdir():
        data = path.read_bytes()
        path.write_bytes(damage or data[: len(data) // 2])
    assert Library.load([pack]).render("P96", {"成绩": ["办成"]}) == "- 我们办成"


@pytest.mark.parametrize("place", ["", "file/cache"])
def test_without_a_cache_all_works(tmp_path, monkeypatch, make_pack, place):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DRAFTER_CACHE", str(tmp_path / place) if place else "")
    for _ in range(2):
        assert Library.load([make_pack()]).render("P96", {"成绩": ["办成"]}) == "- 我们办成"


@pytest.mark.usefixtures("cache")
def test_wrong_packs_are_read_again(make_pack):
    pack = make_pack({"topics/pay.yaml": ("title: 迷你工资", "title: 12")})
    for _ in range(2):
        assert [p.code for p in Library.load([pack], strict=False).problems] == ["E313"]

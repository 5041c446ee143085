"""Every script of benchmarks/ runs, with the least that it can do; whether it meets its bars is asked elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "benchmarks"
TEXT = "关于做好工会工作的讲话\n同志们：\n一、总结工作\n去年的工作有了进展。\n"
ROLES = (("title", 0), ("salutation", 0), ("heading", 1), ("body", 0))
# arguments, and what the last lines say
QUICK = {
    "batch.py": ("--skip speed dask memory --rows 200 --characters 500", "200 rows of an .xlsx"),
    "check_rules.py": ("", "100 %"),
    "check_speed.py": ("--no-node --rounds 1 --megabytes 0.02", "met"),  # without zhlint: a test fetches nothing
    "cold_start.py": ("-n 1", "bare typer command in CPU time, bar 1.5"),
    "import_gold.py": ("{gold}", "bar"),
    "length_matrix.py": ("--minutes 5", "cells that the facts allow"),
    "variety.py": ("--seeds 3", "said twice within one text"),
    # without docxtemplater: a test fetches nothing
    "writers.py": (
        "--engines docxtpl python-docx --lengths 1000 --rounds 1 --documents 6 --job-rounds 1 --count 12",
        "memory, 6 to 12 briefs",
    ),
}


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As a user does; PYTHONPATH stands for an installed drafter."""
    return subprocess.run(
        [sys.executable, str(FOLDER / script), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A text marked up by hand, of four lines."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    rows = (
        {"line": line, "role": role, "level": level, "clean_head": text, "segs": []}
        for line, ((role, level), text) in enumerate(zip(ROLES, TEXT.split("\n"), strict=False), 1)
    )
    marked = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "gold" / "one.jsonl").write_text(marked, encoding="utf-8")
    return tmp_path


def test_every_script_has_a_quick_run_and_a_line_in_the_readme(tracked: tuple[Path, ...]) -> None:
    scripts = {path.name for path in tracked if path.parent == Path("benchmarks") and path.suffix == ".py"}
    assert scripts - QUICK.keys() == set()
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert not [name for name in scripts if f"benchmarks/{name}" not in readme]


@pytest.mark.skipif(sys.platform == "win32", reason="the benchmarks ask a POSIX system for CPU times")
@pytest.mark.parametrize("script", QUICK)
def test_a_quick_run(script: str, gold: Path) -> None:
    if not (FOLDER / script).is_file():
        pytest.skip("not here yet")
    arguments, said = QUICK[script]
    done = run(script, *(argument.replace("{gold}", str(gold)) for argument in arguments.split()))
    assert done.returncode in (0, 1), done.stdout + done.stderr  # 1: a bar is not met
    assert "Traceback" not in done.stderr
    assert said in done.stdout, done.stdout + done.stderr


def test_the_product_imports_no_competitor(tracked: tuple[Path, ...]) -> None:
    for path in tracked:
        if path.parts[0] == "drafter" and path.suffix == ".py":
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not {name for name in ("docxtpl", "pandoc") if name in text}, path

"""The pytest suite for authors of packs, run as they run it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest

PATTERN = "patterns/achieve/parallel.j2"
GOOD = ("  - {in: {成绩", "  - {in: {措辞: 乙, 成绩: [办成]}, out: '- 我们办成'}\n  - {in: {措辞: 甲, 成绩")


@pytest.fixture
def conformance(tmp_path, root):
    """Runs the suite on a pack, far from the settings of this checkout: (exit status, output)."""

    def run(*options):
        suite = ["-p", "drafter.conformance", "--pyargs", "drafter.conformance", "-p", "no:cacheprovider", "-rs"]
        environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *suite, *options],
            cwd=tmp_path, env=environment, capture_output=True, check=False, encoding="utf-8",
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    return run


def test_a_good_pack_passes_one_test_for_each_entry(make_pack, conformance):
    make_pack({PATTERN: GOOD})
    status, said = conformance("--pack", "mini", "-v")
    assert status == 0, said
    for name in ("test_the_pack_can_be_read", *(f"[mini.{entry}]" for entry in ("achieve.parallel", "pay", "meeting"))):
        assert name in said
    assert "5 passed" in said


def test_a_zip_passes_as_well(make_pack, conformance, tmp_path):
    pack = make_pack({PATTERN: GOOD})
    with zipfile.ZipFile(tmp_path / "mini.zip", "w") as archive:
        for path in pack.rglob("*"):
            archive.write(path, path.relative_to(tmp_path).as_posix())
    assert conformance("--pack", "mini.zip")[0] == 0


def test_what_is_wrong_fails_the_test_of_its_entry(make_pack, conformance):
    changes = {PATTERN: ("- 我们{% if", "- 2025年我们{% if"), "topics/bad.yaml": "id: mini.bad\nversion： 1.0.0\n"}
    make_pack(changes)
    status, said = conformance("--pack", "mini")
    assert status == 1
    assert "mini/patterns/achieve/parallel.j2:20: [E344]" in said
    assert "mini/topics/bad.yaml:2: [E311]" in said
    failed = [line for line in said.splitlines() if line.startswith("___")]
    assert [name for name in ("can_be_read", "mini.achieve.parallel", "mini.pay") if name in str(failed)] == [
        "can_be_read",
        "mini.achieve.parallel",
    ]


def test_without_a_pack_the_usage_is_told(conformance):
    status, said = conformance()
    assert status == 4
    assert "--pack" in said
    status, said = conformance("--pack", "没有")
    assert status == 1
    assert "[E301]" in said


def test_drafter_itself_does_not_need_pytest(root):
    code = "import sys, drafter.conformance; print('pytest' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

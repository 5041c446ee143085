"""run.py on a project in miniature: the same script, a package without dependencies, a real environment."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

# The environment of the tests may lack pip (made with a borrowed one); the Python below it has what made it.
PYTHON = getattr(sys, "_base_executable", sys.executable)
PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "drafter"
version = "0"
"""
BACKEND = '''\
"""Packs drafter/ into a wheel, as small as a backend can be."""
import zipfile
def build_wheel(directory, config_settings=None, metadata_directory=None):
    name, info = "drafter-0-py3-none-any.whl", "drafter-0.dist-info/"
    with zipfile.ZipFile(f"{directory}/{name}", "w") as archive:
        archive.write("drafter/__init__.py")
        archive.write("drafter/__main__.py")
        archive.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: drafter\\nVersion: 0\\n")
        archive.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr(info + "RECORD", "")
    return name
'''
# Says where it runs and what it was given; `draft` behaves like the real one: gaps end with 1, a bad brief with 3.
PROGRAM = """\
import json, os, pathlib, sys, time
command, *rest = sys.argv[1:]
if command == "draft":
    if "bad" in rest[0]:
        print("bad brief", file=sys.stderr)
        sys.exit(3)
    pathlib.Path(rest[2]).write_bytes(b"docx")
    gaps = [f"待补：{g}（要素.{g}）" for g in "甲乙丙丁"] if "缺" in rest[0] else []
    print(json.dumps({"schema_version": 1, "output": rest[2], "characters": 2700, "minutes": 15.0, "gaps": gaps}))
    sys.exit(1 if gaps else 0)
if command == "wait":
    try:
        print("ready", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        time.sleep(0.5)
        print("saved", flush=True)
        sys.exit(130)
print(json.dumps({"arguments": rest, "cwd": os.getcwd(), "file": __file__, "utf8": sys.flags.utf8_mode}))
sys.exit(int(command))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    folder = tmp_path_factory.mktemp("run") / "讲话 稿"
    (folder / "drafter").mkdir(parents=True)
    shutil.copy(root / "run.py", folder)
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (folder / "drafter" / "__init__.py").touch()
    (folder / "drafter" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "examples").mkdir()
    return folder


def environment(more: Mapping[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "DRAFTER_"))}
    return {**kept, "LC_ALL": "C", **more}


def run(
    project: Path, *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, str(project / "run.py"), *arguments],
        cwd=cwd or project,
        env=environment(env or {}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def test_an_old_python_can_parse_it(root: Path) -> None:
    text = (root / "run.py").read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 6))
    futures = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "__future__"]
    assert not futures  # `annotations` is a SyntaxError before 3.7


def test_it_needs_the_standard_library_only(root: Path) -> None:
    tree = ast.parse((root / "run.py").read_text(encoding="utf-8"))
    names = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_without_arguments_it_explains_itself(project: Path) -> None:
    done = run(project)
    assert done.returncode == 2
    assert "run.py demo" in done.stderr
    assert not (project / ".venv").exists()


def test_a_console_without_chinese_is_no_error(project: Path) -> None:
    done = subprocess.run(
        [PYTHON, str(project / "run.py")],
        env=environment({"PYTHONIOENCODING": "ascii"}),
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert b"run.py demo" in done.stderr


def test_it_sets_up_once_and_passes_everything_on(project: Path, tmp_path: Path) -> None:
    for turn in (1, 2):
        done = run(project, "7", "-o", "讲 话.docx", cwd=tmp_path, env={"PYTHONPATH": str(project), "PIP_USER": "1"})
        assert done.returncode == 7, done.stderr
        said = json.loads(done.stdout)
        assert said["arguments"] == ["-o", "讲 话.docx"]
        assert Path(said["cwd"]) == tmp_path
        assert said["utf8"] == 1
        assert Path(said["file"]).is_relative_to(project / ".venv")  # installed, not the checkout
        assert ("setting up" in done.stderr) is (turn == 1)


def test_a_changed_source_is_installed_again(project: Path) -> None:
    run(project, "0")
    (project / "drafter" / "__init__.py").write_text("# new\n", encoding="utf-8")
    done = run(project, "0")
    assert done.returncode == 0
    assert "installing again" in done.stderr
    file = Path(json.loads(done.stdout)["file"])
    assert (file.parent / "__init__.py").read_text(encoding="utf-8") == "# new\n"
    assert "installing" not in run(project, "0").stderr


def test_demo_composes_every_brief(project: Path) -> None:
    examples = project / "examples"
    for name in ("推进会", "缺目标"):
        (examples / f"{name}.yaml").write_text("场合: 推进会", encoding="utf-8")
    done = run(project, "demo")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (project / "out").iterdir()} == {"推进会.docx", "缺目标.docx"}
    table = [line.split() for line in done.stdout.splitlines()]
    assert ["推进会.docx", "2700", "15", "无"] in table
    assert ["缺目标.docx", "2700", "15", "4：甲、乙、丙…"] in table

    (examples / "bad.yaml").write_text("场合: 推进会", encoding="utf-8")
    done = run(project, "demo")
    assert done.returncode == 1
    assert "bad brief" in done.stderr
    assert "推进会.docx" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_lets_the_program_end_in_its_own_way(project: Path) -> None:
    run(project, "0")
    process = subprocess.Popen(
        [PYTHON, str(project / "run.py"), "wait"],
        env=environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "saved\n")
    assert "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupted_set_up_is_done_again(project: Path, tmp_path: Path) -> None:
    chosen = {"DRAFTER_VENV": str(tmp_path / "环境")}
    process = subprocess.Popen(
        [PYTHON, str(project / "run.py"), "0"],
        env=environment(chosen),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    process.stderr.readline()
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Interrupted" in err
    assert "Traceback" not in err
    assert run(project, "5", env=chosen).returncode == 5


def test_an_environment_of_somebody_else_is_left_alone(project: Path, tmp_path: Path) -> None:
    treasure = tmp_path / "thesis.docx"
    treasure.touch()
    done = run(project, "0", env={"DRAFTER_VENV": str(tmp_path)})
    assert done.returncode == 2
    assert "DRAFTER_VENV" in done.stderr
    assert treasure.exists()


def test_a_failed_installation_tells_what_to_do(project: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏 项目"
    shutil.copytree(project, broken, ignore=shutil.ignore_patterns(".venv", "out"))
    with (broken / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('dependencies = ["no-such-name-of-drafter"]\n')
    (broken / "backend.py").write_text(
        BACKEND.replace("Version: 0\\n", "Version: 0\\nRequires-Dist: no-such-name-of-drafter\\n"), encoding="utf-8"
    )
    (broken / "wheelhouse").mkdir()  # no index is asked
    done = run(broken, "0")
    assert done.returncode == 2
    assert "wheelhouse" in done.stderr
    assert "安装失败" in done.stderr


def test_the_program_says_what_demo_reads(root: Path, tmp_path: Path) -> None:
    brief = min((root / "examples").glob("*.yaml"))
    command = [
        sys.executable,
        "-m",
        "drafter",
        "draft",
        str(brief),
        "-o",
        str(tmp_path / "a.docx"),
        "--force",
        "--json",
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode in (0, 1), done.stderr.decode("utf-8", "replace")
    result = json.loads(done.stdout.decode("utf-8"))
    assert result["schema_version"] == 1
    assert result["characters"] > 0
    assert result["minutes"] > 0
    assert isinstance(result["gaps"], list)
    assert isinstance(result["notes"], list)
    assert Path(result["output"]).name == "a.docx"

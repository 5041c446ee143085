"""Both READMEs, run as a stranger would: every file written, every command typed, every answer compared.

Written so in a README: `<!-- file: NAME -->` before a block puts the block into that file; a `console` block holds
commands after `$` and what they print; `…` there stands for any text, alone on its line for any lines; numbers of
characters and minutes may differ a little, for wording changes and a README need not follow each time.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
import yaml

READMES = ("README.md", "README.zh-CN.md")
PICTURES = Path("docs/images")
BLOCK = re.compile(r"(?:^<!-- (?P<mark>[^>]*?) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)\"")
LENGTH = re.compile(r"(\d+) 字，约 (\d+) 分钟（(\d+\.\d)～(\d+\.\d)）")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the commands are written for a POSIX shell")


class Block(NamedTuple):
    """A fenced block: the mark before it, the language, the text, its line."""

    mark: str
    kind: str
    text: str
    line: int


def blocks(file: Path) -> Iterator[Block]:
    page = file.read_text(encoding="utf-8")
    for found in BLOCK.finditer(page):
        yield Block(found["mark"] or "", found["kind"], found["text"], page.count("\n", 0, found.start("text")))


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest, root: Path) -> Path:
    return root / str(request.param)


@pytest.fixture(scope="module")
def pictures(root: Path) -> ModuleType:
    """The script that makes the pictures."""
    spec = importlib.util.spec_from_file_location("make_pictures", root / PICTURES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# -- what is written is run ------------------------------------------------------------------------------


@POSIX
def test_every_command_answers_as_the_readme_says(readme: Path, tmp_path: Path) -> None:
    folder, programs = tmp_path / "here", tmp_path / "programs"
    folder.mkdir()
    programs.mkdir()
    _program(programs / "drafter", f'{shlex.quote(sys.executable)} -P -m drafter "$@"')
    _program(programs / "python", f'{shlex.quote(sys.executable)} "$@"')
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    ran = 0
    for block in blocks(readme):
        if block.mark.startswith("file: "):
            (folder / block.mark.removeprefix("file: ")).write_text(block.text, encoding="utf-8")
        elif block.kind == "console":
            ran += 1
            said = subprocess.run(
                ["/bin/sh", "-c", _script(block.text)],
                cwd=folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=120,
                check=False,
            ).stdout.decode("utf-8")
            assert _agree(block.text, said), f"{readme.name}:{block.line}\n--- says\n{block.text}--- is\n{said}"
    assert ran > 5
    assert all(path.stat().st_size for path in folder.rglob("*.docx"))


def _program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\nexec {line}\n", encoding="utf-8")
    path.chmod(0o755)


def _script(text: str) -> str:
    """The commands of a console block, each printed before it is run; `$?` reaches the next one."""
    lines = ["status=0"]
    for command in (line[2:] for line in text.splitlines() if line.startswith("$ ")):
        lines += [f"printf '%s\\n' {shlex.quote('$ ' + command)}", "(exit $status)", command, "status=$?"]
    return "\n".join(lines)


def _agree(wanted: str, said: str) -> bool:
    for written, real in zip(LENGTH.finditer(wanted), LENGTH.finditer(said), strict=False):
        near = zip(map(float, written.groups()), map(float, real.groups()), strict=True)
        if not all(abs(a - b) <= max(0.06 * b, 1) for a, b in near):
            return False
    pattern = ""
    for line in wanted.rstrip("\n").split("\n"):
        if line == "…":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            parts = LENGTH.sub("\x00", line).split("…")
            pattern += "[^\n]*?".join(re.escape(part) for part in parts) + r"\n"
    return re.fullmatch(pattern, LENGTH.sub("\x00", said.rstrip("\n")) + "\n") is not None


def test_the_comparison_sees_a_difference() -> None:
    assert _agree("$ a\n甲…丙\n…\n末\n", "$ a\n甲乙丙\n一\n二\n末\n")
    assert not _agree("$ a\n甲\n", "$ a\n甲\n乙\n")
    assert not _agree("已写出：1430 字，约 8 分钟（7.2～8.8）。\n", "已写出：2741 字，约 15 分钟（13.7～16.8）。\n")
    assert _agree("已写出：1430 字，约 8 分钟（7.2～8.8）。\n", "已写出：1462 字，约 8 分钟（7.3～9.0）。\n")


def test_a_block_is_run_or_named(readme: Path) -> None:
    """Nothing stands in a README that no test looks at: files, console blocks, the dialogue, calls of run.py."""
    for block in blocks(readme):
        looked_at = block.kind == "console" or block.mark.startswith("file: ") or block.mark == "dialogue"
        assert looked_at or block.kind == "sh", f"{readme.name}:{block.line} is not run"
        if block.kind in ("yaml", "python"):
            assert block.mark.startswith("file: ")
        if block.kind == "yaml":
            yaml.safe_load(block.text)


def test_every_file_of_a_readme_is_used(readme: Path) -> None:
    page = readme.read_text(encoding="utf-8")
    for block in blocks(readme):
        name = block.mark.removeprefix("file: ")
        assert name == block.mark or len(re.findall(re.escape(name), page)) > 1, name


def test_commands_in_the_text_exist(readme: Path, root: Path) -> None:
    """`drafter X` and `python3 run.py X` in running text and tables name commands and options that there are."""
    page = readme.read_text(encoding="utf-8")
    known = {"batch", "check", "draft", "import", "init", "new", "schema", "library"}
    for command in re.findall(r"[`$(] ?drafter ([a-z]+)", page):
        assert command in known, command
    jobs = re.search(r"jobs = \{(.*?)\}", (root / "run.py").read_text(encoding="utf-8"))
    assert jobs is not None
    for job in re.findall(r"run\.py ([a-z]+)", page):
        assert f'"{job}"' in jobs[1] or job in known, job
    asked = {word for command in known for word in re.findall(r"--[a-z]+", _help(command))}
    options = re.findall(r"(?<=drafter )[^`\n]*", page)
    used = {word for line in options for word in re.findall(r"(?<= )--[a-z]+", line.split("|")[0])}
    assert used <= asked | {"--help"}, used - asked


def _help(command: str) -> str:
    env = {**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1"}
    parts = [command, "list"] if command == "library" else [command]
    asked = [sys.executable, "-P", "-m", "drafter", *parts, "--help"]
    return subprocess.run(asked, capture_output=True, check=True, env=env).stdout.decode("utf-8")


def test_the_two_commands_for_a_fresh_checkout_are_named(readme: Path, root: Path) -> None:
    page = readme.read_text(encoding="utf-8")
    assert "python3 run.py demo" in page
    if readme.name == "README.md":
        assert "python3 run.py test" in page
        assert "run.py test" in (root / ".ci" / "run").read_text(encoding="utf-8")


@POSIX
@pytest.mark.terminal
def test_the_dialogue_goes_as_shown(root: Path, pictures: ModuleType, tmp_path: Path) -> None:
    shown = next(block for block in blocks(root / "README.zh-CN.md") if block.mark == "dialogue")
    with pictures.dialogue(tmp_path) as terminal:
        screen = terminal.screen()
    lines = [line.strip() for line in screen.splitlines()]
    missing = [line for line in shown.text.splitlines() if line not in lines]
    assert not missing, f"{missing}\n{screen}"


# -- what is named is there ------------------------------------------------------------------------------


def test_links_lead_to_files_and_headings(readme: Path, root: Path) -> None:
    page = readme.read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", page, re.M)
    }
    for link in (found[1] or found[2] for found in LINK.finditer(page)):
        path, _, heading = link.partition("#")
        assert "://" not in link, link
        assert not path or (root / path).exists(), link
        assert path or heading in headings, link


def test_every_picture_is_shown_made_and_small(root: Path, pictures: ModuleType) -> None:
    pages = "".join((root / name).read_text(encoding="utf-8") for name in READMES)
    shown = set(re.findall(r"docs/images/([a-z]+)\.png", pages))
    there = {path.stem: path for path in (root / PICTURES).glob("*.png")}
    assert shown == set(there) == set(pictures.PICTURES)
    for path in there.values():
        assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        assert path.stat().st_size <= 200_000, path


@pytest.mark.office
def test_a_picture_can_be_made_anew(
    root: Path, pictures: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "HERE", tmp_path)
    monkeypatch.setattr(pictures, "ROOT", tmp_path)
    for name in READMES:
        (tmp_path / name).write_bytes((root / name).read_bytes())
    assert pictures.main(["page", "review"]) == 0
    assert {path.stem for path in tmp_path.glob("*.png")} == {"page", "review"}


def test_no_address_and_no_place_of_a_machine(readme: Path, root: Path) -> None:
    for text in (readme.read_text(encoding="utf-8"), (root / PICTURES / "make.py").read_text(encoding="utf-8")):
        assert not re.search(r"https?://|(?<![\w.])/(?:home|root|tmp|work)\b|C:\\", text)

"""Every snippet of docs/*.md is run, in the order of the document, in one empty folder for each document.

The language of a fenced block says what it is:

- a name after the language (```` ```yaml 我的模板/pack.yaml ````): a file, written there, over what is there;
- `console`: lines that begin with `$ ` are run by sh. They end with status 0, or with N where the command ends in
  `# 退出状态 N`. Lines below a command are its whole output, stdout and stderr; none: not compared;
- `python` without a name: a script, run in the folder; a `text` block next to it (blank lines between) is its output;
- yaml, jinja, toml and json without a name: an excerpt of a file or an output above it, indented as one likes;
- other `text` blocks show something that is not run.

In what is compared, `…` stands for any text of its line, and a line that is only `…` for any lines.
`drafter`, `python` and `pytest` are those of this checkout, `pip install X.whl` unpacks the wheel.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
EXCERPTS = ("yaml", "jinja", "toml", "json")
PROGRAMS = {
    "drafter": 'exec "{python}" -m drafter "$@"',
    "pytest": 'exec "{python}" -m pytest -p no:cacheprovider "$@"',
    "python": 'exec "{python}" "$@"',
    "pip": 'shift; for wheel; do "{python}" -m zipfile -e "$wheel" "{site}"; done',
}


@dataclass
class Block:
    """A fenced block: the line it starts on, the words after the fence, its text, and what stands before it."""

    line: int
    language: str
    name: str
    text: str
    follows: str


def blocks(markdown: str) -> Iterator[Block]:
    before = ""
    fenced = re.finditer(r"^```(\S*)[ ]?(.*)\n((?:.*\n)*?)```$", markdown, re.M)
    end = 0
    for match in fenced:
        near = not markdown[end : match.start()].strip()
        yield Block(markdown.count("\n", 0, match.start()) + 1, *match.groups(), before if near else "")
        before, end = match[1], match.end()


def shown_as(output: str, shown: str) -> bool:
    """Whether the output is what the document shows."""
    lines = []
    for line in shown.rstrip("\n").split("\n"):
        lines.append(r"(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + r"[ ]*\n")
    return re.fullmatch("".join(lines), output.rstrip("\n") + "\n") is not None


class Reader:
    """One document being followed."""

    def __init__(self, document: Path, folder: Path) -> None:
        self.document, self.folder = document, folder / "工作"
        self.seen = ""
        self.printed = ""
        programs, site = folder / "bin", folder / "site"
        for place in (self.folder, programs, site, folder / "home"):
            place.mkdir()
        for name, text in PROGRAMS.items():
            (programs / name).write_text(
                "#!/bin/sh\n" + text.format(python=sys.executable, site=site), encoding="utf-8"
            )
            (programs / name).chmod(0o755)
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "DRAFTER_", "PYTEST_"))}
        self.environment = {
            **kept,
            "HOME": str(folder / "home"),
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{site}",
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8",
            "DRAFTER_CACHE": os.environ.get("DRAFTER_CACHE", ""),
        }

    def follow(self) -> None:
        for block in blocks(self.document.read_text(encoding="utf-8")):
            if block.name:
                self.write(block)
            elif block.language == "console":
                self.console(block)
            elif block.language == "python":
                self.printed = self.run([sys.executable, "-"], block, block.text)
            elif block.language == "text":
                if block.follows == "python":
                    self.compare(block, self.printed, block.text)
            elif block.language in EXCERPTS:
                self.excerpt(block)
            else:
                self.wrong(block, f"{block.language or 'no language'}: see the top of {Path(__file__).name}")

    def wrong(self, block: Block, why: str) -> None:
        pytest.fail(f"{self.document.relative_to(ROOT)}:{block.line}: {why}", pytrace=False)

    def write(self, block: Block) -> None:
        path = self.folder / block.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        self.seen += block.text

    def console(self, block: Block) -> None:
        for step in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
            command, _, shown = step.partition("\n")
            status = re.search(r"# 退出状态 (\d+)$", command)
            output = self.run(["sh", "-c", command], block, "", int(status[1]) if status else 0)
            if shown.strip():
                self.compare(block, output, shown, command)

    def run(self, command: list[str], block: Block, given: str, status: int = 0) -> str:
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, input=given, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        if done.returncode != status:
            self.wrong(block, f"exit status {done.returncode}, not {status}: {command[-1]}\n{done.stdout}")
        self.seen += done.stdout
        return done.stdout

    def compare(self, block: Block, output: str, shown: str, command: str = "") -> None:
        if not shown_as(output, shown):
            self.wrong(block, f"the output is not as shown: {command}\n{output}")

    def excerpt(self, block: Block) -> None:
        rows = [line.strip() for line in self.seen.split("\n")]
        wanted = [line.strip() for line in block.text.strip().split("\n")]
        starts = (n for n, row in enumerate(rows) if shown_as(row, wanted[0]))
        if not any(shown_as("\n".join(rows[n : n + len(wanted)]), "\n".join(wanted)) for n in starts):
            self.wrong(block, "an excerpt of nothing above it")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the sessions shown are those of Linux")
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_shows_is_true(document: Path, tmp_path: Path) -> None:
    Reader(document, tmp_path).follow()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_a_document_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_comparison_is_strict() -> None:
    assert shown_as("甲\n乙\n", "甲\n乙")
    assert shown_as("甲 12 字\n乙\n丙\n", "甲 … 字\n…\n丙")
    assert not shown_as("甲\n乙\n", "甲")
    assert not shown_as("甲。\n", "甲")

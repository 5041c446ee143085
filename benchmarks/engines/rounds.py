"""Engines side by side: warmed up, read back, then a few documents of each in every round."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from engines import MODULES
from engines.assets import read_text
from engines.node import packages
from engines.speech import document, flat, outline
from engines.with_pandoc import program

__all__ = ["Round", "absent", "environment", "measure"]

_FOLDER = Path(__file__).resolve().parent
_PACKAGES = ("docxtemplater@3", "pizzip@3")
_SLICE = 0.05  # seconds of CPU that an engine gets in a round, if a document takes less
_MOST = 100  # documents of one engine in a round
_SPEECHES = 6


class Round(NamedTuple):
    """One engine in one round: CPU seconds and bytes of a document."""

    cpu: float
    size: int


def absent(name: str) -> str:
    """Why an engine cannot take part, "" where it can. Installs the packages of docxtemplater where there is npm."""
    if name == "docxtpl" and not find_spec("docxtpl"):
        return "not installed: pip install 'drafter[bench]'"
    if name == "pandoc" and not program():
        return "not installed: pip install 'drafter[bench]', or pandoc of the system"
    return packages(*_PACKAGES)[1] if name == "docxtemplater" else ""


def environment() -> dict[str, str]:
    """What a child process needs to find the engines."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(_FOLDER.parent), *_path()]))}


def measure(
    names: Sequence[str], length: int, rounds: int, assets: Path
) -> tuple[dict[str, list[Round]], dict[str, str]]:
    """The rounds of each engine, and what is wrong with those whose text, read back, is not the speech."""
    speeches = assets / f"speeches-{length}.json"
    count = max(1, min(_SPEECHES, 120_000 // length))
    made: list[dict[str, Any]] = [
        {"number": n, "length": length, "outline": outline(document(n, length))} for n in range(count)
    ]
    speeches.write_text(json.dumps(made), encoding="utf-8")
    wanted = [text for _, text in flat(made[0]["outline"])]
    results: dict[str, list[Round]] = {name: [] for name in names}
    wrong = {}
    with ExitStack() as stack:
        workers = {name: stack.enter_context(_worker(name, assets)) for name in names}
        counts = {}
        for name, worker in workers.items():
            kept = assets / f"{name}-{length}.docx"
            worker.run(speeches, 1, kept)
            warm = worker.run(speeches, 3).cpu
            counts[name] = max(1, min(_MOST, round(_SLICE / warm)))
            worker.run(speeches, counts[name])
            found = read_text(kept)
            if found != wanted:
                at = next((n for n, pair in enumerate(zip(wanted, found, strict=False)) if pair[0] != pair[1]), -1)
                wrong[name] = f"paragraph {at + 1} is {found[at][:40]!r}" if at >= 0 else f"{len(found)} paragraphs"
        for _ in range(rounds):
            for name, worker in workers.items():
                results[name].append(worker.run(speeches, counts[name]))
    return results, wrong


class _Worker:
    def __init__(self, process: subprocess.Popen[str], name: str) -> None:
        self._process, self._name = process, name

    def run(self, speeches: Path, count: int, keep: Path | None = None) -> Round:
        """Raises RuntimeError where the engine has given up."""
        given, answers = self._process.stdin, self._process.stdout
        if not (given and answers):
            raise RuntimeError(f"{self._name} has no pipes")
        job = {"speeches": str(speeches), "count": count, "keep": str(keep or "")}
        given.write(json.dumps(job) + "\n")
        given.flush()
        answer = answers.readline()
        if not answer:
            raise RuntimeError(f"{self._name} has stopped, see above")
        result: Mapping[str, Any] = json.loads(answer)
        return Round(result["cpu"] / count, result["bytes"])


@contextmanager
def _worker(name: str, assets: Path) -> Iterator[_Worker]:
    command = [sys.executable, "-m", "engines.worker", name, str(assets)]
    variables = environment()
    if not MODULES[name]:
        variables["NODE_PATH"] = str(packages(*_PACKAGES)[0])
        command = [str(shutil.which("node")), str(_FOLDER / f"{name}.js"), str(assets)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=variables, text=True, encoding="utf-8") as process:
        yield _Worker(process, name)


def _path() -> list[str]:
    return os.environ.get("PYTHONPATH", "").split(os.pathsep)

"""How fast documents are written, ours beside other engines: the writers alone, then the whole job.

    python benchmarks/writers.py [--engines docxtpl pandoc …] [--rounds 11] [--documents 1000] [--count 10000]

Writers: the same speech at 3,000, 30,000 and 300,000 characters, each engine in a process of its own, warmed up, its
text read back with python-docx, a few documents of each in every round. Shown are the median of the CPU time of a
document and the median of its ratio to the limit in the same round: a busy machine changes the first and hardly the
second.

Whole job: briefs of 3,000 characters to files, with one and with two workers, beside docxtpl, which only fills in the
same texts, composed beforehand; documents a second by the clock, and how many cores were got: much less than the
workers mean a machine that does other things, on which the clock says little. Two workers take a quarter of a second
each to start, which a thousand briefs would not make good. Then memory, from 1,000 to --count briefs.

Engines that are not installed are named and left out; docxtemplater is fetched by npm into the user's cache. Exit
status 1 where a bar is not met, 2 where a text is not the speech. Needs a POSIX system.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from engines import MODULES
from engines.assets import read_text, write_assets
from engines.job import outlines, write_briefs
from engines.rounds import Round, absent, environment, measure
from engines.speech import flat

LENGTHS = (3_000, 30_000, 300_000)
BASE, OURS, OTHER = "limit", "drafter", "docxtpl"
WRITER_BAR, JOB_BAR, WORKERS_BAR, MEMORY_BAR = 2.0, 10.0, 1.8, 0.10
_TEXTS = 50
_FEWER = 4  # docxtpl makes a quarter of the documents, which takes it long enough
_FEW = 1_000  # briefs, for memory

Bars = list[tuple[str, bool]]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Writers of .docx beside one another, and the whole job.")
    parser.add_argument("--engines", nargs="*", default=list(MODULES), choices=MODULES, help="beside drafter and limit")
    parser.add_argument("--lengths", nargs="*", type=int, default=LENGTHS, help="characters; none: no table of writers")
    parser.add_argument("--rounds", type=int, default=11, help="rounds of the writers (default 11)")
    parser.add_argument("--documents", type=int, default=4000, help="briefs of the whole job (default 4000; 0: no job)")
    parser.add_argument("--job-rounds", type=int, default=3, help="rounds of the whole job (default 3)")
    parser.add_argument("--count", type=int, default=10_000, help="most briefs, for memory (default 10000; 0: none)")
    options = parser.parse_args(arguments)
    if min(options.rounds, options.job_rounds, *options.lengths, 1) < 1:
        parser.error("lengths and rounds must be at least 1")

    names = [name for name in MODULES if name in (BASE, OURS) or name in options.engines]
    reasons = {name: absent(name) for name in names}
    names = [name for name in names if not reasons[name]]
    wrong: dict[str, str] = {}
    bars: Bars = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_assets(folder)
        if options.lengths:
            tables = {}
            for length in options.lengths:
                tables[length], differs = measure(names, length, options.rounds, folder)
                wrong |= {f"{name} at {length:,} characters": what for name, what in differs.items()}
            bars += _writers(tables, options.rounds)
        for name, reason in reasons.items():
            if reason:
                print(f"{name}: skipped, {reason}")
        if options.documents:
            print()
            bars += _whole_job(folder, options, with_other=OTHER in names)
    print()
    for text, met in bars:
        print(f"{text}: {'met' if met else 'NOT met'}")
    for name, what in wrong.items():
        print(f"{name}: the text is not that of the speech: {what}", file=sys.stderr)
    return 2 if wrong else int(not all(met for _, met in bars))


def _writers(tables: Mapping[int, Mapping[str, list[Round]]], rounds: int) -> Bars:
    bars: Bars = []
    first = min(tables)
    print(f"CPU ms a document, and × {BASE} (medians of {rounds} interleaved rounds)")
    print(f"{'characters':24}" + "".join(f"{length:>14,}      " for length in tables) + f"{f'bytes of {first:,}':>16}")
    for name in tables[first]:
        row = f"{name:24}"
        for length, table in tables.items():
            ratio = _ratio([each.cpu for each in table[name]], [each.cpu for each in table[BASE]])
            row += f"{median(each.cpu for each in table[name]) * 1e3:11.2f}{ratio:9.2f}"
            if name == OURS:
                bars.append(
                    (f"writer, {length:,} characters: {ratio:.2f} × {BASE}, bar {WRITER_BAR:g}", ratio <= WRITER_BAR)
                )
        print(f"{row}{tables[first][name][0].size:16,}")
    return bars


def _whole_job(folder: Path, options: argparse.Namespace, *, with_other: bool) -> Bars:
    documents = options.documents
    briefs, speeches = folder / "briefs.ndjson", folder / "texts.json"
    write_briefs(briefs, documents)
    texts = outlines(briefs, min(documents, _TEXTS))
    speeches.write_text(json.dumps(texts), encoding="utf-8")
    jobs = {f"{OURS}, 1 worker": (OURS, briefs, "1"), f"{OURS}, 2 workers": (OURS, briefs, "2")}
    one, two = jobs
    if with_other:
        jobs[OTHER] = (OTHER, speeches, str(-(-documents // _FEWER)))
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in jobs}
    for _ in range(options.job_rounds):
        for name, job in jobs.items():
            runs[name].append(_run(folder, *job, expected=texts[0]))

    rate = {name: [run["documents"] / run["wall"] for run in each] for name, each in runs.items()}
    print(f"{documents:,} briefs of 3,000 characters to files (medians of {options.job_rounds} interleaved rounds)")
    print(f"{'':24}{'documents/s':>12}{'CPU ms each':>13}{'cores':>7}" + f"{'× docxtpl':>11}" * with_other)
    for name, each in runs.items():
        cores = median(run["cpu"] / run["wall"] for run in each)
        row = f"{name:24}{median(rate[name]):12.0f}{median(run['cpu'] / run['documents'] for run in each) * 1e3:13.2f}"
        row += f"{cores:7.2f}"
        print(row + (f"{_ratio(rate[name], rate[OTHER]):11.2f}" if with_other else ""))
    bars: Bars = []
    if with_other:
        times = _ratio(rate[one], rate[OTHER])
        bars.append((f"whole job, 1 worker: {times:.2f} × {OTHER}, bar {JOB_BAR:g}", times >= JOB_BAR))
    times = _ratio(rate[two], rate[one])
    bars.append((f"two workers: {times:.2f} × one, bar {WORKERS_BAR:g}", times >= WORKERS_BAR))
    if options.count:
        few, many = min(_FEW, options.count // 2), options.count
        used = []
        for count in (few, many):
            write_briefs(briefs, count)
            used.append(_run(folder, OURS, briefs, "1", expected=texts[0])["mb"])
        share = used[1] / used[0] - 1
        print(f"memory of 1 worker: {used[0]:.1f} MB for {few:,} briefs, {used[1]:.1f} MB for {many:,}")
        text = f"memory, {few:,} to {many:,} briefs: {share:+.1%}, bar ± {MEMORY_BAR:.0%}"
        bars.append((text, abs(share) <= MEMORY_BAR))
    return bars


def _run(folder: Path, name: str, source: Path, number: str, *, expected: Mapping[str, Any]) -> dict[str, Any]:
    """One run of engines.job. Raises RuntimeError where it fails or the first document has another text."""
    out = folder / "out"
    command = [sys.executable, "-m", "engines.job", name, str(source), str(out), number]
    if name == OTHER:
        command.append(str(folder))
    done = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} has stopped, see above")
    result: dict[str, Any] = json.loads(done.stdout)
    if read_text(out / result["first"]) != [text for _, text in flat(expected["outline"])]:
        raise RuntimeError(f"{name}: the first document has another text")
    shutil.rmtree(out)
    return result


def _ratio(values: Sequence[float], base: Sequence[float]) -> float:
    """The median of the ratios of each round."""
    return median(value / other for value, other in zip(values, base, strict=True))


if __name__ == "__main__":
    sys.exit(main())

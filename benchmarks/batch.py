"""How fast a batch is, and how much memory it takes.

    python benchmarks/batch.py [--count 10000] [--rows 10000] [--characters 3000] [--rounds 3] [--skip dask table]

- speed: the same 6,000 briefs (NDJSON → .docx) with 1 and 2 processes, documents per second of the whole job,
  start, reading and writing included;
- dask: the same on a scheduler and two worker processes on this machine, over TCP; the bytes of all are compared;
- memory: of all processes of a run over 1,000 briefs and over `--count` (up to 100,000), two workers;
- table: `--rows` rows of an .xlsx, one in 200 of them broken; every error must name its cell.

Measures the installed drafter, or the checkout where none is installed. Needs Linux; the extras xlsx and
cluster for table and dask. Exit status 1 where two processes are less than 1.8 times as fast as one, where memory
grows by more than 10 %, or where a document or an error is missing.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from cold_start import environment

SPEEDUP, GROWTH = 1.8, 0.10
BRIEFS, FEW = 6_000, 1_000


class Run(NamedTuple):
    """Wall seconds, and the peak resident memory of its processes, added up, in MB."""

    seconds: float
    megabytes: float


def batch(env: Mapping[str, str], folder: Path, *arguments: str) -> Run:
    """One `drafter batch` into `folder`; RuntimeError where it fails otherwise than by gaps and broken briefs."""
    command = [sys.executable, "-P", "-m", "drafter", "batch", *arguments, "-o", str(folder)]
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        peaks: dict[str, int] = {}
        while process.poll() is None:
            for pid in (str(process.pid), *_children(process.pid)):
                peaks[pid] = max(_peak(pid), peaks.get(pid, 0))
            time.sleep(0.02)
        seconds = time.perf_counter() - start
        if process.returncode not in (0, 1):
            said.seek(0)
            raise RuntimeError(f"{process.returncode}: {said.read().decode('utf-8', 'replace')[-2000:]}")
    return Run(seconds, sum(peaks.values()) / 1024)


def _children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []


def _peak(pid: str) -> int:
    """The peak resident memory of a process in kB, 0 where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def brief(number: int, characters: int) -> dict[str, Any]:
    """A brief in which name, meeting, date and figure are its own."""
    unit = f"第{number}县总工会"
    figure = {
        "指标": "建会率",
        "关系": "超过",
        "数值": f"{50 + number % 50}.{number % 10}",
        "单位": "%",
        "期限": "今年年底",
    }
    return {
        "场合": "推进会",
        "日期": f"2025-03-{number % 28 + 1:02}",
        "单位": {"名称": unit, "层级": "县"},
        "会议": f"{unit}2025年工会权益保障工作推进会",
        "工作": "工会权益保障工作",
        "听众": "下级",
        "语气": "庄重",
        "篇幅": f"{characters}字",
        "业务": ["源头参与", "普法宣传", "工资集体协商", "困难职工帮扶", "劳动争议调处"],
        "要素": {"目标": [figure]},
    }


def ndjson(path: Path, count: int, characters: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(brief(number, characters), ensure_ascii=False) + "\n")
    return path


def table(path: Path, rows: int) -> list[str]:
    """An .xlsx with one row a speech; returns the cells that are broken."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(["#编号", "日期", "单位.名称", "会议", "业务", "要素.目标[0].数值"])
    broken = []
    for row in range(2, rows + 2):
        date = f"2025-03-{row % 28 + 1:02}"
        if row % 200 == 100:
            date = "2025-02-30"
            broken.append(f"!B{row}")
        figure = WriteOnlyCell(sheet, 0.5 + row % 400 / 1000)
        figure.number_format = "0.0%"
        unit = f"第{row}县总工会"
        sheet.append([f"{row:06}", date, unit, f"{unit}工作推进会", "源头参与、普法宣传、工资集体协商", figure])
    book.save(path)
    return broken


def same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same documents, byte for byte."""
    names = {path.name for path in one.glob("*.docx")}
    return names == {path.name for path in other.glob("*.docx")} and all(
        (one / name).read_bytes() == (other / name).read_bytes() for name in names
    )


@contextmanager
def dask_cluster(env: Mapping[str, str], folder: Path) -> Iterator[str]:
    """A scheduler and two workers of one thread, each a process of its own; gives the address."""
    file = folder / "scheduler.json"
    start = [sys.executable, "-m", "distributed.cli"]
    options = ["--scheduler-file", str(file), "--no-dashboard"]
    commands = [[*start[:2], "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *options]]
    worker = ["distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "1", "--nworkers", "1"]
    commands += [[*start[:2], *worker, *options, "--local-directory", str(folder)]] * 2
    running = [
        subprocess.Popen(each, env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) for each in commands
    ]
    try:
        from distributed import Client

        while not file.exists():
            time.sleep(0.05)
        client: Any = Client  # without annotations
        with client(scheduler_file=str(file), timeout=30) as connected:
            connected.wait_for_workers(2, timeout=60)
            address = connected.scheduler.address
        yield address
    finally:
        for each in reversed(running):
            each.terminate()
        for each in running:
            each.wait()


def speed(env: Mapping[str, str], folder: Path, characters: int, rounds: int, with_dask: bool) -> bool:
    source = ndjson(folder / "speed.ndjson", BRIEFS, characters)
    with ExitStack() as stack:
        ways = {"1 process": ("--jobs", "1"), "2 processes": ("--jobs", "2")}
        if with_dask:
            ways["dask, 2 workers"] = ("--cluster", stack.enter_context(dask_cluster(env, folder)))
        best = dict.fromkeys(ways, math.inf)
        for _ in range(rounds):  # one after the other, so that a busy machine slows all of them alike
            for way, how in ways.items():
                shutil.rmtree(folder / way, ignore_errors=True)
                best[way] = min(best[way], batch(env, folder / way, str(source), *how).seconds)
    print(f"{BRIEFS} briefs of {characters} characters, best of {rounds}")
    for way, seconds in best.items():
        print(f"  {way:18}{BRIEFS / seconds:6.0f} documents a second {best['1 process'] / seconds:6.2f} ×")
    good = best["1 process"] / best["2 processes"] >= SPEEDUP
    print(f"two processes at least {SPEEDUP} × one: {'met' if good else 'NOT met'}")
    equal = all(same(folder / "1 process", folder / way) for way in ways)
    print(f"{', '.join(ways)}: {'the same bytes' if equal else 'DIFFERENT bytes'}", flush=True)
    return good and equal


def memory(env: Mapping[str, str], folder: Path, count: int, characters: int) -> bool:
    peaks = []
    for number in (FEW, count):
        source = ndjson(folder / "memory.ndjson", number, characters)
        out = folder / f"memory {number}"
        run = batch(env, out, str(source), "--jobs", "2")
        written = sum(path.suffix == ".docx" for path in out.iterdir())
        peaks.append(run.megabytes)
        print(f"{number:>9} briefs {run.megabytes:8.1f} MB {written / run.seconds:8.0f} documents a second", flush=True)
        if written != number:
            return False
    growth = peaks[1] / peaks[0] - 1
    verdict = "met" if growth <= GROWTH else "NOT met"
    print(f"memory: {growth:+.1%} from {FEW} to {count} (wanted ±{GROWTH:.0%}): {verdict}")
    return growth <= GROWTH


def rows_of_a_table(env: Mapping[str, str], folder: Path, rows: int, characters: int) -> bool:
    broken = table(folder / "表.xlsx", rows)
    shared = {key: value for key, value in brief(0, characters).items() if key not in ("日期", "会议", "业务")}
    shared["单位"] = {"层级": "县"}
    del shared["要素"]["目标"][0]["数值"]
    (folder / "共用.yaml").write_text(json.dumps(shared, ensure_ascii=False), encoding="utf-8")
    report = folder / "report.csv"
    given = ("--table", str(folder / "表.xlsx"), "--brief", str(folder / "共用.yaml"), "--report", str(report))
    run = batch(env, folder / "table", *given, "--jobs", "2", "--name", "{编号}-{单位.名称}")
    with report.open(encoding="utf-8-sig", newline="") as file:
        failed = [row[-1] for row in list(csv.reader(file))[1:] if row[2] == "有错"]
    named = sum(f"{cell}:" in text for cell, text in zip(broken, failed, strict=False))
    written = sum(path.suffix == ".docx" for path in (folder / "table").iterdir())
    print(
        f"{rows} rows of an .xlsx, 2 processes: {written} documents, {len(failed)} errors, {named} of them name their "
        f"cell; {run.seconds:.0f} s, {written / run.seconds:.0f} documents a second, {run.megabytes:.1f} MB"
    )
    return written == rows - len(broken) and named == len(failed) == len(broken)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Documents a second and memory of drafter batch.")
    parser.add_argument("--count", type=int, default=10_000, help="briefs of the large memory run (default 10000)")
    parser.add_argument("--rows", type=int, default=10_000, help="rows of the table (default 10000)")
    parser.add_argument("--characters", type=int, default=3_000, help="length of a speech (default 3000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the speed runs, the best counts (default 3)")
    parser.add_argument("--skip", nargs="*", default=[], choices=["speed", "dask", "memory", "table"])
    options = parser.parse_args(arguments)
    if not FEW < options.count <= 100_000 or options.rows < 200:
        parser.error(f"--count: {FEW + 1} to 100000, --rows: at least 200")
    env = environment()
    good = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "speed" not in options.skip:
            good &= speed(env, folder, options.characters, options.rounds, "dask" not in options.skip)
        if "memory" not in options.skip:
            good &= memory(env, folder, options.count, options.characters)
        if "table" not in options.skip:
            good &= rows_of_a_table(env, folder, options.rows, options.characters)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

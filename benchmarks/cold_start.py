"""How long a command takes from nothing, measured against `import docx`.

    python benchmarks/cold_start.py [-n 15] [--brief 素材单.yaml]

Measures the installed drafter, or the checkout where none is installed; both from compiled bytecode.
Every round runs each command once, one after the other, so that a busy machine slows all of them alike;
the table shows medians of wall and CPU time and their ratio to the yardstick. Exit status 1 where `draft`
is above the bar in CPU time. Needs a POSIX system.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
BAR = 2.2
YARDSTICK = "import docx"

# About 3,000 characters on every field of work that the sections of a meeting of this kind have.
BRIEF = """\
场合: 推进会
日期: 2024-03-05
单位: {名称: 省总工会, 层级: 省}
讲话人: {姓名: 王某, 职务: 省总工会副主席}
会议: 2024年全省工会权益保障工作推进会
工作: 工会权益保障工作
听众: 下级
语气: 庄重
篇幅: 3000字
业务: [源头参与, 普法宣传, 工资集体协商, 困难职工帮扶, 劳动争议调处]
"""


def environment() -> dict[str, str]:
    """Ours, with bytecode written, and with the checkout on the path where drafter is not installed."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}
    try:
        distribution("drafter")
    except PackageNotFoundError:
        kept["PYTHONPATH"] = str(ROOT)
    return kept


def measure(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, float]:
    """(wall, CPU) seconds of one run, children included; RuntimeError where it fails (1 is "with gaps")."""
    before, start = _children_cpu(), time.perf_counter()
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    wall, cpu = time.perf_counter() - start, _children_cpu() - before
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}\n{done.stderr.decode('utf-8', 'replace')}")
    return wall, cpu


def _children_cpu() -> float:
    """CPU seconds of all children that have ended, to the microsecond (`os.times` counts in hundredths)."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Cold start of drafter, as a ratio to `import docx`.")
    parser.add_argument("-n", type=int, default=15, help="rounds (default 15)")
    parser.add_argument("--brief", type=Path, help="a brief to draft instead of the built-in one of 3,000 characters")
    options = parser.parse_args(arguments)
    if options.n < 1:
        parser.error("-n must be at least 1")

    env = environment()
    with tempfile.TemporaryDirectory() as folder:
        brief = options.brief
        if brief is None:
            brief = Path(folder) / "brief.yaml"
            brief.write_text(BRIEF, encoding="utf-8")
        drafter = [sys.executable, "-P", "-m", "drafter"]
        commands = {
            YARDSTICK: [sys.executable, "-P", "-c", YARDSTICK],
            "drafter --version": [*drafter, "--version"],
            "drafter library list": [*drafter, "library", "list"],
            "drafter draft": [*drafter, "draft", str(brief.resolve()), "-o", str(Path(folder) / "a.docx"), "--force"],
        }
        for command in commands.values():  # one round to fill the caches of the disk and of Python
            measure(command, env)
        rounds = [{name: measure(command, env) for name, command in commands.items()} for _ in range(options.n)]

    medians = {name: tuple(median(one[name][kind] for one in rounds) for kind in (0, 1)) for name in commands}
    base_wall, base_cpu = medians[YARDSTICK]
    print(f"{'command':24}{'wall ms':>9}{'ratio':>7}{'CPU ms':>9}{'ratio':>7}   (median of {options.n})")
    for name, (wall, cpu) in medians.items():
        print(f"{name:24}{wall * 1e3:9.0f}{wall / base_wall:7.2f}{cpu * 1e3:9.0f}{cpu / base_cpu:7.2f}")
    ratio = medians["drafter draft"][1] / base_cpu
    print(f"draft: {ratio:.2f} × {YARDSTICK} in CPU time, bar {BAR}: {'met' if ratio <= BAR else 'NOT met'}")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())

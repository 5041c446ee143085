"""How long a command takes from nothing, measured against `import docx` and a bare typer command.

    python benchmarks/cold_start.py [-n 15] [--brief 素材单.yaml]

Measures the installed drafter, or the checkout where none is installed; both from compiled bytecode.
`draft`, which checks what it has composed, is held against `import docx`; beside it the same with `--no-check`.
`--version` and `library list` are held against a bare typer command, which does nothing.
Every round runs each command once, one after the other, so that a busy machine slows all of them alike; the table
shows medians of wall and CPU time, and of the ratio to the yardstick in the same round. Exit status 1 where a command
is above its bar in CPU time. Needs a POSIX system.
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
YARDSTICK, BARE = "import docx", "bare typer command"
DRAFT, VERSION, LIST = "drafter draft", "drafter --version", "drafter library list"
UNCHECKED = "drafter draft --no-check"
# command: what it is held against, and how many times as long it may take in CPU time
BARS = {DRAFT: (YARDSTICK, 2.2), VERSION: (BARE, 1.5), LIST: (BARE, 1.5)}

BARE_COMMAND = """\
import typer

app = typer.Typer(add_completion=False)


@app.command()
def main(version: bool = False) -> None:
    typer.echo("1.0.0")


app()
"""

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
    parser = argparse.ArgumentParser(description="Cold start of drafter, as a ratio to yardsticks.")
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
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE_COMMAND, encoding="utf-8")
        drafter = [sys.executable, "-P", "-m", "drafter"]
        commands = {
            YARDSTICK: [sys.executable, "-P", "-c", YARDSTICK],
            BARE: [sys.executable, "-P", str(bare), "--version"],
            VERSION: [*drafter, "--version"],
            LIST: [*drafter, "library", "list"],
            DRAFT: [*drafter, "draft", str(brief.resolve()), "-o", str(Path(folder) / "a.docx"), "--force"],
        }
        commands[UNCHECKED] = [*commands[DRAFT], "--no-check"]
        for command in commands.values():  # one round to fill the caches of the disk and of Python
            measure(command, env)
        rounds = [{name: measure(command, env) for name, command in commands.items()} for _ in range(options.n)]

    def shown(name: str, base: str, kind: int) -> tuple[float, float]:
        """Median of the seconds, and of their ratio to those of `base` in the same round."""
        return median(one[name][kind] for one in rounds), median(one[name][kind] / one[base][kind] for one in rounds)

    print(
        f"{'command':26}{'wall ms':>9}{'CPU ms':>9}{'× docx':>9}{'× typer':>9}  (medians of {options.n}; × in CPU time)"
    )
    for name in commands:
        cpu, to_docx = shown(name, YARDSTICK, 1)
        to_typer = shown(name, BARE, 1)[1]
        print(f"{name:26}{shown(name, name, 0)[0] * 1e3:9.0f}{cpu * 1e3:9.0f}{to_docx:9.2f}{to_typer:9.2f}")
    status = 0
    for name, (base, bar) in BARS.items():
        ratio = shown(name, base, 1)[1]
        print(f"{name}: {ratio:.2f} × {base} in CPU time, bar {bar}: {'met' if ratio <= bar else 'NOT met'}")
        status |= ratio > bar
    return status


if __name__ == "__main__":
    sys.exit(main())

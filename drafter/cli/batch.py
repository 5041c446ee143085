"""`drafter batch`: many briefs to many documents, with a progress bar and an account."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from drafter.batch import open_report, prepare
from drafter.cli.console import complain, say

if TYPE_CHECKING:
    from drafter.batch import Batch, Options, Record
    from drafter.errors import Problem

__all__ = ["write_batch"]

_SHOWN = 200


class _Account:
    """What has been done so far."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        self.gaps = Counter[str]()
        self.problems: list[Problem] = []
        self.hidden = 0
        self._start = monotonic()

    def add(self, record: Record) -> None:
        self.counts[record.status] += 1
        self.gaps.update(record.gaps)
        room = _SHOWN - len(self.problems)
        self.problems += record.problems[: max(room, 0)]
        self.hidden += max(len(record.problems) - max(room, 0), 0)

    @property
    def seconds(self) -> float:
        return monotonic() - self._start

    def summary(self, count: int, interrupted: bool) -> dict[str, Any]:
        """For the report."""
        return {
            "count": count,
            "written": self.counts["完成"] + self.counts["待补"],
            "unchanged": self.counts["未变"],
            "with_gaps": self.counts["待补"],
            "failed": self.counts["有错"],
            "interrupted": interrupted,
        }


def write_batch(options: Options, report_to: Path | None) -> int:
    """Prepare, run, report; returns the exit status. `report_to`: where what became of each is written."""
    gc.enable()  # a short command does without, thousands of documents do not
    account = _Account()
    with prepare(options) as batch, open_report(report_to, force=options.force or options.resume) as report:
        interrupted = True
        try:
            with closing(batch.run()) as records, _progress(batch) as advance:
                for record in records:
                    account.add(record)
                    if report:
                        report.add(record)
                    advance(account)
            interrupted = False
        finally:
            if report:
                report.end(account.summary(batch.count, interrupted))
            _say(account, batch, options, interrupted)
            if report_to:
                say(f"逐篇的结果在 {report_to}。")
    return 1 if account.counts["有错"] or account.gaps else 0


def _say(account: _Account, batch: Batch, options: Options, interrupted: bool) -> None:
    """What is wrong, then how many of each kind, on stderr."""
    complain(account.problems)
    if account.hidden:
        say(f"还有 {account.hidden} 处问题没有列出，用 --report 写成文件看全部。")
    done = account.counts["完成"] + account.counts["待补"]
    verb = "查过" if options.dry_run else "写好"
    rate = f"，每秒 {done / account.seconds:.0f} 篇" if done and account.seconds > 1 else ""
    where = "，没有写文件" if options.dry_run else f"，在 {options.folder}"
    parts = [f"{verb} {done} 篇{where}{rate}"]
    if account.counts["未变"]:
        parts.append(f"{account.counts['未变']} 篇没有变，没有重写")
    if account.counts["有错"]:
        parts.append(f"{account.counts['有错']} 篇有错，没有写")
    say(f"共 {batch.count} 篇：{'；'.join(parts)}。")
    if account.gaps:
        say(f"待补 {len(account.gaps)} 种，最多的：")
        for gap, count in account.gaps.most_common(5):
            say(f"  {gap}，{count} 篇")
    if interrupted and not options.dry_run:
        say("没有做完；写好的都是完整的，加 --resume 接着做。")


@contextmanager
def _progress(batch: Batch) -> Iterator[Callable[[_Account], None]]:
    """A bar with the rate and the time that is left, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("每秒 {task.fields[rate]:.0f} 篇"),
        TextColumn("还要"),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[failed]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=batch.count, rate=0.0, failed="")

        def advance(account: _Account) -> None:
            failed = f"有错 {account.counts['有错']}" if account.counts["有错"] else ""
            done = sum(account.counts.values())
            bar.update(task, completed=done, rate=done / max(account.seconds, 0.01), failed=failed)

        yield advance

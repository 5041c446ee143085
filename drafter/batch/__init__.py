"""Many briefs at once: folders, NDJSON and tables in, documents and a report out, in one process, many, or a cluster.

with prepare(Options(table=Path("表.xlsx"), base=Path("共用.yaml"), folder=Path("稿子"))) as batch:
    for record in batch.run():
        ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.lazy import lazy

if TYPE_CHECKING:
    from drafter.batch.batch import Batch, Options, Record, prepare
    from drafter.batch.report import REPORTS, Report, open_report

__all__ = ["REPORTS", "Batch", "Options", "Record", "Report", "open_report", "prepare"]

# a worker imports `drafter.batch.work` and nothing else of this
__getattr__ = lazy(
    __name__,
    {
        **dict.fromkeys(("Batch", "Options", "Record", "prepare"), "batch"),
        **dict.fromkeys(("REPORTS", "Report", "open_report"), "report"),
    },
)

"""Many briefs at once: folders, NDJSON and tables in, documents and a report out, in one process, many, or a cluster.

with prepare(Options(table=Path("表.xlsx"), base=Path("共用.yaml"), folder=Path("稿子"))) as batch:
    for record in batch.run():
        ...
"""

from drafter.batch.batch import Batch, Options, Record, prepare
from drafter.batch.report import REPORTS, Report, open_report

__all__ = ["REPORTS", "Batch", "Options", "Record", "Report", "open_report", "prepare"]

"""A dask cluster of two worker processes over TCP does what a pool does, byte for byte."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drafter.batch import Options, prepare

from .conftest import Run, contents, rows, save

distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.filterwarnings("default")  # those of dask are its own


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    options = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with distributed.LocalCluster(processes=True, protocol="tcp://", silence_logs=50, **options) as running:
        yield running


def test_a_cluster_writes_the_bytes_of_a_pool(base: Path, tmp_path: Path, batch: Run, cluster: Any) -> None:
    assert cluster.scheduler_address.startswith("tcp://")
    save(tmp_path / "表.xlsx", ("名单", rows(150, broken=(40, 90))))
    options: dict[str, Any] = {"table": tmp_path / "表.xlsx", "base": base, "name": "{编号}"}
    far = batch(**options, folder=tmp_path / "群", cluster=cluster.scheduler_address)
    near = batch(**options, folder=tmp_path / "池", jobs=2)
    here = batch(**options, folder=tmp_path / "一", jobs=1)
    assert far == near == here
    assert len(contents(tmp_path / "群")) == 148
    assert contents(tmp_path / "群") == contents(tmp_path / "池") == contents(tmp_path / "一")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_worker_killed_in_mid_run_costs_only_time(base: Path, tmp_path: Path, batch: Run, cluster: Any) -> None:
    save(tmp_path / "表.xlsx", ("名单", rows(150)))
    options: dict[str, Any] = {"table": tmp_path / "表.xlsx", "base": base}
    with distributed.Client(cluster, set_as_default=False) as client:
        pids = list(client.run(os.getpid).values())
    with prepare(Options(**options, folder=tmp_path / "群", cluster=cluster.scheduler_address)) as prepared:
        records = prepared.run()
        done = [next(records)]
        os.kill(pids[0], signal.SIGKILL)
        done += records
    assert [record.number for record in done] == list(range(1, 151))
    assert batch(**options) == done
    assert contents(tmp_path / "群") == contents(tmp_path / "稿")

"""Batches as they run: inputs, isolation, resuming, the same bytes from every executor."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from drafter.batch import Options, Record, prepare
from drafter.errors import InputError, OutputError

from .conftest import BASE, Run, contents, rows, save

BRIEF = BASE.replace("{层级: 县}", "{名称: 甲县总工会, 层级: 县}")


def statuses(records: list[Record]) -> list[str]:
    return [record.status for record in records]


def codes(records: list[Record]) -> list[str]:
    return [problem.code for record in records for problem in record.problems]


def test_files_folders_and_globs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: Run) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("甲/a.yaml", "甲/下/b.yml", "甲/readme.md", "甲/.git/x.yaml", "乙/c.yaml", "d.yaml", "e.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(BRIEF, encoding="utf-8")
    records = batch(inputs=("甲", "乙/*.yaml", "d.yaml", "./d.yaml"), to="txt")
    assert [record.output for record in records] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    for wrong, code in (("没有.yaml", "E101"), ("没有*.yaml", "E701"), ("表.xlsx", "E719")):
        with pytest.raises(InputError, match=code):
            batch(inputs=(wrong,))


def test_a_broken_brief_costs_only_itself(tmp_path: Path, batch: Run) -> None:
    for name, text in {"a": BRIEF, "b": "场合: [", "c": "场合: 没有这种会", "d": "\x00", "e": BRIEF}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    records = batch(inputs=(str(tmp_path),), to="txt", name="{文件}-{单位.名称}")
    assert [record.output for record in records if record.output] == ["a-甲县总工会.txt", "e-甲县总工会.txt"]
    assert all(str(problem.place).startswith(str(tmp_path)) for record in records for problem in record.problems)
    assert sorted(contents(tmp_path / "稿")) == ["a-甲县总工会.txt", "e-甲县总工会.txt"]


def test_ndjson_is_one_brief_a_line(tmp_path: Path, batch: Run) -> None:
    good = {"场合": "推进会", "单位": {"名称": "𠮷县总工会", "层级": "县"}, "篇幅": "900字", "语速": 200}
    target = '"要素": {"目标": [{"指标": "建会率", "关系": "超过", "数值": 1.10, "单位": "万人", "期限": "年底"}]}'
    lines = [
        json.dumps(good),
        f"{json.dumps(good)[:-1]}, {target}}}",
        "",
        '{"场合": ',
        '{"场合": "推进会", "场合": "表彰会"}',
        '{"场合": "推进会", "日期": "2025-02-30"}',
        '{"场合": "推进会", "语速": NaN}',
        "[1]",
        "[" * 100_000,
    ]
    (tmp_path / "单.ndjson").write_text("\n".join(lines), encoding="utf-8")
    records = batch(inputs=(str(tmp_path / "单.ndjson"),), to="txt", name="{行}-{单位.名称}")
    assert [record.output for record in records[:2]] == ["1-𠮷县总工会.txt", "2-𠮷县总工会.txt"]
    text = (tmp_path / "稿" / "2-𠮷县总工会.txt").read_text(encoding="utf-8")
    assert "建会率超过1.10万人" in text.replace("\n", "")
    places = [(problem.code, problem.place and problem.place.line) for r in records for problem in r.problems]
    assert places[0] == ("E713", 4)
    assert places[1] == ("E115", 5)
    assert [line for _, line in places] == [4, 5, 6, 7, 8, 9]


def test_only_what_changed_is_done_again(base: Path, tmp_path: Path, batch: Run) -> None:
    table = rows(6, broken=(4,))
    save(tmp_path / "表.xlsx", ("名单", table))
    options: dict[str, Any] = {"table": tmp_path / "表.xlsx", "base": base, "to": "txt"}
    assert statuses(batch(**options))[2] == "有错"
    table[3][1] = "2025-04-05"  # mended
    table[5][2] = "改名县总工会"
    save(tmp_path / "表.xlsx", ("名单", table))
    (tmp_path / "稿" / "表-00002.txt").unlink()
    with pytest.raises(OutputError, match="E712"):
        batch(**options)
    again = statuses(batch(**options, resume=True))
    assert [status == "未变" for status in again] == [False, True, False, True, False, True]
    assert statuses(batch(**options, resume=True)) == ["未变"] * 6
    base.write_text(BASE.replace("900字", "1000字"), encoding="utf-8")
    assert "未变" not in statuses(batch(**options, resume=True))
    fresh = batch(**{**options, "folder": tmp_path / "新"})
    assert len(fresh) == 6
    assert contents(tmp_path / "新") == contents(tmp_path / "稿")


def test_what_the_power_took_is_done_again(base: Path, tmp_path: Path, batch: Run) -> None:
    save(tmp_path / "表.xlsx", ("名单", rows(3)))
    options: dict[str, Any] = {"table": tmp_path / "表.xlsx", "base": base, "to": "txt", "resume": True}
    batch(**options)
    whole = contents(tmp_path / "稿")
    (tmp_path / "稿" / "表-00003.txt").write_bytes(b"")
    assert [status == "未变" for status in statuses(batch(**options))] == [True, False, True]
    assert contents(tmp_path / "稿") == whole


def test_a_changed_page_format_is_a_change(base: Path, tmp_path: Path, batch: Run) -> None:
    page = "extends: gbt9704\nid: ours\nversion: 1.0.0\ntitle: 本单位版式\nstyles: {body: {size: %d}}\n"
    (tmp_path / "本单位.yaml").write_text(page % 16, encoding="utf-8")
    table = [[*row, value] for row, value in zip(rows(2), ("版式", "本单位.yaml", None), strict=True)]
    save(tmp_path / "表.xlsx", ("名单", table))
    options: dict[str, Any] = {"table": tmp_path / "表.xlsx", "base": base, "resume": True}
    first = batch(**options)
    assert "有错" not in statuses(first)
    before = contents(tmp_path / "稿")
    assert statuses(batch(**options)) == ["未变", "未变"]
    (tmp_path / "本单位.yaml").write_text(page % 18, encoding="utf-8")
    assert [status == "未变" for status in statuses(batch(**options))] == [False, True]
    after = contents(tmp_path / "稿")
    assert {name for name, data in after.items() if data != before[name]} == {first[0].output}
    assert statuses(batch(**options)) == ["未变", "未变"]
    (tmp_path / "本单位.yaml").unlink()
    assert statuses(batch(**options)) == ["有错", "未变"]


def test_what_somebody_has_edited_is_kept(base: Path, tmp_path: Path, batch: Run) -> None:
    table = rows(2)
    save(tmp_path / "表.xlsx", ("名单", table))
    options: dict[str, Any] = {"table": tmp_path / "表.xlsx", "base": base, "to": "txt", "resume": True}
    batch(**options)
    edited = tmp_path / "稿" / "表-00002.txt"
    edited.write_text("人改过的", encoding="utf-8")
    assert statuses(batch(**options)) == ["未变", "未变"]
    table[1][3] = "改名县总工会工作会"
    save(tmp_path / "表.xlsx", ("名单", table))
    assert codes(batch(**options)) == ["E718"]
    assert edited.read_text(encoding="utf-8") == "人改过的"
    assert codes(batch(**options, force=True)) == []
    assert "改名县总工会" in edited.read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing_and_says_the_same(base: Path, tmp_path: Path, batch: Run) -> None:
    save(tmp_path / "表.xlsx", ("名单", rows(5, broken=(3,))))
    options: dict[str, Any] = {"table": tmp_path / "表.xlsx", "base": base}
    dry = batch(**options, dry_run=True)
    assert not (tmp_path / "稿").exists()
    assert batch(**options) == dry


def command(table: Path, base: Path, folder: str, *more: str) -> list[str]:
    start = [sys.executable, "-m", "drafter", "batch", "--table", str(table), "--brief", str(base), "-o", folder]
    return [*start, *more]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_in_the_middle_and_resumed(base: Path, tmp_path: Path, root: Path, jobs: str) -> None:
    """300 rows, five of them broken: 295 documents, however often the power goes."""
    broken = (10, 77, 150, 222, 301)
    table = save(tmp_path / "表.xlsx", ("名单", rows(300, broken)))
    env = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    killed = subprocess.Popen(
        command(table, base, "稿", "--jobs", jobs), cwd=tmp_path, env=env, stderr=subprocess.DEVNULL
    )
    folder = tmp_path / "稿"
    deadline = time.monotonic() + 60
    while not folder.is_dir() or sum(path.suffix == ".docx" for path in folder.iterdir()) < 60:
        assert time.monotonic() < deadline
        assert killed.poll() is None, "it was too quick to be killed"
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    time.sleep(0.3)  # workers end after the document they are at
    some = {name: data for name, data in contents(folder).items() if name.endswith(".docx")}
    assert 60 <= len(some) < 295
    assert all(zipfile.is_zipfile(folder / name) for name in some)

    report = tmp_path / "结果.json"
    more = ("--jobs", "1" if jobs == "2" else "2", "--resume", "--report", str(report))
    resumed = subprocess.run(command(table, base, "稿", *more), cwd=tmp_path, env=env, capture_output=True, check=False)
    assert resumed.returncode == 1, resumed.stderr.decode()
    whole = contents(folder)
    assert len(whole) == 295
    assert all(whole[name] == data for name, data in some.items())
    said = json.loads(report.read_text(encoding="utf-8"))
    assert said["summary"] == {
        "count": 300,
        "written": 295 - said["summary"]["unchanged"],
        "unchanged": said["summary"]["unchanged"],
        "with_gaps": said["summary"]["with_gaps"],
        "failed": 5,
        "interrupted": False,
    }
    assert said["summary"]["unchanged"] >= 10
    failed = [problem["place"] for each in said["documents"] for problem in each["problems"]]
    assert failed == [f"表.xlsx“名单”!B{row}" for row in broken]
    for place in failed:
        assert place in resumed.stderr.decode()

    once = subprocess.run(command(table, base, "一次"), cwd=tmp_path, env=env, capture_output=True, check=False)
    assert once.returncode == 1
    assert contents(tmp_path / "一次") == whole


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT of another process")
def test_ctrl_c_leaves_whole_files_and_a_report(base: Path, tmp_path: Path, root: Path) -> None:
    table = save(tmp_path / "表.xlsx", ("名单", rows(400)))
    env = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    more = ("--jobs", "2", "--report", "结果.json")
    stopped = subprocess.Popen(command(table, base, "稿", *more), cwd=tmp_path, env=env, stderr=subprocess.PIPE)
    while not (tmp_path / "稿").is_dir() or len(list((tmp_path / "稿").iterdir())) < 60:
        assert stopped.poll() is None
        time.sleep(0.01)
    stopped.send_signal(signal.SIGINT)
    said = stopped.communicate(timeout=30)[1].decode()
    assert stopped.returncode == 130
    assert "--resume" in said
    assert "Traceback" not in said
    assert all(zipfile.is_zipfile(path) for path in (tmp_path / "稿").glob("*.docx"))
    assert not list((tmp_path / "稿").glob(".*.tmp"))
    assert json.loads((tmp_path / "结果.json").read_text(encoding="utf-8"))["summary"]["interrupted"] is True


def test_two_batches_cannot_share_a_folder(base: Path, tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    save(tmp_path / "表.xlsx", ("名单", rows(3)))
    options = Options(table=tmp_path / "表.xlsx", base=base, folder=tmp_path / "稿", resume=True, jobs=1)
    with prepare(options) as one, prepare(options) as two:
        first = one.run()
        next(first)
        with pytest.raises(OutputError, match="E720"):
            next(two.run())
        first.close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_worker_of_the_pool_that_dies_costs_only_time(base: Path, tmp_path: Path, batch: Run) -> None:
    save(tmp_path / "表.xlsx", ("名单", rows(150)))
    options: dict[str, Any] = {"table": tmp_path / "表.xlsx", "base": base}
    with prepare(Options(**options, folder=tmp_path / "池", jobs=2)) as prepared:
        records = prepared.run()
        done = [next(records)]
        victim = multiprocessing.active_children()[0]
        os.kill(victim.pid or 0, signal.SIGKILL)
        done += records
    assert "有错" not in statuses(done)
    assert [record.number for record in done] == list(range(1, 151))
    assert batch(**options) == done
    assert contents(tmp_path / "池") == contents(tmp_path / "稿")


DEADLY = """\
import os, signal
from drafter.batch.executors import chunks, pool, run

def work(part):
    if 13 in part:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * each for each in part]

if __name__ == "__main__":
    results = run(pool(2), work, chunks(iter(range(100)), 8), lambda task: -task)
    print([each for result in results for each in result])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_only_the_task_that_kills_its_worker_is_given_up(tmp_path: Path, root: Path) -> None:
    script = tmp_path / "deadly.py"
    script.write_text(DEADLY, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, str(script)], env=env, capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(done.stdout) == [-13 if number == 13 else 2 * number for number in range(100)]

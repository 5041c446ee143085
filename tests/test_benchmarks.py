"""Every script of benchmarks/ runs, with the least that it can do; whether it meets its bars is asked elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "benchmarks"
TEXT = "关于做好工会工作的讲话\n同志们：\n一、总结工作\n去年的工作有了进展。\n"
ROLES = (("title", 0), ("salutation", 0), ("heading", 1), ("body", 0))
# arguments, and what the last lines say
QUICK = {
    "batch.py": ("--skip speed dask memory --rows 200 --characters 500", "200 rows of an .xlsx"),
    "check_cases.py": ("{cases} --misses", "all misses are meant"),
    "check_rules.py": ("", "100 %"),
    "check_speed.py": ("--no-node --rounds 1 --megabytes 0.02", "met"),  # without zhlint: a test fetches nothing
    "check_typos.py": ("--errors 60", "anywhere"),
    "check_texts.py": ("{gold}", "info"),
    "cold_start.py": ("-n 1", "bare typer command in CPU time, bar 1.5"),
    "import_forms.py": ("", "recognised at least once"),
    "import_gold.py": ("{gold}", "recognised at least once"),
    "import_seeds.py": ("{seeds} --maps {seeds}", "1 of 1 texts agree with their maps"),
    "length_matrix.py": ("--minutes 5", "cells that the facts allow"),
    "variety.py": ("--seeds 3", "said twice within one text"),
    # without docxtemplater: a test fetches nothing
    "writers.py": (
        "--engines docxtpl python-docx --lengths 1000 --rounds 1 --documents 6 --job-rounds 1 --count 12",
        "memory, 6 to 12 briefs",
    ),
}

# one case of each kind and tool, and one that is meant to be missed
CASES: tuple[dict[str, object], ...] = (
    {"tool": "pangu.js", "use": "invert", "input": "参加App培训", "expected": "参加 App 培训",
     "expected_gongwen": "参加App培训"},
    {"tool": "pangu.js", "use": "adopt", "input": "工会/App", "expected": "工会 / App"},
    {"tool": "pangu.js", "use": "invert", "input": "让·雅克来了", "expected": "让・雅克来了",
     "expected_gongwen": "让・雅克来了"},
    {"tool": "autocorrect", "api": "format", "use": "adopt", "input": "今天开会,请准时.",
     "expected": "今天开会，请准时。"},
    {"tool": "autocorrect", "api": "format_space_backticks", "use": "invert-md", "input": "执行`make`即可",
     "expected": "执行 `make` 即可"},
    {"tool": "textlint-zh", "rule": "textlint-rule-zh-correctly-ordered-pairs", "use": "adopt", "expect_report": True,
     "fixable": False, "offsets": [2], "input": "职工”之家", "expected": "职工”之家"},
    {"tool": "zhlint", "use": "adopt", "options": {"rules": {"noSpaceOutsideFullwidthQuotation": True}},
     "input": "要 “ 实 ” 干", "expected": "要“ 实 ”干"},
    {"tool": "zhlint", "use": "adopt-md", "options": {"rules": "default"}, "input": "见 [说明](a.md)。",
     "expected": "见[说明](a.md)。"},
    {"tool": "lint-md", "use": "adopt-md", "rules": ["no-space-in-inline-code"], "input": "执行` make `即可",
     "expected": "执行`make`即可"},
    {"tool": "zhlint", "use": "optional-en", "options": {}, "input": "a `b`c", "expected": "a `b` c"},
    {"tool": "zhlint", "use": "skip", "options": {}, "input": "a", "expected": "b"},
)  # fmt: skip

OLD = """\
在全市工會服務職工工作推進會上的講話
時間:2021-03-04 09:30:56
導語:在全市工會服務職工工作推進會上的講話一文來源于網友上傳,不代表本站觀點。
同志們:
今天,我們在這里召開全市工會服務職工工作推進會。
一、回顧過去,服務職工工作成效顯著
2020年全市工會為職工辦實事312件,發(fā)放“暖心卡”1,200張,做到“只說實話、不說空話?{shift}?/p>
二、突出重點,抓好下一步任務
一是把底數摸清。按照《服務職工辦法》,把困難職工逐戶走到,經(jīng)常走訪。
二是把服務送到。“小三級”工會要把服務送到車間,送到站點。
二、加強領導,把責任壓實
各級工會主席要親自抓,年底前見到成效。
同志們,讓我們以這次會議為契機,把服務職工工作抓實,讓職工群眾更滿意!
- 上一篇:工會工作計劃
- 下一篇:工會工作總結
"""
MAP = """\
编号: T1
来源文件: old.txt
功能:
  - {功能: 会议背景}
  - {功能: 成绩回顾, 标题: H-B, 事实: [312件, "1200张", “暖心卡”, “只说实话、不说空话”, 9家]}
  - {功能: 任务部署, 标题: H-C, 事实: [《服务职工办法》, “小三级”]}
  - {功能: 组织保障, 标题: H-D}
  - {功能: 意见建议, 补: true}
  - {功能: 结尾号召}
污染: [注音, 乱码一处, 标题序号重复]
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As a user does; PYTHONPATH stands for an installed drafter."""
    return subprocess.run(
        [sys.executable, str(FOLDER / script), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A text marked up by hand, of four lines."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    rows = (
        {"line": line, "role": role, "level": level, "clean_head": text, "segs": []}
        for line, ((role, level), text) in enumerate(zip(ROLES, TEXT.split("\n"), strict=False), 1)
    )
    marked = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "gold" / "one.jsonl").write_text(marked, encoding="utf-8")
    return tmp_path


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """An old text in the state in which pages give it, and its map."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    data = "。”".encode("gb18030")  # A1A3 A1B1 without its first byte, and B1 with what followed
    shift = data[1:3].decode("gb18030").replace("！", "!") + (data[3:] + b"\xaa").decode("gb18030")
    text = OLD.replace("{shift}", shift).replace("發(fā)", "發(fā)").replace("會議", "會(huì)議")
    (folder / "old.txt").write_text(text, encoding="utf-8")
    (folder / "old.yaml").write_text(MAP, encoding="utf-8")
    return folder


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Test cases in the form in which those of other tools are kept."""
    folder = tmp_path / "cases"
    folder.mkdir()
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in CASES)
    (folder / "own.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_every_script_has_a_quick_run_and_a_line_in_the_readme(tracked: tuple[Path, ...]) -> None:
    scripts = {path.name for path in tracked if path.parent == Path("benchmarks") and path.suffix == ".py"}
    assert scripts - QUICK.keys() == set()
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert not [name for name in scripts if f"benchmarks/{name}" not in readme]


@pytest.mark.skipif(sys.platform == "win32", reason="the benchmarks ask a POSIX system for CPU times")
@pytest.mark.parametrize("script", QUICK)
def test_a_quick_run(script: str, gold: Path, seeds: Path, cases: Path) -> None:
    if not (FOLDER / script).is_file():
        pytest.skip("not here yet")
    arguments, said = QUICK[script]
    done = run(script, *(argument.format(gold=gold, seeds=seeds, cases=cases) for argument in arguments.split()))
    assert done.returncode in (0, 1), done.stdout + done.stderr  # 1: a bar is not met
    assert "Traceback" not in done.stderr
    assert said in done.stdout, done.stdout + done.stderr


def test_cases_that_do_not_pass_are_told(cases: Path) -> None:
    wrong = {"tool": "pangu.js", "use": "adopt", "input": "工会/App", "expected": "工会、App", "id": "own-1"}
    with (cases / "own.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(wrong, ensure_ascii=False) + "\n")
    done = run("check_cases.py", str(cases), "--misses")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "own own-1 adopt: not met" in done.stdout
    assert "1 misses that are not meant" in done.stdout
    assert "interpunct ・" in done.stdout


def test_a_text_that_is_not_like_its_map_is_told(seeds: Path) -> None:
    (seeds / "old.yaml").write_text(
        MAP.replace("组织保障", "自身建设").replace("乱码一处", "乱码两处"), encoding="utf-8"
    )
    done = run("import_seeds.py", str(seeds), "--maps", str(seeds))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "≠ sections: map 会议背景、成绩回顾、任务部署、自身建设、结尾号召" in done.stdout
    assert "1 places repaired, 2 in the map" in done.stdout


def test_the_product_imports_no_competitor(tracked: tuple[Path, ...]) -> None:
    for path in tracked:
        if path.parts[0] == "drafter" and path.suffix == ".py":
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not {name for name in ("docxtpl", "pandoc") if name in text}, path

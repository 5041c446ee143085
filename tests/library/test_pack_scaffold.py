"""`drafter library new`: what it writes passes the check as it is, and nothing is overwritten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.cli.run import run
from drafter.errors import LibraryError
from drafter.library import FUNCTIONS, Library, check
from drafter.library.scaffold import new_entry, new_pack
from drafter.library.strict_yaml import read_yaml


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """An empty pack `acme` in the folder 我的模板 of the working folder."""
    monkeypatch.chdir(tmp_path)
    assert run(["library", "new", "模板包", "我的模板", "--id", "acme"]) == 0
    return tmp_path / "我的模板"


def test_every_starter_passes_the_check(pack, capsys):
    for number, function in enumerate(FUNCTIONS):
        title = f"起手{chr(ord('甲') + number)}"
        command = ["library", "new", "句式", f"acme.{function.code}.my-own", "--title", title, "-o", "我的模板"]
        assert run(command) == 0
    assert run(["library", "new", "业务素材", "acme.canteen", "--title", "职工食堂工作", "-o", "我的模板"]) == 0
    assert run(["library", "new", "场合", "acme.briefing", "--title", "情况通报会", "-o", "我的模板"]) == 0
    assert run(["library", "check", "我的模板"]) == 0
    assert check(Library.load([pack], strict=False), "acme") == []
    library = Library.load([pack])
    assert [p.title for p in library.packs if p.id == "acme"] == ["我的模板"]
    assert library.topic("职工食堂工作").noun == "职工食堂工作"
    assert "没有问题" in capsys.readouterr().err


BRIEF = """\
场合: 情况通报会
会议: 今天的会
工作: 食堂工作
单位: {名称: 本会, 层级: 企业}
业务: [职工食堂]
日期: 2025-04-10
板块:
  - {功能: 任务部署, 句式: [我的任务]}
"""


@pytest.mark.usefixtures("pack")
def test_a_starter_can_be_drafted_with(tmp_path):
    for kind, name, title in (
        ("句式", "acme.task.points", "我的任务"),
        ("业务素材", "acme.canteen", "职工食堂"),
        ("场合", "acme.briefing", "情况通报会"),
    ):
        assert run(["library", "new", kind, name, "--title", title, "-o", "我的模板"]) == 0
    (tmp_path / "素材单.yaml").write_text(BRIEF, encoding="utf-8")
    assert run(["draft", "素材单.yaml", "--pack", "我的模板", "-o", "讲话.txt"]) == 0
    assert "把职工食堂要做的事列成清单" in (tmp_path / "讲话.txt").read_text(encoding="utf-8")


def test_the_working_folder_is_the_pack_without_a_folder(pack, monkeypatch):
    monkeypatch.chdir(pack)
    assert run(["library", "new", "业务素材", "acme.canteen", "--title", "职工食堂"]) == 0
    assert (pack / "topics" / "canteen.yaml").is_file()


@pytest.mark.usefixtures("pack")
def test_a_name_of_another_pack_is_told(capsys):
    assert run(["library", "new", "句式", "acme.task.points", "--title", "一是条目", "-o", "我的模板"]) == 0
    assert "drafter.task.points" in capsys.readouterr().err


# the arguments after `library new` → exit status, code, part of the message
WRONG = {
    "no such kind": (["句子", "x"], "E608", "句式"),
    "pack without id": (["模板包", "另一个"], "E314", "acme"),
    "pack with a bad id": (["模板包", "另一个", "--id", "Acme 1"], "E314", "小写"),
    "pack that is there": (["模板包", "我的模板", "--id", "acme"], "E502", "没有覆盖"),
    "file in place of the pack": (["模板包", "文件", "--id", "acme"], "E502", "没有覆盖"),
    "bad name of a pack": (["模板包", "我 的", "--id", "acme"], "E350", "--title"),
    "folder missing": (["场合", "acme.x", "--title", "甲会", "-o", "没有"], "E301", "pack.yaml"),
    "too few parts": (["句式", "acme.points", "--title", "甲", "-o", "我的模板"], "E314", "acme.task.my-points"),
    "id of another pack": (["句式", "other.task.x", "--title", "甲", "-o", "我的模板"], "E314", "「acme」"),
    "Chinese id": (["句式", "acme.task.三条", "--title", "甲", "-o", "我的模板"], "E314", "--title"),
    "no such function": (["句式", "acme.taks.x", "--title", "甲", "-o", "我的模板"], "E317", "「task」"),
    "no title": (["句式", "acme.task.x", "-o", "我的模板"], "E350", "--title"),
    "title with marks": (["句式", "acme.task.x", "--title", "甲: #}", "-o", "我的模板"], "E350", "--title"),
    "fact in a topic": (["业务素材", "acme.x", "--title", "2025年食堂", "-o", "我的模板"], "E344", "2025"),
    "id is taken": (["业务素材", "acme.canteen", "--title", "新食堂", "-o", "我的模板"], "E316", "没有覆盖"),
    "title is taken": (["业务素材", "acme.new", "--title", "职工食堂", "-o", "我的模板"], "E306", "acme.canteen"),
    "--id for an entry": (["场合", "acme.x", "--title", "甲会", "--id", "acme", "-o", "我的模板"], "E613", "场合"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_nothing_is_written(pack, capsys, name):
    arguments, code, words = WRONG[name]
    run(["library", "new", "业务素材", "acme.canteen", "--title", "职工食堂", "-o", "我的模板"])
    (pack.parent / "文件").write_text("甲", encoding="utf-8")
    before = {path: path.read_bytes() for path in pack.parent.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run(["library", "new", *arguments]) == 2
    said = capsys.readouterr().err
    assert f"[{code}]" in said
    assert words in said
    assert {path: path.read_bytes() for path in pack.parent.rglob("*") if path.is_file()} == before


def test_a_broken_manifest_is_told_at_its_line(pack, capsys):
    (pack / "pack.yaml").write_text("schema: 1\nid：acme\n", encoding="utf-8")
    assert run(["library", "new", "场合", "acme.x", "--title", "甲会", "-o", "我的模板"]) == 2
    assert "我的模板/pack.yaml:2: [E311]" in capsys.readouterr().err


def test_a_file_that_is_no_entry_yet_is_kept(pack, capsys):
    target = pack / "topics" / "canteen.yaml"
    target.parent.mkdir()
    target.write_text("- 还没写完", encoding="utf-8")
    assert run(["library", "new", "业务素材", "acme.canteen", "--title", "职工食堂", "-o", "我的模板"]) == 2
    assert "[E502]" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "- 还没写完"


@given(st.text(max_size=12) | st.sampled_from(["true", "null", "007", "3", "-", "甲·乙（丙）", "№1", "１月"]))
def test_a_title_is_refused_or_kept(title):
    try:
        manifest = new_pack("acme", title)["pack.yaml"]
    except LibraryError:
        return
    assert read_yaml(manifest, "pack.yaml")[0]["title"] == title


@given(st.text(alphabet="职工食堂一二十年〇两甲A3·", min_size=1, max_size=8))
def test_a_topic_of_any_title_holds_no_fact(tmp_path_factory, title):
    root = tmp_path_factory.mktemp("pack")
    for name, text in new_pack("acme", "包").items():
        (root / name).write_text(text, encoding="utf-8")
    try:
        name, text = new_entry("业务素材", "acme.x", title, root)
    except LibraryError:
        return
    (root / name).parent.mkdir()
    (root / name).write_text(text, encoding="utf-8")
    assert check(Library.load([root], strict=False), "acme") == []

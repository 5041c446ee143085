"""A pack made as the handbook says, shared in every way it names: found, checked, rendered, drafted with."""

from __future__ import annotations

import shutil
import zipfile

import pytest

from drafter.cli.run import run
from drafter.library import Library, PackOrigin

NEW = (
    ("句式", "acme.task.points", "我的任务"),
    ("句式", "acme.heading.mine", "我的标题"),
    ("业务素材", "acme.canteen", "职工食堂"),
    ("场合", "acme.briefing", "情况通报会"),
)
BRIEF = """\
场合: 情况通报会
日期: 2025-04-10
单位: {名称: 城北公司工会, 层级: 企业}
会议: 城北公司情况通报会
工作: 食堂工作
业务: [职工食堂]
板块:
  - {功能: 任务部署, 标题: 我的标题, 句式: [我的任务], 要素: {开场: 要把好事办实}}
"""
PATTERN = "patterns/task/points.j2"
FOLDER = ["--pack", "我的模板"]


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """The pack `acme` and a brief that uses all of it, in the working folder; nothing of the user's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    assert run(["library", "new", "模板包", "我的模板", "--id", "acme"]) == 0
    for kind, name, title in NEW:
        assert run(["library", "new", kind, name, "--title", title, "-o", "我的模板"]) == 0
    (tmp_path / "素材单.yaml").write_text(BRIEF, encoding="utf-8")
    return tmp_path / "我的模板"


def zipped(root, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(root.rglob("*")):
            archive.write(path, path.relative_to(root.parent).as_posix())
    return target


def given_folder(pack, _):
    return ["--pack", str(pack)]


def given_zip(pack, _):
    archive = zipped(pack, pack.with_suffix(".zip"))
    shutil.rmtree(pack)
    return ["--pack", str(archive)]


def of_project(pack, _):
    (pack.parent / "drafter.toml").write_text('packs = ["我的模板"]', encoding="utf-8")
    return []


def of_user_as_folder(pack, _):
    (pack.parent / "home" / "packs").mkdir(parents=True)
    pack.rename(pack.parent / "home" / "packs" / "任何名字")
    return []


def of_user_as_zip(pack, _):
    (pack.parent / "home" / "packs").mkdir(parents=True)
    zipped(pack, pack.parent / "home" / "packs" / "acme.zip")
    return []


def installed(pack, monkeypatch):
    site = pack.parent / "site"
    info = site / "acme_templates-1.0.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-templates\nVersion: 1.0.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[drafter.packs]\nacme = acme_templates\n", encoding="utf-8")
    pack.rename(site / "acme_templates")
    monkeypatch.syspath_prepend(str(site))
    return []


WAYS = {
    given_folder: PackOrigin.GIVEN,
    given_zip: PackOrigin.GIVEN,
    of_project: PackOrigin.PROJECT,
    of_user_as_folder: PackOrigin.USER,
    of_user_as_zip: PackOrigin.USER,
    installed: PackOrigin.INSTALLED,
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_pack_works_the_same_from_everywhere(pack, monkeypatch, capsys, way):
    options = way(pack, monkeypatch)
    capsys.readouterr()
    assert run(["library", "show", "我的任务", *options]) == 0
    assert f"（{WAYS[way]}）" in capsys.readouterr().out
    assert run(["library", "check", *options[1:]]) == 0
    capsys.readouterr()
    assert run(["library", "render", "acme.task.points", "--variant", "甲", *options]) == 0
    assert "我们要逐条抓好落实。" in capsys.readouterr().out
    assert run(["draft", "素材单.yaml", *options, "-o", "讲话.txt"]) == 0
    speech = (pack.parent / "讲话.txt").read_text(encoding="utf-8")
    for words in ("城北公司情况通报会", "一、", "食堂工作", "要把好事办实", "把职工食堂要做的事列成清单"):
        assert words in speech


# -- which one wins --------------------------------------------------------------------------


def other_pack(parent, name, pattern):
    """A pack of its own id with one pattern that prints its name."""
    root = parent / name
    front = (
        "{#---\n"
        + pattern
        + "version: 1.0.0\ntitle: 我的任务\nfunction: task\nexamples: [{in: {}, out: 甲}]\n---#}\n甲\n"
    )
    (root / "patterns" / "task").mkdir(parents=True)
    (root / "pack.yaml").write_text(
        f"schema: 1\nid: {name}\nversion: 1.0.0\ntitle: {name}\nlicence: MIT\n", encoding="utf-8"
    )
    (root / PATTERN).write_text(front, encoding="utf-8")
    return root


def test_a_title_means_the_entry_of_the_pack_named_first(pack):
    other = other_pack(pack.parent, "other", "id: other.task.points\n")
    assert Library.load([other, pack]).pattern("我的任务").id == "other.task.points"
    assert Library.load([pack, other]).pattern("我的任务").id == "acme.task.points"
    (pack.parent / "drafter.toml").write_text('packs = ["other"]', encoding="utf-8")
    library = Library.load([pack], pack.parent)
    assert library.pattern("我的任务").id == "acme.task.points"
    assert library.pattern("other.task.points").origin is PackOrigin.PROJECT


def test_override_replaces_an_entry_under_its_id(pack):
    other = other_pack(pack.parent, "other", "id: acme.task.points\noverride: true\n")
    library = Library.load([other, pack])
    assert library.pattern("acme.task.points").pack == "other"
    assert library.render("我的任务", {}) == "甲"
    assert [p.id for p in library.patterns].count("acme.task.points") == 1


def test_override_works_from_in_front_only(pack):
    other = other_pack(pack.parent, "other", "id: acme.task.points\noverride: true\n")
    library = Library.load([pack, other], strict=False)
    assert library.pattern("acme.task.points").pack == "acme"
    assert [p.code for p in library.problems] == ["E316"]


def test_a_built_in_entry_can_be_overridden_and_drafted_with(pack, capsys):
    mine = pack / "patterns" / "front" / "salutation.j2"
    mine.parent.mkdir()
    text = "{#---\nid: drafter.front.salutation\noverride: true\nversion: 1.0.0\ntitle: 称谓\nfunction: front\n"
    mine.write_text(text + "examples: [{in: {}, out: 工友们：}]\n---#}\n工友们：\n", encoding="utf-8")
    assert run(["library", "check", "我的模板"]) == 0
    assert run(["draft", "素材单.yaml", *FOLDER, "-o", "讲话.txt"]) == 0
    assert "工友们：" in (pack.parent / "讲话.txt").read_text(encoding="utf-8")
    capsys.readouterr()
    mine.write_text(mine.read_text(encoding="utf-8").replace("override: true\n", ""), encoding="utf-8")
    assert run(["library", "check", "我的模板"]) == 1
    said = capsys.readouterr().err
    assert "我的模板/patterns/front/salutation.j2:2: [E314]" in said
    assert "override: true" in said


# -- what is refused, and where it points ------------------------------------------------------

OCCASION = "occasions/briefing.yaml"
TWICE = "{{ 开场 }}。{% endif %}{% if 听众 == '上级' %}，，{% endif %}"

# file, old text, new text → code, lines from the new text to where the message points (None: not said), part of it
WRONG = {
    "bad id prefix": (PATTERN, "id: acme.", "id: other.", "E314", 0, "应为 acme.task.points"),
    "broken YAML": (PATTERN, "version: 1.0.0", "version： 1.0.0", "E311", 0, "半角冒号"),
    "broken YAML of a topic": ("topics/canteen.yaml", "noun: ", "noun： ", "E311", 0, "半角冒号"),
    "unknown key": (PATTERN, "required:", "requires:", "E313", 0, "required"),
    "undeclared slot": (PATTERN, "{{ 开场 }}。", "{{ 收场 }}{{ 开场 }}。", "E340", 0, "收场"),
    "figure in a literal": (PATTERN, "就干好！\n{% else", "就干好3件！\n{% else", "E344", 0, "3"),
    "quotation in a literal": (PATTERN, "我们要逐条抓好落实。\n{% endif", "“甲”。\n{% endif", "E344", 0, "“"),
    "example that differs": (PATTERN, "      我们要逐条", "      咱们要逐条", "E343", -1, "咱们"),
    "method call": (PATTERN, "{{ 开场 }}。", "{{ 开场.upper() }}。", "E331", 0, "方法"),
    "broken template": (PATTERN, "{% endfor %}\n\n", "\n\n", "E330", None, ""),
    "doubled mark": (PATTERN, "{{ 开场 }}。{% endif %}", TWICE, "E348", None, "上级"),
    "missing pattern": (OCCASION, "drafter.task.points", "acme.task.pionts", "E318", 0, "acme.task.points"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_file_and_line(pack, capsys, name):
    file, old, new, code, offset, words = WRONG[name]
    before, found, after = (pack / file).read_text(encoding="utf-8").partition(old)
    assert found
    (pack / file).write_text(f"{before}{new}{after}", encoding="utf-8")
    line = "" if offset is None else before.count("\n") + 1 + offset
    capsys.readouterr()
    assert run(["library", "check", "我的模板"]) == 1
    said = capsys.readouterr().err
    assert f"我的模板/{file}:{line}" in said
    assert f"[{code}]" in said
    assert words in said


def test_an_unsafe_zip_is_refused(pack, capsys):
    archive = zipped(pack, pack.with_suffix(".zip"))
    with zipfile.ZipFile(archive, "a") as bad:
        bad.writestr("../outside.j2", "甲")
    assert run(["library", "check", "我的模板.zip"]) == 1
    said = capsys.readouterr().err
    assert "我的模板.zip: [E303]" in said
    assert "../outside.j2" in said
    assert run(["draft", "素材单.yaml", "--pack", "我的模板.zip", "-o", "讲话.txt"]) == 2


def test_one_pack_in_two_places_is_told(pack, capsys):
    zipped(pack, pack.with_suffix(".zip"))
    assert run(["draft", "素材单.yaml", *FOLDER, "--pack", "我的模板.zip", "-o", "讲话.txt"]) == 2
    assert "[E304]" in capsys.readouterr().err

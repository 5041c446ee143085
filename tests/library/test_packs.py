"""Where packs come from, which one wins, and which are refused."""

from __future__ import annotations

import stat
import sys
import zipfile

import pytest

from drafter.errors import LibraryError
from drafter.library import Library, PackOrigin
from drafter.library.requirement import unmet

PATTERN = "patterns/achieve/parallel.j2"


def origins(library: Library) -> list[tuple[str, PackOrigin]]:
    return [(pack.id, pack.origin) for pack in library.packs]


def test_order_of_precedence(make_pack, tmp_path, monkeypatch):
    given = make_pack(name="given")
    project = tmp_path / "project"
    make_pack(name="project/local").rename(tmp_path / "local")
    project.mkdir(exist_ok=True)
    (project / "drafter.toml").write_text('packs = ["../ours"]', encoding="utf-8")
    make_pack(name="ours")
    make_pack(name="users").rename(tmp_path / "kept")
    home = tmp_path / "home" / "packs"
    home.mkdir(parents=True)
    (tmp_path / "kept").rename(home / "users")
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    for root in (given, tmp_path / "ours", home / "users"):
        (root / "topics" / "pay.yaml").unlink()
        (root / "occasions" / "meeting.yaml").unlink()
    library = Library.load([given], project)
    assert origins(library) == [
        ("given", PackOrigin.GIVEN),
        ("ours", PackOrigin.PROJECT),
        ("users", PackOrigin.USER),
        ("drafter", PackOrigin.BUILTIN),
    ]
    assert library.pattern("迷你排比").pack == "given"
    assert library.pattern("users.achieve.parallel").origin is PackOrigin.USER


def test_one_root_counts_once(make_pack):
    root = make_pack()
    assert [pack.id for pack in Library.load([root, root]).packs] == ["mini", "drafter"]


@pytest.mark.parametrize("text", ["packs = 1", "packs = ["])
def test_wrong_project_settings(tmp_path, text):
    (tmp_path / "drafter.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError) as raised:
        Library.load(project=tmp_path)
    assert raised.value.problems[0].code == "E302"


def test_a_pack_that_is_not_there(tmp_path):
    with pytest.raises(LibraryError) as raised:
        Library.load([tmp_path / "none"])
    assert raised.value.problems[0].code == "E301"


def test_two_packs_of_one_name(make_pack, tmp_path):
    first = make_pack()
    first.rename(tmp_path / "first")
    with pytest.raises(LibraryError) as raised:
        Library.load([tmp_path / "first", make_pack()])
    assert raised.value.problems[0].code == "E304"


def test_an_id_of_another_pack_needs_override(make_pack):
    mini = make_pack()
    text = (mini / PATTERN).read_text(encoding="utf-8").replace("我们{%", "咱们{%")
    files = {PATTERN: text, "topics/pay.yaml": None, "occasions/meeting.yaml": None}
    with pytest.raises(LibraryError) as raised:
        Library.load([make_pack(files, name="other"), mini])
    assert {problem.code for problem in raised.value.problems} >= {"E314"}
    files[PATTERN] = text.replace("code: P96", "code: P96\noverride: true")
    library = Library.load([make_pack(files, name="other"), mini])
    assert library.pattern("mini.achieve.parallel").pack == "other"
    assert library.render("迷你排比", {"成绩": ["办成"]}) == "- 咱们办成"


def test_an_installed_pack_is_found_without_running_it(make_pack, tmp_path, monkeypatch):
    site = tmp_path / "site"
    site.mkdir()
    make_pack(name="fakepack").rename(site / "fakepack")
    (site / "fakepack" / "__init__.py").write_text("raise SystemExit('ran')", encoding="utf-8")
    info = site / "fakepack-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fakepack\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[drafter.packs]\nfake = fakepack\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    assert origins(Library.load())[0] == ("fakepack", PackOrigin.INSTALLED)
    assert "fakepack" not in sys.modules
    (info / "entry_points.txt").write_text("[drafter.packs]\nfake = fakepack.inner:x\n", encoding="utf-8")
    with pytest.raises(LibraryError) as raised:
        Library.load()
    assert raised.value.problems[0].code == "E302"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
@pytest.mark.parametrize("name", ["patterns/_secret.j2", "patterns/more", "occasions"])
def test_links_out_of_a_pack_are_refused(make_pack, tmp_path, name):
    outside = tmp_path / "secret"
    outside.mkdir()
    root = make_pack({"occasions/meeting.yaml": None})
    (root / name).symlink_to(outside)
    with pytest.raises(LibraryError) as raised:
        Library.load([root])
    problem = raised.value.problems[0]
    assert (problem.code, problem.place.file) == ("E303", str(root / name))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_within_a_pack_are_fine(make_pack):
    root = make_pack({"patterns/_part.j2": "甲"})
    (root / "patterns" / "_same.j2").symlink_to(root / "patterns" / "_part.j2")
    assert Library.load([root]).pack("mini")


def zipped(root, target, top=""):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                archive.write(path, top + path.relative_to(root).as_posix())
    return target


@pytest.mark.parametrize("top", ["", "mini-main/"])
def test_a_zip_is_read_where_it_lies(make_pack, tmp_path, top):
    archive = zipped(make_pack(), tmp_path / "mini.zip", top)
    for _ in range(2):  # the second time from the cache
        library = Library.load([archive])
        assert library.render("P96", {"成绩": ["办成"]}) == "- 我们办成"
    with pytest.raises(LibraryError) as raised:
        library.render("P96", {})
    assert raised.value.problems[0].place.file == f"{archive}/{PATTERN}"


def entry(name: str, mode: int = 0o644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


UNSAFE = {
    "up": [(entry("../patterns/_a.j2"), "甲")],
    "absolute": [(entry("/patterns/_a.j2"), "甲")],
    "drive": [(entry("C:/patterns/_a.j2"), "甲")],
    "dot": [(entry("patterns/./_a.j2"), "甲")],
    "link": [(entry("patterns/_a.j2", stat.S_IFLNK | 0o777), "/etc/passwd")],
    "double": [(entry("patterns/_a.j2"), "甲"), (entry("patterns/_A.j2"), "乙")],
    "ratio": [(entry("patterns/_a.j2"), "a" * 900_000)],
    "many": [(entry(f"patterns/_{n}.j2"), "") for n in range(2_100)],
}


@pytest.mark.parametrize("name", UNSAFE)
def test_an_unsafe_zip_is_refused(make_pack, tmp_path, name):
    archive = zipped(make_pack(), tmp_path / "mini.zip")
    with zipfile.ZipFile(archive, "a") as bad:
        for info, text in UNSAFE[name]:
            bad.writestr(info, text)
    with pytest.raises(LibraryError) as raised:
        Library.load([archive])
    assert raised.value.problems[0].code == "E303"


def test_a_locked_or_broken_zip_is_refused(make_pack, tmp_path):
    archive = zipped(make_pack(), tmp_path / "mini.zip")
    data = archive.read_bytes()
    at = data.rindex(b"PK\x01\x02")
    archive.write_bytes(data[: at + 8] + b"\x01" + data[at + 9 :])  # the flag of encryption
    with pytest.raises(LibraryError) as raised:
        Library.load([archive])
    assert raised.value.problems[0].code == "E303"
    archive.write_bytes(b"PK broken")
    with pytest.raises(LibraryError) as raised:
        Library.load([archive])
    assert raised.value.problems[0].code == "E310"


def test_what_a_pack_requires():
    assert unmet("", "0.1.0") == unmet(">=0.1,<1", "0.1.0") == unmet("==0.1.0", "0.1.0.dev3") == ""
    assert "现在是 1.0.0" in unmet(">=0.1,<1", "1.0.0")
    assert unmet("~=1") != ""

"""Output names: from fields, safe on every system, refused before anything is written."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.batch import Options, prepare
from drafter.batch.names import NameTemplate, folded, wrong_name
from drafter.errors import DrafterError, InputError

from .conftest import Run, contents, save


@pytest.mark.parametrize(
    "name",
    [
        "../甲", "..\\甲", "/etc/甲", "C:甲", "甲/乙", "甲?", "甲*", "a<b", "a|b", 'a"b', "甲.", "甲 ", ".甲", "..", "",
        "con", "CON.docx", "nul.tar.gz", "COM1", "lpt9.txt", "COM¹", "甲\n乙", "甲\u202e乙", "甲\u200b", "~$甲",
        "长" * 61,
    ],
)  # fmt: skip
def test_names_that_no_file_may_have(name: str) -> None:
    assert wrong_name(name)


@pytest.mark.parametrize(
    "name", ["甲县总工会.docx", "2025年（一）.docx", "𬱖县.docx", "console.docx", "长" * 58 + ".docx"]
)
def test_names_that_are_fine(name: str) -> None:
    assert not wrong_name(name)


@given(st.text(max_size=80))
def test_a_name_that_passes_stays_in_its_folder(name: str) -> None:
    if wrong_name(name):
        return
    assert PureWindowsPath(name).name == name
    assert not PureWindowsPath(name).is_reserved() if hasattr(PureWindowsPath, "is_reserved") else True
    assert (Path("/out") / name).resolve().parent == Path("/out")
    assert len(name.encode()) <= 180


def test_equal_names_by_any_writing() -> None:
    assert folded("É.docx") == folded(unicodedata.normalize("NFD", "é.DOCX"))


@pytest.mark.parametrize("text", ["{", "甲}", "{}", "a/{会议}", "../{会议}", " ", "{会议}:"])
def test_templates_that_are_wrong(text: str) -> None:
    with pytest.raises(InputError, match="E709"):
        NameTemplate.parse(text)


def test_fields_of_a_template() -> None:
    template = NameTemplate.parse("{ 单位.名称 }-{会议}")
    assert template.fields == ("单位.名称", "会议")
    assert template.fill({"单位.名称": "甲", "会议": "e\u0301"}.get) == ("甲-é", "")
    assert template.fill({"单位.名称": "甲"}.get) == ("", "会议")


def test_a_bad_name_fails_its_row_only(base: Path, tmp_path: Path, batch: Run) -> None:
    names = ["好的会", "../../越界", "CON", "", "a/b", "完"]
    save(tmp_path / "表.xlsx", ("名单", [["单位.名称", "会议"], *(["甲县总工会", name] for name in names)]))
    records = batch(table=tmp_path / "表.xlsx", base=base, to="txt", name="{会议}")
    assert sorted(contents(tmp_path / "稿")) == ["好的会.txt", "完.txt"]
    failed = [str(problem) for record in records for problem in record.problems]
    assert [text.partition(":")[0] for text in failed] == [f"表.xlsx“名单”!B{row}" for row in (3, 4, 5, 6)]
    assert all("[E710]" in text for text in failed)


@pytest.mark.parametrize("names", [("甲.县", "甲.县"), ("Abc", "aBC"), ("é", "e\u0301")])
def test_one_name_twice_stops_everything(base: Path, tmp_path: Path, names: tuple[str, str]) -> None:
    table = [["单位.名称", "会议"], *(["甲县总工会", name] for name in ("一", *names, "二"))]
    save(tmp_path / "表.xlsx", ("名单", table))
    options = Options(table=tmp_path / "表.xlsx", base=base, folder=tmp_path / "稿", name="{会议}")
    with pytest.raises(InputError) as caught, prepare(options):
        pass
    assert [problem.code for problem in caught.value.problems] == ["E711"]
    assert "第4行" in str(caught.value)
    assert "第3行" in str(caught.value)
    assert not (tmp_path / "稿").exists()


def test_a_field_that_nothing_has(base: Path, tmp_path: Path) -> None:
    save(tmp_path / "表.xlsx", ("名单", [["单位.名称"], ["甲县总工会"]]))
    with (
        pytest.raises(InputError, match=r"E709.*编号"),
        prepare(Options(table=tmp_path / "表.xlsx", base=base, name="{编号}")),
    ):
        pass


def test_existing_files_stop_everything(base: Path, tmp_path: Path, batch: Run) -> None:
    save(tmp_path / "表.xlsx", ("名单", [["单位.名称"], ["甲县总工会"], ["乙县总工会"]]))
    options = {"table": tmp_path / "表.xlsx", "base": base, "to": "txt", "name": "{单位.名称}"}
    (tmp_path / "稿").mkdir()
    (tmp_path / "稿" / "乙县总工会.TXT").write_text("旧的", encoding="utf-8")
    with pytest.raises(DrafterError, match="E712"):
        batch(**options)
    assert list(contents(tmp_path / "稿")) == ["乙县总工会.TXT"]


def test_a_link_is_not_followed(base: Path, tmp_path: Path, batch: Run) -> None:
    save(tmp_path / "表.xlsx", ("名单", [["单位.名称"], ["甲县总工会"]]))
    (tmp_path / "稿").mkdir()
    (tmp_path / "别处.txt").write_text("别处", encoding="utf-8")
    (tmp_path / "稿" / "甲县总工会.txt").symlink_to(tmp_path / "别处.txt")
    records = batch(table=tmp_path / "表.xlsx", base=base, to="txt", name="{单位.名称}", force=True)
    assert [problem.code for record in records for problem in record.problems] == ["E718"]
    assert (tmp_path / "别处.txt").read_text(encoding="utf-8") == "别处"

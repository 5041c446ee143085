"""Tables in: headers, lists, cells that cannot be used, and how each error names its cell."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import pytest

from drafter.batch import Options, Record, prepare
from drafter.errors import BriefError, DrafterError, InputError

from .conftest import HEADER, Run, rows, save


def text_of(tmp_path: Path, name: str) -> str:
    return (tmp_path / "稿" / name).read_text(encoding="utf-8")


def problems(records: list[Record]) -> list[str]:
    return [str(problem) for record in records for problem in record.problems]


def refused(tmp_path: Path, **options: Any) -> list[str]:
    """What stops a batch before anything is written."""
    with pytest.raises(DrafterError) as caught, prepare(Options(**{"folder": tmp_path / "稿", **options})) as prepared:
        list(prepared.run())
    assert not (tmp_path / "稿").exists()
    return [str(problem) for problem in caught.value.problems]


def test_the_cells_of_a_row_become_a_speech(base: Path, tmp_path: Path, batch: Run) -> None:
    table = rows(1)
    table[1][:2] = [17, datetime.date(2025, 3, 5)]
    table[1][5] = 0.855
    save(tmp_path / "表.xlsx", ("名单", table), formats={"A2": "00000", "F2": "0.0%"})
    records = batch(table=tmp_path / "表.xlsx", base=base, to="txt", name="{编号}-{日期}-{单位.名称}")
    assert [record.output for record in records] == ["00017-2025-03-05-第2县总工会.txt"]
    text = text_of(tmp_path, records[0].output)
    assert "建会率超过85.5%" in text.replace("\n", "")
    assert "2025年3月5日" in text


def test_a_title_above_the_header_is_passed_over(base: Path, tmp_path: Path, batch: Run) -> None:
    table = [["各县讲话一览表"], *rows(2)]
    save(tmp_path / "表.xlsx", ("名单", table))
    records = batch(table=tmp_path / "表.xlsx", base=base, to="txt")
    assert [record.output for record in records] == ["表-00003.txt", "表-00004.txt"]


def test_repeated_columns_are_a_list_without_holes(base: Path, tmp_path: Path, batch: Run) -> None:
    header = ["单位.名称", "业务", "业务", "业务", "要素.发言.谁", "要素.发言.内容", "要素.发言.谁", "要素.发言.内容"]
    row = ["东县总工会", "工资集体协商", None, "困难职工帮扶", "甲公司工会", "介绍了经验", "乙公司工会", "作了表态"]
    save(tmp_path / "表.xlsx", ("名单", [header, row]))
    records = batch(table=tmp_path / "表.xlsx", base=base, to="txt")
    assert not problems(records)
    text = text_of(tmp_path, records[0].output)
    assert "甲公司工会介绍了经验" in text
    assert "乙公司工会作了表态" in text
    assert "困难职工" in text
    assert "劳动争议" not in text  # the list of the base gives way to that of the row


def test_one_cell_holds_the_items_of_a_list(base: Path, tmp_path: Path, batch: Run) -> None:
    header = ["单位.名称", "业务", "要素.任务", "要素.目标"]
    row = ["东县总工会", "工资集体协商、困难职工帮扶", "把底数摸清，逐户走到；把服务送到车间、送到站点", "无"]
    save(tmp_path / "表.xlsx", ("名单", [header, row]))
    records = batch(table=tmp_path / "表.xlsx", base=base, to="txt")
    assert not problems(records)
    text = text_of(tmp_path, records[0].output)
    assert "把底数摸清，逐户走到" in text
    assert "把服务送到车间、送到站点" in text
    assert "逐户走到；把服务" not in text  # two items, not one clause
    assert "目标" not in "".join(records[0].gaps)


def test_a_second_sheet_holds_the_items_of_a_list(base: Path, tmp_path: Path, batch: Run) -> None:
    people = [["编号", "谁", "内容"], ["00003", "甲公司工会", "介绍了经验"], ["00003", "乙公司工会", "作了表态"]]
    save(tmp_path / "表.xlsx", ("名单", rows(2)), ("要素.发言", people), ("说明", [["给自己看"]]))
    records = batch(table=tmp_path / "表.xlsx", base=base, to="txt", name="{编号}")
    assert not problems(records)
    assert "乙公司工会作了表态" in text_of(tmp_path, "00003.txt")
    assert "甲公司" not in text_of(tmp_path, "00002.txt")


def test_an_item_of_no_speech_is_not_lost_unseen(base: Path, tmp_path: Path, batch: Run) -> None:
    people = [["编号", "谁", "内容"], ["00009", "甲公司工会", "介绍了经验"]]
    save(tmp_path / "表.xlsx", ("名单", rows(2)), ("要素.发言", people))
    records = batch(table=tmp_path / "表.xlsx", base=base, to="txt")
    assert [record.status == "有错" for record in records] == [False, False, True]
    assert problems(records)[0].startswith("表.xlsx“要素.发言”!A2: [E714]")


def test_errors_name_the_cell_of_the_fact(base: Path, tmp_path: Path, batch: Run) -> None:
    table = [
        [
            "单位.名称",
            "语速",
            "听众",
            "要素.目标[1].指标",
            "要素.目标[1].数值",
            "要素.目标[1].单位",
            "要素.目标[1].期限",
        ],
        ["甲县总工会", 50, "同级", "入会率", 90, None, "年底"],
        ["乙县总工会", 200, "下级", "入会率", "90%", "个", "年底"],
        ["丙县总工会", "快", "下级", "入会率", 90, "%", None],
    ]
    save(tmp_path / "表.xlsx", ("名单", table))
    table[1][5] = None
    found = problems(batch(table=tmp_path / "表.xlsx", base=base, to="txt"))
    for start, path in [
        ("表.xlsx“名单”!B2: [E209]", "语速"),
        ("表.xlsx“名单”!C2: [E204]", "听众"),
        ("表.xlsx“名单”!E2: [E206]", "要素.目标[1].数值"),
        ("表.xlsx“名单”!E3: [E708]", "数值"),
        ("表.xlsx“名单”!B4: [E203]", "语速"),
        ("表.xlsx“名单”!G4: [E202]", "要素.目标[1]"),
    ]:
        assert [each for each in found if each.startswith(start) and path in each], (start, found)


def test_cells_that_cannot_be_used(base: Path, tmp_path: Path, batch: Run) -> None:
    from openpyxl import load_workbook

    table = rows(4)
    table[1][3] = "#REF!"
    table[2][3] = "=C3&D3"  # openpyxl writes no value for a formula
    table[3].append("多出来的")
    path = save(tmp_path / "表.xlsx", ("名单", table))
    book = load_workbook(path)
    book.worksheets[0].merge_cells("C4:C5")
    book.save(path)
    found = problems(batch(table=path, base=base, to="txt"))
    assert [each.split("]")[0] for each in found] == [
        "表.xlsx“名单”!D2: [E706",
        "表.xlsx“名单”!D3: [E706",
        "表.xlsx“名单”!G4: [E707",
        "表.xlsx“名单”!C5: [E706",
    ]


def test_the_value_of_a_formula_counts(base: Path, tmp_path: Path, batch: Run) -> None:
    """As Excel saves it: the formula with the value it had."""
    path = save(tmp_path / "旧.xlsx", ("名单", [["单位.名称", "会议"], ["甲县总工会", "=A2"]]))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "表.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                assert b"<f>A2</f><v" in data
                data = data.replace(b"<v></v>", b"<v/>").replace(b'<c r="B2">', b'<c r="B2" t="str">')
                data = data.replace(b"<f>A2</f><v/>", "<f>A2</f><v>算出来的会</v>".encode())
            new.writestr(name, data)
    records = batch(table=tmp_path / "表.xlsx", base=base, to="txt", name="{会议}")
    assert [record.output for record in records] == ["算出来的会.txt"]


def test_every_wrong_header_is_named_before_anything_is_written(base: Path, tmp_path: Path) -> None:
    table = [["单位.名程", "日期", "日期", "要素.目标值[0].数值", "会议"], ["甲", "2025-03-05", "", "", ""]]
    save(tmp_path / "表.xlsx", ("名单", table))
    found = refused(tmp_path, table=tmp_path / "表.xlsx", base=base)
    assert [each.split(" ")[0] for each in found] == ["表.xlsx“名单”!A1:", "表.xlsx“名单”!C1:", "表.xlsx“名单”!D1:"]
    assert "是不是“单位.名称”" in found[0]
    assert "是不是“要素.目标”" in found[2]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_the_encodings_of_offices(base: Path, tmp_path: Path, batch: Run, encoding: str) -> None:
    lines = [
        "#编号,日期,单位.名称,会议,要素.目标[0].数值",
        '007,2025/3/5,𬱖县总工会,"推进会,一号",8.5%',
        ",,,,",
        "008,2025.3.6,乙县总工会,会,9%",
    ]
    (tmp_path / "表.csv").write_bytes("\r\n".join(lines).encode(encoding))
    records = batch(table=tmp_path / "表.csv", base=base, to="txt", name="{编号}{单位.名称}{日期}")
    assert [record.output for record in records] == ["007𬱖县总工会2025-03-05.txt", "008乙县总工会2025-03-06.txt"]
    assert "建会率超过8.5%" in text_of(tmp_path, records[0].output).replace("\n", "")


def test_csv_errors_name_the_cell(base: Path, tmp_path: Path, batch: Run) -> None:
    (tmp_path / "表.csv").write_text("日期,单位.名称\n2025-02-30,甲县总工会\n", encoding="gb18030")
    assert problems(batch(table=tmp_path / "表.csv", base=base, to="txt"))[0].startswith("表.csv!A2: [E205]")


def test_an_open_quotation_mark_swallows_nothing(base: Path, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text('日期,会议\n2025-02-03,"会\n2025-02-04,会\n', encoding="utf-8")
    assert "[E703]" in refused(tmp_path, table=tmp_path / "表.csv", base=base)[0]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("表.xlsx", b"PK\x03\x04 not a zip", "E702"),
        ("表.xlsx", b"\xd0\xcf\x11\xe0 old", "E702"),
        ("表.csv", b"PK\x03\x04 a zip", "E702"),
        ("表.csv", b"\x81\xff\x00\x00", "E102"),
        ("表.csv", b"", "E701"),
        ("表.csv", "日期,会议\n".encode(), "E701"),
        ("表.doc", b"", "E702"),
    ],
)
def test_what_is_no_table(base: Path, tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert f"[{code}]" in refused(tmp_path, table=tmp_path / name, base=base)[0]


def test_a_bomb_is_not_opened(base: Path, tmp_path: Path) -> None:
    path = save(tmp_path / "表.xlsx", ("名单", rows(1)))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/big.xml", b"0" * 50_000_000)
    assert "[E702]" in refused(tmp_path, table=path, base=base)[0]


def test_what_a_row_lacks_is_named_by_its_cell_or_column(base: Path, tmp_path: Path, batch: Run) -> None:
    base.write_text("场合: 推进会\n工作: 工会工作\n", encoding="utf-8")
    header = ["单位.名称", "要素.目标.指标", "要素.目标.数值", "要素.目标.单位", "要素.目标.期限"]
    row = ["甲县总工会", "入会率", 90, "%", None]
    save(tmp_path / "表.xlsx", ("名单", [header, row, [*row[:3], None, "年底"]]))
    save(tmp_path / "窄表.xlsx", ("名单", [header[:3], [*row[:3]], [*row[:3]]]))
    found = batch(table=tmp_path / "表.xlsx", base=base, to="txt")
    hints = [problem.hint for record in found for problem in record.problems]
    assert [hint.partition("，如")[0] for hint in hints] == ["填上 表.xlsx“名单”!E2", "填上 表.xlsx“名单”!D3"]
    narrow = batch(table=tmp_path / "窄表.xlsx", base=base, to="txt")
    said = " ".join(problem.hint for record in narrow for problem in record.problems)
    assert "在表里加一列“要素.目标.单位”" in said
    assert "在表里加一列“要素.目标.期限”" in said


def test_an_occasion_that_nothing_gives_is_said_once(tmp_path: Path) -> None:
    save(tmp_path / "表.xlsx", ("名单", rows(30)))
    with pytest.raises(InputError) as caught, prepare(Options(table=tmp_path / "表.xlsx")):
        pass
    assert [problem.code for problem in caught.value.problems] == ["E202"]
    assert "--brief" in caught.value.problems[0].hint
    save(tmp_path / "全.xlsx", ("名单", [["场合", *HEADER], ["推进会", *rows(1)[1]]]))
    with prepare(Options(table=tmp_path / "全.xlsx")) as ready:
        assert ready.count == 1


def test_a_fault_of_the_shared_brief_is_said_once(tmp_path: Path, base: Path) -> None:
    base.write_text("场合: 推进会\n单位: {名程: 甲}\n", encoding="utf-8")
    save(tmp_path / "表.xlsx", ("名单", rows(30)))
    with pytest.raises(BriefError) as caught, prepare(Options(table=tmp_path / "表.xlsx", base=base)):
        pass
    assert [problem.code for problem in caught.value.problems] == ["E201"]


def test_the_figures_of_the_shared_brief_keep_their_digits(tmp_path: Path, base: Path, batch: Run) -> None:
    text = base.read_text(encoding="utf-8").replace('数值: 80, 单位: "%"', "数值: 1.10, 单位: 万人")
    base.write_text(text + "语速: 200\n", encoding="utf-8")
    table = [row[:5] for row in rows(1)]
    save(tmp_path / "表.xlsx", ("名单", table))
    records = batch(table=tmp_path / "表.xlsx", base=base, to="txt")
    assert "建会率超过1.10万人" in text_of(tmp_path, records[0].output).replace("\n", "")


def test_a_row_brings_its_own_length(tmp_path: Path, base: Path, batch: Run) -> None:
    save(tmp_path / "表.xlsx", ("名单", [[*HEADER, "时长"], [*rows(1)[1], "3分钟"]]))
    assert not problems(batch(table=tmp_path / "表.xlsx", base=base, to="txt"))


def test_a_missing_file(tmp_path: Path, base: Path) -> None:
    with pytest.raises(InputError, match="E101"), prepare(Options(table=tmp_path / "无.xlsx", base=base)):
        pass

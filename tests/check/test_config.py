"""drafter.toml: what it sets, and what is said where it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drafter.check import Level
from drafter.check.config import find_config, load_config
from drafter.errors import InputError


def written(folder: Path, text: str) -> Path:
    path = folder / "drafter.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    config = load_config(
        written(
            tmp_path,
            """
            [check]
            profile = "新闻"
            stage = "草稿"
            date = 2026-03-05
            select = ["P", "N015"]
            ignore = ["P014"]
            levels = { P008 = "info" }
            limits = { sentence = 120 }
            files = { "归档/*" = ["N"] }
            """,
        )
    )
    settings = config.settings
    assert (settings.profile, settings.stage, settings.date) == ("新闻", "草稿", date(2026, 3, 5))
    assert settings.wants("P008")
    assert not settings.wants("P014")
    assert settings.levels == {"P008": Level.INFO}
    assert settings.limits == {"sentence": 120.0}
    assert config.settings_for(tmp_path / "讲话.txt").wants("N015")
    archived = load_config(written(tmp_path, '[check]\nfiles = { "归档/*" = ["N"] }')).settings_for(
        tmp_path / "归档" / "旧.txt"
    )
    assert not archived.wants("N015")
    assert archived.wants("P008")


def test_the_nearest_one_holds(tmp_path: Path) -> None:
    path = written(tmp_path, "[check]")
    deeper = tmp_path / "甲" / "乙"
    deeper.mkdir(parents=True)
    assert find_config(deeper) == path.resolve()
    nearer = written(tmp_path / "甲", "[check]")
    assert find_config(deeper) == nearer.resolve()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[check", ":1:7: [E161] 这里的写法不对"),
        ("profile = '公文'", "profile 不在 [check] 下面"),
        ("[check]\nprofil = '公文'", "是不是 profile？"),
        ("[check]\nprofile = '公函'", "profile 不能是 公函"),
        ("[check]\nselect = ['P9999']", "没有规则 P9999"),
        ("[check]\nselect = 'P'", "要写成一列规则"),
        ("[check]\nlevels = { P008 = 'fatal' }", "不能是 fatal"),
        ("[check]\nlimits = { sentences = 100 }", "是不是 sentence？"),
        ("[check]\nlimits = { sentence = -1 }", "要是大于零的数"),
        ("[check]\ndate = '三月'", "date 不是日期"),
        ("check = 1", "要写成一节"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as caught:
        load_config(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_of_an_old_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "drafter.toml"
    path.write_bytes("[check]\r\nprofile = '新闻'\r\n".encode("gb18030"))
    assert load_config(path).settings.profile == "新闻"


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "drafter.toml"
    path.write_bytes(b"\xff\xff\xff")
    with pytest.raises(InputError, match="E160"):
        load_config(path)


def test_levels_by_their_chinese_names(tmp_path: Path) -> None:
    settings = load_config(written(tmp_path, "[check]\nlevels = { P008 = '提示' }")).settings
    assert settings.levels == {"P008": Level.INFO}

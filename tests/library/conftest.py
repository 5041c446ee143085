"""A miniature pack, written for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from drafter.library import ASPECTS

PATTERN = """{#---
id: mini.achieve.parallel
version: 1.0.0
code: P96
title: 迷你排比
function: achieve
list: 一是
slots:
  成绩: {type: array, items: {$ref: "#/$defs/条目"}, minItems: 1, title: 成绩, description: 办成了什么？}
  期间: {type: string, title: 期间, description: 哪段时间？}
required: [成绩]
variants:
  - {key: 甲, tones: [庄重]}
  - {key: 乙}
examples:
  - {in: {成绩: [摸清底数]}, out: "- 我们摸清底数"}
---#}
{% if 期间 %}{{ 期间 }}：{% endif %}
{% for 条 in 成绩 %}
- 我们{% if 条.题 %}**{{ 条.题 }}。**{% endif %}{{ 条.句 }}
{% endfor %}
"""
TOPIC = """id: mini.pay
version: 1.0.0
title: 迷你工资
aliases: [小工资]
noun: 工资工作
""" + "\n".join(f"{aspect}:\n  - {{题: 甲, 句: 把{aspect}讲清, 展: [再讲一句], 语气: 平实}}" for aspect in ASPECTS)
OCCASION = """id: mini.meeting
version: 1.0.0
title: 迷你会
aliases: [小会]
sections:
  - {功能: 成绩回顾, 句式: [[迷你排比, mini.achieve.parallel?]], 比重: 2, 必需: true}
"""
MANIFEST = "schema: 1\nid: mini\nversion: 1.0.0\ntitle: 迷你\nlicence: MIT\n"
FILES = {
    "pack.yaml": MANIFEST,
    "patterns/achieve/parallel.j2": PATTERN,
    "topics/pay.yaml": TOPIC,
    "occasions/meeting.yaml": OCCASION,
}

PackMaker = Callable[..., Path]


@pytest.fixture
def make_pack(tmp_path: Path) -> PackMaker:
    """Writes a pack `mini` and gives its folder. `changes`: file → text (None: no such file) or (old, new)."""

    def make(changes: dict[str, str | tuple[str, str] | None] | None = None, name: str = "mini") -> Path:
        files: dict[str, str | None] = {key: text.replace("mini", name) for key, text in FILES.items()}
        for key, change in (changes or {}).items():
            if isinstance(change, tuple):
                text = files[key]
                assert text is not None
                assert change[0] in text
                files[key] = text.replace(*change)
            else:
                files[key] = change
        root = tmp_path / name
        for key, text in files.items():
            if text is not None:
                (root / key).parent.mkdir(parents=True, exist_ok=True)
                (root / key).write_text(text, encoding="utf-8")
        return root

    return make

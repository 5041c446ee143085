"""What a library holds: packs, patterns, topics, occasions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from drafter.document import System

__all__ = ["ASPECTS", "JsonSchema", "Occasion", "Pack", "PackOrigin", "Pattern", "Topic", "Variant", "Wording"]

JsonSchema = Mapping[str, Any]

ASPECTS = ("成绩", "形势", "问题", "任务", "保障")


class PackOrigin(StrEnum):
    """Where a pack was found; the members stand in order of precedence."""

    GIVEN = "命令行"
    PROJECT = "项目"
    USER = "用户"
    INSTALLED = "安装包"
    BUILTIN = "自带"


class Pack(NamedTuple):
    """A folder or zip of patterns, topics and occasions. `place` is its path, for people."""

    id: str
    version: str
    title: str
    licence: str
    requires: str
    authors: tuple[str, ...]
    origin: PackOrigin
    place: str


class Variant(NamedTuple):
    """One wording (措辞) of a pattern; without tones or audiences it fits all of them."""

    key: str
    tones: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()


class Pattern(NamedTuple):
    """One rhetorical form.

    list      how its `- ` items are counted; layout: `auto`, `inline` or `own` (where they stand)
    slots     slot name → JSON Schema; `$ref: "#/$defs/条目"` points into `Library.defs`
    examples  mappings {"in": context, "out": text}
    file      path inside the pack, the name under which it is rendered
    line      line of the file on which the template itself begins, from 1
    """

    id: str
    version: str
    code: str
    title: str
    function: str
    serves: tuple[str, ...]
    list: System
    layout: str
    slots: Mapping[str, JsonSchema]
    required: tuple[str, ...]
    variants: tuple[Variant, ...]
    examples: tuple[Mapping[str, Any], ...]
    source: str
    file: str
    line: int
    pack: str
    origin: PackOrigin


class Wording(NamedTuple):
    """One way a topic reads under one aspect: a short head (题), the core clause (句), further sentences (展)."""

    title: str
    sentence: str
    more: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()


class Topic(NamedTuple):
    """Wording of one field of work, without facts. `aspects`: 成绩 形势 问题 任务 保障 → alternatives."""

    id: str
    version: str
    title: str
    aliases: tuple[str, ...]
    noun: str
    aspects: Mapping[str, tuple[Wording, ...]]
    file: str
    pack: str
    origin: PackOrigin


class Occasion(NamedTuple):
    """A skeleton: sections in order, each a mapping with the keys of 板块 (功能 标题 句式 要素 业务 正文 比重 必需).

    rate      characters a minute; minutes: the usual length
    front     `title` and `salutation` (ids of front patterns, "" for no salutation), `dateline` (date and speaker
              under the title), `signature` (unit and date at the end)
    """

    id: str
    version: str
    title: str
    aliases: tuple[str, ...]
    genre: str
    audience: str
    tone: str
    rate: int
    minutes: float
    front: Mapping[str, Any]
    sections: tuple[Mapping[str, Any], ...]
    file: str
    pack: str
    origin: PackOrigin

"""What several commands share: their options, the values of options, help in Chinese."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

__all__ = [
    "BriefArgument",
    "Command",
    "Copy",
    "ForceOption",
    "Group",
    "JsonOption",
    "OutputOption",
    "PackOption",
    "ProfileName",
    "Report",
    "StageName",
    "To",
]


class Command(TyperCommand):
    """A command whose --help speaks Chinese."""

    def get_help_option(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        return _translated(super().get_help_option(ctx))

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        _chinese_help()
        super().format_help(ctx, formatter)


_COMPLETION = {
    "install_completion": "让当前的终端能按 Tab 补全命令。",
    "show_completion": "显示补全用的脚本，供复制或修改。",
}


class Group(TyperGroup):
    """A group whose --help speaks Chinese."""

    def get_help_option(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        return _translated(super().get_help_option(ctx))

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        _chinese_help()
        for parameter in self.params:
            if parameter.name in _COMPLETION and hasattr(parameter, "help"):
                parameter.help = _COMPLETION[parameter.name]
        super().format_help(ctx, formatter)


def _translated(option: Any) -> Any:
    if option is not None:
        option.help = "显示帮助。"
    return option


def _chinese_help() -> None:
    """Titles in Chinese, and long help on as many lines as it takes: Typer cuts a text without blanks at the edge."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.DEFAULT_STRING = "[默认：{}]"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
    rich_utils.RANGE_STRING = ""
    if rich_utils._make_rich_text is not _folding:
        rich_utils._make_rich_text = _folding


def _folding(*, text: str, style: str = "", **_: Any) -> Any:
    from inspect import cleandoc

    from rich.text import Text
    from typer.rich_utils import highlighter

    return highlighter(Text(cleandoc(text), style=style, overflow="fold"))


class To(StrEnum):
    """Output formats."""

    DOCX = "docx"
    MD = "md"
    TXT = "txt"
    HTML = "html"
    JSON = "json"


class Copy(StrEnum):
    """The copies of one document."""

    REVIEW = "报审"
    PROOF = "核稿"
    READING = "朗读"


class Report(StrEnum):
    """Forms of a report of findings."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class ProfileName(StrEnum):
    """Whose habits hold."""

    OFFICIAL = "公文"
    NEWS = "新闻"
    WEB = "网页"


class StageName(StrEnum):
    """How far the text is."""

    DRAFT = "草稿"
    FINAL = "定稿"


BriefArgument = Annotated[Path, typer.Argument(metavar="素材单", help="素材单（YAML）；- 表示标准输入。")]
OutputOption = Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="写到哪里；- 表示标准输出。")]
ForceOption = Annotated[bool, typer.Option("--force", help="已有同名文件时覆盖。")]
PackOption = Annotated[
    list[Path] | None, typer.Option("--pack", metavar="模板包", help="另外加载的模板包（文件夹或 zip），可多次使用。")
]
JsonOption = Annotated[bool, typer.Option("--json", help="向标准输出打印一个 JSON 对象，供其他程序读取。")]

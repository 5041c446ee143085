"""What reading an old text gives: passages, the document made of them, and a report of all that was done to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafter.read._trace import LineMap, Traced

if TYPE_CHECKING:
    from drafter.document import Document

__all__ = ["KINDS", "Change", "Doubt", "Imported", "Passage", "Removed", "Report"]

KINDS = {
    "ad": "广告",
    "attachment_marker": "附件",
    "byte_shift": "错位乱码",
    "chrome": "网页栏目",
    "compilation": "多篇汇编",
    "compile_intro": "编者引言",
    "control": "控制字符",
    "css": "网页代码",
    "disclaimer": "免责声明",
    "editor_note": "编者按",
    "encoding": "编码",
    "falsified": "疑似改动",
    "footnote": "脚注",
    "forum_noise": "论坛干扰码",
    "glyph": "字形",
    "hard_wrap": "硬换行",
    "html": "网页标记",
    "hidden": "隐藏内容",
    "image": "图片",
    "masked": "留空待填",
    "numeral": "大写数字",
    "ordinal": "序号",
    "outline_preview": "提纲预览",
    "page_frag": "页码",
    "phrase": "两岸用词",
    "piece_marker": "篇目标记",
    "pinyin": "注音",
    "preview_dup": "重复摘要",
    "punctuation": "标点",
    "quote": "引号",
    "related": "相关链接",
    "revision": "修订",
    "script": "繁简",
    "source_time": "来源时间",
    "space": "空格",
    "spam": "垃圾文字",
    "split": "拆分段落",
    "stray": "零散符号",
    "table": "表格",
    "textbox": "文本框",
    "title_dup": "标题重复",
    "truncated": "内容不全",
    "truncation": "截断提示",
}
"""What happened, code and Chinese name."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A source line that is not part of the text (`line` from 1, `text` as it stood there)."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A place where the text now reads otherwise than in the source; `after` is empty where something went.

    `count` places read the same (of single characters only the first is named, with their number).
    """

    line: int
    kind: str
    before: str
    after: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place for a person to look at: what it is about, in Chinese, and the text there."""

    line: int
    kind: str
    message: str
    text: str = ""


@dataclass(slots=True)
class Passage:
    """A stretch of one role, the unit of structure; several may stand on one source line or in one paragraph.

    role, sub    as in the marked-up corpora: title, meta, salutation, greeting, opening, transition, heading, enum,
                 body, closing, agenda, stage, table, truncation; `sub` says more (dup, cont, speaker, own_para …)
    level        1–4 of headings and items, else 0
    system       cn_dun cn_paren ar_dun ar_dot ar_paren dec part yishi yiyao diyi shouxian yao topic women suowei xiang
    ordinal      the number as the author wrote it, in Chinese (一), "" for none
    mark         the enumeration mark as it stands in the text (一、), part of `text`
    run_in       a heading whose paragraph goes on after it
    joined       goes on in the paragraph of the passage before it
    confidence   0–1 of the function
    pattern      id of the pattern whose form it has, "" where none is known; pattern_confidence 0–1
    others       what else it looks like, (id, confidence)
    inner        patterns that single sentences of it have, (id, confidence)
    aside        a title that is not the one chosen: said again, in another form, or of the whole compilation
    """

    text: Traced
    role: str = "body"
    sub: str = ""
    level: int = 0
    system: str = ""
    ordinal: str = ""
    mark: str = ""
    run_in: bool = False
    joined: bool = False
    function: str = ""
    confidence: float = 0.0
    pattern: str = ""
    pattern_confidence: float = 0.0
    others: tuple[tuple[str, float], ...] = ()
    inner: tuple[tuple[str, float], ...] = ()
    piece: int = 1
    line: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    hint_level: int = 0
    hint_role: str = ""
    aside: bool = False


@dataclass(slots=True)
class Report:
    """Collects what is removed, changed and doubtful while a text is read."""

    lines: LineMap
    removed: list[Removed] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    doubtful: list[Doubt] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    """Offsets of source characters that an entry accounts for."""

    def remove(self, kind: str, text: Traced) -> None:
        self.removed.append(Removed(self.lines.line(text.start), kind, text.text))
        self.seen.update(text.at)

    def change(self, kind: str, before: Traced, after: str) -> None:
        self.changed.append(Change(self.lines.line(before.start), kind, before.text, after))
        self.seen.update(before.at)

    def doubt(self, kind: str, place: Traced, message: str) -> None:
        line = self.lines.line(place.start) if place.at else 1
        self.doubtful.append(Doubt(line, kind, message, place.text[:60]))


@dataclass(frozen=True, slots=True)
class Imported:
    """An old text, read.

    document   the text as typed blocks, every span with its source line; of a compilation the first full piece
    piece      which piece that is, from 1
    passages   all of the text with the roles of the marked-up corpora, all pieces
    pieces     one document for each piece of a compilation, else the document alone
    truncated  the source breaks off; `missing` characters are said to be left out (0: not said)
    """

    name: str
    document: Document
    passages: tuple[Passage, ...]
    pieces: tuple[Document, ...]
    removed: tuple[Removed, ...]
    changed: tuple[Change, ...]
    doubtful: tuple[Doubt, ...]
    encoding: str = ""
    script: str = ""
    truncated: bool = False
    missing: int = 0
    lines: LineMap = field(default_factory=lambda: LineMap((0,)), repr=False)
    accounted: frozenset[int] = field(default=frozenset(), repr=False)
    piece: int = 1

    @property
    def text(self) -> str:
        """The clean text of the first piece with its numbers as the author wrote them, one paragraph a line."""
        lines: list[str] = []
        for passage in self.passages:
            if passage.piece != self.piece or passage.aside:
                continue
            if passage.rows:
                lines += ["\t".join(row) for row in passage.rows]
            elif passage.joined and lines:
                lines[-1] += passage.text.text
            else:
                lines.append(passage.text.text)
        return "\n".join(lines)

    def stretches(self, passage: Passage) -> list[tuple[int, int, str]]:
        """(line, column, text) of a passage for each source line that it runs over."""
        result: list[tuple[int, int, str]] = []
        for character, at in zip(passage.text.text, passage.text.at, strict=True):
            line = self.lines.line(at)
            if result and result[-1][0] >= line:
                result[-1] = (*result[-1][:2], result[-1][2] + character)
            else:
                result.append((line, self.lines.column(at), character))
        return result

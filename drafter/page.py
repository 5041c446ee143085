"""The page of GB/T 9704-2012 in numbers: what formats are held against, and what a .docx of others is.

Lengths are millimetres, sizes points of Word (its 3号 is 16, its 2号 22).
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "AREA",
    "CHARACTERS",
    "DASH_DROP",
    "FACES",
    "INDENTS",
    "LEFT",
    "LINES",
    "MILLIMETRE",
    "PAPER",
    "PITCH",
    "SIZES",
    "SIZE_TOLERANCE",
    "TOLERANCE",
    "TOP",
    "TYPES",
    "Type",
    "face_of",
]

MILLIMETRE = 72 / 25.4
"""Points."""
PAPER = (210, 297)  # 5.1
TOP, LEFT = 37, 28  # 5.2.1 天头, 订口
AREA = (156, 225)  # 5.2.1 版心
TOLERANCE = 1  # 5.2.1
LINES, CHARACTERS = 22, 28  # 5.2.3
PITCH = AREA[1] * MILLIMETRE / LINES
"""Points from line to line, where 22 lines fill the text area."""
DASH_DROP = 7  # 7.5: 一字线 below the text area
SIZES = {22: "2号", 16: "3号", 14: "4号"}
SIZE_TOLERANCE = 0.3  # 3号 is 16 points in Word, 15.75 by the table of type sizes

# face → marks in the names of its fonts; the first that fits decides (仿宋体 holds 宋体)
FACES = {
    "小标宋": ("小标宋", "xiaobiaosong"),
    "黑体": ("黑体", "simhei", "stheiti"),
    "楷体": ("楷体", "kaiti", "stkaiti"),
    "仿宋": ("仿宋", "fangsong", "stfangsong"),
    "宋体": ("宋体", "simsun", "书宋"),
}


class Type(NamedTuple):
    """What an element is set in, by which clause, and what the clause calls it."""

    face: str
    size: int
    clause: str
    title: str


TYPES = {
    "title": Type("小标宋", 22, "7.3.1", "标题"),
    "salutation": Type("仿宋", 16, "7.3.2", "称谓"),
    "body": Type("仿宋", 16, "7.3.3", "正文"),
    "heading1": Type("黑体", 16, "7.3.3", "第一层标题"),
    "heading2": Type("楷体", 16, "7.3.3", "第二层标题"),
    "heading3": Type("仿宋", 16, "7.3.3", "第三层标题"),
    "heading4": Type("仿宋", 16, "7.3.3", "第四层标题"),
    "lead": Type("仿宋", 16, "7.3.3", "段首句"),
    "signature": Type("仿宋", 16, "7.3.5", "署名和日期"),
    "number": Type("宋体", 14, "7.5", "页码"),
}
# element → characters of the first line's indent, clause, what it says
INDENTS = {
    "title": (0, "7.3.1", "标题居中，不缩进"),
    "salutation": (0, "7.3.2", "称谓顶格"),
    **dict.fromkeys(("body", "heading1", "heading2", "heading3", "heading4"), (2, "7.3.3", "每段左空二字")),
}


def face_of(font: str) -> str:
    """The face that a font is a cut of; "" for one that the standard does not name."""
    name = font.lower()
    return next((face for face, marks in FACES.items() if any(mark in name for mark in marks)), "")

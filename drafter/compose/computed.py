"""What the program works out for itself: leadership phrases by level, dates, counts.

Everything here is named in the trace as computed, with the brief key it was computed from.
"""

from __future__ import annotations

import datetime as dt

from drafter.chinese.numerals import numeral

__all__ = ["LEVELS", "count_word", "date_text", "leadership"]

LEVELS = {
    "全国": "党中央、国务院",
    "省": "省委、省政府",
    "自治区": "自治区党委、政府",
    "直辖市": "市委、市政府",
    "市": "市委、市政府",
    "州": "州委、州政府",
    "县": "县委、县政府",
    "区": "区委、区政府",
    "旗": "旗委、旗政府",
    "乡镇": "镇党委、镇政府",
    "街道": "街道党工委、办事处",
    "开发区": "党工委、管委会",
    "园区": "党工委、管委会",
    "系统": "上级党组",
    "产业": "上级党组",
    "企业": "公司党委",
    "公司": "公司党委",
    "集团": "集团党委",
    "学校": "学校党委",
    "医院": "医院党委",
    "机关": "机关党委",
}


def leadership(level: str) -> str:
    """The bodies under whose leadership a unit of this level works: 党委 for a level not in the table, "" for none."""
    return LEVELS.get(level, "党委" if level else "")


def date_text(date: dt.date) -> str:
    """2024-03-05 → 2024年3月5日 (GB/T 9704-2012, 7.3.5.4: Arabic figures, full year, no leading zeros)."""
    return f"{date.year}年{date.month}月{date.day}日"


def count_word(number: int) -> str:
    """A count before 点, 个, 项: 两 for 2, else the numeral; 几 for 0."""
    return {0: "几", 2: "两"}.get(number) or numeral(number)

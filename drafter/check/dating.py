"""When an undated text can have been written: the earliest day that its expressions allow, and hints at the latest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from drafter.check.dated import EVENTS, Occurrence, following, occurrences
from drafter.check.dates import date_line, spell
from drafter.check.laws import cited
from drafter.check.lazy import lazy
from drafter.check.timeliness import coming, current

if TYPE_CHECKING:
    from drafter.check.text import Text

__all__ = ["Dating", "Evidence", "date_range"]

_YEAR = timedelta(days=365)
_SHOWN = 5
_TOLD = lazy(
    r"(?P<upto>截至)?(?<![\d—－\-～至到前])(?P<year>(?:19|20)\d\d)年(?:(?P<month>1[0-2]|[1-9])月(?!\d))?(?P<end>底|末)?"
    r"(?![—－\-～至到度前代])"
)
_DONE = lazy(r"[^。！？；\n]{0,40}?(?:了|已经?|以来|累计|共[有帮发开举救建]|荣获|获得|召开的|印发的)")
_PLANNED = lazy(r"(?:到|力争|确保|争取|预计|计划|将|拟|规划|目标)[^。；，]{0,4}$")
_THIS_YEAR = lazy(r"今年(?:是|（即?|，即)((?:19|20)\d\d)年")
_TITLE = lazy(r"在((?:19|20)\d\d)年[^。\n]{0,40}(?:会|会议|大会|仪式|座谈会)上的")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a text is not older, or not younger, than a day.

    text        the expression as it stands there
    start, end  its place in the string
    day         the earliest or the latest day that follows from it
    reason      in Chinese, for the user
    confirmed   whether the row of the table was confirmed at its source
    source      the official document or event that the day follows from; "" where none is known
    """

    text: str
    start: int
    end: int
    day: date
    reason: str
    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class Dating:
    """A span of days in which a text can have been written.

    earliest   the latest of the days from which its expressions exist; None where none has one
    latest     the earliest of the days until which what it calls current was current (a hint, no proof); None: no hint
    after      evidence for `earliest`, the latest day first; each expression once
    before     evidence for `latest`, the earliest day first
    told       whether the text itself says when it was written: a line with a date, or which year this one is
    """

    earliest: date | None
    latest: date | None
    after: tuple[Evidence, ...]
    before: tuple[Evidence, ...]
    told: bool = False

    @property
    def consistent(self) -> bool:
        """False where what a text calls current was over before other things in it began: it was patched together."""
        return self.earliest is None or self.latest is None or self.earliest <= self.latest

    def __str__(self) -> str:
        """The summary, and the evidence line by line."""
        lines = [self.summary]
        for each in {each.reason: each for each in (*self.after[:_SHOWN], *self.before[:_SHOWN])}.values():
            unsure = "" if each.confirmed else "（未核实）"
            lines.append(
                f"  {each.reason}{unsure}：“{each.text.strip('“”')}”"
                + (f"  依据：{each.source}" if each.source else "")
            )
        return "\n".join(lines)

    @property
    def summary(self) -> str:
        """One Chinese sentence for the user."""
        if self.earliest is None and self.latest is None:
            return "文中没有可以推断日期的提法。"
        if self.earliest == self.latest and self.told:
            return f"{self.after[0].reason}，与文中的提法不矛盾。"
        parts = []
        if self.earliest:
            parts.append(f"不早于{spell(self.earliest)}（{self.after[0].reason}）")
        if self.latest:
            parts.append(f"很可能不晚于{spell(self.latest)}（{self.before[0].reason}）")
        text = "，".join(parts) + "。" + ("" if self.told else "文稿没有写明写作的日期，这是按提法推断的。")
        return text if self.consistent else text + "两者矛盾，文稿可能改过日期或拼接而成。"


def date_range(text: Text) -> Dating:
    """Between which days a text was probably written.

    Earliest: the latest day on which one of its expressions came to be, or of which it tells what was done; meetings
    that are still to come count for nothing, and what is not confirmed decides only where nothing confirmed is found.
    Latest: where a campaign, a plan or the spirit of a meeting is carried out as current, the day on which that was
    over.
    The line with the date of the text, and a sentence that says which year this one is, count as both.
    """
    found = occurrences(text)
    told = list(_told(text))
    after = _once([*(each for each, _ in told), *_born(text, found), *_laws(text), *_counted(text)])
    before = _once([*(each for _, each in told), *_over(text, found)])
    after.sort(key=lambda each: each.day, reverse=True)
    before.sort(key=lambda each: each.day)
    sure = [each for each in after if each.confirmed]
    return Dating(
        (sure or after)[0].day if after else None,
        before[0].day if before else None,
        tuple(sure + [each for each in after if not each.confirmed]),
        tuple(before),
        bool(told),
    )


def _told(text: Text) -> Iterator[tuple[Evidence, Evidence]]:
    """What the text itself says of its time, as the first and the last day of that."""
    if line := date_line(text):
        start, end, time = line
        there = text.string[start:end].strip(" \t\u3000（）()")
        reason = f"文稿写明的日期是{there}"
        ends = [Evidence(there, start, end, day, reason, True, "") for day in time]
        yield ends[0], ends[1]
    for match in _THIS_YEAR.finditer(text.prose) if text.has("今年") else ():
        if not (text.quoted.touch(*match.span()) or text.titled.touch(*match.span())):
            year, reason = int(match[1]), f"文中说今年是{match[1]}年"
            first, last = (
                Evidence(match[0], *match.span(), day, reason, True, "")
                for day in (date(year, 1, 1), date(year, 12, 31))
            )
            yield first, last


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _born(text: Text, found: tuple[Occurrence, ...]) -> list[Evidence]:
    evidence = []
    for each in found:
        row = each.row
        if row.since is None or row.kind == "term" or (row.kind in EVENTS and coming(text, each)):
            continue
        confirmed = row.confirmed and row.kind not in ("label", "plan")
        since = f"{row.since.year}年以后才会写到" if row.kind == "plan" else f"自{spell(row.since)}起才有"
        evidence.append(_evidence(text, each, row.since, f"{row.name}{since}", confirmed))
    return evidence


def _over(text: Text, found: tuple[Occurrence, ...]) -> list[Evidence]:
    evidence = []
    for each in found:
        row = each.row
        if not current(text, each):
            continue
        if row.kind in ("congress", "plenum"):
            after_it = following(row)
            if after_it and after_it.until and after_it.confirmed:
                day = after_it.until + _YEAR
                reason = f"仍在贯彻{row.name}精神，{after_it.name}于{spell(after_it.until)}闭幕"
                evidence.append(_evidence(text, each, day, reason, row.confirmed))
        elif row.until and row.kind not in ("assembly", "label", "term", "rename"):
            evidence.append(_evidence(text, each, row.until, f"{row.name}到{spell(row.until)}为止", row.confirmed))
    return evidence


def _laws(text: Text) -> list[Evidence]:
    return [
        Evidence(
            text.string[start:end],
            start,
            end,
            law.since,
            f"《{law.name}》自{spell(law.since)}起施行",
            False,
            law.own,
        )
        for law, start, end in cited(text)
    ]


def _counted(text: Text) -> list[Evidence]:
    """Of which year or month a text tells what was done, and the year of the meeting in its title."""
    evidence = []
    title = text.bounds(0)
    if match := _TITLE.search(text.prose, *title):
        day = date(int(match[1]), 1, 1)
        evidence.append(
            Evidence(match[1] + "年", match.start(1), match.end(1) + 1, day, f"标题写{match[1]}年的会议", True, "")
        )
    if not text.has("年"):
        return evidence
    for match in _TOLD.finditer(text.prose, title[1]):
        before = text.prose[max(0, match.start() - 8) : match.start()]
        if match["upto"] or (_DONE.match(text.prose, match.end()) and not _PLANNED.search(before)):
            month = int(match["month"]) if match["month"] else 12 if match["end"] else 1
            reason = f"文中讲到“{match[0]}”已经做的事"
            evidence.append(Evidence(match[0], *match.span(), date(int(match["year"]), month, 1), reason, True, ""))
    return evidence


def _evidence(text: Text, each: Occurrence, day: date, reason: str, confirmed: bool) -> Evidence:
    return Evidence(text.string[each.start : each.end], each.start, each.end, day, reason, confirmed, each.row.document)


def _once(evidence: list[Evidence]) -> list[Evidence]:
    """The first of those that say the same."""
    return list({each.reason: each for each in reversed(evidence)}.values())

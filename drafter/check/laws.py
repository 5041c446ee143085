"""Laws in a text: cited on a day when they are not in force (T008), and articles that they do not have (O020).

`rules/laws.tsv` holds for each law since and until when it is in force, what took its place, and how many articles
it has (`since:count`, one for each version that was confirmed).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.dates import period, sentence, spell, whole
from drafter.check.finding import Hit, Level
from drafter.check.lazy import lazy
from drafter.check.rule import RULES

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["Law", "articles", "cited", "in_force", "laws"]

_ARTICLES = lazy(
    r"(?:（[^（）\n]{0,40}）)?(?:第[一二三四五六七八九十]{1,3}章)?第([一二三四五六七八九十百千零〇\d]{1,9})条(?:(?:、|和|及|至|到|—|,|，)第([一二三四五六七八九十百千零〇\d]{1,9})条)*"
)
_ARTICLE = lazy(r"第([一二三四五六七八九十百千零〇\d]{1,9})条")
_FOREIGN = lazy(r"(?<![我中全])国$|[港澳台盟洲]$")
_LED = lazy(r"(?:^|[\n\u3000 据照依按行反守违合、，。；：（]|[规法]定|我国|现行|新的?)$")
_COMING = lazy(r"将于|即将|起施行|起实施|草案|征求意见|审议|拟|出台前|生效前|通过|公布|制定|宣传|学习")
_GONE = lazy(
    r"废止|失效|原|当时|曾|旧|已被|取代|施行前|实施前|颁布|以来|(?<!\d)(?:19|20)\d\d年|历史|修订|修改|沿革|同时"
)
_CLAUSE = lazy(r"([\u4e00-\u9fff]+)(?:\([\d-]+\))?\.md(?:\s+(第[\u4e00-\u9fff]+条))?(（同时废止）)?")
_ADDRESS = lazy("[A-Za-z]{2}")


class Law(NamedTuple):
    """`since` and `until` are the first and last day in force; `counts` are (day from which, number of articles)."""

    name: str
    since: date
    until: date | None
    replacement: str
    counts: tuple[tuple[date, int], ...]
    source: str
    confirmed: bool

    @property
    def own(self) -> str:
        """The source without the address at which it was read: 《民法典》第一千二百六十条."""
        if found := _CLAUSE.search(self.source):
            return f"《{found[1]}》{found[2] or ''}{found[3] or ''}"
        return f"《{self.name}》" if _ADDRESS.search(self.source) else self.source


@cache
def laws() -> dict[str, Law]:
    """The laws of the table by their short names (without 中华人民共和国)."""
    lines = (RULES / "laws.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {law.name: law for law in map(_law, lines)}


def _unmarked(text: Text) -> Iterator[tuple[Law, int, int]]:
    """Each law whose name stands without marks right before an article."""
    for law in laws().values():
        if law.counts or law.until:
            for at in text.find(law.name + "第"):
                before = text.prose[max(0, at - 7) : at].removesuffix("中华人民共和国")
                if _LED.search(before):
                    yield law, at, at + len(law.name)


def cited(text: Text) -> Iterator[tuple[Law, int, int]]:
    """Each law of the table that is cited with its marks 《》: (law, start, end) with the marks."""
    known = laws()
    for start, end in text.titled:
        title = text.prose[start:end].removeprefix("中华人民共和国")
        name = title.partition("（")[0].partition("(")[0]
        if name in known and not _FOREIGN.search(text.prose, max(0, start - 3), start - 1):
            yield known[name], start - 1, end + 1


def in_force(text: Text, settings: Settings) -> Iterator[Hit]:
    """T008: a law cited before its first day or after its last."""
    if not text.has("》") and not text.has("法第") and not text.has("则第"):
        return
    when = period(text, settings)
    if when is None:
        return
    for law, start, end in (*cited(text), *_unmarked(text)):
        first, last = sentence(text, start, end)
        around = text.prose[first:start] + text.prose[end:last]
        what = ""
        if law.since > when.last and not _COMING.search(around):
            what = f"《{law.name}》自{spell(law.since)}起施行，文稿日期为{spell(when.last)}，尚未施行"
        elif law.until and law.until < when.first and not _GONE.search(around):
            instead = f"，现行的是《{law.replacement}》" if law.replacement else ""
            what = f"《{law.name}》已于{spell(law.until)}后废止{instead}；文稿日期为{spell(when.first)}"
        if what:
            yield Hit(start, end, what, level=None if law.confirmed else Level.INFO, source=law.own)


def articles(text: Text, settings: Settings) -> Iterator[Hit]:
    """O020: an article beyond the last one of the law, in the version of the day or in any."""
    if not text.has("》第") and not text.has("）第") and not text.has("法第") and not text.has("例第"):
        return
    when = period(text, settings)
    for law, _, end in (each for each in (*cited(text), *_unmarked(text)) if each[0].counts):
        match = _ARTICLES.match(text.prose, end) if law.counts else None
        if match is None:
            continue
        since, count = _version(law, when.last if when else None)
        for article in _ARTICLE.finditer(text.prose, end, match.end()):
            number = whole(article[1])
            if number and number > count:
                version = f"（{spell(since)}起施行的文本）" if len(law.counts) > 1 or since != law.since else ""
                what = f"《{law.name}》{version}共{count}条，没有第{article[1]}条"
                yield Hit(
                    article.start(), article.end(), what, level=None if law.confirmed else Level.INFO, source=law.own
                )


def _version(law: Law, day: date | None) -> tuple[date, int]:
    """The version in force on a day; the longest where the day is not known or earlier than all of them."""
    past = [each for each in law.counts if day and each[0] <= day]
    return past[-1] if past else max(law.counts, key=lambda each: each[1])


def _law(line: str) -> Law:
    name, since, until, replacement, counts, source, confidence = line.split("\t")
    versions = tuple(
        (date.fromisoformat(day), int(count)) for day, count in (part.split(":") for part in counts.split(";") if part)
    )
    return Law(
        name, date.fromisoformat(since), date.fromisoformat(until) if until else None, replacement, versions, source,
        confidence == "V",
    )  # fmt: skip

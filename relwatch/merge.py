"""Reports of one talk, visit, statement or act become one encounter.

``merge`` is a function of the set of reports alone: whatever order they come in or were added in, the same
reports make the same encounters, and without an article's reports they are what they would be had it never
been there. It goes through the reports by day and holds only those that a later one could still join, so
that the first encounters of a long listing come before its last events are read.

Within the reports of the same parties, type and status, the best-fitting two are joined first, then the
next, as long as every report of one side may be the same as every report of the other (``likeness``): one
report in between never makes one encounter of two. A report whose date is vague ("in May") joins the one
encounter it fits best; where two fit alike it stays alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from relwatch.differences import Difference, differences, initiative
from relwatch.likeness import BEFORE_REPORT, ENOUGH, Report, score
from relwatch.query import Row

LONGEST = 32  # days that a date may span to be compared with others: a month; beyond, only with its like
CLEARLY = 0.5  # points by which the best encounter for a vague report beats the next
EXACT = {"day": 3, "month": 2, "year": 1, "unknown": 0}

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Encounter:
    """One interaction with all that report it.

    ``best`` is the report that says most: it stands for the encounter in a listing. ``reports`` holds all,
    ``best`` too, in order of publication. ``sources`` counts the independent ones: reports of one outlet, and
    articles that carry one story (duplicates.py), are one.
    """

    best: Row
    reports: tuple[Row, ...]
    sources: int

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that report it, each once, in order of the alphabet."""
        return tuple(sorted({row.outlet for row in self.reports if row.outlet}))

    @property
    def dates(self) -> tuple[tuple[str, int], ...]:
        """The days that the reports give, with how many give each; more than one is a disagreement."""
        found = [row.event.date.start for row in self.reports if row.event.date.precision == "day"]
        days = sorted({day.isoformat() for day in found if day})
        return tuple((day, sum(d is not None and d.isoformat() == day for d in found)) for day in days)

    @property
    def topics(self) -> tuple[tuple[str, int], ...]:
        """The topics, with how many reports name each, the most frequent first."""
        named = [topic for row in self.reports for topic in row.event.topics]
        return tuple(sorted(((t, named.count(t)) for t in set(named)), key=lambda item: (-item[1], item[0])))

    @property
    def disagreements(self) -> tuple[Difference, ...]:
        """Where its reports contradict one another."""
        return differences(self.reports)

    def to_json(self) -> dict[str, Any]:
        """The best report as event.schema.json's object, with ``encounter``: the reports, and where they differ."""
        return self.best.to_json() | {
            "encounter": {
                "reports": [
                    {
                        "event": row.event.id,
                        "article": row.event.article,
                        "outlet": row.outlet,
                        "published": row.published.isoformat() if row.published else None,
                        "title": row.title,
                        "url": row.url,
                        "story": row.story,
                    }
                    for row in self.reports
                ],
                "sources": self.sources,
                "dates": dict(self.dates),
                "topics": dict(self.topics),
                "initiative": initiative(self.reports),
                "disagreements": {
                    one.kind: {value: list(ids) for value, ids in one.values} for one in self.disagreements
                },
            }
        }


def order(row: Row) -> tuple[date, date, str]:
    """The order of a timeline."""
    return row.day or date.min, row.published or date.min, row.event.id


def merge(rows: Iterable[Row], *, reverse: bool = False) -> Iterator[Encounter]:
    """The encounters of ``rows``, which come in the order of their days, latest first with ``reverse``.

    They come out in the order of their best reports, one by one.
    """
    sign, margin = (-1, LONGEST + 1) if reverse else (1, BEFORE_REPORT + 1)
    waiting: list[Encounter] = []
    undated: list[Encounter] = []
    groups: dict[Key, _Group] = {}
    last: int | None = None
    for row in rows:
        if row.day is None:  # nothing to compare
            undated.append(Encounter(row, (row,), 1))
            if not reverse:
                yield undated.pop()
            continue
        now = sign * row.day.toordinal()
        if now != last:
            last = now
            for key in [key for key, group in groups.items() if group.reach < now - margin]:
                waiting += encounters(groups.pop(key).reports)
            bound = min((group.first for group in groups.values()), default=now)
            yield from _ready(waiting, bound, reverse)
        report = Report(row)
        groups.setdefault(_key(report), _Group(now)).add(report, now, sign)
    for group in groups.values():
        waiting += encounters(group.reports)
    yield from _ready(waiting, None, reverse)
    yield from undated


class _Group:
    """Reports of one key whose days may touch; days count in the direction of reading."""

    __slots__ = ("first", "reach", "reports")

    def __init__(self, first: int) -> None:
        self.first = self.reach = first
        self.reports: list[Report] = []

    def add(self, report: Report, now: int, sign: int) -> None:
        self.reports.append(report)
        self.reach = max(self.reach, now, sign * report.high, sign * report.low)


def _key(report: Report) -> Key:
    """What the reports of one encounter have in common for certain."""
    event = report.event
    span = None if report.high - report.low < LONGEST else event.date
    if event.type == "CONSULT":
        return event.type, event.status, span, report.parties if len(report.parties) < 3 else None
    sides = frozenset(p.party for p in event.actor), frozenset(p.party for p in event.recipient)
    return event.type, event.status, span, *sides


def _ready(waiting: list[Encounter], bound: int | None, reverse: bool) -> Iterator[Encounter]:
    """Take from ``waiting``, in order, what nothing still open can come before."""
    sign = -1 if reverse else 1
    done = [e for e in waiting if bound is None or sign * order(e.best)[0].toordinal() < bound]
    if done:
        kept = {id(e) for e in done}
        waiting[:] = [e for e in waiting if id(e) not in kept]
        yield from sorted(done, key=lambda e: order(e.best), reverse=reverse)


def encounters(reports: Sequence[Report]) -> Iterator[Encounter]:
    """The encounters of reports that come in any order; theirs is that of no kind."""
    if len(reports) == 1:
        yield Encounter(reports[0].row, (reports[0].row,), 1)
        return
    ranked = sorted(reports, key=lambda r: (r.low, r.event.id))
    exact = _joined([r for r in ranked if r.exact])
    vague = [r for r in ranked if not r.exact]
    for cluster in exact + _joined(_placed(vague, exact)):
        yield _encounter(cluster)


def _joined(reports: Sequence[Report]) -> list[list[Report]]:
    """Clusters: the best pairs first, as long as all reports of both sides may be one."""
    points: dict[tuple[int, int], float] = {}
    for i, a in enumerate(reports):
        for j in range(i + 1, len(reports)):
            if reports[j].low > a.high + 1:
                break
            if (fit := score(a, reports[j])) is not None:
                points[i, j] = fit
    of = list(range(len(reports)))
    clusters = {i: [i] for i in of}
    for (i, j), fit in sorted(points.items(), key=lambda item: (-item[1], item[0])):
        one, two = of[i], of[j]
        if fit < ENOUGH or one == two:
            continue
        if all((min(x, y), max(x, y)) in points for x in clusters[one] for y in clusters[two]):
            for member in clusters[two]:
                of[member] = one
            clusters[one] += clusters.pop(two)
    return [[reports[i] for i in members] for members in clusters.values()]


def _placed(vague: Sequence[Report], clusters: list[list[Report]]) -> list[Report]:
    """Put each vague report into the one cluster that it clearly fits best; those left over."""
    wishes: dict[int, list[tuple[float, Report]]] = {}
    left: list[Report] = []
    for report in vague:
        fits: list[tuple[float, int]] = []
        for n, cluster in enumerate(clusters):
            points = [score(report, other) for other in cluster]
            if None not in points:
                fits.append((max(p for p in points if p is not None), -n))
        fits.sort(reverse=True)
        if fits and fits[0][0] >= ENOUGH and (len(fits) < 2 or fits[0][0] - fits[1][0] >= CLEARLY):
            wishes.setdefault(-fits[0][1], []).append((fits[0][0], report))
        else:
            left.append(report)
    for n, wished in wishes.items():
        for _, report in sorted(wished, key=lambda wish: (-wish[0], wish[1].event.id)):
            if all(score(report, other) is not None for other in clusters[n]):
                clusters[n].append(report)
            else:
                left.append(report)
    return sorted(left, key=lambda r: (r.low, r.event.id))


def _encounter(cluster: Sequence[Report]) -> Encounter:
    rows = sorted((r.row for r in cluster), key=lambda row: (row.published or date.min, row.event.id))
    return Encounter(max(rows, key=_fullness), tuple(rows), _sources(cluster))


def _fullness(row: Row) -> tuple[int, int, int, float, int, str]:
    """How much a report says: date, persons, topics and channel; of equals the earliest counts."""
    event = row.event
    return (
        EXACT[event.date.precision],
        sum(p.name is not None for p in (*event.actor, *event.recipient)),
        len(event.topics) + (event.mode is not None),
        event.confidence,
        -(row.published or date.max).toordinal(),
        event.id,
    )


def _sources(cluster: Sequence[Report]) -> int:
    """How many independent sources: of one outlet, or of one story, is one."""
    of = list(range(len(cluster)))
    for i, j in combinations(range(len(cluster)), 2):
        if of[i] != of[j] and _one_source(cluster[i], cluster[j]):
            of = [of[i] if n == of[j] else n for n in of]
    return len(set(of))


def _one_source(a: Report, b: Report) -> bool:
    if a.row.outlet and a.row.outlet == b.row.outlet:
        return True
    return a.row.story is not None and a.row.story == b.row.story

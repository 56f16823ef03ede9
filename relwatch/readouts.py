"""Two accounts of one contact side by side: what both sides mention, what only one, where they contradict.

An account is what the articles that report the contact say of the two parties at it. Whose it is: the side's whose
government publishes the article, whoever speaks in it; else the side's that speaks; else the side's whose state owns
the outlet (``data/outlets.csv``); the rest are others' words. A release is about the contact, with all it says of no
other day; of a newspaper's article counts what it dates to the contact's day. A point is a topic, or an act
("agreed", "accused").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from relwatch.encounters import kind_of
from relwatch.initiative import initiator
from relwatch.merge import Encounter, merge
from relwatch.outlets import owner_of
from relwatch.query import Filters, Row, pair
from relwatch.records import TYPES, DateSpan
from relwatch.sides import Voice, account_of
from relwatch.store import Store

NEAR = 1  # days by which an article's other events may differ from the contact's


@dataclass(frozen=True, slots=True)
class Said:
    """One side's words on a point. ``value`` is what it gives where the sides contradict, else empty."""

    sentence: str
    outlet: str | None
    speaker: str | None
    event: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A topic, an act or (of contradictions) a fact, with the best sentence of each side that mentions it."""

    kind: Literal["topic", "act", "day", "place", "tone", "initiative"]
    name: str
    a: Said | None = None
    b: Said | None = None
    others: Said | None = None


@dataclass(frozen=True, slots=True)
class Readouts:
    """The accounts of one contact. ``encounter`` is None when the pair has none (on that day)."""

    a: str
    b: str
    encounter: Encounter | None
    outlets: dict[str, tuple[str, ...]]
    both: tuple[Point, ...] = ()
    only_a: tuple[Point, ...] = ()
    only_b: tuple[Point, ...] = ()
    only_others: tuple[Point, ...] = ()
    contradictions: tuple[Point, ...] = ()

    def sections(self) -> Iterator[tuple[str, Point]]:
        """Every point with its section, contradictions first."""
        for section in ("contradictions", "both", "only_a", "only_b", "only_others"):
            for point in getattr(self, section):
                yield section, point

    def to_json(self) -> dict[str, Any]:
        """The accounts as plain objects for ``json.dumps``."""
        out: dict[str, Any] = {"a": self.a, "b": self.b, "outlets": {k: list(v) for k, v in self.outlets.items()}}
        out["contact"] = self.encounter.to_json() if self.encounter else None
        for section in ("contradictions", "both", "only_a", "only_b", "only_others"):
            out[section] = [asdict(point) for point in getattr(self, section)]
        return out


def readouts(
    store: Store, a: str, b: str, filters: Filters | None = None, on: tuple[date, date] | None = None
) -> Readouts:
    """The accounts of the contact held on the days ``on``, else of the latest that both sides tell of, or any.

    Of several on those days the one with most voices, then reports. ``filters`` choose the reports.
    """
    rows = list(pair(store, a, b, replace(filters or Filters(), limit=None, reverse=False)))
    by_article: dict[str, list[Row]] = {}
    for row in rows:
        by_article.setdefault(row.event.article, []).append(row)
    held = [e for e in merge(rows) if kind_of(e) == "held" and (on is None or _on(e, *on))]
    if not held:
        return Readouts(a, b, None, {})

    def rank(one: Encounter) -> tuple[int, date | int, date | int, str]:
        voices = len({account_of(row, a, b) for row in _account(one, by_article)} & {"a", "b"})
        day, reports = one.best.day or date.min, len(one.reports)
        return (voices, day, reports, one.best.event.id) if on is None else (voices, reports, day, one.best.event.id)

    best = max(held, key=rank)
    return _compared(best, _account(best, by_article), a, b)


def _on(one: Encounter, first: date, last: date) -> bool:
    span = one.best.event.date
    start, end = span.start or one.best.day, span.end or span.start or one.best.day
    return start is not None and end is not None and start <= last and first <= end


def _account(one: Encounter, by_article: dict[str, list[Row]]) -> list[Row]:
    """What the reports' articles say of the pair at the contact."""
    days = [r.event.date for r in one.reports if r.event.date.start]
    own = {r.event.id for r in one.reports}
    out = []
    for article in dict.fromkeys(r.event.article for r in one.reports):
        for row in by_article[article]:
            rival = row.event.type == "CONSULT" and row.event.status == "actual"
            if row.event.id in own or (_near(row, days) and not rival):
                out.append(row)
    return out


def _near(row: Row, days: Sequence[DateSpan]) -> bool:
    """Whether an event is of the contact's days, or of a release about it and without a day of its own."""
    start, end = row.event.date.start, row.event.date.end or row.event.date.start
    if start is None or end is None or row.event.date.precision != "day" or not days:
        return owner_of(row.outlet, row.url, government=True) is not None
    return any(d.start and (start - (d.end or d.start)).days <= NEAR and (d.start - end).days <= NEAR for d in days)


def _compared(one: Encounter, rows: Sequence[Row], a: str, b: str) -> Readouts:
    told: dict[tuple[Literal["topic", "act"], str], dict[Voice, Row]] = {}
    outlets: dict[str, set[str]] = {"a": set(), "b": set(), "others": set()}
    for row in sorted(rows, key=lambda r: (-r.event.confidence, r.event.id)):
        voice = account_of(row, a, b)
        outlets[voice].add(row.outlet or "unknown")
        for topic in row.event.topics:
            told.setdefault(("topic", topic), {}).setdefault(voice, row)
        if row.event.type not in ("CONSULT", "STATEMENT"):
            told.setdefault(("act", row.event.type), {}).setdefault(voice, row)
    found: dict[str, list[Point]] = {"both": [], "only_a": [], "only_b": [], "only_others": []}
    for (kind, name), by in sorted(told.items(), key=lambda item: (item[0][0] != "topic", _place(*item[0]))):
        section = "both" if {"a", "b"} <= set(by) else f"only_{'a' if 'a' in by else 'b' if 'b' in by else 'others'}"
        said = {voice: _said(row) for voice, row in by.items()}
        found[section].append(Point(kind, name, said.get("a"), said.get("b"), said.get("others")))
    return Readouts(
        a=a,
        b=b,
        encounter=one,
        outlets={voice: tuple(sorted(names)) for voice, names in outlets.items() if names},
        contradictions=tuple(_contradictions(rows, a, b)),
        **{section: tuple(points) for section, points in found.items()},
    )


def _place(kind: str, name: str) -> tuple[int, str]:
    return (TYPES.index(name) if kind == "act" else 0), name


def _said(row: Row, value: str = "") -> Said:
    event = row.event
    speaker = (event.speaker.name or event.speaker.role or event.speaker.party) if event.speaker else None
    return Said(event.evidence[0].text if event.evidence else "", row.outlet, speaker, event.id, value)


def _contradictions(rows: Sequence[Row], a: str, b: str) -> Iterator[Point]:
    """Facts on which the two sides differ: the day, the place, the tone, whose initiative it was."""
    by: dict[Voice, list[Row]] = {"a": [], "b": [], "others": []}
    for row in rows:
        by[account_of(row, a, b)].append(row)
    talks = {voice: [r for r in by[voice] if r.event.type == "CONSULT"] for voice in by}
    days = [{r.event.date.start: r for r in talks[v] if r.event.date.precision == "day"} for v in ("a", "b")]
    if days[0] and days[1] and not days[0].keys() & days[1].keys():
        yield _differ("day", *(next(iter(d.items())) for d in days))
    places = [{r.event.place: r for r in talks[v] if r.event.place} for v in ("a", "b")]
    if all(places) and not any(x in y or y in x for x in places[0] for y in places[1] if x and y):
        yield _differ("place", *(next(iter(p.items())) for p in places))
    tones = [{r.event.tone.label: r for r in by[v] if r.event.tone.score} for v in ("a", "b")]
    signs = [{r.event.tone.score > 0 for r in t.values()} for t in tones]
    if len(signs[0]) == len(signs[1]) == 1 and signs[0] != signs[1]:
        yield _differ("tone", *(next(iter(t.items())) for t in tones))
    asked = [{who: r for r in by[v] if (who := initiator(r.event)) in (a, b)} for v in ("a", "b")]
    if asked[0] and asked[1] and not asked[0].keys() & asked[1].keys():
        yield _differ("initiative", *(next(iter(w.items())) for w in asked))


def _differ(kind: Literal["day", "place", "tone", "initiative"], a: tuple[Any, Row], b: tuple[Any, Row]) -> Point:
    return Point(kind, kind, _said(a[1], str(a[0])), _said(b[1], str(b[0])))

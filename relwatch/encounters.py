"""The life of a contact: planned, then held, postponed, cancelled or denied, linked into one.

A plan belongs to the contact that was held on its day by the same persons through a channel that fits; a plan
without a day of its own to the next such contact within EXPECTED days. A cancellation or denial belongs to the
plan that it is of: by its day, or, when it bears only the day it was announced on, to the next one planned.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from relwatch import tables
from relwatch.likeness import Report, modes_fit, persons_fit
from relwatch.merge import LONGEST, Encounter, order

Kind = Literal["planned", "postponed", "cancelled", "denied", "held"]

EXPECTED = 30  # days after its report within which a plan without a day is fulfilled
AHEAD = 90  # days before the day planned within which it may be called off
KNOWN = 400  # days before it is called off within which a contact was planned
LATE = 2  # days after it, for reports that come late
RANK = {"planned": 0, "postponed": 1, "denied": 2, "cancelled": 3, "held": 4}


@dataclass(frozen=True, slots=True)
class Stage:
    """One encounter in the life of a contact: ``said`` is the day of its first report."""

    kind: Kind
    said: date | None
    encounter: Encounter

    def to_json(self) -> dict[str, Any]:
        """The stage as a plain object."""
        return {
            "stage": self.kind,
            "said": self.said.isoformat() if self.said else None,
            "event": self.encounter.best.event.id,
            "reports": len(self.encounter.reports),
        }


@dataclass(frozen=True, slots=True)
class Life:
    """A contact from its first plan on. ``stages`` are in the order they were told; ``best`` stands for all."""

    stages: tuple[Stage, ...]

    @property
    def best(self) -> Encounter:
        """The contact as held, or as it was planned where nothing says that it was."""
        held = [s for s in self.stages if s.kind == "held"]
        planned = [s for s in self.stages if s.kind in ("planned", "postponed")]
        return (held or planned[-1:] or list(self.stages))[0].encounter

    @property
    def state(self) -> Kind:
        """What is known of it last; held where it was held, whatever was said before."""
        kinds = [stage.kind for stage in self.stages]
        return "held" if "held" in kinds else kinds[-1]

    def to_json(self) -> dict[str, Any]:
        """The encounter that stands for it, with ``life``: the stages as they were told."""
        return self.best.to_json() | {"life": [stage.to_json() for stage in self.stages]}


def parts(found: Iterable[Life | Encounter]) -> Iterator[Encounter]:
    """The encounters that linked contacts are made of."""
    for one in found:
        yield from (stage.encounter for stage in one.stages) if isinstance(one, Life) else (one,)


@cache
def _words() -> tuple[tuple[re.Pattern[str], str, Kind], ...]:
    found: dict[tuple[str, Kind], list[str]] = {}
    for row in tables.rows("stage_words.csv"):
        stage: Kind = "cancelled" if row["stage"] == "cancelled" else "postponed"
        found.setdefault((row["status"], stage), []).append(re.escape(row["word"]))
    return tuple((re.compile(rf"\b(?:{'|'.join(w)})", re.I), *key) for key, w in sorted(found.items()))


def kind_of(encounter: Encounter) -> Kind | None:
    """What an encounter is in the life of a contact; None where it is none: no talk, or a mere possibility."""
    event = encounter.best.event
    if event.type != "CONSULT" or event.status == "hypothetical":
        return None
    if event.status == "actual":
        return "held"
    texts = [span.text for row in encounter.reports for span in row.event.evidence]
    for pattern, status, stage in _words():
        if status == event.status and any(pattern.search(text) for text in texts):
            return stage
    return "planned" if event.status == "planned" else "denied"


def lives(found: Iterable[Encounter]) -> list[Life | Encounter]:
    """Encounters with those of one contact linked, in the order of a timeline; what has no life stays as it is.

    A contact with one stage stays an encounter.
    """
    single: list[Encounter] = []
    by_parties: dict[frozenset[str | None], list[_Member]] = {}
    for encounter in found:
        if (kind := kind_of(encounter)) is None or encounter.best.day is None:
            single.append(encounter)
        else:
            member = _Member(encounter, kind)
            by_parties.setdefault(member.report.parties, []).append(member)
    out: list[Life | Encounter] = list(single)
    for members in by_parties.values():
        for linked in _linked(members):
            if len(linked) == 1:
                out.append(linked[0].encounter)
            else:
                out.append(Life(tuple(m.stage() for m in sorted(linked, key=_told))))
    return sorted(out, key=lambda one: order(one.best.best if isinstance(one, Life) else one.best))


class _Member:
    """An encounter with what linking it needs."""

    __slots__ = ("encounter", "kind", "report", "said")

    def __init__(self, encounter: Encounter, kind: Kind) -> None:
        self.encounter = encounter
        self.kind = kind
        self.report = Report(encounter.best)
        days = [row.published for row in encounter.reports if row.published]
        self.said = min(days, default=encounter.best.day or date.min)

    def stage(self) -> Stage:
        return Stage(self.kind, self.said if self.said != date.min else None, self.encounter)


def _told(member: _Member) -> tuple[date, int, str]:
    return member.said, RANK[member.kind], member.encounter.best.event.id


def _linked(members: Sequence[_Member]) -> list[list[_Member]]:
    """The members by contact. Each plan finds its outcome, each cancellation its plan: the best one, if any."""
    held = sorted((m for m in members if m.kind == "held"), key=lambda m: m.report.low)
    plans = sorted((m for m in members if m.kind in ("planned", "postponed")), key=_told)
    of = {id(m): m for m in members}

    def root(member: _Member) -> _Member:
        while of[id(member)] is not member:
            member = of[id(member)]
        return member

    def join(one: _Member, other: _Member) -> None:
        """Make two contacts one, unless each was held."""
        one, other = root(one), root(other)
        if one is not other and not one.kind == other.kind == "held":
            one, other = (other, one) if one.kind == "held" else (one, other)
            of[id(one)] = other

    for plan in plans:
        near = _between(held, plan.report.low - LONGEST, plan.report.high + LONGEST, lambda m: m.report.low)
        if outcome := _best(plan, [h for h in near if fulfils(h, plan)]):
            join(plan, outcome)
    for later in members:
        if later.kind in ("postponed", "cancelled", "denied"):
            said = later.said.toordinal()
            known = _between(plans, said - KNOWN, said, lambda m: m.said.toordinal())
            if before := _best(later, [p for p in known if p is not later and _calls_off(later, p)]):
                join(later, before)
    out: dict[int, list[_Member]] = {}
    for member in members:
        out.setdefault(id(root(member)), []).append(member)
    return list(out.values())


def _between(members: Sequence[_Member], first: int, last: int, day: Callable[[_Member], int]) -> Sequence[_Member]:
    """The members, in order of ``day``, that it puts from ``first`` to ``last``."""
    return members[bisect_left(members, first, key=day) : bisect_right(members, last, key=day)]


def _best(member: _Member, others: Sequence[_Member]) -> _Member | None:
    """The one that fits best by persons and channel, of equals the first by day."""

    def rank(other: _Member) -> tuple[float, int, str]:
        points = (persons_fit(member.report, other.report) or 0.0) + (
            modes_fit(member.report.event.mode, other.report.event.mode) or 0.0
        )
        return -points, abs(other.report.low - member.report.high), other.encounter.best.event.id

    return min(others, key=rank, default=None)


def _fits(a: _Member, b: _Member) -> bool:
    modes = modes_fit(a.report.event.mode, b.report.event.mode)
    return modes is not None and persons_fit(a.report, b.report) is not None


def fulfils(held: _Member, plan: _Member) -> bool:
    """Whether the contact held may be the one planned."""
    if not _fits(held, plan) or not held.report.exact:
        return False
    if plan.encounter.best.dated:
        slack = 1 if plan.report.exact else 0
        return held.report.low <= plan.report.high + slack and plan.report.low <= held.report.high + slack
    first = plan.said.toordinal()
    named = bool(persons_fit(held.report, plan.report))
    return named and first < held.report.low <= first + EXPECTED


def _calls_off(end: _Member, plan: _Member) -> bool:
    """Whether ``end`` may cancel, deny or postpone ``plan``: by its own day, or by the day it was announced."""
    if (plan.said >= end.said and end.kind == "postponed") or plan.said > end.said or not _fits(end, plan):
        return False
    said = end.said.toordinal()
    announced = not end.report.exact or abs(end.report.low - said) <= 1
    last = plan.report.high if plan.encounter.best.dated else plan.said.toordinal() + EXPECTED
    if end.report.exact and end.report.low <= last and plan.report.low <= end.report.high:
        return True
    if end.kind == "postponed":
        announced = True  # its own day is the new one
    return announced and said - LATE <= last <= said + AHEAD


def overdue(one: Life | Encounter, today: date) -> bool:
    """Whether a contact was planned for days that are over and nothing says that it was held or called off.

    A plan without a day is over EXPECTED days after it was last reported.
    """
    if isinstance(one, Life):
        if one.state not in ("planned", "postponed"):
            return False
        plan = one.best
    else:
        if kind_of(one) not in ("planned", "postponed"):
            return False
        plan = one
    return (due := due_day(plan)) is not None and due < today


def due_day(plan: Encounter) -> date | None:
    """The last day a plan may be fulfilled on; None when nothing tells."""
    end = plan.best.event.date.end or plan.best.event.date.start
    if end:
        return end
    days = [row.published for row in plan.reports if row.published]
    return max(days) + timedelta(days=EXPECTED) if days else None

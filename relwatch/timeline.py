"""A pair's events as records ready to print: plain text in every field, no markup."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from relwatch.coverage import articles_between
from relwatch.encounters import Life, due_day, lives, overdue
from relwatch.merge import Encounter, merge, order
from relwatch.query import Filters, Row, keeps, pair, stream
from relwatch.records import TYPES, DateSpan, Event, Party, dyads
from relwatch.store import Store

FORTNIGHT = 14  # days after a plan in which reports of it are to be expected
CONTACT = "CONSULT"  # the one type whose encounters have a life
SHOWN = 4  # parties of one side that are named before "+2" stands for the rest


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of a timeline. Empty text where there is nothing to say; ``status`` is empty when actual.

    ``date`` shows its precision: 2020-04-30, 2020-04, 2020, 2025-05-19..21; ~2020-04-30 for an
    undated event that stands at its report's date; "undated". ``what`` is type and mode.
    ``sentence`` is the best piece of evidence, ``tone_words`` the words that earned the tone.

    The line of an encounter is that of its best report; ``reports`` and independent ``sources`` are counted,
    and ``disagreements`` says where they contradict one another ("date: 2020-04-09 (2), 2020-04-10 (1)").
    ``life`` tells how a contact came about or to nothing: "planned 2022-02-11", "held", each with the day it was
    first told.
    """

    date: str
    who: str
    what: str
    topics: tuple[str, ...]
    tone: str
    tone_words: tuple[str, ...]
    status: str
    speaker: str
    outlet: str
    title: str
    url: str
    id: str
    sentence: str
    reports: int = 1
    sources: int = 1
    life: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()


def date_text(span: DateSpan, published: date | None) -> str:
    """The date as exact as it is known; ``published`` stands in, with a ~, for one that is not."""
    start, end = span.start or span.end, span.end or span.start
    if start is None or end is None:
        return f"~{published.isoformat()}" if published else "undated"
    digits = {"year": 4, "month": 7}.get(span.precision, 10)
    first, last = start.isoformat()[:digits], end.isoformat()[:digits]
    if first == last:
        return first
    same = 0  # characters of the year and month that need not be said twice
    for part in (5, 8):
        if part < digits and first[:part] == last[:part]:
            same = part
    return f"{first}..{last[same:]}"


def party_text(party: Party) -> str:
    """A party as "Putin (RUS)", "foreign minister (RUS)" or "RUS"; by name alone when it is of no party."""
    person = party.name or party.role
    if party.party is None:
        return person or ""
    return f"{person} ({party.party})" if person else party.party


def _side(parties: Sequence[Party], first: Sequence[str | None]) -> list[str]:
    """Each party of a side once, with its persons: the parties of ``first`` first, then as mentioned."""
    if len(parties) == 1:
        return [party_text(parties[0])]
    persons: dict[str, list[str]] = {}
    for p in sorted(parties, key=lambda p: p.party not in first):
        if p.party:
            known = persons.setdefault(p.party, [])
            if (person := p.name or p.role) and person not in known:
                known.append(person)
    return [f"{', '.join(who)} ({party})" if who else party for party, who in persons.items()]


def _joined(side: list[str], joint: str) -> str:
    more = f" +{len(side) - SHOWN}" if len(side) > SHOWN else ""
    return joint.join(side[:SHOWN]) + more


@lru_cache(4096)  # a few persons make up most of a timeline
def who_text(actor: tuple[Party, ...], recipient: tuple[Party, ...], a: str, b: str | None) -> str:
    """Who with whom ("Putin (RUS) ↔ Trump (USA)") or who to whom ("Peskov (RUS) → USA").

    In a mutual act ``a`` stands first, then ``b``.
    """
    if recipient:
        return " → ".join(_joined(_side(side, (a, b)), ", ") for side in (actor, recipient))
    ranked = sorted(actor, key=lambda p: (p.party != a, p.party != b))
    return _joined(_side(ranked, ()), " ↔ ")


def timeline_row(row: Row, a: str, b: str | None) -> TimelineRow:
    """One row, ready to print, as seen from ``a``."""
    event = row.event
    return TimelineRow(
        date=date_text(event.date, row.published),
        who=who_text(event.actor, event.recipient, a, b),
        what=f"{event.type} {event.mode}" if event.mode else event.type,
        topics=event.topics,
        tone=event.tone.label,
        tone_words=tuple(span.text for span in event.tone.phrases),
        status="" if event.status == "actual" else event.status,
        speaker=party_text(event.speaker) if event.speaker else "",
        outlet=row.outlet or "",
        title=row.title or "",
        url=row.url or "",
        id=event.id,
        sentence=event.evidence[0].text if event.evidence else "",
    )


def encounter_row(one: Life | Encounter, a: str, b: str | None) -> TimelineRow:
    """One encounter or linked contact, ready to print, as seen from ``a``."""
    if isinstance(one, Life):
        stages = tuple(f"{s.kind} {s.said}" if s.said and s.kind != "held" else s.kind for s in one.stages)
        return replace(encounter_row(one.best, a, b), life=stages)
    line = timeline_row(one.best, a, b)
    if len(one.reports) == 1:
        return line
    return replace(
        line,
        reports=len(one.reports),
        sources=one.sources,
        disagreements=tuple(f"{difference.kind}: {difference.text()}" for difference in one.disagreements),
    )


def encounters(store: Store, a: str, b: str | None, filters: Filters | None = None) -> Iterator[Life | Encounter]:
    """The encounters of ``a`` and ``b`` in the order of a timeline, what became of a plan linked with it.

    With anyone when ``b`` is None, and plans not linked then. The filters choose reports; what is left of an
    encounter is shown, and ``limit`` counts encounters. They come as they are read, all but the contacts, of which
    the last may belong to the first plan: whoever stops early has read little else.
    """
    filters = filters or Filters()
    read = pair if filters.limit is None else stream
    if b is None:
        return islice(merge(read(store, a, b, filters), reverse=filters.reverse), filters.limit)
    asked = filters.types or TYPES
    contacts: list[Life | Encounter] = []
    if CONTACT in asked:
        all_ = replace(filters, types=(CONTACT,), limit=None, reverse=False)
        contacts = lives(merge(pair(store, a, b, all_)))
    if filters.reverse:
        contacts.reverse()
    others: Iterator[Life | Encounter] = iter(())
    if types := tuple(type_ for type_ in asked if type_ != CONTACT):
        others = merge(read(store, a, b, replace(filters, types=types)), reverse=filters.reverse)
    found = heapq.merge(contacts, others, key=_place, reverse=filters.reverse)
    return islice(found, filters.limit)


def _place(one: Life | Encounter) -> tuple[date, date, str]:
    return order(one.best.best if isinstance(one, Life) else one.best)


def encounter_of(store: Store, event: Event) -> Encounter | None:
    """The encounter that an event of the store is a report of; None for one without two parties."""
    for a, b in dyads(event)[:1]:
        alike = Filters(types=(event.type,), statuses=(event.status,))
        for one in merge(pair(store, a, b, alike)):
            if any(row.event.id == event.id for row in one.reports):
                return one
    return None


def lines(store: Store, a: str, b: str | None, filters: Filters | None = None) -> Iterator[TimelineRow]:
    """The timeline by encounters, as they are found."""
    return (encounter_row(one, a, b) for one in encounters(store, a, b, filters))


def rows(store: Store, a: str, b: str | None, filters: Filters | None = None) -> list[TimelineRow]:
    """The timeline report by report, in ``query.pair``'s order."""
    return [timeline_row(row, a, b) for row in pair(store, a, b, filters)]


@dataclass(frozen=True, slots=True)
class Overdue:
    """A contact planned for days that are over, of which no report says that it was held or called off.

    ``articles`` counts those that the store holds of the FORTNIGHT after: with none, nothing could say so.
    """

    contact: Life | Encounter
    articles: int

    def to_json(self) -> dict[str, Any]:
        """The contact as a plain object."""
        return self.contact.to_json() | {"articles_after": self.articles}


def overdue_contacts(
    store: Store, a: str, b: str | None, filters: Filters | None = None, today: date | None = None
) -> list[Overdue]:
    """The overdue contacts of ``a`` and ``b`` (``a`` with anyone when ``b`` is None), earliest first.

    Overdue as of ``today``, or of the store's last day of publication. ``filters`` choose among them by what
    they were planned for; what became of a plan is looked for without them.
    """
    today = today or store.last_published()
    if today is None:
        return []
    wanted = filters or Filters()
    all_ = Filters(types=(CONTACT,), leader=wanted.leader)
    out = []
    for one in lives(merge(pair(store, a, b, all_))):
        plan = one.best if isinstance(one, Life) else one
        if overdue(one, today) and keeps(wanted, plan.best) and (due := due_day(plan)):
            out.append(Overdue(one, articles_between(store, due, due + timedelta(days=FORTNIGHT))))
    if wanted.reverse:
        out.reverse()
    return out[: wanted.limit]

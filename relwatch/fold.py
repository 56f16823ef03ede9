"""Repeated mentions of one interaction within an article become one event with several sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from relwatch.records import Article, DateSpan, Event, Party, Span

EXACT = {"day": 3, "month": 2, "year": 1, "unknown": 0}
CHANNEL_ORDER = ("multilateral", "third-party", "visit", "phone", "meet", None)


def fold(found: Sequence[Event], article: Article) -> list[Event]:
    """The distinct events of an article, in order of the text."""
    out: list[Event] = []
    for event in _within_visits([_channel_of_title(e, article) for e in found]):
        for i, earlier in enumerate(out):
            if _same(earlier, event):
                out[i] = _join(earlier, event, article)
                break
        else:
            out.append(event)
    return out


REMOTE = re.compile(r"\b(?:call|calls|phone|telephone|phoned|video|videoconference|teleconference)\b", re.I)


def _channel_of_title(event: Event, article: Article) -> Event:
    """A talk without a channel in an article titled as a call with that person is that call."""
    if event.type != "CONSULT" or event.mode is not None or not article.title:
        return event
    if REMOTE.search(article.title) and any(
        p.name and p.name.split()[-1] in article.title for p in event.actor + event.recipient
    ):
        return replace(event, mode="phone")
    return event


def _within_visits(found: list[Event]) -> list[Event]:
    """A meeting of a visitor with the hosts, while the visit lasts, is part of that visit."""
    visits = [e for e in found if e.mode == "visit" and e.status != "negated" and e.type == "CONSULT"]
    return [_as_visit(e, visits) for e in found]


def _as_visit(event: Event, visits: list[Event]) -> Event:
    if event.type != "CONSULT" or event.mode not in ("meet", None) or event.status == "negated":
        return event
    pair = _parties(event.actor)
    for visit in visits:
        guests, hosts = _parties(visit.actor), _parties(visit.recipient)
        people_of = {p.name for p in visit.actor if p.name}
        if pair != guests | hosts or len(pair) != 2 or not _near(visit.date, event.date):
            continue
        if event.status == "actual" and visit.status != "actual":
            continue  # He who was met today and invited to come has not come yet.
        if people_of and not people_of & {p.name for p in event.actor}:
            continue
        return replace(
            event,
            mode="visit",
            actor=tuple(p for p in event.actor if p.party in guests),
            recipient=tuple(p for p in event.actor if p.party in hosts),
        )
    return event


def _near(a: DateSpan, b: DateSpan) -> bool:
    """Whether two dates may fall in one visit: unknown, or within four days."""
    if a.start is None or b.start is None:
        return True
    return abs((a.start - b.start).days) <= 4


def _parties(group: tuple[Party, ...]) -> frozenset[str | None]:
    return frozenset(p.party for p in group)


def _same(a: Event, b: Event) -> bool:
    """Whether two mentions mean one interaction."""
    if a.type != b.type:
        return False
    # "He told Putin ..." the day after their call is the call; a visit lasts some days.
    lasting = a.mode == b.mode == "visit" or (a.type == "CONSULT" and None in (a.mode, b.mode))
    fit = _near if lasting and a.status == b.status == "actual" else _dates_fit
    if not fit(a.date, b.date):
        return False
    if a.type == "CONSULT":
        return _same_talk(a, b)
    if a.status != b.status or (a.mode != b.mode and a.mode and b.mode):
        return False
    if _parties(a.actor) != _parties(b.actor) or _parties(a.recipient) != _parties(b.recipient):
        return False
    shared = set(a.topics) & set(b.topics)
    return bool(shared) or not a.topics or not b.topics or a.evidence[0] == b.evidence[0]


def _same_talk(a: Event, b: Event) -> bool:
    all_a, all_b = _parties(a.actor) | _parties(a.recipient), _parties(b.actor) | _parties(b.recipient)
    if not (all_a == all_b or (len(all_a & all_b) > 1 and "multilateral" in (a.mode, b.mode))):
        return False
    if a.status != b.status:
        return False
    return not ("phone" in (a.mode, b.mode) and a.mode != b.mode and a.mode and b.mode)


def _dates_fit(a: DateSpan, b: DateSpan) -> bool:
    if a.start is None or b.start is None:
        return True
    return not ((a.end or a.start) < b.start or (b.end or b.start) < a.start)


def _join(a: Event, b: Event, article: Article) -> Event:
    """One event of two mentions: the fuller parties, the more exact date, all sentences."""
    # A list of those who took part is fuller than the mention that came before it.
    wider = b.frame == "attendance" and _parties(a.actor + a.recipient) < _parties(b.actor + b.recipient)
    if a.type == "CONSULT" and (wider or CHANNEL_ORDER.index(b.mode) < CHANNEL_ORDER.index(a.mode)):
        actor, recipient, mode = b.actor, b.recipient, b.mode
        other = a
    else:
        actor, recipient, mode = a.actor, a.recipient, a.mode or b.mode
        other = b
    known = other.actor + other.recipient
    evidence = a.evidence + tuple(s for s in b.evidence if s not in a.evidence)
    topics = (a.topics + tuple(t for t in b.topics if t not in a.topics))[:3]
    tone = b.tone if abs(b.tone.score) > abs(a.tone.score) else a.tone
    return replace(
        a,
        mode=mode,
        actor=_fuller(actor, known),
        recipient=_fuller(recipient, known),
        speaker=a.speaker or (b.speaker if a.type != "CONSULT" else None),
        topics=topics,
        tone=tone,
        date=a.date if EXACT[a.date.precision] >= EXACT[b.date.precision] else b.date,
        place=a.place or b.place,
        evidence=_best_first(evidence, article),
        confidence=max(a.confidence, b.confidence),
        trace=a.trace + b.trace,
    )


def _fuller(group: tuple[Party, ...], known: tuple[Party, ...]) -> tuple[Party, ...]:
    """A party named only by its country takes the person that the other mention gives it."""
    out: list[Party] = []
    for party in group:
        if party.name is None:
            named = [k for k in known if k.party == party.party and k.name]
            out += named[:1] or [party]
        else:
            out.append(party)
    return tuple(dict.fromkeys(out))


def _best_first(spans: tuple[Span, ...], article: Article) -> tuple[Span, ...]:
    """At most six sentences in order of the text, the headline last: the body says it in full."""
    head = article.headline
    return tuple(sorted(spans[:6], key=lambda s: head is not None and s.start < head.end and head.start < s.end))

"""Who the office is: events that name only an office or a state get the person the text names for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from relwatch.records import Event, Party

HEADS = ("president", "prime minister", "premier", "chancellor", "king", "queen", "emir", "sultan", "taoiseach")
LESSER = ("vice", "deputy", "former", "acting", "council", "commission", "speaker")
BODIES = frozenset("ministry office government embassy delegation council cabinet parliament army court".split())
RECENT = timedelta(days=365)  # before that somebody else may have held the office


def with_holders(
    events: Sequence[Event], persons: Sequence[Party], published: date | None, official: bool
) -> list[Event]:
    """The events, with the name of each office that ``persons`` (those of the text) give to one person alone.

    In a release of a government (``official``) what "Ukraine and Poland agreed" was agreed by those who talked.
    """
    talkers = _talkers(events) if official else {}
    out = []
    for event in events:
        old = published is not None and event.date.end is not None and event.date.end < published - RECENT
        if old:
            out.append(event)
            continue
        joint = event.type in ("AGREE", "STATEMENT") and event.status == "actual"
        actor = tuple(_person(p, persons, talkers if joint else {}) for p in event.actor)
        recipient = tuple(_person(p, persons, {}) for p in event.recipient)
        out.append(replace(event, actor=tuple(dict.fromkeys(actor)), recipient=tuple(dict.fromkeys(recipient))))
    return out


def _talkers(events: Sequence[Event]) -> dict[str | None, Party]:
    """Who spoke for each party in the one talk that a release is about, none where a party sent several."""
    talk = next((e for e in events if e.type == "CONSULT" and e.status == "actual"), None)
    sides = [p for p in (talk.actor + talk.recipient if talk else ()) if p.name]
    parties = [p.party for p in sides]
    return {p.party: p for p in sides if parties.count(p.party) == 1}


def _person(party: Party, persons: Sequence[Party], talkers: dict[str | None, Party]) -> Party:
    if party.name:
        return party
    if not party.role:
        return talkers.get(party.party, party)
    fitting = {p.name: p for p in persons if p.party == party.party and p.role and _holds(p.role, party.role)}
    return next(iter(fitting.values())) if len(fitting) == 1 else party


def _holds(title: str, office: str) -> bool:
    """Whether a person's title is the office that stands without a name: "leaders", "foreign minister"."""
    has, wanted = title.lower(), _singular(office.lower())
    if wanted == "leader":
        return any(head in has for head in HEADS) and not any(word in has.split() for word in LESSER)
    lesser = [word for word in LESSER if word in has.split() and word not in wanted.split()]
    return not lesser and set(wanted.split()) <= set(has.split()) and wanted.split()[-1] not in BODIES


def _singular(office: str) -> str:
    words = office.split()
    last = words[-1]
    return " ".join((*words[:-1], last[:-1] if last.endswith("s") and not last.endswith("ss") else last))

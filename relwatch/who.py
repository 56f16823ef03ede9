"""What the tables know of people and offices, for ``relwatch who``: terms of office with their sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from relwatch import gazetteer, partywords, people, tables
from relwatch.names import fold
from relwatch.people import ROLES, Term

Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Held:
    """One person's time in one office, as ``relwatch who`` tells it.

    ``aliases`` are other spellings and names of the person. ``start`` and ``end`` are a day, a month or a year
    as exactly as the table knows them; ``end`` is None for an office still held, and with status
    "end_unknown" the last date at which a source shows the holder. ``sources`` are those of
    data/LICENSES.md; "yours" is a row of the user's own tables.
    """

    person: str
    gender: str | None
    party: str
    country: str
    role: str
    title: str
    start: str
    end: str | None
    status: str
    sources: tuple[str, ...]
    aliases: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The term as a JSON object; its fields are those of the class."""
        lists = {"sources": list(self.sources), "aliases": list(self.aliases)}
        return {name: getattr(self, name) for name in self.__slots__} | lists


def by_party(party: str, when: Period | None = None) -> list[Held]:
    """The holders of a party's offices, the weightiest office first, then by time.

    ``when``: only those who held it at some time from its first to its last day. The states in whose place
    the party stands today stand in for it in their time: Russia's in 1989 are the Soviet Union's.
    """
    ids = _standing_for(party, when) if when else {party}
    found = (t for t in people.terms() if t.party in ids and (when is None or _runs(t, when)))
    return [_held(t) for t in sorted(found, key=lambda t: (_weight(t), t.start, t.person))]


def _standing_for(party: str, when: Period) -> set[str]:
    """The party and its predecessors and successors that existed at some time of a period."""
    known = gazetteer.countries()
    ids = {gazetteer.party_on(party, day) for day in when}
    at: str | None = gazetteer.party_on(party, when[1])
    while at and (country := known.get(at)) and country.valid_from and when[0] < country.valid_from:
        before = known.get(country.predecessor)
        if not before or country.predecessor in ids:
            break
        ids.add(country.predecessor)
        at = country.predecessor
    return ids


def by_name(name: str, when: Period | None = None) -> list[Held]:
    """The terms of everybody whom a name can mean, by person and time; with ``when`` those that ran then.

    A name whose order finds nobody is tried with its last word first: "Zelensky Volodymyr".
    """
    words = name.split()
    turned = " ".join([*words[1:], *words[:1]]) if len(words) > 1 else ""
    everybody = people.candidates(name, None) or (people.candidates(turned, None) if turned else ())
    found = [t for t in everybody if when is None or _runs(t, when)]
    return [_held(t) for t in sorted(found, key=lambda t: (t.person, t.start))]


def look_alike(name: str) -> list[str]:
    """Up to five countries and people whose names a mistyped one may stand for, the nearest first."""
    from difflib import get_close_matches

    known = {fold(t.person): t.person for t in people.terms()}
    last: dict[str, list[str]] = {}
    for key in known:
        last.setdefault(key.split()[-1], []).append(key)
    wanted = fold(name)
    keys = get_close_matches(wanted, known, n=5, cutoff=0.75)
    keys += [key for word in get_close_matches(wanted, last, n=5, cutoff=0.8) for key in last[word]]
    return list(dict.fromkeys([*partywords.suggest(name), *(known[key] for key in keys)]))[:5]


def _runs(term: Term, when: Period) -> bool:
    return term.start <= when[1] and (term.end is None or when[0] <= term.end)


def _weight(term: Term) -> int:
    return ROLES.index(term.role) if term.role in ROLES else len(ROLES)


def _held(term: Term) -> Held:
    start, end = term.written
    return Held(
        term.person, term.gender, term.party, gazetteer.party_name(term.party), term.role, term.title, start,
        end or None, term.status, _sources(term.source), tables.listed(term.aliases),
    )  # fmt: skip


def _sources(cell: str) -> tuple[str, ...]:
    """The sources of a row, "start:X;end:Y" as X, Y; "yours" where a row of the user's own names none."""
    found: Iterable[str] = (item.rpartition(":")[2] for part in tables.listed(cell) for item in part.split(";"))
    return tuple(dict.fromkeys(found)) or ("yours",)

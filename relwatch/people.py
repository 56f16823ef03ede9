"""Who held which office when: terms of office from ``leaders.csv``, and of whom a name can speak.

``leaders_sharealike.csv`` (another licence, see ``data/LICENSES.md``) is read where it is present.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from relwatch import aliases, names, tables
from relwatch.gazetteer import day, party_on
from relwatch.names import fold

ROLES = (
    "head_of_state", "head_of_government", "vice_president", "org_head", "foreign_minister",
    "defence_minister", "monarch_heir", "national_security_adviser", "spokesperson",
    "deputy_foreign_minister", "chief_of_staff", "other", "ambassador",
)  # fmt: skip
SHAREALIKE = "leaders_sharealike.csv"
_SLACK = timedelta(days=45)  # reports run ahead of an appointment and lag behind a departure
_UNKNOWN_END = timedelta(days=540)  # how long a term whose end is unknown may have gone on
_MOST_NAMES = 20_000  # names remembered in a long run


class Term(NamedTuple):
    """One person's time in one office.

    ``start`` and ``end`` are days; where the table knows the month or the year only they are widened
    to its first and last day. ``end`` is None for an office still held. With ``status``
    "end_unknown" it is the last day on which a source shows the holder in office. ``gender`` is "m",
    "f" or None. ``written``: start and end as the table has them; ``aliases``: its cell of other names.
    """

    person: str
    party: str
    role: str
    title: str
    start: date
    end: date | None
    status: str
    gender: str | None = None
    source: str = ""
    written: tuple[str, str] = ("", "")
    aliases: str = ""


PERSON, ALIASES, GENDER, PARTY, ROLE, TITLE, START, END, STATUS, SOURCE = range(10)


@cache
def _rows() -> list[list[str]]:
    """The cells of every term, from both files; the user's own rows last."""
    found: list[list[str]] = []
    for name in ("leaders.csv", SHAREALIKE):
        path = tables.data_dir() / name
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            found += list(csv.reader([line for line in lines if not line.startswith("#")]))[1:]
    own = [list(row.values()) for row in tables.own_rows("leaders.csv")]
    replaced = {_term_key(row) for row in own}
    return [row for row in found if _term_key(row) not in replaced] + own if own else found


def _term_key(row: Sequence[str]) -> tuple[str, ...]:
    """Person, party, role, title and start, as the key in schema.csv."""
    return row[PERSON], row[PARTY], row[ROLE], row[TITLE], row[START]


@cache
def _term(i: int) -> Term:
    row = _rows()[i]
    return Term(
        row[PERSON], row[PARTY], row[ROLE], row[TITLE], day(row[START]) or date.min,
        day(row[END], last=True), row[STATUS], row[GENDER] or None, row[SOURCE], (row[START], row[END]),
        "|".join((*tables.listed(row[ALIASES]), *_more_names().get(row[PERSON], ()))),
    )  # fmt: skip


def terms() -> tuple[Term, ...]:
    """All terms of office, in the order of the tables."""
    return tuple(_term(i) for i in range(len(_rows())))


@cache
def _all_forms() -> list[tuple[list[str], ...]]:
    """For each row the names of its person, other spellings included, each as its words; all folded at once."""
    more = _more_names()
    lines = ["|".join((row[PERSON], row[ALIASES], *more.get(row[PERSON], ()))).replace("\n", " ") for row in _rows()]
    return [tuple(form.split() for form in line.split("|") if form) for line in names.fold_lines(lines)]


def _forms(i: int) -> tuple[list[str], ...]:
    return _all_forms()[i]


@cache
def _more_names() -> dict[str, list[str]]:
    """Person -> the names of aliases.csv."""
    found: dict[str, list[str]] = {}
    for row in aliases.of_people():
        found.setdefault(row["means"], []).append(row["alias"])
    return found


@cache
def _taught() -> dict[str, frozenset[str]]:
    """Folded name -> the person whom the user says it means."""
    found: dict[str, set[str]] = {}
    for row in aliases.taught():
        if row["kind"] == "person":
            found.setdefault(fold(row["alias"]), set()).add(row["means"])
    return {name: frozenset(persons) for name, persons in found.items()}


def is_taught(name: str) -> bool:
    """Whether the user's own table says whom a name means."""
    return bool(_taught()) and fold(name) in _taught()


@cache
def _index() -> dict[str, list[int]]:
    """Surname (or what else a person goes by) -> the numbers of the rows."""
    found: dict[str, list[int]] = {}
    for i, (row, forms) in enumerate(zip(_rows(), _all_forms(), strict=True)):
        party = row[PARTY]
        for words in forms:
            # Most names have but one key; asking for more takes most of the time.
            plain = len(words) == 2 and party not in names.FAMILY_FIRST and words[1] not in names.SUFFIXES
            plain = plain and words[0] not in names.PARTICLES
            for key in words[1:] if plain else names.keys(words, party):
                rows = found.setdefault(key, [])
                if not rows or rows[-1] != i:
                    rows.append(i)
    return found


# The letters that a word may begin with, by the letter its sound begins with.
_BEGINNINGS = {"h": "hk", "f": "fp", "k": "kqg", "v": "vw", "i": "ijye", "u": "uo", "c": "ct", "x": "xk"}


@cache
def _by_letter() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in _index():
        found.setdefault(key[:1], []).append(key)
    return found


@cache
def _by_sound(letter: str) -> dict[str, list[str]]:
    """Sound -> the keys that sound so, of those that begin with a letter (all would take too long)."""
    found: dict[str, list[str]] = {}
    for key in _by_letter().get(letter, ()):
        found.setdefault(names.sound(key), []).append(key)
    return found


def _alike(word: str) -> Iterable[str]:
    heard = names.sound(word)
    for letter in _BEGINNINGS.get(heard[:1], heard[:1]):
        yield from _by_sound(letter).get(heard, ())


def _agreeing(words: Sequence[str], keys: Iterable[str]) -> list[tuple[int, Term]]:
    rows = sorted({i for key in keys for i in _index().get(key, ())})
    fits = ((names.agreement(words, _forms(i), _rows()[i][PARTY]), i) for i in rows)
    return [(fit, _term(i)) for fit, i in fits if fit]


def _in_office(term: Term, on: date, slack: timedelta = timedelta(0)) -> bool:
    end = term.end
    if end is None:
        return term.start - slack <= on
    return term.start - slack <= on <= end + (_UNKNOWN_END if term.status == "end_unknown" else slack)


def _is_party(term: Term, party: str, on: date | None) -> bool:
    return term.party == party or party_on(term.party, on) == party_on(party, on)


@lru_cache(maxsize=_MOST_NAMES)
def _named(name: str) -> tuple[tuple[int, Term], ...]:
    """All terms of the persons a written name can mean, each with how well the name fits."""
    words = names.written(name)
    if not words:
        return ()
    if meant := _taught().get(" ".join(words)):
        return tuple((2, _term(i)) for i, row in enumerate(_rows()) if row[PERSON] in meant)
    tails = [" ".join(words[k:]) for k in range(len(words))] + [words[0]]
    joined = ["".join(words)] if len(words) > 1 else []
    found = _agreeing(words, tails + joined)
    return tuple(found or _agreeing(words, [key for tail in tails for key in _alike(tail)]))


def candidates(
    name: str, on: date | None, party: str | None = None, role: str | None = None, until: date | None = None
) -> tuple[Term, ...]:
    """The terms of office a name as written can speak of, the likeliest first.

    ``name`` is a full name or a surname; a given name, where there is one, must agree. With ``on`` only
    terms that run then, give or take 45 days (with ``until``: at some time from ``on`` to ``until``);
    with ``party`` or ``role`` only those of it. Order: in office on the day itself, fuller agreement of
    the name, weight of the office, later start.
    """
    found = [
        (fit, term)
        for fit, term in _named(name)
        if (on is None or _runs(term, on, until))
        and (party is None or _is_party(term, party, on))
        and (role is None or term.role == role)
    ]

    def rank(item: tuple[int, Term]) -> tuple[bool, int, int, int]:
        fit, term = item
        exact = on is not None and _in_office(term, on)
        weight = ROLES.index(term.role) if term.role in ROLES else len(ROLES)
        return (not exact, -fit, weight, -term.start.toordinal())

    ranked = tuple(term for _, term in sorted(found, key=rank))
    return ranked if party else _without_realms(ranked)


def _runs(term: Term, on: date, until: date | None) -> bool:
    if until is None:
        return _in_office(term, on, _SLACK)
    return term.start <= until and (term.end is None or on <= term.end)


def _without_realms(found: tuple[Term, ...]) -> tuple[Term, ...]:
    """The Crown's other realms share the British monarch: whoever names the monarch means Britain."""
    crowned = {t.person for t in found if t.party == "GBR" and t.role == "head_of_state"}
    return tuple(t for t in found if t.party == "GBR" or t.person not in crowned or t.role != "head_of_state")


def one_person(found: Iterable[Term]) -> Term | None:
    """The first of the terms if all are one person's (however spelt) or one party's, else None."""
    held = list(found)
    same = len({fold(t.person) for t in held}) == 1 or len({t.party for t in held}) == 1
    return held[0] if held and same else None


def former(name: str, on: date) -> tuple[Term, ...]:
    """The past terms of persons who go by a name and hold no office on a day, the latest first."""
    found = [term for _, term in _named(name)]
    busy = {fold(term.person) for term in found if _in_office(term, on, _SLACK)}
    past = [t for t in found if t.end and t.end < on and fold(t.person) not in busy]
    return tuple(sorted(past, key=lambda t: t.end or date.max, reverse=True))


@cache
def _by_office() -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for i, row in enumerate(_rows()):
        found.setdefault((row[PARTY], row[ROLE]), []).append(i)
    return found


def holder(party: str, role: str, on: date) -> tuple[Term, ...]:
    """Who held an office of a party on a day, the latest to enter it first.

    Several where the office has several holders (spokespersons) or sources disagree. Where the head of
    state heads the government too, asking for head_of_government gives the head of state.
    """
    party = party_on(party, on)
    held = [t for i in _by_office().get((party, role), ()) if _in_office(t := _term(i), on)]
    if not held and role == "head_of_government":
        return holder(party, "head_of_state", on)
    return tuple(sorted(held, key=lambda t: (t.status == "end_unknown", -t.start.toordinal())))


@cache
def given_names() -> frozenset[str]:
    """The folded given names of the people of the tables, and what they are called for short."""
    found = {words[0] for i, row in enumerate(_rows()) if row[PARTY] not in names.FAMILY_FIRST for words in _forms(i)}
    return names.nicknames() | found - names.PARTICLES


@cache
def _given_names() -> dict[str, str]:
    """Given name -> m or f, for those that at least two people bear and all of one gender."""
    seen: dict[str, set[tuple[str, str]]] = {}
    for i, row in enumerate(_rows()):
        words = _forms(i)[0]
        if row[GENDER] and len(words) > 1 and row[PARTY] not in names.FAMILY_FIRST:
            seen.setdefault(words[0], set()).add((row[PERSON], row[GENDER]))
    genders = {name: {g for _, g in people} for name, people in seen.items() if len(people) > 1}
    return {name: next(iter(found)) for name, found in genders.items() if len(found) == 1}


def gender_of(name: str) -> str | None:
    """ "m" or "f" where the given name tells, None where it does not."""
    words = names.written(name)
    return _given_names().get(words[0]) if len(words) > 1 else None

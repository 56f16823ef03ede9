"""Who held which office when: terms of office from ``leaders.csv``, and of whom a name can speak.

``leaders_sharealike.csv`` (another licence, see ``data/LICENSES.md``) is read where it is present.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from relwatch import tables
from relwatch.gazetteer import day, party_on, plain

ROLES = (
    "head_of_state", "head_of_government", "vice_president", "org_head", "foreign_minister",
    "defence_minister", "monarch_heir", "national_security_adviser", "spokesperson",
    "deputy_foreign_minister", "chief_of_staff", "other", "ambassador",
)  # fmt: skip
_SLACK = timedelta(days=45)  # reports run ahead of an appointment and lag behind a departure
_UNKNOWN_END = timedelta(days=540)  # how long a term whose end is unknown may have gone on
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ben",
        "ibn",
        "bint",
        "abu",
        "ould",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "zu",
        "af",
        "av",
        "y",
        "e",
        "san",
        "st",
        "mac",
    ]
)
_SUFFIXES = frozenset(
    ["jr", "sr", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiv", "xvi"]
)
_FAMILY_FIRST = frozenset(
    ["CHN", "TWN", "KOR", "PRK", "VNM", "JPN", "HUN", "KHM", "SGP", "HKG", "MAC", "LAO", "MMR", "MYS"]
)


class Term(NamedTuple):
    """One person's time in one office.

    ``start`` and ``end`` are days; where the table knows the month or the year only they are widened
    to its first and last day. ``end`` is None for an office still held. With ``status``
    "end_unknown" it is the last day on which a source shows the holder in office.
    """

    person: str
    party: str
    role: str
    title: str
    start: date
    end: date | None
    status: str


def fold(name: str) -> str:
    """A name for comparison: no diacritics, lower case, hyphens as spaces, no full stops or apostrophes."""
    text = plain(name).lower().replace("-", " ").replace("'", "").replace("`", "")
    return " ".join(text.replace(".", " ").replace(",", " ").split())


@cache
def _rows() -> list[list[str]]:
    """person, aliases, party, role, title, start, end, status of every term, from both files."""
    found: list[list[str]] = []
    for name in ("leaders.csv", "leaders_sharealike.csv"):
        path = tables.data_dir() / name
        if path.exists():
            with open(path, encoding="utf-8", newline="") as lines:
                reader = csv.reader(line for line in lines if not line.startswith("#"))
                next(reader)
                found.extend(reader)
    own = [list(row.values()) for row in tables.own_rows("leaders.csv")]
    replaced = {_term_key(row) for row in own}
    return [row for row in found if _term_key(row) not in replaced] + own if own else found


def _term_key(row: list[str]) -> tuple[str, ...]:
    """Person, party, role, title and start, as the key in schema.csv."""
    return row[0], *row[2:6]


@cache
def _term(i: int) -> Term:
    person, _, party, role, title, start, end, status = _rows()[i][:8]
    return Term(person, party, role, title, day(start) or date.min, day(end, last=True), status)


def _forms(row: list[str]) -> list[list[str]]:
    """The folded names of a row's person, each as its words."""
    names = [row[0], *row[1].split("|")] if row[1] else [row[0]]
    return [fold(name).split() for name in names]


def _keys(words: list[str], party: str) -> Iterator[str]:
    """The words that can stand for the whole name: surname with and without particles, mononym."""
    body = words
    while len(body) > 1 and body[-1] in _SUFFIXES:
        body = body[:-1]
    n = len(body)
    if not n:
        return
    yield body[-1]
    if n == 1:
        return
    k = n - 1
    while k > 0 and body[k - 1] in _PARTICLES:
        k -= 1
        yield " ".join(body[k:])
    if k > 1 and k == n - 1 and body[k - 1] not in _PARTICLES:
        yield " ".join(body[k - 1 :])  # Lopez Obrador, Perez de Cuellar
    monarch = len(body) < len(words) or "bin" in body or "ibn" in body
    if (party in _FAMILY_FIRST or monarch) and body[0] not in _PARTICLES:
        yield body[0]


@cache
def _index() -> dict[str, list[int]]:
    """Surname -> the numbers of the rows whose person goes by it."""
    found: dict[str, list[int]] = {}
    for i, row in enumerate(_rows()):
        for words in _forms(row):
            for key in _keys(words, row[2]):
                rows = found.setdefault(key, [])
                if not rows or rows[-1] != i:
                    rows.append(i)
    return found


@cache
def by_surname() -> dict[str, tuple[Term, ...]]:
    """Folded surname (with and without particles; mononym; family name that comes first) -> terms."""
    return {key: tuple(_term(i) for i in rows) for key, rows in _index().items()}


_SOUNDS = (
    ("mohammad", "mohammed"), ("muhammad", "mohammed"), ("mohamed", "mohammed"), ("mohamad", "mohammed"),
    ("muhammed", "mohammed"), ("iyy", "i"), ("skyy", "ski"), ("skyi", "ski"), ("skiy", "ski"),
    ("skii", "ski"), ("sky", "ski"), ("ei", "e"), ("ey", "e"), ("ay", "ai"), ("yi", "i"), ("iy", "i"),
    ("ii", "i"), ("y", "i"), ("j", "i"), ("ks", "x"), ("kh", "h"), ("ph", "f"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("aa", "a"), ("w", "v"), ("q", "k"), ("ch", "c"), ("tch", "c"), ("sch", "sh"), ("th", "t"),
)  # fmt: skip


@cache
def _sound(word: str) -> str:
    """A word in one of its transliterations: Sergey and Sergei, Zelenskyy and Zelensky come out alike."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return "".join(c for k, c in enumerate(word) if k == 0 or c != word[k - 1])


@cache
def _by_sound() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in _index():
        found.setdefault(_sound(key), []).append(key)
    return found


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(fold(r["phrase"]) for r in tables.rows("offices.csv") if r["role"] == "honorific")


def _query(name: str) -> list[str]:
    """The words of a name as an article writes it, without honorifics, initials, Jr. and numerals."""
    words = fold(name).removesuffix("'s").split()
    while len(words) > 1 and words[0] in _honorifics():
        words = words[1:]
    kept = [w for k, w in enumerate(words) if len(w) > 1 and not (k and w in _SUFFIXES)]
    return kept or words


def _same_given(written: str, known: str) -> bool:
    """Whether two given names can be one: equal, alike in sound, an initial, or one short for the other."""
    if written == known or _sound(written) == _sound(known):
        return True
    short, long = sorted((written, known), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= 3)


def _agrees(words: list[str], forms: Iterable[list[str]], party: str) -> int:
    """How well a written name fits a person's names: 0 not at all, 1 by surname, 2 with a given name."""
    best = 0
    for form in forms:
        if words == form:
            return 2
        keys = set(_keys(form, party))
        heard = {_sound(k) for k in keys}
        for k in range(len(words)):
            rest, tail = words[:k], " ".join(words[k:])
            if tail not in keys and _sound(tail) not in heard:
                continue
            given = [w for w in form if w not in tail.split()] or form
            if not rest:
                best = max(best, 1)
            elif all(any(_same_given(w, g) for g in given) or w in _PARTICLES for w in rest):
                best = 2
        if party in _FAMILY_FIRST and len(words) > 1 and sorted(words) == sorted(form):
            return 2
    return best


def _rows_for(words: list[str]) -> set[int]:
    tails = [" ".join(words[k:]) for k in range(len(words))] + [words[0]]
    rows = {i for tail in tails for i in _index().get(tail, ())}
    if rows:
        return rows
    return {i for tail in tails for key in _by_sound().get(_sound(tail), ()) for i in _index()[key]}


def _in_office(term: Term, on: date, slack: timedelta = timedelta(0)) -> bool:
    end = term.end
    if end is None:
        return term.start - slack <= on
    return term.start - slack <= on <= end + (_UNKNOWN_END if term.status == "end_unknown" else slack)


def _is_party(term: Term, party: str, on: date | None) -> bool:
    return term.party == party or party_on(term.party, on) == party_on(party, on)


@cache
def _named(name: str) -> tuple[tuple[int, Term], ...]:
    """All terms of the persons a written name can mean, each with how well the name fits."""
    words = _query(name)
    if not words:
        return ()
    found = []
    for i in sorted(_rows_for(words)):
        fit = _agrees(words, _forms(_rows()[i]), _rows()[i][2])
        if fit:
            found.append((fit, _term(i)))
    return tuple(found)


def candidates(name: str, on: date | None, party: str | None = None, role: str | None = None) -> tuple[Term, ...]:
    """The terms of office a name as written can speak of, the likeliest first.

    ``name`` is a full name or a surname; a given name, where there is one, must agree. With ``on`` only
    terms that run then, give or take 45 days; with ``party`` or ``role`` only those of it. Order: in
    office on the day itself, fuller agreement of the name, weight of the office, later start.
    """
    found = [
        (fit, term)
        for fit, term in _named(name)
        if (on is None or _in_office(term, on, _SLACK))
        and (party is None or _is_party(term, party, on))
        and (role is None or term.role == role)
    ]

    def rank(item: tuple[int, Term]) -> tuple[bool, int, int, int]:
        fit, term = item
        exact = on is not None and _in_office(term, on)
        weight = ROLES.index(term.role) if term.role in ROLES else len(ROLES)
        return (not exact, -fit, weight, -term.start.toordinal())

    return tuple(term for _, term in sorted(found, key=rank))


def former(name: str, on: date) -> tuple[Term, ...]:
    """The past terms of persons who go by a name and hold no office on a day, the latest first."""
    terms = [term for _, term in _named(name)]
    busy = {term.person for term in terms if _in_office(term, on, _SLACK)}
    past = [t for t in terms if t.person not in busy and t.end and t.end < on]
    return tuple(sorted(past, key=lambda t: t.end or date.max, reverse=True))


@cache
def _by_office() -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for i, row in enumerate(_rows()):
        found.setdefault((row[2], row[3]), []).append(i)
    return found


def holder(party: str, role: str, on: date) -> tuple[Term, ...]:
    """Who held an office of a party on a day, the latest to enter it first.

    Several where the office has several holders (spokespersons) or sources disagree. Where the head of
    state heads the government too, asking for head_of_government gives the head of state.
    """
    party = party_on(party, on)
    terms = [t for i in _by_office().get((party, role), ()) if _in_office(t := _term(i), on)]
    if not terms and role == "head_of_government":
        return holder(party, "head_of_state", on)
    return tuple(sorted(terms, key=lambda t: (t.status == "end_unknown", -t.start.toordinal())))

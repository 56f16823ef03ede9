"""Names of countries, organisations and seats of power, and finding them in a text.

The names stand in ``countries.csv``, ``organizations.csv``, ``places.csv`` and ``not_countries.csv``. Matching goes
token by token, the longest name first, so that "South Korea" is never "Korea" and "Washington Post"
never "Washington".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Literal, NamedTuple, cast

from relwatch import aliases, tables

Kind = Literal["country", "adjective", "people", "combining", "capital", "metonym", "org", "body", "place", "not"]


class Entry(NamedTuple):
    """What a name stands for.

    ``party`` is None only for kind "not": a phrase that holds a country's name and is no party.
    ``ambiguous``: the name also means something else (another party, a person, an ordinary word).
    ``valid_from`` and ``valid_to`` are the first and last day the party existed, None if open.
    """

    kind: Kind
    party: str | None
    ambiguous: bool
    valid_from: date | None = None
    valid_to: date | None = None


class Country(NamedTuple):
    """A row of ``countries.csv``, as far as code needs it by name."""

    name: str
    adjective: str
    valid_from: date | None
    valid_to: date | None
    predecessor: str
    successor: str


# First token -> (tokens, what they stand for, whether a combining form is among that), longest first.
Index = dict[str, tuple[tuple[tuple[str, ...], tuple[Entry, ...], bool], ...]]

TOKEN = re.compile(
    r"""(?:[^\W\d_]\.)+(?:[^\W\d_]\b\.?)?   # U.S., U.N, S. as in S. Korea
      | (?:St|Sts|Ste|No|Mt|Ft)\.(?=\s)     # St. Lucia, No. 10
      | ['’ʼ][sS]\b                         # the possessive stands alone
      | \w+(?:['’ʼ](?![sS]\b)\w+)*          # Orsay, d'Orsay, N'Djamena
      | [^\w\s]""",
    re.VERBOSE,
)
HYPHENS = frozenset("-‐‑–—")
_QUOTES = str.maketrans("’ʼ‐‑–", "''---")


def tokens(text: str) -> list[tuple[int, int, str]]:
    """The tokens of a text: start and end offset, and the token with straight quotes and hyphens."""
    if not text.isascii():
        text = text.translate(_QUOTES)
    return [(m.start(), m.end(), m.group()) for m in TOKEN.finditer(text)]


def pieces(name: str) -> tuple[str, ...]:
    """The tokens of a name, as ``tokens`` finds them in a text."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return tuple(name.split())
    return tuple(TOKEN.findall(name.translate(_QUOTES)))


def plain(text: str) -> str:
    """A text without diacritics and in straight quotes; its case is kept."""
    if text.isascii():
        return text
    text = text.translate(_QUOTES).replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("Ł", "L")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def day(cell: str, last: bool = False) -> date | None:
    """A table's date (a year, a month or a day) as its first day, or its last; None for an empty cell."""
    if not cell:
        return None
    parts = [int(p) for p in cell.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if not last:
        return date(parts[0], parts[1] if len(parts) == 2 else 1, 1)
    if len(parts) == 1 or parts[1] == 12:
        return date(parts[0], 12, 31)
    return date.fromordinal(date(parts[0], parts[1] + 1, 1).toordinal() - 1)


@cache
def country_rows() -> tuple[dict[str, str], ...]:
    return tuple(tables.rows("countries.csv"))


@cache
def org_rows() -> tuple[dict[str, str], ...]:
    return tuple(tables.rows("organizations.csv"))


@cache
def countries() -> dict[str, Country]:
    """ISO code -> country, ended states included."""
    return {
        r["iso3"]: Country(
            r["name"],
            (tables.listed(r["adjectives"]) or (r["name"],))[0],
            day(r["valid_from"]),
            day(r["valid_to"], last=True),
            r["predecessor"],
            r["successor"],
        )
        for r in country_rows()
    }


_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("name", "country"),
    ("aliases", "country"),
    ("adjectives", "adjective"),
    ("demonyms", "people"),
    ("combining", "combining"),
    ("capital", "capital"),
    ("capital_aliases", "capital"),
    ("metonyms", "metonym"),
)


def names() -> Iterator[tuple[str, Entry]]:
    """Every name of the tables with what it stands for, as the tables write it.

    A name of aliases.csv that the user gave a meaning has that one alone.
    """
    own = {row["alias"] for row in aliases.taught()}
    yield from (pair for pair in _listed_names() if pair[0] not in own)
    known = countries()
    for row in aliases.of_parties():
        country = known.get(row["means"])
        bounds = (country.valid_from, country.valid_to) if country else (None, None)
        yield row["alias"], Entry(cast("Kind", row["kind"]), row["means"], False, *bounds)


def _listed_names() -> Iterator[tuple[str, Entry]]:
    known = countries()
    for row in country_rows():
        country = known[row["iso3"]]
        doubtful = set(tables.listed(row["ambiguous"]))
        for column, kind in _COLUMNS:
            for name in tables.listed(row[column]):
                yield (
                    name,
                    Entry(kind, row["iso3"], name in doubtful, country.valid_from, country.valid_to),
                )
    for row in org_rows():
        doubtful = set(tables.listed(row["ambiguous"]))
        kind = "body" if row["kind"] == "state_body" else "org"
        for name in (row["name"], *tables.listed(row["aliases"])):
            yield name, Entry(kind, row["party"], name in doubtful)
        for name in tables.listed(row["adjectives"]):
            yield name, Entry("adjective", row["party"], name in doubtful)
    for row in tables.rows("places.csv"):
        yield row["name"], Entry("place", row["party"], False)
    for row in tables.rows("not_countries.csv"):
        if row["kind"] != "word":
            yield row["phrase"], Entry("not", None, False)


def _spellings(name: str) -> Iterable[str]:
    """A name as written, without diacritics, and at the beginning of a sentence."""
    yield name
    if not name.isascii():
        yield plain(name)
    if name.startswith("the "):
        yield "The " + name[4:]


def _build(pairs: Iterable[tuple[tuple[str, ...], Entry]]) -> Index:
    found: dict[tuple[str, ...], dict[Entry, None]] = {}
    for key, entry in pairs:
        found.setdefault(key, {})[entry] = None
    first: dict[str, list[tuple[tuple[str, ...], tuple[Entry, ...], bool]]] = {}
    for key, entries in sorted(found.items(), key=lambda item: -len(item[0])):
        combining = any(e.kind == "combining" for e in entries)
        first.setdefault(key[0], []).append((key, tuple(entries), combining))
    return {token: tuple(keys) for token, keys in first.items()}


@cache
def index() -> Index:
    """First token -> the names that begin with it, longest first, with what each stands for."""
    return _build((pieces(s), entry) for name, entry in names() for s in _spellings(name))


@cache
def folded_index() -> Index:
    """The same for text that lost its case: keys in lower case, without names that are then words."""
    words = {row["phrase"] for row in tables.rows("not_countries.csv") if row["kind"] == "word"}
    return _build(
        (pieces(s.lower()), entry) for name, entry in names() for s in _spellings(name) if s.lower() not in words
    )


def lookup(words: Sequence[str], i: int, fold: bool = False) -> tuple[int, tuple[Entry, ...]] | None:
    """The longest name that begins at token ``i``: its number of tokens, and what it stands for.

    Tokens are those of ``tokens``. With ``fold`` case is ignored (all-capitals and all-lower text) and
    names that would be ordinary words then are not found. A combining form ("Sino") counts only
    before a hyphen, and the hyphen is not part of it. None if no name begins there.
    """
    keys = (folded_index() if fold else index()).get(words[i].lower() if fold else words[i])
    if keys is None:
        return None
    second = words[i + 1] if i + 1 < len(words) else ""
    second = second.lower() if fold else second
    for key, entries, combining in keys:
        n = len(key)
        if n > 1:
            if key[1] != second:
                continue
            there = words[i : i + n]
            if (tuple(w.lower() for w in there) if fold else tuple(there)) != key:
                continue
        if combining:
            hyphen = i + n < len(words) and words[i + n] in HYPHENS
            entries = tuple(e for e in entries if (e.kind == "combining") == hyphen)
            if not entries:
                continue
        if n > 1 and key[0] in ("the", "The") and (inner := lookup(words, i + 1, fold)) and inner[0] >= n:
            return None  # not "the West" in "the West German chancellor"
        return n, entries
    return None


def party_on(party: str, on: date | None) -> str:
    """The party that stood in a country's place on a day: RUS in 1987 is SUN, SUN in 1995 is RUS.

    The same party where it existed then, where no other stood in its place, or where the day is unknown.
    """
    known = countries()
    seen = {party}
    while on and (country := known.get(party)):
        if country.valid_to and on > country.valid_to:
            other = country.successor
        elif country.valid_from and on < country.valid_from:
            other = country.predecessor
            before = known.get(other)
            if not before or (before.valid_from and on < before.valid_from):
                break
        else:
            break
        if not other or other in seen:
            break
        seen.add(other)
        party = other
    return party


def choose(entries: Sequence[Entry], on: date | None) -> tuple[Entry, ...]:
    """The entries of a name whose party existed on a day; all of them if none did.

    Without a day, those that exist still. A state that the table bounds in time comes first: Belgrade in
    1994 is Yugoslavia's capital before it is Serbia's.
    """
    if len(entries) <= 1:
        return tuple(entries)
    if on is None:
        fit = [e for e in entries if e.valid_to is None]
    else:
        fit = [
            e
            for e in entries
            if (e.valid_from is None or e.valid_from <= on) and (e.valid_to is None or on <= e.valid_to)
        ]
    return tuple(sorted(fit or entries, key=lambda e: e.valid_to is None))


def party_name(party: str) -> str:
    """A party's display name ("United States"); the id itself if it is unknown."""
    country = countries().get(party)
    return country.name if country else _org_names().get(party, party)


@cache
def org_kinds() -> dict[str, str]:
    """Organisation -> its kind: bloc, igo, nonstate or state_body."""
    return {r["id"]: r["kind"] for r in org_rows()}


@cache
def _org_names() -> dict[str, str]:
    return {r["id"]: r["name"] for r in org_rows()}


def is_country(party: str) -> bool:
    """Whether a party id is a country's, not an organisation's."""
    return party in countries()

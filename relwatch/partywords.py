"""The parties a user means by what they type: names, adjectives, codes, capitals; near misses suggest."""

from __future__ import annotations

from functools import cache

from relwatch import gazetteer, tables
from relwatch.gazetteer import countries, party_name, plain

_COUNTRY_GROUPS = (("adjectives", "demonyms"), ("aliases",), ("capital", "capital_aliases"), ("metonyms",))
_ORG_GROUPS = (("aliases",), ("adjectives",))


def _query(text: str) -> str:
    text = plain(text).casefold().replace(".", "").replace("-", " ").strip()
    return " ".join(text.removeprefix("the ").split())


@cache
def _queries() -> tuple[dict[str, dict[str, None]], ...]:
    """What a user may type -> parties, the surest reading first: codes, then names, then capitals."""
    codes: dict[str, dict[str, None]] = {}
    names: dict[str, dict[str, None]] = {}
    places: dict[str, dict[str, None]] = {}
    for row in gazetteer.country_rows():
        for code in filter(None, (row["iso3"], row["iso2"])):
            codes.setdefault(_query(code), {})[row["iso3"]] = None
    for row in gazetteer.org_rows():
        if row["party"] == row["id"]:
            codes.setdefault(_query(row["id"]), {})[row["id"]] = None
    for name, entry in gazetteer.names():
        if entry.party and entry.kind != "not":
            level = places if entry.kind in ("capital", "metonym", "body", "place") else names
            level.setdefault(_query(name), {})[entry.party] = None
    return codes, names, places


def parties(query: str) -> list[str]:
    """The parties a user can mean by a word: normally one, several if it is ambiguous, none if unknown.

    Takes names, adjectives, peoples, ISO codes, capitals, seats of power and organisation ids in any
    case. A state that has ended is meant only where no living one goes by the word.
    """
    for level in _queries():
        found = list(level.get(_query(query), ()))
        if found:
            living = [p for p in found if p not in countries() or not countries()[p].valid_to]
            return living or found
    return []


def suggest(query: str) -> list[str]:
    """Up to five display names of parties that a mistyped word may stand for, the nearest first."""
    from difflib import get_close_matches

    levels = _queries()
    known = {**levels[2], **levels[1]}
    near = get_close_matches(_query(query), known, n=8, cutoff=0.7)
    return list(dict.fromkeys(party_name(p) for word in near for p in known[word]))[:5]


def heading(party: str) -> str:
    """A party, and the words by which texts speak of it: "France (FRA): French; Paris; Élysée, Matignon"."""
    for rows, key, groups in (
        (gazetteer.country_rows(), "iso3", _COUNTRY_GROUPS),
        (gazetteer.org_rows(), "id", _ORG_GROUPS),
    ):
        for row in rows:
            if row[key] == party:
                cells = ([name for column in group for name in tables.listed(row[column])] for group in groups)
                words = "; ".join(", ".join(dict.fromkeys(names)) for names in cells if names)
                return f"{row['name']} ({party})" + (f": {words}" if words else "")
    return party

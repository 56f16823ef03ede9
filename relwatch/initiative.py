"""Who initiated a contact: who called whom, at whose initiative or request, where the text says so.

Names of the parties, of their people and their persons in the event are found as words; what stands between
them is matched: "at the initiative of the American side", "at Washington's request", "at the latter's request",
"Scholz called Putin", "a call from Biden". Where nothing of this is said, or it names none of the event's
parties, there is no initiative.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from relwatch.query import name_words
from relwatch.records import Event

REACH = 6  # words within which whose initiative it was, or who was called, is named

_ASKED = re.compile(r"\b(?:initiative|initiated|behest|requests?|requested)\b", re.I)
_CALLED = re.compile(
    r"\b(?:phoned|telephoned|rang|rang up|placed an? (?:phone |telephone )?call to|called"
    r"|made an? (?:phone |telephone )?call to)\b(?! (?:for|on|off|it|him|her|them)\b)",
    re.I,
)
_FROM = re.compile(r"\bcalls? from\b|\bcalled by\b", re.I)
_HINT = re.compile(rf"{_ASKED.pattern}|{_CALLED.pattern}|{_FROM.pattern}", re.I)
_WORD = re.compile(r"[\w.]*\w(?:-\w+)*")
_POSSESSIVE = re.compile(r"^['’]s?\b")

Named = list[tuple[int, int, str]]  # start, end, party: in the order of the text


def initiator(event: Event, parties_of: Callable[[str], list[str]] | None = None) -> str | None:
    """The party that initiated a contact, as the evidence has it; None where it does not say.

    ``parties_of`` tells what a word names (default: the tables).
    """
    if event.type != "CONSULT":
        return None
    for span in event.evidence:
        if _HINT.search(span.text):
            named = _named(span.text, event, parties_of or _lookup())
            if found := next(_found(span.text, named), None):
                return found
    return None


def _lookup() -> Callable[[str], list[str]]:
    from relwatch.partywords import parties  # here, not above: its tables take a while, and few texts need them

    return lru_cache(4096)(parties)


def _named(text: str, event: Event, parties_of: Callable[[str], list[str]]) -> Named:
    """The words that name a party of the event or one of its persons."""
    ours = {p.party for p in (*event.actor, *event.recipient) if p.party}
    persons = {
        word: p.party
        for p in (*event.actor, *event.recipient)
        if p.party and p.name
        for word in list(name_words(p.name))
        if len(word) > 1
    }
    out: Named = []
    for match in _WORD.finditer(text):
        word = match[0]
        if not word[0].isupper() and word.lower() not in ("latter", "former"):
            continue
        folded = next(iter(name_words(word)), "")
        party = persons.get(folded)
        if party is None and word[0].isupper():
            party = next(iter(found), None) if len(found := ours.intersection(parties_of(word))) == 1 else None
        if party is None and word.lower() in ("latter", "former"):
            before = list(dict.fromkeys(p for _, _, p in out))
            party = (before[-1] if word.lower() == "latter" else before[0]) if len(before) > 1 else None
        if party:
            out.append((match.start(), match.end(), party))
    return out


def _found(text: str, named: Named) -> Iterator[str]:
    for match in _ASKED.finditer(text):
        after = text[match.end() :]
        if re.match(r"\s+(?:of|by|from)\b", after):
            yield from _first(text, named, match.end())
        elif owner := _owner(text, named, match.start()):
            yield owner
    for match in _CALLED.finditer(text):
        caller = next((party for _, end, party in reversed(named) if end <= match.start()), None)
        called = next(_first(text, named, match.end()), None)
        if caller and called and caller != called:
            yield caller
    for match in _FROM.finditer(text):
        yield from _first(text, named, match.end())


def _first(text: str, named: Named, at: int) -> Iterator[str]:
    """The first party named within REACH words after ``at``."""
    for start, _, party in named:
        if start >= at and len(text[at:start].split()) <= REACH:
            yield party
            return


def _owner(text: str, named: Named, at: int) -> str | None:
    """The last party named before ``at``, close by, as an owner: "Russia's", "the American side's", "the US"."""
    for _, end, party in reversed(named):
        if end <= at:
            between = text[end:at]
            close = len(between.split()) <= 3 and not re.search(r"[,;.]", between)
            owns = _POSSESSIVE.match(between) or re.match(r"\s+(?:side\S*\s+)?$", between)
            return party if close and owns else None
    return None

"""The names of a text that no person of the tables could be made of: what ``relwatch unknown`` lists.

A name is a person's where an office stands with it, where it begins with a given name, or where it says
something. Without an office it must stand in a sentence that names a party: the others are about something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from relwatch import people, tables
from relwatch.attribute import reporting_verbs
from relwatch.candidates import stem
from relwatch.chunks import STOP
from relwatch.memory import parts
from relwatch.mention import Mention
from relwatch.names import fold
from relwatch.records import Article, Reason, Span, Unresolved

WORD = re.compile(r"[A-Za-z]+")
NAME = re.compile(r"[^\W\d_][^\d_]*")  # no AK-47, no GBP738
MOST_WORDS = 5  # longer runs of capitals are names of things


def unresolved(
    article: Article, sentences: Sequence[Span], mentions: Sequence[Sequence[Mention]]
) -> tuple[Unresolved, ...]:
    """The unresolved names of an article, in the order of their first mention, with how often they stand there.

    A surname counts with the full name that the text gives.
    """
    found: dict[tuple[str, ...], Unresolved] = {}
    for span, row in zip(sentences, mentions, strict=True):
        for m in row:
            one = _unresolved(article, span, row, m)
            if one is None:
                continue
            words = parts(one.name)
            known = next((key for key in found if key == words or key[-1:] == words), None)
            if known is None:
                found[words] = one
            else:
                found[known] = _joined(found[known], one)
    return tuple(found.values())


def _joined(old: Unresolved, new: Unresolved) -> Unresolved:
    """Two mentions of one name: what either says of it."""
    title, party = old.title or new.title, old.party or new.party
    better = new if new.title and not old.title else old
    return replace(better, name=old.name, title=title, party=party, mentions=old.mentions + new.mentions)


def _unresolved(article: Article, span: Span, row: Sequence[Mention], m: Mention) -> Unresolved | None:
    text = article.text
    if m.kind == "person" and m.name:
        why = _of_titled(m)
        return Unresolved(m.name, m.start, m.end, m.role, m.party, why, (), span) if why else None
    if m.kind != "other":
        return None
    name = " ".join(text[m.start : m.end].split()).removesuffix("'s").removesuffix("’s")
    if not NAME.fullmatch(name) or name.isupper() or len(name.split()) > MOST_WORDS:
        return None
    if not any(other.party for other in row):
        return None
    reason, among = _of_known(name, article.published)
    if reason == "unknown" and not _is_person(name, m, span):
        return None
    if reason != "unknown" and " " not in name and not _speaks(m, span):
        return None  # "Hall", "Major": a surname of somebody, and a word
    return Unresolved(name, m.start, m.end, None, None, reason, among, span)


def _of_titled(m: Mention) -> Reason | None:
    """Why a titled person is unresolved; None for one who is not, and for one who is no party anyway."""
    if not m.acts or not m.role:
        return None
    if m.party is None:
        return "no_country"
    return None if people.candidates(m.name or "", None, m.party) else "untabled"


def _of_known(name: str, on: date | None) -> tuple[Reason, tuple[str, ...]]:
    """Why a name did not resolve of which the tables have people, and who these are."""
    spelt = fold(name).split()[-1:]
    everybody = [
        t for t in people.candidates(name, None) if spelt and spelt[0] in fold(f"{t.person} {t.aliases}").split()
    ]
    if not everybody:
        return "unknown", ()
    held = people.candidates(name, on) if on else everybody
    persons = dict.fromkeys(f"{t.person} ({t.party})" for t in held or everybody)
    return ("ambiguous" if held else "out_of_office"), tuple(persons)[:5]


def _is_person(name: str, m: Mention, span: Span) -> bool:
    words = fold(name).split()
    if fold(name) in _agencies() or not words:
        return False
    named = len(words) > 1 and len(words[0]) > 2 and words[0] in people.given_names() and words[0] not in STOP
    return named or _speaks(m, span)


@cache
def _agencies() -> frozenset[str]:
    return frozenset(fold(word) for row in tables.rows("agencies.csv") for word in _names_of(row))


def _names_of(row: tables.Row) -> Iterator[str]:
    yield row["outlet"]
    yield from tables.listed(row["marks"])


@cache
def _saying() -> frozenset[str]:
    """The stems and odd forms of verbs of saying."""
    lemmas = {verb for verb in reporting_verbs() if " " not in verb}
    odd = {row["form"] for row in tables.rows("irregular_forms.csv") if row["lemma"] in lemmas}
    return frozenset({stem(lemma) for lemma in lemmas} | odd)


def _speaks(m: Mention, span: Span) -> bool:
    """Whether a verb of saying stands at a name: "Roe said", "said Roe"."""
    after = span.text[m.end - span.start :]
    before = span.text[: m.start - span.start]
    next_ = WORD.match(after[1:]) if after[:1] == " " else None
    last = WORD.findall(before)[-1:] if before.endswith(" ") else []
    verbs = [w for w in ([next_[0]] if next_ else []) + last if w.islower()]
    return any(w in _saying() or stem(w) in _saying() for w in verbs)

"""Cut a sentence into units: gazetteer names, office words and runs of capitalised words.

The units are the alphabet that :mod:`relwatch.mention` reads with its grammar. Offsets are
character offsets into the whole article text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from relwatch import gazetteer, people, tables

PARTICLES = frozenset(
    "de da del della di do dos du la le van von der den ter bin ibn bint al el ul ur ben abu ould uld af av"
    " zu und y e san st".split()
)
NAME_SUFFIX = re.compile(r",? (?:Jr\.?|Sr\.?|II|III|IV)(?=\W|$)")
# Words that a sentence or headline may begin with, capital or not, and that are no name.
STOP = frozenset(
    """a about above according across addressing after again against all also although among amid an and another
    any are as asked at because been before behind being below besides between both but by can commenting could
    despite did do does during each earlier either even every few finally following for former from further
    furthermore given had has have he her here his how however i if in including indeed instead into is it its
    just last lastly later let like many may meanwhile more moreover most mr mrs ms much my nearly neither never
    nevertheless next no none nor not nothing now of on once one only or other our over part per perhaps recently
    regarding several she should since so some speaking still such than thank that the their them then there these
    they this those though through thus to today together tomorrow too two under until up upon us very was we were
    what when where whether which while who whose why will with without would yesterday yet you your first second
    third separately welcome dear new
    sir madam lord lady dr gen col maj capt lt sen rep prof monday tuesday wednesday thursday friday saturday
    sunday january february march april may june july august september october november december""".split()
)

# "May" is left out: it is a surname as well.
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december""".split()
)

HONORIFIC = "honorific"


class Office(NamedTuple):
    """An office word: ``role`` as in leaders.csv, the ``party`` it implies, whether it acts for a state."""

    phrase: str
    role: str
    party: str | None
    official: bool


@dataclass(slots=True)
class Unit:
    """A stretch of a sentence: ``kind`` is N (gazetteer name), O (office), H (honorific), P (name) or W (word)."""

    kind: str
    start: int
    end: int
    text: str
    entries: tuple[gazetteer.Entry, ...] = ()
    office: Office | None = None


@cache
def offices() -> dict[str, list[tuple[tuple[str, ...], Office]]]:
    """Office phrases by their first word, longest first (data/offices.csv)."""
    out: dict[str, list[tuple[tuple[str, ...], Office]]] = {}
    rows = list(tables.rows("offices.csv"))
    real = {row["phrase"].lower() for row in rows if row["role"] != HONORIFIC}
    for row in rows:
        if row["role"] == HONORIFIC and row["phrase"].lower() in real:
            continue  # "President" before a name is the office.
        words = tuple(t for _, _, t in gazetteer.tokens(row["phrase"].lower()))
        office = Office(row["phrase"], row["role"], row["country"] or None, row["official"] != "no")
        out.setdefault(words[0], []).append((words, office))
    for found in out.values():
        found.sort(key=lambda pair: -len(pair[0]))
    return out


@cache
def title_words() -> frozenset[str]:
    """Capitalised words that belong to titles and institutions, never to a person's name."""
    return frozenset(row["word"] for row in tables.rows("title_words.csv"))


def _office_at(lower: list[str], i: int) -> tuple[int, Office] | None:
    for words, office in offices().get(lower[i], ()):
        n = len(words)
        if tuple(lower[i : i + n]) == words:
            return n, office
        # A plural title stands before several names ("Foreign Ministers Lavrov and Wang").
        if tuple(lower[i : i + n - 1]) == words[:-1] and lower[i + n - 1 : i + n] == [words[-1] + "s"]:
            return n, office
    first = lower[i]
    if first.endswith("s") and first[:-1] in offices():
        for words, office in offices()[first[:-1]]:
            if words == (first[:-1],):
                return 1, office
    return None


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() and not word.isdigit() and word not in title_words()


def units(text: str, start: int, end: int, fold: bool = False) -> list[Unit]:
    """The units of ``text[start:end]``, in order, without overlap; punctuation is left out.

    ``fold`` matches names whatever their case, for texts that write them all small.
    """
    toks = [(start + s, start + e, t) for s, e, t in gazetteer.tokens(text[start:end])]
    words = [t for _, _, t in toks]
    lower = [w.lower() for w in words]
    out: list[Unit] = []
    i = 0
    while i < len(toks):
        if not words[i][0].isalnum() or words[i] in ("s", "'s", "'S"):
            i += 1
            continue
        unit, n = _unit_at(text, toks, words, lower, i, fold)
        out.append(unit)
        i += n
        while i < len(toks) and toks[i][0] < unit.end:
            i += 1  # A suffix such as ", Jr." is part of the name.
    return out


def _unit_at(
    text: str, toks: list[tuple[int, int, str]], words: list[str], lower: list[str], i: int, fold: bool
) -> tuple[Unit, int]:
    name = gazetteer.lookup(words, i, fold=fold)
    office = _office_at(lower, i)
    if name and office and office[0] > name[0]:
        name = None
    if name:
        n, entries = name
        return Unit("N", toks[i][0], toks[i + n - 1][1], text[toks[i][0] : toks[i + n - 1][1]], entries), n
    if office:
        n = office[0]
        kind = "H" if office[1].role == HONORIFIC else "O"
        unit = Unit(kind, toks[i][0], toks[i + n - 1][1], text[toks[i][0] : toks[i + n - 1][1]])
        unit.office = office[1]
        return unit, n
    n = _name_run(text, toks, words, lower, i, fold) or (_small_name(text, toks, lower, i) if fold else 0)
    if n:
        stop = toks[i + n - 1][1]
        suffix = NAME_SUFFIX.match(text, stop)
        stop = suffix.end() if suffix else stop
        return Unit("P", toks[i][0], stop, text[toks[i][0] : stop]), n
    return Unit("W", *toks[i]), 1


def _name_run(
    text: str, toks: list[tuple[int, int, str]], words: list[str], lower: list[str], i: int, fold: bool
) -> int:
    """How many tokens from ``i`` make a run that could be a person's name; 0 for none."""
    if not _is_name_word(words[i]) and lower[i] not in ("al", "el", "von", "van", "de", "bin"):
        return 0
    if lower[i] in STOP and len(words[i]) > 1:
        return 0
    j, last = i, i
    while j < len(toks):
        gap = text[toks[j - 1][1] : toks[j][0]] if j > i else ""
        if j > i and gap not in ("", " ", "-", "\xa0", ". ", "\n"):
            break
        if gap == ". " and len(words[j - 1].rstrip(".")) > 2:
            break
        if j > i and gap != "-" and (_office_at(lower, j) or _breaks(gazetteer.lookup(words, j, fold=fold))):
            break
        if lower[j] in CALENDAR and j > i:
            break
        if _is_name_word(words[j]):
            last = j
        elif lower[j] not in PARTICLES and words[j] not in ("-", "'"):
            # The second half of a hyphenated given name is often small ("Jun-seok").
            if not (gap == "-" or (j > i and words[j - 1] == "-")):
                break
            last = j
        j += 1
    run = words[i : last + 1]
    if not any(w[:1].isupper() for w in run) or (len(run) == 1 and len(run[0].rstrip(".")) < 2):
        return 0
    return last - i + 1


def _small_name(text: str, toks: list[tuple[int, int, str]], lower: list[str], i: int) -> int:
    """How many small words from ``i`` are a full name of the tables, in a text without capitals."""
    for n in (4, 3, 2):
        run = lower[i : i + n]
        if len(run) < n or any(w in STOP or len(w) < 2 or not w.isalpha() for w in run):
            continue
        if people.candidates(text[toks[i][0] : toks[i + n - 1][1]], None):
            return n
    return 0


def _breaks(found: tuple[int, tuple[gazetteer.Entry, ...]] | None) -> bool:
    """Whether a gazetteer name ends a run of name words (an ambiguous one does not)."""
    return bool(found) and not all(e.ambiguous for e in found[1])  # type: ignore[index]

"""Names of people: how articles spell them, and when two spellings can be one person.

A name is compared as a list of folded words: no diacritics, lower case, hyphens as spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from relwatch import tables
from relwatch.gazetteer import plain

PARTICLES = frozenset(
    """al el ul ur bin ben ibn bint abu ould uld van von der den de da do dos das del della di du la le ter ten
    zu zum und af av y e san st mac""".split()
)
SUFFIXES = frozenset("jr sr i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split())
# Countries where texts put the family name first, always or as often as not.
FAMILY_FIRST = frozenset("CHN TWN KOR PRK VNM JPN HUN KHM SGP HKG MAC LAO MMR MYS".split())

_MARKS = str.maketrans({"-": " ", ".": " ", ",": " ", "'": None, "`": None, "’": None, "ʻ": None})

_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "Ł": "L"})  # as in gazetteer.plain
_ACCENTS = re.compile("[\u0300-\u036f]+")


def folded_words(name: str) -> list[str]:
    """The words of a name for comparison, as ``fold`` writes them."""
    return plain(name).lower().translate(_MARKS).split()


def fold(name: str) -> str:
    """A name for comparison: no diacritics, lower case, hyphens as spaces, no full stops or apostrophes."""
    return " ".join(folded_words(name))


def fold_lines(lines: Sequence[str]) -> list[str]:
    """Many lines of names at once, each as ``fold`` writes it, but for spaces; ``|`` stays. Latin letters only."""
    odd = "\n".join(line for line in lines if not line.isascii())
    odd = _ACCENTS.sub("", unicodedata.normalize("NFKD", odd.translate(_LETTERS)))
    accented = iter(odd.split("\n"))
    return "\n".join(line if line.isascii() else next(accented) for line in lines).lower().translate(_MARKS).split("\n")


def keys(words: Sequence[str], party: str) -> Iterator[str]:
    """The words that can stand for the whole name: surname with and without particles, mononym."""
    n = len(words)
    while n > 1 and words[n - 1] in SUFFIXES:
        n -= 1
    if not n:
        return
    yield words[n - 1]
    if n == 1:
        return
    k = n - 1
    while k > 0 and words[k - 1] in PARTICLES:
        k -= 1
        yield " ".join(words[k:n])
    if k > 1 and k == n - 1:
        yield f"{words[k - 1]} {words[k]}"  # Lopez Obrador, Perez de Cuellar
    elif 1 < k < n - 1:
        yield " ".join(words[k - 1 : n])
    monarch = n < len(words) or "bin" in words or "ibn" in words
    if (party in FAMILY_FIRST or monarch) and words[0] not in PARTICLES:
        yield words[0]


_SOUNDS = (
    ("shch", "sh"), ("mohammad", "mohammed"), ("muhammad", "mohammed"), ("mohamed", "mohammed"),
    ("mohamad", "mohammed"), ("muhammed", "mohammed"), ("mehmed", "mehmet"), ("iyy", "i"), ("skyy", "ski"),
    ("skyi", "ski"), ("skiy", "ski"), ("skii", "ski"), ("sky", "ski"), ("ei", "e"), ("ey", "e"), ("ay", "ai"),
    ("yi", "i"), ("iy", "i"), ("ii", "i"), ("y", "i"), ("j", "i"), ("ks", "x"), ("kh", "h"), ("ph", "f"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("aa", "a"), ("oe", "o"), ("ue", "u"), ("ae", "a"), ("w", "v"),
    ("q", "k"), ("tch", "c"), ("sch", "sh"), ("ch", "c"), ("th", "t"), ("gh", "k"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A word in one of its transliterations: Sergey and Sergei, Zelenskyy and Zelensky come out alike."""
    for written, heard in _SOUNDS:
        if written in word:
            word = word.replace(written, heard)
    return "".join(c for k, c in enumerate(word) if k == 0 or c != word[k - 1])


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    return {row["name"]: frozenset(tables.listed(row["full"])) for row in tables.rows("nicknames.csv")}


def nicknames() -> frozenset[str]:
    """The familiar given names of data/nicknames.csv."""
    return frozenset(_nicknames())


@cache
def _forms_of_address() -> frozenset[str]:
    return frozenset(fold(r["phrase"]) for r in tables.rows("offices.csv") if r["role"] == "honorific")


def written(name: str) -> list[str]:
    """The words of a name as an article writes it, without forms of address, initials, Jr. and numerals."""
    words = folded_words(name.removesuffix("'s").removesuffix("’s"))
    while len(words) > 1 and words[0] in _forms_of_address() and words[0] not in PARTICLES:
        words = words[1:]
    kept = [w for k, w in enumerate(words) if len(w) > 1 and not (k and w in SUFFIXES)]
    return kept or words


def same_given(one: str, other: str) -> bool:
    """Whether two given names can be one: equal, alike in sound, an initial, or one short for the other."""
    if one == other or sound(one) == sound(other):
        return True
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and (len(short) == 1 or len(short) >= 3):
        return True
    known = _nicknames()
    return other in known.get(one, ()) or one in known.get(other, ()) or _both_short(one, other)


def _both_short(one: str, other: str) -> bool:
    """Whether two familiar names stand for one full name: Bill and Will."""
    known = _nicknames()
    return one in known and other in known and bool(known[one] & known[other])


def agreement(words: Sequence[str], forms: Iterable[Sequence[str]], party: str) -> int:
    """How well a written name fits a person's names: 0 not at all, 1 by surname, 2 with a given name."""
    best = 0
    for form in forms:
        if list(words) == list(form):
            return 2
        known = set(keys(form, party))
        heard = {sound(k) for k in known}
        for k in range(len(words)):
            tail = " ".join(words[k:])
            if tail in known or sound(tail) in heard:
                best = max(best, _given_agree(words[:k], form, tail))
        if party in FAMILY_FIRST and len(words) > 1 and _reordered(words, form):
            return 2
    return best


def _given_agree(given: Sequence[str], form: Sequence[str], surname: str) -> int:
    if not given:
        return 1
    own = [w for w in form if w not in surname.split()] or list(form)
    return 2 if all(w in PARTICLES or any(same_given(w, g) for g in own) for w in given) else 0


def _reordered(words: Sequence[str], form: Sequence[str]) -> bool:
    """Whether two names have the same words, in whatever order and run together or not (Kim Jongun)."""
    return sorted(words) == sorted(form) or "".join(words) == "".join(form)

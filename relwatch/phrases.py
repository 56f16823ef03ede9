"""Find the phrases of a word list in a text, in one pass over its words.

Topics and tone both know their words from tables; this is the matcher they share. A phrase is a
row of words: a word matches itself and its regular plural in any case, a stem ends in ``*``
("negotiat*") and matches what begins so, and a phrase of kind ``exact`` matches only as it is
written ("WHO", "frank"). Hyphens part words, so "cease-fire" and "cease fire" are one phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

# A word may hold an apostrophe only before a final t (don't) and a hyphen only after co and re
# (co-operation), so that the spelling with and without it is one word.
_WORD = re.compile(r"\b(?:co|re)-[^\W_]{4,}|[^\W_]+(?:['’]t\b)?", re.IGNORECASE)
_UNHYPHENED = ("cooper", "coord", "coexist", "reopen", "reestablish", "reunif")


class Word(NamedTuple):
    """One word of a text: its offsets and its plain form (lower case, no hyphen or curly apostrophe)."""

    start: int
    end: int
    plain: str


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A phrase found: offsets into the text, its words ``first`` to ``last`` (excluded), its entries."""

    start: int
    end: int
    first: int
    last: int
    entries: tuple[T, ...]


@dataclass(slots=True)
class _Node(Generic[T]):
    next: dict[str, _Node[T]] = field(default_factory=dict)
    entries: list[tuple[str | None, T]] = field(default_factory=list)  # (spelling demanded, entry)


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of ``text[start:end]``, with offsets into ``text``."""
    found: list[Word] = []
    for m in _WORD.finditer(text, start, len(text) if end is None else end):
        raw = m.group().lower()
        at, stop = m.span()
        if "-" in raw:
            joined = raw.replace("-", "")
            if joined.startswith(_UNHYPHENED):
                found.append(Word(at, stop, joined))
                continue
            head, tail = raw.split("-", 1)
            found.append(Word(at, at + len(head), head))
            at, raw = stop - len(tail), tail
        found.append(Word(at, stop, raw.replace("’", "'")))
    return found


def _singular(word: str) -> str | None:
    """The singular of a regular plural, None for a word that is none."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return None
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1]


class PhraseBook(Generic[T]):
    """Phrases with an entry each, ready to be found. Build it once from ``(phrase, kind, entry)``."""

    def __init__(self, items: Iterable[tuple[str, str, T]]) -> None:
        self._root: _Node[T] = _Node()
        self._stems: dict[str, None] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        for phrase, kind, entry in items:
            self._add(phrase, kind, entry)
        self._lengths = sorted({len(stem) for stem in self._stems})

    def _add(self, phrase: str, kind: str, entry: T) -> None:
        node = self._root
        for part in phrase.split():
            stem = part.endswith("*")
            plain = part.rstrip("*")
            pieces = [plain] if plain.isalpha() and plain.islower() else [w.plain for w in words(plain)]
            for i, piece in enumerate(pieces):
                key = piece
                if stem and i == len(pieces) - 1:
                    self._stems[piece] = None
                    key = piece + "*"
                node = node.next.setdefault(key, _Node())
        node.entries.append((phrase if kind == "exact" else None, entry))

    def _keys_of(self, word: str) -> tuple[str, ...]:
        """What a word may be filed under: itself, its singular, each stem it begins with (cached)."""
        keys = self._keys.get(word)
        if keys is None:
            singular = _singular(word)
            stems = (word[:n] + "*" for n in self._lengths if n <= len(word) and word[:n] in self._stems)
            keys = (word, *((singular,) if singular else ()), *stems)
            if len(self._keys) < 50_000:  # a bound on memory in a long run, far above English prose
                self._keys[word] = keys
        return keys

    def find(self, text: str, row: Sequence[Word]) -> Iterator[Match[T]]:
        """The longest phrases in ``row`` (words of ``text``), from left to right, none overlapping."""
        i, n, begins = 0, len(row), self._root.next.keys()
        while i < n:
            if not begins.isdisjoint(self._keys_of(row[i].plain)):
                match = self._longest(text, row, i)
                if match:
                    yield match
                    i = match.last
                    continue
            i += 1

    def _longest(self, text: str, row: Sequence[Word], first: int) -> Match[T] | None:
        nodes, best = [self._root], None
        for last in range(first, len(row)):
            keys = self._keys_of(row[last].plain)
            nodes = [found for node in nodes for key in keys if (found := node.next.get(key))]
            if not nodes:
                break
            start, end = row[first].start, row[last].end
            rows = [pair for node in nodes for pair in node.entries]
            # "AIDS" as written is the illness, not aid in the plural.
            entries = tuple(e for spelling, e in rows if spelling == text[start:end])
            entries = entries or tuple(e for spelling, e in rows if spelling is None)
            if entries:
                best = Match(start, end, first, last + 1, entries)
        return best

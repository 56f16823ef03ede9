"""The people that a text has introduced, so that later surnames find them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from relwatch.names import FAMILY_FIRST, PARTICLES, fold, same_given, sound

SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")


@dataclass(slots=True)
class Known:
    """A person that the text has introduced; the fields are those of a mention."""

    name: str
    party: str | None
    role: str | None
    office: str | None
    acts: bool
    gender: str | None = None


@lru_cache(maxsize=20_000)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name that tell it: folded, without particles, numerals and Jr."""
    return tuple(w for w in fold(SUFFIX.sub("", name.strip())).split() if w not in PARTICLES)


@dataclass(slots=True)
class Memory:
    """The people introduced so far, by folded surname and full name; several may share a surname."""

    people: dict[str, list[Known]] = field(default_factory=dict)

    def learn(self, new: Known) -> None:
        """Remember a person; a longer name or a known country improves an earlier entry."""
        words = parts(new.name)
        old = self.recall(new.name, new.party)
        if old is None:
            old = replace(new)
        else:
            self._improve(old, new)
        for key in self._keys(words, old.party):
            held = self.people.setdefault(key, [])
            if all(k is not old for k in held):
                held.insert(0, old)

    def everybody(self) -> list[Known]:
        """Each person once, in order of introduction."""
        return list({id(k): k for held in self.people.values() for k in reversed(held)}.values())

    def _improve(self, old: Known, new: Known) -> None:
        if len(parts(new.name)) > len(parts(old.name)):
            old.name = new.name
        if old.party is None and new.party:
            old.party, old.acts = new.party, new.acts
        old.role = old.role or new.role
        old.office = old.office or new.office
        old.gender = old.gender or new.gender

    def _keys(self, words: Sequence[str], party: str | None) -> Iterator[str]:
        if words:
            yield words[-1]
            yield " ".join(words)
            if len(words) > 1 and (party in FAMILY_FIRST or len(words) > 2):
                yield words[0]
            if len(words) > 2:
                yield " ".join(words[-2:])

    def recall(self, name: str, party: str | None = None) -> Known | None:
        """The introduced person a name as written means: same surname, given names that agree.

        With ``party`` somebody of another party is not meant. The last to be introduced wins.
        """
        words = parts(name)
        if not words:
            return None
        for key in dict.fromkeys((" ".join(words), words[-1], words[0])):
            for known in self.people.get(key, ()):
                if party and known.party and known.party != party:
                    continue
                if _agree(words, parts(known.name), known.party in FAMILY_FIRST):
                    return known
        return None


def _agree(name: Sequence[str], known: Sequence[str], family_first: bool) -> bool:
    """Whether a name as written fits one that is known: a part of it, or more than it.

    Of a person known by one name only a fuller name must have it for its surname; initials and familiar
    forms fit the given names that they stand for.
    """
    if len(known) == 1 or len(name) == 1:
        short, long = sorted((name, known), key=len)
        ends = {long[-1]} if len(known) < len(name) and not family_first else {long[0], long[-1]}
        return short[0] in ends or any(sound(short[0]) == sound(w) for w in ends)
    short, long = sorted((name, known), key=len)
    return all(any(w == s or same_given(s, w) for w in long) for s in short)

"""Cut a sentence into units: gazetteer names, office words and runs of capitalised words.

The units are the alphabet that :mod:`relwatch.titles` and :mod:`relwatch.mention` read with their
grammar. Offsets are character offsets into the whole article text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from relwatch import gazetteer, people, tables
from relwatch.names import PARTICLES

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
# Particles that may open a name ("al-Sisi", "von der Leyen"); the others are ordinary words as well.
OPENING = frozenset("al el ul bin ibn abu van von der de di du della ould".split())
# Office words that are surnames as well.
SURNAMES = frozenset("King Prince Bishop Pope Marshal Judge Chancellor Deputy Mayor Leader Premier".split())
HONORIFIC = "honorific"
SPACES = frozenset((" ", "\xa0", "  ", "\n", "\r\n", " \n"))


class Office(NamedTuple):
    """An office word: ``role`` as in leaders.csv, the ``party`` it implies, whether it acts for a state.

    ``loose``: so general a word ("chairman", "director") that only what it is chairman of can tell.
    """

    phrase: str
    role: str
    party: str | None
    official: bool
    loose: bool = False
    gender: str | None = None
    plural: bool = False


@dataclass(slots=True)
class Unit:
    """A stretch of a sentence.

    ``kind``: N (gazetteer name), O (office), H (form of address), P (name), M (word that stands before an
    office or in a title), F (word that takes an office away: "former") or W (any other word). ``low`` is
    the text in lower case.
    """

    kind: str
    start: int
    end: int
    text: str
    low: str
    entries: tuple[gazetteer.Entry, ...] = ()
    office: Office | None = None


@cache
def offices() -> dict[str, list[tuple[tuple[str, ...], Office]]]:
    """Office phrases by their first word, longest first (data/offices.csv), and their plurals."""
    out: dict[str, list[tuple[tuple[str, ...], Office]]] = {}
    for row in tables.rows("offices.csv"):
        words = gazetteer.pieces(row["phrase"].lower())
        loose = row["scope"] == "none" and row["role"] == "other"
        office = Office(
            row["phrase"], row["role"], row["country"] or None, row["official"] != "no", loose,
            row["gender"] or None,
        )  # fmt: skip
        out.setdefault(words[0], []).append((words, office))
        if row["role"] != HONORIFIC:
            many = _plural(words)
            out.setdefault(many[0], []).append((many, office._replace(plural=True)))
    for found in out.values():
        found.sort(key=lambda pair: -len(pair[0]))
    return out


def _plural(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "foreign ministers", "members of parliament", "secretaries of state": the head noun in the plural."""
    links = [k for k, w in enumerate(words) if k and w in ("of", "for", "to", "in", "on", "at", "without")]
    head = links[0] - 1 if links else len(words) - 1
    word = words[head]
    if word.endswith(("man", "woman")):
        many = word[:-2] + "en"
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        many = word[:-1] + "ies"
    else:
        many = word if word.endswith("s") else word + "s"
    return (*words[:head], many, *words[head + 1 :])


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of data/title_words.csv of a kind: title, modifier or former."""
    return frozenset(row["word"] for row in tables.rows("title_words.csv") if row["kind"] == kind)


def title_words() -> frozenset[str]:
    """Capitalised words that belong to titles and institutions, never to a person's name."""
    return words_of("title")


def units(text: str, start: int, end: int, fold: bool = False) -> list[Unit]:
    """The units of ``text[start:end]``, in order, without overlap; punctuation is left out.

    ``fold`` matches names whatever their case, for texts that write them all small or all capital.
    """
    return _Cutter(text, start, end, fold).cut()


class _Cutter:
    """Cuts one stretch of text: its tokens, and the rules for what they make together."""

    def __init__(self, text: str, start: int, end: int, fold: bool) -> None:
        self.text, self.fold = text, fold
        self.toks = [(start + s, start + e, t) for s, e, t in gazetteer.tokens(text[start:end])]
        self.words = [t for _, _, t in self.toks]
        self.lower = [w.lower() for w in self.words]
        self.index = gazetteer.folded_index() if fold else gazetteer.index()
        self.titles, self.before, self.former = title_words(), words_of("modifier"), words_of("former")

    def cut(self) -> list[Unit]:
        out: list[Unit] = []
        words, lower, toks, starts = self.words, self.lower, self.toks, offices()
        i, n = 0, len(toks)
        while i < n:
            word, low = words[i], lower[i]
            if not word[0].isalnum() or low in ("s", "'s"):
                i += 1
            elif not self.fold and low == word and low not in starts and word not in self.index:
                if low in OPENING and (run := self._run(i)):
                    out.append(self._name(i, run))
                    i += run
                else:
                    out.append(self._word(i))
                    i += 1
            else:
                unit, used = self._unit(i)
                out.append(unit)
                i += used
                while i < n and toks[i][0] < unit.end:  # "Jr." went with the name
                    i += 1
        return out

    def _word(self, i: int) -> Unit:
        start, end, word = self.toks[i]
        low = self.lower[i]
        kind = "F" if low in self.former else "M" if low in self.before or word in self.titles else "W"
        return Unit(kind, start, end, word, low)

    def _make(self, kind: str, i: int, n: int) -> Unit:
        start, end = self.toks[i][0], self.toks[i + n - 1][1]
        return Unit(kind, start, end, self.text[start:end], " ".join(self.lower[i : i + n]))

    def _unit(self, i: int) -> tuple[Unit, int]:
        name = gazetteer.lookup(self.words, i, fold=self.fold)
        if self.fold and name is None and self.words[i] == "US":
            name = gazetteer.lookup(self.words, i)  # A headline all in capitals seldom says "us".
        office = self._office(i)
        if name and office and office[0] > name[0]:
            name = None
        if name:
            run = self._given(i, *name)
            if run:
                return self._name(i, run), run
            unit = self._make("N", i, name[0])
            unit.entries = name[1]
            return unit, name[0]
        if office and not (office[0] == 1 and self._hyphened(i)):
            unit = self._make("H" if office[1].role == HONORIFIC else "O", i, office[0])
            unit.office = office[1]
            return unit, office[0]
        if self.lower[i] in self.before or self.lower[i] in self.former:
            return self._word(i), 1
        run = self._run(i) or (self._small_run(i) if self.fold else 0)
        return (self._name(i, run), run) if run else (self._word(i), 1)

    def _name(self, i: int, n: int) -> Unit:
        unit = self._make("P", i, n)
        suffix = NAME_SUFFIX.match(self.text, unit.end)
        if suffix:
            unit.end = suffix.end()
            unit.text = self.text[unit.start : unit.end]
        return unit

    def _office(self, i: int) -> tuple[int, Office] | None:
        for key, office in offices().get(self.lower[i], ()):
            n = len(key)
            if n == 1 and office.phrase.isupper() and not self.words[i].isupper() and not self.fold:
                continue  # "He" is no "HE", nor "us" a title.
            if n == 1 or tuple(self.lower[i : i + n]) == key:
                return n, office
        return None

    def _gap(self, j: int) -> str:
        """The text between token j-1 and token j."""
        return self.text[self.toks[j - 1][1] : self.toks[j][0]]

    def _is_name_word(self, j: int) -> bool:
        word = self.words[j]
        return word[:1].isupper() and not word.isdigit() and word not in self.titles

    def _given(self, i: int, n: int, entries: tuple[gazetteer.Entry, ...]) -> int:
        """How many tokens a person's name has that begins with a country's ("Israel Katz"); 0 for none."""
        j = i + n
        if n > 1 or self.fold or j >= len(self.toks) or entries[0].kind not in ("country", "capital"):
            return 0
        if self._gap(j) != " " or not self._is_name_word(j) or self.lower[j] in STOP or self._office(j):
            return 0
        if gazetteer.lookup(self.words, j):
            return 0
        run = self._run(j)
        full = self.text[self.toks[i][0] : self.toks[j + run - 1][1]] if run else ""
        alone = run == 1 and any(e.ambiguous for e in entries)
        placed = i and self.lower[i - 1] in ("of", "in", "from", "to", "and", "the", "at", "for")
        return n + run if (alone and not placed) or (run and people.candidates(full, None)) else 0

    def _run(self, i: int) -> int:
        """How many tokens from ``i`` make a run that could be a person's name; 0 for none."""
        words, lower = self.words, self.lower
        if not self._is_name_word(i) and (lower[i] not in OPENING or words[i] in self.titles or words[i][0].isupper()):
            return 0
        if lower[i] in STOP and len(words[i]) > 1:
            return 0
        j, last = i, i
        while j < len(self.toks):
            if j > i and (not self._continues(i, j) or self._repeats(i, j)):
                break
            if self._is_name_word(j):
                last = j
            elif lower[j] not in PARTICLES and words[j] not in ("-", "'"):
                # The second half of a hyphenated given name is often small ("Jun-seok").
                if not (j > i and (words[j - 1] == "-" or self._gap(j) == "-")):
                    break
                last = j
            j += 1
        run = words[i : last + 1]
        if not any(w[:1].isupper() for w in run) or (len(run) == 1 and len(run[0].rstrip(".")) < 2):
            return 0
        return last - i + 1

    def _continues(self, i: int, j: int) -> bool:
        """Whether token ``j`` can stand in the run that began at ``i``."""
        gap = self._gap(j)
        if gap not in ("", " ", "-", "\xa0", ". ", "\n"):
            return False
        if gap == ". " and len(self.words[j - 1].rstrip(".")) > 2:
            return False
        if self.lower[j] in CALENDAR:
            return False
        if gap == "-" or self.words[j - 1] == "-":
            return True
        office = self._office(j)
        if office and not self._surname(j, *office):
            return False
        name = gazetteer.lookup(self.words, j, fold=self.fold)
        return not name or all(e.ambiguous for e in name[1])

    def _repeats(self, i: int, j: int) -> bool:
        """Whether a name begins anew at ``j``: "Xi Jinping Xi Jinping", as web pages print names twice."""
        words = self.words
        again = words[j] == words[j - 1] or words[j : j + 2] == words[i : i + 2]
        return again and j - i > 1 and len(words[j]) > 2 and self._gap(j) == " "

    def _surname(self, j: int, n: int, office: Office) -> bool:
        """Whether an office word inside a run is a name: "John Major", "Julie Bishop"."""
        after = j + n
        leads = after < len(self.toks) and self._gap(after) == " " and self.words[after][:1].isupper()
        if n > 1:
            return False
        return self._hyphened(j) or (not leads and (office.role == HONORIFIC or self.words[j] in SURNAMES))

    def _hyphened(self, j: int) -> bool:
        """Whether a word is the first half of a double name: "Amir-Abdollahian"."""
        after = self.words[j + 1 : j + 3]
        return (
            len(after) == 2
            and after[0] == "-"
            and after[1][:1].isupper()
            and self.words[j][:1].isupper()
            and after[1] not in self.titles
            and not self._office(j + 2)
        )

    def _small_run(self, i: int) -> int:
        """How many words from ``i`` are a name of the tables, in a text that has lost its case."""
        for n in (4, 3, 2):
            run = self.lower[i : i + n]
            if len(run) < n or any(w in STOP or len(w) < 2 or not w.isalpha() for w in run):
                continue
            if people.candidates(self.text[self.toks[i][0] : self.toks[i + n - 1][1]], None):
                return n
        return 0

"""Which party or person a name in a text is: by the text itself, by the tables and by the day.

What stays in doubt stays unresolved: a surname that could be two people's, a name without an office
that no table knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple, Protocol

from relwatch import gazetteer, people, tables
from relwatch.chunks import STOP, Unit, words_of
from relwatch.gazetteer import Entry
from relwatch.memory import Known, Memory, parts
from relwatch.people import Term
from relwatch.records import Span
from relwatch.titles import Row, Title

# A surname alone can mean only somebody whom papers name so.
LEADING = frozenset("head_of_state head_of_government foreign_minister org_head vice_president monarch_heir".split())
PAST_YEAR = re.compile(
    r"\b(?:[Ii]n|January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2},)? ((?:19|20)\d\d)\b"
)
LINKED = re.compile(r",? (?:and|&) (?:the |his |her |its )?")
SHORT = re.compile(r"\w+")
LONG = re.compile(r"[^\W\d_]{4,}")


class PartyAt(Protocol):
    """A mention, as far as what follows it needs to know."""

    @property
    def kind(self) -> str: ...
    @property
    def party(self) -> str | None: ...
    @property
    def role(self) -> str | None: ...
    @property
    def end(self) -> int: ...
    @property
    def acts(self) -> bool: ...


class Lookalike(NamedTuple):
    """A meaning of an ambiguous name: words that speak for and against it; ``default`` without any."""

    party: str
    cues: tuple[str, ...]
    against: tuple[str, ...]
    default: bool


@cache
def lookalikes() -> dict[str, tuple[Lookalike, ...]]:
    """The meanings of the ambiguous names of data/lookalikes.csv."""
    out: dict[str, list[Lookalike]] = {}
    for row in tables.rows("lookalikes.csv"):
        cues, against = tables.listed(row["cues"]), tables.listed(row["against"])
        found = Lookalike(row["party"], cues, against, row["default"] == "yes")
        out.setdefault(row["name"], []).append(found)
    return {name: tuple(found) for name, found in out.items()}


class Identifier:
    """Knows one article: its day, its publisher's state, its people, and what its ambiguous names mean."""

    def __init__(self, text: str, on: date | None, home: str | None, memory: Memory) -> None:
        self.text, self.on, self.home, self.memory = text, on, home, memory
        self._meanings: dict[str, Lookalike | None] = {}
        self._tabled: dict[tuple[str, int | None, str | None], Term | None] = {}

    # -- days --------------------------------------------------------------------------------

    def year_of(self, text: str) -> int | None:
        """The one past year in which a sentence says that something happened."""
        years = {int(y) for y in PAST_YEAR.findall(text)} if self.on else set()
        year = years.pop() if len(years) == 1 else None
        return year if year and self.on and year < self.on.year else None

    def day_of(self, span: Span) -> date | None:
        """The day that a sentence's names are of: in its past year, else the day of publication."""
        year = self.year_of(span.text) if self.on else None
        return date(year, 7, 1) if year else self.on

    # -- countries ---------------------------------------------------------------------------

    def entry(self, unit: Unit, on: date | None) -> Entry | None:
        """What a gazetteer unit means here; None where it is no party, or not certainly one."""
        entries = unit.entries
        if entries[0].kind == "not":
            return None
        fit = gazetteer.choose([e for e in entries if e.party], on)
        if not fit:
            return None
        key = unit.text if unit.text in lookalikes() else ""
        if key:
            meaning = self._meaning(key)
            if meaning is None:
                return None
            same = (e for e in entries if e.party == meaning.party)
            return next(same, fit[0]._replace(party=meaning.party, valid_from=None, valid_to=None))
        return fit[0]

    def _meaning(self, name: str) -> Lookalike | None:
        """The meaning of an ambiguous name in this text: the one with most cues, else the default."""
        if name not in self._meanings:
            scored = [(self._score(m), m) for m in lookalikes()[name]]
            best = max(score for score, _ in scored)
            fit = [m for score, m in scored if score == best and (best > 0 or (best == 0 and m.default))]
            self._meanings[name] = fit[0] if fit else None
        return self._meanings[name]

    def _score(self, meaning: Lookalike) -> int:
        plus = sum(cue in self.text for cue in meaning.cues)
        minus = sum(cue in self.text for cue in meaning.against)
        return plus - minus

    # -- people ------------------------------------------------------------------------------

    def known(self, name: str, row: Row, role: str | None = None) -> Known | None:
        """Whom a name means: somebody the text has introduced, else somebody in office on the day."""
        held = self.memory.recall(name)
        if held is not None:
            return held
        term = self._tabled_term(name, row, role, LEADING)
        if term is None:
            return None
        return Known(name, term.party, None, term.role, True, term.gender)

    def _tabled_term(self, name: str, row: Row, role: str | None, leading: frozenset[str] | None) -> Term | None:
        """The term of the one person whom the tables know by a name on the day, or in the past year said."""
        year = row.on.year if row.on and row.on != self.on else None
        key = (name, year, f"{role}{leading is not None}")
        if key not in self._tabled:
            self._tabled[key] = self._find_term(name, year, role, leading)
        return self._tabled[key]

    def _find_term(self, name: str, year: int | None, role: str | None, leading: frozenset[str] | None) -> Term | None:
        single = " " not in name
        if self.on is None:
            return None if single else people.one_person(people.candidates(name, None, role=role))
        for found in self._windows(name, year, role):
            if single and leading is not None:
                found = [t for t in found if t.role in leading]
            term = people.one_person(found)
            if term is not None:
                return term
        return None

    def _windows(self, name: str, year: int | None, role: str | None) -> Iterator[list[Term]]:
        yield list(people.candidates(name, self.on, role=role))
        if year is not None:
            yield list(people.candidates(name, date(year, 1, 1), None, role, until=date(year, 12, 31)))

    def settle(self, row: Row, title: Title, name: str, said: str | None, before: Sequence[PartyAt]) -> Known:
        """Who a titled person is: by what the text says first, then memory, tables and context."""
        held = self.memory.recall(name, said)
        office = title.office
        term = self._tabled_term(name, row, office.role, None)
        if term is None and " " in name:
            term = self._tabled_term(name, row, None, None)
        if term is not None and said and gazetteer.party_on(term.party, row.on) != said:
            term = None
        gone = self.on is not None and not term and self._out_of_office(name, row, title, said)
        past = people.former(name, self.on) if gone and self.on else None
        party = said or (held.party if held else None) or (term.party if term else None)
        if party is None and past:
            party = past[0].party if len({t.party for t in past}) == 1 else None
        elif party is None:
            party = office.party or self._linked(row, title, before) or (None if title.gone else self.home)
        full = held.name if held and len(held.name.split()) > len(name.split()) else name
        gender = office.gender or (held.gender if held else None) or (term.gender if term else None)
        acts = title.acts and (title.then or not past)
        return Known(full, party, None, office.role, acts, gender or people.gender_of(full))

    def _linked(self, row: Row, title: Title, before: Sequence[PartyAt]) -> str | None:
        """The party of the person just named: "Armenian Prime Minister A and President B"."""
        last = before[-1] if before else None
        if last is None or last.kind != "person" or not (last.role and last.acts and title.acts):
            return None
        between = self.text[last.end : row[title.first].start]
        return last.party if LINKED.fullmatch(between) else None

    def _out_of_office(self, name: str, row: Row, title: Title, said: str | None) -> bool:
        """Whether the tables know a titled person only as one who has left such offices.

        Only where they know who holds the office now: else he may well hold it again.
        """
        role = title.office.role
        if self.on is None or role not in LEADING or title.office.phrase.startswith("member"):
            return False
        past = people.former(name, self.on)
        if not past or any(self._windows(name, None, None)):
            return title.gone and bool(past)
        return title.gone or bool(people.holder(said or past[0].party, role, self.on))

    # -- words -------------------------------------------------------------------------------

    def is_word(self, name: str) -> bool:
        """Whether a surname is an ordinary word as well, as its capital at a sentence's start may be."""
        return name.lower() in words_of("surname")

    def is_headline(self, row: Row) -> bool:
        """Whether a row has capitals throughout, as titles have, so that they tell nothing."""
        if not row.units:
            return False
        start, end = row[0].start, row[len(row) - 1].end
        words = LONG.findall(row.text, start, end)
        if len(words) < 4 or row.text[end : end + 1] == ".":
            return False
        return bool(sum(w[0].isupper() for w in words) > 0.8 * len(words))

    def within(self, unit: Unit, row: Row) -> Iterable[tuple[int, int, Known]]:
        """The known people among the words of a run of capitals: start and end offset, person."""
        words = [(m.start() + unit.start, m.end() + unit.start) for m in SHORT.finditer(unit.text)]
        i = 0
        while i < len(words):
            for n in (4, 3, 2, 1):
                if i + n > len(words):
                    continue
                start, end = words[i][0], words[i + n - 1][1]
                name = self.text[start:end]
                if n == 1 and (name.lower() in STOP or self.is_word(name) or len(name) < 3):
                    continue
                known = self.known(name, row)
                if known is not None and n <= max(len(parts(known.name)), 1):
                    yield start, end, known
                    i += n - 1
                    break
            i += 1

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
from relwatch.chunks import STOP, Office, Unit, words_of
from relwatch.gazetteer import Entry
from relwatch.memory import Known, Memory, parts
from relwatch.people import Term
from relwatch.records import Span
from relwatch.titles import Row, Title

# A surname alone can mean only somebody whom papers name so.
LEADING = frozenset("head_of_state head_of_government foreign_minister org_head vice_president monarch_heir".split())
# What an office word may be in the tables: Iran's president heads the government, China's top diplomat need
# not be the minister, and a "secretary" or "minister" can be almost anything.
RULING = frozenset(("head_of_state", "head_of_government", "other"))
SENT = frozenset(("ambassador", "deputy_foreign_minister"))
# Offices that a country's papers give without saying of which country.
OWN_OFFICES = frozenset(("president", "premier", "king", "emir", "amir", "sultan"))
PAST_YEAR = re.compile(
    r"\b(?:[Ii]n|January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2},)? ((?:19|20)\d\d)\b"
)
LINKED = re.compile(r",? (?:and|&) (?:the |his |her |its )?")
# "a Ugandan delegation led by Foreign Minister A": whose the delegation is, his country is.
LED = re.compile(r"[\w\s-]{0,60},? (?:headed|led|chaired) by (?:the |its |their )?")
NOW = frozenset("acting interim caretaker transitional new newly".split())  # who is called so has not left
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

    def __init__(
        self, text: str, on: date | None, home: str | None, memory: Memory,
        during: tuple[date, date] | None = None, land: str | None = None,
    ) -> None:  # fmt: skip
        self.text, self.on, self.home, self.memory, self.during = text, on, home, memory, during
        self.land = land
        self._meanings: dict[str, Lookalike | None] = {}
        self._terms: dict[tuple[str, int | None, frozenset[str] | None, str | None], Term | None] = {}

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

    def known(self, name: str, row: Row) -> Known | None:
        """Whom a name means: somebody the text has introduced, else somebody in office on the day."""
        held = self.memory.recall(name)
        if held is not None:
            return held
        term = self._term(name, row, None if " " in name or people.is_taught(name) else LEADING)
        if term is None:
            return None
        return Known(name, term.party, None, term.role, True, term.gender)

    def _term(self, name: str, row: Row, roles: frozenset[str] | None, party: str | None = None) -> Term | None:
        """The term of the one person whom the tables know by a name on the day, or in the past year said.

        ``roles`` are those that are meant, None for all.
        """
        year = row.on.year if row.on and row.on != self.on else None
        key = (name, year, roles, party)
        if key not in self._terms:
            self._terms[key] = self._find(name, year, roles, party)
        return self._terms[key]

    def _find(self, name: str, year: int | None, roles: frozenset[str] | None, party: str | None) -> Term | None:
        if self.on is None and self.during is None and " " not in name:
            return None
        for found in self._windows(name, year, party):
            term = people.one_person(t for t in found if roles is None or t.role in roles)
            if term is not None:
                return term
        return None

    def _windows(self, name: str, year: int | None, party: str | None) -> Iterator[tuple[Term, ...]]:
        first, last = self.during if self.during and self.on is None else (self.on, None)
        yield people.candidates(name, first, party, until=last)
        if year is not None:
            yield people.candidates(name, date(year, 1, 1), party, until=date(year, 12, 31))

    def _titled(self, name: str, row: Row, office: Office, said: str | None) -> Term | None:
        """The term of a titled person: in such an office first, then in any if the name is a full one."""
        role = office.role
        if role in ("head_of_state", "head_of_government"):
            roles = RULING
        elif role == "other":
            roles = frozenset(people.ROLES) - SENT
        else:
            roles = frozenset((role, "other"))
        term = self._term(name, row, frozenset((role,)), said) if role != "other" else None
        term = term or self._term(name, row, roles, said)
        return term or (self._term(name, row, None, said) if " " in name or said else None)

    def settle(self, row: Row, title: Title, name: str, said: str | None, before: Sequence[PartyAt]) -> Known:
        """Who a titled person is: by what the text says first, then memory, tables and context."""
        held = self.memory.recall(name, said)
        office = title.office
        term = self._titled(name, row, office, said)
        past = () if term else self._left(name, row, title, said)
        party = said or (held.party if held else None) or (term.party if term else None)
        if party is None and past:
            party = past[0].party if len({t.party for t in past}) == 1 else None
        elif party is None:
            party = office.party or self._linked(row, title, before) or (None if title.gone else self.home)
            own = self.land and not office.plural and ("minister" in office.phrase or office.phrase in OWN_OFFICES)
            party = party or (self.land if own and self._unheard_of(name) else None)
        full = held.name if held and len(held.name.split()) > len(name.split()) else name
        gender = office.gender or (held.gender if held else None) or (term.gender if term else None)
        acts = title.acts and (title.then or not past)
        role = term.role if term and office.role in ("other", "monarch_heir") else office.role
        return Known(full, party, None, role, acts, gender or people.gender_of(full))

    def _unheard_of(self, name: str) -> bool:
        """Whether nobody of another country than the paper's is known by a name, at any time."""
        return all(term.party == self.land for term in people.candidates(name, None))

    def _linked(self, row: Row, title: Title, before: Sequence[PartyAt]) -> str | None:
        """The party just named that goes on to him: "Armenian Prime Minister A and President B"."""
        last = before[-1] if before else None
        if last is None or not title.acts:
            return None
        between = self.text[last.end : row[title.first].start]
        if last.kind in ("country", "adjective", "org") and LED.fullmatch(between):
            return last.party
        linked = last.kind in ("person", "office") and last.role and last.acts and LINKED.fullmatch(between)
        return last.party if linked else None

    def _left(self, name: str, row: Row, title: Title, said: str | None) -> tuple[Term, ...]:
        """The past terms of a titled person whom the tables know only as one who has left such offices.

        Only where they know who holds the office now: else he may well hold it again.
        """
        role, phrase = title.office.role, title.office.phrase
        if self.on is None or role not in LEADING or phrase.startswith("member"):
            return ()
        if not title.gone and not self._may_be_kept(row, title):
            return ()
        past = people.former(name, self.on)
        if not past or title.gone:
            return past
        held = any(self._windows(name, None, said)) or not people.holder(said or past[0].party, role, self.on)
        return () if held else past

    def _may_be_kept(self, row: Row, title: Title) -> bool:
        """Whether people keep such a title when they have left: "President Clinton", no foreign minister."""
        office = title.office
        written = self.text[row[title.first].start : row[max(title.core - 1, title.first)].end].lower().split()
        return NOW.isdisjoint(written) and not (office.role == "foreign_minister" and "minister" in office.phrase)

    # -- words -------------------------------------------------------------------------------

    def is_word(self, name: str) -> bool:
        """Whether a surname is an ordinary word as well, as its capital at a sentence's start may be."""
        return name.lower() in words_of("surname")

    def is_headline(self, span: Span) -> bool:
        """Whether a sentence has capitals throughout, as titles have, so that they tell nothing."""
        if span.text.endswith("."):
            return False
        words = LONG.findall(span.text)
        return len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.8 * len(words)

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

"""Find the parties a text names: countries, organisations, officials with and without a name.

A grammar over :mod:`relwatch.chunks` units joins office, nationality and name into one mention
("Ukrainian President Volodymyr Zelenskyy", "Irakli Garibashvili, the prime minister of Georgia"),
and a memory of the people a text has introduced resolves later surnames.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from relwatch import gazetteer, people
from relwatch.chunks import PARTICLES, STOP, Office, Unit, title_words, units
from relwatch.records import Span

MODIFIERS = frozenset(
    "deputy vice first second acting interim top chief principal assistant under senior new newly outgoing incoming"
    " then visiting late long-time longtime veteran hardline embattled caretaker elected re-elected head lead current"
    " permanent special honorary executive national de facto ruling military civilian general".split()
)
FORMER = frozenset("former ex onetime one-time ousted deposed exiled late jailed opposition".split())
LINKS = frozenset("of for the to on in and & 's at".split())
OF = frozenset(("of", "'s"))
COUNTRY_KINDS = ("country", "adjective", "org", "body", "metonym", "capital", "people")
EAST_ASIAN = frozenset("CHN JPN KOR PRK TWN VNM SGP KHM HKG HUN".split())
LEADING_ROLES = frozenset(("head_of_state", "head_of_government", "foreign_minister", "org_head", "vice_president"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A named party in a text.

    ``start`` and ``end`` are offsets into the article's text. ``kind``: country, adjective, people,
    capital, metonym, org, person (with or without office) or office (no name). ``party`` is None for
    a person or office whose country the text does not settle. ``acts`` is False for former officials,
    opposition figures and private persons: they are no party.
    """

    start: int
    end: int
    kind: str
    party: str | None
    name: str | None = None
    role: str | None = None
    office: str | None = None
    acts: bool = True


@dataclass(slots=True)
class Known:
    """A person that the text has introduced."""

    name: str
    party: str | None
    role: str | None
    office: str | None
    acts: bool


@dataclass(slots=True)
class Memory:
    """The people introduced so far, by folded surname."""

    people: dict[str, Known] = field(default_factory=dict)

    def learn(self, known: Known) -> None:
        """Remember a person; a longer name or a known country improves an earlier entry."""
        for key in _keys(known):
            old = self.people.get(key)
            if old is None or (old.party is None and known.party):
                self.people[key] = replace(known)
            elif old.party == known.party:
                if len(known.name) > len(old.name):
                    old.name = known.name
                old.role = old.role or known.role
                old.office = old.office or known.office

    def recall(self, name: str) -> Known | None:
        """The introduced person a name as written means: same surname, given names that agree."""
        parts = _parts(name)
        if not parts:
            return None
        for key in (" ".join(parts), parts[-1], parts[0] if len(parts) == 1 else ""):
            known = self.people.get(key)
            if known and _agree(parts, _parts(known.name)):
                return known
        return None


def _parts(name: str) -> list[str]:
    clean = re.sub(r",? (?:Jr|Sr|II|III|IV)\.?$", "", name.strip())
    return [w for w in people.fold(clean).replace("-", " ").split() if w not in PARTICLES]


def _keys(known: Known) -> list[str]:
    parts = _parts(known.name)
    if not parts:
        return []
    keys = [parts[-1], " ".join(parts)]
    if known.party in EAST_ASIAN or (known.party and len(parts) == 3):
        keys.append(parts[0])
    return keys


def _agree(short: list[str], full: list[str]) -> bool:
    """Whether the words of one name fit into those of the other (initials fit their names)."""
    if len(short) > len(full):
        short, full = full, short
    return all(any(f == s or (len(s) == 1 and f.startswith(s)) for f in full) for s in short)


def party_of(unit: Unit, on: date | None) -> str | None:
    """The party a gazetteer unit names on a day, None where the table has only non-parties."""
    for entry in unit.entries:
        if entry.party:
            return gazetteer.party_on(entry.party, on)
    return None


class Finder:
    """Finds the mentions of one article: first learns who is introduced, then labels."""

    def __init__(self, text: str, on: date | None, home: str | None = None, fold: bool = False) -> None:
        self.text, self.on, self.home, self.fold = text, on, home, fold
        self.memory = Memory()

    def find(self, spans: Iterable[Span]) -> list[list[Mention]]:
        """The mentions of each span, in order."""
        cut = [units(self.text, s.start, s.end, self.fold) for s in spans]
        for row in cut:  # The first pass learns names that are introduced after their first use.
            self._label(row)
        return [self._label(row) for row in cut]

    def learn_from(self, other: str) -> None:
        """Learn the people introduced in a text outside the article's own, such as its title."""
        finder = Finder(other, self.on, self.home, self.fold)
        finder.memory = self.memory
        finder.find([Span(0, len(other), other)])

    # -- grammar -----------------------------------------------------------------------------

    def _label(self, row: list[Unit]) -> list[Mention]:
        out: list[Mention] = []
        k = 0
        while k < len(row):
            step = self._titled(row, k, out) or self._named(row, k) or self._plain(row, k)
            if step is None:
                k += 1
                continue
            k, mention = step
            out.append(mention)
            if mention.name and mention.kind == "person":
                self._introduce(mention)
                self._backfill(out)
        return out

    def _gap(self, row: list[Unit], k: int) -> str:
        """The text between unit k-1 and unit k."""
        return self.text[row[k - 1].end : row[k].start] if 0 < k < len(row) else "\n\n"

    def _adjacent(self, row: list[Unit], k: int) -> bool:
        return self._gap(row, k) in (" ", "\xa0", "  ", "\n", "-", "", " - ")

    def _titled(self, row: list[Unit], k: int, before: Sequence[Mention]) -> tuple[int, Mention] | None:
        """[nationality] office [of ...] [Name [of Country]]: "US Secretary of State Mike Pompeo"."""
        left, j = self._left(row, k)
        start, acts, office = row[k].start, True, None
        head = j
        while j < len(row) and (j == k or j == head or self._adjacent(row, j)):
            unit = row[j]
            low = unit.text.lower()
            if unit.kind == "O":
                office = unit.office
                break
            if unit.kind == "H":
                head = j + 1
                j += 1
                continue
            if low in FORMER:
                acts = False
            elif low not in MODIFIERS and not (unit.text in title_words() and unit.text[:1].isupper()):
                return None
            j += 1
        if office is None:
            return None
        acts = acts and office.official
        of_party, name_at, stop = self._absorb(row, j)
        if name_at is None:
            return self._untitled(row, k, j, left, office, acts)
        name, after, trailing = self._name(row, name_at)
        known = self.memory.recall(name)
        party = self._settle(left, of_party, trailing, office, name, known, row, k, before)
        role_start = row[head].start if left is not None else start
        role = " ".join(self.text[role_start : row[name_at - 1].end].split())
        role = re.sub(r"^(?:the|The) ", "", role)
        full = known.name if known and len(known.name) > len(name) else name
        if acts and self._out_of_office(name, party, office):
            acts = False
        mention = Mention(start, row[after - 1].end, "person", party, full, role, office.role, acts)
        return after, mention

    def _out_of_office(self, name: str, party: str | None, office: Office) -> bool:
        """Whether the tables know a titled person only as one who has left that office."""
        if self.on is None or office.role not in ("head_of_state", "head_of_government"):
            return False
        return bool(people.former(name, self.on)) and not people.candidates(name, self.on)

    def _left(self, row: list[Unit], k: int) -> tuple[str | None, int]:
        """The party of a nationality or country possessive that opens a title, and what follows it."""
        if row[k].kind != "N" or not any(e.kind in COUNTRY_KINDS for e in row[k].entries):
            return None, k
        party, j = party_of(row[k], self.on), k + 1
        while j < len(row):
            gap = self._gap(row, j)
            if row[j].kind == "N" and gap in (" ", "-", "'s ", "’s "):
                party = party or party_of(row[j], self.on)
                j += 1
            elif gap in (" ", "\xa0", "'s ", "’s ", "' ", "’ ", "\n"):
                break
            else:
                return None, k
        return (party, j) if j < len(row) else (None, k)

    def _absorb(self, row: list[Unit], j: int) -> tuple[str | None, int | None, int]:
        """Read on from the office at ``j``: (country after "of", index of the name or None, end)."""
        of_party: str | None = None
        link = ""
        i = j + 1
        while i < len(row) and i - j < 22:
            gap, unit = self._gap(row, i), row[i]
            low = unit.text.lower()
            if gap in ("'s ", "’s "):
                return None, None, i
            if gap not in (" ", "\xa0", "\n", " – ", "-") and not (gap == ", " and self._title_goes_on(row, i)):
                break
            if unit.kind == "P":
                if not link or link == "closed":
                    return of_party, i, i
                link = "closed"
            elif unit.kind == "W" and low in LINKS:
                if low == "and" and not self._title_goes_on(row, i + 1):
                    break
                link = low if low != "the" or not link else link
            elif unit.kind == "N":
                if link == "of" and of_party is None and unit.entries[0].kind in ("country", "org", "body"):
                    of_party = party_of(unit, self.on)
                link = "closed"
            elif unit.kind in "OH" or unit.text in title_words():
                if unit.kind == "O" and link == "on":
                    return None, None, i  # "Spokesperson on Adviser X's call": two officials.
                link = "closed"
            elif unit.text.isdigit() or low not in MODIFIERS:
                break
            i += 1
        return of_party, None, i

    def _title_goes_on(self, row: list[Unit], i: int) -> bool:
        """Whether unit ``i`` is one more capitalised word of the same title ("Science and Industry")."""
        return (
            i < len(row)
            and row[i].text[:1].isupper()
            and row[i].kind != "P"
            and (row[i].text in title_words() or row[i].kind == "O")
            and not self._heads_own_name(row, i)
        )

    def _heads_own_name(self, row: list[Unit], i: int) -> bool:
        """Whether the office at ``i`` opens a title of another person ("President A and Prime Minister B")."""
        back = i
        while back > 0 and row[back].kind != "P":
            if self._gap(row, back).strip() not in ("", ","):
                return False
            if row[back - 1].text.lower() == "the" and row[back - 1].kind == "W":
                return True
            back -= 1
        return row[back].kind == "P"

    def _name(self, row: list[Unit], i: int) -> tuple[str, int, str | None]:
        """The name at unit ``i``, the unit after it, and the country of a following "of Country"."""
        after, trailing = i + 1, None
        if after + 1 < len(row) and row[after].text == "of" and self._adjacent(row, after):
            at = after + 2 if row[after + 1].text.lower() == "the" and after + 2 < len(row) else after + 1
            if row[at].kind == "N" and row[at].entries[0].kind in ("country", "org"):
                trailing = party_of(row[at], self.on)
                after = at + 1
        return " ".join(row[i].text.split()), after, trailing

    def _settle(
        self, left: str | None, of_party: str | None, trailing: str | None, office: Office, name: str,
        known: Known | None, row: list[Unit], k: int, before: Sequence[Mention],
    ) -> str | None:  # fmt: skip
        """The party of a titled person: what the text says first, then the tables, then the context."""
        said = left or of_party or trailing or office.party
        if said:
            return said
        if known and known.party:
            return known.party
        found = {t.party for t in people.candidates(name, self.on, role=office.role)}
        if len(found) == 1:
            return found.pop()
        found = {t.party for t in people.candidates(name, self.on)}
        if len(found) == 1 and len(name.split()) > 1:
            return found.pop()
        if before and k and before[-1].kind == "person" and before[-1].end == row[k - 2 if k > 1 else 0].end:
            return before[-1].party  # "Armenian Prime Minister A and President B"
        return self.home

    def _untitled(
        self, row: list[Unit], k: int, j: int, left: str | None, office: Office, acts: bool
    ) -> tuple[int, Mention] | None:
        """An office without a name: "the French president", "President of Egypt", "the minister"."""
        after, party = j + 1, left
        if left is None and office.role == "other" and office.party is None and " " not in row[j].text:
            return None  # "official" is mostly an adjective; a bare "head" could be anybody's.
        if row[j].text.lower().endswith("s") and not row[j].text.lower().endswith(("affairs", "affaires", "commons")):
            return None  # Plurals keep their own syntax: "the Russian and Turkish foreign ministers".
        if party is None and after + 1 < len(row) and row[after].text == "of" and self._adjacent(row, after):
            at = after + 2 if row[after + 1].text.lower() == "the" and after + 2 < len(row) else after + 1
            if row[at].kind == "N" and row[at].entries[0].kind in ("country", "org"):
                party, after = party_of(row[at], self.on), at + 1
        party = party or office.party
        start = row[k].start
        role_start = row[k].start if left is None else row[k + 1].start
        role = " ".join(self.text[role_start : row[j].end].split())
        return after, Mention(start, row[after - 1].end, "office", party, None, role, office.role, acts)

    def _named(self, row: list[Unit], k: int) -> tuple[int, Mention] | None:
        """A name on its own: one the text introduces, one with an apposition, one in the tables."""
        start = row[k].start
        if row[k].kind == "H" and k + 1 < len(row) and row[k + 1].kind == "P":
            k += 1
        if row[k].kind != "P":
            return None
        apposed = self._apposed(row, k)
        if apposed:
            return apposed
        name = " ".join(row[k].text.split())
        known = self.memory.recall(name)
        if known is None and " " in name and name.split()[0].lower() in STOP:
            return None
        if known is None:
            known = self._from_tables(name)
        if known is None:
            return self._stranger(row, k)
        full = known.name if len(known.name) >= len(name) else name
        _, after, _ = self._name(row, k)
        after = after if after == k + 1 or row[after - 1].kind == "N" else k + 1
        return after, Mention(
            row[k].start,
            row[after - 1].end,
            "person",
            known.party,
            full,
            known.role,
            known.office,
            known.acts,
        )

    def _stranger(self, row: list[Unit], k: int) -> tuple[int, Mention] | None:
        """A name that is nobody we know: marked, so that the parser and the pronouns meet a name."""
        unit = row[k]
        capitals = sum(u.text[:1].isupper() for u in row)
        if self.fold or capitals > 0.6 * len(row) or not unit.text[:1].isupper():
            return None  # A headline in title case.
        if k == 0 and " " not in unit.text and f" {unit.text}" not in self.text:
            return None  # An ordinary word that begins a sentence.
        return k + 1, Mention(unit.start, unit.end, "other", None, None, None, None, False)

    def _apposed(self, row: list[Unit], k: int) -> tuple[int, Mention] | None:
        """Name, [the] [nationality] office [of Country],: "Bruno Parrilla, the foreign minister of Cuba,"."""
        j = k + 1
        if j >= len(row) or self._gap(row, j) != ", ":
            return None
        if row[j].text.lower() in ("the", "a", "an") and j + 1 < len(row):
            j += 1
        step = self._titled(row, j, ())
        if step is None or step[1].kind != "office" or not (step[1].party or step[1].role):
            return None
        after, office = step
        closes = self.text[office.end : office.end + 1]
        if not (closes in ",.;)\n" or closes == "") and self.text[office.end : office.end + 5] not in (
            " and ",
            " who ",
        ):
            return None
        name = " ".join(row[k].text.split())
        party = office.party
        if party is None:
            found = {t.party for t in people.candidates(name, self.on)}
            party = found.pop() if len(found) == 1 else self.home
        return after, Mention(row[k].start, office.end, "person", party, name, office.role, office.office, office.acts)

    def _from_tables(self, name: str) -> Known | None:
        """A person not introduced by the text: only one in office on the day, beyond doubt."""
        if self.on is None and " " not in name:
            return None
        found = people.candidates(name, self.on)
        if " " not in name:
            found = tuple(t for t in found if t.role in LEADING_ROLES)
        if len({t.person for t in found}) != 1:
            return None
        term = found[0]
        full = name if " " in name else name
        return Known(full, term.party, None, term.role, True)

    def _plain(self, row: list[Unit], k: int) -> tuple[int, Mention] | None:
        """A country, nationality, capital or organisation by itself."""
        unit = row[k]
        if unit.kind != "N" or unit.entries[0].kind == "not":
            return None
        entry = next((e for e in unit.entries if e.party), None)
        if entry is None:
            return None
        beside = [row[i] for i in (k - 1, k + 1) if 0 <= i < len(row)]
        if entry.ambiguous and entry.kind == "country":
            for n, other in enumerate(beside):
                if other.kind == "P" and self._adjacent(row, k if other.end <= unit.start else k + 1):
                    return None  # "Michael Jordan", "Chad Smith"
        return k + 1, Mention(unit.start, unit.end, entry.kind, party_of(unit, self.on))

    # -- memory ------------------------------------------------------------------------------

    def _introduce(self, m: Mention) -> None:
        if m.name and (m.role or m.party):
            self.memory.learn(Known(m.name, m.party, m.role, m.office, m.acts))

    def _backfill(self, out: list[Mention]) -> None:
        """ "President A and Prime Minister B of Poland": the country at the end is the first one's too."""
        if len(out) < 2 or out[-1].party is None or out[-2].party is not None:
            return
        first, last = out[-2], out[-1]
        between = self.text[first.end : last.start]
        if first.kind == "person" and between.strip() in ("and", ",", ", and", "&"):
            out[-2] = replace(first, party=last.party)
            self._introduce(out[-2])

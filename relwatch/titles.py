"""The grammar of titles: "US Secretary of State", "Head of the Office of the President of Ukraine".

A title is read from the units of a sentence: words before it, a nationality, the office, and what the
office is of. Nothing here knows people; see :mod:`relwatch.mention`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from relwatch import gazetteer
from relwatch.chunks import SPACES, STOP, Office, Unit, offices

OWNING = frozenset(("country", "adjective", "org", "body", "metonym", "capital", "people"))
PLACES = ("country", "org", "body", "adjective", "metonym")
ORGANS = ("org", "body", "metonym")
POSSESSIVES = frozenset(("'s ", "’s ", "' ", "’ "))
LINKS = frozenset("of for to on in at with and & 's".split())
POSTS = frozenset("to for in on at with".split())
# Offices that are over something, and are not sent to or set up for anything.
UNPOSTED = frozenset("head_of_state head_of_government vice_president monarch_heir org_head".split())
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
FARTHEST = 24  # units that the longest title has


@dataclass(slots=True)
class Row:
    """The units of a sentence, and the text between them.

    ``on`` is the day that its names are of; ``entry`` tells what a gazetteer unit means on a day.
    ``headline``: it has capitals throughout, so that they tell nothing.
    """

    text: str
    units: list[Unit]
    on: date | None
    entry: Callable[[Unit, date | None], gazetteer.Entry | None]
    headline: bool = False

    def __len__(self) -> int:
        return len(self.units)

    def __getitem__(self, k: int) -> Unit:
        return self.units[k]

    def gap(self, k: int) -> str:
        """The text between unit k-1 and unit k; two line ends outside the row."""
        return self.text[self.units[k - 1].end : self.units[k].start] if 0 < k < len(self.units) else "\n\n"

    def adjacent(self, k: int) -> bool:
        """Whether nothing but space or a hyphen parts unit k from the one before."""
        gap = self.gap(k)
        return gap in SPACES or gap in ("-", "", " - ")

    def is_kind(self, k: int, kind: str) -> bool:
        """Whether there is a unit ``k``, and of a kind."""
        return 0 <= k < len(self.units) and self.units[k].kind == kind

    def party(self, k: int, surely: bool = False) -> str | None:
        """The party of a gazetteer unit on the row's day, None where it is none.

        ``surely``: what stands beside it leaves no doubt that it is a party ("Jordan's king").
        """
        entry = self.entry(self.units[k], self.on)
        if surely and not entry:
            entry = next((e for e in self.units[k].entries if e.party), None)
        return gazetteer.party_on(entry.party, self.on) if entry and entry.party else None


@dataclass(slots=True)
class Title:
    """A title as read.

    ``first``: the unit where it begins; ``role``: the first unit of the role as written (behind the
    nationality); ``core``: the unit after the role, before "of France" or "to France"; ``last``: the unit
    after its last; ``name``: the unit where a name follows, or None. ``post``: what ends it is where its
    holder is sent, not whose he is.
    ``owner``: the party before the office ("French"), ``of``: those after it ("of France and Spain").
    ``gone``: a word before it says that the office is past, ``then`` that it was held at the time.
    ``organ``: it says of what body it is. ``capital``: the owner is a city.
    """

    first: int
    role: int
    core: int
    last: int
    name: int | None
    owner: str | None
    of: tuple[str, ...]
    office: Office
    gone: bool
    organ: bool
    capital: bool
    then: bool
    post: bool = False

    @property
    def acts(self) -> bool:
        """Whether its holder acts for a state or organisation."""
        return not self.gone and self.office.official and (self.organ or not self.office.loose)


def read(row: Row, k: int, owner: str | None = None) -> Title | None:
    """The title that begins at unit ``k``, None if none does. ``owner`` is a party known from before."""
    head = _head(row, k, owner)
    if head is None:
        return None
    title, at = head
    step = _tail(row, at, title)
    if step is not None:  # "the foreign minister's spokesman": the title is the spokesman's.
        inner = read(row, step, title.owner or (title.of[0] if title.of else title.office.party))
        if inner is not None:
            inner.first = title.first
            return inner
    return title


def _head(row: Row, k: int, owner: str | None) -> tuple[Title, int] | None:
    """The words before the office and the office: the title so far, and the office's unit."""
    units, i, role, whose = row.units, k, k, -1
    gone = organ = then = False
    while i < len(units) and i - k < 12:
        unit = units[i]
        kind = unit.kind
        if i > k and not (row.adjacent(i) or (units[i - 1].kind == "N" and row.gap(i) in POSSESSIVES)):
            return None
        if kind == "O":
            assert unit.office is not None
            city = whose >= 0 and owner is None and units[whose].entries[0].kind == "capital"
            owner = owner or (row.party(whose, surely=True) if whose >= 0 else None)
            city = city and row.gap(whose + 1) not in POSSESSIVES
            office = _with_modifier(row, k, i) or unit.office
            return Title(k, role, i + 1, i + 1, None, owner, (), office, gone, organ, city, then), i
        if kind == "N":
            name = unit.entries[0].kind
            apart = i > k and units[i - 1].kind == "N" and row.gap(i) not in SPACES | POSSESSIVES
            if name not in OWNING or apart:
                return None
            whose, role = i if whose < 0 else whose, k if units[k].kind in "MF" else i + 1
            organ = organ or name in ORGANS
        elif kind == "H":
            role = i + 1 if role == i else role
        elif kind == "F":
            gone = True
        elif kind != "M" and not ORDINAL.match(unit.low) and not _joined(row, i, k):
            return None
        then = then or unit.low == "then"
        i += 1
    return None


def _with_modifier(row: Row, k: int, at: int) -> Office | None:
    """The office that the word before the nationality makes: "top Russian diplomat"."""
    if row[k].kind != "M" or at == k + 1:
        return None
    words = (*row[k].low.split(), *row[at].low.split())
    return next((office for key, office in offices().get(words[0], ()) if key == words), None)


def _joined(row: Row, i: int, k: int) -> bool:
    """Whether an ordinary word stands before an office all the same: "long-time", "HE the Adviser"."""
    if i + 1 < len(row) and row.gap(i + 1) == "-" and row[i + 1].kind in "WMF":
        return row[i].low in ("long", "re", "then", "vice", "hard", "one", "ex", "newly", "pro", "self", "far")
    if i > k and row.gap(i) == "-":
        return row[i].kind == "W"
    return row[i].low == "the" and i > k and row[i - 1].kind == "H"


def _tail(row: Row, at: int, title: Title) -> int | None:
    """Read on from the office, filling the title in; the unit that a possessive makes this one's, if any."""
    link, i = "", at + 1
    while i < len(row) and i - at < FARTHEST:
        gap, unit = row.gap(i), row[i]
        if gap in POSSESSIVES:
            if not (row[i - 1].kind == "N" and link):
                return i
        elif gap not in SPACES and gap not in (" – ", "-") and not (gap == ", " and _goes_on(row, i)):
            break
        if unit.kind == "P" or _name_in_spite(row, i):
            if link in ("", "done"):
                title.name = i
                break
            link = "done"  # The name of a body: "Director of Rosatom".
        elif unit.kind == "W" and unit.low in LINKS:
            if not _leads_on(row, i, title.office):
                break
            link = unit.low
            i += 1
            continue
        elif unit.kind == "H" or (unit.kind == "W" and unit.low == "the" and link):
            i += 1
            continue
        elif unit.kind == "N":
            if not link or (link == "done" and gap not in POSSESSIVES):
                break
            _owned(row, i, link, title)
            i += 1
            title.last = i
            link = "done"
            continue
        elif unit.kind == "W" and (more := _portfolio(row, i, link, title.office)):
            i, link = more - 1, "done"
        elif unit.kind == "O" and (link == "on" or not (link or unit.text[:1].isupper())):
            break  # "Spokesperson on Adviser X's call": two officials.
        elif unit.kind == "O" or (unit.kind == "M" and (unit.text[:1].isupper() or link)):
            title.organ = title.organ or bool(link)
            link = "done" if unit.kind == "O" or unit.text[:1].isupper() else link
        else:
            break
        i += 1
        title.last = title.core = i
    return None


def _owned(row: Row, i: int, link: str, title: Title) -> None:
    """A party inside the title: whose office it is ("of France"), or whom it is for ("to France")."""
    kind = row[i].entries[0].kind
    party = row.party(i, surely=link == "of")
    if link in ("of", "and", "&") and kind in PLACES and party and (not title.of or title.office.plural):
        title.of += (party,)
        title.organ = title.organ or kind in ORGANS or len(title.of) > 1 or _goes_on(row, i + 1)
    elif link == "of" and kind == "capital" and party and not title.of:
        title.organ = False
    title.post = title.post or link in POSTS


def _leads_on(row: Row, i: int, office: Office) -> bool:
    """Whether the link word at ``i`` goes on with the title: "for Asia", not "for years"."""
    j = i + 1
    if row[i].low == "and":
        return _goes_on(row, j)
    if j < len(row) and row[j].low == "the":
        j += 1
    if j >= len(row) or row.gap(j) not in SPACES:
        return False
    unit = row[j]
    if _portfolio(row, j, row[i].low, office):
        return True
    if row[i].low in ("of", "&"):
        return unit.kind in "NOMP"
    if unit.kind != "M" and (office.role in UNPOSTED or office.phrase == "counterpart"):
        return False  # "invited the emir to Riyadh"
    if row[i].low in ("in", "at", "with", "from") and office.role != "ambassador":
        return False  # "his counterpart in Rome"
    return unit.kind == "N" or (unit.kind in "OMP" and unit.text[:1].isupper())


def _portfolio(row: Row, i: int, link: str, office: Office) -> int | None:
    """The unit after a portfolio in small letters, "for development": before a name or a comma, else None."""
    if link not in ("of", "for") or office.role not in ("other", "deputy_foreign_minister"):
        return None
    if not office.phrase.endswith(("minister", "secretary", "commissioner", "secretary of state")):
        return None
    for j in range(i, min(i + 5, len(row))):
        if row[j].kind not in "WM" or row[j].text[:1].isupper() or (j > i and row.gap(j) not in SPACES):
            return None
        gap = row.gap(j + 1)
        if gap[:1] in ",." or (row.is_kind(j + 1, "P") and gap in SPACES):
            return j + 1
    return None


def _goes_on(row: Row, i: int) -> bool:
    """Whether unit ``i`` is one more capitalised word of the same title ("Science and Industry")."""
    if i >= len(row) or not row[i].text[:1].isupper():
        return False
    if row[i].kind == "N":  # "to the Middle East and North Africa"
        return i > 1 and row[i - 1].low in ("and", "&") and row[i - 2].kind == "N"
    if row[i].kind == "O" and i > 1 and row[i - 1].low == "and":
        return _same_holder(row, i)
    return row[i].kind in "OM"


def _same_holder(row: Row, i: int) -> bool:
    """Whether the office at ``i``, after "and", is the same person's as the one before it.

    "Deputy Prime Minister and Foreign Minister A" is one; "the President and Foreign Minister A" are two.
    """
    office = row[i - 2].office
    if office is None or not row[i - 2].text[:1].isupper():
        return office is None
    if office.role == "head_of_state":
        return False
    return office.role != "head_of_government" or row[i].low.startswith("minister ")


def _name_in_spite(row: Row, i: int) -> bool:
    """Whether a word that is mostly none begins a name here: "Prime Minister May", "Vice Premier He Lifeng"."""
    unit = row[i]
    if unit.kind != "W" or unit.low not in STOP or not unit.text[:1].isupper() or unit.text.isupper():
        return False
    follows = row.is_kind(i + 1, "P") and row.gap(i + 1) == " "
    return follows if unit.low != "may" else not (row.gap(i + 1) == " " and row[i + 1].text.isdigit())

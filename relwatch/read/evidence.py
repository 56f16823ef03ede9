"""What a text says about when it was written: people named with an office they held, and eras."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from relwatch import people, tables
from relwatch.calendars import a_day, month_number, month_of, nearest, weekday_number
from relwatch.read.datelines import DATE

# What a title says of the office; a president of an executive kind is head of state alone.
_HEADS = ("head_of_state", "head_of_government", "org_head")
_TITLES: dict[str, tuple[str, ...]] = {
    "president": _HEADS,
    "prime minister": ("head_of_government",),
    "premier": ("head_of_government",),
    "chancellor": ("head_of_government",),
    "foreign minister": ("foreign_minister",),
    "foreign secretary": ("foreign_minister",),
    "secretary of state": ("foreign_minister",),
    "defence minister": ("defence_minister",),
    "defense minister": ("defence_minister",),
    "defence secretary": ("defence_minister",),
    "defense secretary": ("defence_minister",),
    "secretary of defense": ("defence_minister",),
    "secretary-general": ("org_head",),
    "secretary general": ("org_head",),
    "spokesman": ("spokesperson",),
    "spokeswoman": ("spokesperson",),
    "spokesperson": ("spokesperson",),
    "national security advisor": ("national_security_adviser",),
    "national security adviser": ("national_security_adviser",),
}
_OFFICE = re.compile(
    r"\b(?P<title>(?i:" + "|".join(sorted(_TITLES, key=len, reverse=True)) + r"))\]?,?\s\[?"
    r"(?P<name>[A-ZÀ-Þ][\w'’.-]+(?:\]?\s(?:(?:al|bin|von|van|der|de|da)[\s-])?[A-ZÀ-Þ][\w'’.-]*){0,3})"
)
_NOT_IN_OFFICE = re.compile(
    r"(?i)\b(?:former|ex|late|then|vice|deputy|assistant|past|onetime|ousted)\b[\s-]*[\w'’-]*\s?$"
)
_WITH_WEEKDAY = re.compile(DATE)
_BYGONE = re.compile(
    r"[^.!?\n]{0,150}\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Ll]ate|[Ee]arly) ((?:19|20)\d\d)\b(?![-/–])[^.!?\n]{0,60}"
)
_CLAUSE, _YEAR = re.compile(r"[^.!?\n]+"), re.compile(r" (?:19|20)\d\d")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|should|could|may|might|by|until|plan\w*|expect\w*|target\w*|goal|schedul\w+|next|due"
    r"|set to|to be|to take|ahead|upcoming|forecast|project\w*|aim\w*|elections? in|candidate|host\w*)\b"
)
_MOST = 40  # people looked up in a text
LONGEST = 8  # years that a period may have to tell who was in office
MONTHS = tuple(date(year, month, 15) for year in range(1975, 2027) for month in range(1, 13))
_SLACK, _OPEN_END = 45, 540  # days


@dataclass(frozen=True, slots=True)
class Clue:
    """A reason to place a text in time.

    It is a person in office (``terms``), an era or a bygone year (``start``, ``end``), or a day that
    the text gives with its ``weekday``: (month, day, 0 for Monday).
    """

    words: str
    start: date | None = None
    end: date | None = None
    terms: tuple[people.Term, ...] = ()
    weekday: tuple[int, int, int] | None = None

    def allows(self, day: date) -> bool:
        """Whether the text can be of this day as far as this clue tells."""
        if self.terms:
            return any(_holds(term, day) for term in self.terms)
        if self.weekday:
            month, number, weekday = self.weekday
            near = nearest([a_day(day.year + k, month, number) for k in (-1, 0, 1)], day, None, False)
            return near is not None and near.weekday() == weekday
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def why(self, day: date | None) -> str:
        """The clue in words, with the years it stands for."""
        if self.weekday or (self.start and not self.end and self.words.isdigit()):
            return f"“{self.words}”"
        if not self.terms:
            end = str(self.end.year) if self.end else ""
            return f"{self.words} ({self.start.year if self.start else ''}-{end})"
        term = next((t for t in self.terms if day and _holds(t, day)), self.terms[0])
        end = "" if term.end is None else str(term.end.year)
        return f"{self.words} ({term.title}, {term.party} {term.start.year}-{end})"


def _holds(term: people.Term, day: date) -> bool:
    """Whether a term runs on a day, give or take what reports run ahead or lag behind."""
    slack = _OPEN_END if term.status == "end_unknown" else _SLACK
    start = term.start.toordinal() - _SLACK
    return start <= day.toordinal() and (term.end is None or day.toordinal() <= term.end.toordinal() + slack)


def clues(text: str) -> list[Clue]:
    """Everything in a text that tells when it was written."""
    return [*_people(text), *_eras(text), *_years(text), *_weekdays(text)]


def period(text: str) -> tuple[date, date] | None:
    """The first and last day between which a text without a date was written, as far as its clues tell.

    Exact to the month; None where they leave more than LONGEST years, or contradict each other.
    """
    found = clues(text)
    fitting = [d for d in MONTHS if all(clue.allows(d) for clue in found)] if found else []
    if not fitting or (fitting[-1] - fitting[0]).days > 365 * LONGEST:
        return None
    return fitting[0], fitting[-1]


def _years(text: str) -> Iterator[Clue]:
    """The latest year that the text speaks of as begun: it was not written before."""
    dated = (run.span() for run in _CLAUSE.finditer(text) if _YEAR.search(run[0]))  # the rest takes far longer
    years = [m[1] for run in dated for m in _BYGONE.finditer(text, *run) if not _AHEAD.search(m[0])]
    if years:
        yield Clue(max(years), start=date(int(max(years)), 1, 1))


def _weekdays(text: str) -> Iterator[Clue]:
    """The days that the text gives with their weekday, but without their year."""
    for match in _WITH_WEEKDAY.finditer(text):
        if match["weekday"] and match["month"] and not match["year"]:
            where = (month_number(match["month"]), int(re.sub(r"\D", "", match["day"])))
            if a_day(2000, *where):
                words = " ".join(match.group().split())
                yield Clue(words, weekday=(*where, weekday_number(match["weekday"])))


def _people(text: str) -> Iterator[Clue]:
    """The people that the text names with an office, one clue each; former holders are none."""
    seen: set[str] = set()
    for match in _OFFICE.finditer(text):
        if len(seen) >= _MOST:
            return
        if _NOT_IN_OFFICE.search(text, max(0, match.start("title") - 30), match.start("title")):
            continue
        roles = _TITLES[match["title"].lower()]
        for name in _shorter(match["name"]):
            terms = tuple(t for t in people.candidates(name, None) if t.role in roles)
            if terms:
                if name not in seen:
                    yield Clue(name, terms=terms)
                seen.add(name)
                break


def _shorter(name: str) -> Iterator[str]:
    """A run of capitalised words, and what is left when the last ones are taken away."""
    words = re.sub(r"['’]s?\b.*$|[.,\]]+$", "", name.replace("]", "")).split()
    words = [w for w in words if w[0].isupper() or w in ("al", "bin", "von", "van", "der", "de", "da")]
    least = 1 if len(words) == 1 else 2  # a given name alone is nobody's
    for n in range(len(words), least - 1, -1):
        yield " ".join(words[:n])


@cache
def eras() -> tuple[tuple[re.Pattern[str], date | None, date | None], ...]:
    """The patterns of ``data/eras.csv`` with the first and last day each allows."""
    return tuple(
        (re.compile(row["pattern"]), _day(row["start"]), _day(row["end"], last=True)) for row in tables.rows("eras.csv")
    )


def _day(cell: str, last: bool = False) -> date | None:
    if not cell:
        return None
    if len(cell) == 10:
        return date.fromisoformat(cell)
    month = month_of(int(cell[:4]), int(cell[5:7]))
    return month.end if last else month.start


def _eras(text: str) -> Iterator[Clue]:
    for pattern, start, end in eras():
        match = pattern.search(text)
        if match:
            yield Clue(f"“{' '.join(match.group().split())}”", start, end)

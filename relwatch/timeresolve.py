"""What each kind of temporal expression resolves to.

Every function takes what was ``Seen`` and returns a DateSpan (``UNKNOWN`` where the article's own
day or an anchor is missing), or None when the words are no temporal expression after all. The
groups they read are named in the patterns of ``timerules``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from relwatch import calendars as cal
from relwatch.calendars import UNKNOWN
from relwatch.records import DateSpan


class Seen(NamedTuple):
    """A match, the article's day, the tense (True: ahead), the day last named, and whether tense is given."""

    match: re.Match[str]
    published: date | None
    ahead: bool | None
    anchor: date | None
    forced: bool

    def get(self, name: str) -> str:
        """What a named group matched; empty where it did not or the rule has none of that name."""
        return self.match.groupdict().get(name) or ""


_STEP = {"last": -1, "this": 0, "next": 1}


def _part(text: str, by: bool = False) -> str:
    """early, mid, by mid, late, or nothing."""
    word = text.lower()
    if word.startswith("mid") or "middle" in word:
        return "by mid" if by else "mid"
    if word.startswith("early") or "beginning" in word or "start" in word:
        return "early"
    return "late" if word.startswith("late") or "end" in word else ""


def _after_by(seen: Seen) -> bool:
    """Whether the word before the expression is "by"."""
    before = seen.match.string[max(0, seen.match.start() - 4) : seen.match.start()]
    return before.lower().split()[-1:] == ["by"]


def _number(text: str) -> int | None:
    word = " ".join(text.lower().split())
    return int(word) if word.isdigit() else cal.NUMBERS.get(word)


def _digits(text: str) -> int:
    return int(re.match(r"\d+", text).group())  # type: ignore[union-attr]


def _since(seen: Seen, span: DateSpan) -> DateSpan:
    """From the start of a span to the article's own day, where the expression says since."""
    if seen.get("since") and seen.published and span.start:
        return cal.between(span.start, seen.published, span.precision)
    return span


def iso(seen: Seen) -> DateSpan | None:
    return cal.on(cal.a_day(int(seen.get("y")), int(seen.get("m")), int(seen.get("d")))) if seen.get("y") else None


def month_day(seen: Seen) -> DateSpan | None:
    """A day of a month or a run of them, in either order, with or without its year and weekday."""
    month, first = cal.month_number(seen.get("mon")), _digits(seen.get("day"))
    last = _digits(seen.get("day2")) if seen.get("day2") else first
    last_month = cal.month_number(seen.get("mon2")) if seen.get("mon2") else month
    year = int(seen.get("year")) if seen.get("year") else _year_of_day(seen, month, first)
    if year is None:
        return UNKNOWN if cal.a_day(2000, month, first) else None
    if seen.get("year") and last_month < month:
        year -= 1
    start = cal.a_day(year, month, first)
    end = cal.a_day(year + (last_month < month), last_month, last)
    return _since(seen, cal.between(start, end)) if start else None


def _year_of_day(seen: Seen, month: int, day: int) -> int | None:
    """The year in which a day without one lies, by nearness, tense and weekday."""
    if seen.published is None:
        return None
    if seen.get("rel"):
        return seen.published.year + _STEP[seen.get("rel")]
    days = [cal.a_day(seen.published.year + k, month, day) for k in (-1, 0, 1)]
    named = seen.get("wd") or seen.get("wd2")
    fitting = [d for d in days if d and named and d.weekday() == cal.weekday_number(named)]
    found = cal.nearest(fitting or days, seen.published, seen.ahead, seen.forced)
    return found.year if found else None


def month_year(seen: Seen) -> DateSpan:
    year, month = int(seen.get("year")), cal.month_number(seen.get("mon"))
    if seen.get("mon2"):
        last = cal.month_number(seen.get("mon2"))
        return cal.months((year - (last < month), month), (year, last))
    by = _after_by(seen)
    return _since(seen, cal.month_of(year, month, _part(seen.get("part"), by)))


def bare_month(seen: Seen) -> DateSpan:
    """A month without a year: last, next and this count from the article's month, others by tense."""
    day = seen.published
    if day is None:
        return UNKNOWN
    lead = " ".join(seen.get("lead").lower().split())
    month = cal.month_number(seen.get("mon"))
    if seen.get("rel"):
        year = day.year + _STEP[seen.get("rel")]
    elif lead in ("last", "this past"):
        year = day.year - (month >= day.month)
    elif lead == "next":
        year = day.year + (month <= day.month)
    else:
        middles = [date(day.year + k, month, 15) for k in (-1, 0, 1)]
        near = cal.nearest(middles, day.replace(day=15), seen.ahead, seen.forced)
        year = near.year if near else day.year
    if seen.get("mon2"):
        last = cal.month_number(seen.get("mon2"))
        return cal.months((year, month), (year + (last < month), last))
    return _since(seen, cal.month_of(year, month, _part(seen.get("part"), lead == "by")))


def weekday(seen: Seen) -> DateSpan | None:
    day = seen.published
    mod = " ".join(seen.get("mod").lower().split())
    if mod in ("every", "each"):
        return None
    if day is None or mod in ("the following", "the previous", "following"):
        return UNKNOWN
    wanted = cal.weekday_number(seen.get("wd"))
    if seen.get("week"):
        ahead = _STEP[seen.get("week").lower()]
        monday = cal.week_of(day, ahead).start
        return cal.on(monday + wanted * cal.DAY) if monday else UNKNOWN
    if mod in ("last", "this past", "past"):
        found = cal.nearest_weekday(wanted, day - cal.DAY, False)
    elif mod in ("next", "this coming", "coming"):
        found = cal.nearest_weekday(wanted, day + cal.DAY, True)
    else:
        found = cal.nearest_weekday(wanted, day, False if mod == "since" else seen.ahead)
    if seen.get("wd2"):
        last = cal.nearest_weekday(cal.weekday_number(seen.get("wd2")), found, True)
        return cal.between(found, last)
    return _since(seen, cal.on(found))


def day_word(seen: Seen) -> DateSpan:
    if seen.published is None:
        return UNKNOWN
    word = " ".join(seen.get("word").lower().split())
    steps = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1, "the day after tomorrow": 2}
    return cal.on(seen.published + steps.get(word, 0) * cal.DAY)


def unit(seen: Seen) -> DateSpan | None:
    """This, last or next week, month, year or weekend, or a part of it."""
    day = seen.published
    unit, mod = seen.get("unit").lower(), " ".join(seen.get("mod").lower().split())
    part = seen.get("part").lower()
    if mod == "the" and not part and unit != "weekend":
        return None
    if day is None or mod in ("the previous", "the following", "previous", "following", "the same"):
        return UNKNOWN
    step = -1 if mod in ("last", "this past", "past") else 1 if "next" in mod or "coming" in mod else 0
    if unit == "weekend":
        return cal.weekend(day, mod, seen.ahead)
    whole = _whole(day, unit, step, _part(part) if not part.startswith(("earlier", "later")) else "")
    if step == 0 and whole.start and whole.end:
        if part.startswith("later") or (not part and seen.ahead):
            return cal.between(day, whole.end, whole.precision)
        if part.startswith("earlier") or not part:
            return cal.between(whole.start, day, whole.precision)
    return whole


def _whole(day: date, unit: str, step: int, part: str) -> DateSpan:
    if unit == "week":
        return cal.week_of(day, step, part)
    if unit == "month":
        there = day.year * 12 + day.month - 1 + step
        return cal.month_of(there // 12, there % 12 + 1, part)
    return cal.year_of(day.year + step, part)


def ago(seen: Seen) -> DateSpan:
    count = _number(seen.get("n"))
    base = seen.published if seen.get("dir") in ("ago", "from now") else seen.anchor
    if count is None or base is None:
        return UNKNOWN
    return cal.shifted(base, -count if seen.get("dir") in ("ago", "earlier", "before") else count, seen.get("unit"))


def rolling(seen: Seen) -> DateSpan:
    ahead = (seen.get("dir") or seen.get("dir2")) in ("next", "coming", "following")
    unit = seen.get("unit") or seen.get("unit2")
    count = _number(seen.get("n")) if seen.get("n") else None if unit.endswith("s") else 1
    return cal.rolling(seen.published, count, unit, ahead) if seen.published else UNKNOWN


def season(seen: Seen) -> DateSpan | None:
    season = seen.get("season") or seen.get("season2") or seen.get("season3")
    day = seen.published
    if seen.get("year"):
        return cal.season_of(int(seen.get("year")), season)
    if day is None:
        return UNKNOWN
    spans = [cal.season_of(day.year + k, season) for k in (-2, -1, 0, 1)]
    mod = seen.get("mod").lower()
    if mod == "last":
        return [s for s in spans if s.end and s.end < day][-1]
    if mod == "next":
        return next(s for s in spans if s.start and s.start > day)
    near = cal.nearest([s.start for s in spans], day, seen.ahead, seen.forced)
    return next(s for s in spans if s.start == near)


def year(seen: Seen) -> DateSpan | None:
    first = int(seen.get("year"))
    if seen.match["decade"] is not None:
        return cal.year_of(first, until=first + 9)
    last = int(seen.get("to")) if seen.get("to") else first
    if seen.get("to") and len(seen.get("to")) == 2:
        last += first - first % 100
    if not 1900 <= first <= 2049 or last < first or last > 2060:
        return None
    by = _after_by(seen)
    return cal.year_of(first, _part(seen.get("part"), by), last)


def other_day(seen: Seen) -> DateSpan:
    word = (seen.get("which") or seen.get("which2") or "same").lower()
    if seen.anchor is None:
        return UNKNOWN
    return cal.on(seen.anchor + {"same": 0, "previous": -1, "earlier": -1, "before": -1}.get(word, 1) * cal.DAY)


def in_time(seen: Seen) -> DateSpan | None:
    """In ten days: only of the future, for in the past it is how long something took."""
    count = _number(seen.get("n"))
    if not seen.ahead or count is None:
        return None
    return cal.shifted(seen.published, count, seen.get("unit")) if seen.published else UNKNOWN

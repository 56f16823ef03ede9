"""Calendar arithmetic for temporal expressions: spans of weeks, months and seasons, nearest days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from relwatch.records import DateSpan, Precision

UNKNOWN = DateSpan(None, None, "unknown")
MONTHS = {name: n for n, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month of each
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {word: n for n, word in enumerate(_WORDS, 1)} | {
    "a": 1, "an": 1, "a couple of": 2, "couple of": 2, "fifteen": 15, "twenty": 20, "thirty": 30}  # fmt: skip
VAGUE = {"days": 7, "weeks": 28, "months": 92, "years": 1096, "decades": 7305}  # "in recent weeks", in days
DAY = timedelta(days=1)


def month_number(name: str) -> int:
    """1 to 12 for a month's name or abbreviation."""
    return MONTHS[name[:3].lower()]


def weekday_number(name: str) -> int:
    """0 for Monday to 6 for Sunday."""
    return WEEKDAYS.index(name[:3].lower())


def a_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the month has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def on(day: date | None) -> DateSpan:
    """One day; unknown for None."""
    return DateSpan(day, day, "day") if day else UNKNOWN


def between(start: date | None, end: date | None, precision: Precision = "day") -> DateSpan:
    """A range; unknown where an end is missing or lies before the start."""
    return DateSpan(start, end, precision) if start and end and start <= end else UNKNOWN


def month_of(year: int, month: int, part: str = "") -> DateSpan:
    """A month, or its early (1 to 10), mid (11 to 20), ``by mid`` (1 to 15) or late part."""
    last = monthrange(year, month)[1]
    first, end = {"early": (1, 10), "mid": (11, 20), "by mid": (1, 15), "late": (21, last)}.get(part, (1, last))
    return DateSpan(date(year, month, first), date(year, month, end), "month")


def months(first: tuple[int, int], last: tuple[int, int]) -> DateSpan:
    """From the first of one (year, month) to the last of another."""
    return between(month_of(*first).start, month_of(*last).end, "month")


def year_of(year: int, part: str = "", until: int | None = None) -> DateSpan:
    """A year, its early (January to April), mid (May to August) or late part, or a run of years."""
    first, last = {"early": (1, 4), "mid": (5, 8), "by mid": (1, 6), "late": (9, 12)}.get(part, (1, 12))
    return between(date(year, first, 1), month_of(until or year, last).end, "year")


def season_of(year: int, season: str) -> DateSpan:
    """Three months; winter begins in December of ``year``."""
    start = date(year, SEASONS[season.lower()], 1)
    return DateSpan(start, start + relativedelta(months=3) - DAY, "month")


def week_of(day: date, ahead: int = 0, part: str = "") -> DateSpan:
    """Monday to Sunday of the week ``ahead`` weeks from ``day``'s, or its first or last days."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=ahead)
    first, last = {"early": (0, 2), "mid": (2, 3), "late": (3, 6)}.get(part, (0, 6))
    return DateSpan(monday + first * DAY, monday + last * DAY, "day")


def weekend(day: date, which: str, ahead: bool | None) -> DateSpan:
    """Saturday and Sunday of the last, next, coming, this or "the" weekend, seen from ``day``."""
    saturday = day + timedelta(days=5 - day.weekday())
    if which in ("last", "past", "this past"):
        saturday -= timedelta(weeks=1)
    elif which == "next" or ("coming" in which and day.weekday() >= 5):
        saturday += timedelta(weeks=1)
    elif "coming" not in which and day.weekday() < 5 and (ahead is False or (ahead is None and which == "the")):
        saturday -= timedelta(weeks=1)
    return DateSpan(saturday, saturday + DAY, "day")


def nearest(candidates: Iterable[date | None], seen_from: date, ahead: bool | None, forced: bool) -> date | None:
    """The candidate that a reader would take: near, and on the side that the tense says.

    ``ahead`` None leans to the past, as news does; ``forced`` allows the said side only.
    """
    never = 1000.0  # a day that is told as past may lie ahead only if it is very near, and so the other way
    forward, back = {True: (1.0, 4.0), False: (12.0, 1.0), None: (1.6, 1.0)}[ahead]
    if forced:
        forward, back = (1.0, never) if ahead else (never, 1.0)

    def cost(day: date) -> float:
        days = (day - seen_from).days
        return days * forward if days > 0 else -days * back

    days = [d for d in candidates if d]
    return min(days, key=cost) if days else None


def nearest_weekday(weekday: int, seen_from: date, ahead: bool | None) -> date:
    """That weekday, today included: the coming one for the future, else the past one."""
    if ahead:
        return seen_from + timedelta(days=(weekday - seen_from.weekday()) % 7)
    return seen_from - timedelta(days=(seen_from.weekday() - weekday) % 7)


def shifted(day: date, count: int, unit: str) -> DateSpan:
    """The day, week, month or year ``count`` units from ``day``."""
    kind = unit.rstrip("s")
    if kind == "day":
        return on(_plus(day, days=count))
    if kind == "week":
        centre = _plus(day, weeks=count)
        return between(centre - DAY, centre + DAY) if centre else UNKNOWN
    there = _plus(day, **{"months": count} if kind == "month" else {"years": count * (10 if kind == "decade" else 1)})
    if there is None:
        return UNKNOWN
    return month_of(there.year, there.month) if kind == "month" else year_of(there.year)


def rolling(day: date, count: int | None, unit: str, ahead: bool) -> DateSpan:
    """The run of ``count`` units (None: a few) that ends at ``day``, or begins after it."""
    plural = unit.rstrip("s") + "s"
    if count is None:
        there = _plus(day, days=VAGUE[plural] * (1 if ahead else -1))
    else:
        sign = count if ahead else -count
        there = _plus(day, **{"years": sign * 10} if plural == "decades" else {plural: sign})
    if there is None:
        return UNKNOWN
    length = abs((there - day).days)
    precision: Precision = "day" if length <= 14 else "month" if length <= 366 and plural != "years" else "year"
    return between(day + DAY, there, precision) if ahead else between(there, day, precision)


def _plus(day: date, **delta: int) -> date | None:
    try:
        return day + relativedelta(**delta)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None

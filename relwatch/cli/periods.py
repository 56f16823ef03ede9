"""Dates as a user writes them: ISO, ``2w``, ``3 months ago``, ``yesterday``, ``2020-04..2020-06``."""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

from relwatch.errors import UsageError

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGO = re.compile(r"(\d{1,5})\s*(d|days?|w|weeks?|m|mo|months?|y|years?)(?:\s+ago)?")
_NAMED = {"today": 0, "yesterday": -1, "tomorrow": 1}
_HELP = "write 2020-04-30, 2020-04, 2020, '30 April 2020', 2w, '3 months ago', yesterday or 2020-04..2020-06"

Period = tuple[date, date]


def period(text: str, today: date) -> Period:
    """The first and last day of what ``text`` names, seen from ``today``. Raises UsageError."""
    wanted = " ".join(text.lower().split())
    if ".." in wanted:
        first, _, last = wanted.partition("..")
        return _range(first.strip(), last.strip(), today, text)
    try:
        found = _named(wanted, today) or _iso(wanted) or _ago(wanted, today) or _written(wanted)
    except (ValueError, OverflowError):
        found = None
    if not found:
        raise UsageError(f"{text!r} is no date; {_HELP}")
    return found


def _range(first: str, last: str, today: date, text: str) -> Period:
    start = period(first, today)[0] if first else date(MINYEAR, 1, 1)
    end = period(last, today)[1] if last else date(MAXYEAR, 12, 31)
    if start > end:
        raise UsageError(f"{text!r} ends before it begins; turn the two dates round")
    return start, end


def _named(text: str, today: date) -> Period | None:
    if text not in _NAMED:
        return None
    day = today + timedelta(days=_NAMED[text])
    return day, day


def _whole(year: int, month: int | None, day: int | None) -> Period:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _iso(text: str) -> Period | None:
    match = _ISO.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return _whole(year or 0, month, day)


def _ago(text: str, today: date) -> Period | None:
    match = _AGO.fullmatch(text)
    if not match:
        return None
    from dateutil.relativedelta import relativedelta

    count, unit = int(match[1]), {"d": "days", "w": "weeks", "m": "months", "y": "years"}[match[2][0]]
    day = today - relativedelta(**{unit: count})  # type: ignore[arg-type]
    return day, day


def _written(text: str) -> Period | None:
    """``30 April 2020``, ``April 2020``: read twice with other defaults, so that a missing part shows.

    A date of figures alone (``10/11/12``) could be read in several ways: it is none.
    """
    if not any(letter.isalpha() for letter in text):
        return None
    from dateutil import parser

    one, two = (parser.parse(text, default=datetime(2000 + n, 1 + n, 1 + n)) for n in (0, 4))
    if one.year != two.year:
        return None
    same_month = one.month == two.month
    return _whole(one.year, one.month if same_month else None, one.day if same_month and one.day == two.day else None)

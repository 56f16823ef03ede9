"""The day an article was published, and how that is known.

Stated days come first: the caller's, the file's own record, the dateline's with its year, the web
address, the file's name. A dateline without a year is completed only where the people in office
and the eras that the text names leave exactly one year; otherwise the day stays unknown, and the
years that fit are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from relwatch.calendars import a_day
from relwatch.read.evidence import Clue, clues
from relwatch.read.layout import Layout
from relwatch.records import Basis

FIRST_YEAR = 1975  # the tables of leaders do not go back further
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_FIRST = re.compile(r"/(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])/((?:19|20)\d\d)/")


class Published(NamedTuple):
    """``day`` with its ``basis``; ``why`` is a sentence for the user, None where the basis says it all."""

    day: date | None
    basis: Basis
    why: str | None


def published(
    text: str,
    layout: Layout,
    *,
    given: date | None = None,
    metadata: date | None = None,
    url: str | None = None,
    file: Path | None = None,
    today: date | None = None,
) -> Published:
    """The day of publication of an article whose text has this layout.

    ``given`` is the caller's word, ``metadata`` the source's own record. ``today`` bounds what can be
    inferred (default: the present day).
    """
    if given:
        return Published(given, "given", None)
    if metadata:
        return Published(metadata, "metadata", None)
    if layout.year and layout.month and layout.day:
        day = a_day(layout.year, layout.month, layout.day)
        if day:
            return Published(day, "dateline", None)
    by_url = _in_address(url or "")
    if by_url:
        return Published(by_url, "url", None)
    inferred = _inferred(text, layout, today or date.today())
    by_file = _in_address(file.name) if file else None
    if by_file and not inferred.day:
        return Published(by_file, "file", None)
    return inferred


def _in_address(address: str) -> date | None:
    """The day that a web address or file name holds, as in 2020/04/30, 2020-04-30, 20200430 or /30/04/2020/."""
    match = _IN_ADDRESS.search(address)
    if match:
        return a_day(int(match[1]), int(match[3]), int(match[4]))
    match = _DAY_FIRST.search(address)
    return a_day(int(match[3]), int(match[2]), int(match[1])) if match else None


def _inferred(text: str, layout: Layout, today: date) -> Published:
    """The one year in which the dateline's day, the holders of office and the eras agree."""
    if not (layout.month and layout.day):
        return Published(None, "unknown", None)
    name = f"{_MONTHS[layout.month - 1]} {layout.day}"
    days = list(_days(layout, today))
    found = [clue for clue in clues(_prose(text, layout)) if not all(clue.allows(d) for d in days)]
    if not found:
        return Published(None, "unknown", f"{name} names no year, and nothing in the text tells which it was")
    fitting = [d for d in days if all(clue.allows(d) for clue in found)]
    telling = _telling(found, days, fitting)
    because = _listed([clue.why(fitting[0] if fitting else None) for clue in telling])
    if len(fitting) == 1:
        return Published(fitting[0], "inferred", f"{name}: of all years only {fitting[0].year} fits {because}")
    if not fitting:
        return Published(None, "unknown", f"{name} names no year, and no year fits {because}")
    years = _listed([str(d.year) for d in fitting], "or") if len(fitting) <= 6 else f"{len(fitting)} years"
    return Published(None, "unknown", f"{name} names no year; {because} would allow {years}")


def _days(layout: Layout, today: date) -> Iterator[date]:
    """The dateline's day in every year that its weekday allows."""
    for year in range(FIRST_YEAR, today.year + 1):
        day = a_day(year, layout.month or 1, layout.day or 1)
        if day and day <= today and (layout.weekday is None or day.weekday() == layout.weekday):
            yield day


def _prose(text: str, layout: Layout) -> str:
    """The text with its furniture blanked out."""
    out = list(text)
    for span in layout.furniture:
        out[span.start : span.end] = " " * (span.end - span.start)
    return "".join(out)


def _telling(found: list[Clue], days: list[date], fitting: list[date]) -> list[Clue]:
    """The clues, the most telling first, that already leave the years that all of them leave."""
    left, chosen = days, []
    rest = sorted(found, key=lambda clue: sum(clue.allows(d) for d in days))
    while rest and len(left) > len(fitting):
        rest.sort(key=lambda clue: sum(clue.allows(d) for d in left))
        clue = rest.pop(0)
        chosen.append(clue)
        left = [d for d in left if clue.allows(d)]
    return chosen or found[:1]


def _listed(items: list[str], word: str = "and") -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}"

"""Datelines: where and when an article was filed, and by which agency.

``find`` returns the dateline of a text as a record with the offsets of the words it takes, in any
of the styles of the agencies in ``data/agencies.csv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from relwatch import tables
from relwatch.calendars import month_number, weekday_number

_WEEKDAY = r"(?i:mon|tues|wednes|thurs|fri|satur|sun)(?i:day)"
_MONTH = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
DATE = (
    rf"(?P<date>(?:(?P<weekday>{_WEEKDAY}),?\s)?(?:(?P<month>{_MONTH})\s(?P<day>{_DAY})"
    rf"|(?P<day2>{_DAY})\s(?P<month2>{_MONTH}))(?:,?\s(?P<year>{_YEAR}))?"
    rf"|(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])))\b\.?"
)
_UPPER = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /-](?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]*|[Aa]l-[A-Z]+|de|la|of)){0,4}"
_COUNTRY = (
    rf"(?:,\s(?!{_WEEKDAY}|{_MONTH})[A-Z][A-Za-z.'’-]+(?:\s[A-Z][A-Za-z.'’-]+){{0,2}}?"
    r"|\s\[[A-Z][A-Za-z ]+\])?"
)
_PLACE_UPPER = rf"(?P<place>{_UPPER}{_COUNTRY})"
_PLACE = rf"(?P<place>[A-ZÀ-Þ][\w.'’-]+(?:[ /-][A-ZÀ-Þ][\w.'’-]*){{0,3}}?{_COUNTRY})"
_DASH = r"(?:--|[-–—_:])"
_NO_PLACE = re.compile(
    rf"(?i:analysis|breaking|exclusive|update|opinion|editorial|interview|factbox|timeline|urgent|correct\w+"
    rf"|explainer|feature|focus|live|watch|video|note|by|question|answer|today|{_WEEKDAY}|{_MONTH})\b"
    r"|.*\b(?i:president|minist\w+|secretary|chancellor|premier|king|queen|prince|head|chief|deputy|spokes\w+"
    r"|ambassador|chair\w*|leader|general|adviser|advisor|envoy)\b"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline, or a line that is a date: ``start`` and ``end`` are offsets into the text."""

    start: int
    end: int
    place: str | None = None
    outlet: str | None = None
    date_text: str | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


@cache
def agencies() -> dict[str, str]:
    """What a dateline writes for an agency -> the agency's name."""
    return {mark: row["outlet"] for row in tables.rows("agencies.csv") for mark in tables.listed(row["marks"])}


@cache
def _styles() -> tuple[re.Pattern[str], ...]:
    known = "|".join(re.escape(mark) for mark in sorted(agencies(), key=len, reverse=True))
    return tuple(
        re.compile(pattern)
        for pattern in (
            # MOSCOW, April 30. /TASS/.
            rf"{_PLACE}[,.]?\s{DATE}[.,]?\s*/(?P<agency>[^/\n]{{2,30}})/[.:,]?\s*(?:{_DASH}\s*)?",
            # BEIJING, Oct. 3 (Xinhua) --   New Delhi [India], May 3 (ANI):
            rf"{_PLACE}[,.:]?\s{DATE}[,.]?\s*\((?P<agency>[^()\n]{{2,40}})\)\s?(?:{_DASH}{{1,2}}|(?=[\s,.]))[,.]?\s*",
            # WASHINGTON (Reuters) -
            rf"{_PLACE}[,.]?\s{{1,2}}\((?P<agency>{known})\)\s?(?:{_DASH}{{1,2}}|(?=\s))\s*",
            # KYIV. May 5. INTERFAX -   Tehran, 3 May, IRNA
            rf"{_PLACE}[,.]\s{DATE}[.,]?\s*(?:{_DASH}\s*)?(?P<agency>{known})\b[.,]?\s*(?:{_DASH}\s*)?",
            # BEIJING 1996-08-22
            rf"{_PLACE_UPPER},?\s{DATE}\s*(?=[\r\n]|\Z)",
            # LONDON, March 3 -
            rf"{_PLACE},\s{DATE}\s?{_DASH}{{1,2}}\s+",
            # CAIRO - 3 May 2021:
            rf"{_PLACE_UPPER}\s?{_DASH}{{1,2}}\s?{DATE}\s?{_DASH}{{1,2}}\s+",
            # (ANSA) - ROME, MAY 3 -
            rf"{_DASH}?\s?\((?P<agency>{known})\)\s?{_DASH}{{1,2}}\s+(?:{_PLACE_UPPER},\s{DATE}\s?{_DASH}{{1,2}}\s+)?",
            # AMMAN -
            rf"{_PLACE_UPPER}(?:\s?--|\s?[–—]|\s-)\s?(?=[\"“‘A-Z])",
            # Mogadishu, Somalia -
            r"(?P<place>[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}(?:,\s[A-Z][A-Za-z ]{2,25})?)"
            r"(?:\s--|\s?—|\s[-–])\s(?=[\"“‘A-Z])",
        )
    )


# A headline and the dateline in one line: only the style that cannot be prose.
_GLUED = re.compile(
    rf"(?<=\s){_PLACE_UPPER},\s{DATE}[.,]?\s*(?:\((?P<agency>[^()\n]{{2,40}})\)|/(?P<mark>[^/\n]{{2,30}})/)\s?[.,]?\s*(?:{_DASH}{{1,2}}\s*)?"
)
_DATE_LINE = re.compile(
    rf"(?:(?i:published|updated|posted|last updated|date)(?:\son|\sat)?:?\s)?{DATE}"
    r"(?:[\s,|–-]{1,4}(?:at\s)?\d{1,2}[:.]\d\d[^\n]{0,25})?\s*(?=[\r\n]|\s{2}|\Z)"
)


def at(text: str, start: int, end: int) -> Dateline | None:
    """The dateline with which the paragraph ``text[start:end]`` begins."""
    for style in _styles():
        match = style.match(text, start, end)
        if match and not _NO_PLACE.match(match.groupdict().get("place") or "(") and _is_plausible(match, end):
            return _made(match)
    return None


def _is_plausible(match: re.Match[str], end: int) -> bool:
    """Names alone before a dash need a long paragraph behind them to be a place."""
    groups = match.groupdict()
    if groups.get("agency") or groups.get("date"):
        return True
    return end - match.end() >= 60 and len((groups.get("place") or "").split()) <= 5


def glued(text: str, start: int, end: int) -> Dateline | None:
    """The dateline inside a line that begins with something else, a headline or a menu."""
    match = _GLUED.search(text, start, end)
    return _made(match) if match else None


def date_line(text: str, start: int, end: int) -> Dateline | None:
    """The line ``text[start:end]``, where it is nothing but a date with its year."""
    match = _DATE_LINE.match(text, start, end)
    return _made(match) if match and (match["year"] or match["iso"]) else None


def _made(match: re.Match[str]) -> Dateline:
    groups = {name: value for name, value in match.groupdict().items() if value}
    mark = groups.get("agency") or groups.get("mark")
    place = groups.get("place", "").split(",")[0].split("[")[0].strip(" .")
    day = month = year = None
    if "iso" in groups:
        year, month, day = (int(part) for part in groups["iso"].split("-"))
    elif "date" in groups:
        month = month_number(groups.get("month") or groups["month2"])
        day = int(re.sub(r"\D", "", groups.get("day") or groups["day2"]))
        year = int(groups["year"]) if "year" in groups else None
    return Dateline(
        start=match.start(),
        end=match.end(),
        place=(place.title() if place.isupper() else place) or None,
        outlet=agencies().get(mark.strip()) if mark else None,
        date_text=groups.get("date"),
        day=day,
        month=month,
        year=year,
        weekday=weekday_number(groups["weekday"]) if "weekday" in groups else None,
    )

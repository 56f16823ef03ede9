"""What stands where in an article: headline, dateline, furniture, and the prose that is left."""

from __future__ import annotations

import re
from dataclasses import dataclass

from relwatch.read import datelines
from relwatch.read.datelines import Dateline
from relwatch.read.furniture import Range, is_byline, line_ranges, merged, running_ranges
from relwatch.records import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_HEAD = 30  # lines among which the headline and the dateline are looked for
_LONGEST = 180  # characters of a headline
_ENDS = re.compile(r"""[.!…:;]["'”’)\]]*$""")


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of an article's text; offsets are into it.

    ``title`` is the headline where it stands in the text. ``furniture`` is sorted and does not
    overlap; neither the headline nor any prose is in it. ``place`` and ``outlet`` are the
    dateline's, as are the parts of its date: ``day``, ``month``, ``year`` and ``weekday`` (Monday
    is 0), each None where it is not given. ``lede_start`` is where the prose begins.
    """

    title: Span | None
    furniture: tuple[Span, ...]
    place: str | None
    outlet: str | None
    date_text: str | None
    day: int | None
    month: int | None
    year: int | None
    weekday: int | None
    lede_start: int


def layout(text: str) -> Layout:
    """The layout of an article's text."""
    lines = [_trimmed(text, m.start(), m.end()) for m in _LINE.finditer(text) if m.group().strip()]
    ranges = line_ranges(text, lines)
    head = [line for line in lines[:_HEAD] if line not in set(ranges)]
    dateline = _dateline(text, head)
    dated = _date_line(text, lines[:12])
    title = _headline(text, head, dateline, dated)
    ranges += running_ranges(text)
    for found in (dateline, dated):
        if found:
            ranges.append((found.start, found.end))
    ranges += _bylines(text, head, title, dateline)
    spans = [(a, b) for a, b in merged(ranges, text) if not (title and a < title[1] and title[0] < b)]
    when = _best_date(dateline, dated)
    return Layout(
        title=_span(text, title) if title else None,
        furniture=tuple(_span(text, r) for r in spans),
        place=dateline.place if dateline else None,
        outlet=dateline.outlet if dateline else None,
        date_text=when.date_text if when else None,
        day=when.day if when else None,
        month=when.month if when else None,
        year=when.year if when else None,
        weekday=when.weekday if when else None,
        lede_start=_lede(text, lines, spans, title, dateline),
    )


def _trimmed(text: str, start: int, end: int) -> Range:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _span(text: str, where: Range) -> Span:
    return Span(*where, text[where[0] : where[1]])


def _dateline(text: str, head: list[Range]) -> Dateline | None:
    """The first dateline among the lines of the head; one inside the first line is found last."""
    for start, end in head:
        found = datelines.at(text, start, end)
        if found:
            return found
    return datelines.glued(text, head[0][0], min(head[0][1], head[0][0] + 600)) if head else None


def _date_line(text: str, lines: list[Range]) -> Dateline | None:
    for start, end in lines:
        found = datelines.date_line(text, start, end)
        if found:
            return found
    return None


def _best_date(dateline: Dateline | None, dated: Dateline | None) -> Dateline | None:
    """The dateline's date unless only the line of its own has the year."""
    dates = [d for d in (dateline, dated) if d and d.day]
    return next((d for d in dates if d.year), dates[0] if dates else None)


def _headline(text: str, head: list[Range], dateline: Dateline | None, dated: Dateline | None) -> Range | None:
    """The first line, where a dateline follows it, or longer prose that it does not belong to."""
    prose = [r for r in head if not (dated and r[0] == dated.start)]
    if len(prose) < 2 or prose[0][1] - prose[0][0] > _LONGEST:
        return None
    first, body = prose[0], text[prose[0][0] : prose[0][1]]
    if dateline:
        return first if dateline.start > first[1] else None
    longer = prose[1][1] - prose[1][0] > first[1] - first[0] and _ENDS.search(text[slice(*prose[1])])
    return first if longer and not _ENDS.search(body) and not is_byline(body) and len(body.split()) >= 3 else None


def _bylines(text: str, head: list[Range], title: Range | None, dateline: Dateline | None) -> list[Range]:
    """Lines that name the writer: between headline and dateline, or above the first paragraph."""
    end = dateline.start if dateline else head[1][0] if len(head) > 1 else 0
    return [r for r in head[:6] if r != title and r[1] <= end and is_byline(text[slice(*r)])]


def _lede(text: str, lines: list[Range], spans: list[Range], title: Range | None, dateline: Dateline | None) -> int:
    at = max(dateline.end if dateline else 0, title[1] if title else 0, lines[0][0] if lines else 0)
    for start, end in spans:
        if (
            start <= at + (len(text[at:start]) - len(text[at:start].strip()))
            and end > at
            and not text[at:start].strip()
        ):
            at = end
    while at < len(text) and text[at].isspace():
        at += 1
    return at

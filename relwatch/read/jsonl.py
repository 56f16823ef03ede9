"""JSON lines: one article an object, with ``text`` and what else is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from relwatch.calendars import month_of

FIELDS = ("id", "title", "date", "outlet", "url", "text")


class Item(NamedTuple):
    """An article as a line gives it, or what is wrong with the line (``problem``: what; what to try)."""

    line: int
    text: str = ""
    id: str | None = None
    title: str | None = None
    date: date | None = None
    outlet: str | None = None
    url: str | None = None
    problem: str | None = None


def looks_like(text: str) -> bool:
    """Whether a text's first line is a JSON object."""
    first = next((line for line in text[:1_000_000].split("\n", 50) if line.strip()), "").strip()
    if not first.startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return '"text"' in first[:2000] or '"id"' in first[:200]


def items(text: str) -> Iterator[Item]:
    """The articles of JSON lines; a broken line gives an Item with a problem, and the rest goes on."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _item(number, line)


def _item(number: int, line: str) -> Item:
    try:
        found = json.loads(line)
    except ValueError as error:
        return Item(number, problem=f"is no JSON ({_first_words(error)}); write one object a line")
    except RecursionError:
        return Item(number, problem="is nested too deeply; write one flat object a line")
    if not isinstance(found, dict):
        return Item(number, problem='is no JSON object; write {"text": ...} on a line of its own')
    if not isinstance(found.get("text"), str):
        return Item(number, problem='has no "text"; give the article\'s text under that name')
    problem = None
    day = None
    try:
        day = _day(found.get("date"))
    except ValueError:
        problem = f"has a date that is none ({str(found['date'])[:30]!r}); write it as 2020-04-30"
    return Item(
        number,
        text=found["text"],
        id=_words(found.get("id")),
        title=_words(found.get("title")),
        date=day,
        outlet=_words(found.get("outlet")),
        url=_words(found.get("url")),
        problem=problem,
    )


def _first_words(error: ValueError) -> str:
    return str(error).split(":")[0].lower()


def _words(value: Any) -> str | None:
    """A value as text; None for null and for nothing at all."""
    return None if value is None or value == "" else str(value)


def _day(value: Any) -> date | None:
    """The day of an ISO date or time stamp; None for null and for a date without its day."""
    if value is None or value == "":
        return None
    text = str(value).strip()
    if len(text) == 4 and text.isdigit():
        return None
    if len(text) == 7 and text[4] == "-":
        month_of(int(text[:4]), int(text[5:]))
        return None
    return date.fromisoformat(text[:10])

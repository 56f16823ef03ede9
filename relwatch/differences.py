"""Where the reports of one encounter differ: the day, the place, the topics, whose initiative it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from relwatch.initiative import initiator
from relwatch.query import Row, name_words

Kind = Literal["date", "place", "topics", "initiative"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the reports give on one point: each value with the ids of the reports that give it, most first."""

    kind: Kind
    values: tuple[tuple[str, tuple[str, ...]], ...]

    def text(self) -> str:
        """The values with the numbers of their reports: "2020-04-09 (2), 2020-04-10 (1)"."""
        return ", ".join(f"{value} ({len(ids)})" for value, ids in self.values)


def differences(rows: Sequence[Row]) -> tuple[Difference, ...]:
    """The points on which reports of one encounter contradict one another; who is silent contradicts nobody."""
    if len(rows) == 1:
        return ()
    found = (
        _differ("date", _days(rows)),
        _differ("place", _places(rows)),
        _topics(rows),
        _differ("initiative", _asked(rows)),
    )
    return tuple(difference for difference in found if difference)


def initiative(rows: Iterable[Row]) -> dict[str, list[str]]:
    """The parties that reports name as having initiated it, each with the ids of those reports."""
    out: dict[str, list[str]] = {}
    for party, id_ in _asked(rows):
        out.setdefault(party, []).append(id_)
    return out


def _days(rows: Iterable[Row]) -> list[tuple[str, str]]:
    dated = [(row.event.date, row.event.id) for row in rows if row.event.date.precision == "day"]
    return [(span.start.isoformat(), id_) for span, id_ in dated if span.start and span.start == span.end]


def _places(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Places by the fullest name: "Geneva" and "Geneva, Switzerland" are one."""
    told = [(row.event.place, row.event.id) for row in rows if row.event.place]
    words = {place: name_words(place) for place, _ in told}
    full = {
        place: max((p for p in words if words[place] <= words[p]), key=lambda p: (len(words[p]), p)) for place in words
    }
    return [(full[place], id_) for place, id_ in told]


def _asked(rows: Iterable[Row]) -> list[tuple[str, str]]:
    return [(party, row.event.id) for row in rows if (party := initiator(row.event))]


def _differ(kind: Kind, told: list[tuple[str, str]]) -> Difference | None:
    by: dict[str, list[str]] = {}
    for value, id_ in told:
        by.setdefault(value, []).append(id_)
    if len(by) < 2:
        return None
    return Difference(kind, tuple((value, tuple(by[value])) for value in sorted(by, key=lambda v: (-len(by[v]), v))))


def _topics(rows: Iterable[Row]) -> Difference | None:
    """Topics where two reports that name some share none."""
    told = [(row.event.topics, row.event.id) for row in rows if row.event.topics]
    if all(set(x) & set(y) for x, _ in told for y, _ in told):
        return None
    return _differ("topics", [(topic, id_) for topics, id_ in told for topic in topics])

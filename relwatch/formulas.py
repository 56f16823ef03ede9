"""Stock phrases of diplomacy in a pair's dealings: who uses which, since when, and which have gone out of use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from relwatch import tables
from relwatch.query import Filters, Row, pair
from relwatch.sides import voice_of
from relwatch.store import Store

RECENT = timedelta(days=365)  # a phrase first heard within this time is new, one not heard for as long is gone
OFTEN = 3  # sentences, below which a phrase was never in use, or a side never heard


@dataclass(frozen=True, slots=True)
class Use:
    """One phrase in one side's words (``side`` is a party's id or "others").

    ``sentences`` and ``articles`` count where it stands. ``state`` is "new" when it was first heard in the last
    year of the pair's record, though the side was heard before; "gone" when it was in use and is not heard since a
    year before the record's end, though the side is; else "": of a side that is not read, no phrase comes or goes.
    ``event`` and ``sentence`` are the latest.
    """

    formula: str
    side: str
    sentences: int
    articles: int
    first: date
    last: date
    state: str
    event: str
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """The use as a plain object, dates in ISO form."""
        return asdict(self) | {"first": self.first.isoformat(), "last": self.last.isoformat()}


@cache
def _pattern() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """All phrases as one pattern, a group for each formula, and the formulas in the order of the groups."""
    rows = list(tables.rows("formulas.csv"))
    groups = ("|".join(re.escape(word).replace(r"\ ", r"\s+") for word in tables.listed(row["words"])) for row in rows)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(f"({group})" for group in groups) + ")", re.I)
    return pattern, tuple(row["formula"] for row in rows)


def found_in(text: str) -> frozenset[str]:
    """The formulas that a text uses."""
    pattern, names = _pattern()
    return frozenset(names[match.lastindex - 1] for match in pattern.finditer(text) if match.lastindex)


def formulas(store: Store, a: str, b: str, filters: Filters | None = None) -> list[Use]:
    """The phrases in the evidence of a pair, by side: ``a``'s, ``b``'s, others', each by formula.

    Whose words they are is as ``readouts`` tells it. A sentence that is evidence of several events counts once.
    """
    rows = [r for r in pair(store, a, b, replace(filters or Filters(), limit=None, reverse=False)) if r.day]
    if not rows:
        return []
    recent = (rows[-1].day or date.min) - RECENT
    used: dict[tuple[str, str], list[tuple[Row, str]]] = {}
    before: Counter[str] = Counter()  # sentences of each side
    since: Counter[str] = Counter()
    for row, text in _sentences(rows):
        side = {"a": a, "b": b}.get(voice_of(row, a, b), "others")
        (since if row.day and row.day > recent else before)[side] += 1
        for formula in found_in(text):
            used.setdefault((side, formula), []).append((row, text))
    sides = (a, b, "others")
    return [
        _use(formula, side, used[side, formula], recent, before[side] >= OFTEN, since[side] >= OFTEN)
        for side, formula in sorted(used, key=lambda key: (sides.index(key[0]), key[1]))
    ]


def _sentences(rows: list[Row]) -> Iterator[tuple[Row, str]]:
    """Every sentence of the evidence once, with the first event it is evidence of."""
    seen = set()
    for row in rows:
        for span in row.event.evidence:
            if (row.event.article, span.start) not in seen:
                seen.add((row.event.article, span.start))
                yield row, span.text


def _use(formula: str, side: str, found: list[tuple[Row, str]], recent: date, before: bool, since: bool) -> Use:
    """``before`` and ``since``: whether the side is heard of often enough until ``recent``, and after it."""
    days = [row.day for row, _ in found if row.day]
    first, last = days[0], days[-1]
    state = ""
    if first > recent and before:
        state = "new"
    elif last <= recent and since and len(found) >= OFTEN:
        state = "gone"
    row, sentence = found[-1]
    articles = len({row.event.article for row, _ in found})
    return Use(formula, side, len(found), articles, first, last, state, row.event.id, sentence)

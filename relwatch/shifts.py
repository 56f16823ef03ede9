"""Where the tone, the frequency or the topics of a pair changed, period by period.

Each period is held against the BEFORE periods before it. What is counted is encounters, so that a wire story
printed by many outlets is one. Three statistics, all of ranks or counts, because tones are five steps and no
measure, and one shrill report must not make a shift:

- tone: Cliff's delta, the share of pairs of statements (one of the period, one of those before) in which the
  later is warmer less the share in which it is colder, -1 to 1; a shift from DELTA on, when the rank test of
  Mann and Whitney, ties corrected, puts it beyond Z standard errors.
- frequency: the square root of the number of encounters, whose spread is that of a count whatever its size
  (about a half), less the median of those before, in units of their median deviation, at least a half. Where
  the store has read more elsewhere too, a rise must be one beyond that; where it has read less, a fall as well.
- topics: the share of encounters on a topic, now and before: at least double or half, and further apart than
  TOPIC_Z of their pooled standard errors.

Nothing is a shift that rests on fewer than LEAST encounters of fewer than ARTICLES articles.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import mean, median
from typing import Any

from relwatch.coverage import articles_by_period
from relwatch.directed import Statement, statements
from relwatch.merge import Encounter, merge
from relwatch.query import Filters, Row, pair
from relwatch.series import Period, period_of, periods_between
from relwatch.store import Store

BEFORE = 8  # periods that one is held against
DELTA, Z = 0.33, 3.5
TOPIC_Z, TOPIC_RATIO = 4.0, 2.0  # two dozen topics are tried in each period: chance has more tries
LEAST, ARTICLES = 8, 4
SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Shift:
    """One change. ``size`` is Cliff's delta for a tone, else the later figure over the earlier.

    ``before`` and ``after`` are mean tones (-2 to 2), encounters in a period, or shares (0 to 1); ``n_before``
    and ``n_after`` the encounters they rest on, ``articles`` those of the later period. ``events`` are the ids,
    ``sentences`` the words, of the reports that did it.
    """

    period: str
    what: str
    before: float
    after: float
    size: float | None
    n_before: int
    n_after: int
    articles: int
    events: tuple[str, ...]
    sentences: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The shift as a plain object."""
        return asdict(self)


def shifts(store: Store, a: str, b: str, filters: Filters | None = None, by: Period = "quarter") -> list[Shift]:
    """The shifts of a pair, by period; those of the filters' days, held against what was before them, too."""
    filters = filters or Filters()
    asked = replace(filters, since=None, limit=None, reverse=False)
    encounters = list(merge(pair(store, a, b, asked)))
    found = shifts_of(store, encounters, statements(encounters, a, b), (a, b), by)
    first = period_of(filters.since, by) if filters.since else ""
    return [shift for shift in found if shift.period >= first]


def shifts_of(
    store: Store, found: Iterable[Encounter], told_by: Iterable[Statement], both: tuple[str, str], by: Period
) -> list[Shift]:
    """The shifts among encounters, which come in the order of their days, and what ``both`` sides state in them."""
    a, b = both
    told = [e for e in found if e.best.day and e.best.event.status in ("actual", "planned")]
    days = [e.best.day for e in told if e.best.day]
    names = periods_between(days, by)
    if len(names) <= BEFORE:
        return []
    by_period: dict[str, list[Encounter]] = {name: [] for name in names}
    for encounter, day in zip(told, days, strict=True):
        by_period[period_of(day, by)].append(encounter)
    said: dict[str, list[Statement]] = {name: [] for name in names}
    for statement in told_by:
        if statement.day and (period := period_of(statement.day, by)) in said:
            said[period].append(statement)
    read = articles_by_period(store, days, by)
    elsewhere = {name: read[name] - _articles(by_period[name]) for name in names}
    last = max((name for name, articles in read.items() if articles), default="")
    out: list[Shift] = []
    for n, name in enumerate(names[BEFORE:], BEFORE):
        earlier = names[n - BEFORE : n]
        whole = name < last and read[name] > 0
        scale = _scale([elsewhere[before] for before in earlier], elsewhere[name])
        before = [encounter for one in earlier for encounter in by_period[one]]
        now = by_period[name]
        if _enough(before) and (_enough(now) or whole):
            for side, what in (("a", f"tone {a} > {b}"), ("b", f"tone {b} > {a}"), ("both", "tone of both")):
                old, new = ([s for one in of for s in said[one] if s.side == side] for of in (earlier, [name]))
                out += _tone(name, what, old, new)
            out += _frequency(name, [by_period[one] for one in earlier], now, whole, scale)
            out += _topics(name, before, now)
    return out


def _enough(found: Sequence[Encounter]) -> bool:
    return len(found) >= LEAST and _articles(found) >= ARTICLES


def _articles(found: Sequence[Encounter]) -> int:
    return len({row.event.article for e in found for row in e.reports})


def _tone(period: str, what: str, before: Sequence[Statement], now: Sequence[Statement]) -> Iterator[Shift]:
    if not all(len(said) >= LEAST and _articles_of(said) >= ARTICLES for said in (before, now)):
        return
    old, new = ([s.score for s in said] for said in (before, now))
    delta, z = rank_test(old, new)
    if abs(delta) >= DELTA and abs(z) >= Z:
        sign = 1 if delta > 0 else -1
        did = sorted((s.row for s in now), key=lambda r: (-sign * r.event.tone.score, -r.event.confidence, r.event.id))
        yield _shift(period, what, mean(old), mean(new), delta, (len(old), len(new), _articles_of(now)), did)


def _articles_of(said: Sequence[Statement]) -> int:
    return len({s.row.event.article for s in said})


def rank_test(old: Sequence[int], new: Sequence[int]) -> tuple[float, float]:
    """Cliff's delta of ``new`` over ``old`` and its distance from 0 in standard errors (Mann-Whitney, with ties)."""
    m, n = len(old), len(new)
    values = sorted({*old, *new})
    olds, news = [old.count(v) for v in values], [new.count(v) for v in values]
    above = sum(c * sum(olds[:i]) for i, c in enumerate(news))
    below = sum(c * sum(olds[i + 1 :]) for i, c in enumerate(news))
    ties = sum((t := x + y) ** 3 - t for x, y in zip(olds, news, strict=True))
    total = m + n
    variance = m * n / 12 * (total + 1 - ties / (total * (total - 1)))
    if not variance:
        return 0.0, 0.0
    return (above - below) / (m * n), (above - below) / 2 / math.sqrt(variance)


def _scale(before: Sequence[int], now: int) -> float:
    """How much more, or less, the store has read elsewhere than before; 1 where it reads of this pair alone."""
    usual = median(max(articles, 0) for articles in before)
    return max(now, 0) / usual if usual else math.inf if now > 0 else 1.0


def _frequency(
    period: str, earlier: Sequence[list[Encounter]], now: list[Encounter], whole: bool, scale: float
) -> Iterator[Shift]:
    """A rise, or a fall of a ``whole`` period: one that the store has not read to its end has too few anyhow.

    ``scale`` is what the store has read elsewhere, as a multiple of before: a rise must be one beyond it, and a
    fall not explained by it.
    """
    roots = [math.sqrt(len(one)) for one in earlier]
    middle = median(roots)
    spread = max(1.4826 * median(abs(root - middle) for root in roots), 0.5)
    before = [encounter for one in earlier for encounter in one]
    usual = median(len(one) for one in earlier)
    # Few before, of little that was read, are no measure of what much reading finds: at least their mean, or a half.
    expected = middle if scale <= 1 else math.sqrt(scale * max(usual, len(before) / BEFORE, 0.5))
    rise = math.sqrt(len(now)) - expected
    fall = middle * math.sqrt(min(scale, 1)) - math.sqrt(len(now))
    if rise / spread < Z and (fall / spread < Z or not whole):
        return
    if not _enough(now if rise > 0 else before):
        return
    did = sorted(now, key=lambda e: (-len(e.reports), e.best.event.id))
    sample, size = (len(before), len(now), _articles(now)), len(now) / usual if usual else None
    yield _shift(period, "frequency", usual, len(now), size, sample, [e.best for e in did])


def _topics(period: str, before: Sequence[Encounter], now: Sequence[Encounter]) -> Iterator[Shift]:
    if not (_enough(before) and _enough(now)):
        return
    old, new = (Counter(t for e in es for t in e.best.event.topics) for es in (before, now))
    for topic in sorted({*old, *new}):
        was, is_ = old[topic] / len(before), new[topic] / len(now)
        pooled = (old[topic] + new[topic]) / (len(before) + len(now))
        error = math.sqrt(pooled * (1 - pooled) * (1 / len(before) + 1 / len(now)))
        far = max(was, is_) >= TOPIC_RATIO * min(was, is_) and abs(is_ - was) >= TOPIC_Z * error
        if not (far and error):
            continue
        on_it = [e for e in (now if is_ > was else before) if topic in e.best.event.topics]
        if _enough(on_it):
            did = sorted(on_it, key=lambda e: (-len(e.reports), -e.best.event.confidence, e.best.event.id))
            yield _shift(
                period,
                f"topic {topic}",
                was,
                is_,
                is_ / was if was else None,
                (len(before), len(now), _articles(now)),
                [e.best for e in did],
            )


def _shift(
    period: str,
    what: str,
    before: float,
    after: float,
    size: float | None,
    sample: tuple[int, int, int],
    did: Sequence[Row],
) -> Shift:
    """``sample``: how many there were before and are now, and of how many articles."""
    best = [row.event for row in did[:SENTENCES]]
    return Shift(
        period=period,
        what=what,
        before=round(before, 3),
        after=round(after, 3),
        size=None if size is None else round(size, 3),
        n_before=sample[0],
        n_after=sample[1],
        articles=sample[2],
        events=tuple(event.id for event in best),
        sentences=tuple(event.evidence[0].text for event in best if event.evidence),
    )

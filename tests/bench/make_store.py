"""Make a store of synthetic events, for timing: make_store.py PATH [--events 100000] [--seed 1]

All countries occur, a few of them in most events, as in the news: about one event in fifty is between
Russia and the United States. Eight events to an article, 1987 to 2025. Ids are digests, as real ones: the events
of a pair lie all over the file.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from relwatch import storerows, tables
from relwatch.records import STATUSES, TOPICS, TYPES, Article, DateSpan, Event, Party, Span, Tone, Unresolved
from relwatch.store import Store, article_digest

NEWSWORTHY = (
    "USA",
    "CHN",
    "RUS",
    "GBR",
    "FRA",
    "DEU",
    "IRN",
    "ISR",
    "UKR",
    "IND",
    "JPN",
    "KOR",
    "PRK",
    "TUR",
)
OTHERS = sorted({row["iso3"] for row in tables.rows("countries.csv") if not row["valid_to"]} - set(NEWSWORTHY))
COUNTRIES = [*NEWSWORTHY, *OTHERS]
WEIGHTS = [1 / rank for rank in range(1, len(COUNTRIES) + 1)]  # as with words: the tenth, a tenth as often
MODES = ("phone", "visit", "meet", "multilateral", None)
OUTLETS = ("Agency One", "Agency Two", "The Example", "Daily Example", "Ministry of Examples")
PER_ARTICLE = 8
NAMES = 3  # in an article, that no table knows
FIRST, DAYS = date(1987, 1, 1), 14_000


def sentence(rng: random.Random, actor: str, other: str) -> str:
    """A sentence of the length sentences have."""
    words = " ".join(rng.choices(("talks", "said", "on", "the", "agreement", "which", "ministers"), k=20))
    return f"{actor} and {other} {words}."


def article(rng: random.Random, number: int, size: int) -> tuple[Article, list[Event]]:
    """An article of ``size`` sentences, an event in each."""
    published = FIRST + timedelta(days=rng.randrange(DAYS))
    pairs = [draw(rng) for _ in range(size)]
    sentences = [sentence(rng, a, b) for a, b in pairs]
    made = Article(
        id=f"synthetic-{number}",
        text=f"Article {number}. " + " ".join(sentences),
        title=f"Synthetic article {number}",
        outlet=rng.choice(OUTLETS),
        published=published,
        published_basis="given",
    )
    return made, [
        event(rng, made, hashlib.sha256(f"{number} {n}".encode()).hexdigest()[:10], pair, text)
        for n, (pair, text) in enumerate(zip(pairs, sentences, strict=True))
    ]


def draw(rng: random.Random) -> tuple[str, str]:
    """Two different countries."""
    a = b = rng.choices(COUNTRIES, WEIGHTS)[0]
    while a == b:
        b = rng.choices(COUNTRIES, WEIGHTS)[0]
    return a, b


def event(rng: random.Random, made: Article, id_: str, pair: tuple[str, str], text: str) -> Event:
    """An event of ``pair``, its evidence ``text``."""
    start = made.text.index(text)
    score = rng.choice((-2, -1, 0, 0, 0, 1, 2))
    type_ = rng.choice(TYPES)
    when = made.published or FIRST
    a, b = (Party(id_, f"Name{rng.randrange(20)} {id_.title()}" if rng.random() < 0.5 else None) for id_ in pair)
    mutual = type_ == "CONSULT"
    day = when - timedelta(days=rng.randrange(10))
    return Event(
        id=id_,
        article=made.id,
        type=type_,
        mode=rng.choice(MODES) if mutual else None,
        status=rng.choices(STATUSES, (80, 10, 5, 5))[0],
        actor=(a, b) if mutual else (a,),
        recipient=() if mutual else (b,),
        speaker=a if rng.random() < 0.5 else None,
        topics=tuple(rng.sample(TOPICS, rng.randrange(3))),
        tone=Tone(score, (Span(start, start + len(pair[0]), pair[0]),) if score else ()),
        date=DateSpan(day, day, "day") if rng.random() < 0.9 else DateSpan(),
        place=None,
        evidence=(Span(start, start + len(text), text),),
        confidence=0.5,
        frame="synthetic",
        trace=("synthetic",),
    )


def names(rng: random.Random, made: Article) -> list[Unresolved]:
    """Names of an article that no table knows: some are everywhere, most hardly anywhere."""
    out = []
    for start in sorted(rng.sample(range(len(made.text) - 20), NAMES)):
        name = f"Person {chr(65 + rng.randrange(26))}. {int(rng.paretovariate(0.7)) % 50_000}"
        party = rng.choice((None, *NEWSWORTHY))
        reason = "untabled" if party else "unknown"
        span = Span(0, len(made.text), made.text[:200])
        out.append(Unresolved(name, start, start + len(name), "minister" if party else None, party, reason, (), span))
    return out


def articles(rng: random.Random, events: int) -> Iterator[tuple[Article, list[Event]]]:
    """Articles with ``events`` events in all."""
    for number, done in enumerate(range(0, events, PER_ARTICLE)):
        yield article(rng, number, min(PER_ARTICLE, events - done))


def fill(store: Store, events: int, seed: int) -> None:
    """Fill the store in one transaction, past ``Store.add``, which checks and commits each article."""
    tables: dict[str, list[storerows.Row]] = defaultdict(list)
    for made, found in articles(random.Random(seed), events):
        digest = article_digest(made.text)
        tables["articles"].append(storerows.article_row(made, digest, "2026-01-01T00:00:00Z"))
        unknown = names(random.Random(made.id), made)
        tables["unresolved"] += [storerows.unresolved_row(one, made.id, n) for n, one in enumerate(unknown)]
        for position, one in enumerate(found):
            for table, rows in storerows.event_rows(one, position, made.published).items():
                tables[table] += rows
    store.connection.execute("PRAGMA cache_size = -1000000")  # 1 GB: ids are digests, every index is written all over
    store.connection.execute("BEGIN")
    for table, rows in tables.items():
        columns = ", ".join(rows[0])
        values = ", ".join(f":{column}" for column in rows[0])
        store.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)
    store.connection.execute("COMMIT")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.perf_counter()
    with Store.open(asked.path) as store:
        fill(store, asked.events, asked.seed)
        counts = store.counts()
    size = asked.path.stat().st_size / 1e6
    print(f"{counts['events']} events in {size:.0f} MB, {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()

"""What recognising copies costs an article: bench_stories.py [--articles 100000]

Adds articles of made-up words (as frequent as words are, one in three a copy of another with words changed and
its end cut), first to an empty index and then to one of so many articles, beside what coding them takes.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import deque
from datetime import date, timedelta
from pathlib import Path

from relwatch import duplicates, storerows
from relwatch.coder import code
from relwatch.read import article_of
from relwatch.records import Article
from relwatch.store import Store, article_digest

VOCABULARY = 20_000
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples"
FORM = "The parties exchanged views on a number of topical matters on the bilateral agenda and agreed to keep in touch."


def made(rng: random.Random, number: int, known: deque[list[str]]) -> Article:
    if known and rng.random() < 1 / 3:
        words = [w if rng.random() > 0.03 else f"w{rng.randrange(VOCABULARY)}" for w in rng.choice(known)]
        words = words[: rng.randrange(len(words) // 2, len(words) + 1)]
    else:
        words = [f"w{int(rng.paretovariate(0.6)) % VOCABULARY}" for _ in range(rng.randrange(150, 600))]
        known.append(words)
    text = " ".join(words) + ". " + (FORM if rng.random() < 0.2 else "")
    day = date(2022, 1, 1) + timedelta(days=number % 365)
    return Article(f"a{number}", text, outlet=f"Outlet {number % 40}", published=day, published_basis="given")


def entering(store: Store, articles: list[Article]) -> list[float]:
    """Seconds that each article took to be indexed and joined to its story; it is in the store then."""
    took = []
    with store._writing():
        for article in articles:
            row = storerows.article_row(article, article_digest(article.text), "")
            marks = ",".join("?" * len(row))
            store.connection.execute(f"INSERT INTO articles ({','.join(row)}) VALUES ({marks})", list(row.values()))
            start = time.perf_counter()
            duplicates.enter(store.connection, article)
            took.append(time.perf_counter() - start)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    arguments = parser.parse_args()
    samples = [article_of(path.read_text("utf-8")) for path in sorted(SAMPLE.glob("*.txt"))]
    for sample in samples:
        code(sample)
    start = time.perf_counter()
    for _ in range(3):
        for sample in samples:
            code(sample)
    coding = (time.perf_counter() - start) / 3 / sum(len(s.text) for s in samples) * 2500
    rng, known = random.Random(1), deque[list[str]](maxlen=200)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "s.db")) as store:
        for number, size in enumerate((0, arguments.articles)):
            others(store, rng, size)
            took = entering(store, [made(rng, n, known) for n in range(number * 500, number * 500 + 500)])
            mean, middle = statistics.mean(took), statistics.median(took)
            print(
                f"{size:7} others: {mean * 1000:.2f} ms an article (half of them under {middle * 1000:.2f}),"
                f" {mean / coding:.1%} of coding one of 2,500 characters ({coding * 1000:.0f} ms)"
            )
        print(f"the index of all: {store.path.stat().st_size / 1e6:.0f} MB")


def others(store: Store, rng: random.Random, number: int) -> None:
    """So many articles that are like no other, in the index."""
    rows = ((rng.getrandbits(56), 738_000 + n % 365, 10_000 + n) for n in range(number) for _ in range(24))
    with store._writing():
        store.connection.executemany("INSERT INTO sketches VALUES (?, ?, ?)", sorted(rows))


if __name__ == "__main__":
    main()

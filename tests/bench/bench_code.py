"""Time the coder beside plain spaCy: python tests/bench/bench_code.py [--runs 5] [--words 30000] [FILE ...]

The measure is words a second of reading and coding, as `relwatch code --jsonl` does it, against those of
spaCy with the same model, all its components as `spacy.load` gives them, over the same texts in
the same process, the two in turn so that a busy moment falls on both. Goals: at least as fast on
diplomatic text, 3 times as fast on mixed news, where most sentences need no parse.

Without files it takes ../shared/reading/unlabelled.jsonl, where there is one, else the sample articles;
official readouts and statements count as diplomatic, what newspapers and agencies print as mixed news.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from relwatch import segment, tables
from relwatch.coder import code
from relwatch.eventjson import event_to_json
from relwatch.read import article_of

ROOT = Path(__file__).parents[2]
UNLABELLED = ROOT.parent / "shared" / "reading" / "unlabelled.jsonl"
OFFICIAL = ("whitehouse", "presidents", "statedept")
GOALS = {"diplomatic": 1.0, "mixed news": 3.0, "given": 1.0, "samples": 1.0}
Document = dict[str, Any]


def collections(files: Sequence[Path]) -> dict[str, list[Document]]:
    """The texts to time, by kind."""
    if files:
        return {"given": [doc for file in files for doc in documents(file)]}
    if not UNLABELLED.exists():
        samples = sorted((tables.data_dir() / "samples").glob("*.txt"))
        return {"samples": [{"text": path.read_text(encoding="utf-8")} for path in samples]}
    docs = documents(UNLABELLED)
    return {
        "diplomatic": [d for d in docs if d["id"].startswith(OFFICIAL)],
        "mixed news": [d for d in docs if not d["id"].startswith(OFFICIAL)],
    }


def documents(path: Path) -> list[Document]:
    """The documents of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def some(docs: Sequence[Document], words: int) -> list[Document]:
    """Documents of about ``words`` words, taken evenly from all."""
    total = sum(len(d["text"].split()) for d in docs)
    step = max(1, total // words)
    return list(docs[::step])


def coded(docs: Sequence[Document]) -> int:
    """Read, code and write the documents; the number of events."""
    count = 0
    for doc in docs:
        day = doc.get("date") or ""
        when = date.fromisoformat(day) if len(day) == 10 else None
        article = article_of(doc["text"], title=doc.get("title"), metadata=when, outlet=doc.get("outlet"))
        for event in code(article):
            json.dumps(event_to_json(event, article), ensure_ascii=False)
            count += 1
    return count


def plain_spacy() -> Callable[[Sequence[Document]], int]:
    """spaCy's whole pipeline over the documents; the number of its tokens."""
    import spacy

    nlp = spacy.load(segment.pipeline(None).path)

    def run(docs: Sequence[Document]) -> int:
        return sum(len(doc) for doc in nlp.pipe(d["text"] for d in docs))

    return run


def seconds(run: Callable[[Sequence[Document]], int], docs: Sequence[Document]) -> float:
    began = time.perf_counter()
    run(docs)
    return time.perf_counter() - began


def compare(name: str, docs: Sequence[Document], spacy: Callable[[Sequence[Document]], int], runs: int) -> bool:
    """Time both in turn and print it; whether the goal is met."""
    words = sum(len(d["text"].split()) for d in docs)
    coded(docs[:3]), spacy(docs[:3])  # the first texts load tables and models
    pairs = [(seconds(coded, docs), seconds(spacy, docs)) for _ in range(runs)]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"{name}: {len(docs)} texts, {words} words, {coded(docs)} events")
    print(f"  relwatch {words / ours:7.0f} words/s")
    print(f"  spaCy    {words / theirs:7.0f} words/s")
    print(f"  ratio {ratio:.2f} (goal {GOALS[name]:.0f})")
    return ratio >= GOALS[name]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--words", type=int, default=30_000, help="words of each kind, about")
    asked = parser.parse_args()
    spacy = plain_spacy()
    met = [compare(name, some(docs, asked.words), spacy, asked.runs) for name, docs in collections(asked.files).items()]
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())

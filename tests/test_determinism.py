"""Same input, same output, byte for byte: over processes, hash seeds and the order of the articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from relwatch import tables

SEEDS = ("0", "1", "4242")


def articles() -> list[dict[str, str]]:
    """The sample articles, and one whose sentences come from the examples of the frames."""
    samples = sorted((tables.data_dir() / "samples").glob("*.txt"))
    made = [{"id": path.stem, "text": path.read_text(encoding="utf-8"), "outlet": "Sample Wire"} for path in samples]
    sentences = [row["sentence"] for row in tables.rows("frame_examples.csv")][::15]
    return [*made, {"id": "examples", "text": "\n\n".join(sentences), "date": "2019-05-02"}]


def coded(path: Path, seed: str) -> bytes:
    """What `relwatch code --jsonl` writes in a process of its own."""
    done = subprocess.run(
        (sys.executable, "-m", "relwatch", "code", str(path), "--jsonl"),
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def written(path: Path, items: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return coded(written(tmp_path_factory.mktemp("first") / "articles.jsonl", articles()), SEEDS[0])


def test_there_is_something_to_compare(first: bytes) -> None:
    assert first.count(b"\n") > 30


@pytest.mark.parametrize("seed", SEEDS[1:])
def test_every_process_says_the_same(first: bytes, seed: str, tmp_path: Path) -> None:
    assert coded(written(tmp_path / "articles.jsonl", articles()), seed) == first


def test_the_order_of_articles_does_not_matter(first: bytes, tmp_path: Path) -> None:
    turned = coded(written(tmp_path / "articles.jsonl", articles()[::-1]), SEEDS[0])
    assert sorted(turned.splitlines()) == sorted(first.splitlines())


def test_an_article_alone_is_coded_as_among_others(first: bytes, tmp_path: Path) -> None:
    (*_, last) = articles()
    alone = coded(written(tmp_path / "articles.jsonl", [last]), SEEDS[0])
    assert alone
    assert first.endswith(alone)


def test_ids_are_unique(first: bytes) -> None:
    ids = [json.loads(line)["id"] for line in first.splitlines()]
    assert len(set(ids)) == len(ids)

"""topics.csv is well formed, and every example sentence of topic_examples.csv gets its topics."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relwatch import phrases, tables, topics
from relwatch.records import TOPICS, TYPES

EXAMPLES = list(tables.rows("topic_examples.csv"))
ROWS = list(tables.rows("topics.csv"))


def names(sentence: str, type_: str = "CONSULT", mode: str | None = None, **more: object) -> list[str]:
    labels = topics.label(sentence, [(0, len(sentence))], type=type_, mode=mode, **more)  # type: ignore[arg-type]
    return [topic for topic, _ in labels]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["sentence"][:50])
def test_example(row: dict[str, str]) -> None:
    assert set(names(row["sentence"], row["type"], row["mode"] or None)) == set(tables.listed(row["topics"]))


def test_examples_cover_every_topic_and_none() -> None:
    shown = Counter(t for row in EXAMPLES for t in tables.listed(row["topics"]))
    assert set(shown) == set(TOPICS)
    assert sum(not row["topics"] for row in EXAMPLES) >= 20


def test_rows_are_sorted_unique_and_valid() -> None:
    keys = [(row["topic"], row["phrase"]) for row in ROWS]
    assert keys == sorted(set(keys))
    for row in ROWS:
        assert row["topic"] in (*TOPICS, topics.TRAP)
        assert row["kind"] in ("word", "phrase", "stem", "exact", "office")
        assert row["phrase"].endswith("*") == (row["kind"] == "stem")
        assert 0 < float(row["weight"]) <= 2
        assert row["kind"] == "exact" or row["phrase"] == row["phrase"].lower()


def test_defaults_name_real_types_and_topics() -> None:
    for row in tables.rows("topic_defaults.csv"):
        assert row["type"] in ("", *TYPES)
        assert row["topic"] in TOPICS
        assert row["when"] in ("", "alone")


def test_every_phrase_is_found_in_itself() -> None:
    book = phrases.PhraseBook((row["phrase"], row["kind"], row["phrase"]) for row in ROWS)
    for row in ROWS:
        text = row["phrase"].rstrip("*")
        found = [entry for match in book.find(text, phrases.words(text)) for entry in match.entries]
        assert row["phrase"] in found


def test_hyphen_plural_and_case() -> None:
    assert names("A cease-fire and CEASEFIRES were discussed.") == ["conflict"]
    assert names("They discussed military co-operation.") == names("They discussed military cooperation.")


def test_exact_spelling() -> None:
    assert names("They discussed AIDS.") == ["health"]
    assert "health" not in names("He aids his friend.")


def test_overlapping_spans_count_a_word_once() -> None:
    text = "They discussed oil in Vienna."
    once = topics.label(text, [(0, len(text))], type="CONSULT", mode=None)
    assert topics.label(text, [(0, len(text)), (5, 20)], type="CONSULT", mode=None) == once


def test_context_speaks_only_where_the_spans_are_silent() -> None:
    text = "They met in Oslo. The border dispute is old. Oil was discussed."
    met, border, oil = (0, 17), (18, 44), (45, 63)
    assert topics.label(text, [met], type="CONSULT", mode="meet") == ()
    with_context = topics.label(text, [met], type="CONSULT", mode="meet", context=[border])
    assert [t for t, _ in with_context] == ["territory"]
    spoken = topics.label(text, [oil], type="CONSULT", mode="meet", context=[border])
    assert [t for t, _ in spoken] == ["energy"]


def test_type_alone_shows_the_first_span() -> None:
    text = "Its troops attacked."
    assert topics.label(text, [(0, 20)], type="SANCTION", mode="discontinue")[0][0] == "sanctions"
    assert topics.label(text, [], type="SANCTION", mode="discontinue") == ()


def test_party_hints_at_a_topic_only_alone() -> None:
    text = "They held talks. They discussed oil."
    assert topics.label(text, [(0, 16)], type="CONSULT", mode=None, parties=["TALIBAN"]) == ()
    assert names("Oil was discussed.", parties=["TALIBAN"]) == ["energy"]


def test_telling_sentences() -> None:
    text = "They met. They discussed oil. Later he flew home."
    sentences = [(0, 9), (10, 29), (30, 49)]
    assert topics.telling(text, sentences) == [(10, 29)]
    assert topics.telling(text, []) == []


@given(st.text(max_size=200), st.sampled_from(TYPES))
def test_labels_lie_in_the_text(text: str, type_: str) -> None:
    found = topics.label(text, [(0, len(text))], type=type_, mode=None)
    assert len(found) <= 3
    for topic, span in found:
        assert topic in TOPICS
        assert text[span.start : span.end] == span.text

"""tone.csv is well formed, and every example sentence of tone_examples.csv has its tone."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relwatch import tables, tone
from relwatch.records import TYPES, Tone

EXAMPLES = list(tables.rows("tone_examples.csv"))
WORDS = (
    "the talks",
    "were",
    "not",
    "constructive",
    ",",
    "frank",
    "but",
    "warm",
    ".",
    "condemned",
    "no",
    "visit",
)
FACTS = ("AID", "ASSAULT", "COERCE", "COOPERATE", "MOBILIZE", "RETREAT", "SANCTION")


def stated(sentence: str, type_: str = "CONSULT", mode: str | None = None, base: int | None = None) -> Tone:
    return tone.stated(sentence, [(0, len(sentence))], type=type_, mode=mode, base=base)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["sentence"][:50])
def test_example(row: dict[str, str]) -> None:
    base = int(row["base"]) if row["base"] else None
    assert stated(row["sentence"], row["type"], row["mode"] or None, base).score == int(row["score"])


def test_examples_cover_every_type_and_score() -> None:
    assert {row["type"] for row in EXAMPLES} == set(TYPES)
    assert set(Counter(row["score"] for row in EXAMPLES)) == {"-2", "-1", "0", "1", "2"}


def test_rows_are_sorted_unique_and_valid() -> None:
    rows = list(tables.rows("tone.csv"))
    keys = [(row["phrase"], int(row["score"])) for row in rows]
    assert keys == sorted(set(keys))
    for row in rows:
        assert -2 <= int(row["score"]) <= 2
        assert row["kind"] in ("word", "phrase", "stem", "exact")
        assert set(tables.listed(row["applies"])) <= {*TYPES, "talks", "exchange", "positions"}


def test_cues_and_defaults_are_valid() -> None:
    for row in tables.rows("tone_cues.csv"):
        assert row["role"] in ("negation", "none", "contrast", "concession", "irrealis", "wish", "exchange")
    for row in tables.rows("tone_defaults.csv"):
        assert row["type"] in TYPES
        assert int(row["lowest"]) <= int(row["base"]) <= int(row["highest"])


@pytest.mark.parametrize("type_", FACTS)
def test_facts_have_no_tone(type_: str) -> None:
    assert stated("A brutal, historic, outstanding and friendly step.", type_) == Tone()


def test_tone_shows_its_words() -> None:
    found = stated("The talks were constructive and useful.")
    assert [p.text for p in found.phrases] == ["constructive", "useful"]


def test_trigger_is_shown_when_the_base_decides() -> None:
    text = "Paris seconded the proposal."
    found = tone.stated(text, [(0, len(text))], type="SUPPORT", mode=None, base=1, trigger=(6, 14))
    assert found.score == 1
    assert found.phrases[0].text == "seconded"


def test_no_span_no_tone() -> None:
    assert tone.stated("He condemned it.", [], type="ACCUSE", mode="disapprove") == Tone()


@pytest.mark.parametrize("mode", ["disapprove", "allege", "investigate", None])
def test_accusation_is_never_kind(mode: str | None) -> None:
    assert stated("He praised himself and accused his warm friend.", "ACCUSE", mode).score < 0


@given(
    st.lists(st.sampled_from(WORDS), min_size=1),
    st.sampled_from(TYPES),
    st.sampled_from([None, -2, -1, 0, 1, 2]),
)
def test_tone_other_than_neutral_has_phrases_in_the_spans(words: list[str], type_: str, base: int | None) -> None:
    text = " ".join(["x", *words, "y"])
    found = tone.stated(text, [(2, len(text) - 2)], type=type_, mode=None, base=base)
    assert (found.score != 0) == bool(found.phrases)
    for span in found.phrases:
        assert text[span.start : span.end] == span.text
        assert 2 <= span.start <= span.end <= len(text) - 2

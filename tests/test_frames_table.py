"""The tables of frames and of the words around them: well formed, sorted, and each row with its examples."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from relwatch import tables
from relwatch.records import STATUSES, TYPES

FRAMES = list(tables.rows("frames.csv"))
EXAMPLES = list(tables.rows("frame_examples.csv"))
ONTOLOGY = {(row["type"], row["mode"]) for row in tables.rows("ontology.csv")}
NAMED_SLOTS = frozenset(("subj", "obj", "iobj", "poss", "adj", "comp", "speaker", "if"))
# Slots that only a condition may ask about.
ASKED_SLOTS = NAMED_SLOTS | {"head", "ccomp", "compobj"}
BARE_NEEDS = frozenset(
    ("refuses", "comp", "ccomp", "nocomp", "noobj", "nopred", "inf", "infinitive", "finite", "future", "modal")
)
KINDS_OF_FILLER = frozenset(("party", "person", "many", "any", "force", "none", "org", "people"))
WORD = re.compile(r"[a-zéè][a-zéè'-]*")
EXPECTED = re.compile(
    r"(?P<type>[A-Z]+)(?:-(?P<mode>[a-z-]+))? (?P<actor>[A-Z0-9_+]+)(?:>(?P<recipient>[A-Z0-9_+]+))?"
    r"(?: \[(?P<status>[a-z]+)\])?"
)
# Types whose acts both sides do together; a mutual row lists them all as actors.
TOGETHER = frozenset(("CONSULT", "AGREE", "COOPERATE", "STATEMENT", "SUPPORT", "ASSAULT", "RETREAT"))


def is_slot(word: str, named: frozenset[str]) -> bool:
    """Whether a word names a slot: one of the named ones, or a preposition."""
    return word in named or WORD.fullmatch(word) is not None


def ids(rows: list[dict[str, str]]) -> list[str]:
    return [row["id"] for row in rows]


def test_ontology_lists_every_type_with_and_without_modes() -> None:
    assert {t for t, mode in ONTOLOGY if not mode} == set(TYPES)
    keys = [(row["type"], row["mode"]) for row in tables.rows("ontology.csv")]
    assert keys == sorted(set(keys))


def test_ontology_scores_run_from_conflict_to_cooperation() -> None:
    for row in tables.rows("ontology.csv"):
        assert row["source"]
        if row["type"] == "STATEMENT":
            assert {row["plover"], row["cameo"], row["goldstein"]} == {""}
        else:
            assert row["plover"].startswith(row["type"])
            assert -10 <= float(row["goldstein"]) <= 10


def test_frames_are_sorted_and_unique() -> None:
    assert ids(FRAMES) == sorted(set(ids(FRAMES)))


def test_frames_cover_every_type_from_several_rows() -> None:
    count = Counter(row["type"] for row in FRAMES)
    assert set(count) == set(TYPES)
    assert min(count.values()) >= 5, count


def test_frames_cover_every_mode() -> None:
    covered = {(row["type"], row["mode"]) for row in FRAMES}
    assert {key for key in ONTOLOGY if key[1]} <= covered


@pytest.mark.parametrize("row", FRAMES, ids=ids(FRAMES))
def test_frame_is_well_formed(row: dict[str, str]) -> None:
    assert (row["type"], row["mode"]) in ONTOLOGY
    assert row["pos"] in ("verb", "noun", "adj")
    assert row["id"].endswith({"verb": ".v", "noun": ".n", "adj": ".a"}[row["pos"]])
    assert row["mutual"] in ("yes", "no")
    assert row["speech"] in ("yes", "no")
    assert row["status"] in ("", *STATUSES)
    assert row["tone"] in ("", "-2", "-1", "0", "1", "2")
    assert row["default"] in ("", "counterpart")
    assert 0.3 <= float(row["confidence"]) <= 0.95
    if row["mutual"] == "yes":
        assert row["type"] in TOGETHER
    else:
        assert row["recipient"], "a directed act needs a slot for its addressee"


@pytest.mark.parametrize("row", FRAMES, ids=ids(FRAMES))
def test_frame_words_and_slots(row: dict[str, str]) -> None:
    triggers = tables.listed(row["trigger"])
    assert triggers
    assert len(triggers) == len(set(triggers))
    for trigger in triggers:
        assert all(WORD.fullmatch(word) for word in trigger.split()), trigger
    slots = tables.listed(row["actor"]) + tables.listed(row["recipient"])
    assert tables.listed(row["actor"])
    assert all(is_slot(slot, NAMED_SLOTS) for slot in slots)


@pytest.mark.parametrize("row", FRAMES, ids=ids(FRAMES))
def test_frame_conditions(row: dict[str, str]) -> None:
    for need in filter(None, (part.strip() for part in row["needs"].split(";"))):
        m = re.fullmatch(r"([a-z]+)(!=|=|:)(.+)", need)
        if m is None:
            assert need in BARE_NEEDS, need
            continue
        slot, op, values = m.groups()
        assert is_slot(slot, ASKED_SLOTS), need
        items = tables.listed(values)
        assert items
        assert len(items) == len(set(items)), need
        if op == ":":
            assert set(items) <= KINDS_OF_FILLER, need


def test_every_frame_has_an_example() -> None:
    shown = {row["frame"] for row in EXAMPLES if row["kind"] == "yes"}
    assert not set(ids(FRAMES)) - shown
    assert not {row["frame"] for row in EXAMPLES} - set(ids(FRAMES))


def test_counter_examples_are_many() -> None:
    guarded = {row["frame"] for row in EXAMPLES if row["kind"] == "no"}
    assert len(guarded) >= 150, len(guarded)


def test_examples_are_sorted_and_unique() -> None:
    keys = [(row["frame"], row["kind"] != "yes", row["sentence"]) for row in EXAMPLES]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("row", EXAMPLES, ids=[f"{r['frame']}-{n}" for n, r in enumerate(EXAMPLES)])
def test_example_is_well_formed(row: dict[str, str]) -> None:
    date.fromisoformat(row["date"])
    assert row["kind"] in ("yes", "no")
    assert row["sentence"].strip() == row["sentence"]
    assert row["sentence"][-1] in '.!?"', "a sentence of its own"
    events = [part.strip() for part in row["expect"].split(" ; ") if part.strip()]
    assert events or row["kind"] == "no"
    for event in events:
        m = EXPECTED.fullmatch(event)
        assert m, event
        assert (m["type"], m["mode"] or "") in ONTOLOGY
        assert (m["status"] or "actual") in STATUSES
        assert m["recipient"] or "+" in m["actor"]


def test_example_shows_its_frame() -> None:
    """A yes-row expects an event of its frame's type and mode (a visit may come from a place)."""
    of = {row["id"]: row for row in FRAMES}
    for row in EXAMPLES:
        if row["kind"] == "yes":
            assert of[row["frame"]]["type"] in row["expect"], row


@pytest.mark.parametrize(
    ("table", "key", "column", "allowed"),
    [
        ("governors.csv", ("word", "pos"), "kind", {"planned", "hypothetical", "negated", "transparent"}),
        ("light_verbs.csv", ("verb",), "subject_is", {"actor", "recipient"}),
        ("reporting.csv", ("verb",), "takes", {"that", "quote", "both", "obj"}),
    ],
)
def test_word_tables(table: str, key: tuple[str, ...], column: str, allowed: set[str]) -> None:
    rows = list(tables.rows(table))
    keys = [tuple(row[k] for k in key) for row in rows]
    assert keys == sorted(set(keys))
    assert {row[column] for row in rows} == allowed


def test_reporting_hints_are_types() -> None:
    for row in tables.rows("reporting.csv"):
        assert row["type_hint"] in ("", *TYPES)
        assert row["tone"] in ("", "-2", "-1", "0", "1", "2")

"""Why: every event is explained by its frame, words and rules; where there is none, by what was missing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relwatch.cli.main import main
from relwatch.coder import code
from relwatch.read import article_of
from relwatch.store import Store
from relwatch.why import MOST_MISSES, Explained, Report, Sentence, explain, sentences_of

DAY = "2019-05-02"


def report(text: str) -> Report:
    return explain(article_of(text, id="text", given=date.fromisoformat(DAY)))


def only(text: str) -> Explained:
    (explained,) = report(text).events
    return explained


def steps(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for step in only(text).steps:
        found.setdefault(step.kind, []).append(step.text)
    return found


def quiet(text: str) -> Sentence:
    told = report(text)
    assert not told.events
    (sentence,) = told.sentences
    return sentence


def test_the_frame_and_its_row() -> None:
    found = steps("Macron criticised Hungary over its media law.")
    assert found["frame"] == ["criticise.v: 'criticised' means ACCUSE disapprove (sentence 1)"]
    (row,) = found["row"]
    assert row.startswith("frames.csv:")
    assert "actor=subj" in row


def test_the_words_in_each_slot() -> None:
    found = steps("The French foreign minister was praised by Angela Merkel in Berlin.")
    assert found["actor"] == ["Angela Merkel (DEU): 'Angela Merkel', after 'by'"]
    assert found["recipient"][0].startswith("foreign minister (FRA): 'French foreign minister', ")


def test_a_pronoun_says_whom_it_stands_for() -> None:
    told = report("President Emmanuel Macron arrived in Rome. He criticised Hungary over the law.")
    (line,) = [s.text for e in told.events if e.event.type == "ACCUSE" for s in e.steps if s.kind == "actor"]
    assert line == "Emmanuel Macron (FRA): 'He', subject of 'criticised'; 'he'"


def test_status_words() -> None:
    assert steps("Merkel will visit Poland next week.")["status"] == ["planned: 'will'"]
    assert steps("Merkel did not meet Macron.")["status"] == ["negated: 'not'"]


def test_speaker_date_topic_and_tone_words() -> None:
    found = steps('"Hungary must drop the shameful media law," Macron said on Tuesday.')
    assert found["speaker"] == ["Macron (FRA): 'said'"]
    assert found["tone"] == ["critical (-1): 'shameful'"]
    held = steps("Merkel and Macron held useful talks on gas on Tuesday.")
    assert held["date"] == ["2019-04-30: 'Tuesday'"] or held["date"] == ["2019-04-30: 'on Tuesday'"]
    assert held["topics"] == ["energy: 'gas'"]
    assert held["tone"][0].startswith("constructive (1): 'useful")
    assert held["speaker"] == ["nobody: the article itself tells it"]


def test_a_rule_is_named_where_no_frame_is() -> None:
    told = report("Merkel said that relations with Poland were close.")
    kinds = {s.kind for e in told.events for s in e.steps}
    assert kinds & {"rule", "frame"}


def test_every_event_has_its_frame_among_its_steps() -> None:
    text = "Merkel met Macron on Monday. She thanked him for his help. France and Germany signed a treaty."
    told = report(text)
    assert len(told.events) >= 2
    for e in told.events:
        assert any(s.kind in ("frame", "rule") for s in e.steps)
        assert {"speaker", "date", "topics", "tone"} <= {s.kind for s in e.steps}


def test_explaining_changes_nothing() -> None:
    article = article_of("Merkel met Macron on Monday. She thanked him for his help.", id="text")
    assert tuple(e.event for e in explain(article).events) == code(article)


# -- where there is no event ---------------------------------------------------------------------


def test_a_missing_party() -> None:
    sentence = quiet("Macron criticised the film while in Germany.")
    nearest = sentence.misses[0]
    assert nearest.word == "'criticised'"
    assert nearest.frame == "criticise.v"
    assert nearest.row.startswith("frames.csv:")
    assert sentence.parties == ("FRA", "DEU")


def test_a_word_that_means_something_else() -> None:
    misses = quiet("Egypt met the deadline, Jordan did not.").misses
    assert any("its object is none of demand" in m.missing or "object" in m.missing for m in misses)


def test_one_party() -> None:
    assert "fewer than two parties" in quiet("Macron criticised the film.").note


def test_no_word() -> None:
    sentence = report("Macron criticised Hungary. Poland and Malta are green.").sentences[1]
    assert sentence.note
    assert sentence.misses == ()


def test_the_content_of_another_act() -> None:
    told = report("Macron accused Hungary of shelling Romania.")
    assert [e.event.type for e in told.events] == ["ACCUSE"]


def test_misses_are_few() -> None:
    text = "France met, called, told, urged, warned, praised, thanked, blamed and visited nobody in Peru."
    assert all(len(s.misses) <= MOST_MISSES + 3 for s in report(text).sentences)


def test_sentences_of_spans() -> None:
    told = report("Macron criticised Hungary. Nothing else happened.")
    assert [s.span.text for s in sentences_of(told, told.events[0].event.evidence)] == ["Macron criticised Hungary."]


@given(st.text(max_size=120))
def test_any_text_can_be_explained(text: str) -> None:
    told = explain(article_of(f"Merkel met Macron. {text}", id="text"))
    for sentence in told.sentences:
        assert told.article.text[sentence.span.start : sentence.span.end] == sentence.span.text


# -- the command ---------------------------------------------------------------------------------


def test_command_with_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "--text", "Macron criticised Hungary. Peru slept.", "--date", DAY]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert all(len(line) == 3 for line in lines)
    assert ["event", "ACCUSE disapprove FRA > HUN"] in [line[1:] for line in lines]
    assert ["sentence", "text", "Peru slept."] in lines


def test_command_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "--text", "Macron criticised Hungary. Peru slept.", "--date", DAY, "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    (event,) = out["events"]
    assert event["type"] == "ACCUSE"
    assert event["steps"][0]["kind"] == "frame"
    assert [s["text"] for s in out["sentences"]] == ["Macron criticised Hungary.", "Peru slept."]


def test_command_with_an_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "why.db"
    article = article_of("Macron criticised Hungary. Merkel met Orban.", id="stored", given=date.fromisoformat(DAY))
    with Store.open(db) as store:
        events = code(article)
        store.add(article, events)
    assert main(["why", events[0].id, "--db", str(db)]) == 0
    out = capsys.readouterr().out
    assert out.count("\tevent\t") == 1
    assert "criticise.v" in out


def test_an_event_that_is_coded_no_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "why.db"
    article = article_of("Macron criticised Hungary. Merkel met Orban.", id="stored", given=date.fromisoformat(DAY))
    first = code(article)[0]
    with Store.open(db) as store:
        store.add(article, [replace(first, id="0123456789")])
    assert main(["why", "0123456789", "--db", str(db)]) == 0
    out, err = capsys.readouterr()
    assert "no longer give event 0123456789" in err
    assert "criticise.v" in out


@pytest.mark.parametrize(
    "arguments", [["why"], ["why", "abc", "--text", "x"], ["why", "--text", " "], ["why", "abc", "--date", DAY]]
)
def test_calls_that_are_wrong(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("relwatch: ")

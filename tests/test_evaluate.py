"""Figures against a gold file: small ones worked out by hand, and those of score.py where it is at hand."""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from helpers import make_article, make_event

from relwatch import evaluate
from relwatch.cli.main import main
from relwatch.coder import code
from relwatch.errors import ReadError
from relwatch.evaluate import Gold, Result, compare
from relwatch.eventjson import event_to_json
from relwatch.read import articles
from relwatch.records import DateSpan, Event, Span, Tone

SHARED = Path(__file__).parents[2] / "shared"
ARTICLE = make_article("France met Spain. France blamed Spain. All is well.", id="doc")
FIRST, SECOND, THIRD = (Span(0, 17, ""), Span(18, 38, ""), Span(39, 51, ""))


def event(*actor: str, to: str | None = None, **fields: Any) -> Event:
    return make_event(ARTICLE, actor, (to,) if to else (), **fields)


def result(gold: list[Event], found: list[Event]) -> Result:
    return compare([Gold("doc", tuple(gold))], {"doc": found})


def document(**fields: Any) -> dict[str, Any]:
    coded = {
        "type": "ACCUSE", "mode": "disapprove", "status": "actual", "speaker": None, "topics": ["trade"],
        "tone": -1, "date": {"start": "2019-05-02", "end": "2019-05-02", "precision": "day"}, "evidence": [1],
        "actor": [{"party": "FRA", "name": None, "role": None}],
        "recipient": [{"party": "ESP", "name": None, "role": None}],
    }  # fmt: skip
    whole = {
        "id": "doc", "title": None, "date": "2019-05-02", "outlet": None, "url": None,
        "text": "Nothing was said in Oslo. France criticised Spain over trade on Thursday.",
        "sentences": [[0, 25], [26, 73]], "events": [coded],
    }  # fmt: skip
    return whole | fields


def written(path: Path, *docs: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(d) + "\n" for d in docs), encoding="utf-8")
    return path


# -- counting ------------------------------------------------------------------------------------


def test_the_same_events_score_fully() -> None:
    events = [event("FRA", "ESP"), event("FRA", to="ESP", tone=-1, type="ACCUSE")]
    figures = result(events, events).figures()
    for name in ("dyad", "directed", "dyad+type", "dyad+status", "consult"):
        assert figures[name]["f1"] == 1.0
    assert figures["tone"]["sign"] == figures["date"]["exact"] == figures["evidence"]["overlap"] == 1.0


def test_pairs_count_once_and_a_mutual_act_both_ways() -> None:
    figures = result([event("FRA", "ESP"), event("FRA", "ESP")], [event("ESP", to="FRA")]).figures()
    assert figures["dyad"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "n": 1}
    assert figures["directed"] == {"p": 1.0, "r": 0.5, "f1": 0.667, "n": 2}
    assert figures["dyad+type"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "n": 1}


def test_one_with_many_gives_no_pair_among_the_many() -> None:
    gold = make_event(ARTICLE, ("FRA",), ("ESP", "ITA"), type="COOPERATE")
    assert evaluate.pairs(gold) == {("ESP", "FRA"), ("FRA", "ITA")}


def test_status_and_channel_count() -> None:
    gold, found = event("FRA", "ESP", mode="visit"), event("FRA", "ESP", mode="meet", status="planned")
    figures = result([gold], [found]).figures()
    assert figures["dyad+type"]["f1"] == 1.0
    assert figures["dyad+status"]["f1"] == figures["consult"]["f1"] == 0.0


def test_persons_count_by_last_name_without_accents() -> None:
    gold = event("Pedro Sánchez Jr./ESP", "Macron/FRA")
    found = event("SANCHEZ/ESP", "FRA")
    assert result([gold], [found]).figures()["people"] == {"p": 1.0, "r": 0.5, "f1": 0.667, "n": 2}


def test_tone_counts_by_sign_and_size() -> None:
    gold = [event("FRA", to="ESP", type=t, tone=n) for t, n in (("ACCUSE", -2), ("AGREE", 0), ("SUPPORT", 2))]
    found = [event("FRA", to="ESP", type=t, tone=n) for t, n in (("ACCUSE", -1), ("AGREE", 1), ("SUPPORT", 2))]
    tone = result(gold, found).figures()["tone"]
    assert tone == {"sign": 0.667, "macro_f1": 0.556, "mae": 0.667, "n": 3}


def test_dates_count_where_the_gold_is_exact() -> None:
    gold = [event("FRA", "ESP", when="2019-05"), event("FRA", to="ESP", type="AGREE", when="2019-05-02")]
    found = [event("FRA", "ESP", when=None), event("FRA", to="ESP", type="AGREE", when="2019-05-03")]
    assert result(gold, found).figures()["date"] == {"exact": 0.0, "n": 1}


def test_events_match_by_evidence_first() -> None:
    gold = [event("FRA", "ESP", evidence=(FIRST,), topics=("trade",)), event("FRA", "ESP", evidence=(SECOND,))]
    found = [event("FRA", "ESP", evidence=(SECOND,)), event("FRA", "ESP", evidence=(FIRST,), topics=("trade",))]
    figures = result(gold, found).figures()
    assert figures["topics"]["f1"] == figures["evidence"]["overlap"] == 1.0


def test_quiet_articles() -> None:
    silent = compare([Gold("a", ()), Gold("b", ())], {"a": [event("FRA", "ESP")]})
    assert silent.figures()["quiet"] == {"share": 0.5, "n": 2}


def test_nothing_to_count_is_none() -> None:
    figures = compare([Gold("a", ())], {}).figures()
    assert figures["tone"]["sign"] is figures["date"]["exact"] is figures["evidence"]["overlap"] is None
    assert figures["dyad"]["f1"] == 0.0


def test_confusion_sets_leftovers_about_the_same_pair_against_each_other() -> None:
    gold = [event("FRA", "ESP"), event("FRA", to="ESP", type="ACCUSE"), event("ITA", to="ESP", type="AID")]
    found = [event("FRA", "ESP"), event("FRA", to="ESP", type="STATEMENT"), event("FRA", "DEU")]
    assert result(gold, found).confusions() == {
        "CONSULT": {"CONSULT": 1},
        "AID": {"none": 1},
        "ACCUSE": {"STATEMENT": 1},
        "none": {"CONSULT": 1},
    }


def test_differences_carry_their_event() -> None:
    gold, found = event("FRA", to="ESP", type="ACCUSE"), event("FRA", to="ITA", type="AID")
    differences = result([gold], [found]).differences
    assert [(d.kind, d.pair, d.type) for d in differences] == [
        ("missed", ("ESP", "FRA"), "ACCUSE"),
        ("extra", ("FRA", "ITA"), "AID"),
    ]
    assert differences[0].event is gold


# -- the file ------------------------------------------------------------------------------------


def test_gold_events_carry_their_sentences(tmp_path: Path) -> None:
    gold = evaluate.read_gold(written(tmp_path / "gold.jsonl", document()))
    (only,) = gold[0].events
    assert only.evidence[0].text == "France criticised Spain over trade on Thursday."
    assert only.tone == Tone(-1)
    assert only.date == DateSpan(only.date.start, only.date.end, "day")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": "x"}', "lacks 'events'"),
        ("[1]", "is no gold document"),
        ("{", "is no gold document"),
        (json.dumps(document(sentences=[])), "is no gold document"),
        ("", "is empty"),
    ],
)
def test_what_is_no_gold_file_is_said(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "gold.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(ReadError, match=complaint):
        evaluate.read_gold(tmp_path / "gold.jsonl")


def test_ids_are_unique(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="same id"):
        evaluate.read_gold(written(tmp_path / "gold.jsonl", document(), document()))


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "gold.jsonl", document(), document(id="quiet", events=[], text="All is well."))
    assert main(["evaluate", str(path), "--json", "--misses"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out["figures"]["docs"] == 2
    assert out["figures"]["dyad+type"]["f1"] == 1.0
    assert out["confusion"] == {"ACCUSE": {"ACCUSE": 1}}
    assert out["differences"] == []


def test_command_in_a_pipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missed = document()
    missed["events"][0] |= {"type": "THREATEN", "mode": None}
    assert main(["evaluate", str(written(tmp_path / "gold.jsonl", missed)), "--misses"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert all(len(line) == 5 for line in lines)
    assert ["figure", "dyad", "1.0", "f1", ""] in lines
    assert ["confusion", "THREATEN", "1", "ACCUSE", ""] in lines
    sentence = "France criticised Spain over trade on Thursday."
    assert ["missed", "doc", "ESP-FRA", "THREATEN", sentence] in lines
    assert ["extra", "doc", "ESP-FRA", "ACCUSE", sentence] in lines


def test_command_without_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl: cannot be read" in capsys.readouterr().err


# -- score.py, of which these figures are a retelling --------------------------------------------


@pytest.fixture(scope="module")
def score() -> ModuleType:
    path = SHARED / "tools" / "score.py"
    if not path.exists() or not (SHARED / "gold" / "dev.jsonl").exists():
        pytest.skip("score.py is not at hand")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_figures_are_those_of_score(score: ModuleType) -> None:
    path = SHARED / "gold" / "dev.jsonl"
    found = {a.id: (a, code(a)) for a in articles(path) if not isinstance(a, ReadError)}
    predicted = defaultdict(list)
    for id_, (article, events) in found.items():
        predicted[id_] += [json.loads(json.dumps(event_to_json(e, article))) for e in events]
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    figures, misses = score.score(gold, predicted)
    ours = compare(evaluate.read_gold(path), {id_: events for id_, (_, events) in found.items()})
    assert ours.figures() == figures
    assert [(d.kind, d.article, (d.pair, d.type)) for d in ours.differences] == misses

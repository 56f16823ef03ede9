"""Disagreements of reports on one encounter, and who initiated it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import make_article, make_event

from relwatch.cli.main import main
from relwatch.differences import differences, initiative
from relwatch.initiative import initiator
from relwatch.merge import merge
from relwatch.query import pair
from relwatch.records import Span
from relwatch.store import Store

BOTH = ("Olaf Scholz/DEU", "Vladimir Putin/RUS")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("At the initiative of the German side, Vladimir Putin had a conversation with Olaf Scholz.", "DEU"),
        ("Putin and Scholz spoke at Germany's initiative.", "DEU"),
        ("Putin and Scholz spoke on Friday at the Russian side’s request.", "RUS"),
        ("The call, initiated by Berlin, lasted an hour.", "DEU"),
        ("The talks were requested by the Kremlin.", "RUS"),
        ("Olaf Scholz called Vladimir Putin on Friday and demanded that he pull his troops out.", "DEU"),
        ("The chancellor, Olaf Scholz, phoned the Russian president, Vladimir Putin.", "DEU"),
        ("Vladimir Putin took a call from German Chancellor Olaf Scholz.", "DEU"),
        ("Vladimir Putin held a telephone conversation with Olaf Scholz, at the latter's request.", "DEU"),
        ("Olaf Scholz called for a ceasefire in a conversation with Vladimir Putin.", None),
        ("Olaf Scholz and Vladimir Putin spoke about the Black Sea grain initiative.", None),
        ("Olaf Scholz and Vladimir Putin spoke about China's peace initiative.", None),
        ("Olaf Scholz and Vladimir Putin spoke by phone; aides called it useful.", None),
    ],
)
def test_who_initiated_it(text: str, party: str | None) -> None:
    made = make_article(text)
    assert initiator(make_event(made, BOTH, evidence=(Span(0, len(text), text),))) == party


def add(store: Store, outlet: str, text: str, **told: object) -> str:
    made = make_article(text, outlet=outlet, published="2024-11-16")
    values = {"actor": BOTH, "when": "2024-11-15", "evidence": (Span(0, len(text), text),)} | told
    event = make_event(made, **values)  # type: ignore[arg-type]
    store.add(made, [event])
    return event.id


def test_reports_that_differ(store: Store) -> None:
    one = add(store, "kremlin.ru", "At the German side's initiative, Putin and Scholz spoke.", topics=("energy",))
    two = add(store, "Bild", "Vladimir Putin called Olaf Scholz, Bild writes.", topics=("conflict",), place="Berlin")
    add(store, "AFP", "Putin and Scholz spoke for an hour.", when="2024-11-14", place="Berlin, Germany")
    (found,) = merge(pair(store, "RUS", "DEU"))
    assert {d.kind: d.text() for d in differences(found.reports)} == {
        "date": "2024-11-15 (2), 2024-11-14 (1)",
        "topics": "conflict (1), energy (1)",
        "initiative": "DEU (1), RUS (1)",
    }
    assert initiative(found.reports) == {"DEU": [one], "RUS": [two]}


def test_reports_that_agree_or_are_silent(store: Store) -> None:
    add(store, "kremlin.ru", "At the German side's initiative, Putin and Scholz spoke.", topics=("energy", "trade"))
    add(store, "DPA", "Putin and Scholz spoke.", topics=("trade",))
    (found,) = merge(pair(store, "RUS", "DEU"))
    assert differences(found.reports) == ()
    assert list(initiative(found.reports)) == ["DEU"]


def test_they_are_shown(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    one = add(store, "kremlin.ru", "At the German side's initiative, Putin and Scholz spoke.")
    two = add(store, "Bild", "Vladimir Putin called Olaf Scholz, Bild writes.")
    place = ("--db", str(store.path))
    assert main(["timeline", "germany", "russia", "--json", *place]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["encounter"]["disagreements"]["initiative"] == {"DEU": [one], "RUS": [two]}
    assert set(told["encounter"]["disagreements"]) == {"initiative"}
    assert main(["show", one, "--json", *place]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert shown["id"] == one
    assert shown["encounter"] == told["encounter"]
    assert main(["show", one, *place]) == 0
    out = capsys.readouterr().out
    assert "initiative: DEU (1), RUS (1)" in out
    assert two in out

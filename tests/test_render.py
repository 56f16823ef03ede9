"""Rendering: hostile text is shown, not obeyed; formats keep their promises; evidence is on the screen."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import cli_support
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from relwatch.eventjson import event_to_json
from relwatch.records import Span
from relwatch.render import fields, formats, highlight
from relwatch.render.plain import count, published, short_id
from relwatch.render.sparkline import gauge, sparkline
from relwatch.render.terminal import console
from relwatch.render.text import defused, escaped_json, one_line, visible
from relwatch.render.timeline import print_events
from relwatch.timeline import TimelineRow

ROW = TimelineRow(
    date="2021-12-30",
    who="Vladimir Putin (RUS) → Joe Biden (USA)",
    what="THREATEN",
    topics=("arms_control",),
    tone="hostile",
    tone_words=("complete rupture",),
    status="",
    speaker="Yury Ushakov (RUS)",
    outlet="Sample Wire",
    title="",
    url="",
    id="5ed4b9692449",
    sentence="Putin warned [sic] \x1b[31mBiden\x1b[0m [bold]of[/bold] :smile: a rupture.",
)


def screen(width: int = 80) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, width=width, markup=False, emoji=False, highlight=False), out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("a\tb\r\nc", "a b␍\nc"),
        ("\x7f\x9b", "␡\\x9b"),
        ("a\u202eb", "a\\u202eb"),
        ("naïve — “quotes”", "naïve — “quotes”"),
        ("\ud800", "\\ud800"),
    ],
)
def test_control_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_one_line_is_one_line_without_control_characters(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in line)


@given(st.text())
def test_escaped_json_is_the_same_data(text: str) -> None:
    dumped = formats.dumps({"text": text})
    assert json.loads(dumped) == {"text": text}
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in dumped)


def test_escaped_json_keeps_letters() -> None:
    assert escaped_json('"Осло"') == '"Осло"'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_formulas_are_defused_on_request(text: str) -> None:
    assert defused(text) == "'" + text
    assert formats.cell(text, safe=True) == "'" + text
    assert formats.cell(text) == text


def test_numbers_are_no_formulas() -> None:
    assert formats.cell(-2, safe=True) == "-2"
    assert formats.cell(None) == ""
    assert formats.cell(["a", "b"]) == "a|b"


RECORDS = [{"a": 'x, "y"\tz\nw', "b": None}, {"a": "=1", "b": ["p", "q"]}]


def test_csv_reads_back() -> None:
    out = io.StringIO()
    formats.write_csv(RECORDS, ("a", "b"), dict, out, safe=True)
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert rows == [["a", "b"], ['x, "y" z w', ""], ["'=1", "p|q"]]


def test_tsv_is_one_line_a_record() -> None:
    out = io.StringIO()
    formats.write_tsv(RECORDS, ("a", "b"), dict, out)
    assert out.getvalue() == 'a\tb\nx, "y" z w\t\n=1\tp|q\n'


@pytest.mark.parametrize("records", [[], RECORDS])
def test_json_and_jsonl_read_back(records: list[dict[str, object]]) -> None:
    array, lines = io.StringIO(), io.StringIO()
    formats.write_json(records, array)
    formats.write_jsonl(records, lines)
    assert json.loads(array.getvalue()) == records
    assert [json.loads(line) for line in lines.getvalue().splitlines()] == records


def test_flat_event_has_every_documented_field() -> None:
    article = cli_support.article()
    flat = fields.event_flat(event_to_json(cli_support.events(article.text)[1], article))
    assert set(fields.EVENT_FIELDS) <= set(flat)
    assert (flat["tone"], flat["tone_words"]) == (-2, ["complete rupture"])
    assert flat["actor"] == ["RUS: Vladimir Putin, president"]
    assert flat["evidence"] == "Putin warned Biden of a complete rupture [sic]."


def test_sparkline_and_gauge() -> None:
    assert sparkline([-2, None, 0, 2, 9], -2, 2) == "▁·▅██"
    assert sparkline([], -2, 2) == ""
    assert (gauge(4, 4, 8), gauge(2, 4, 8), gauge(1, 400, 8), gauge(0, 4, 8)) == ("█" * 8, "█" * 4, "█", "")


def test_counts_and_dates_in_words() -> None:
    assert (count(0, "event"), count(1, "event"), count(2, "event")) == ("no events", "1 event", "2 events")
    assert published(cli_support.article()) == "2021-12-31 (dateline)"
    assert short_id("ministry-20210519") == "ministry-20210519"
    assert short_id("f" * 64) == "f" * 12


@pytest.mark.parametrize("width", [80, 100, 120])
def test_timeline_shows_the_evidence_and_takes_nothing_for_markup(width: int) -> None:
    to, out = screen(width)
    assert print_events([ROW], to) == 1
    shown = " ".join(out.getvalue().split())
    assert "“Putin warned [sic] ␛[31mBiden␛[0m [bold]of[/bold] :smile: a rupture.”" in shown
    for part in ("2021-12-30", ROW.who, "THREATEN", "hostile “complete rupture”", "arms control", ROW.id):
        assert part in shown
    assert "\x1b" not in shown
    assert all(len(line) <= width for line in out.getvalue().splitlines())


def test_console_takes_nothing_for_markup() -> None:
    out = io.StringIO()
    console(out).print("[sic] :smile:")
    assert out.getvalue() == "[sic] :smile:\n"


TEXT = "One.\n\nTwo is evidence. Two is not.\nThree.\nFour.\n"
START = TEXT.index("Two is evidence.")
EVIDENCE = [Span(START, START + 16, "Two is evidence.")]


def test_highlight_marks_lines_with_context() -> None:
    shown = highlight.lines(TEXT, EVIDENCE, 1)
    assert highlight.plain_text(shown) == "  One.\n> Two is evidence. Two is not.\n  Three.\n  …\n"
    assert len(highlight.lines(TEXT, EVIDENCE, None)) == 4
    assert highlight.lines(TEXT, EVIDENCE, 0)[0] is None


def test_highlight_styles_only_the_evidence() -> None:
    text = highlight.rich_text(highlight.lines(TEXT, EVIDENCE, 0), EVIDENCE, [Span(START + 7, START + 15, "evidence")])
    styled = {text.plain[s.start : s.end]: str(s.style) for s in text.spans}
    assert styled["Two is "] == highlight.EVIDENCE
    assert styled["evidence"] == highlight.PHRASE
    assert styled[" Two is not."] == "dim"


def test_inferred_date_says_why() -> None:
    from dataclasses import replace

    article = replace(
        cli_support.article(), published=date(2020, 4, 30), published_basis="inferred", published_why="Trump"
    )
    assert published(article) == "2020-04-30 (inferred: Trump)"
    assert published(replace(article, published=None)) == "undated"

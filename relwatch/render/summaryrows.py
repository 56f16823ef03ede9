"""The summary of a pair as flat rows: section, name, value, detail, event (the ids that a figure counts)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from relwatch.contacts import Contact, Count
from relwatch.render.plain import change_text, count, manners_text, side_name, silence_text
from relwatch.shifts import Shift
from relwatch.summary import Quotation, Side, Summary

Row = dict[str, Any]


def _row(section: str, name: str, value: object, detail: str = "", event: str | tuple[str, ...] = "") -> Row:
    return {"section": section, "name": name, "value": value, "detail": detail, "event": event}


def summary_rows(summary: Summary) -> Iterator[Row]:
    """Every figure of the summary, what it rests on first, then in the order of a screen."""
    yield from _basis(summary)
    yield _count("contacts", summary.contacts, "all")
    for name, contact in (("last", summary.last_contact), ("next planned", summary.next_contact)):
        if contact:
            yield _contact(name, contact)
    if summary.silence:
        yield _row("silence", "days", summary.silence.days, silence_text(summary.silence), summary.silence.event)
        yield _row("silence", "verdict", summary.silence.verdict)
    for plans in summary.plans:
        yield _count("plans", plans)
    for shift in summary.shifts:
        yield _shift(shift)
    for name, side in sides(summary):
        yield from _side(name, side)
    yield _row("score", "mean", summary.score_mean, f"of {count(summary.score_n, 'encounter')}")
    for point in summary.score:
        yield _row("score", point.period, point.mean, f"of {count(point.n, 'encounter')}")
    for channel in summary.channels:
        yield _count("channels", channel)
    for pair in summary.leaders:
        yield _row("leaders", f"{pair.a} - {pair.b}", pair.contacts, _reports(pair.reports), pair.events)
    for topic in summary.topics:
        yield _count("topics", topic)
    extremes = (("most positive", summary.most_positive), ("most negative", summary.most_negative))
    for name, quotation in extremes:
        if quotation:
            yield _quotation(name, quotation)
    for note in summary.notes:
        yield _row("note", "", "", note)


def _reports(reports: int) -> str:
    return f"in {count(reports, 'report')}"


def _count(section: str, counted: Count, name: str | None = None) -> Row:
    return _row(section, name or counted.name, counted.encounters, _reports(counted.reports), counted.events)


def _basis(summary: Summary) -> Iterator[Row]:
    basis = summary.basis
    yield _row("basis", "pair", f"{summary.a} {summary.b}")
    yield _row("basis", "period", f"{basis.first}..{basis.last}" if basis.first else "")
    yield _row("basis", "encounters", basis.encounters)
    yield _row("basis", "reports", basis.events, f"{basis.undated} undated")
    yield _row("basis", "articles", basis.articles)
    for status, n in basis.statuses.items():
        yield _row("status", status, n)
    for outlet, n in basis.outlets.items():
        yield _row("outlets", outlet, n)


def sides(summary: Summary) -> Iterator[tuple[str, Side]]:
    """The four sides of the tone by name."""
    for side, of in (
        ("a", summary.a_to_b), ("b", summary.b_to_a), ("both", summary.joint), ("others", summary.others),
    ):  # fmt: skip
        yield side_name(side, summary.a, summary.b), of


def _side(name: str, side: Side) -> Iterator[Row]:
    told = f"of {count(side.n, 'statement')}"
    yield _row(
        f"tone {name}", "mean", side.mean, f"{told}: {manners_text(side.manners)}" if side.n else told, side.events
    )
    for label, n in side.counts.items():
        yield _row(f"tone {name}", label, n)
    for point in side.series:
        yield _row(f"tone {name}", point.period, point.mean, f"of {count(point.n, 'statement')}")


def _shift(shift: Shift) -> Row:
    return _row("shift", f"{shift.period} {shift.what}", shift.size, change_text(shift), shift.events)


def _contact(name: str, contact: Contact) -> Row:
    parts = (contact.who, contact.mode, ", ".join(contact.life), f'"{contact.sentence}"')
    return _row("contact", name, contact.date, " ".join(part for part in parts if part), contact.event)


def _quotation(name: str, quotation: Quotation) -> Row:
    return _row("quotation", name, quotation.tone, f'{quotation.who}: "{quotation.sentence}"', quotation.event)

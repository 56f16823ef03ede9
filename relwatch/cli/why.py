"""``why``: what led to an event, or what was missing for one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.inputs import Given
from relwatch.cli.messages import complain
from relwatch.cli.options import Place, Tables, command
from relwatch.errors import UsageError
from relwatch.eventjson import event_to_json
from relwatch.render import formats

if TYPE_CHECKING:
    from relwatch.why import Explained, Report, Sentence


@command
def why(
    place: Place,
    tables: Tables,
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="An event's id, or its beginning.", show_default=False),
    ] = None,
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A sentence or more to code, instead of an event.")
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day of the text, e.g. 2020-04-30.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """\b
    Examples:
      relwatch why 3f2a91c0
      relwatch why --text "Putin urged Macron to call." --date 2022-03-03
      relwatch why --text "Paris lambasted Budapest." --json

    Show why an event is what it is: the row of frames.csv and the word that set it off, the words that
    name the parties and how these were understood, status, speaker, date, topics and tone. Where a
    sentence gives no event, show what was missing, the nearest first.

    The article of an event is coded anew, with the tables of today. In a pipe each step is one line of
    tab-separated fields: what, kind, text.
    """
    if (id_ is None) == (text is None):
        raise UsageError("give an event's id, or a text with --text")
    if text is not None:
        report = _of_text(text, date)
        events, sentences = report.events, report.sentences
    else:
        if date is not None:
            raise UsageError("--date goes with --text; an event's article has a date of its own")
        report, events, sentences = _of_event(place, str(id_))
    if as_json:
        sys.stdout.write(formats.dumps(_as_json(report, events, sentences), indent=1) + "\n")
        return
    from relwatch.render import explanation

    if sys.stdout.isatty():
        from relwatch.render.terminal import console

        explanation.print_report(report.article, events, sentences, console())
    else:
        for cells in explanation.lines(report.article, events, sentences):
            typer.echo("\t".join(formats.cell(c) for c in cells))


def _of_text(text: str, date: str | None) -> Report:
    from relwatch.read import article_of
    from relwatch.why import explain

    if not text.strip():
        raise UsageError('--text is empty; give a sentence: --text "Putin called Trump."')
    return explain(article_of(text, given=Given(date=date).published()))


def _of_event(place: Place, id_: str) -> tuple[Report, tuple[Explained, ...], tuple[Sentence, ...]]:
    """The report on an event's article and the event; its sentences where it is not coded any more."""
    from relwatch.store import Store
    from relwatch.why import explain, sentences_of

    with Store.open(place.path, readonly=True) as store:
        event = store.event(id_)
        article = store.article(event.article)
    report = explain(article)
    found = tuple(e for e in report.events if e.event.id == event.id)
    if found:
        return report, found, ()
    complain(f"the tables of today no longer give event {event.id}; this is what its sentences give now")
    sentences = sentences_of(report, event.evidence)
    spans = {s.span for s in sentences}
    return report, tuple(e for e in report.events if spans & set(e.event.evidence)), sentences


def _as_json(report: Report, events: tuple[Explained, ...], sentences: tuple[Sentence, ...]) -> dict[str, Any]:
    from relwatch.why import to_json

    return {
        "events": [
            {
                **event_to_json(e.event, report.article),
                "frame": e.event.frame,
                "steps": [{"kind": s.kind, "text": s.text} for s in e.steps],
            }
            for e in events
        ],
        "sentences": [to_json(s) for s in sentences],
    }

"""``evaluate``: the program's events against a hand-coded file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relwatch.cli.inputs import Given, Inputs
from relwatch.cli.options import Tables, command
from relwatch.render import formats

if TYPE_CHECKING:
    from relwatch.evaluate import Difference, Result


@command
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A file of hand-coded articles.", show_default=False)],
    tables: Tables,
    misses: Annotated[
        bool, typer.Option("--misses", help="List what was missed and what is extra, with its sentence.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """\b
    Examples:
      relwatch evaluate gold.jsonl
      relwatch evaluate gold.jsonl --misses
      relwatch evaluate gold.jsonl --json

    Code the articles of a gold file and compare the events with those of the file: precision, recall and
    F1 of pairs, types, statuses, channels, people and topics; tone, date, speaker and evidence of the
    events that both have; and what type was taken for what.

    In a pipe each line is a figure, a confusion or a difference, in tab-separated fields: section, name,
    value, detail, sentence. data/README.md describes the file.
    """
    from relwatch import evaluate as evaluation

    documents = evaluation.read_gold(gold)
    inputs = Inputs([str(gold)], Given())
    found = {article.id: events for article, events in inputs.coded()}
    result = evaluation.compare(documents, found)
    if as_json:
        sys.stdout.write(formats.dumps(_as_json(result, misses), indent=1) + "\n")
    elif sys.stdout.isatty():
        from relwatch.render.evaluation import print_evaluation
        from relwatch.render.terminal import console

        print_evaluation(result, misses, console())
    else:
        rows = list(_lines(result, misses))
        formats.write_tsv(rows, FIELDS, dict, sys.stdout, header=False)
    inputs.finish()


FIELDS = ("section", "name", "value", "detail", "sentence")


def _lines(result: Result, misses: bool) -> Iterator[dict[str, Any]]:
    """The lines of a pipe."""
    for name, value in result.figures().items():
        parts = value.items() if isinstance(value, dict) else [("n", value)]
        for part, number in parts:
            yield dict(zip(FIELDS, ("figure", name, number, part, None), strict=True))
    for gold, row in result.confusions().items():
        for found, number in row.items():
            yield dict(zip(FIELDS, ("confusion", gold, number, found, None), strict=True))
    for d in result.differences if misses else ():
        cells = (d.kind, d.article, "-".join(d.pair), d.type, d.event.evidence[0].text)
        yield dict(zip(FIELDS, cells, strict=True))


def _as_json(result: Result, misses: bool) -> dict[str, Any]:
    out: dict[str, Any] = {"figures": result.figures(), "confusion": result.confusions()}
    if misses:
        out["differences"] = [_difference(d) for d in result.differences]
    return out


def _difference(d: Difference) -> dict[str, Any]:
    from relwatch.check import notation

    return {
        "kind": d.kind,
        "article": d.article,
        "pair": list(d.pair),
        "type": d.type,
        "event": notation(d.event),
        "sentence": d.event.evidence[0].text,
    }

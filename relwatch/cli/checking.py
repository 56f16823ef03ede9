"""``check``: whether the tables still code their own examples."""

from __future__ import annotations

import typer

from relwatch.cli.messages import complain
from relwatch.cli.options import command
from relwatch.render.formats import cell
from relwatch.render.plain import count


@command
def check() -> None:
    """\b
    Examples:
      relwatch check

    Code every example of the tables, and show those that do not give what their row expects.

    Each is one line of tab-separated fields: frame, problem, expected, found, sentence. The exit status is
    1 if there is one.
    """
    from relwatch.check import outcomes

    number = wrong = 0
    for outcome in outcomes():
        number += 1
        if outcome.problem:
            wrong += 1
            parts = (outcome.frame, outcome.problem, outcome.expect, outcome.got, outcome.sentence)
            typer.echo("\t".join(cell(part) for part in parts))
    complain(f"{count(number, 'example')}, {count(wrong, 'problem')}")
    if wrong:
        raise typer.Exit(1)

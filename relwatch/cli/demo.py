"""``demo``: the program at work on sample articles, in a store that is thrown away."""

from __future__ import annotations

from pathlib import Path

import typer

from relwatch.cli.inputs import Given, Inputs
from relwatch.cli.looking import list_summary, list_timeline
from relwatch.cli.options import Output, command
from relwatch.errors import TableError

PAIR = ("RUS", "USA")
OUTLET = "Sample Wire"  # of no agency: the samples are ours


def samples() -> list[str]:
    """The paths of the sample articles that come with the program. Raises TableError when there are none."""
    from relwatch.tables import data_dir

    found = sorted(str(path) for path in (data_dir() / "samples").glob("*.txt"))
    if not found:
        raise TableError("the sample articles are missing; install relwatch again")
    return found


@command
def demo() -> None:
    """\b
    Examples:
      relwatch demo
      relwatch demo | less

    See the program work: add the sample articles that come with it to a store that is thrown away
    afterwards, and print a timeline and a summary of Russia and the United States.
    """
    import tempfile

    from relwatch.query import Filters
    from relwatch.render.plain import count, published
    from relwatch.store import Store

    with (
        tempfile.TemporaryDirectory(prefix="relwatch-") as folder,
        Store.open(Path(folder, "demo.db")) as store,
    ):
        inputs = Inputs(samples(), Given(outlet=OUTLET))
        typer.echo(f"$ relwatch add data/samples/*.txt --outlet '{OUTLET}'")
        for article, events in inputs.taken(store, dry_run=False):
            found = count(len(events or ()), "event")
            typer.echo(f"{article.title}\n  {article.outlet}, {published(article)}: {found}")
        typer.echo("\n$ relwatch timeline russia us")
        list_timeline(store, *PAIR, Filters(), Output())
        typer.echo("\n$ relwatch summary russia us")
        list_summary(store, *PAIR, Filters(), None, Output())
    inputs.finish()

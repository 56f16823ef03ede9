"""``check``: the tables and their examples."""

from __future__ import annotations

import typer

from relwatch.cli.messages import complain
from relwatch.cli.options import Tables, command
from relwatch.render.text import one_line


@command
def check(tables: Tables) -> None:
    """\b
    Examples:
      relwatch check
      relwatch check --tables my-tables
      RELWATCH_TABLES=my-tables relwatch code article.txt

    Check the tables of words and names, and run their examples: ours, and those of a folder of yours.

    Each problem is one line: FILE:LINE: what is wrong; what to try. The exit status is then 1. Tables of yours
    are those of --tables, else of the folder that RELWATCH_TABLES names, else of relwatch-tables beside the
    store. data/README.md tells how to write tables.
    """
    found = _problems()
    if found:
        complain(f"{found} problem{'' if found == 1 else 's'}")
        raise typer.Exit(1)
    from relwatch.check import example_count

    complain(f"the tables are sound, and their {example_count()} examples come out as they say")


def _problems() -> int:
    """Print the problems; how many. The examples are run only on sound tables."""
    from relwatch import tablecheck

    count = 0
    for problem in tablecheck.table_problems():
        typer.echo(one_line(str(problem)))
        count += 1
    if not count:
        from relwatch.check import example_problems

        for problem in example_problems():
            typer.echo(one_line(str(problem)))
            count += 1
    return count

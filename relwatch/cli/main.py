"""The program: its commands, and how a run ends (0 done, 1 something failed, 2 the call was wrong)."""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from relwatch import __version__
from relwatch.cli import (
    accounts,
    adding,
    check,
    demo,
    evaluate,
    learn,
    looking,
    planned,
    recode,
    removing,
    searching,
    shifting,
    showing,
    toning,
    unknown,
    watching,
    who,
    why,
)
from relwatch.cli.messages import complain
from relwatch.errors import RelwatchError

app = typer.Typer(
    name="relwatch",
    help="""\b
Examples:
  relwatch demo                      see it work, on sample articles
  relwatch add article.txt           read an article into the store
  relwatch timeline russia us        who dealt with whom, when, how
  relwatch summary russia us         what it adds up to

Track diplomatic relations: who talked with whom, how, about what and in what tone, each line backed by
the sentence that says so.""",
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _function, _short in (
    (demo.demo, "See it work, on sample articles."),
    (adding.add, "Read articles into the store."),
    (watching.watch, "Read articles as they appear in a folder."),
    (adding.code, "Code articles without a store."),
    (looking.timeline, "The events of a pair, oldest first."),
    (looking.summary, "What the events of a pair add up to."),
    (toning.tone, "What each says of the other, period by period."),
    (accounts.readouts, "The two sides' accounts of one contact."),
    (planned.planned, "Planned contacts past their date without a report."),
    (shifting.shifts, "Where tone, frequency or topics of a pair changed."),
    (shifting.formulas, "Stock phrases of diplomacy, by side and time."),
    (searching.search, "Events and articles that hold certain words."),
    (searching.matrix, "Who talks with whom in a group, and how warmly."),
    (unknown.unknown, "Names in the articles that the tables do not know."),
    (learn.learn, "Teach a person's office, or another name."),
    (who.who, "Offices and terms of a person or country."),
    (recode.recode, "Code stored articles again, and say what changed."),
    (showing.show, "An event or article, its evidence highlighted."),
    (showing.articles, "The articles in the store."),
    (removing.remove, "Take an article out of the store."),
    (why.why, "What led to an event, or what was missing for one."),
    (check.check, "Check the tables and run their examples."),
    (evaluate.evaluate, "The program's events against a hand-coded file."),
    (showing.path, "Where the store is."),
):
    app.command(short_help=_short)(_function)

# typer's own "the call was wrong" and its base, under whatever name this version of typer keeps them.
_CALL_ERROR: type[Exception] = typer.BadParameter.__mro__[2]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"relwatch {__version__}")
        raise typer.Exit()


@app.callback()
def _program(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _call_error(error: Exception) -> str:
    """typer's complaint as one line that names the help to read."""
    message = " ".join(error.format_message().split()).rstrip(".")  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    name = context.command_path if context else "relwatch"
    return f"{message}; see `{name} --help`"


def main(arguments: list[str] | None = None) -> int:
    """Run the program on ``arguments`` (default: the process's own); its exit status."""
    gc.set_threshold(100_000, 50, 50)  # a run makes many records and few cycles: a tenth faster
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a lone surrogate in an article must not end the program
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    try:
        status = app(args=arguments, prog_name="relwatch", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except RelwatchError as error:
        complain(str(error))
        return error.status
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except _CALL_ERROR as error:
        complain(_call_error(error))
        return 2


def run() -> None:
    """The console script."""
    sys.exit(main())

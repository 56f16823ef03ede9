"""``learn``: people and names of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from relwatch.cli.choices import chosen, completer
from relwatch.cli.countries import complete, party
from relwatch.cli.listing import Listing, Rows, write
from relwatch.cli.messages import complain
from relwatch.cli.options import Output, Place, Tables, command
from relwatch.errors import UsageError
from relwatch.render import fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relwatch.learn import Taught

_KINDS = ("country", "adjective", "people", "capital", "metonym", "org")


@command
def learn(
    place: Place,
    tables: Tables,
    output: Output,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="The name to learn, as articles write it.", show_default=False),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="COUNTRY", help="A person: whose office.", autocompletion=complete),
    ] = None,
    office: Annotated[str | None, typer.Option(metavar="TITLE", help="A person: the office.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day, month or year.")] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="The last; without it, still in office.")
    ] = None,
    gender: Annotated[str | None, typer.Option(metavar="m|f", help="A person: for he and she.")] = None,
    alias: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A person: another spelling.")] = None,
    means: Annotated[
        str | None, typer.Option(metavar="NAME|COUNTRY", help="Another name: of whom.", autocompletion=complete)
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="KIND", help=f"Another name: {', '.join(_KINDS)}.", autocompletion=completer(_KINDS)
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List what you have taught.")] = False,
    forget: Annotated[str | None, typer.Option(metavar="NAME", help="Take back what you taught of a name.")] = None,
) -> None:
    """\b
    Examples:
      relwatch learn "Jane Roe" --of france --office "Deputy Foreign Minister" --from 2026-01-15
      relwatch learn "Sergei Lavrov" --of russia --office "Foreign Minister" --to 2026-05-01
      relwatch learn "Serguei Lavrov" --means "Sergei Lavrov"
      relwatch learn Blighty --means uk
      relwatch learn --list
      relwatch learn --forget Blighty

    Teach a person's office, or another name of a person, country or organisation. What you teach is written
    to tables of your own (`relwatch path --tables`), wins over the tables that come with relwatch, and counts
    for what is coded from then on; `relwatch recode` codes the stored articles again.

    In a pipe --list prints each row as one line of tab-separated fields: kind, name, means, detail, start, end,
    path, line.
    """
    person = (of, office, start, end, gender)
    if list_ or forget is not None:
        if name is not None or means is not None or any(person) or (list_ and forget is not None):
            raise UsageError(f"{'--list' if list_ else '--forget'} goes alone")
        _list(output) if list_ else _forget(str(forget))
        return
    if name is None:
        raise UsageError('name somebody or something: relwatch learn "Serguei Lavrov" --means "Sergei Lavrov"')
    if means is not None and any((*person, alias)):
        raise UsageError("--means gives another name; --of, --office, --from and --to a person: give one or the other")
    if means is not None:
        _name(name, means, kind)
        return
    if of is None or office is None:
        raise UsageError("a person needs --of and --office, another name --means")
    _person(name, of, office, (start, end), gender, tuple(alias or ()))


def _name(name: str, means: str, kind: str | None) -> None:
    from relwatch import learn as learning

    (as_,) = chosen([kind], _KINDS, "kind of name") if kind is not None else (None,)
    typer.echo(learning.name(" ".join(name.split()), means, as_))


def _person(
    name: str, of: str, office: str, dates: tuple[str | None, str | None], gender: str | None, aliases: tuple[str, ...]
) -> None:
    from relwatch import learn as learning

    if gender not in (None, "m", "f"):
        raise UsageError(f"--gender {gender!r} is neither m nor f")
    new = learning.Person(
        name=" ".join(name.split()),
        party=party(of),
        office=" ".join(office.split()),
        start=_date(dates[0], "--from"),
        end=_date(dates[1], "--to"),
        gender=gender,
        aliases=tuple(" ".join(a.split()) for a in aliases),
    )
    typer.echo(learning.person(new))
    for other in learning.others_in_office(new):
        end = f'relwatch learn "{other}" --of {new.party} --office "{new.office}" --to DATE'
        complain(f"{other} is still in that office; if it is one for one person, end the term with: {end}")


def _date(text: str | None, option: str) -> str | None:
    """A date as tables write it: a month and a year stay what they are. Raises UsageError."""
    if text is None:
        return None
    from datetime import date

    from relwatch.cli.periods import period

    first, last = period(text, date.today())
    if first == last:
        return first.isoformat()
    if text.strip() in (str(first)[:4], str(first)[:7]):
        return text.strip()
    raise UsageError(f"{option} {text!r} is no day, month or year; write it as 2026-01-15, 2026-01 or 2026")


def _forget(name: str) -> None:
    from relwatch import learn as learning

    for sentence in learning.forget(name):
        typer.echo(f"forgotten: {sentence}")


def _list(output: Output) -> None:
    from relwatch import learn as learning

    found = learning.taught()

    def table() -> int:
        return _print(found)

    rows = Rows(lambda: (one.to_json() for one in found), fields.TAUGHT_FIELDS)
    empty = 'you have taught nothing yet; begin with: relwatch learn "Serguei Lavrov" --means "Sergei Lavrov"'
    write(Listing(rows, table, empty=lambda: complain(empty)), output)


def _print(found: Sequence[Taught]) -> int:
    from relwatch.render.terminal import console
    from relwatch.render.who import print_taught

    return print_taught(found, console())

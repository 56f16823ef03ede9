"""``remove``: take an article out of the store."""

from __future__ import annotations

from typing import Annotated

import typer

from relwatch.cli.options import Place, command
from relwatch.render.plain import count


@command
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Articles' ids, or their beginnings.")],
    place: Place,
) -> None:
    """\b
    Examples:
      relwatch remove 3f2a91c0

    Remove articles with their events from the store.
    """
    from relwatch.store import Store

    with Store.open(place.path) as store:
        for id_ in ids:
            article = store.article(id_)
            events = store.remove(article.id)
            typer.echo(f"removed {article.id} with {count(events, 'event')}")

"""``watch``: articles go into the store as their files appear in a folder."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer

from relwatch.cli.adding import as_json, report
from relwatch.cli.inputs import Gathering, Given, Inputs, Labour
from relwatch.cli.messages import complain
from relwatch.cli.options import Place, Tables, command
from relwatch.errors import UsageError


@command
def watch(
    folders: Annotated[list[str], typer.Argument(metavar="FOLDER", help="Folders; what is inside them counts too.")],
    given: Given,
    place: Place,
    tables: Tables,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line, an article each.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what went wrong.")] = False,
) -> None:
    """\b
    Examples:
      relwatch watch clippings/
      relwatch watch ~/Downloads/wire --outlet Reuters --quiet

    Add what is in a folder, then each new file as it appears, until Ctrl-C.

    A file is read when it has not changed for a second, and again when it changes. Hidden files and those that
    can hold no article are passed over, as by add. What cannot be read is reported, and watching goes on; the
    exit status is then 1 in the end.
    """
    from relwatch.store import Store

    for folder in folders:
        if not os.path.isdir(folder):
            raise UsageError(f"{folder!r} is no folder; make it first, or give a file to: relwatch add")
    inputs = Inputs(folders, given, Gathering(), Labour(jobs=1))  # workers would wait for more before they answer
    inputs.paths = _arriving(folders)
    with Store.open(place.path) as store, _stopped_by_signals():
        if not quiet:
            complain(f"watching {', '.join(folders)}; stop with Ctrl-C")
        try:
            for article, events in inputs.taken(store, dry_run=False, most=0, metered=False):
                if as_jsonl:
                    sys.stdout.write(json.dumps(as_json(article, events, False), ensure_ascii=False) + "\n")
                elif not quiet:
                    report(article, events, False, store.carried(article))
                sys.stdout.flush()
        except KeyboardInterrupt:
            if not quiet:
                complain(inputs.tally(False))
    inputs.finish()


def _arriving(folders: list[str]) -> Iterator[str]:
    from relwatch.read.arrivals import arrivals

    try:
        yield from arrivals(folders)
    except OSError as error:
        raise UsageError(f"{', '.join(folders)}: cannot be watched ({error}); check the permissions") from error


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let what ends a service end the watch as Ctrl-C does: the article in hand is in the store or not at all."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

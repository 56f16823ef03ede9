"""What goes to standard error: one line a message."""

from __future__ import annotations

import typer

from relwatch.render.text import one_line


def complain(message: str) -> None:
    """Print ``relwatch: message`` on one line."""
    typer.echo(f"relwatch: {one_line(message)}", err=True)

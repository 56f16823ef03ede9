"""Country arguments: any name, adjective, ISO code or capital; a near miss suggests."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from relwatch.errors import UsageError


def party(text: str) -> str:
    """The id of the country or organisation that ``text`` names. Raises UsageError on none and on several."""
    from relwatch import gazetteer, partywords

    found = partywords.parties(text)
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(f"{gazetteer.party_name(id_)} ({id_})" for id_ in found)
        raise UsageError(f"{text!r} could be {names}; give the code")
    near = partywords.suggest(text)
    hint = f"did you mean {' or '.join(near)}?" if near else "give a name, an adjective, an ISO code or a capital"
    raise UsageError(f"no country or organisation {text!r}; {hint}")


def complete(incomplete: str) -> list[str]:
    """The countries that begin as typed, as one word each: ``united-states``."""
    from relwatch import gazetteer, partywords

    typed = incomplete.lower()
    names = (gazetteer.plain(c.name).lower().replace(" ", "-") for c in gazetteer.countries().values())
    return sorted(name for name in names if name.startswith(typed) and partywords.parties(name))


def _argument(metavar: str, help_: str) -> Any:
    return typer.Argument(metavar=metavar, help=help_, autocompletion=complete, show_default=False)


SideA = Annotated[str, _argument("A", "A country or organisation: a name, adjective, ISO code or capital.")]
SideB = Annotated[str, _argument("B", "The other side.")]
MaybeSideB = Annotated[str | None, _argument("B", "The other side; without it, everybody.")]

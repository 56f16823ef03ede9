"""Arguments that take one of known values: a near miss suggests, and ends the call with status 2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from relwatch.errors import UsageError


def chosen(given: Iterable[str], known: Sequence[str], kind: str) -> tuple[str, ...]:
    """The values of ``known`` that ``given`` names, in any case, several in one joined by commas.

    Raises UsageError, which names what comes near and what there is.
    """
    by_name = {value.lower(): value for value in known}
    out: list[str] = []
    for text in (part.strip() for item in given for part in item.split(",")):
        key = text.lower().replace("-", "_").replace(" ", "_")
        if key not in by_name:
            near = [by_name[name] for name in get_close_matches(key, by_name, 3, 0.6)]
            hint = f"did you mean {' or '.join(near)}? (known: " if near else "give one of ("
            raise UsageError(f"no {kind} {text!r}; {hint}{', '.join(known)})")
        out.append(by_name[key])
    return tuple(dict.fromkeys(out))


def completer(known: Sequence[str]) -> Callable[[str], list[str]]:
    """A typer completion: the values of ``known`` that begin as typed, in the case typed."""

    def complete(incomplete: str) -> list[str]:
        values = known if incomplete.isupper() else [value.lower() for value in known]
        return [value for value in values if value.startswith(incomplete)]

    return complete

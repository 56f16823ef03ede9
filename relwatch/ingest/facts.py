"""What coding depends on, in short: two that have the same facts say the same of an article."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from relwatch import __version__, tables
from relwatch.segment import MODELS

Facts = dict[str, str]


def facts() -> Facts:
    """The version of the program (``relwatch``), a digest of all ``tables``, the user's own included, the ``model``."""
    digest = hashlib.sha256()
    for folder in (tables.data_dir(), tables.user_dir()):
        for path in sorted(folder.glob("*.csv")) if folder else ():
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return {"relwatch": __version__, "tables": digest.hexdigest()[:16], "model": _model()}


@cache
def here() -> Facts:
    """``facts``, found out once in a process."""
    return facts()


def _model() -> str:
    for name in MODELS:
        try:
            return f"{name} {version(name.replace('_', '-'))}"
        except PackageNotFoundError:
            continue
    return ""


def difference(theirs: Facts, ours: Facts) -> str | None:
    """How two differ, for a user: ``other tables (1f2e, here 9a8b)``; None where they are the same."""
    found = [
        f"another {name} ({theirs.get(name) or 'unknown'}, here {ours[name]})"
        for name in ours
        if theirs.get(name) != ours[name]
    ]
    return " and ".join(found).replace("another tables", "other tables") or None

"""README.md says what is so: commands, sessions, fields, rooms and links. `.ci/run` runs its installation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import readme_session
import typer

from relwatch.cli.main import app
from relwatch.records import TOPICS, TYPES
from relwatch.render import fields

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.M | re.S)


def test_the_first_command_installs_and_runs_the_main_job() -> None:
    assert SHELL[0] == "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/relwatch demo\n"


def test_the_second_command_runs_the_tests() -> None:
    assert SHELL[1] == ("python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/python -m pytest\n")


def test_the_sessions_are_what_the_program_prints() -> None:
    assert readme_session.with_output(PAGE) == PAGE, "write them anew with: python tests/readme_session.py"


def test_every_command_is_named() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        assert f"| `relwatch {name}" in PAGE
        assert command.short_help
    named = set(re.findall(r"relwatch ([a-z]+)\b", " ".join(re.findall(r"`([^`\n]+)`", PAGE))))
    assert named <= set(commands)


def test_every_option_that_is_named_exists() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    known = {option for c in commands.values() for p in c.params for option in p.opts}
    known |= {"--help", "--install-completion"}
    prose = re.sub(r"^```sh\n.*?^```$", "", PAGE, flags=re.M | re.S)
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", prose)) <= known


@pytest.mark.parametrize("name", ["EVENT_FIELDS", "TIMELINE_FIELDS", "ARTICLE_FIELDS", "SUMMARY_FIELDS"])
def test_fields_are_listed_in_order(name: str) -> None:
    assert ", ".join(f"`{field}`" for field in getattr(fields, name)) + " |" in PAGE


def test_types_and_topics_are_listed() -> None:
    assert ", ".join(f"`{topic}`" for topic in TOPICS) in PAGE
    assert all(type_ in PAGE for type_ in TYPES)


def test_the_map_has_every_room() -> None:
    package = ROOT / "relwatch"
    rooms = {p.name for p in package.glob("*.py")} | {f"{p.name}/" for p in package.iterdir() if p.is_dir()}
    missing = {room for room in rooms if not room.startswith("__") and f"`{room}`" not in PAGE} - {"data/"}
    assert not missing, f"rooms that README.md's map leaves out: {sorted(missing)}"
    for room in re.findall(r"`([a-z_]+\.py)`", PAGE):
        assert (package / room).exists(), f"README.md names {room}, which is gone"


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", PAGE):
        assert (ROOT / target).exists(), target

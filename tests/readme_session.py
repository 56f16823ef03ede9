"""Run the commands of README.md's console blocks and write what they print: python tests/readme_session.py

The commands run in order, in a store that is thrown away, on a terminal of 80 columns without colour.
``tests/test_readme.py`` fails while the page and the program differ; this script mends the page.
"""

from __future__ import annotations

import glob
import io
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.M | re.S)
PROMPT = "$ relwatch "


class Screen(io.StringIO):
    """Standard output that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


def output(command: str) -> str:
    """What ``relwatch COMMAND`` prints on a terminal, without spaces at the ends of lines."""
    from relwatch.cli.main import main

    words = [path for word in shlex.split(command) for path in (sorted(glob.glob(word, root_dir=ROOT)) or [word])]
    with patch("sys.stdout", Screen()) as screen, patch("sys.stderr", screen):
        main(words)
    return "".join(line.rstrip() + "\n" for line in screen.getvalue().rstrip().splitlines())


def with_output(page: str) -> str:
    """The page with the present output under each command of its console blocks."""

    def run(match: re.Match[str]) -> str:
        commands = [line for line in match[1].splitlines() if line.startswith(PROMPT)]
        return "\n".join(f"{line}\n{output(line.removeprefix(PROMPT))}" for line in commands)

    with tempfile.TemporaryDirectory() as folder:
        terminal = {"RELWATCH_DB": str(Path(folder, "store.db")), "COLUMNS": "80", "TERM": "dumb"}
        here = os.getcwd()
        os.chdir(ROOT)
        try:
            with patch.dict(os.environ, terminal):
                os.environ.pop("RELWATCH_TABLES", None)  # those that a session teaches are beside its store
                return BLOCK.sub(run, page)
        finally:
            os.chdir(here)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    README.write_text(with_output(README.read_text(encoding="utf-8")), encoding="utf-8")

"""The program as a process: what it loads, how it behaves on a terminal, in a pipe, when it is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cli_support
import pytest

from relwatch.store import Store

PROGRAM = [sys.executable, "-m", "relwatch"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("process") / "store.db"
    with Store.open(path) as opened:
        for n in range(200):
            article = cli_support.article(cli_support.TEXT + f"{n}\n", f"a{n}")
            opened.add(article, cli_support.events(article.text, article.id))
    return path


def environment(store: Path, **more: str) -> dict[str, str]:
    unset = ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
    return {k: v for k, v in os.environ.items() if k not in unset} | {"RELWATCH_DB": str(store)} | more


def on_terminal(store: Path, *arguments: str, **more: str) -> str:
    """What the program writes to a terminal of 80 columns."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    env = environment(store, **({"TERM": "xterm-256color", "COLUMNS": "80"} | more))
    process = subprocess.Popen([*PROGRAM, *arguments], stdout=theirs, stderr=theirs, stdin=theirs, env=env)
    os.close(theirs)
    out = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        out += piece
    os.close(ours)
    assert process.wait(30) == 0
    return out.decode("utf-8")


@pytest.mark.parametrize("command", ["timeline", "summary"])
def test_questions_to_the_store_load_nothing_heavy(store: Path, command: str) -> None:
    code = (
        "import sys; from relwatch.cli.main import main; "
        f"main(['{command}', 'russia', 'us']); "
        "heavy = {'spacy', 'numpy', 'thinc', 'sqlite_utils', 'rich', 'relwatch.coder', 'relwatch.segment'}; "
        "sys.exit(' '.join(heavy & set(sys.modules)) or None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(store), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Putin and Biden" in done.stdout


def test_a_terminal_gets_colour_and_the_evidence(store: Path) -> None:
    out = on_terminal(store, "timeline", "russia", "us", "--limit", "4")
    assert "\x1b[" in out
    assert "Putin warned Biden of a complete rupture [sic]." in out
    assert "Outlet" not in out
    assert "Contacts" in on_terminal(store, "summary", "russia", "us")


def test_no_color_is_honoured(store: Path) -> None:
    out = on_terminal(store, "timeline", "russia", "us", "--tone", "hostile", "--limit", "1", NO_COLOR="1")
    assert "\x1b[31" not in out
    assert "\x1b[1;31" not in out
    assert "\x1b[" not in on_terminal(store, "timeline", "russia", "us", "--limit", "1", TERM="dumb")


def test_a_closed_pipe_is_quiet(store: Path) -> None:
    pipe = subprocess.Popen(
        [*PROGRAM, "timeline", "russia", "us", "--json"],
        env=environment(store),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert pipe.stdout is not None
    assert pipe.stderr is not None
    pipe.stdout.read(10)
    pipe.stdout.close()
    assert pipe.stderr.read() == b""
    assert pipe.wait(30) == 0
    pipe.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_interrupt_ends_with_130_and_no_traceback(store: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "code", "-"], env=environment(store), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(1.0)  # until it waits for its input
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_countries_and_commands_complete(store: Path) -> None:
    def completions(words: str) -> str:
        env = environment(
            store,
            _RELWATCH_COMPLETE="complete_bash",
            COMP_WORDS=words,
            COMP_CWORD=str(len(words.split()) - 1),
        )
        done = subprocess.run([*PROGRAM], env=env, capture_output=True, text=True, check=False)
        return done.stdout

    assert "timeline" in completions("relwatch time")
    assert "russia" in completions("relwatch timeline russ").split()
    assert "united-states" in completions("relwatch timeline russia united-s").split()
    assert "consult" in completions("relwatch timeline --type cons").split()


def test_a_locale_without_utf8_still_gets_utf8(store: Path) -> None:
    env = environment(store, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    done = subprocess.run([*PROGRAM, "timeline", "russia", "us"], env=env, capture_output=True, check=True)
    assert "↔" in done.stdout.decode("utf-8")

"""What a user can get wrong: each gives one clear line on standard error and the right exit status."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import cli_support
import pytest

from relwatch.cli.main import main
from relwatch.store import Store

Fails = Callable[..., str]

GERMAN = (
    "Bundeskanzlerin Merkel hat am Montag in Berlin mit dem russischen Präsidenten Putin gesprochen. "
    "Die beiden haben sich über die Lage in der Ukraine und über die Pandemie ausgetauscht. "
    "Das Gespräch war nach Angaben der Bundesregierung offen und sachlich, und es soll fortgesetzt werden.\n"
)


@pytest.fixture
def fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fails:
    """Runs a command that must end with the status given; its one line on standard error."""
    monkeypatch.setenv("RELWATCH_DB", str(tmp_path / "store.db"))

    def runner(status: int, *arguments: str | Path) -> str:
        assert main([str(argument) for argument in arguments]) == status
        captured = capsys.readouterr()
        assert re.fullmatch(r"relwatch: \S.*\n", captured.err), captured.err
        assert len(captured.err) < 500
        assert "Traceback" not in captured.err
        return captured.err

    return runner


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    article = cli_support.article()
    with Store.open(path) as store:
        store.add(article, cli_support.events(article.text))
    return path


@pytest.mark.parametrize("command", ["add", "code"])
class TestInputs:
    def test_no_such_file(self, fails: Fails, tmp_path: Path, command: str) -> None:
        assert "none.txt: " in fails(1, command, tmp_path / "none.txt")

    @pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
    def test_empty(self, fails: Fails, tmp_path: Path, command: str, content: bytes) -> None:
        path = tmp_path / "empty.txt"
        path.write_bytes(content)
        assert "empty" in fails(1, command, path)

    @pytest.mark.parametrize(
        "content", [b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, b"%PDF-1.7\n\x00\xff\xfe" * 99]
    )
    def test_binary(self, fails: Fails, tmp_path: Path, command: str, content: bytes) -> None:
        path = tmp_path / "binary.txt"
        path.write_bytes(content)
        assert "binary.txt: " in fails(1, command, path)

    def test_folder(self, fails: Fails, tmp_path: Path, command: str) -> None:
        assert "folder" in fails(1, command, tmp_path)

    def test_not_english(self, fails: Fails, tmp_path: Path, command: str) -> None:
        path = tmp_path / "german.txt"
        path.write_text(GERMAN * 3, encoding="utf-8")
        assert "English" in fails(1, command, path)

    def test_fifty_megabytes_of_one_line(self, fails: Fails, tmp_path: Path, command: str) -> None:
        path = tmp_path / "long.txt"
        path.write_bytes(b"Russia and France met. " * (50_000_000 // 23))
        assert "long.txt: " in fails(1, command, path)

    def test_empty_standard_input(self, fails: Fails, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
        assert "empty" in fails(1, command, "-")

    def test_a_broken_line_of_json(self, fails: Fails, tmp_path: Path, command: str) -> None:
        path = tmp_path / "broken.jsonl"
        path.write_text('{"id": "a", "text": \n', encoding="utf-8")
        assert "broken.jsonl" in fails(1, command, path)

    def test_a_date_that_is_none(self, fails: Fails, tmp_path: Path, command: str) -> None:
        path = tmp_path / "article.txt"
        path.write_text(cli_support.TEXT, encoding="utf-8")
        assert "2020-04-30" in fails(2, command, path, "--date", "someday")
        assert "single day" in fails(2, command, path, "--date", "2020-04")


def test_no_events_is_no_failure(fails: Fails, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "quiet.txt"
    path.write_text("Bakers meet in the town\n\nThe bakers of the town met on Monday. They like rye.\n", "utf-8")
    assert "no events" in fails(0, "code", path)
    assert main(["add", str(path)]) == 0
    assert capsys.readouterr().out.startswith("added, no events\t")


READERS = [("timeline", "russia", "us"), ("summary", "russia", "us"), ("articles",), ("show", "a1")]


@pytest.mark.parametrize("command", READERS, ids=lambda c: c[0])
class TestStores:
    def test_not_there_yet(self, fails: Fails, tmp_path: Path, command: tuple[str, ...]) -> None:
        assert "relwatch add" in fails(1, *command, "--db", tmp_path / "none.db")
        assert not (tmp_path / "none.db").exists()

    def test_not_a_database(self, fails: Fails, tmp_path: Path, command: tuple[str, ...]) -> None:
        path = tmp_path / "notes.db"
        path.write_text("This is a shopping list, and no database at all.\n" * 50, encoding="utf-8")
        assert "notes.db: " in fails(1, *command, "--db", path)

    def test_a_folder(self, fails: Fails, tmp_path: Path, command: tuple[str, ...]) -> None:
        assert "folder" in fails(1, *command, "--db", tmp_path)


@pytest.fixture
def article_file(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(cli_support.TEXT, encoding="utf-8")
    return path


def test_a_store_where_none_can_be(fails: Fails, tmp_path: Path, article_file: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert "file" in fails(1, "add", article_file, "--db", blocked / "store.db")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write to")
def test_a_folder_that_cannot_be_written(fails: Fails, article_file: Path) -> None:
    assert "/proc/" in fails(1, "add", article_file, "--db", "/proc/store.db")


def test_adding_to_a_file_that_is_no_store(fails: Fails, article_file: Path) -> None:
    before = article_file.read_bytes()
    fails(1, "add", article_file, "--db", article_file)
    assert article_file.read_bytes() == before


@pytest.mark.usefixtures("filled")
class TestArguments:
    def test_unknown_country(self, fails: Fails) -> None:
        assert "did you mean" in fails(2, "timeline", "rusia")
        assert "'atlantis'" in fails(2, "summary", "russia", "atlantis")
        assert "no country or organisation ''" in fails(2, "timeline", "")

    def test_the_same_side_twice(self, fails: Fails) -> None:
        assert "two different sides" in fails(2, "timeline", "russia", "moscow")

    @pytest.mark.parametrize("option", ["--since", "--until"])
    def test_a_date_that_is_none(self, fails: Fails, option: str) -> None:
        assert "'3 months ago'" in fails(2, "timeline", "russia", option, "whenever")
        assert "2020-02-30" in fails(2, "articles", option, "2020-02-30")

    def test_a_period_that_ends_before_it_begins(self, fails: Fails) -> None:
        assert "turn the two dates round" in fails(2, "timeline", "russia", "--since", "2021", "--until", "2020")

    @pytest.mark.parametrize(
        ("option", "value", "hint"),
        [
            ("--type", "consul", "did you mean CONSULT"),
            ("--topic", "weather", "relations"),
            ("--tone", "angry", "hostile, critical"),
            ("--status", "actuel", "did you mean actual"),
        ],
    )
    def test_values_that_are_none(self, fails: Fails, option: str, value: str, hint: str) -> None:
        assert hint in fails(2, "timeline", "russia", "us", option, value)

    def test_limits_that_are_none(self, fails: Fails) -> None:
        assert "--limit" in fails(2, "timeline", "russia", "--limit", "0")
        assert "--limit" in fails(2, "timeline", "russia", "--limit", "many")

    def test_calls_that_are_none(self, fails: Fails) -> None:
        assert "timeline" in fails(2, "timelin", "russia")
        assert "--help" in fails(2, "timeline")
        assert "--nonsense" in fails(2, "timeline", "russia", "--nonsense")
        assert "exclude each other" in fails(2, "timeline", "russia", "--json", "--tsv")

    def test_escape_characters_in_arguments_are_shown(self, fails: Fails) -> None:
        assert "\x1b" not in fails(2, "timeline", "\x1b[31mred")
        assert "\x1b" not in fails(2, "show", "\x1b[31m")

"""The commands, on a small store: what they print, in which format, and how they exit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import cli_support
import pytest

from relwatch import __version__
from relwatch.cli.main import main
from relwatch.records import Coding
from relwatch.render.fields import (
    ARTICLE_FIELDS,
    ENCOUNTER_FIELDS,
    ENCOUNTER_LINE_FIELDS,
    EVENT_FIELDS,
    SUMMARY_FIELDS,
    TIMELINE_FIELDS,
)
from relwatch.store import Store

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program on a store of one article; gives status, standard output and standard error."""
    path = tmp_path / "store.db"
    monkeypatch.setenv("RELWATCH_DB", str(path))
    monkeypatch.setattr(
        "relwatch.ingest.work.coded", lambda article: Coding(cli_support.events(article.text, article.id))
    )
    monkeypatch.setattr("relwatch.ingest.work.load", lambda: None)
    article = cli_support.article()
    with Store.open(path) as store:
        store.add(article, cli_support.events(article.text))

    def runner(*arguments: str | Path) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return runner


@pytest.fixture
def article_file(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(cli_support.TEXT.replace("frank and useful talks", "frank and useful exchange"), "utf-8")
    return path


def test_timeline_in_a_pipe_is_one_line_an_event(run: Run) -> None:
    status, out, err = run("timeline", "russia", "us")
    lines = [line.split("\t") for line in out.splitlines()]
    assert (status, err, len(lines)) == (0, "", 4)
    assert all(len(line) == len(ENCOUNTER_LINE_FIELDS) for line in lines)
    assert lines[1][10] == "Putin warned Biden of a complete rupture [sic]."
    assert [line[0] for line in lines] == ["2021-12-30"] * 3 + ["2022-01"]
    assert lines[3][3] == "planned"
    assert "\x1b" not in out


@pytest.mark.parametrize(
    "pair",
    [("russia", "us"), ("RUS", "USA"), ("russian", "american"), ("moscow", "washington"), ("us", "ru")],
)
def test_country_arguments_take_any_name(run: Run, pair: tuple[str, str]) -> None:
    assert len(run("timeline", *pair)[1].splitlines()) == 4


def test_timeline_of_one_country(run: Run) -> None:
    assert len(run("timeline", "russia")[1].splitlines()) == 4
    status, out, err = run("timeline", "france")
    assert (status, out) == (0, "")
    assert err == "relwatch: no events; widen the filters, or add articles with: relwatch add ARTICLE.txt\n"


@pytest.mark.parametrize(
    ("options", "number"),
    [
        (("--type", "consult"), 2),
        (("--type", "consult,THREATEN"), 3),
        (("--type", "consult", "--type", "support"), 3),
        (("--type", "consult", "--status", "planned"), 1),
        (("--topic", "arms-control"), 1),
        (("--tone", "hostile"), 1),
        (("--leader", "biden"), 4),
        (("--since", "2022"), 1),
        (("--until", "2021"), 3),
        (("--since", "2021-12..2021-12"), 3),
        (("--limit", "2"), 2),
        (("--since", "2w"), 0),
    ],
)
def test_filters(run: Run, options: tuple[str, ...], number: int) -> None:
    status, out, _ = run("timeline", "russia", "us", *options)
    assert (status, len(out.splitlines())) == (0, number)


def test_reverse_is_newest_first(run: Run) -> None:
    forward = run("timeline", "russia", "us")[1].splitlines()
    assert run("timeline", "russia", "us", "--reverse")[1].splitlines()[0] == forward[-1]


LISTINGS = [
    (("timeline", "russia", "us"), ENCOUNTER_FIELDS, 4),
    (("timeline", "russia", "us", "--reports"), EVENT_FIELDS, 4),
    (("show", "a1"), EVENT_FIELDS, 4),
    (("articles",), ARTICLE_FIELDS, 1),
]


@pytest.mark.parametrize(("command", "fields", "number"), LISTINGS)
def test_every_listing_has_every_format(
    run: Run, command: tuple[str, ...], fields: tuple[str, ...], number: int
) -> None:
    array = json.loads(run(*command, "--json")[1])
    lines = [json.loads(line) for line in run(*command, "--jsonl")[1].splitlines()]
    table = list(csv.DictReader(io.StringIO(run(*command, "--csv")[1])))
    tabs = [line.split("\t") for line in run(*command, "--tsv")[1].splitlines()]
    assert array == lines
    assert len(array) == len(table) == len(tabs) - 1 == number
    assert tuple(table[0]) == tuple(tabs[0]) == fields
    assert [row["id"] for row in table] == [item["id"] for item in array]
    assert len(list(csv.reader(io.StringIO(run(*command, "--safe-csv")[1])))) == number + 1


def test_two_formats_exclude_each_other(run: Run) -> None:
    assert run("articles", "--json", "--csv")[0] == 2


def test_summary_formats(run: Run) -> None:
    lines = [line.split("\t") for line in run("summary", "russia", "us")[1].splitlines()]
    assert {len(line) for line in lines} == {len(SUMMARY_FIELDS)}
    assert ["channels", "phone", "1", "in 1 report"] in [line[:4] for line in lines]
    (one,) = json.loads(run("summary", "russia", "us", "--json")[1])
    assert (one["a"], one["b"], one["basis"]["events"]) == ("RUS", "USA", 4)
    assert run("summary", "russia", "us", "--csv", "--by", "year")[1].startswith(",".join(SUMMARY_FIELDS))


def test_events_as_json_follow_the_schema(run: Run) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = Path(__file__).parents[2] / "shared" / "event.schema.json"
    if not schema.exists():
        pytest.skip("the schema is not on this machine")
    for line in run("timeline", "russia", "us", "--jsonl")[1].splitlines():
        jsonschema.validate(json.loads(line), json.loads(schema.read_text()))


def test_show_marks_the_evidence(run: Run) -> None:
    event = json.loads(run("timeline", "russia", "us", "--jsonl")[1].splitlines()[1])
    status, out, err = run("show", event["id"][:8])
    assert (status, err) == (0, "")
    assert "> Putin warned Biden of a complete rupture [sic].\n" in out
    assert "Putin and Biden will meet in Geneva" not in out
    assert "Putin and Biden will meet in Geneva" in run("show", event["id"], "--full")[1]


def test_show_of_an_article_has_all_its_events(run: Run) -> None:
    out = run("show", "a1")[1]
    assert out.count("\n> ") == 4


def test_show_of_an_unknown_id(run: Run) -> None:
    status, out, err = run("show", "zzz")
    assert (status, out) == (2, "")
    assert err == ("relwatch: no event or article 'zzz'; `relwatch timeline` and `relwatch articles` show the ids\n")


def test_add_says_what_it_found_and_the_second_time_changes_nothing(run: Run, article_file: Path) -> None:
    status, out, err = run("add", article_file)
    assert (status, err) == (0, "")
    head, *events = out.splitlines()
    assert head.split("\t")[0] == "added, 4 events; a story of Sample Wire too"
    assert "2021-12-30 (dateline" in head
    assert "Putin and Biden speak by phone" in head
    assert len(events) == 4
    before = run("articles", "--json")[1]
    status, out, err = run("add", article_file)
    assert (status, err) == (0, "")
    assert out.startswith("already in the store; a story of Sample Wire too\t")
    assert run("articles", "--json")[1] == before


def test_add_dry_run_adds_nothing(run: Run, article_file: Path, tmp_path: Path) -> None:
    before = run("articles", "--json")[1]
    assert run("add", article_file, "--dry-run")[1].startswith("would be added, 4 events\t")
    assert run("articles", "--json")[1] == before
    assert run("add", article_file, "--dry-run", "--db", tmp_path / "none.db")[0] == 0
    assert not (tmp_path / "none.db").exists()


def test_add_takes_what_the_caller_knows(run: Run, article_file: Path) -> None:
    options = ("--date", "2021-12-31", "--outlet", "Given", "--title", "A title", "--url", "https://x.test/a")
    (one,) = json.loads(run("add", article_file, "--json", *options)[1])
    assert (one["published"], one["published_basis"], one["outlet"]) == ("2021-12-31", "given", "Given")
    assert (one["title"], one["url"], one["added"], one["known"]) == (
        "A title",
        "https://x.test/a",
        True,
        False,
    )
    assert len(one["events"]) == 4


def test_add_quiet_says_nothing(run: Run, article_file: Path) -> None:
    assert run("add", article_file, "--quiet") == (0, "", "")


def test_a_bad_file_does_not_stop_the_batch(run: Run, article_file: Path, tmp_path: Path) -> None:
    status, out, err = run("add", tmp_path / "missing.txt", article_file)
    assert status == 1
    assert out.startswith("added, 4 events; ")
    assert err.count("\n") == 1
    assert "missing.txt: " in err


def test_add_json_lines(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    article = {"id": "x1", "title": "T", "date": "2021-12-31", "outlet": "O", "url": None}
    bodies = [cli_support.TEXT + f"More {n}.\n" for n in range(2)]
    rows = [article | {"id": f"x{n}", "text": body} for n, body in enumerate(bodies)]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    status, out, err = run("add", path)
    assert status == 0
    assert sum(line.startswith("added") for line in out.splitlines()) == 2
    assert err == "relwatch: 2 articles added with 8 events, 0 already there, 0 failed\n"
    assert len(json.loads(run("articles", "--json")[1])) == 3


def test_add_from_standard_input(run: Run, article_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(article_file.read_bytes())))
    assert run("add", "-")[1].startswith("added, 4 events; ")


def test_an_id_that_another_text_has_is_reported_and_the_batch_goes_on(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    rows = [
        {"id": "a1", "text": "Another text. Putin warned Biden of it."},
        {"id": "a2", "text": cli_support.TEXT + "x"},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    status, out, err = run("add", path)
    assert status == 1
    assert out.startswith("added, ")
    assert "relwatch remove a1" in err.splitlines()[0]


def test_code_stores_nothing(run: Run, article_file: Path) -> None:
    status, out, err = run("code", article_file)
    assert (status, err) == (0, "")
    assert [len(line.split("\t")) for line in out.splitlines()] == [len(TIMELINE_FIELDS)] * 4
    assert len(json.loads(run("articles", "--json")[1])) == 1
    assert len(run("code", article_file, "--jsonl")[1].splitlines()) == 4


def test_remove(run: Run) -> None:
    assert run("remove", "a1") == (0, "removed a1 with 4 events\n", "")
    assert json.loads(run("articles", "--json")[1]) == []


def test_path_names_the_store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("path")[1] == f"{tmp_path / 'store.db'}\n"
    assert run("path", "--db", "other.db")[1] == "other.db\n"
    monkeypatch.delenv("RELWATCH_DB")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run("path")[1].endswith("relwatch.db\n")


def test_version_and_help(run: Run) -> None:
    assert run("--version") == (0, f"relwatch {__version__}\n", "")
    for command in (
        (),
        ("add",),
        ("code",),
        ("timeline",),
        ("summary",),
        ("show",),
        ("articles",),
        ("path",),
    ):
        status, out, err = run(*command, "--help")
        assert (status, err) == (0, "")
        assert out.splitlines()[2].strip() == "Examples:"
        assert all(len(line) <= 100 for line in out.splitlines())
    assert run()[0] == 0


def test_help_documents_the_fields_of_a_pipe(run: Run) -> None:
    for command, fields in (
        ("timeline", TIMELINE_FIELDS),
        ("code", TIMELINE_FIELDS),
        ("articles", ARTICLE_FIELDS),
    ):
        assert ", ".join(fields) in " ".join(run(command, "--help")[1].split())
    assert ", ".join(SUMMARY_FIELDS) in " ".join(run("summary", "--help")[1].split())

"""Reading: formats, encodings, and inputs that cannot be read, each with one line that helps."""

import io
import json
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relwatch.errors import ReadError
from relwatch.read import article_of, articles
from relwatch.records import Article

PROSE = (
    "The foreign ministers of both countries met for talks on Tuesday and agreed to meet again before the"
    " summit. The president said that it was a good day for the region."
)


def read(path: Path, **given: object) -> list[Article | ReadError]:
    return list(articles(path, **given))  # type: ignore[arg-type]


def written(tmp_path: Path, data: bytes | str, name: str = "article.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def only_problem(path: Path) -> str:
    (found,) = read(path)
    assert isinstance(found, ReadError)
    line = str(found)
    assert "\n" not in line
    assert "; " in line
    return line


def only_article(path: Path, **given: object) -> Article:
    (found,) = read(path, **given)
    assert isinstance(found, Article)
    return found


def test_a_plain_text(tmp_path: Path) -> None:
    text = f"Envoys meet in Geneva\n\nGENEVA, May 3, 1999 (AFP) - {PROSE}\n"
    found = only_article(written(tmp_path, text))
    assert found.text == text
    assert found.title == "Envoys meet in Geneva"
    assert found.headline
    assert found.headline.start == 0
    assert (found.outlet, found.place, found.published) == ("AFP", "Geneva", date(1999, 5, 3))
    assert found.published_basis == "dateline"
    assert len(found.id) == 12
    assert all(text[s.start : s.end] == s.text for s in found.furniture)


def test_what_the_caller_gives_wins(tmp_path: Path) -> None:
    path = written(tmp_path, f"GENEVA, May 3, 1999 (AFP) - {PROSE}\n")
    found = only_article(path, date=date(2001, 2, 3), outlet="Paper", title="Title", url="https://e.org")
    assert (found.published, found.published_basis) == (date(2001, 2, 3), "given")
    assert (found.outlet, found.title, found.url) == ("Paper", "Title", "https://e.org")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = f"“{PROSE}” – Señor Núñez said.\n"
    assert only_article(written(tmp_path, text.encode(encoding))).text == text


def test_another_encoding_is_guessed(tmp_path: Path) -> None:
    text = f"{PROSE} " + "Президент России Владимир Путин провёл переговоры с министром. " * 3
    found = only_article(written(tmp_path, text.encode("cp1251")))
    assert "Президент" in found.text


def test_line_ends_are_newlines(tmp_path: Path) -> None:
    assert only_article(written(tmp_path, f"{PROSE}\r\n\r\n{PROSE}\r{PROSE}")).text.count("\r") == 0


def test_the_same_text_has_the_same_id() -> None:
    assert article_of(PROSE).id == article_of(PROSE).id != article_of(PROSE + " ").id


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"1234 5678 --- 90\n", "no words"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"%PDF-1.7 something or other", "PDF"),
        ("Le président de la République a reçu les ministres des affaires étrangères pour des entretiens"
         " sur la paix et le commerce entre les deux pays à Paris.", "English"),
        ("Президент России Владимир Путин провёл переговоры с министром иностранных дел. " * 4, "English"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(tmp_path: Path, data: bytes | str, words: str) -> None:
    assert words in only_problem(written(tmp_path, data))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "no such file" in only_problem(tmp_path / "none.txt")
    assert f"is a folder; give files or {tmp_path}/*.txt" in only_problem(tmp_path)


def test_a_huge_line_is_refused_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, (b"the talks of the day " * 2_500_000))
    start = time.perf_counter()
    assert "too long" in only_problem(path)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("piece", [" ", ".", "a", "A ", "\n", "By Jane Doe ", "May 5, ", "(", '"', "-", "MOSCOW, "])
def test_repetition_is_never_slow(piece: str) -> None:
    text = PROSE + piece * (200_000 // len(piece))
    start = time.perf_counter()
    article_of(text)
    assert time.perf_counter() - start < 5


LINES = [
    {
        "id": "one",
        "text": f"GENEVA (AFP) - {PROSE}",
        "date": "2019-01-23",
        "title": "T",
        "outlet": "O",
        "url": "U",
    },
    {"text": PROSE, "date": None, "extra": [1, 2]},
]


def test_json_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join(map(json.dumps, LINES)), "articles.jsonl")
    first, second = read(path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.title, first.outlet, first.url) == ("one", "T", "O", "U")
    assert (first.published, first.published_basis) == (date(2019, 1, 23), "metadata")
    assert [s.text for s in first.furniture] == ["GENEVA (AFP) -"]
    assert (second.published, second.published_basis) == (None, "unknown")


def test_a_text_in_json_keeps_every_character(tmp_path: Path) -> None:
    text = f"{PROSE}\r\n\r\n{PROSE}"
    (found,) = read(written(tmp_path, json.dumps({"text": text})))
    assert isinstance(found, Article)
    assert found.text == text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"text": ', "is no JSON"),
        ("[1]", "is no JSON object"),
        ('{"id": 1}', 'has no "text"'),
        ('{"text": 5}', 'has no "text"'),
        ('{"text": "x", "date": "soon"}', "date that is none"),
        ('{"text": ""}', "is empty"),
    ],
)
def test_a_bad_line_does_not_stop_the_rest(tmp_path: Path, line: str, words: str) -> None:
    good = json.dumps(LINES[0])
    found = read(written(tmp_path, f"{good}\n{line}\n\n{good}\n", "a.jsonl"))
    assert [type(item) for item in found] == [Article, ReadError, Article]
    assert "a.jsonl, line 2: " in str(found[1])
    assert words in str(found[1])


@pytest.mark.parametrize("day", ["2015", "2015-09", "", None])
def test_a_date_without_its_day_is_no_date(tmp_path: Path, day: str | None) -> None:
    (found,) = read(written(tmp_path, json.dumps({"text": PROSE, "date": day})))
    assert isinstance(found, Article)
    assert found.published is None


def test_a_title_that_stands_in_the_text_is_the_headline(tmp_path: Path) -> None:
    text = f"Envoys meet in Geneva. {PROSE}"
    (found,) = read(written(tmp_path, json.dumps({"text": text, "title": "Envoys meet in Geneva"})))
    assert isinstance(found, Article)
    assert found.headline
    assert found.headline.text == "Envoys meet in Geneva."


def test_a_day_that_no_calendar_has_is_no_dateline() -> None:
    assert article_of(f"T\n\n2019-99-99\n\n{PROSE}").published is None


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PROSE.encode())))
    (found,) = articles(None)
    assert isinstance(found, Article)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (problem,) = articles(None)
    assert str(problem).startswith("standard input: is empty; ")


PIECES = [
    "By Jane Doe",
    "\n",
    "\r\n",
    "MOSCOW, May 5. /TASS/. ",
    "© AP",
    "Share",
    " ",
    PROSE,
    "2020-04-30",
    "\u2028",
]


@given(st.lists(st.sampled_from(PIECES), max_size=9))
def test_any_mixture_gives_exact_ordered_spans(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = article_of(text)
    at = 0
    for span in found.furniture:
        assert text[span.start : span.end] == span.text
        assert span.start >= at
        at = span.end
    assert found.headline is None or text[found.headline.start : found.headline.end] == found.headline.text


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "any.txt"
    path.write_bytes(data)
    assert all(isinstance(item, Article | ReadError) for item in articles(path))

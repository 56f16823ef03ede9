"""Dumps, tables, clippings and encodings as the world has them: each gives its article, or a line that says why not."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_read_formats import ONE, TWO

from relwatch.errors import ReadError
from relwatch.read import Remark, articles
from relwatch.records import Article

BODY = f"{ONE}\n\n{TWO}"
TITLE, PAPER, ADDRESS, DAY = "Envoys meet", "The Paper", "https://p.test/a", date(2019, 5, 3)
HTML = f"<p>{ONE}</p><p>{TWO}</p>"
DUMPS: dict[str, Any] = {
    "NewsAPI": {"status": "ok", "articles": [{"source": {"id": "x", "name": PAPER}, "title": TITLE, "url": ADDRESS,
                "description": "A teaser.", "publishedAt": "2019-05-03T10:00:00Z", "content": BODY}]},
    "Guardian": {"response": {"status": "ok", "results": [{"id": "1", "webPublicationDate": "2019-05-03T10:00:00Z",
                 "webTitle": TITLE, "webUrl": ADDRESS, "source": PAPER, "fields": {"bodyText": BODY}}]}},
    "Elasticsearch": {"hits": {"total": 1, "hits": [{"_id": "1", "_source": {"headline": TITLE, "body": BODY,
                      "published_at": "2019-05-03", "source": PAPER, "link": ADDRESS}}]}},
    "nested": [{"meta": {"title": TITLE, "published": "2019-05-03", "source": {"name": PAPER}, "url": ADDRESS},
                "content": {"text": BODY}}],
    "OData": {"value": [{"Title": TITLE, "Date": "2019-05-03T00:00:00Z", "Source": {"Name": PAPER}, "Url": ADDRESS,
              "Document": {"Content": HTML}}]},
    "WordPress": [{"id": 5, "date": "2019-05-03T10:00:00", "link": ADDRESS, "title": {"rendered": "Envoys &#109;eet"},
                   "content": {"rendered": HTML}, "site": PAPER}],
    "news-please": {"title": TITLE, "maintext": BODY, "date_publish": "2019-05-03 10:00:00", "source_domain": PAPER,
                    "url": ADDRESS, "authors": ["J D"]},
    "paragraphs": {"title": TITLE, "paragraphs": [ONE, TWO], "date": "2019-05-03", "media_name": PAPER, "url": ADDRESS},
    "JSON Feed": {"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": [{"id": "1", "url": ADDRESS,
                  "title": TITLE, "content_html": HTML, "date_published": "2019-05-03T10:00:00Z", "source": PAPER}]},
}  # fmt: skip


def zipped_bytes(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name  # may be none at all
        archive.writestr(info, data)
    return out.getvalue()


def read(path: Path, data: str | bytes) -> list[Article | ReadError]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(articles(path))


def one(path: Path, data: str | bytes) -> Article:
    (found,) = read(path, data)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("indent", [None, 1], ids=["a line", "lines"])
@pytest.mark.parametrize("kind", DUMPS)
def test_a_dump_gives_its_article(tmp_path: Path, kind: str, indent: int | None) -> None:
    found = one(tmp_path / "a", json.dumps(DUMPS[kind], indent=indent))
    assert (found.text, found.title, found.outlet, found.url) == (BODY, TITLE, PAPER, ADDRESS)
    assert (found.published, found.published_basis) == (DAY, "metadata")


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ({"author": "By Jane Doe"}, "Jane Doe"),
        ({"authors": ["Jane Doe", {"name": "Tom Roe"}]}, "Jane Doe, Tom Roe"),
        ({"byline": "  by Jane Doe ; Tom Roe "}, "Jane Doe, Tom Roe"),
        ({"fields": {"byline": "Jane Doe"}}, "Jane Doe"),
        ({"author": "https://p.test/jane", "creator": None}, None),
        ({"author": 5}, None),
        ({}, None),
    ],
)
def test_who_wrote_it(tmp_path: Path, said: dict[str, Any], author: str | None) -> None:
    assert one(tmp_path / "a", json.dumps({"text": BODY} | said)).author == author


def test_a_byline_and_a_feed_say_who_wrote_it(tmp_path: Path) -> None:
    assert one(tmp_path / "a", f"{TITLE} in Geneva on Tuesday\n\nBy Jane Doe\n\n{BODY}").author == "Jane Doe"
    item = f"<item><title>{TITLE}</title><description>{ONE}</description>{{}}</item>"
    for mark in ("<dc:creator>Jane Doe</dc:creator>", "<author><name>Jane Doe</name></author>"):
        feed = f'<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{item.format(mark)}</channel></rss>'
        assert one(tmp_path / "b", feed).author == "Jane Doe"


def test_answers_line_by_line_and_documents_in_a_row(tmp_path: Path) -> None:
    records = [{"title": TITLE, "text": f"{BODY} {n}.", "date": "2019-05-03"} for n in range(3)]
    by_line = "\n".join(json.dumps({"articles": records[n:]}) for n in (0, 2))
    assert [type(item) for item in read(tmp_path / "a", by_line)] == [Article] * 4
    in_a_row = "\n".join(json.dumps(record, indent=1) for record in records)
    assert [type(item) for item in read(tmp_path / "b", in_a_row)] == [Article] * 3
    (broken,) = read(tmp_path / "c", in_a_row + "\n{")
    assert "is no JSON" in str(broken)


def test_an_answer_without_texts_says_so_of_each(tmp_path: Path) -> None:
    """News services that sell their texts give a lead: it is not taken for an article."""
    lead = {"response": {"docs": [{"headline": {"main": TITLE}, "lead_paragraph": ONE}, {"abstract": ONE}]}}
    found = read(tmp_path / "a", json.dumps(lead))
    assert [isinstance(item, ReadError) for item in found] == [True, True]
    assert 'line 1, item 2: has no "text"' in str(found[1])


QUOTED = '"' + BODY.replace('"', '""') + '"'


@pytest.mark.parametrize(
    "data",
    [
        f"title;date;text\n{TITLE};2019-05-03;{QUOTED}\n",
        f"\ufefftitle;date;text\r\n{TITLE};2019-05-03;{QUOTED}\r\n",
        f"sep=;\ntitle;date;text\n{TITLE};2019-05-03;{QUOTED}\n",
        f"sep=|\r\ntitle|date|text\r\n{TITLE}|2019-05-03|{QUOTED}\r\n",
        f",title,full_text,publish_date\n0,{TITLE},{QUOTED},2019-05-03\n",
        f"title\tdate\ttext\n{TITLE}\t2019-05-03\t{QUOTED}\n".encode("utf-16"),
        f"title;date;text\n{TITLE};2019-05-03;{QUOTED}\n".encode("cp1252"),
    ],
)
def test_tables(tmp_path: Path, data: str | bytes) -> None:
    found = one(tmp_path / "a", data)
    assert (found.text, found.title, found.published) == (BODY, TITLE, DAY)


def test_a_table_of_one_column(tmp_path: Path) -> None:
    found = read(tmp_path / "a", f'text\n"{ONE}"\n"{TWO}"\n')
    assert [getattr(item, "text", item) for item in found] == [ONE, TWO]


@pytest.mark.parametrize(
    ("front", "outlet", "url"),
    [
        (
            "---\ntitle: Envoys meet\npublished: 2019-05-03\nsource: https://p.test/a\ntags:\n - x\n---\n",
            None,
            ADDRESS,
        ),
        ('---\ntitle: "Envoys meet"\ndate: 2019-05-03T10:00:00Z\nsource: The Paper\n---\n', PAPER, None),
        ('+++\ntitle = "Envoys meet"\ndate = 2019-05-03\nsource = "The Paper"\n+++\n', PAPER, None),
    ],
)
def test_front_matter(tmp_path: Path, front: str, outlet: str | None, url: str | None) -> None:
    found = one(tmp_path / "a", f"{front}\n{BODY}\n")
    assert (found.text, found.title, found.published) == (BODY, TITLE, DAY)
    assert (found.outlet, found.url) == (outlet, url)


RUSSIAN = f"{ONE} Газета «Известия» пишет об этом."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (BODY, "utf-16"), (BODY, "utf-16-le"), (BODY, "utf-16-be"), (BODY, "utf-32"), (BODY, "mac_roman"),
        (BODY, "cp1252"), (f"{ONE} José Núñez spoke in Málaga.", "latin-1"), (RUSSIAN, "cp1251"),
        (f"{ONE} Газета Известия пишет об этом.", "koi8_r"),
    ],
)  # fmt: skip
def test_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    assert one(tmp_path / "a", text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{\\rtf1\\ansi " + BODY.encode("ascii", "ignore") + b"}", "office program (RTF)"),
        (zipped_bytes("[Content_Types].xml", BODY.encode()), "office program"),
        (zipped_bytes("", b"\0\1"), "is no text"),
    ],
)
def test_what_only_looks_like_text(tmp_path: Path, data: bytes, words: str) -> None:
    for item in read(tmp_path / "a", data):
        assert not isinstance(item, Remark)
        assert words in str(item)


MHT = (
    "From: <Saved by Blink>\nSnapshot-Content-Location: https://p.test/a\nSubject: Envoys meet\n"
    "Date: Fri, 03 May 2019 10:00:00 -0000\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n'
    "Content-Transfer-Encoding: 8bit\nContent-Location: https://p.test/a\n\n<html><head><title>Envoys meet</title>"
    f"</head><body><nav>Home</nav><article><h1>Envoys meet</h1>{HTML}</article><footer>Imprint</footer></body></html>\n"
    "--b--\n"
)


def test_a_page_with_its_pictures_in_one_file(tmp_path: Path) -> None:
    found = one(tmp_path / "a.mht", MHT)
    assert (found.text, found.title, found.url) == (f"{TITLE}\n\n{BODY}", TITLE, ADDRESS)
    assert found.published is None  # the day it was saved on is not that of the article

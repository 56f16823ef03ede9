"""Every format gives the same article; what is no article gives one line; hostile files do no harm."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import time
import zipfile
from datetime import date
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path
from textwrap import wrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relwatch.errors import ReadError
from relwatch.read import Remark, articles
from relwatch.read.draft import FORMATS, Format
from relwatch.read.fieldnames import day
from relwatch.read.walk import files
from relwatch.records import Article

TITLE = "Envoys of both countries meet in Geneva"
ONE = (
    "The foreign ministers of Russia and the United States met for talks on Tuesday and agreed to meet again"
    " before the summit."
)
TWO = "“It was a good day,” the president said. He added that the talks will go on and that both will send experts."
BODY = f"{ONE}\n\n{TWO}"
DAY = date(2019, 5, 3)


def page(body: str = "", meta: str = "") -> str:
    inner = body or f"<h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p>"
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} - The Paper</title>'
        f'<meta property="og:site_name" content="The Paper"><meta property="og:title" content="{TITLE}">'
        f'<meta property="article:published_time" content="2019-05-03T10:00:00Z">{meta}'
        '<link rel="canonical" href="https://paper.test/world/envoys"></head><body><nav><a href="/">Home</a>'
        f'<a href="/w">World</a></nav><article>{inner}</article><footer>Copyright The Paper</footer></body></html>'
    )


def feed(entries: str = "") -> str:
    item = (
        f"<item><title>{TITLE}</title><link>https://paper.test/world/envoys</link>"
        "<pubDate>Fri, 03 May 2019 10:00:00 GMT</pubDate><description>Teaser.</description>"
        f"<content:encoded><![CDATA[<p>{ONE}</p><p>{TWO}</p>]]></content:encoded></item>"
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Paper</title>{entries or item}</channel></rss>"
    )


ATOM = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title>'
    f'<entry><title>{TITLE}</title><link href="https://paper.test/world/envoys"/><updated>2019-05-04T00:00:00Z'
    "</updated><published>2019-05-03T10:00:00Z</published>"
    f'<content type="html">&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;{TWO}&lt;/p&gt;</content></entry></feed>'
)
RECORD = {
    "headline": TITLE,
    "body": BODY,
    "published_at": "2019-05-03T10:00:00Z",
    "source": {"id": 3, "name": "The Paper"},
    "web_url": "https://paper.test/world/envoys",
}


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "The Paper <news@paper.test>"
    message["List-Id"] = "<news.paper.test>"
    message["Subject"] = f"Fwd: {TITLE}"
    message["Date"] = "Fri, 03 May 2019 10:00:00 +0000"
    message.set_content(BODY)
    message.add_alternative(f"<p>{ONE}</p>", subtype="html")
    return message.as_bytes()


def table(delimiter: str) -> str:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=delimiter)
    rows.writerow(["Headline", "Body", "Publication Date", "Source", "URL"])
    rows.writerow([TITLE, BODY, "3 May 2019", "The Paper", "https://paper.test/world/envoys"])
    return out.getvalue()


MARKDOWN = (
    "---\ntitle: 'X'\ndate: 2019-05-03\nsource: The Paper\nurl: https://paper.test/world/envoys\n---\n"
    f"# {TITLE}\n\n{ONE.replace('talks', '**talks**')}\n\n{TWO.replace('talks', '[talks](https://x.test)')}\n"
).replace("title: 'X'", f"title: '{TITLE}'")

SOURCES: dict[str, str | bytes] = {
    "html": page(),
    "rss": feed(),
    "atom": ATOM,
    "eml": mail(),
    "json": json.dumps([RECORD], indent=1),
    "wrapped.json": json.dumps({"status": "ok", "articles": [RECORD]}, indent=1),
    "jsonl": json.dumps(RECORD),
    "utf16.jsonl": json.dumps(RECORD, ensure_ascii=False).encode("utf-16"),
    "csv": table(","),
    "tsv": table("\t"),
    "md": MARKDOWN,
}


def read(path: Path, data: str | bytes, kind: Format | None = None) -> list[Article | ReadError]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(articles(path, format=kind))


def problem(path: Path, data: str | bytes) -> str:
    (found,) = read(path, data)
    assert isinstance(found, ReadError)
    assert not isinstance(found, Remark)
    assert "\n" not in str(found)
    return str(found)


def same(found: list[Article | ReadError], kind: str) -> None:
    (article,) = found
    assert isinstance(article, Article), article
    words = " ".join(article.text.split())
    assert " ".join(BODY.split()) in words
    assert "Copyright" not in words
    assert article.title == TITLE
    assert (article.published, article.published_basis) == (DAY, "metadata")
    assert article.outlet == "The Paper"
    assert article.url == (None if kind == "eml" else "https://paper.test/world/envoys")


@pytest.mark.parametrize("packing", ["", ".gz", ".zip", ".zip of .gz"])
@pytest.mark.parametrize("kind", SOURCES)
def test_every_format_gives_the_article(tmp_path: Path, kind: str, packing: str) -> None:
    data = SOURCES[kind]
    data = data if isinstance(data, bytes) else data.encode()
    if packing.endswith(".gz"):
        data = gzip.compress(data)
    if packing.startswith(".zip"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("../../evil/" + kind, data)
        data = out.getvalue()
    same(read(tmp_path / "noname", data), kind)
    assert [p.name for p in tmp_path.rglob("*")] == ["noname"]


def test_a_format_can_be_forced(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a", page(), "text")
    assert isinstance(found, Article)
    assert "<h1>" in found.text


@pytest.mark.parametrize(
    "start",
    ["{Photo} ", "[Photo by AP] ", "Date: Tuesday. ", "From: Moscow\n\n", "# 1 story, in brief: ", "a,b\n", "<Ed.> "],
)
def test_plain_text_stays_plain_text(tmp_path: Path, start: str) -> None:
    (found,) = read(tmp_path / "a.txt", f"{start}{BODY}")
    assert isinstance(found, Article)
    assert found.text == f"{start}{BODY}"


def test_a_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    lines = [*wrap(ONE, 60), "", *wrap(TWO.replace("“", '"').replace("”", '"'), 60)]
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 10 Tf 14 TL 50 700 Td {shown}ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data = "%PDF-1.4\n" + "".join(f"{n} 0 obj{o}endobj\n" for n, o in enumerate(objects, 1))
    (found,) = read(tmp_path / "a.pdf", data + "trailer<</Root 1 0 R/Size 6>>\n%%EOF")
    assert isinstance(found, Article), found
    assert ONE in found.text


def test_a_warc(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    body = page().encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.test/world/envoys\r\n"
        b"WARC-Date: 2019-06-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http)
    ) + http
    for data in (record + b"\r\n\r\n", gzip.compress(record + b"\r\n\r\n")):
        same(read(tmp_path / "a", data), "warc")


STORY = "".join(f"<p>{ONE} {TWO}</p>" for _ in range(3))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (page("".join(f"<article><h2>Story {n}</h2>{STORY}</article>" for n in range(4))), "several articles (4)"),
        (
            page("".join(f"<h2><a href='/{n}'>Story {n}</a></h2><p>{ONE}</p>" for n in range(20)),
                 '<meta property="og:type" content="website">'),
            "page of headlines",
        ),
        (f"{ONE}\n\nSubscribe to continue reading.\n", "paywall"),
        (json.dumps({"title": TITLE, "content": f"{ONE} The [+2154 chars]"}), "paywall"),
        (page(f"<h1>{TITLE}</h1><p>{ONE}</p><p>Already a subscriber? Sign in</p>"), "paywall"),
        ("<html><body></body></html>", "no article"),
        (feed("<x/>"), "without entries"),
        (json.dumps({"headline": TITLE, "summary": ONE}), 'has no "text"'),
        (json.dumps({"text": ONE, "date": "03/05/2019"}), "a date that is none"),
        ("[{", "is no JSON"),
        ("[" * 100_000 + "{", "holds no words"),
        ("[{" + '"a":[' * 100_000, "is no JSON"),
        (b"\x1f\x8b\x08nonsense", "damaged archive"),
        (b"PK\x03\x04nonsense", "damaged archive"),
        (gzip.compress(BODY.encode())[:40], "damaged archive"),
        (gzip.compress(gzip.compress(gzip.compress(BODY.encode()))), "archive in an archive"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_one_line(tmp_path: Path, data: str | bytes, words: str) -> None:
    assert words in problem(tmp_path / "a", data)


def test_an_article_that_only_speaks_of_subscribers_is_read(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a", f"{BODY}\n\n{ONE}\n\nSubscribe to our newsletter.\n")
    assert isinstance(found, Article)


def test_garbled_letters_are_said(tmp_path: Path) -> None:
    remark, found = read(
        tmp_path / "a", TWO.encode().decode("cp1252", "ignore") + ONE + "It’s".encode().decode("cp1252")
    )
    assert isinstance(remark, Remark)
    assert "garbled" in str(remark)
    assert isinstance(found, Article)
    assert "It’s" in found.text
    remark, found = read(tmp_path / "b", f"{ONE} \ufffd\ufffd")
    assert "2 of its letters are lost" in str(remark)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-05-03", DAY),
        ("2019-05-03T23:59:59+02:00", DAY),
        (1556877600, DAY),
        (1556877600000, DAY),
        ("20190503T100000Z", DAY),
        ("2019/05/03 10:00", DAY),
        ("May 3, 2019", DAY),
        ("Fri, 03 May 2019 10:00:00 GMT", DAY),
        ("23/05/2019", date(2019, 5, 23)),
        ("05/23/2019", date(2019, 5, 23)),
        ("3.5.2019", DAY),
        (None, None),
        ("2019", None),
    ],
)
def test_days_as_dumps_write_them(text: object, expected: date | None) -> None:
    assert day(text) == expected


@pytest.mark.parametrize("text", ["03/05/2019", "soon", "2019-13-01", "May 2019", "99999999999999"])
def test_days_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        day(text)


class TestWalk:
    def test_folders_patterns_and_what_stands_beside(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.html", "a_files/x.html", "sub/c.txt", ".hidden/d.txt", "pic.jpg", "s.css"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(BODY)
        outside = tmp_path.parent / "outside.txt"
        outside.write_text(BODY)
        (tmp_path / "link.txt").symlink_to(outside)
        os.mkfifo(tmp_path / "pipe.txt")
        found = [str(f).removeprefix(f"{tmp_path}/") for f in files([str(tmp_path)])]
        assert found == ["a.html", "b.txt", "sub/c.txt"]
        assert list(files([f"{tmp_path}/**/c*"])) == [f"{tmp_path}/sub/c.txt"]
        (error,) = files([f"{tmp_path}/*.doc"])
        assert "no file fits" in str(error)

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        (error,) = files([str(tmp_path)])
        assert "without articles" in str(error)


class TestHostile:
    def test_a_bomb_in_gz_and_zip(self, tmp_path: Path) -> None:
        zeros = gzip.compress(b"a" * 200_000_000, 9)
        start = time.perf_counter()
        assert "too long" in problem(tmp_path / "a.gz", zeros)
        bomb = gzip.compress(b'{"text": "' + b"a" * 200_000_000, 9)
        assert "bomb" in problem(tmp_path / "b.gz", bomb)
        assert time.perf_counter() - start < 20

    def test_billion_laughs(self, tmp_path: Path) -> None:
        names = "abcdefghij"
        entities = "".join(f'<!ENTITY {b} "{"&" + a + ";"}{("&" + a + ";") * 9}">' for a, b in pairwise(names))
        head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "laugh">{entities}]>'
        data = f"{head}<rss><channel><item><title>&j;</title></item></channel></rss>"
        start = time.perf_counter()
        assert len(read(tmp_path / "a", data)) == 1
        assert time.perf_counter() - start < 5

    def test_an_entity_reads_no_file(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("the secret of the talks and of the summit in the city " * 9)
        head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
        item = f"<item><title>{ONE}</title><description>&x;</description></item>"
        data = f"{head}<rss><channel>{item}</channel></rss>"
        assert "secret" not in "".join(getattr(a, "text", "") for a in read(tmp_path / "a", data))

    def test_a_long_line_among_short_ones(self, tmp_path: Path) -> None:
        good = json.dumps(RECORD)
        found = read(tmp_path / "a", f'{good}\n{{"text": "{"a" * 30_000_000}"}}\n{good}\n')
        assert [type(item) for item in found] == [Article, ReadError, Article]
        assert "line 2: is too long" in str(found[1])

    def test_a_quotation_mark_that_is_never_closed(self, tmp_path: Path) -> None:
        found = read(tmp_path / "a", table(",") + 'x,"' + f"{ONE}\n" * 60_000)
        assert isinstance(found[0], Article)
        assert all(isinstance(item, ReadError) for item in found[1:])
        assert len(found) == 2


PIECES = [
    "<html>", "<article>", "<p>", "</p>", "<![CDATA[", "]]>", "&lt;", "<rss>", "<item>", "<title>", "\0", "{", "}", "[",
    '"text":', '"', ",", "\n", "\r\n", "---\n", "# T\n\n", "From: a\n", "Subject: b\n", "MIME-Version: 1.0\n",
    "Content-Type: multipart/mixed; boundary=x\n", "--x\n", "Content-Transfer-Encoding: base64\n", "=?utf-8?b?/w==?=",
    "text,date\n", "title\ttext\n", ONE, "2019-99-99", "\ufeff", "é", "WARC/1.0\r\n", "%PDF-1.4\n", "[a](http://x)",
    "NaN",
]  # fmt: skip


@settings(max_examples=500, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25), kind=st.sampled_from((None, *FORMATS))
)
def test_no_mixture_makes_a_reader_raise(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], kind: Format | None
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a"
    path.write_bytes("".join(pieces).encode("utf-8", "surrogatepass"))
    assert all(isinstance(item, Article | ReadError) for item in articles(path, format=kind))


@settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(sorted(SOURCES)), at=st.integers(0, 5000), junk=st.binary(max_size=8), pack=st.booleans())
def test_a_damaged_file_never_makes_a_reader_raise(
    tmp_path_factory: pytest.TempPathFactory, kind: str, at: int, junk: bytes, pack: bool
) -> None:
    data = SOURCES[kind]
    data = data if isinstance(data, bytes) else data.encode()
    data = gzip.compress(data, mtime=0) if pack else data
    at %= len(data)
    path = tmp_path_factory.mktemp("fuzz") / "a"
    path.write_bytes(data[:at] + junk + data[at + len(junk) :])
    assert all(isinstance(item, Article | ReadError) for item in articles(path))

"""Input that means harm: one line for each, in little memory, and nothing beyond the file is touched."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import subprocess
import sys
import textwrap
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_read_formats import BODY, ONE, SOURCES, TITLE, page

from relwatch.errors import ReadError
from relwatch.read import articles
from relwatch.read.draft import FORMATS, Format
from relwatch.read.source import MOST_LINE, Source
from relwatch.read.text import Unreadable
from relwatch.records import Article

MOST_MEMORY = 1_500_000_000  # bytes of addresses, libraries and all


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def gz_of(unit: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(unit) for _ in range(times)), packer.flush()])


def pdf(content: bytes) -> bytes:
    """A PDF of one page with this content, packed."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%sendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return data + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


def warc(body: bytes, more: bytes = b"") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + b"\r\n" + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.test/a\r\n"
        b"WARC-Date: 2019-06-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(http), http)
    )


def mail_of_parts(number: int) -> bytes:
    head = b"From: a@paper.test\nSubject: x\nDate: Fri, 03 May 2019 10:00:00 +0000\nMIME-Version: 1.0\n"
    inner = (b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(number))
    return head + b"".join(inner) + b"Content-Type: text/plain\n\n" + ONE.encode()


HEAD = b"From: a@paper.test\nSubject: x\nDate: Fri, 03 May 2019 10:00:00 +0000\nMIME-Version: 1.0\n"
WORDS = b"the of and to in "


def bombs() -> Iterator[tuple[str, bytes, str]]:
    """The name, the bytes, and a word of what is said: of harm that is small to send and large to read."""
    yield "gz", gz_of(WORDS * 60_000, 500), "too long"
    yield "gz in gz", gzip.compress(gz_of(WORDS * 60_000, 500)), "too long"
    yield "gz in zip", zipped({"a.txt": gz_of(WORDS * 60_000, 500)}), "too long"
    yield "zip in zip in zip", zipped({"a": zipped({"b": zipped({"c": b"x"})})}), "archive in an archive"
    yield "deep page", b"<html><body>" + b"<b><p>" * 50_000 + ONE.encode(), "elements"
    yield "wide page", b"<html><body>" + b"<p>x</p>" * 300_000, "elements"
    yield "attributes", b"<html><body " + b" ".join(b'a%d="x"' % n for n in range(100_000)), "endless tags"
    yield "deep JSON", b'{"text": ' + b"[" * 200_000, "nested too deeply"
    yield "long number", b'{"text": "x", "id": ' + b"1" * 1_000_000 + b"}", "is no JSON"
    yield "nested mail", mail_of_parts(2000), "more parts"
    yield "mails in a mail", HEAD + b"Content-Type: message/rfc822\n\n" * 2000 + ONE.encode(), "more parts"
    yield (
        "mail of parts",
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 50_000,
        "more parts",
    )
    yield "brackets", b"# A heading of it\n\n" + b"[" * 200_000, "Article("
    yield "one word", b"A" * 4_000_000, "no words of a language"
    yield "PDF", pdf(b" " * 100_000_000), "bomb"
    yield "PDF of states", pdf(b"q " * 5_000_000), "bomb"
    yield "PDF in a circle", pdf(b"x").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"), "cannot be read"
    yield "WARC", warc(gz_of(WORDS * 60_000, 100), b"Content-Encoding: gzip\r\n"), "too large"
    yield "WARC of no end", warc(b"x").replace(b"Length: ", b"Length: 9999999999"), "no article"


RUN = textwrap.dedent(
    """
    import resource, sys
    from pathlib import Path
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
    from relwatch.read import articles
    for path in sys.argv[2:]:
        print(*(str(item).replace("\\n", "NEWLINE") for item in articles(Path(path))), sep="|")
    """
)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_bombs_are_one_line_in_little_memory(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    pytest.importorskip("warcio")
    paths, words = [], []
    for name, data, said in bombs():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
        words.append(said)
    command = [sys.executable, "-c", RUN, str(MOST_MEMORY), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    said_of = dict(zip((path.name for path in paths), done.stdout.splitlines(), strict=True))
    for path, word in zip(paths, words, strict=True):
        assert word in said_of[path.name], path.name
        assert "|" not in said_of[path.name], path.name
        assert "NEWLINE" not in said_of[path.name], path.name


class Endless(io.RawIOBase):
    """A line of 1 GB, made as it is read."""

    left = 1_000_000_000

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        size = min(len(buffer), self.left)
        buffer[:size] = b"a" * size
        self.left -= size
        return size


def test_a_line_of_a_gigabyte_is_read_past_in_pieces() -> None:
    import tracemalloc

    tracemalloc.start()
    lines = list(Source(io.BufferedReader(Endless())).lines())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(line) for line in lines] == [Unreadable]
    assert peak < 4 * MOST_LINE


SECRET = "the secret of the talks and of the summit in the city"
ENTITY = '<?xml version="1.0"?><!DOCTYPE {kind} [<!ENTITY x SYSTEM "ADDRESS"><!ENTITY % y SYSTEM "ADDRESS"> %y;]>'
REACHING = {
    "html": ENTITY.replace("{kind}", "html")
    + page(
        f'<h1>{TITLE}</h1><p>&x; {ONE}</p><p>{ONE}</p><iframe src="ADDRESS"></iframe><img src="ADDRESS">'
        f'<link rel="stylesheet" href="ADDRESS"><xi:include href="ADDRESS" parse="text"/><p>{ONE}</p>',
        '<base href="ADDRESS"><meta http-equiv="refresh" content="0;ADDRESS">',
    ),
    "rss": ENTITY.replace("{kind}", "rss")
    + f"<rss><channel><item><title>{TITLE}</title><link>ADDRESS</link>"
    + f"<description>&x; {ONE}</description></item></channel></rss>",
    "md": f"# {TITLE}\n\n![a](ADDRESS) {ONE}\n\n[b]: ADDRESS\n",
    "json": json.dumps({"text": BODY, "url": "ADDRESS"}),
    "eml": "From: a@paper.test\nSubject: x\nDate: Fri, 03 May 2019 10:00:00 +0000\nMIME-Version: 1.0\n"
    'Content-Type: message/external-body; access-type=URL; URL="ADDRESS"\n\n\n' + ONE,
}


@pytest.mark.parametrize("kind", REACHING)
def test_no_file_and_no_address_in_an_article_is_opened(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text(SECRET * 20)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def forbidden(*_: object, **__: object) -> None:
            raise AssertionError("a connection")

        for name in ("connect", "connect_ex"):
            monkeypatch.setattr(socket.socket, name, forbidden)
        monkeypatch.setattr(socket, "getaddrinfo", forbidden)
        for address in (f"file://{tmp_path}/secret", f"http://127.0.0.1:{server.getsockname()[1]}/x"):
            path = tmp_path / "a"
            path.write_text(REACHING[kind].replace("ADDRESS", address))
            found = list(articles(path))
            assert len(found) == 1
            assert SECRET not in getattr(found[0], "text", "")
        with pytest.raises(TimeoutError):  # lxml is C, and would not ask Python for a socket
            server.accept()


@pytest.mark.parametrize("name", ["../../evil.txt", "/evil.txt", "C:\\evil.txt", "a/../../../evil.txt", "evil\n.txt"])
def test_names_in_archives_lead_nowhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "a" / "b" / "c"
    folder.mkdir(parents=True)
    (folder / "z.zip").write_bytes(zipped({name: BODY.encode(), "bad\n" + name: b"\0\1\2" * 99}))
    before = sorted(os.walk(tmp_path))
    found = list(articles(folder / "z.zip"))
    assert [type(item) for item in found] == [Article, ReadError]
    assert "\n" not in str(found[1])
    assert sorted(os.walk(tmp_path)) == before
    assert not Path("/evil.txt").exists()


def test_a_path_that_no_system_has_is_no_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from relwatch.cli.main import main

    (tmp_path / "list").write_bytes(b"a\0b\n\n\xff\xfe\n" + b"x" * 5000 + b"\n")
    assert main(["code", "--from", str(tmp_path / "list")]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert all(line.startswith("relwatch: ") and line.count(";") == 1 for line in said)


ALL = {kind: data if isinstance(data, bytes) else data.encode() for kind, data in SOURCES.items()}
ALL |= {
    "pdf": pdf(f"BT /F1 10 Tf 14 TL 50 700 Td ({ONE}) Tj ET".encode()),
    "warc": warc(page().encode()),
    "txt": BODY.encode(),
    "utf-16": BODY.encode("utf-16"),
    "zip": zipped({"a.html": page().encode(), "b.txt": BODY.encode()}),
    "gz": gzip.compress(page().encode(), mtime=0),
}
PARTS = [
    b"<", b">", b"</", b"&#x", b"<!--", b"]]>", b'"', b"\\u", b"\\ud800", b"{", b"[", b"\0", b"\xff\xfe", b"\xf0\x9f",
    b"=?utf-8?b?", b"\r\n\r\n", b"\r\n--", b"%", b"0 obj", b"stream\n", b"Length: 9", b"-1", b"9" * 30, b"\x1b[2J",
]  # fmt: skip
EDITS = st.lists(
    st.tuples(
        st.integers(0, 1 << 16),
        st.integers(0, 40),
        st.one_of(st.sampled_from(PARTS), st.binary(max_size=6)),
        st.integers(1, 30),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=400, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(sorted(ALL)), edits=EDITS, forced=st.sampled_from((None, None, *FORMATS)))
def test_no_damage_makes_a_reader_raise(
    tmp_path_factory: pytest.TempPathFactory,
    kind: str,
    edits: list[tuple[int, int, bytes, int]],
    forced: Format | None,
) -> None:
    data = ALL[kind]
    for at, gone, new, times in edits:
        at %= len(data) + 1
        data = data[:at] + new * times + data[at + gone :]
    path = tmp_path_factory.mktemp("fuzz") / "a"
    path.write_bytes(data)
    for item in articles(path, format=forced):
        if isinstance(item, ReadError):
            assert "\n" not in str(item)
            assert "\x1b" not in str(item)
        else:
            assert item.text.strip()
            assert all(item.text[s.start : s.end] == s.text for s in item.furniture)

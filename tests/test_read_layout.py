"""Layout: datelines of every agency, headlines, and furniture, each by the examples in its table."""

import re

import pytest

from relwatch.read.furniture import is_credit, is_menu_line, patterns, running_ranges
from relwatch.read.layout import layout
from relwatch.tables import listed, rows

PROSE = "The foreign ministers of both countries met for talks and agreed to meet again before the summit."

# the dateline | place | outlet | day | month | year
DATELINES = """
MOSCOW, April 30. /TASS/. | Moscow | TASS | 30 | 4 | None
WASHINGTON (Reuters) - | Washington | Reuters | None | None | None
PARIS  (Reuters) - | Paris | Reuters | None | None | None
BEIJING, Oct. 3 (Xinhua) -- | Beijing | Xinhua | 3 | 10 | None
WASHINGTON, August 8 (Xinhua) -- | Washington | Xinhua | 8 | 8 | None
PARIS, Nov 3 (AFP) - | Paris | AFP | 3 | 11 | None
LONDON, March 3 - | London | None | 3 | 3 | None
KYIV. May 5. INTERFAX - | Kyiv | Interfax | 5 | 5 | None
TEHRAN (IRNA) – | Tehran | IRNA | None | None | None
Tehran, 3 May, IRNA – | Tehran | IRNA | 3 | 5 | None
THE HAGUE, Netherlands (AP) _ | The Hague | AP | None | None | None
CAPE TOWN, South Africa (AP) -- | Cape Town | AP | None | None | None
ST. PETERSBURG, May 21. /TASS/. | St. Petersburg | TASS | 21 | 5 | None
Cairo, Egypt, Apr 21 2022 (IPS) - | Cairo | IPS | 21 | 4 | 2022
NEW DELHI, May 3, 2021 (IANS) | New Delhi | IANS | 3 | 5 | 2021
New Delhi [India], May 3 (ANI): | New Delhi | ANI | 3 | 5 | None
(ANSA) - ROME, MAY 3 - | Rome | ANSA | 3 | 5 | None
— (Xinhua) — | None | Xinhua | None | None | None
AMMAN — | Amman | None | None | None | None
LONDON, Monday, April 27 (AFP) - | London | AFP | 27 | 4 | None
Mogadishu, Somalia - | Mogadishu | None | None | None | None
""".strip().splitlines()


@pytest.mark.parametrize("row", DATELINES)
def test_datelines(row: str) -> None:
    line, place, outlet, day, month, year = (part.strip() for part in row.split("|"))
    found = layout(f"{line} {PROSE}")
    got = (found.place, found.outlet, found.day, found.month, found.year)
    assert tuple(map(str, got)) == (place, outlet, day, month, year)
    assert found.furniture[0].text == line
    assert found.lede_start == len(line) + 1


@pytest.mark.parametrize("row", list(rows("agencies.csv")), ids=lambda r: r["outlet"])
def test_agencies(row: dict[str, str]) -> None:
    assert listed(row["marks"])
    assert layout(row["example"]).outlet == row["outlet"]


@pytest.mark.parametrize(
    "text",
    [
        f"The talks - which began on May 3 (a Monday) - went on. {PROSE}",
        f"Deputy Prime Minister - Minister of Economy Jane Doe spoke. {PROSE}",
        f"ANALYSIS - {PROSE}",
        f"Talks resume — Kremlin\n\n{PROSE}",
        PROSE,
    ],
)
def test_no_dateline(text: str) -> None:
    found = layout(text)
    assert (found.place, found.outlet, found.day) == (None, None, None)


def test_a_dateline_on_a_line_of_its_own() -> None:
    found = layout(f"Minister arrives in China.\nJane Q. Doe\nBEIJING 1996-08-22\n{PROSE}\n")
    assert found.title
    assert found.title.text == "Minister arrives in China."
    assert [s.text for s in found.furniture] == ["Jane Q. Doe", "BEIJING 1996-08-22"]
    assert (found.year, found.month, found.day) == (1996, 8, 22)


def test_a_dateline_glued_to_the_headline() -> None:
    found = layout(f"Tourists come back in spring SEOUL, Dec. 30 (Yonhap) -- {PROSE}")
    assert (found.place, found.outlet, found.day, found.month) == ("Seoul", "Yonhap", 30, 12)


def test_captions_are_furniture_with_their_credit() -> None:
    text = (
        "Two envoys meet in Geneva\n\nEnvoys Jane Doe and John Roe Max Muster/TASS\n"
        f"Envoys Jane Doe and John Roe\n© Max Muster/TASS\n\nGENEVA, May 3. /TASS/. {PROSE}"
    )
    found = layout(text)
    assert found.title
    assert found.title.text == "Two envoys meet in Geneva"
    assert len(found.furniture) == 4
    assert text[found.lede_start :] == PROSE


def test_the_headline_is_the_line_above_longer_prose() -> None:
    found = layout(f"Two envoys meet in Geneva\n\n{PROSE}")
    assert found.title
    assert found.title.text == "Two envoys meet in Geneva"
    assert found.lede_start == 27
    assert layout(PROSE).title is None
    assert layout(f"A sentence that ends with a stop.\n{PROSE}").title is None


def test_a_line_that_names_the_office_is_no_headline() -> None:
    found = layout(f"Jane Q. Doe, Secretary of State\n{PROSE}")
    assert found.title is None
    assert [s.text for s in found.furniture] == ["Jane Q. Doe, Secretary of State"]


@pytest.mark.parametrize("row", list(rows("furniture.csv")), ids=lambda r: f"{r['kind']}:{r['key']}")
def test_furniture_table(row: dict[str, str]) -> None:
    kind, example, counter = row["kind"], row["example"], row["counterexample"]
    regex = re.compile(row["pattern"], re.IGNORECASE | re.DOTALL)
    assert not row["key"] or any(key in example.lower() for key in listed(row["key"]))
    if kind == "line":
        assert is_menu_line(example)
        assert not is_menu_line(counter)
    elif kind == "credit":
        assert is_credit(example)
        assert not is_credit(counter)
    elif kind == "start":
        assert regex.match(example)
        assert not regex.match(counter)
    else:
        assert regex.search(example)
        assert not regex.search(counter)
        assert running_ranges(f"{PROSE} {PROSE} {example}")


def test_the_kinds_of_furniture() -> None:
    kinds = {row["kind"] for row in rows("furniture.csv")}
    assert kinds == {"line", "credit", "start", "top", "sentence", "tail"}
    assert all(patterns(kind) for kind in kinds)


def test_spans_are_exact_and_in_order() -> None:
    text = f"Menu\nShare\n\nTwo envoys meet\n\nBy Jane Doe\n\nGENEVA (AP) — {PROSE}\n\nRead more: War\n© AP\n"
    found = layout(text)
    at = 0
    for span in found.furniture:
        assert text[span.start : span.end] == span.text
        assert span.start >= at
        at = span.end
    assert [s.text for s in found.furniture] == [
        "Menu", "Share", "By Jane Doe", "GENEVA (AP) —", "Read more: War", "© AP"
    ]  # fmt: skip

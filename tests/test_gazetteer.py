"""The gazetteer: every state is found by its name, adjective, people and capital, and nothing by what is none."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import cli_support
import pytest

from relwatch import gazetteer, partywords, tables
from relwatch.gazetteer import Kind
from relwatch.identify import lookalikes
from relwatch.mention import Finder, Mention
from relwatch.sentences import split
from relwatch.store import Store

UN_MEMBERS = """
AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV KHM
CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN
FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK
KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR
NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA VCT WSM SMR STP
SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK THA TLS TGO TON TTO TUN TUR TKM TUV UGA
UKR ARE GBR TZA USA URY UZB VUT VEN VNM YEM ZMB ZWE
""".split()
OTHERS = "PSE VAT TWN XKX".split()
ENDED = {"SUN": 1985, "YUG": 1995, "SCG": 2005, "CSK": 1990, "DDR": 1988, "ZAR": 1990, "YMD": 1988}
ROWS = {row["iso3"]: row for row in tables.rows("countries.csv")}
STATES = [*UN_MEMBERS, *OTHERS, *ENDED]
# What it says of the states that are meant by a name when this is written about.
SENTENCES: dict[str, str] = {
    "name": "{} accused Portugal of spying.",
    "adjectives": "The {} government accused Portugal of spying.",
    "demonyms": "The {} accused Portugal of spying.",
    "capital": "{} accused Portugal of spying.",
}
KINDS: dict[str, set[Kind]] = {
    "name": {"country"},
    "adjectives": {"adjective", "people", "country"},
    "demonyms": {"people", "adjective", "country"},
    "capital": {"capital", "country"},
}

INSTEAD = {"demonyms": "adjectives", "adjectives": "name"}
NO_CAPITAL = {"NRU", "VAT"}


def day_of(party: str) -> date:
    """A day on which a state existed."""
    return date(ENDED.get(party, 2019), 6, 15)


def names(party: str, column: str) -> tuple[str, ...]:
    """The names of a kind; where the table has none, the word that does for it (Chinese, New Zealand)."""
    found = tables.listed(ROWS[party][column])
    if found or column not in INSTEAD:
        return found
    return names(party, INSTEAD[column])


def test_there_are_all_states() -> None:
    assert len(UN_MEMBERS) == len(set(UN_MEMBERS)) == 193
    assert set(STATES) <= set(ROWS)
    living = {p for p in UN_MEMBERS + OTHERS if not ROWS[p]["valid_to"]}
    assert living == {*UN_MEMBERS, *OTHERS}
    assert all(ROWS[p]["valid_to"] for p in ENDED)


@pytest.mark.parametrize("column", list(KINDS))
@pytest.mark.parametrize("party", STATES)
def test_a_state_has_each_name_and_the_index_has_it(party: str, column: str) -> None:
    assert names(party, column) or (column == "capital" and party in NO_CAPITAL), "the table has none"
    for name in names(party, column):
        words = list(gazetteer.pieces(name))
        n, entries = gazetteer.lookup(words, 0) or (0, ())
        assert n == len(words)
        meant = gazetteer.choose([e for e in entries if e.party], day_of(party))
        assert party in {e.party for e in meant}
        assert {e.kind for e in meant if e.party == party} & KINDS[column]


def mentions(text: str, on: date) -> list[Mention]:
    return [m for row in Finder(text, on).find(split(text, ())) for m in row]


@pytest.mark.parametrize("column", list(KINDS))
@pytest.mark.parametrize("party", STATES)
def test_a_text_that_names_a_state_means_it(party: str, column: str) -> None:
    """But for names that mean something else as well: those need a text that tells."""
    doubtful = set(names(party, "ambiguous"))
    doubtful |= {name for name, meanings in lookalikes().items() if not all(m.default for m in meanings)}
    sentence = SENTENCES[column].replace("Portugal", "Portugal" if party != "PRT" else "Spain")
    for name in names(party, column):
        if name in doubtful or (column == "demonyms" and not name.endswith(("s", "i", "ese", "men"))):
            continue
        text = sentence.format(name)
        found = mentions(text, date(1988, 6, 15) if name.startswith("West ") else day_of(party))
        assert found, text
        assert found[0].party == party, text


@pytest.mark.parametrize("party", STATES)
def test_a_state_is_found_by_its_code_and_name_in_an_argument(party: str) -> None:
    assert partywords.parties(party) == [party]
    assert party in partywords.parties(ROWS[party]["name"].upper())


@pytest.mark.parametrize("party", [p for p in STATES if ROWS[p]["predecessor"]])
def test_the_state_before_stands_in_for_it_up_to_its_last_day(party: str) -> None:
    first = gazetteer.countries()[party].valid_from
    assert first is not None
    before = first - timedelta(days=1)
    assert gazetteer.party_on(party, first) == party
    assert gazetteer.party_on(party, before) == ROWS[party]["predecessor"]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The Washington Post praised the film.", []),
        ("He flew over the South China Sea.", []),
        ("Sino-Soviet and Franco-German talks went on.", ["CHN", "SUN", "FRA", "DEU"]),
        ("The West German chancellor and the West Coast's mayors thanked the West.", ["DEU", "WEST"]),
        ("U.S. and U.K. envoys left.", ["USA", "GBR"]),
        ("South Korea's and North Korea's envoys met.", ["KOR", "PRK"]),
        ("The Kremlin, the White House and Downing Street were silent.", ["RUS", "USA", "GBR"]),
        ("COTE D'IVOIRE AND TÜRKIYE SIGNED IT.", ["CIV", "TUR"]),
    ],
)
def test_names_within_names(text: str, parties: list[str]) -> None:
    on = date(1988, 6, 1) if "Soviet" in text or "West" in text else date(2019, 6, 1)
    assert [m.party for m in mentions(text, on) if m.party] == parties


NAMES = {
    "countries.csv",
    "organizations.csv",
    "not_countries.csv",
    "places.csv",
    "aliases.csv",
    "stage_words.csv",
    "schema.csv",
}


def test_a_timeline_reads_no_table_of_people(tmp_path: Path) -> None:
    """Names of countries for the two arguments are all that it needs."""
    with Store.open(tmp_path / "s.db") as store:
        article = cli_support.article()
        store.add(article, cli_support.events(article.text))
    code = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda e, a: opened.append(str(a[0])) if e == 'open' else None)\n"
        "from relwatch.cli.main import main\n"
        f"main(['timeline', 'russia', 'us', '--db', {str(tmp_path / 's.db')!r}])\n"
        "read = {p.rsplit('/')[-1] for p in opened if p.endswith('.csv')}\n"
        f"sys.exit(bool(read - {NAMES!r}))\n"
    )
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0

"""Every table that ships has its source and licence told."""

from __future__ import annotations

from relwatch import tables


def test_every_table_has_a_licence() -> None:
    page = (tables.data_dir() / "LICENSES.md").read_text(encoding="utf-8")
    shipped = {path.name for path in tables.data_dir().glob("*.csv")}
    assert shipped
    assert not {name for name in shipped if f"`{name}`" not in page}


def test_share_alike_rows_stand_apart() -> None:
    assert not [row["person"] for row in tables.rows("leaders.csv") if "countryinfo" in row["source"]]
    assert all("countryinfo" in row["source"] for row in tables.rows("leaders_sharealike.csv"))

"""The tables are sound, and what is wrong with a table is said with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from relwatch import schema, tablecheck, tables
from relwatch.check import example_article, expected, notation, run_example
from relwatch.cli.main import main
from relwatch.coder import code
from relwatch.errors import TableError

FRAME = "id,trigger,pos,type,mode,actor,recipient,mutual,speech,tone\n"
EXAMPLE = "frame,kind,sentence,expect,date\n"
ROW = "zap.v,zap|zing at,verb,ACCUSE,disapprove,subj,obj|at,no,yes,-2\n"
DAY = "2019-05-02"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of a user's own tables, in force."""
    monkeypatch.delenv(tables.VARIABLE, raising=False)
    tables.use(tmp_path)
    yield tmp_path
    tables.use(None)


def write(folder: Path, name: str, content: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    tables.use(folder)  # forgets what was loaded


def found(name: str, content: str, folder: Path) -> list[str]:
    """What is wrong with a table, without the path."""
    write(folder, name, content)
    return [str(p).removeprefix(f"{folder}/") for p in schema.problems(schema.read(folder / name))]


def coded(sentence: str) -> list[str]:
    return [notation(e) for e in code(example_article(sentence, DAY))]


# -- our tables ----------------------------------------------------------------------------------


def test_our_tables_are_sound() -> None:
    assert [str(p) for p in tablecheck.table_problems()] == []


@pytest.mark.parametrize("path", tablecheck.paths(tables.data_dir()), ids=lambda p: p.name)
def test_the_schema_lists_the_columns_of_every_table(path: Path) -> None:
    assert schema.read(path).header == tuple(c["column"] for c in tables.columns()[path.name])


def test_the_schema_knows_its_own_words() -> None:
    for name, columns in tables.columns().items():
        assert (tables.data_dir() / name).exists()
        assert any(c["key"] for c in columns), name
        for column in columns:
            assert column["kind"] in schema.CHECKS
            assert column["meaning"]


# -- what is wrong with a table ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("frame.csv", "id\n", "frame.csv:0: is no table of relwatch"),
        ("frames.csv", FRAME.replace("pos", "part"), "frames.csv:1: has an unknown column 'part'"),
        ("frames.csv", "id,trigger\nzap.v,zap\n", "frames.csv:1: lacks the column 'pos'"),
        ("frames.csv", FRAME + ROW.replace("verb", "werb"), "frames.csv:2: pos 'werb' is not known"),
        ("frames.csv", FRAME + ROW.replace("ACCUSE", "BLAME"), "frames.csv:2: type 'BLAME' is not known"),
        ("frames.csv", FRAME + ROW.replace(",subj,", ",subject,"), "has an unknown slot 'subject'"),
        ("frames.csv", FRAME + ROW.replace("-2", "-3"), "frames.csv:2: tone '-3' is not allowed"),
        ("frames.csv", FRAME + ROW + ROW, "frames.csv:3: repeats line 2"),
        ("frames.csv", FRAME + ROW.replace("zap|", "zap||"), "frames.csv:2: trigger has an empty item"),
        ("frames.csv", FRAME + ROW.replace("zing at", "zap"), "frames.csv:2: trigger has 'zap' twice"),
        ("frames.csv", FRAME + ROW.strip() + ",x\n", "frames.csv:2: has 11 cells for 10 columns"),
        ("frames.csv", "# mine\n\n" + FRAME + ROW.replace("verb", "x"), "frames.csv:4: pos 'x'"),
        ("frames.csv", FRAME + '"zap', "frames.csv:2: is no CSV"),
        ("frame_examples.csv", EXAMPLE + "zap.v,yes,A zaps B.,,2019-13-01\n", "date '2019-13-01' is no date"),
        ("frame_examples.csv", EXAMPLE + "zap.v,yes,A zaps B.,,2019-05\n", "date '2019-05' is no date"),
        ("leaders.csv", "person,party,role,start,status\nX,fra,other,2019,ended\n", "party 'fra' is no party"),
        ("leaders.csv", "person,party,role,start,status\nX,FRA,boss,2019,ended\n", "role 'boss' is not known"),
        ("topics.csv", "topic,phrase,weight,kind\noil,crude,1,word\n", "topic 'oil' is not known"),
        ("topics.csv", "topic,phrase,weight,kind\nenergy,crude,x,word\n", "weight 'x' is not allowed"),
        ("tone.csv", "phrase,score,kind,applies\nsunny,1,word,CHAT\n", "applies 'CHAT' is not known"),
        ("eras.csv", "id,pattern,start,meaning,example\nx,(,2019,x,x\n", "pattern is no regular expression"),
        ("light_verbs.csv", "verb,subject_is\n go,actor\n", "verb begins or ends with a space"),
        ("light_verbs.csv", "verb,subject_is\n,actor\n", "verb is empty"),
    ],
)  # fmt: skip
def test_complaints(own: Path, name: str, content: str, complaint: str) -> None:
    complaints = found(name, content, own)
    assert any(complaint in c for c in complaints), complaints
    assert all("; " in c for c in complaints), "each says what to try"


@pytest.mark.parametrize("needs", ["obj=deal|treaty", "obj:party;on!=way", "comp", "nocomp;with:many"])
def test_conditions_that_can_be_read(own: Path, needs: str) -> None:
    content = FRAME.strip() + ",needs\n" + ROW.strip() + f",{needs}\n"
    assert found("frames.csv", content, own) == []


@pytest.mark.parametrize(
    ("needs", "complaint"),
    [
        ("objekt=deal", "has an unknown slot"),
        ("obj:country", "asks for an unknown kind"),
        ("obj deal", "cannot read the condition"),
        ("comp;", "cannot read the condition"),
    ],
)
def test_conditions_that_cannot(own: Path, needs: str, complaint: str) -> None:
    content = FRAME.strip() + ",needs\n" + ROW.strip() + f",{needs}\n"
    assert complaint in "\n".join(found("frames.csv", content, own))


def test_a_table_in_another_encoding(own: Path) -> None:
    (own / "light_verbs.csv").write_bytes("verb,subject_is\nfaïre,actor\n".encode("latin-1"))
    assert "is not in UTF-8" in str(next(schema.problems(schema.read(own / "light_verbs.csv"))))


def test_tables_refer_to_each_other(own: Path) -> None:
    write(own, "frames.csv", FRAME + ROW.replace("disapprove", "phone"))
    write(own, "frame_examples.csv", EXAMPLE + f"zip.v,no,Nobody zips.,,{DAY}\n")
    write(own, "leaders.csv", "person,party,role,start,status\nX,QQQ,other,2019,ended\n")
    complaints = "\n".join(str(p) for p in tablecheck.table_problems())
    assert "ACCUSE has no mode 'phone'; write one of allege, disapprove, investigate" in complaints
    assert "zap.v has no example" in complaints
    assert "there is no frame 'zip.v'" in complaints
    assert "party 'QQQ' is in neither" in complaints


def test_ours_must_be_sorted() -> None:
    rows = tuple(schema.Line(n, {"noun": noun}) for n, noun in ((2, "b"), (3, "a")))
    (problem,) = schema.unsorted(schema.Table(Path("agents.csv"), ("noun",), rows, ()))
    assert str(problem) == "agents.csv:3: is not in its place ('a'); sort by noun"


# -- tables of one's own in force ----------------------------------------------------------------


def test_a_frame_of_ones_own_codes(own: Path) -> None:
    sentence = "The French president zapped Hungary."
    assert coded(sentence) == []
    write(own, "frames.csv", FRAME + ROW)
    assert coded(sentence) == ["ACCUSE-disapprove FRA>HUN"]


def test_a_row_of_ones_own_replaces_ours(own: Path) -> None:
    sentence = "Poland lambasted Belarus."
    assert coded(sentence) == ["ACCUSE-disapprove POL>BLR"]
    ours = next(row for row in tables.rows("frames.csv") if "lambast" in tables.listed(row["trigger"]))
    write(own, "frames.csv", FRAME + f"{ours['id']},,verb,ACCUSE,disapprove,subj,obj,no,yes,\n")
    assert coded(sentence) == []


def test_leaders_and_countries_of_ones_own(own: Path) -> None:
    write(own, "leaders.csv", "person,party,role,start,status\nJan Novotny Zeman,CZE,head_of_state,2018,current\n")
    write(own, "countries.csv", "iso3,name,aliases\nXAA,Ruritania,Kingdom of Ruritania\n")
    assert coded("Jan Novotny Zeman criticised Ruritania.") == ["ACCUSE-disapprove CZE>XAA"]


def test_a_broken_table_of_ones_own_ends_the_run_with_one_line(own: Path) -> None:
    write(own, "frames.csv", FRAME + ROW.replace("-2", "bad"))
    with pytest.raises(TableError, match=r"frames\.csv:2: tone 'bad' is not allowed; .* shows all"):
        list(tables.rows("frames.csv"))


def test_the_folder_can_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tables.VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(TableError, match="no such folder"):
        tables.user_dir()
    monkeypatch.setenv(tables.VARIABLE, str(tmp_path))
    assert tables.user_dir() == tmp_path


# -- examples and the command --------------------------------------------------------------------


def test_the_notation_of_examples() -> None:
    one, two = expected("ACCUSE-disapprove FRA+DEU>HUN ; CONSULT FRA+HUN [planned]")
    assert (one.type, one.mode, one.actor, one.recipient) == ("ACCUSE", "disapprove", {"FRA", "DEU"}, {"HUN"})
    assert (two.mode, two.recipient, two.status) == (None, frozenset(), "planned")
    with pytest.raises(ValueError, match="cannot read 'France accuses'"):
        expected("France accuses")


def test_examples_that_fail_say_what_came_instead() -> None:
    row = {"frame": "accuse.v", "kind": "no", "sentence": "Mali accused France of spying.", "expect": "", "date": DAY}
    outcome = run_example(row)
    assert outcome.problem
    assert outcome.got == "ACCUSE-allege MLI>FRA"


def test_command_on_sound_tables(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relwatch.check.example_problems", lambda: iter(()))
    write(own, "frames.csv", FRAME + ROW)
    write(own, "frame_examples.csv", EXAMPLE + f"zap.v,yes,The French president zapped Hungary.,ACCUSE FRA>HUN,{DAY}\n")
    assert main(["check", "--tables", str(own)]) == 0
    assert "are sound" in capsys.readouterr().err


def test_command_on_a_broken_table(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(own, "frames.csv", FRAME + ROW.replace("verb", "werb"))
    assert main(["check", "--tables", str(own)]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [f"{own}/frames.csv:2: pos 'werb' is not known; write one of adj, noun, verb"]
    assert err == "relwatch: 1 problem\n"


def test_command_on_examples_that_fail(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relwatch.check.sources", _only(own))
    write(own, "frames.csv", FRAME + ROW)
    write(own, "frame_examples.csv", EXAMPLE + f"zap.v,yes,France zapped Hungary.,ACCUSE HUN>FRA,{DAY}\n")
    write(own, "tone_examples.csv", "sentence,type,score\nThe talks were useful.,CONSULT,-2\n")
    write(own, "topic_examples.csv", "sentence,type,topics\nThey discussed oil.,CONSULT,media\n")
    assert main(["check", "--tables", str(own)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":2: ")[0].rpartition("/")[2] for line in lines] == [
        "tone_examples.csv", "topic_examples.csv", "frame_examples.csv",
    ]  # fmt: skip
    assert "gives tone 1 (useful), not -2" in lines[0]
    assert "gives energy (oil), not media" in lines[1]
    assert "zap.v: gives ACCUSE-disapprove FRA>HUN, not ACCUSE HUN>FRA" in lines[2]


def _only(folder: Path):  # type: ignore[no-untyped-def]
    """The sources of a folder without ours, so that a test need not run a thousand examples."""
    return lambda name: [s for s in tablecheck.sources(name) if s.path.parent == folder]

"""Bad input: one sentence, the exit code of design.md, and the file as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def refuse(run: Run, file: Path, *args: str | Path, code: int, says: str, stdin: str | None = None) -> str:
    """Runs a command that must fail, and compares the session's bytes."""
    before = file.read_bytes() if file.exists() else None
    outcome = run(*args, stdin=stdin)
    assert outcome.code == code, outcome
    assert says in outcome.err
    assert outcome.out == ""
    assert (file.read_bytes() if file.exists() else None) == before
    return outcome.err


READERS = ("list", "rank", "history", "undo", "redo", "check", "export", "open")


@pytest.mark.parametrize("command", READERS)
def test_a_missing_file(run: Run, tmp_path: Path, command: str) -> None:
    missing = tmp_path / "missing.sqlite"
    refuse(run, missing, command, missing, code=3, says="does not exist")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["list", "rank", "undo"])
def test_a_file_that_is_not_ours(run: Run, tmp_path: Path, command: str) -> None:
    other = tmp_path / "other.sqlite"
    connection = sqlite3.connect(other)
    connection.execute("create table t (a)")
    connection.commit()
    connection.close()
    refuse(run, other, command, other, code=3, says="another program")
    text = tmp_path / "notes.txt"
    text.write_text("not a database", encoding="utf-8")
    refuse(run, text, command, text, code=3, says="not a session file")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert run(command, folder).code == 3


def test_a_file_from_a_newer_version(run: Run, sample: Path) -> None:
    connection = sqlite3.connect(sample)
    connection.execute("pragma user_version = 99")
    connection.close()
    refuse(run, sample, "rank", sample, code=3, says="newer version (format 99")


def test_a_damaged_file(run: Run, sample: Path) -> None:
    sample.write_bytes(sample.read_bytes()[:-4096])
    refuse(run, sample, "rank", sample, code=3, says="Open a backup")


def test_a_session_whose_tables_differ_from_its_log(run: Run, sample: Path) -> None:
    connection = sqlite3.connect(sample)
    connection.execute("update use_case set title = 'Another title' where id = 1")
    connection.commit()
    connection.close()
    outcome = run("check", sample)
    assert outcome.code == 1
    assert "differs from the log" in outcome.out
    assert run("check", sample, "--json").json()["findings"]


def test_a_locked_file(run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prioritizer.store.connection.BUSY_MS", 50)
    other = sqlite3.connect(sample, isolation_level=None)
    other.execute("begin exclusive")
    try:
        refuse(run, sample, "add", sample, "One more", code=3, says="another program")
    finally:
        other.execute("rollback")
        other.close()


def test_an_unknown_preset(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    err = refuse(run, file, "new", file, "--preset", "pilot-frist", code=2, says="no preset")
    assert "pilot-first" in err


def test_an_unknown_criterion(run: Run, sample: Path) -> None:
    refuse(run, sample, "rate", sample, "#1", "P9", "3", code=2, says="no criterion “P9”")


def test_an_unknown_use_case(run: Run, sample: Path) -> None:
    err = refuse(run, sample, "rate", sample, "Suport ticket routing", "P1", "3", code=2, says="no use case")
    assert "#1 Support ticket routing" in err
    refuse(run, sample, "why", sample, "#77", code=2, says="no use case #77")


def test_a_level_seven(run: Run, sample: Path) -> None:
    refuse(run, sample, "rate", sample, "#1", "P1", "7", code=2, says="levels go from 0 to 4")


@pytest.mark.parametrize("title", ["", "   ", "\u3000"])
def test_an_empty_title(run: Run, sample: Path, title: str) -> None:
    refuse(run, sample, "add", sample, title, code=2, says="title")


def test_a_gate_answer_that_is_none(run: Run, sample: Path) -> None:
    refuse(run, sample, "gate", sample, "#1", "prohibited", "perhaps", code=2, says="it takes yes, no")
    err = refuse(run, sample, "gate", sample, "#1", "prohibitet", "no", code=2, says="no gate")
    assert "prohibited" in err
    refuse(run, sample, "gate", sample, "#1", "D1", "no", code=2, says="rate the criterion")


def test_a_csv_without_the_mapped_column(run: Run, sample: Path, tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text("Name,Agency\nOne,Two\n", encoding="utf-8")
    err = refuse(run, sample, "import", sample, source, "--map", "title=Nam", code=2, says="no column “Nam”")
    assert "Name" in err
    refuse(run, sample, "import", sample, source, "--map", "titel=Name", code=2, says="no field “titel”")
    refuse(run, sample, "import", sample, source, "--map", "title", code=2, says="FIELD=COLUMN")


def test_a_missing_source(run: Run, sample: Path, tmp_path: Path) -> None:
    refuse(run, sample, "import", sample, tmp_path / "none.csv", code=2, says="no file")
    file = tmp_path / "new.sqlite"
    refuse(run, file, "new", file, "--from", tmp_path / "none.csv", code=2, says="no file")


def test_a_name_that_is_taken(run: Run, sample: Path) -> None:
    refuse(run, sample, "new", sample, code=2, says="exists already")
    refuse(run, sample, "demo", sample, "--no-open", code=2, says="exists already")


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "no" / "such" / "s.sqlite"
    assert run("new", file).code in (2, 3)


def test_nothing_to_undo_or_redo(run: Run, empty: Path) -> None:
    refuse(run, empty, "undo", empty, code=2, says="nothing to undo")
    refuse(run, empty, "redo", empty, code=2, says="nothing to redo")


def test_a_tidy_table_with_bad_rows_writes_nothing_and_names_them_all(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    source = tmp_path / "levels.csv"
    source.write_text(
        "use_case,criterion,level,evidence\n"
        "#1,P1,4,\n#1,P1,7,\n#99,P1,2,\nSuport ticket routing,P1,2,\n#2,P9,1,\n#2,P1,1,measurd\n#1,P1,2,\n,P1,2,\n",
        encoding="utf-8",
    )
    err = refuse(run, sample, "rate", sample, "--from", source, code=2, says="7 rows are wrong")
    for row in (3, 4, 5, 6, 7, 8, 9):
        assert f"row {row}:" in err
    assert "row 2:" not in err
    gates = tmp_path / "gates.csv"
    gates.write_text("use_case,gate,answer\n#1,prohibited,no\n#1,stabilty,no\n", encoding="utf-8")
    err = refuse(run, sample, "gate", sample, "--from", gates, code=2, says="1 row is wrong")
    assert "row 3:" in err
    assert "stability" in err


def test_a_tidy_table_without_a_column_or_a_row(run: Run, sample: Path, tmp_path: Path) -> None:
    source = tmp_path / "levels.csv"
    source.write_text("use_case,level\n#1,3\n", encoding="utf-8")
    refuse(run, sample, "rate", sample, "--from", source, code=2, says="criterion")
    source.write_text("use_case,criterion,level\n", encoding="utf-8")
    refuse(run, sample, "rate", sample, "--from", source, code=2, says="nothing to write")
    refuse(run, sample, "rate", sample, "#1", "--from", source, code=2, says="--from")
    refuse(run, sample, "rate", sample, "#1", "P1", code=2, says="LEVEL")


def test_strict_import_writes_nothing_if_a_row_is_refused(run: Run, sample: Path, tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text("title,task\nOne,a\n,b\nTwo,c,d\n", encoding="utf-8")
    err = refuse(run, sample, "import", sample, source, "--strict", code=2, says="2 rows are refused")
    assert "row 3:" in err
    assert "row 4:" in err


def test_an_export_never_replaces_in_silence(run: Run, sample: Path, tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    assert run("export", sample, "--to", paper, "--format", "md").code == 0
    (paper / "shortlist.md").write_text("edited by hand", encoding="utf-8")
    refuse(run, sample, "export", sample, "--to", paper, "--format", "md", code=2, says="--force")
    assert (paper / "shortlist.md").read_text(encoding="utf-8") == "edited by hand"
    assert run("export", sample, "--to", paper, "--format", "md", "--force").code == 0
    refuse(run, sample, "export", sample, "--to", paper, "--format", "docx", code=2, says="no export format")


def test_wrong_usage(run: Run, sample: Path) -> None:
    for args in (
        ["rnak", str(sample)],
        ["rank"],
        ["rank", str(sample), "--jsn"],
        ["list", str(sample), "--parked", "--all"],
    ):
        outcome = run(*args)
        assert outcome.code == 2
        assert outcome.out == ""
    assert "“rank”" in run("rnak", sample).err
    assert "“show”" in run("presets", "shwo").err
    assert "--json" in run("rank", sample, "--jsn").err
    assert run("park", sample).code == 2
    assert run("park", sample, "#1", "--all-but", "#2").code == 2
    assert run("history", sample, "--last", "0").code == 2


def test_the_app_needs_a_terminal(run: Run, sample: Path, tmp_path: Path) -> None:
    for args in ([], ["open", sample], ["demo", tmp_path / "d.sqlite"]):
        outcome = run(*args)
        assert outcome.code == 2
        assert "needs a terminal" in outcome.err
    assert not (tmp_path / "d.sqlite").exists()


def test_a_vote_of_a_stranger(run: Run, sample: Path) -> None:
    refuse(run, sample, "rate", sample, "#1", "P1", "3", "--by", "Ada", code=2, says="roster")


def test_a_parked_use_case_has_no_place(run: Run, sample: Path) -> None:
    run("park", sample, "#5")
    refuse(run, sample, "why", sample, "#5", code=2, says="parking lot")
    refuse(run, sample, "rank", sample, "--what-if", "#5:D1=3", code=2, says="unpark")


BROKEN = [
    ("format = 1\nid = 3\n", '"id"'),
    ("not toml at all", "line 1"),
    ("format = 9\n", "newer version"),
    ('format = 1\nid = "own"\nversoin = 1\n', '"versoin"'),
]


@pytest.mark.parametrize(("text", "says"), BROKEN)
def test_a_preset_that_is_to_be_mended(run: Run, tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    outcome = run("presets", "check", file)
    assert outcome.code == 1
    assert "own.toml" in outcome.err
    assert says in outcome.err
    assert run("presets", "check", file, "--json").json()["findings"]
    assert run("new", tmp_path / "x.sqlite", "--preset", file).code == 2
    assert not (tmp_path / "x.sqlite").exists()


def test_presets_that_are_not_there(run: Run, tmp_path: Path) -> None:
    assert run("presets", "check", tmp_path / "none.toml").code == 2
    outcome = run("presets", "show", "regulatd")
    assert outcome.code == 2
    assert "regulated" in outcome.err
    assert "regulated" in run("presets", "check", "regulatd").err
    assert run("presets", "new", "pilot-first").code == 2
    assert run("presets", "new", "ä b").code == 2


def test_a_title_that_begins_with_a_dash_is_told_where_it_goes(run: Run, sample: Path) -> None:
    outcome = run("add", sample, "-5 % scrap")
    assert outcome.code == 2
    assert "goes behind `--`" in outcome.err
    assert run("add", sample, "--", "-5 % scrap").code == 0
    assert "goes behind" not in run("add", sample, "--bogus").err

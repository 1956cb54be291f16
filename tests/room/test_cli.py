"""The room from the command line: what is printed, what is refused, and the JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from prioritizer import Workshop
from tests.cli.conftest import run_command as run

ROWS = "participant,use_case,criterion,answer\nAda,#1,VIA,2\nBen,#1,VIA,2\nCem,#1,VIA,2\nDee,#1,VIA,4\nEva,#1,VIA,4\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "s.sqlite"
    with Workshop.create(path, preset="pilot-first-quick") as w:
        w.add_use_case("One")
        w.add_use_case("Two")
    assert run("roster", path, "add", "Ada", "Ben", "Cem", "Dee", "Eva", "--role", "data").code == 0
    return path


def test_the_roster(file: Path) -> None:
    assert run("roster", file, "leave", "Eva").err == "4 people here, 4 of them vote.\n"
    assert run("roster", file, "edit", "Dee", "--no-vote", "--role", "Business").code == 0
    assert run("roster", file, "edit", "Cem", "--name", "Cemal").code == 0
    assert run("roster", file, "add", "Fay", "Dee", "--table", "Table 1").code == 0
    assert run("roster", file, "list").out.splitlines() == [
        "Ada (Data)",
        "Ben (Data)",
        "Cemal (Data)",
        "Dee (Business, listens)",
        "Eva (Data, not here)",
        "Table 1",
        "Fay (listens)",
    ]
    assert run("roster", file, "return", "Eva", "--json").json()["participants"][4]["present"] is True
    assert run("undo", file).err == "Undid a change of the roster.\n"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["list", "Ada"], "list takes no name"),
        (["add"], "Say who"),
        (["leave", "Adda"], "Nearest: Ada"),
        (["leave", "Ada", "--role", "data"], "belong to add and edit"),
        (["edit", "Ada"], "Say what changes"),
        (["edit", "Ada", "Ben", "--name", "X"], "one person another name"),
        (["add", "Ada"], "on the roster already"),
        (["add", "Fay", "--table", "T", "--vote"], "--table belongs to add"),
        (["add", "Fay", "--role", "datta"], "Did you mean “data”"),
    ],
)
def test_a_wrong_roster_command(file: Path, args: list[str], says: str) -> None:
    before = run("roster", file, "list").out
    done = run("roster", file, *args)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert run("roster", file, "list").out == before


def test_a_round_from_open_to_revote(file: Path) -> None:
    assert run("round", file, "status").out == "No round was opened yet.\n"
    opened = run("round", file, "open", "#1", "--criterion", "VIA")
    assert opened.err == "Done: opening a round for “One” VIA.\n"
    assert "Waiting for Ada (0 of 1)" in opened.out
    assert "whoever holds the file can read them" in opened.out
    assert run("ballots", file, "-", "--blind", stdin=ROWS).code == 0
    status = run("round", file, "status", "--json").json()
    assert status["cells"][0]["answered"] == 5
    assert status["cells"][0]["levels"] is None
    assert status["complete"] is True
    revealed = run("round", file, "reveal")
    assert "#1 VIA: 5 of 5; two camps" in revealed.out
    assert "Are we rating the same use case?" in revealed.out
    cell = run("round", file, "status", "--json").json()["cells"][0]
    assert (cell["levels"], cell["pattern"], cell["room_value"]) == ([0, 0, 3, 0, 2], "two-camps", 2)
    assert run("round", file, "revote", "#1", "--criterion", "VIA").code == 0
    assert run("ballots", file, "-", stdin=ROWS.replace(",4", ",3").replace(",2", ",3")).code == 0
    assert "2 → 3, camps merged" in run("round", file, "status").out
    voided = run("round", file, "void", "#1")
    assert "count for nothing now" in voided.err
    assert "1 round void" in voided.out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["reveal"], "nothing to reveal"),
        (["void"], "Name the USE_CASE or the --criterion"),
        (["revote", "#1"], "about one cell"),
        (["revote", "#1", "--criterion", "VIA"], "Nothing was revealed"),
        (["open", "--criterion", "VIB"], "Did you mean “VIA”"),
        (["open", "#9"], "no use case #9"),
        (["reveal", "#1", "#2"], "takes one USE_CASE"),
    ],
)
def test_a_wrong_round_command(file: Path, args: list[str], says: str) -> None:
    done = run("round", file, *args)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_ballots_report(file: Path, tmp_path: Path) -> None:
    report = run("ballots", file, "-", "--partial", "--json", stdin=ROWS + "Zoe,#1,VIA,2\n").json()
    assert (report["answers"], report["participants"], report["cells"], report["revealed"]) == (5, 5, 1, True)
    assert report["refused"][0]["row"] == 7
    assert run("ballots", file, tmp_path / "gone.csv").code == 2
    assert run("ballots", file, "-", "--map", "x", stdin=ROWS).code == 2
    assert run("ballot", file, "-o", tmp_path / "b.html", "--for", "Nobody").code == 2
    assert run("ballot", file, "-o", tmp_path / "b.html", "--for", "Ada", "--criterion", "DAT").code == 0
    assert (
        "Wrote a ballot of 2 cells." in run("ballot", file, "-o", tmp_path / "b.md", "--criterion", "DAT").err
    )

"""Handing a session on: what is in the file, and what must not be."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from prioritizer import Workshop
from prioritizer.workshop import sharing
from prioritizer.workshop.commands.collect import Delete, EditUseCase
from prioritizer.workshop.commands.frame import AddParticipant, SetSession
from prioritizer.workshop.sharing import where_it_lies
from tests.cli.conftest import Run

SECRET = "Zacharias Quill"


@pytest.fixture
def named(sample: Path) -> Path:
    """A session with people in every place where a person's name may stand, one of them deleted since."""
    with Workshop.open(sample) as workshop:
        workshop.do(AddParticipant(SECRET, role="data"))
        workshop.do(AddParticipant("Ada Lovelace"))
        workshop.do(SetSession(decider=SECRET, facilitator="Ada Lovelace"))
        workshop.rate("#1", "P1", 2, by=SECRET)
        gone = workshop.add_use_case("Gone", note="a secret word: xylophone", proposer=SECRET)
        workshop.do(EditUseCase(gone.id, note=""))
        workshop.do(Delete([gone.id]))
        workshop.keep_draft("note", f"{SECRET} says").result()
    return sample


def test_the_whole_session_can_be_merged_back(run: Run, named: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.sqlite"
    done = run("share", named, "-o", out)
    assert (done.code, done.out) == (0, "")
    assert "can be merged back" in done.err
    assert "1 answer of rounds that are not revealed is in it" in done.err
    assert run("check", out).code == 0
    with Workshop.open(out) as shared, Workshop.open(named) as workshop:
        assert shared.snapshot == workshop.snapshot
        assert shared.drafts() == {}
        shared.add_use_case("From outside")
    assert "1 use case new" in run("merge", named, out).err


@pytest.mark.parametrize("names", ["alias", "remove"])
def test_without_names_no_byte_tells_them(run: Run, named: Path, tmp_path: Path, names: str) -> None:
    out = tmp_path / "out.sqlite"
    before = run("rank", named, "--json").json()["use_cases"]
    document = run("share", named, "-o", out, "--names", names, "--json").json()
    assert (document["mentions"], document["unrevealed_answers"]) == ([], 1)
    data = out.read_bytes()
    with closing(sqlite3.connect(named)) as conn:
        ids = [
            row[0]
            for t in ("site", "use_case", "participant", "round")
            for row in conn.execute(f"SELECT uuid FROM {t}")
        ]
        ids += [row[0] for row in conn.execute("SELECT id FROM session UNION SELECT id FROM name")]
    for each in (SECRET, "Zacharias", "Quill", "Ada Lovelace", "xylophone", *ids):
        assert each.encode() not in data
    assert run("check", out).code == 0
    after = run("rank", out, "--json").json()["use_cases"]
    for one, other in zip(before, after, strict=True):
        assert {k: v for k, v in one.items() if k != "id"} == {k: v for k, v in other.items() if k != "id"}
    with Workshop.open(out) as shared, Workshop.open(named) as workshop:
        assert [p.name for p in shared.snapshot.participants] == (
            ["Person 1", "Person 2"] if names == "alias" else ["", ""]
        )
        assert shared.snapshot.decider == ("Person 1" if names == "alias" else "")
        assert shared.snapshot.id != workshop.snapshot.id
        assert len(shared.history()) == 1
    assert run("merge", named, out).code == 3


def test_a_note_that_mentions_somebody_is_said_first(run: Run, named: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.sqlite"
    run("rate", named, "#5", "D1", "2", "--note", "Ask quill about the export")
    asked = run("share", named, "-o", out, "--names", "remove")
    assert (asked.code, "#5 D1 note" in asked.err, out.exists()) == (2, True, False)
    assert "quill" not in asked.err.casefold()
    done = run("share", named, "-o", out, "--names", "remove", "--yes")
    assert (done.code, "#5 D1 note" in done.err) == (0, True)


def test_a_name_that_is_found_in_the_end_stops_it(
    run: Run, named: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search of the bytes does not rely on the search of the texts."""
    out = tmp_path / "out.sqlite"
    run("rate", named, "#5", "D1", "2", "--note", f"Ask {SECRET} about the export")
    monkeypatch.setattr(sharing, "mentions_of", lambda workshop: ())
    done = run("share", named, "-o", out, "--names", "remove")
    assert (done.code, "could still be found" in done.err) == (3, True)
    assert not out.exists()


def test_zipped(run: Run, named: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    assert run("share", named, "-o", out, "--zip").code == 0
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist() == ["out.sqlite"]
        archive.extractall(tmp_path / "there")
    assert run("check", tmp_path / "there" / "out.sqlite").code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.zip", "s.sqlite", "there"]


def test_nothing_is_overwritten_and_nothing_left(run: Run, named: Path, tmp_path: Path) -> None:
    before = named.read_bytes()
    for more in ((), ("--names", "alias"), ("--zip",)):
        done = run("share", named, "-o", named, *more)
        assert (done.code, "exists already" in done.err) == (2, True)
        done = run("share", named, "-o", tmp_path / "no" / "out.sqlite", *more)
        assert done.code == 3
    assert named.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["s.sqlite"]


def test_folders_of_synchronising_tools_are_named(tmp_path: Path) -> None:
    for folder, tool in (
        ("Dropbox (Firm)", "Dropbox"),
        ("OneDrive - Firm", "OneDrive"),
        ("Nextcloud", "Nextcloud"),
        ("Mobile Documents", "iCloud"),
    ):
        inside = tmp_path / folder / "a"
        inside.mkdir(parents=True)
        said = where_it_lies(inside / "s.sqlite")
        assert said is not None
        assert tool in said
    (tmp_path / ".stfolder").mkdir()
    said = where_it_lies(tmp_path / "s.sqlite")
    assert said is not None
    assert "Syncthing" in said
    said = where_it_lies(Path("//server/share/s.sqlite"))
    assert said is not None
    assert "network" in said


def test_an_ordinary_folder_is_not_named(tmp_path: Path) -> None:
    assert where_it_lies(tmp_path / "s.sqlite") is None

"""Backups: made before something large, thinned, listed, brought back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from prioritizer import NotSaved, PrioritizerError, SessionRefused, Workshop
from prioritizer.workshop import backups
from prioritizer.workshop.backups import list_all, list_folder, list_for, restore, thin
from prioritizer.workshop.importing import import_use_cases, read_candidates
from tests.store.support import Frozen


def test_an_import_makes_a_backup_first(workshop: Workshop) -> None:
    candidates = read_candidates(b"title\nFrom a list\n", "stdin")
    import_use_cases(workshop, candidates)
    (backup,) = list_for(workshop.path)
    assert backup.reason == "import"
    assert list_all() == {workshop.snapshot.id: [backup]}
    with Workshop.open(backup.path) as before:
        assert [u.title for u in before.use_cases] == ["Route tickets", "Negotiate", "Draft filings"]


def test_an_import_into_an_empty_session_needs_none(tmp_path: Path) -> None:
    with Workshop.create(tmp_path / "new.sqlite") as workshop:
        import_use_cases(workshop, read_candidates(b"title\nFrom a list\n", "stdin"))
        assert list_for(workshop.path) == []


def test_a_backup_is_brought_back_under_a_new_name(workshop: Workshop, tmp_path: Path) -> None:
    made = workshop.back_up()
    workshop.add_use_case("Later")
    target = tmp_path / "restored.sqlite"
    assert restore(made, target) == target
    with Workshop.open(target) as restored:
        assert len(restored.use_cases) == 3
        # It is a copy like any other, so nothing of either is lost.
        restored.add_use_case("In the restored one")
    assert workshop.bring_in(target).operations == 1
    assert len(workshop.use_cases) == 5
    with pytest.raises(PrioritizerError, match="exists already"):
        restore(made, target)
    made.write_bytes(made.read_bytes()[:5000])
    with pytest.raises(SessionRefused):
        restore(made, tmp_path / "other.sqlite")
    assert not (tmp_path / "other.sqlite").exists()


def test_ten_and_one_a_day_are_kept(tmp_path: Path) -> None:
    clock = Frozen()
    with Workshop.create(tmp_path / "s.sqlite", clock=clock) as workshop:
        for _ in range(40):
            workshop.back_up()
            clock.forward(6 * 3600)
        found = list_for(workshop.path)
    assert [found[0].time - b.time for b in found[:10]] == [dt.timedelta(hours=6 * i) for i in range(10)]
    days = [b.time.date() for b in found[10:]]
    assert len(days) == len(set(days)) >= 6
    assert not set(days) & {b.time.date() for b in found[:10]}
    # The last of each day is the one that is kept.
    assert all(b.time.hour >= 18 for b in found[10:])


def test_thinning_is_a_function_of_the_list(tmp_path: Path) -> None:
    for day in range(1, 29):
        for hour in (9, 17):
            (tmp_path / f"s.202602{day:02}-{hour:02}0000.merge.sqlite").touch()
    (tmp_path / "other.20260201-090000.merge.sqlite").touch()
    (tmp_path / "s.sqlite").touch()
    gone = thin(list_folder(tmp_path, "s"))
    left = list_folder(tmp_path, "s")
    assert len(left) + len(gone) == 56
    assert thin(left) == []
    assert len(left) == 10 + 23
    assert len(list(tmp_path.iterdir())) == len(left) + 2


def test_where_no_backup_can_be_made_nothing_is_changed(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    monkeypatch.setattr(backups, "backups_folder", lambda: tmp_path / "taken")
    made = workshop.back_up()
    assert made.parent == tmp_path  # beside the session, where the data folder cannot be had

    def full(*_: object) -> Path:
        raise NotSaved("the disk is full")

    monkeypatch.setattr("prioritizer.store.Store.verified_copy_to", full)
    with pytest.raises(NotSaved, match=r"Nothing was changed.*disk is full"):
        import_use_cases(workshop, read_candidates(b"title\nFrom a list\n", "stdin"))
    assert len(workshop.use_cases) == 3

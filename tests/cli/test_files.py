"""Copies of a session on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from prioritizer import SessionRefused, Workshop
from prioritizer.workshop.backups import list_for
from prioritizer.workshop.commands.frame import AddParticipant
from prioritizer.workshop.other_copies import siblings
from tests.cli.conftest import Run


@pytest.fixture
def copy(sample: Path) -> Path:
    return Path(shutil.copyfile(sample, sample.with_name("copy.sqlite")))


def test_merge_brings_both_together(run: Run, sample: Path, copy: Path) -> None:
    run("add", sample, "Only here")
    run("rate", sample, "#1", "P1", "1")
    run("add", copy, "Only there")
    run("rate", copy, "#1", "P1", "0")
    run("rate", copy, "#2", "P1", "0")
    before = copy.read_bytes()
    done = run("merge", sample, copy, "--json")
    assert done.code == 0
    document = done.json()
    assert (document["operations"], len(document["new"]), len(document["updated"])) == (3, 1, 2)
    assert (document["same"], document["removed"], document["refused"]) == (11, [], [])
    (at_odds,) = document["to_settle"]
    assert at_odds["what"] == "“Support ticket routing”: the level P1"
    assert [(c["value"], c["stands"]) for c in at_odds["choices"]] == [("0", True), ("1", False)]
    assert copy.read_bytes() == before
    again = run("merge", sample, copy)
    assert (again.code, again.err) == (
        0,
        "Nothing new came: everything in the other copies is here already. 1 to settle.\n",
    )
    assert again.out == "“Support ticket routing”: the level P1\n  stands: 0\n  or: 1\n"
    (backup,) = list_for(sample)
    assert backup.reason == "merge"
    assert run("history", sample).code == 0
    assert run("undo", sample).err == "Undid a merge.\n"
    assert "undid a merge" in run("history", sample, "--last", "1").out
    assert run("redo", sample).err == "Did again a merge.\n"


def test_merge_into_a_new_file(run: Run, sample: Path, copy: Path, tmp_path: Path) -> None:
    run("add", copy, "Only there")
    before = sample.read_bytes()
    out = tmp_path / "both.sqlite"
    assert "1 use case new, 0 updated, 12 same" in run("merge", sample, copy, "-o", out).err
    assert sample.read_bytes() == before
    assert run("check", out).code == 0
    assert "exists already" in run("merge", sample, copy, "-o", out).err
    assert run("merge", sample, copy, "-o", out).code == 2


def test_merge_refuses_what_is_no_copy(
    run: Run, sample: Path, copy: Path, empty: Path, tmp_path: Path
) -> None:
    before = sample.read_bytes()
    done = run("merge", sample, empty)
    assert (done.code, "is another session" in done.err) == (3, True)
    assert sample.read_bytes() == before
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(before[: len(before) // 2])
    run("add", copy, "Only there")
    done = run("merge", sample, broken, copy, tmp_path / "none.sqlite", "--json")
    assert done.code == 3
    assert [Path(each["file"]).name for each in done.json()["refused"]] == ["broken.sqlite", "none.sqlite"]
    assert done.json()["operations"] == 1
    assert run("merge", tmp_path / "none.sqlite", copy).code == 3
    out = tmp_path / "out.sqlite"
    assert run("merge", sample, broken, "-o", out).code == 3
    assert not out.exists()


def test_merge_asks_before_many_use_cases_go(run: Run, sample: Path, copy: Path) -> None:
    from prioritizer.workshop.commands.collect import Delete

    with Workshop.open(copy) as workshop:
        workshop.do(Delete([u.id for u in workshop.use_cases[:4]]))
    before = sample.read_bytes()
    asked = run("merge", sample, copy)
    assert (asked.code, "4 of 12 use cases" in asked.err) == (2, True)
    assert sample.read_bytes() == before
    assert "4 removed" in run("merge", sample, copy, "--yes").err


def test_the_library_compares_and_settles(sample: Path, copy: Path) -> None:
    with Workshop.open(copy) as other:
        other.rate("#1", "P1", 0)
        other.rate("#2", "P1", 1)
    with Workshop.open(sample) as workshop:
        workshop.rate("#1", "P1", 1)
        found = workshop.compare(copy)
        assert (found.theirs, found.ours) == (2, 1)
        assert found.words == "“copy.sqlite” has 2 changes that you don't have; you have 1 that it doesn't."
        assert workshop.bring_in(copy).operations == 2
        assert workshop.compare(copy).words == "“copy.sqlite” is older: you have 1 change that it doesn't."
        (at_odds,) = workshop.conflicts()
        assert workshop.settle(at_odds.id, 1) == at_odds.words
        assert workshop.conflicts() == []
        column = workshop.snapshot.preset.criterion_index()["P1"]
        assert workshop.find("#1").level(column) in (0, 1)
        assert workshop.undo() == "settling “Support ticket routing” P1"
        assert len(workshop.conflicts()) == 1


def test_no_answer_and_no_name_is_shown_where_copies_are_at_odds(sample: Path, copy: Path) -> None:
    with Workshop.open(sample) as workshop:
        workshop.do(AddParticipant("Ada Lovelace"))
        workshop.rate("#1", "P1", 4, by="Ada Lovelace")
    shutil.copyfile(sample, copy)
    with Workshop.open(sample) as workshop, Workshop.open(copy) as other:
        workshop.rate("#1", "P1", 3, by="Ada Lovelace")
        other.rate("#1", "P1", 2, by="Ada Lovelace")
        person = workshop.snapshot.participants[0].id
        from prioritizer.workshop.commands.frame import EditParticipant

        workshop.do(EditParticipant(person, name="Ada Byron"))
        other.do(EditParticipant(person, name="Ada King"))
    with Workshop.open(sample) as workshop:
        shown = repr(workshop.bring_in(copy).document())
    assert "the answer of somebody to P1" in shown
    assert "somebody on the roster" in shown
    for word in ("Ada", "Byron", "King", "'2'", "'3'", "“2”", "“3”"):
        assert word not in shown


def test_siblings_of_synchronising_tools_are_found(sample: Path, empty: Path) -> None:
    found = [
        "s (Ada's conflicted copy 2026-03-04).sqlite",
        "s (conflicted copy 2026-03-04 093000).sqlite",
        "s (SFConflict ada@example.org 2026-03-04-09-30-00).sqlite",
        "s.sync-conflict-20260304-093000-ABCDEFG.sqlite",
        "s_conflict-20260304-093000.sqlite",
        "s.Conflict.sqlite",
        "s (1).sqlite",
        "s 2.sqlite",
        "s - Copy.sqlite",
        "s copy.sqlite",
        "s-LAPTOP-7.sqlite",
        "s.rescue-20260304-093000.sqlite",
    ]
    for name in found:
        shutil.copyfile(sample, sample.with_name(name))
    for name in ("sample.sqlite", "other.sqlite", "s-2026.sqlite"):
        shutil.copyfile(sample, sample.with_name(name))
    shutil.copyfile(empty, sample.with_name("s (2).sqlite"))  # named so, and another session
    sample.with_name("s (3).sqlite").write_text("no session")
    assert {each.name for each in siblings(sample)} == set(found)
    assert siblings(sample.with_name("none.sqlite")) == []


def test_compare_refuses_another_session(sample: Path, empty: Path) -> None:
    with Workshop.open(sample) as workshop, pytest.raises(SessionRefused, match="another session"):
        workshop.compare(empty)


def test_history_is_narrowed_by_kind_and_by_words(run: Run, sample: Path) -> None:
    run("add", sample, "Only here")
    run("rate", sample, "#1", "P1", "1")
    everything = run("history", sample, "--json").json()["history"]
    rated = run("history", sample, "--kind", "rate", "--json").json()["history"]
    assert rated == [each for each in everything if each["kind"] == "rate"]
    assert len(rated) > 1
    found = run("history", sample, "--search", "ONLY here").out
    assert found.count("\n") == 1
    assert "adding “Only here”" in found
    nothing = run("history", sample, "--kind", "merge")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "No action is like that.\n")

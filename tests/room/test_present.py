"""The projector's window: what it shows by state, how it follows, what it survives, and whom it never names."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from prioritizer import SessionRefused, Workshop
from prioritizer.cli.app import app as cli
from prioritizer.facilitation.clock import Happening
from prioritizer.model.running import Phase
from prioritizer.tui.actions.hints import key_of, use_keymap
from prioritizer.tui.present import EVERY, PresentApp, PresentScreen
from prioritizer.tui.screens.present_rows import slide_rows
from prioritizer.tui.widgets.painted import Painted
from prioritizer.workshop.commands.frame import SetSession
from prioritizer.workshop.commands.rate import Rate, Reveal, Vote
from prioritizer.workshop.commands.room import OpenRound, Revote
from prioritizer.workshop.commands.running import RunAgenda
from prioritizer.workshop.presenting import Presenter
from prioritizer.workshop.settings import Settings
from prioritizer.workshop.views.present import on_the_table
from prioritizer.workshop.views.slide import Slide, SlideRow
from tests.room.blind import NOON, freeze, open_pair
from tests.room.conftest import NAMES, vote
from tests.store.test_journals import crash

SIZES = ((40, 12), (60, 20), (80, 24), (120, 36), (200, 60))


def shown(presenter: Presenter) -> Slide:
    slide = presenter.slide()
    assert slide is not None
    return slide


def followed(path: Path) -> Presenter:
    presenter = Presenter(path)
    presenter.first_look()
    return presenter


def words(presenter: Presenter) -> str:
    """Everything that stands on the slide."""
    slide = shown(presenter)
    rows = [f"{r.lead} {r.text} {r.beside} {r.people} {r.counts}" for r in slide.rows]
    return "\n".join([slide.kicker, slide.heading, slide.under, slide.count, slide.count_words, *rows])


# What it shows


def test_the_question_with_its_levels_while_a_round_is_open(room: Workshop) -> None:
    presenter = followed(room.path)
    case = room.use_cases[1]
    room.do(OpenRound([case.id], ["DAT"]))
    for name in NAMES[:3]:
        room.rate(case, "DAT", 4, by=name)
    assert presenter.look()
    slide = shown(presenter)
    criterion = room.snapshot.preset.find_criterion("DAT")
    assert slide.kind == "question"
    assert "Negotiate" in slide.kicker
    assert slide.under == criterion.question
    assert tuple(r.text for r in slide.rows) == criterion.levels
    assert (slide.count, slide.count_words) == ("3 of 8", "have answered")
    presenter.close()


def test_ballots_of_a_whole_criterion_are_counted_together(room: Workshop) -> None:
    presenter = followed(room.path)
    room.do(OpenRound(None, ["VIA"]))
    presenter.look()
    assert shown(presenter).count == "0 of 8"  # card by card, the first one
    for case in room.use_cases:  # one person's ballot: the room does not go card by card
        room.rate(case, "VIA", 2, by="Ada")
    presenter.look()
    assert (shown(presenter).count, shown(presenter).count_words) == ("3 of 24", "answers are in")
    presenter.close()


def test_the_distribution_stands_after_the_reveal_until_something_else_is_done(room: Workshop) -> None:
    presenter = followed(room.path)
    case = vote(room, 0, "INT", "1111333?")
    presenter.look()
    slide = shown(presenter)
    assert (slide.kind, slide.heading) == ("reveal", "TWO CAMPS")
    assert [r.people for r in slide.rows] == [0, 4, 0, 3, 0]
    assert "1 cannot say" in slide.count_words
    room.do(Rate(case, "INT", 1))  # agreed: the same cell
    presenter.look()
    assert [r.beside for r in shown(presenter).rows] == ["", "agreed", "", "", ""]
    room.do(Revote(case, "INT"))
    presenter.look()
    assert shown(presenter).kind == "question"
    assert "vote 2" in shown(presenter).kicker
    room.do(Reveal())
    presenter.look()
    assert shown(presenter).heading == "THIN"
    room.do(Rate(room.use_cases[2].id, "OWN", 3))
    presenter.look()
    assert shown(presenter).kind == "ranking"
    presenter.close()


def test_many_cells_revealed_at_once_are_a_table(room: Workshop) -> None:
    room.do(OpenRound(None, ["BND"]))
    for place, line in enumerate(("22222222", "00004444", "33333330")):
        vote(room, place, "BND", line, reveal=False)
    room.do(Reveal())
    presenter = followed(room.path)  # also one that was opened only now
    slide = shown(presenter)
    assert slide.kind == "reveals"
    assert slide.heading == "2 to talk about"
    assert [r.counts for r in slide.rows] == [(0, 0, 8, 0, 0), (4, 0, 0, 0, 4), (1, 0, 0, 7, 0)]
    assert [r.beside for r in slide.rows] == ["agreed", "two camps", "outlier"]
    presenter.close()


def test_what_the_agenda_is_at_decides_what_stands_there(room: Workshop) -> None:
    presenter = followed(room.path)
    seen = {}
    vote(room, 0, "INT", "11111111")
    room.do(SetSession(agenda="min60", minutes=60))
    agenda = room.snapshot.preset.agenda[0]
    for step in agenda.step:
        started = (room.now() - dt.timedelta(minutes=1)).isoformat(timespec="seconds")
        room.do(RunAgenda([Phase(step.id, "running", started), *(Phase(s.id) for s in agenda.step)]))
        presenter.look()
        seen[step.id] = shown(presenter).kind
        assert shown(presenter).phase == step.title
        assert shown(presenter).timer.endswith(("left", "minute"))
    assert seen["open"] == "welcome"
    assert seen["read"] == "candidates"
    assert seen["gates"] == "gates"
    assert seen["contested"] == "reveal"
    assert seen["rank"] == "ranking"
    presenter.close()


def test_what_was_revealed_is_on_the_table_by_the_log_alone() -> None:
    def done(kind: str, *cells: tuple[str, str], revealed: bool = False) -> Happening:
        return Happening(NOON, kind, cells, 0, cells if revealed else ())

    reveal = done("reveal", ("u", "P1"), ("v", "P1"), revealed=True)
    assert on_the_table([reveal]) == (("u", "P1"), ("v", "P1"))
    assert on_the_table([reveal, done("agenda"), done("rate", ("v", "P1"))]) == reveal.revealed
    assert on_the_table([reveal, done("rate", ("v", "P3"))]) == ()
    assert on_the_table([reveal, done("edit")]) == ()
    assert on_the_table([]) == ()


# Names


def test_nobody_is_named_whatever_the_state(room: Workshop) -> None:
    everybody = (*NAMES, "Lea", "Zoe")
    room.do(SetSession(decider="Zoe", decision_rule="If we differ, Zoe decides.", purpose="Choose well."))
    room.add_use_case("Ask the archive", proposer="Ben")
    presenter = followed(room.path)
    said = [words(presenter)]
    case = room.use_cases[0]
    room.do(OpenRound([case.id], ["DAT"]))
    for name in NAMES:
        room.rate(case, "DAT", 0 if name == "Ada" else 4, by=name)
        presenter.look()
        said.append(words(presenter))
    room.do(Reveal())
    presenter.look()
    said.append(words(presenter))
    room.do(SetSession(agenda="min60"))
    for step in room.snapshot.preset.agenda[0].step:
        room.do(RunAgenda([Phase(step.id, "running", room.now().isoformat(timespec="seconds"))]))
        presenter.look()
        said.append(words(presenter))
    assert [n for n in everybody for text in said if n in text] == []
    assert any("Choose well." in text for text in said)
    presenter.close()


def test_two_sessions_that_differ_in_what_is_hidden_look_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        pair = open_pair(tmp_path, freeze(patch))
    found = []
    for path in pair:
        presenter = Presenter(path, clock=lambda: NOON)
        presenter.first_look()
        slide = shown(presenter)
        found.append((slide, [slide_rows(slide, presenter.state(), False, *size) for size in SIZES]))
        presenter.close()
    assert found[0] == found[1]
    assert found[0][0].kind == "question"


# Following, and surviving


async def on_the_wall(app: PresentApp) -> str:
    await app.look()
    assert isinstance(app.screen, PresentScreen)
    return app.screen.query_one(Painted).text()


async def test_the_window_follows_another_workshop(room: Workshop) -> None:
    with contextlib.closing(Presenter(room.path)) as presenter:
        app = PresentApp(presenter, every=None)
        async with app.run_test(size=(120, 36)) as pilot:
            assert "3 use cases" not in await on_the_wall(app)  # that is in blocks
            assert "Route tickets" in await on_the_wall(app)
            room.do(OpenRound([room.use_cases[0].id], ["OWN"]))
            assert "the pilot team" in (await on_the_wall(app)).casefold()
            await pilot.press("t")
            assert "the pilot team" in (await on_the_wall(app)).casefold()
            await pilot.press("q")
        assert app.return_code == 0


async def test_keys_of_ones_own_and_what_is_no_key(
    room: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(
        keymap={"present.close": " , ", "present.theme": "x", "rate.level": "9", "no.such": "k"}
    )
    monkeypatch.setattr("prioritizer.tui.present.load_settings", lambda: settings)
    try:
        with contextlib.closing(Presenter(room.path)) as presenter:
            app = PresentApp(presenter, every=None)
            async with app.run_test(size=(120, 36)) as pilot:
                assert "q closes · x theme" in await on_the_wall(app)
                assert key_of("rate.level") == "0–4"
                before = app.theme
                await pilot.press("x")
                assert app.theme != before
                await pilot.press("q")
            assert app.return_code == 0
    finally:
        use_keymap({})


def test_it_looks_more_than_once_a_second() -> None:
    assert EVERY <= 0.5


def test_it_follows_another_process_that_is_killed_in_between(room: Workshop) -> None:
    presenter = followed(room.path)
    code = (
        "import sys, time\n"
        "from prioritizer import Workshop\n"
        "w = Workshop.open(sys.argv[1]); w.add_use_case('From elsewhere')\n"
        "print('done', flush=True); time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(room.path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "done\n"
        assert presenter.look()
        assert "From elsewhere" in words(presenter)
        other.kill()
    assert not presenter.look()
    assert presenter.trouble == ""
    room.refresh()
    room.add_use_case("And on it goes")
    assert presenter.look()
    assert "And on it goes" in words(presenter)
    presenter.close()


def test_a_file_that_is_missing_replaced_or_overwritten_is_found_again(tmp_path: Path) -> None:
    path, away = tmp_path / "s.sqlite", tmp_path / "away.sqlite"
    with Workshop.create(path, title="One") as w:
        w.add_use_case("First")
    with Workshop.create(tmp_path / "two.sqlite", title="Two") as w:
        w.add_use_case("Second")
    presenter = followed(path)
    path.rename(away)
    assert presenter.look()
    assert not presenter.look(), "the same trouble is no news"
    assert "“s.sqlite” does not exist" in presenter.trouble, "no folder: it may be called after somebody"
    assert presenter.state().startswith("As it was at ")
    assert "First" in words(presenter), "the last that was seen goes on standing there"
    shutil.copyfile(tmp_path / "two.sqlite", path)
    assert presenter.look()
    assert (presenter.trouble, "Second" in words(presenter)) == ("", True)
    # In place: the same file for the system, other content.
    later = time.time_ns() + 5_000_000_000
    with path.open("r+b") as file:
        file.write(away.read_bytes())
        file.truncate()
    os.utime(path, ns=(later, later))
    assert presenter.look()
    assert "First" in words(presenter)
    path.write_bytes(b"no session at all" * 100)
    assert presenter.look()
    assert "not a session file" in presenter.trouble
    path.unlink()
    away.rename(path)
    assert presenter.look()
    assert presenter.trouble == ""
    presenter.close()


def test_a_locked_file_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    Workshop.create(path, title="One").close()
    presenter = followed(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert presenter.look()
        assert "another program" in presenter.trouble
        other.execute("COMMIT")
    assert presenter.look()
    assert presenter.trouble == ""
    presenter.close()


def test_an_edit_that_was_cut_off_is_said_and_left_to_the_app(room: Workshop, tmp_path: Path) -> None:
    path = tmp_path / "cut.sqlite"
    shutil.copyfile(room.path, path)
    presenter = followed(path)
    path.unlink()
    crash(room.path, path)
    before = path.read_bytes()
    assert presenter.look()
    assert "cut off in the middle" in presenter.trouble
    assert path.read_bytes() == before, "it writes nothing, not even a mending"
    Workshop.open(path).close()
    assert presenter.look()
    assert presenter.trouble == ""
    presenter.close()


def test_it_writes_nothing(room: Workshop) -> None:
    room.close()
    before = (room.path.read_bytes(), sorted(p.name for p in room.path.parent.iterdir()))
    room.path.chmod(0o444)
    presenter = followed(room.path)
    presenter.look()
    presenter.close()
    assert (room.path.read_bytes(), sorted(p.name for p in room.path.parent.iterdir())) == before


def test_a_file_that_is_no_session_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SessionRefused, match="does not exist"):
        Presenter(tmp_path / "none.sqlite").first_look()
    done = CliRunner().invoke(cli, ["present", str(tmp_path / "none.sqlite")], prog_name="prioritizer")
    assert done.exit_code == 3
    assert "does not exist" in done.stderr


# As large as it fits


@pytest.mark.parametrize("size", SIZES)
def test_every_slide_fills_its_window_and_nothing_is_lost_in_silence(
    size: tuple[int, int], room: Workshop
) -> None:
    criterion = room.snapshot.preset.find_criterion("VIA")
    rows = tuple(SlideRow(str(n), t, people=9 * n) for n, t in enumerate(criterion.levels))
    slides = [
        Slide(
            "question",
            "#1",
            "VIA",
            criterion.question,
            tuple(SlideRow(r.lead, r.text) for r in rows),
            "3 of 8",
            "x",
        ),
        Slide(
            "reveal",
            "#1",
            "WIDE",
            "Nobody knows.",
            rows,
            "3 of 8",
            "x",
            "Contested cells",
            "2 min over",
            "over",
        ),
        Slide(
            "ranking",
            "s",
            "The ranking",
            "",
            tuple(SlideRow(str(n), f"Case {n}", "Not yet 3") for n in range(70)),
        ),
        Slide("candidates", "s", "漢字 " * 9, "", tuple(SlideRow(f"#{n}", "x" * 200) for n in range(70))),
        Slide("break", "s", "Break"),
    ]
    for slide in slides:
        drawn = slide_rows(slide, "state", True, *size)
        assert len(drawn) == size[1]
        text = "\n".join("".join(t for t, _ in row) for row in drawn)
        assert "state" in text
        assert (
            ("…" in text) or all(r.text in text for r in slide.rows) or slide.kind in ("question", "reveal")
        )
        if slide.kind in ("ranking", "candidates"):
            assert "more" in text or all(f"{r.lead}" in text for r in slide.rows)
        if size >= (80, 24) and slide.kind == "question":
            flat = " ".join(text.split())
            assert all(level in flat for level in criterion.levels)


def test_votes_of_one_person_count_once(room: Workshop) -> None:
    case = room.use_cases[0]
    person = room.snapshot.participants[0].id
    for answer in "123":
        room.do(Vote(case.id, "VIA", person, answer))
    presenter = followed(room.path)
    assert shown(presenter).count == "1 of 8"
    presenter.close()


def test_before_anybody_votes_nothing_is_counted(tmp_path: Path) -> None:
    with Workshop.create(tmp_path / "s.sqlite", title="Early") as w:
        w.add_use_case("Route tickets")
        w.do(OpenRound(None, ["P1"]))
        presenter = followed(w.path)
        assert (shown(presenter).kind, shown(presenter).count) == ("question", "")
        presenter.close()

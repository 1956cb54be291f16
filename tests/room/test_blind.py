"""Blind means blind: what is not revealed changes no byte of any surface that needs no terminal."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner

from prioritizer import PrioritizerError, Workshop
from prioritizer.cli.app import app
from prioritizer.cli.command import Command, Family
from prioritizer.cli.reference import every_command
from prioritizer.exchange.export import WRITERS
from prioritizer.workshop.commands.base import Command as RoomCommand
from prioritizer.workshop.commands.rate import Rate, Vote
from prioritizer.workshop.exporting import FORMATS, export_session
from prioritizer.workshop.views.agreement import order_agreement, readings, scale_use
from prioritizer.workshop.views.queue import queue_view
from prioritizer.workshop.views.room import room_view
from tests.cli.test_documents import FILES
from tests.room.blind import Ids, freeze, open_pair, opened
from tests.workshop.test_commands import CASES

REVEALING = ("round s.sqlite reveal",)
"""Examples that show what was hidden, as they should."""

COMMANDS = [(path, found.examples) for path, found in every_command() if isinstance(found, Command | Family)]


@pytest.fixture(scope="module")
def _patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def ids(_patched: pytest.MonkeyPatch) -> Ids:
    return freeze(_patched)


@pytest.fixture(scope="module")
def pair(ids: Ids, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return open_pair(tmp_path_factory.mktemp("blind"), ids)


@pytest.fixture
def copies(pair: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Fresh copies, with the files that the examples need beside them."""
    made = []
    for original in pair:
        folder = tmp_path / original.parent.name
        folder.mkdir()
        made.append(Path(shutil.copyfile(original, folder / "s.sqlite")))
    return made[0], made[1]


def test_the_two_do_differ_and_only_there(pair: tuple[Path, Path]) -> None:
    logs = []
    for path in pair:
        with closing(sqlite3.connect(path)) as conn:
            logs.append(
                conn.execute("SELECT kind, payload, time, clock, undo_group FROM op ORDER BY id").fetchall()
            )
    assert len(logs[0]) == len(logs[1])
    assert [(r[0], *r[2:]) for r in logs[0]] == [(r[0], *r[2:]) for r in logs[1]]
    differ = {a[0] for a, b in zip(*logs, strict=True) if a[1] != b[1]}
    assert differ == {"ballot", "answer", "undo", "redo", "weighing"}


def test_everything_that_is_computed_from_a_session(pair: tuple[Path, Path]) -> None:
    with opened(pair[0]) as a, opened(pair[1]) as b:
        # Views, documents and analyses are functions of this snapshot and of nothing else.
        assert a.snapshot == b.snapshot
        assert a.ranking() == b.ranking()
        for x, y in zip(
            vars(a.evaluation.columns).values(), vars(b.evaluation.columns).values(), strict=True
        ):
            assert np.array_equal(x, y, equal_nan=x.dtype.kind == "f")
        assert a.history() == b.history()
        assert a.happenings() == b.happenings()
        assert a.drafts() == b.drafts()
        for look in (room_view, readings, order_agreement, scale_use):
            assert repr(look(a.snapshot)) == repr(look(b.snapshot))
        assert repr(room_view(a.snapshot, facilitator=True)) == repr(room_view(b.snapshot, facilitator=True))
        assert repr(queue_view(a.snapshot, a.evaluation)) == repr(queue_view(b.snapshot, b.evaluation))


def tried(w: Workshop, command: RoomCommand) -> str:
    """What a command says: its words, or its refusal."""
    try:
        return w.do(command).words
    except PrioritizerError as error:
        return f"refused: {error}"


def hidden_now(w: Workshop) -> set[str]:
    weighing = {person for person, said in w.snapshot.weightings.items() if not said.revealed}
    return weighing | {
        r.id
        for u in w.snapshot.use_cases.values()
        for rs in u.rounds.values()
        for r in rs
        if r.status != "revealed"
    }


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_command_says_and_undoes_the_same(copies: tuple[Path, Path], ids: Ids, name: str) -> None:
    said = []
    for path in copies:
        ids.start(name)
        with opened(path) as w:
            before = hidden_now(w)
            words = [tried(w, CASES[name](w.snapshot, w.use_cases[6:]))]  # where answers are hidden
            revealing = bool(before - hidden_now(w))
            seen: list[object] = [] if revealing else [w.snapshot]
            for step in (w.undo, w.redo, w.undo, w.undo, w.undo, w.redo):
                words.append(step())
            seen += [] if revealing else [w.snapshot]
            said.append((words, seen, [(h.kind, h.words, h.verb) for h in w.history()]))
    assert said[0] == said[1]


def test_voting_again_is_logged_whatever_was_said_before(copies: tuple[Path, Path], ids: Ids) -> None:
    said = []
    for path in copies:
        ids.start("again")
        with opened(path) as w:
            case, people = w.use_cases[6], w.snapshot.participants
            words = [tried(w, Vote(case.id, "P1", people[0].id, answer)) for answer in "2202"]
            words += [tried(w, Rate(case.id, "P1", level)) for level in (1, 2)]
            said.append((words, len(w.history()), w.undo(), w.snapshot))
    assert said[0] == said[1]
    assert said[0][0][0]


def run(*args: str, stdin: str | None = None) -> tuple[int, str, str]:
    """Exit code and both streams; a traceback is allowed here, as --debug shows one."""
    done = CliRunner().invoke(app, args, input=stdin, prog_name="prioritizer")
    here = str(Path.cwd())
    return done.exit_code, done.stdout.replace(here, "…"), done.stderr.replace(here, "…")


def content(path: Path) -> object:
    """The bytes of a file; of a zip those of its members, because the zip itself holds times."""
    return unpacked(path.read_bytes())


def unpacked(data: bytes) -> object:
    if data.startswith(b"SQLite format 3\0"):
        return "a whole session"
    if not data.startswith(b"PK\x03\x04"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # core.xml holds when it was written, by the clock on the wall.
        return {n: unpacked(archive.read(n)) for n in archive.namelist() if not n.endswith("/core.xml")}


def kept(folder: Path) -> dict[str, object]:
    """Every file that a command left, but whole session files."""
    return {
        str(p.relative_to(folder)): content(p)
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.read_bytes().startswith(b"SQLite format 3\0")
    }


def prepare(folder: Path) -> None:
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the examples, once, because it knows when it was written."""
    made = openpyxl.Workbook()
    made.create_sheet("Ideas", 0).append(["title", "task"])
    made["Ideas"].append(["Expense receipt check", "Compare the receipt with the claim."])
    path = tmp_path_factory.mktemp("book") / "ideas.xlsx"
    made.save(path)
    return path


@pytest.mark.parametrize(("path", "examples"), COMMANDS, ids=[p for p, _ in COMMANDS])
def test_every_command_of_the_command_line(
    copies: tuple[Path, Path],
    ids: Ids,
    book: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    examples: tuple[str, ...],
) -> None:
    """Its own examples: what it prints, and what it writes."""
    lines = [e for e in examples if "s.sqlite" in e and not any(r in e for r in REVEALING)]
    found = []
    for file in copies:
        ids.start(path)
        monkeypatch.chdir(file.parent)
        prepare(file.parent)
        shutil.copyfile(book, "ideas.xlsx")
        shutil.copyfile("s.sqlite", "copy.sqlite")
        said = []
        for line in lines:
            args = shlex.split(line)[1:]
            said.append((line, run(*args)))
        found.append((said, kept(file.parent)))
    os.chdir(copies[0].parent)
    assert found[0][0] == found[1][0]
    assert found[0][1].keys() == found[1][1].keys()
    assert [n for n, data in found[0][1].items() if found[1][1][n] != data] == []


READING = (
    ["rank", "s.sqlite", "--json"],
    ["list", "s.sqlite", "--json", "--all"],
    ["history", "s.sqlite", "--json"],
    ["check", "s.sqlite", "--json"],
    ["why", "s.sqlite", "#7", "--json"],
    ["why", "s.sqlite", "#8", "--over", "#7"],
    ["round", "s.sqlite", "status", "--json"],
    ["weights", "s.sqlite", "--json"],
    ["weights", "s.sqlite", "set", "P=heavy", "--by", "Ada"],
    ["robustness", "s.sqlite", "--draws", "500", "--json"],
    ["choose", "s.sqlite", "--weeks", "9", "--draws", "50", "--json"],
    ["round", "s.sqlite", "status", "#7", "--criterion", "P1"],
    ["roster", "s.sqlite", "list", "--json"],
    # What is refused, is refused in the same words.
    ["rate", "s.sqlite", "#7", "P1", "3", "--by", "Eva"],
    ["rate", "s.sqlite", "#10", "P1", "3", "--by", "Ada"],
    ["rate", "s.sqlite", "#7", "P1", "3", "--by", "Adda"],
    ["rate", "s.sqlite", "#7", "P1", "9", "--by", "Ada"],
    ["round", "s.sqlite", "revote", "#7", "--criterion", "P1"],
    ["round", "s.sqlite", "open", "#7", "--criterion", "P1"],
    ["ballots", "s.sqlite", "-"],
)


@pytest.mark.parametrize("args", READING, ids=" ".join)
def test_what_is_read_and_what_is_refused(
    copies: tuple[Path, Path], ids: Ids, monkeypatch: pytest.MonkeyPatch, args: list[str]
) -> None:
    rows = "participant,use_case,criterion,answer\nAda,#7,P1,2\nBen,#8,P3,7\nCem,#9,P3,1\n"
    found = []
    for file in copies:
        ids.start("read")
        monkeypatch.chdir(file.parent)
        found.append((run(*args, stdin=rows), run(*args, "--debug", stdin=rows)))
    assert found[0] == found[1]
    if args[0] in ("ballots", "rate"):
        assert found[0][0][0] == 2


async def test_the_screens_about_weights_and_how_sure(
    copies: tuple[Path, Path], ids: Ids, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from prioritizer.tui.app import PrioritizerApp

    monkeypatch.setenv("PRIORITIZER_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    found = []
    for file in copies:
        ids.start("screens")
        monkeypatch.chdir(file.parent)
        seen = []
        for stage, keys in (("frame", "w"), ("rank", "s"), ("rank", "st"), ("rank", "t"), ("shortlist", "f")):
            app = PrioritizerApp("s.sqlite", stage=stage)
            async with app.run_test(size=(120, 36)) as pilot:
                await pilot.pause()
                await app.workers.wait_for_complete()
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause()
                    await app.workers.wait_for_complete()
                await pilot.pause()
                lines = [strip.text for strip in app.screen._compositor.render_strips()]
                seen.append((app.screen.name_in_table, lines))  # type: ignore[attr-defined]  # all of ours have one
                assert app.mishaps == []
        found.append(seen)
    assert found[0] == found[1]
    assert [name for name, _ in found[0]] == ["weights", "sure", "stability", "talk", "fits"]


def test_every_exporter(copies: tuple[Path, Path], tmp_path: Path) -> None:
    assert set(WRITERS) <= set(FORMATS)
    for names in (False, True):
        folders = []
        for file in copies:
            with opened(file) as w:
                folder = file.parent / f"paper-{names}"
                export_session(w, folder, names=names)
                folders.append({p.name: content(p) for p in folder.iterdir()})
        assert folders[0] == folders[1]
        assert len(folders[0]) >= sum(map(len, WRITERS.values()))


def test_the_json_export_omits_what_is_open(pair: tuple[Path, Path]) -> None:
    from prioritizer.workshop.session_json import session_document

    with opened(pair[1]) as w:
        document = session_document(w.snapshot, names=True)
    rounds = [(u["number"], r["criterion"]) for u in document["use_cases"] for r in u["rounds"]]
    assert rounds == [(10, "P1")]

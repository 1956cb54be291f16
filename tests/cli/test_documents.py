"""Help and documents: every command has an example, every example runs, every option is documented."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import openpyxl
import pytest

from prioritizer.cli.app import app
from prioritizer.cli.command import Command, Family
from prioritizer.cli.reference import MARK, every_command, reference, with_reference
from tests.cli.conftest import Run, run_command
from tests.cli.test_federal import FEDERAL

DOCUMENT = Path(__file__).parents[2] / "docs" / "command-line.md"
TABLE = "title,task,tag\nMeeting minutes,Draft the action items; the chair sends them,office\n"
FILES = {
    "ideas.csv": TABLE,
    "inventory.csv": "Use Case Name,Agency,Bureau\nOne,Two,Three\n",
    "levels.csv": "use_case,criterion,level\n#5,D1,2\n",
    "gates.csv": "use_case,gate,answer\n#5,stability,no\n",
    "ballots.csv": "participant,use_case,criterion,answer\nAda,#1,P1,3\nBen,#1,P1,?\n",
    "form.csv": "Your name,P3 #1,P3 #2\nAda,3,2 - an expert\nBob,4,4\n",
}
COMMANDS = list(every_command())


@pytest.fixture
def folder(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the examples find: a sample session, some tables, and a preset of one's own."""
    monkeypatch.chdir(sample.parent)
    for name, text in FILES.items():
        (sample.parent / name).write_text(text, encoding="utf-8")
    assert run_command("export", "s.sqlite", "--to", ".", "--format", "json").code == 0
    book = openpyxl.Workbook()
    book.create_sheet("Ideas", 0).append(["title", "task"])
    book["Ideas"].append(["Expense receipt check", "Compare the receipt with the claim."])
    book.save(sample.parent / "ideas.xlsx")
    assert run_command("presets", "new", "my-preset").code == 0
    shutil.copyfile(sample, sample.parent / "copy.sqlite")
    return sample.parent


@pytest.fixture
def app_that_opens(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Terminals everywhere, and an app that only notes what it was to open."""
    opened: list[str | None] = []

    def run_app(path: str | None = None, **_: object) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr("prioritizer.tui.run_app", run_app)
    monkeypatch.setattr("prioritizer.tui.run_present", run_app)
    monkeypatch.setattr("prioritizer.cli.sessions.is_terminal", lambda: True)
    return opened


@pytest.mark.parametrize(("path", "found"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_every_command_has_help_with_examples_that_run(
    run: Run, folder: Path, app_that_opens: list[str | None], path: str, found: click.Command
) -> None:
    assert isinstance(found, Command | Family)
    assert found.examples
    shown = run(*path.split()[1:], "--help")
    assert shown.code == 0
    for example in found.examples:
        assert f"  {example}\n" in shown.out
        assert example.startswith(path)
    if path in ("prioritizer", "prioritizer demo"):
        (folder / "s.sqlite").unlink()
    if path == "prioritizer redo":
        run("undo", "s.sqlite")
    if path == "prioritizer ballots":
        run("roster", "s.sqlite", "add", "Ada", "Ben")
    if path == "prioritizer choose":
        run("effort", "s.sqlite", "#1", "--weeks", "6", "--engineering", "40000", "--change", "25000")
    if path == "prioritizer unpark":
        run("park", "s.sqlite", "#11")
    for example in found.examples:
        outcome = run(*shlex.split(example)[1:])
        assert outcome.code == 0, outcome.err


@pytest.mark.parametrize(("path", "found"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_every_option_says_what_it_does(path: str, found: click.Command) -> None:
    assert found.help
    names = set()
    for parameter in found.params:
        names.update(parameter.opts)
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.opts
            assert parameter.help.endswith(".")
    assert "--debug" in names


def test_the_document_has_the_reference() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert MARK in text
    assert text == with_reference(text), "run python -m prioritizer.cli.reference docs/command-line.md"
    for path, found in COMMANDS:
        assert f"### `{path}`" in reference()
        for parameter in found.params:
            if isinstance(parameter, click.Option):
                assert all(opt in reference() for opt in parameter.opts)


def blocks(kind: str) -> Iterator[tuple[str, str]]:
    """Fenced blocks above the reference: what stands behind the kind, and the text."""
    text = DOCUMENT.read_text(encoding="utf-8").partition(MARK)[0]
    yield from re.findall(rf"^```{kind}[ ]?([^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_walk_through_runs(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in blocks("csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    if FEDERAL.is_file():
        shutil.copyfile(FEDERAL, tmp_path / FEDERAL.name)
    ran = 0
    for needs, text in blocks("console"):
        if needs == "federal" and not FEDERAL.is_file():
            continue
        for line in text.splitlines():
            assert line.startswith("$ prioritizer ")
            outcome = run(*shlex.split(line)[2:])
            assert outcome.code == 0, (line, outcome.err)
            ran += 1
    assert ran >= 11
    ranking = run("rank", "pilots.sqlite", "--json").json()["use_cases"]
    assert [(u["number"], u["lane"]) for u in ranking] == [
        (1, "pilot-first"),
        (3, "fix-then-pilot"),
        (2, "not-yet"),
    ]


def test_the_app_is_opened_where_it_should(run: Run, folder: Path, app_that_opens: list[str | None]) -> None:
    assert run("open", "s.sqlite").code == 0
    assert run().code == 0
    made = run("demo", "d.sqlite")
    assert made.code == 0
    assert app_that_opens[:2] == ["s.sqlite", None]
    assert app_that_opens[2] is not None
    assert Path(app_that_opens[2]).name == "d.sqlite"


def test_help_lists_every_command(run: Run) -> None:
    shown = run("--help").out
    for name in app.list_commands(click.Context(app)):
        assert f"\n  {name} " in shown

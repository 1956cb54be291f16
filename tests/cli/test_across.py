"""``portfolio`` and ``compare``: nothing is written, no scales are mixed, and what changed is said."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from pathlib import Path

import pytest

from prioritizer import Workshop
from prioritizer.workshop.commands.frame import AddParticipant
from prioritizer.workshop.commands.weights import SetWeights
from prioritizer.workshop.sample import create_sample
from tests.cli.conftest import Run
from tests.text.corpus import FORMULAS


def sums(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


@pytest.fixture
def folder(sample: Path, run: Run) -> Path:
    """Two sessions on one scale, one with other weights, one with another preset, and rubbish."""
    found = sample.parent / "sessions"
    found.mkdir()
    shutil.copyfile(sample, found / "a.sqlite")
    with create_sample(found / "b.sqlite") as other:
        other.rate("#10", "D4", 4, evidence="document")
    with create_sample(found / "weights.sqlite") as weighted:
        weighted.do(SetWeights({"P": 1, "D": 1, "I": 1, "G": 1}, reason="all alike"))
    with Workshop.create(found / "quick.sqlite", preset="pilot-first-quick", title="Quick") as quick:
        quick.add_use_case("=1+1", task="a formula", tags=["x"])
    (found / "rubbish.sqlite").write_text("not a database")
    (found / "notes.txt").write_text("left alone")
    return found


def test_each_scale_is_ranked_by_itself_and_no_file_changes(run: Run, folder: Path) -> None:
    before = sums(folder)
    done = run("portfolio", folder, "--json")
    assert done.code == 0
    found = done.json()
    assert "rubbish.sqlite" in done.err
    assert [(g["preset"]["id"], [s["file"] for s in g["sessions"]]) for g in found["groups"]] == [
        ("pilot-first", ["a.sqlite", "b.sqlite"]),
        ("pilot-first-quick", ["quick.sqlite"]),
        ("pilot-first", ["weights.sqlite"]),
    ]
    both = found["groups"][0]["use_cases"]
    assert len(both) == 24
    assert [(u["rank"], u["tied"], u["number"]) for u in both[:2]] == [(1, True, 2), (1, True, 2)]
    assert {u["file"] for u in both[:2]} == {"a.sqlite", "b.sqlite"}
    alone = run("rank", folder / "b.sqlite", "--json").json()["use_cases"]
    mine = [u for u in both if u["file"] == "b.sqlite"]
    for key in ("number", "lane", "class", "readiness", "demonstration", "gap", "demo_trap", "overlooked"):
        assert [u[key] for u in mine] == [u[key] for u in alone], key
    assert [s["file"] for s in found["skipped"]] == ["rubbish.sqlite"]
    assert sums(folder) == before
    said = run("portfolio", folder).out
    assert "These sessions are on 3 different scales" in said
    assert "demo trap" in said
    assert "weights P 25 %, D 25 %" in said


def test_filters_keep_the_ranks(run: Run, folder: Path) -> None:
    found = run("portfolio", folder, "--lane", "fix-then-pilot", "--preset", "pilot-first", "--json").json()
    assert {u["lane"] for g in found["groups"] for u in g["use_cases"]} == {"fix-then-pilot"}
    assert found["groups"][0]["use_cases"][0]["rank"] == 10
    one = run("portfolio", folder, "--tag", "X", "--search", "FORMULA", "--json").json()
    assert [u["title"] for g in one["groups"] for u in g["use_cases"]] == ["=1+1"]
    assert "there are pilot-first" in run("portfolio", folder, "--lane", "pilot").err
    assert run("portfolio", folder, "--csv", "--json").code == 2


def test_csv_has_the_scale_on_each_row_and_is_guarded(run: Run, folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("portfolio", folder, "--csv").out)))
    assert len(rows) == 24 + 12 + 1
    assert {r["hash"] for r in rows if r["preset"] == "pilot-first-quick"} != {rows[0]["hash"]}
    assert next(r for r in rows if r["file"] == "quick.sqlite")["title"] == "'=1+1"
    assert rows[0]["readiness"] == "79.625"


def test_two_states_of_one_session_count_once(run: Run, sample: Path) -> None:
    folder = sample.parent / "states"
    folder.mkdir()
    shutil.copyfile(sample, folder / "z-old.sqlite")
    shutil.copyfile(sample, folder / "a-new.sqlite")
    run("park", folder / "a-new.sqlite", "#5")
    found = run("portfolio", folder, "--json")
    assert len(found.json()["groups"][0]["use_cases"]) == 11
    assert "z-old.sqlite: another state of the session in a-new.sqlite" in found.err


@pytest.mark.parametrize("name", ["none", "file"])
def test_no_sessions_is_one_sentence(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    done = run("portfolio", tmp_path / name)
    assert (done.code, done.out) == (2, "")
    assert "cannot be read" in done.err
    assert "There is no session file in" in run("portfolio", tmp_path).err


def test_what_changed_in_six_weeks(run: Run, sample: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.sqlite"
    shutil.copyfile(sample, later)
    run("rate", later, "#10", "D4", "4", "--evidence", "document")
    run("gate", later, "#2", "stability", "yes")
    run("park", later, "#5")
    run("add", later, "A new one")
    before = sums(tmp_path)
    # Whatever the order given, the state with the longer log is the later one.
    for pair in ((sample, later), (later, sample)):
        done = run("compare", *pair)
        assert done.code == 0
        for fact in (
            "from s.sqlite to later.sqlite",
            "lane: Fix, then pilot to Pilot first",
            "readiness: 66 to 70",
            "D4: 2 (reported) to 4 (document)",
            "done: have the use of the data assessed and approved for this purpose",
            "#5 Autonomous procurement negotiator: no longer ranked (was 12)",
            "#13 A new one: new, rank",
            "Stability: no to yes",
            "use cases did not change",
        ):
            assert fact in done.out, fact
    assert sums(tmp_path) == before
    found = run("compare", sample, later, "--json").json()
    by_number = {u["number"]: u for u in found["use_cases"]}
    assert (by_number[13]["status"], by_number[5]["status"], by_number[3]["levels"]) == (
        "added",
        "removed",
        [],
    )
    assert by_number[10]["levels"] == [{"what": "D4", "before": "2 (reported)", "after": "4 (document)"}]
    assert by_number[2]["moved"] < 0
    assert "Nothing changed." in run("compare", sample, sample).out
    assert "Unchanged: #" in run("compare", sample, later, "--all").out


def test_other_sessions_and_files_are_refused(run: Run, sample: Path, tmp_path: Path) -> None:
    create_sample(tmp_path / "other.sqlite").close()
    done = run("compare", sample, tmp_path / "other.sqlite")
    assert (done.code, done.out) == (2, "")
    assert "are two different sessions" in done.err
    assert run("compare", sample, tmp_path / "none.sqlite").code == 3
    (tmp_path / "junk.sqlite").write_text("x" * 200)
    refused = run("compare", sample, tmp_path / "junk.sqlite")
    assert refused.code == 3
    assert "junk.sqlite" in refused.err


def test_unrevealed_answers_are_compared_by_nobody(run: Run, sample: Path, tmp_path: Path) -> None:
    with Workshop.open(sample) as workshop:
        workshop.do(AddParticipant("Ada", role="data"))
    files = []
    for answer in ("0", "4"):
        path = tmp_path / "x" / f"{answer}.sqlite"
        path.parent.mkdir(exist_ok=True)
        shutil.copyfile(sample, path)
        with Workshop.open(path) as workshop:
            workshop.rate("#1", "P1", answer, by="Ada")
        files.append(run("compare", sample, path, "--json").json()["use_cases"])
    assert files[0] == files[1]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_hostile_title_is_text_in_both(run: Run, tmp_path: Path, text: str) -> None:
    with Workshop.create(tmp_path / "s.sqlite", title=text) as workshop:
        workshop.add_use_case(text)
    row = next(csv.DictReader(io.StringIO(run("portfolio", tmp_path, "--csv").out)))
    assert not row["title"].lstrip().startswith(tuple("=+-@＝＋－＠"))
    assert run("compare", tmp_path / "s.sqlite", tmp_path / "s.sqlite").code == 0

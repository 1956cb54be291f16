"""What each command does when all is well, and that its JSON is one document and nothing else."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from prioritizer import Workshop
from prioritizer.workshop.commands.frame import AddParticipant
from tests.cli.conftest import Run


def test_add_and_list(run: Run, empty: Path) -> None:
    made = run(
        "add", empty, "One", "--task", "Do it", "--tag", "a", "--tag", "b", "--note", "n", "--json"
    ).json()
    assert (made["number"], made["title"], made["task"], made["tags"]) == (1, "One", "Do it", ["a", "b"])
    plain = run("add", empty, "Two", "--tag", "B")
    assert (plain.out, plain.err) == ("", "Added #2 “Two”.\n")
    assert run("list", empty).out == "#1 One [a, b]\n#2 Two [B]\n"
    assert run("list", empty, "--tag", "b").out.count("\n") == 2
    assert run("list", empty, "--tag", "b", "--tag", "a").out == "#1 One [a, b]\n"
    assert run("list", empty, "--search", "DO it").out == "#1 One [a, b]\n"
    nothing = run("list", empty, "--search", "zzz")
    assert (nothing.code, nothing.out) == (0, "")
    assert run("list", empty, "--json", "--search", "zzz").json() == {"use_cases": []}


def test_park_and_unpark(run: Run, sample: Path) -> None:
    assert (
        "Parked 2 use cases; 10 left" in run("park", sample, "#1", "Bug report triage", "--why", "later").err
    )
    assert [u["number"] for u in run("list", sample, "--parked", "--json").json()["use_cases"]] == [1, 2]
    assert run("list", sample, "--all").out.count("(parked)") == 2
    assert {u["number"] for u in run("rank", sample, "--json").json()["use_cases"]} == set(range(3, 13))
    assert run("unpark", sample, "#2").code == 0
    assert run("undo", sample, "--json").json() == {
        "undone": "bringing back “Bug report triage”",
        "skipped": 0,
    }
    assert run("park", sample, "--all-but", "#3,#4, 5").code == 0
    assert [u["number"] for u in run("list", sample, "--json").json()["use_cases"]] == [3, 4, 5]
    assert run("undo", sample).code == 0
    assert len(run("list", sample, "--json").json()["use_cases"]) == 10


def test_rate_and_gate_one_by_one(run: Run, sample: Path) -> None:
    done = run("rate", sample, "#5", "D1", "2", "--evidence", "reported", "--note", "Monthly export")
    assert "“Autonomous procurement negotiator”: D1 is agreed at 2." in done.err
    assert run("gate", sample, "#5", "high-risk", "assessed", "--note", "No. 14", "--json").json() == {
        "answers": 1
    }
    with Workshop.open(sample) as workshop:
        five = workshop.find("#5")
        column = workshop.snapshot.preset.criterion_index()["D1"]
        assert (five.level(column), five.evidence_tag(column)) == (2, "reported")
        assert five.agreed["D1"].note == "Monthly export"
        assert (five.gates["high-risk"].answer, five.gates["high-risk"].note) == ("assessed", "No. 14")


def test_one_participants_answer_is_kept_and_not_repeated(run: Run, sample: Path) -> None:
    with Workshop.open(sample) as workshop:
        workshop.do(AddParticipant("Ada"))
    assert run("rate", sample, "#1", "P1", "?", "--by", "Ada", "--note", "no").code == 2
    done = run("rate", sample, "#1", "P1", "3", "--by", "Ada")
    assert (done.code, done.err) == (0, "#1 “Support ticket routing”: an answer to P1 is in.\n")
    assert "3" not in run("history", sample, "--last", "1").out.partition("  ")[2]
    with Workshop.open(sample) as workshop:
        assert "P1" in workshop.find("#1").rounds


def test_many_levels_enter_in_one_step(run: Run, sample: Path, tmp_path: Path) -> None:
    rows = "use_case,criterion,level,evidence,note\n#1,P1,4,measured,Counted\n#2,P1,1,,\n#2,P1,1,,\n"
    assert run("rate", sample, "--from", "-", "--json", stdin=rows).json() == {"levels": 2}
    gates = tmp_path / "gates.csv"
    gates.write_text("use_case;gate;answer\n#1;stability;YES\n#2;stability;yes\n", encoding="utf-8")
    assert run("gate", sample, "--from", gates).code == 0
    assert run("undo", sample).err == "Undid 2 gate answers.\n"
    assert run("undo", sample).err == "Undid 2 levels.\n"
    assert run("redo", sample, "--json").json() == {"redone": "2 levels", "skipped": 0}


def test_what_export_writes_rate_reads_again(run: Run, sample: Path, tmp_path: Path) -> None:
    before = run("rank", sample, "--json").json()
    assert run("export", sample, "--to", tmp_path / "paper", "--format", "csv").code == 0
    assert run("rate", sample, "--from", tmp_path / "paper" / "items.csv").code == 0
    assert run("rank", sample, "--json").json() == before


def test_export_writes_every_format_and_names_the_files(run: Run, sample: Path, tmp_path: Path) -> None:
    files = run("export", sample, "--json", "--top", "2").json()["files"]
    folder = tmp_path / "s-export"
    assert {Path(f).parent for f in files} == {folder}
    assert {Path(f).suffix for f in files} == {".md", ".html", ".csv", ".xlsx", ".pptx", ".json"}
    assert json.loads((folder / "ranking.json").read_text("utf-8")) == run("rank", sample, "--json").json()
    shortlist = (folder / "shortlist.md").read_text("utf-8")
    assert "Bug report triage" in shortlist
    assert "demo trap" in shortlist.casefold()
    assert "the first 2" in shortlist


def test_import_reports_duplicates_similar_and_refused(run: Run, sample: Path, tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text(
        "title,task,tag\nNew one,a,x\nNew one,a,y\nNew one,b,z\nBug report triage,something else,\n,c,\nRagged\n",
        encoding="utf-8",
    )
    dry = run("import", sample, source, "--dry-run", "--json").json()
    assert (dry["added"], dry["dry_run"], dry["duplicates"][0]["of"]) == (3, True, None)
    assert len(run("list", sample, "--json").json()["use_cases"]) == 12
    done = run("import", sample, source, "--json").json()
    ids = {u["number"]: u["id"] for u in run("list", sample, "--json").json()["use_cases"]}
    assert done["added"] == 3
    assert [(d["row"], d["title"], d["of"], d["of_row"]) for d in done["duplicates"]] == [
        (3, "New one", ids[13], 2)
    ]
    assert [(s["row"], s["of"]) for s in done["similar"]] == [(4, ids[13]), (5, ids[2])]
    assert [r["row"] for r in done["refused"]] == [6, 7]
    again = run("import", sample, source)
    assert "Added 0 use cases; skipped 4 duplicates" in again.err
    assert "row 2: New one (as #13)" in again.out
    assert run("undo", sample, "--json").json() == {"undone": "the import of 3 use cases", "skipped": 0}


def test_import_skips_what_was_parked_and_takes_lists_from_stdin(run: Run, sample: Path) -> None:
    with Workshop.open(sample) as workshop:
        one = workshop.find("#1")
    run("park", sample, "#1")
    text = json.dumps([{"title": one.title, "task": one.task}, "Another one"])
    report = run("import", sample, "-", "--json", stdin=text).json()
    assert (report["added"], len(report["duplicates"])) == (1, 1)


def test_new_with_candidates(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "ideas.md"
    source.write_text("- One: do it\n- Two\n", encoding="utf-8")
    file = tmp_path / "n.sqlite"
    made = run("new", file, "--preset", "regulated", "--title", "T", "--from", source, "--json").json()
    assert (made["title"], made["preset"], made["import"]["added"]) == ("T", "regulated", 2)
    assert run("list", file).out == "#1 One\n#2 Two\n"


def test_history_is_local_in_words_and_utc_in_json(run: Run, sample: Path) -> None:
    run("undo", sample)
    entries = run("history", sample, "--json").json()["history"]
    assert [e["verb"] for e in entries][-1] == "undid"
    assert all(e["time"].endswith(("Z", "+00:00")) for e in entries)
    assert run("history", sample, "--last", "1").out.endswith("undid 288 levels\n")


def test_presets(run: Run, tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = run("presets", "list", "--json").json()["presets"]
    assert [p["id"] for p in listed] == ["pilot-first", "pilot-first-quick", "regulated", "stalled-pilots"]
    for each in listed:
        assert each["id"] in run("presets", "list").out
        assert run("presets", "check", each["id"]).code == 0
    shown = run("presets", "show", "pilot-first").out
    assert "D1 Access" in shown
    assert "prohibited" in shown
    assert run("presets", "show", sample, "--json").json()["preset"]["id"] == "pilot-first"
    monkeypatch.chdir(tmp_path)
    assert run("presets", "new", "own-rules", "--title", "Ours").code == 0
    assert run("presets", "check", "own-rules.toml").code == 0
    assert run("presets", "new", "own-rules").code == 2
    assert run("new", "own.sqlite", "--preset", "own-rules.toml").code == 0
    assert run("presets", "check", "own.sqlite").code == 0
    toml = run("presets", "show", "own-rules.toml", "--toml").out
    assert toml.rstrip() == (tmp_path / "own-rules.toml").read_text("utf-8").rstrip()


def test_a_session_says_when_the_shipped_preset_is_newer(run: Run, tmp_path: Path) -> None:
    from prioritizer.model.presets import read_shipped

    older = tmp_path / "older.toml"
    text = read_shipped("pilot-first")
    assert "\nversion = 1\n" in text
    older.write_text(text.replace("weight = 0.22", "weight = 0.21"), encoding="utf-8")
    file = tmp_path / "s.sqlite"
    assert run("new", file, "--preset", older).code == 0
    outcome = run("presets", "check", file)
    assert outcome.code == 1
    assert "differs from the shipped one" in outcome.err


def test_version_names_program_format_and_sqlite(run: Run) -> None:
    from prioritizer import __version__

    text = run("--version").out
    assert text == f"prioritizer {__version__}, file format 2, SQLite {sqlite3.sqlite_version}\n"


JSON_COMMANDS = (
    ("list",),
    ("rank",),
    ("rank", "--what-if", "P=40"),
    ("why", "#5"),
    ("history",),
    ("check",),
    ("undo",),
    ("add", "One more"),
    ("rate", "#1", "P1", "2"),
    ("gate", "#1", "prohibited", "no"),
)


@pytest.mark.parametrize("args", JSON_COMMANDS, ids=lambda a: " ".join(a))
def test_json_is_one_document_on_stdout_and_nothing_else(
    run: Run, sample: Path, args: tuple[str, ...]
) -> None:
    outcome = run(args[0], sample, *args[1:], "--json")
    assert outcome.code == 0
    assert outcome.err == ""
    assert isinstance(outcome.json(), dict)

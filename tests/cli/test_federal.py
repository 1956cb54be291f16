"""The federal inventory: 2,133 rows, counted a second time with nothing but the csv module."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FEDERAL = Path(__file__).parents[3] / "shared" / "data" / "federal-2024.csv"
TASK = "What is the intended purpose and expected benefits of the AI?"
MAPPING = (
    "--map",
    "title=Use Case Name",
    "--map",
    f"task={TASK}",
    "--map",
    "tag=Agency",
    "--map",
    "tag=Bureau",
)

pytestmark = pytest.mark.skipif(
    not FEDERAL.is_file(), reason="federal-2024.csv lies beside the project, not in it, and is not here"
)


def line_of(text: str) -> str:
    """A title as one line, by hand."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return " ".join(
        part for line in text.replace("\t", "\n").split("\n") if (part := line.strip(" "))
    ).strip()


def lines_of(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\t", " ").strip()


def counted() -> tuple[int, int, int, int]:
    """Added, duplicate, similar and refused rows, with nothing of ours."""
    rows = list(csv.reader(io.StringIO(FEDERAL.read_bytes().decode("cp1252", "replace"), newline="")))
    header, rows = rows[0], rows[1:]
    title, task = header.index("Use Case Name"), header.index(TASK)
    pairs: set[tuple[str, str]] = set()
    titles: set[str] = set()
    added = duplicates = similar = refused = 0
    for row in rows:
        if len(row) != len(header) or not row[title].strip():
            refused += 1
            continue
        pair = (line_of(row[title]), lines_of(row[task]))
        if pair in pairs:
            duplicates += 1
            continue
        similar += pair[0] in titles
        added += 1
        pairs.add(pair)
        titles.add(pair[0])
    return added, duplicates, similar, refused


def test_the_inventory_comes_in_whole(run: Run, empty: Path) -> None:
    report = run("import", empty, FEDERAL, *MAPPING, "--json").json()
    found = (report["added"], *(len(report[k]) for k in ("duplicates", "similar", "refused")))
    assert found == counted()
    assert sum((found[0], found[1], found[3])) == 2133
    listed = run("list", empty, "--json").json()["use_cases"]
    assert len(listed) == found[0]
    assert len({u["id"] for u in listed}) == found[0]
    again = run("import", empty, FEDERAL, *MAPPING, "--json").json()
    assert (again["added"], len(again["duplicates"])) == (0, 2133 - found[3])


def test_from_the_inventory_to_a_shortlist(run: Run, empty: Path, tmp_path: Path) -> None:
    assert run("import", empty, FEDERAL, *MAPPING).code == 0
    energy = run("list", empty, "--tag", "Department of Energy", "--json").json()["use_cases"]
    kept = [u["number"] for u in energy[:12]]
    assert len(kept) == 12
    assert run("park", empty, "--all-but", ",".join(f"#{n}" for n in kept)).code == 0
    assert [u["number"] for u in run("list", empty, "--json").json()["use_cases"]] == kept
    preset = run("presets", "show", "pilot-first", "--json").json()["preset"]
    levels, gates = tmp_path / "levels.csv", tmp_path / "gates.csv"
    criteria = [c["id"] for c in preset["criterion"]]
    clear = {
        g["id"]: next(a["id"] for a in g["answers"] if a["status"] == "pass")
        for g in preset["gate"]
        if g["kind"] == "question"
    }
    with levels.open("w", encoding="utf-8") as file:
        file.write("use_case,criterion,level,evidence\n")
        file.writelines(f"#{n},{c},{3 if n == kept[0] else 1},document\n" for n in kept for c in criteria)
    with gates.open("w", encoding="utf-8") as file:
        file.write("use_case,gate,answer\n")
        file.writelines(f"#{n},{g},{a}\n" for n in kept for g, a in clear.items())
    assert run("gate", empty, "--from", gates).code == 0
    assert run("rate", empty, "--from", levels).code == 0
    ranking = run("rank", empty, "--json").json()["use_cases"]
    assert (ranking[0]["number"], ranking[0]["lane"]) == (kept[0], "pilot-first")
    assert len(ranking) == 12
    assert run("export", empty, "--to", tmp_path / "paper").code == 0
    assert energy[0]["title"][:30] in (tmp_path / "paper" / "shortlist.md").read_text("utf-8")

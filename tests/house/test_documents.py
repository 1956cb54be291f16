"""Every example in the documents is run.

A ``console`` block is a story: its ``$`` lines run one after another in one empty folder
(all blocks of a document share it), and lines of output that stand below a command must appear
in what it prints; ``…`` stands for anything. A ``python`` block is run likewise, and a ``toml`` block
that begins with ``# file: NAME`` is written there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from prioritizer.tui.actions.document import keys_document

ROOT = Path(__file__).parents[2]
FEDERAL = ROOT.parent / "shared" / "data" / "federal-2024.csv"
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
OWN_TEST = {"command-line.md"}  # tests/cli runs its examples, with the files that they need
_BLOCK = re.compile(r"^```(console|python|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Step:
    command: str
    output: list[str]


def steps(block: str) -> list[Step]:
    """Commands of a console block, each with the output shown below it."""
    found: list[Step] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(Step(line[2:], []))
        elif found and found[-1].command.endswith("\\"):
            found[-1].command += "\n" + line
        elif found and line.strip():
            found[-1].output.append(line)
    return found


def blocks(document: Path) -> list[tuple[str, str]]:
    return [(m.group(1), m.group(2)) for m in _BLOCK.finditer(document.read_text(encoding="utf-8"))]


def run(argv: list[str], folder: Path) -> str:
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "HOME": str(folder),
    }
    done = subprocess.run(
        argv, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{argv[-1]}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def contains(said: str, line: str) -> bool:
    parts = [re.escape(part.strip()) for part in line.split("…")]
    return re.search(".*".join(parts), said) is not None


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if d.name not in OWN_TEST], ids=lambda d: d.name)
def test_examples_run(document: Path, tmp_path: Path) -> None:
    found = blocks(document)
    if any("federal-2024.csv" in text for _, text in found):
        if not FEDERAL.exists():
            pytest.skip("the federal inventory lies beside the project, not in it, and is not here")
        shutil.copy(FEDERAL, tmp_path / FEDERAL.name)
    for kind, text in found:
        if kind == "toml":
            if text.startswith("# file: "):
                (tmp_path / text.split("\n", 1)[0].removeprefix("# file: ")).write_text(
                    text, encoding="utf-8"
                )
            continue
        if kind == "python":
            run([sys.executable, "-c", text], tmp_path)
            continue
        for step in steps(text):
            said = run(["bash", "-c", step.command], tmp_path)
            for line in step.output:
                assert contains(said, line), (
                    f"{document.name}: $ {step.command}\nsays\n{said}\nand not\n{line}"
                )


def test_the_list_of_keys_is_that_of_the_program() -> None:
    document = ROOT / "docs" / "keys.md"
    assert document.read_text(encoding="utf-8") == keys_document(), (
        "run python -m prioritizer.tui.actions.document docs/keys.md"
    )


def test_links_and_pictures_of_the_documents_exist() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if not target.startswith(("http://", "https://", "mailto:")):
                assert (document.parent / target).exists(), f"{document.name} points to {target}"

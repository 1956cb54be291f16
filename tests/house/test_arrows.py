"""The rooms and their arrows: what may import what, and what must stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "textual",
    "numpy",
    "pydantic",
    "sqlite_utils",
    "rapidfuzz",
    "rich",
    "jinja2",
    "pptx",
    "xlsxwriter",
    "openpyxl",
)


def loaded_after(code: str) -> set[str]:
    """Top-level modules in ``sys.modules`` of a fresh interpreter after some code."""
    program = f"import sys\n{code}\nprint('\\n'.join(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split("\n"))


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("import prioritizer", HEAVY),
        (
            "sys.argv = ['prioritizer', '--help']\nimport runpy\ntry: runpy.run_module('prioritizer', run_name='__main__')\nexcept SystemExit: pass",
            HEAVY,
        ),
        ("import prioritizer.model.session, prioritizer.model.preset", ("numpy", "textual", "sqlite_utils")),
        ("import prioritizer.text.clean", ("numpy", "textual", "sqlite_utils", "pydantic")),
        ("from prioritizer import Workshop", ("numpy", "textual", "sqlite_utils")),
        ("import prioritizer.tui.app", ("numpy", "sqlite_utils")),
        ("import prioritizer.scoring.evaluate, prioritizer.scoring.result", ("textual", "sqlite_utils")),
    ],
)
def test_a_room_loads_no_more_than_it_needs(code: str, forbidden: tuple[str, ...]) -> None:
    assert loaded_after(code) & set(forbidden) == set()


def test_arrows_point_down_only() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    if not tool.exists():
        pytest.skip("import-linter is in the dev extra; .ci/run installs it and runs it")
    done = subprocess.run([str(tool), "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout


def needed(path: Path) -> set[str]:
    """Modules of ours that one imports anywhere in its code; not for the types alone."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
        waiting.extend(ast.iter_child_nodes(node))
    return found


@pytest.mark.parametrize(
    "room", ["text", "model", "scoring", "analysis", "facilitation", "charts", "exchange", "cli"]
)
def test_no_modules_of_a_room_need_each_other(room: str) -> None:
    names = {f"prioritizer.{room}.{p.stem}": p for p in (ROOT / "prioritizer" / room).glob("*.py")}
    assert len(names) > 1
    order = TopologicalSorter({name: needed(path) & (names.keys() - {name}) for name, path in names.items()})
    order.prepare()  # it raises where there is a circle

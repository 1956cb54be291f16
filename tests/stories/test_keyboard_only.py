"""By the keyboard alone, in a real terminal: from nothing to an exported shortlist.

The terminal is a pty with an emulator behind it; each step waits for what a person would see
before the next key.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from prioritizer import Workshop
from tests.benchmarks.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty to drive")

TITLES = ("Route support tickets", "Negotiate with suppliers [/nope]", "Draft compliance filings")
# VIA DAT INT OWN BND DEM WOR, as the quick preset asks them.
LEVELS = ("3333412", "1110042", "3343423")
CRITERIA = ("VIA", "DAT", "INT", "OWN", "BND", "DEM", "WOR")


class Person:
    """Somebody at the keyboard who looks before typing on."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def sees(self, *words: str) -> None:
        """Waits until all of these are on the screen."""

        def there(screen: object) -> bool:
            text = "\n".join(self.terminal.screen.display)
            return all(word in text for word in words)

        if not there(None):
            self.terminal.until(there, timeout=30)

    def types(self, keys: str) -> None:
        self.terminal.send(keys)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_from_an_empty_file_to_an_exported_shortlist(tmp_path: Path, size: tuple[int, int]) -> None:
    env = {
        "PRIORITIZER_CONFIG": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "HOME": str(tmp_path),
    }
    argv = [sys.executable, "-m", "prioritizer"]
    with Terminal(argv, columns=size[0], lines=size[1], env=env) as terminal:
        person = Person(terminal)
        person.sees("New session")
        person.types("n")
        person.sees("which questions?", "Pilot first, quick")
        person.types("\x1b[B")  # down, to the quick preset
        person.sees("one ladder")
        person.types("\r")
        person.sees("What is this session called?")
        person.types("\x13")  # ctrl+s: the title and file that it proposes
        person.sees("Who decides", "✓ saved")

        person.types("]")
        person.sees("type a use case")
        for title in TITLES:
            person.types(title + "\r")
            person.sees(title, "✓ saved")
        person.types("\x1b")
        person.sees("Next stage", "Filter")
        person.types("]")

        person.sees("Prohibited or against policy", "0 of 15 answered")
        for answered in (3, 6, 9, 12, 15):  # all remaining: no, gate by gate
            person.types("A")
            person.sees(f"{answered} of 15")
            if answered < 15:
                person.types("\t")
        person.types("]")

        for criterion, title in enumerate(CRITERIA):
            person.sees(f"{title} ·", "0 of 3 rated")
            for number in range(3):
                person.types(LEVELS[number][criterion])
            # After the last use case the next criterion comes by itself.
        person.sees("WOR", "3 of 3 rated", "✓ saved")
        person.types("]")

        person.sees("2 of 3 can be piloted first", "demo trap")
        person.types("m")
        person.sees("by demonstration value")
        person.types("\x1b")
        # Escape and the next key must not arrive as one: the ranking has to be there first.
        person.sees("2 of 3 can be piloted first")
        person.types("]")

        person.sees("Shortlist", "nobody owns it yet")
        person.types("a")
        person.sees("✓ saved")
        person.types("x")
        person.sees("Folder", "What to write")
        person.types("\x13")
        person.sees("rote")
        person.types("q")
        person.sees("New session")
        person.types("q")

    (session,) = (tmp_path / "data").rglob("*.sqlite")
    with Workshop.open(session) as workshop:
        order = [(u.title, u.lane) for u in workshop.ranking().use_cases]
        assert order == [
            (TITLES[2], "pilot-first"),
            (TITLES[0], "pilot-first"),
            (TITLES[1], "not-yet"),
        ]
        chosen = {u.title for u in workshop.use_cases if u.chosen}
        assert {TITLES[0], TITLES[2]} <= chosen
    (shortlist,) = tmp_path.rglob("shortlist.md")
    paper = shortlist.read_text(encoding="utf-8")
    assert paper.index("Draft compliance filings") < paper.index("Route support tickets")
    (ranking,) = tmp_path.rglob("ranking.json")
    assert len(json.loads(ranking.read_text(encoding="utf-8"))["use_cases"]) == 3

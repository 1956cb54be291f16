"""Hints name actions: with keys of one's own no old key stands anywhere, and every named action has a key."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import prioritizer.tui
from prioritizer.tui.actions import all_actions
from prioritizer.tui.actions.hints import hint, key_of, use_keymap
from prioritizer.tui.app import PrioritizerApp
from prioritizer.tui.screens.action_screen import ActionScreen
from prioritizer.workshop.settings import Settings
from tests.pictures.sessions import SESSIONS
from tests.tui.conftest import LARGE, SMALL, read_screen

TUI = Path(prioritizer.tui.__file__).parent

NAMED = re.compile(r"\{(?:typing:)?([a-z]+\.[a-z-]+)\}")
KEY = re.compile(
    r"alt\+\d|\^[a-z]\b|\bF\d{1,2}\b|⏎|⇥|⌫|(?<!\w)(?:esc|Esc|tab|Tab|del|space)(?!\w)"
    r"|(?<![\w’'+&.=/–-])[b-hj-zB-HJ-Z](?![\w’'…+&=/)–-])|[\[\]](?= goes)"
    r"|(?<![\w’'&])[aAiI] (?=(?:adds|decides|gives|chooses|takes|shows|goes|brings|imports|opens)\b)|[+] (?:and )?−"
)
"""What a reader takes for a key: a name of one, or a letter that stands alone."""

FIXED = {
    "esc": "the filter line, and every form and dialog, binds it itself",
    "Esc": "likewise",
    "⏎": "where a line is typed it ends the line; in a dialog it is the dialog's own",
    "^s": "forms and dialogs, bound by themselves",
    "tab": "the same in the dialog that completes file names",
    "Tab": "likewise",
}
"""Keys that no keymap moves: they belong to the widget that has the focus, not to the table."""

OWN_KEYS = {
    "collect_import.py": "s",
    "collect_review.py": "SNM",
    "help.py": "jk",
    "confirm.py": "yn",
    "this_file.py": "u",
    "this_file_rows.py": "⏎ug",
    "terminal.py": "C",  # a locale
    "agreement.py": "W",  # Kendall's W
    "rate_notes.py": "R",  # readiness
    "queue_rows.py": "r",
    "reveal_rows.py": "r",
}
"""Letters in sentences of dialogs that bind them themselves, and signs that are no keys."""


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module but docstrings and bindings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Binding", "Action"):
            left_out.update(id(each) for each in ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value


def named_actions() -> set[str]:
    """Ids in the templates of hints, and those asked for by `key_of`."""
    found: set[str] = set()
    for path in TUI.rglob("*.py"):
        for _, text in literals(path):
            found.update(NAMED.findall(text))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "key_of":
                found.update(str(a.value) for a in node.args if isinstance(a, ast.Constant))
    return found - {"screen.verb"}


def test_every_action_that_a_hint_names_is_in_the_table_and_has_a_key() -> None:
    named = named_actions()
    assert len(named) > 60
    table = {action.id: action for action in all_actions()}
    assert {name for name in named if name not in table} == set()
    assert {name for name in named if not key_of(name)} == set()


def test_no_sentence_spells_a_key_of_the_table() -> None:
    spelt: list[str] = []
    for path in sorted(TUI.rglob("*.py")):
        if path.parent.name == "actions":
            continue
        for line, text in literals(path):
            if not re.search(r"\w \w", text):
                continue  # signs and names; only sentences are hints
            own = OWN_KEYS.get(path.name, "")
            keys = [k for k in KEY.findall(NAMED.sub("", text)) if k not in FIXED and k not in own]
            if keys:
                spelt.append(f"{path.name}:{line} {keys} {text!r}")
    assert "\n".join(spelt) == ""


def test_a_hint_says_the_key_of_today() -> None:
    try:
        given = {"collect.import": " x ,ctrl+o,", "rate.level": "9", "app.undo": " , ", "no.such": "k"}
        assert use_keymap(given) == {"collect.import": "x,ctrl+o"}
        assert hint("press {collect.import}, {app.undo} undoes") == "press x, u undoes"
        assert hint("{typing:collect.import} {typing:app.undo}") == "^o ^z"
        assert hint("{}, {1} and { app.undo }") == "{}, {1} and { app.undo }"
    finally:
        use_keymap({})


# On the screens, with another key for every action

OWN = {a.id: chr(0x410 + i) for i, a in enumerate(a for a in all_actions() if not a.fixed)}
"""A Cyrillic letter each: no word of ours and no name of the samples has one."""

WALK: dict[str, tuple[tuple[str, ...], ...]] = {
    "frame": (
        (),
        ("frame.weights",),
        ("app.clock",),
    ),
    "collect": ((), ("collect.lot",), ("collect.cut",)),
    "gate": ((), ("gate.turn",)),
    "rate": ((), ("rate.turn",), ("rate.ballot",), ("rate.reveal",), ("rate.queue",)),
    "rank": (
        (),
        ("rank.what-if",),
        ("rank.what-if", "rank.swap", "rank.more"),
        ("rank.sure",),
        ("rank.talk",),
        ("rank.mirror",),
        ("rank.picture",),
        ("app.agreement",),
    ),
    "shortlist": ((), ("shortlist.fits",)),
}
"""Ways through the screens: from a stage, these actions one after the other."""

DATA = frozenset("PDBGWRVIO?-")
"""Names of dimensions in the sample, readiness, and answers: letters that are no keys."""

NO_KEYS = re.compile(r"^ *[▸ ]?[ynd]  |\b[a-h] (?=(?:Ada|Ben|Cem|Dee|Eva|Fay|Gil|Hal)\b)|\bh a month")
"""Letters of answers to a gate come from the preset, those of seats are for ``e3``; and an hour."""


def stale(text: str, fixed: frozenset[str]) -> list[str]:
    return [k for k in KEY.findall(NO_KEYS.sub("", text)) if k not in fixed and k not in DATA]


def nothing(path: Path) -> None:
    from prioritizer.workshop.service import Workshop

    Workshop.create(path, preset="pilot-first", title="Empty").close()


@pytest.mark.parametrize(
    ("session", "size"),
    [
        ("empty", SMALL),
        ("sample", LARGE),
        ("room", SMALL),
        pytest.param("divided", LARGE, marks=pytest.mark.long),
    ],
)
async def test_no_screen_shows_a_key_that_was_moved(
    session: str, size: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "session.sqlite"
    (nothing if session == "empty" else SESSIONS[session])(path)
    found: list[str] = []
    try:
        app = PrioritizerApp(str(path), stage="frame", settings=Settings(keymap=OWN))
        async with app.run_test(size=size) as pilot:

            async def settle() -> None:
                await pilot.pause()
                await app.workers.wait_for_complete()
                await pilot.pause()

            for stage, ways in WALK.items():
                for way in ways:
                    await app.go_to(stage)
                    await settle()
                    for action in way:
                        screen = app.screen
                        assert isinstance(screen, ActionScreen)
                        if screen.why_not(action) is None:
                            await screen.action_run(action)
                            await settle()
                    screen = app.screen
                    where = f"{stage} {' '.join(way)}"
                    words = [*read_screen(app), *(n.message for n in app._notifications)]
                    if isinstance(screen, ActionScreen):
                        reasons = [screen.why_not(i) for i in OWN if hasattr(screen, _method(i))]
                        words += [reason for reason in reasons if reason]
                        words.append(hint(screen.purpose))
                    for line in words:
                        if keys := stale(line, frozenset({"⏎", "esc", "^s"})):
                            found.append(f"{where}: {keys} {line.strip()!r}")
                    while len(app.screen_stack) > 2:
                        app.pop_screen()
                    app._notifications.clear()
                    await settle()
            assert app.mishaps == []
    finally:
        use_keymap({})
    assert "\n".join(sorted(set(found))) == ""


def _method(action_id: str) -> str:
    return "do_" + action_id.replace(".", "_").replace("-", "_")

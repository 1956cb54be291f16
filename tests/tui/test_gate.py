"""Gates, as a facilitator goes through them: one letter a cell, down the column or along the row."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events

from prioritizer.model.session import UseCase
from prioritizer.tui.screens.form import Form
from prioritizer.tui.screens.gate import GateScreen
from prioritizer.tui.screens.gate_forms import GatesScreen
from prioritizer.tui.widgets.pane import Pane
from prioritizer.workshop.commands.frame import SetSession
from prioritizer.workshop.service import Workshop
from tests.tui.conftest import HOSTILE, LARGE, SMALL, TITLES, MakeSession, OpenRoom, Room

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x36"])


def screen_of(room: Room) -> GateScreen:
    assert isinstance(room.app.screen, GateScreen)
    return room.app.screen


def cases(room: Room) -> list[UseCase]:
    return list(room.workshop.snapshot.live())


def answers(room: Room, gate: str) -> list[str | None]:
    return [u.gates[gate].answer if gate in u.gates else None for u in cases(room)]


def spot(room: Room) -> tuple[str, str]:
    """(title, gate) under the cursor."""
    at = screen_of(room).at
    assert at is not None
    return at[0].title, at[1].id


async def burst(room: Room, keys: Sequence[str]) -> None:
    """Keys that arrive in one read of the terminal: nothing waits for anything."""
    for key in keys:
        room.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await room.settle()


# Answers


async def test_who_has_just_typed_titles_begins_at_the_first(open_room: OpenRoom, session_path: Path) -> None:
    with Workshop.create(session_path, preset="pilot-first", title="t"):
        pass
    async with open_room(session_path, stage="collect") as room:
        for title in TITLES:
            await room.type(title)
            await room.press("enter")
        await room.press("f4")
        assert spot(room) == (TITLES[0], "prohibited")


async def test_a_gate_without_room_for_its_title_is_named_in_words(
    open_room: OpenRoom, small_session: Path
) -> None:
    async with open_room(small_session, stage="gate", size=SMALL) as room:
        heads = next(line for line in room.lines() if "Stability" in line and "use case" in line)
        assert "Needs agent" in heads
        assert "High risk" in heads
        assert "Prohibited" in heads


@SIZES
async def test_a_letter_answers_and_goes_down_the_column(
    open_room: OpenRoom, small_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="gate", size=size) as room:
        assert spot(room) == (TITLES[0], "prohibited")
        assert "0 of 12 answered" in room.text()
        await burst(room, ["n", "y", "d"])
        assert answers(room, "prohibited") == ["no", "yes", "unknown"]
        assert spot(room) == (TITLES[0], "needs-agent"), "after the last use case the next gate begins"
        assert "3 of 12 answered" in room.text()
        assert not room.app.mishaps


@SIZES
async def test_by_use_case_it_goes_along_the_row(
    open_room: OpenRoom, small_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="gate", size=size) as room:
        assert "By gate" in room.text()
        await room.press("T")
        assert "By use case" in room.text()
        await burst(room, ["n", "a", "n", "n", "y"])
        assert [answers(room, g)[0] for g in ("prohibited", "needs-agent", "high-risk", "stability")] == [
            "no",
            "agent",
            "no",
            "no",
        ]
        assert answers(room, "prohibited")[1] == "yes"
        assert spot(room) == (TITLES[1], "needs-agent")


@SIZES
@pytest.mark.parametrize("preset", ["pilot-first", "pilot-first-quick", "regulated", "stalled-pilots"])
async def test_question_answers_and_their_keys_are_always_on_the_screen(
    open_room: OpenRoom, make_session: MakeSession, size: tuple[int, int], preset: str
) -> None:
    async with open_room(make_session(preset=preset), stage="gate", size=size) as room:
        for gate in room.workshop.snapshot.preset.questions:
            screen_of(room).go(cases(room)[1].id, gate.id)
            await room.settle()
            text = room.text()
            assert " ".join(gate.question.split()) in " ".join(text.split())
            for answer in gate.answers:
                line = next(x for x in room.lines() if x.startswith(f" {answer.key}  {answer.title}"))
                words = {"pass": "clear", "out": "Out", "stop": "a stop", "unknown": "find out"}
                assert words.get(answer.status, "") in line
            assert not [line for line in room.lines() if len(line) > size[0]]


async def test_fast_typing_keeps_answers_and_arrows_in_order(
    open_room: OpenRoom, make_session: MakeSession
) -> None:
    titles = [f"Use case {n}" for n in range(1, 21)]
    typed = [("n", "y", "d")[(5 * n + n // 4) % 3] for n in range(20)]
    named = {"n": "no", "y": "yes", "d": "unknown"}
    async with open_room(make_session(titles), stage="gate") as room:
        await burst(room, typed)
        assert answers(room, "prohibited") == [named[k] for k in typed]
        await burst(room, ["down", "r", "down", "down", "s", "up", "up", "a"])
        assert answers(room, "needs-agent")[:6] == [None, "rule", None, "agent", "search", None]
        await burst(room, ["u"] * 23)
        assert answers(room, "prohibited") == [None] * 20


KEYS = ["n", "y", "d", "a", "r", "w", "backspace", "up", "down", "left", "right", "A", "T", "u", "ctrl+y"]
KEYS += ["tab", "shift+tab", "delete", "home", "end"]


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_burst_does_what_the_same_keys_do_slowly(
    open_room: OpenRoom, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    keys = chance.choices(KEYS, weights=[6] * 4 + [2] * (len(KEYS) - 4), k=40)
    seen = []
    for name in ("slow", "fast"):
        path = tmp_path / f"{name}.sqlite"
        with Workshop.create(path, preset="pilot-first-quick", title=name) as w:
            for n in range(4):
                w.add_use_case(f"Use case {n}")
        async with open_room(path, stage="gate") as room:
            if name == "fast":
                await burst(room, keys)
            else:
                for key in keys:
                    await burst(room, [key])
            seen.append(([dict(u.gates) for u in cases(room)], spot(room), screen_of(room).by_gate))
            assert not room.app.mishaps
    assert seen[0] == seen[1]


async def test_a_letter_paints_its_cell_before_it_is_saved(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="gate") as room:
        hold = threading.Event()
        room.workshop._writer.submit(lambda: hold.wait(20))
        room.app.post_message(events.Key("n", "n"))
        await room.pilot.pause()
        await room.pilot.pause()
        try:
            assert answers(room, "prohibited")[0] is None
            assert "No…" in room.text()
            assert "saving" in room.lines()[0]
        finally:
            hold.set()
        await room.settle()
        assert answers(room, "prohibited")[0] == "no"
        assert "No…" not in room.text()


async def test_a_letter_that_answers_nothing_says_which_do(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="gate") as room:
        await room.press("z")
        assert room.said[-1] == "“z” answers nothing here; “Prohibited or against policy” takes y, n, d."
        assert answers(room, "prohibited") == [None] * 3


@SIZES
async def test_all_remaining_is_one_step(
    open_room: OpenRoom, small_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="gate", size=size) as room:
        await burst(room, ["down", "y", "A"])
        assert answers(room, "prohibited") == ["no", "yes", "no"]
        assert "2 cells: “No” to “Prohibited or against policy”" in room.said[-1]
        await room.press("A")
        assert "Nothing is left to answer in this column" in room.said[-1]
        await room.press("u")
        assert answers(room, "prohibited") == [None, "yes", None]
        await burst(room, ["T", "home", "A"])
        assert [answers(room, g)[0] for g in ("prohibited", "needs-agent", "high-risk", "stability")] == [
            "no",
            "agent",
            "no",
            "no",
        ]
        assert answers(room, "prohibited") == ["no", "yes", None]
        await room.press("u")
        assert answers(room, "needs-agent") == [None] * 3


async def test_all_remaining_keeps_to_the_filter(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="gate") as room:
        await room.press("slash")
        await room.type("board")
        await room.press("enter", "A")
        assert answers(room, "prohibited") == [None, "no", None]


async def test_backspace_takes_the_answer_given_last_back(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="gate") as room:
        await burst(room, ["n", "backspace"])
        assert answers(room, "prohibited") == [None] * 3
        assert spot(room) == (TITLES[0], "prohibited")
        await burst(room, ["n", "n", "up", "up", "delete"])
        assert answers(room, "prohibited") == [None, "no", None]
        await room.press("delete")
        assert "no answer to take back" in room.said[-1]
        await burst(room, ["u", "u", "u"])
        assert answers(room, "prohibited")[0] is None or room.said


async def test_undo_goes_to_what_it_gave_back(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="gate") as room:
        await burst(room, ["n", "n", "right", "u"])
        assert answers(room, "prohibited") == ["no", None, None]
        assert spot(room) == (TITLES[1], "prohibited")
        assert "undid: the answer" in room.said[-1]
        await room.press("ctrl+y")
        assert answers(room, "prohibited") == ["no", "no", None]


# Notes and the list of answers


async def test_a_note_right_after_an_answer_is_for_that_one(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="gate") as room:
        screen_of(room).go(cases(room)[0].id, "stability")
        await burst(room, ["y", "N"])
        assert "Note to “Yes, it is replaced”" in room.text()
        await room.type("replaced 2026-10-01")
        await room.press("enter")
        assert cases(room)[0].gates["stability"].note == "replaced 2026-10-01"
        assert "✎" in room.text()
        assert spot(room) == (TITLES[1], "stability")
        await burst(room, ["down", "N"])
        assert "Answer it first" in room.said[-1]


async def test_enter_offers_the_answers_and_the_note(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="gate") as room:
        await burst(room, ["right", "enter"])
        assert isinstance(room.app.screen, Form)
        room.app.screen.query_one("#field-answer").value = "existing"  # type: ignore[attr-defined]
        room.app.screen.query_one("#field-note").value = "the ticket system has it"  # type: ignore[attr-defined]
        await room.press("ctrl+s")
        given = cases(room)[0].gates["needs-agent"]
        assert (given.answer, given.note) == ("existing", "the ticket system has it")
        await room.press("enter")
        room.app.screen.query_one("#field-answer").value = ""  # type: ignore[attr-defined]
        await room.press("ctrl+s")
        assert "needs-agent" not in cases(room)[0].gates


async def test_enter_proposes_no_answer_where_there_is_none(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="gate") as room:
        await room.press("enter", "enter", "enter")
        assert isinstance(room.app.screen, Form), "nothing was chosen, so there is nothing to save"
        assert "No answer is chosen yet" in room.text()
        await room.press("escape")
        assert "prohibited" not in cases(room)[0].gates


# Gates that follow from levels


@SIZES
async def test_what_follows_from_levels_is_shown_with_its_reason(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(sample_session, stage="gate", size=size) as room:
        assert "✓ D1" in room.text()
        screen_of(room).go(cases(room)[4].id, "prohibited")
        await room.settle()
        text = " ".join(room.text().split())
        assert "Irreversible alone" in text
        assert "A wrong action cannot be undone" in text
        await room.press("D")
        assert isinstance(room.app.screen, GatesScreen)
        text = " ".join(room.app.screen.query_one(Pane).text().split())
        for words in ("Answered here", "D1 Access: condition", "Irreversible alone: stop", "Acts unreviewed"):
            assert words in text
        await room.press("escape")
        assert screen_of(room).at is not None


@SIZES
async def test_an_override_needs_name_and_reason_and_is_shown(
    open_room: OpenRoom, sample_session: Path, size: tuple[int, int]
) -> None:
    with Workshop.open(sample_session) as w:
        w.do(SetSession(decider="Dana Fox"))
    async with open_room(sample_session, stage="gate", size=size) as room:
        screen_of(room).go(cases(room)[8].id, "stability")
        await room.press("O")
        assert isinstance(room.app.screen, Form)
        assert "Dana Fox" in room.text(), "who decides stands there already"
        await room.press("ctrl+s")
        assert "and a reason" in room.text()
        room.app.screen.query_one("#field-reason").value = "assessed last week"  # type: ignore[attr-defined]
        await room.press("ctrl+s")
        override = cases(room)[8].overrides["D1"]
        assert (override.by, override.reason) == ("Dana Fox", "assessed last week")
        text = " ".join(room.text().split())
        assert "⚑" in text
        await room.press("D")
        text = " ".join(room.app.screen.query_one(Pane).text().split())
        assert "set aside by Dana Fox on" in text
        assert "assessed last week" in text
        await burst(room, ["escape", "L"])
        assert not cases(room)[8].overrides
        await room.press("u")
        assert "D1" in cases(room)[8].overrides


async def test_a_question_set_aside_says_by_whom(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="gate", size=LARGE) as room:
        screen_of(room).go(cases(room)[0].id, "stability")
        await burst(room, ["y", "up", "O"])
        for field, words in (("by", "Kim"), ("reason", "only the screens are replaced")):
            room.app.screen.query_one(f"#field-{field}").value = words  # type: ignore[attr-defined]
        await room.press("ctrl+s")
        assert "⚑✕" in room.text()
        assert "set aside by Kim on" in room.text()


async def test_out_is_never_set_aside(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="gate") as room:
        await burst(room, ["y", "up", "O"])
        assert "cannot be overridden" in room.said[-1]
        assert screen_of(room).at is not None


async def test_nothing_to_set_aside_says_so(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="gate") as room:
        await room.press("O")
        assert "No gate holds this use case" in room.said[-1]
        await room.press("L")
        assert "Nothing is set aside" in room.said[-1]


# Moving, filter, mouse


async def test_next_open_jumps_anywhere(open_room: OpenRoom, sample_session: Path) -> None:
    with Workshop.open(sample_session) as w:
        w.answer_gate(w.use_cases[9], "high-risk", None)
        w.answer_gate(w.use_cases[2], "stability", None)
    async with open_room(sample_session, stage="gate") as room:
        assert spot(room) == (cases(room)[9].title, "high-risk"), "it opens at the first open cell"
        await room.press("tab")
        assert spot(room) == (cases(room)[2].title, "stability")
        await room.press("shift+tab")
        assert spot(room) == (cases(room)[9].title, "high-risk")
        await burst(room, ["n", "tab", "n", "tab"])
        assert "Every cell has an answer" in room.said[-1]
        assert "48 of 48 answered" in room.text()


async def test_the_filter_counts_and_esc_clears(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="gate") as room:
        await room.press("slash")
        await room.type("claims")
        assert "1 of 12" in room.text()
        await room.press("enter", "y")
        assert answers(room, "prohibited")[7] == "yes"
        await room.press("escape")
        assert len(screen_of(room).rows.keys) == 12
        await room.press("escape")
        assert room.said[-1] == "No filter is on."


@SIZES
async def test_everything_with_the_mouse(
    open_room: OpenRoom, small_session: Path, size: tuple[int, int]
) -> None:
    async with open_room(small_session, stage="gate", size=size) as room:
        matrix = screen_of(room).rows
        head = matrix.render_line(0).text
        await room.click("#gate-list", offset=(head.index("Stability"), 2))
        assert spot(room) == (TITLES[1], "stability")
        panel = screen_of(room).query_one("#gate-question")
        line = next(y for y in range(panel.size.height) if panel.render_line(y).text.startswith(" y  "))
        await room.click("#gate-question", offset=(10, line))
        assert answers(room, "stability") == [None, "yes", None]
        await room.click("#gate-strip", offset=(3, 0))
        assert "By use case" in room.text()
        await room.click("#gate-list", offset=(head.index("Stability"), 1), times=2)
        assert isinstance(room.app.screen, Form)


async def test_headings_of_answered_gates_are_whole_and_titles_have_their_share(
    open_room: OpenRoom, sample_session: Path
) -> None:
    async with open_room(sample_session, stage="gate") as room:
        head = screen_of(room).rows.render_line(0).text
        for name in ("Prohibited", "Needs agent", "High risk", "Stability"):
            assert name in head, "at 80 columns, with the sign beside it that all of it is answered"
        assert head.count("●") == 4
        await room.resize(100, 30)
        assert "Compliance document first draft" in room.text()


async def test_a_click_on_a_heading_goes_to_its_gate(open_room: OpenRoom, small_session: Path) -> None:
    async with open_room(small_session, stage="gate") as room:
        head = screen_of(room).rows.render_line(0).text
        await room.click("#gate-list", offset=(head.index("High risk"), 0))
        assert spot(room) == (TITLES[0], "high-risk")


async def test_the_place_is_kept_from_stage_to_stage(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="gate") as room:
        screen_of(room).go(cases(room)[6].id, "high-risk")
        await burst(room, ["T", "alt+4"])
        await room.press("alt+3")
        assert spot(room) == (cases(room)[6].title, "high-risk")
        assert "By use case" in room.text()


# Other sessions


async def test_an_empty_session_says_where_to_go(open_room: OpenRoom, make_session: MakeSession) -> None:
    async with open_room(make_session([]), stage="gate") as room:
        assert "alt+2 goes to Collect" in room.text()
        await room.press("n", "A", "N", "O", "L", "D", "T", "tab", "enter", "backspace", "c")
        assert not room.app.mishaps
        assert room.said


@SIZES
async def test_hostile_titles_show_as_they_are(
    open_room: OpenRoom, make_session: MakeSession, size: tuple[int, int]
) -> None:
    async with open_room(make_session(HOSTILE), stage="gate", size=size) as room:
        await burst(room, list("nydnyd"))
        text = room.text()
        assert "[/nope]" in text
        assert "\x1b" not in text
        await burst(room, ["up", "up", "up", "N"])
        await room.type("[/nope] [b]x")
        await room.press("enter", "D", "escape", "c")
        assert not room.app.mishaps


async def test_resizing_keeps_the_cell_and_the_question(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="gate") as room:
        screen_of(room).go(cases(room)[10].id, "needs-agent")
        await room.settle()
        for size in ((200, 60), (60, 20), (100, 24), (120, 36), (80, 24)):
            await room.resize(*size)
            assert spot(room) == (cases(room)[10].title, "needs-agent")
            text = room.text()
            assert "A report or f" in text
            assert cases(room)[10].title[:12] in text
        assert not room.app.mishaps


def wide_preset(path: Path, gates: int = 14, choices: int = 3) -> Path:
    """Many questions with letters of another language."""
    lines = ["format = 1", 'id = "wide"', "version = 1", 'title = "Breit"', 'language = "de"']
    lines += ["[[dimension]]", 'id = "Soil"', 'title = "Boden"', 'role = "readiness"', "weight = 1.0"]
    lines += ["[[criterion]]", 'id = "wet"', 'dimension = "Soil"', 'title = "Nass"', 'question = "Wie nass?"']
    lines += ['levels = ["a", "b", "c", "d", "e"]']
    keys = ["ü", "7", "n", *"abdefgimoprstvwxyz1234"][:choices]
    for n in range(gates):
        lines += ["[[gate]]", f'id = "gate-{n}"', f'title = "Tor {n}"', 'kind = "question"']
        lines += [f'question = "Frage {n}?"', "answers = ["]
        lines += [
            f'  {{ id = "a{i}", title = "Antwort {i}", key = "{k}", status = "{"pass" if i else "stop"}" }},'
            for i, k in enumerate(keys)
        ]
        lines += ["]"]
    lines += ["[[class_rule]]", 'id = "bounded"', "[class_rule.rule]", 'all = ["wet >= 3"]']
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [(60, 20), SMALL, LARGE])
async def test_many_gates_scroll_and_letters_of_any_language_answer(
    open_room: OpenRoom, make_session: MakeSession, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = make_session(preset=str(wide_preset(tmp_path / "wide.toml")))
    async with open_room(path, stage="gate", size=size) as room:
        await burst(room, ["ü", "7", "n"])
        assert answers(room, "gate-0") == ["a0", "a1", "a2"]
        for n in range(1, 14):
            assert spot(room)[1] == f"gate-{n}"
            assert f"Frage {n}?" in room.text()
            assert f"Tor {n}" in screen_of(room).rows.render_line(0).text
            await burst(room, ["A", "right"])
        assert "42 of 42 answered" in room.text()
        assert "a1" in answers(room, "gate-13")


@pytest.mark.parametrize("size", [(60, 20), SMALL, LARGE])
async def test_twenty_five_answers_stay_on_the_screen(
    open_room: OpenRoom, make_session: MakeSession, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = make_session(preset=str(wide_preset(tmp_path / "wide.toml", 2, 25)))
    async with open_room(path, stage="gate", size=size) as room:
        shown = screen_of(room).query_one("#gate-question").text()  # type: ignore[attr-defined]
        for answer in room.workshop.snapshot.preset.questions[0].answers:
            assert f"{answer.key} {'✕' if answer.status == 'stop' else '✓'}" in shown
        assert TITLES[2][:10] in room.text()
        await room.press("4")
        assert answers(room, "gate-0")[0] == "a24"


async def test_a_preset_without_questions_sends_on(
    open_room: OpenRoom, make_session: MakeSession, tmp_path: Path
) -> None:
    path = make_session(preset=str(wide_preset(tmp_path / "none.toml", 0)))
    async with open_room(path, stage="gate") as room:
        assert "asks no gate questions; ] goes on to Rate" in room.text()
        await room.press("n", "A", "O", "D", "T", "tab", "enter")
        assert not room.app.mishaps


async def test_two_thousand_use_cases(open_room: OpenRoom, make_session: MakeSession) -> None:
    from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase

    path = make_session([])
    with Workshop.open(path) as w:
        w.do(AddUseCases([NewUseCase(title=f"Case {n}") for n in range(1, 2134)]))
    async with open_room(path, stage="gate", size=LARGE) as room:
        await burst(room, list("nynny"))
        await room.press("A")
        assert "2,128 cells" in room.said[-1]
        assert None not in answers(room, "prohibited")
        await room.press("u")
        assert answers(room, "prohibited").count(None) == 2128
        await burst(room, ["end", "d"])
        assert answers(room, "prohibited")[-1] == "unknown"
        assert not room.app.mishaps


async def test_copy_gives_the_matrix(open_room: OpenRoom, sample_session: Path) -> None:
    async with open_room(sample_session, stage="gate") as room:
        text = screen_of(room).screen_text()
        assert text.startswith("use case\tProhibited or against policy\t")
        assert "Support ticket routing\tNo\tIt needs an agent\tNo\tNo" in text

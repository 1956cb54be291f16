"""Long random lives of a session through the service, held against a plain model (keys: tests/tui/test_soak.py).

The model knows nothing of logs, snapshots or columns: a dictionary, and a list of what it was before.
"""

from __future__ import annotations

import copy
import gc
import os
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from prioritizer import PrioritizerError, Workshop
from prioritizer.model.session import Snapshot
from prioritizer.store import Store
from prioritizer.workshop.commands.base import Command
from prioritizer.workshop.commands.collect import Delete, EditUseCase, MergeInto, Park, Unpark
from prioritizer.workshop.commands.frame import AddParticipant, SetSession
from prioritizer.workshop.commands.gate import AnswerGate
from prioritizer.workshop.commands.rate import Rate, Reveal, Vote
from prioritizer.workshop.commands.shortlist import Decide
from prioritizer.workshop.sample import create_sample
from tests.scoring.test_against_plain_rules import assert_agrees

MOST = 25
"""Use cases; from then on an addition becomes a rating, as in a room that has its list."""

ANSWERS = {
    "prohibited": ("yes", "no", "unknown"),
    "stability": ("yes", "no"),
    "high-risk": ("no", "assessed"),
}


@dataclass
class Card:
    """What a person would write on one card."""

    title: str
    task: str = ""
    state: str = "live"
    levels: dict[str, int] = field(default_factory=dict)
    gates: dict[str, str] = field(default_factory=dict)
    chosen: bool | None = None
    owner: str = ""


@dataclass
class Wall:
    """The room's wall: cards, and what is written above them."""

    purpose: str = ""
    people: int = 0
    cards: dict[str, Card] = field(default_factory=dict)


def wall_of(snapshot: Snapshot) -> Wall:
    """The session as such a wall."""
    wall = Wall(snapshot.purpose, sum(1 for p in snapshot.participants if p.name))
    ids = snapshot.preset.criterion_ids
    for u in snapshot.use_cases.values():
        if not u.title:
            continue  # its addition was undone
        state = "deleted" if u.deleted else "merged" if u.merged_into else "parked" if u.parked else "live"
        levels = {c: level for i, c in enumerate(ids) if (level := u.level(i)) is not None}
        gates = {g: a.answer for g, a in u.gates.items()}
        wall.cards[u.id] = Card(u.title, u.task, state, levels, gates, u.chosen, u.owner)
    return wall


class Life:
    """A session and its model, side by side."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.workshop = Workshop.create(path, title="Soak")
        self.wall = Wall()
        self.before: list[Wall] = []
        self.undone: list[Wall] = []
        self.count = 0

    def close(self) -> None:
        self.workshop.close()

    # One action on both

    def act(self, command: Command, change: Callable[[Wall], None] = lambda wall: None) -> None:
        """Does it; what the model expects to change follows from ``change`` alone."""
        self.count += 1
        after = copy.deepcopy(self.wall)
        change(after)
        done = self.workshop.do(command)
        if done.words:
            self.before.append(self.wall)
            self.undone.clear()
        else:
            assert after == self.wall, "something was to change, and nothing did"
        self.wall = after

    def picked(self, pick: int, *states: str) -> str | None:
        ids = [i for i, card in self.wall.cards.items() if card.state in (states or ("live",))]
        return ids[pick % len(ids)] if ids else None

    def add(self, pick: int) -> None:
        if sum(card.state == "live" for card in self.wall.cards.values()) >= MOST:
            self.rate(pick, pick // 7, pick % 6)
            return
        self.count += 1
        title = f"Card {pick}"
        made = self.workshop.add_use_case(title, task="t" * (pick % 3))
        self.before.append(copy.deepcopy(self.wall))
        self.undone.clear()
        self.wall.cards[made.id] = Card(title, "t" * (pick % 3))

    def rate(self, pick: int, column: int, level: int) -> None:
        key = self.picked(pick)
        if key is None:
            return
        ids = self.workshop.snapshot.preset.criterion_ids
        criterion, given = ids[column % len(ids)], level if level <= 4 else None

        def change(wall: Wall) -> None:
            wall.cards[key].levels.pop(criterion, None)
            if given is not None:
                wall.cards[key].levels[criterion] = given

        evidence = ("measured", "opinion", None)[pick % 3] if given is not None else None
        reason = "as we said" if given is not None else None  # asked for where the room answered otherwise
        self.act(Rate(key, criterion, given, evidence=evidence, reason=reason), change)

    def gate(self, pick: int, which: int, answer: int) -> None:
        key = self.picked(pick)
        if key is None:
            return
        gate = list(ANSWERS)[which % len(ANSWERS)]
        said = ANSWERS[gate][answer % len(ANSWERS[gate])]
        self.act(AnswerGate(key, gate, said), lambda wall: wall.cards[key].gates.__setitem__(gate, said))

    def reword(self, pick: int, title: str) -> None:
        key = self.picked(pick)
        if key is not None:
            self.act(EditUseCase(key, title=title), lambda wall: setattr(wall.cards[key], "title", title))

    def move(self, pick: int, where: int) -> None:
        kind = ("park", "unpark", "delete", "merge")[where % 4]
        key = self.picked(pick, "parked") if kind == "unpark" else self.picked(pick)
        if key is None:
            return
        if kind == "merge":
            into = self.picked(pick + 1)
            if into is not None and into != key:
                self.act(MergeInto(key, into), lambda wall: setattr(wall.cards[key], "state", "merged"))
            return
        commands: dict[str, Command] = {"park": Park([key]), "unpark": Unpark([key]), "delete": Delete([key])}
        state = {"park": "parked", "unpark": "live", "delete": "deleted"}[kind]
        self.act(commands[kind], lambda wall: setattr(wall.cards[key], "state", state))

    def decide(self, pick: int) -> None:
        key = self.picked(pick)
        if key is None:
            return
        owner = f"Owner {pick % 3}"

        def change(wall: Wall) -> None:
            wall.cards[key].chosen = bool(pick % 2)
            wall.cards[key].owner = owner

        self.act(Decide(key, chosen=bool(pick % 2), owner=owner), change)

    def frame(self, pick: int) -> None:
        if pick % 4 or self.wall.people >= 8:
            words = f"Purpose {pick % 50}"
            self.act(SetSession(purpose=words), lambda wall: setattr(wall, "purpose", words))
        else:
            name = f"Person {self.count}"
            self.act(AddParticipant(name), lambda wall: setattr(wall, "people", wall.people + 1))

    def vote(self, pick: int, answer: int) -> None:
        """Answers leave the cards alone: what the room said is not what it agreed."""
        key, people = (
            self.picked(pick),
            [p for p in self.workshop.snapshot.participants if p.name and p.voter],
        )
        if key is None or not people:
            return
        person = people[pick % len(people)].id
        rounds = self.workshop.snapshot.use_cases[key].rounds.get(("P1", "V1")[pick % 2], ())
        if rounds and rounds[-1].status == "revealed":
            with pytest.raises(PrioritizerError, match="is revealed"):
                self.workshop.do(Vote(key, ("P1", "V1")[pick % 2], person, "2"))
            return
        self.act(Vote(key, ("P1", "V1")[pick % 2], person, "01234?-"[answer % 7]))

    def reveal(self) -> None:
        case = next(
            (
                u
                for u in self.workshop.snapshot.live()
                if any(r[-1].status == "open" for r in u.rounds.values())
            ),
            None,
        )
        if case is not None:
            self.act(Reveal())

    def undo(self) -> None:
        if not self.before:
            with pytest.raises(PrioritizerError, match="nothing to undo"):
                self.workshop.undo()
            return
        self.workshop.undo()
        self.undone.append(self.wall)
        self.wall = self.before.pop()

    def redo(self) -> None:
        if not self.undone:
            with pytest.raises(PrioritizerError, match="nothing to redo"):
                self.workshop.redo()
            return
        self.workshop.redo()
        self.before.append(self.wall)
        self.wall = self.undone.pop()

    def reopen(self) -> None:
        self.workshop.close()
        self.workshop = Workshop.open(self.path)

    # What has to hold

    def same(self) -> None:
        assert wall_of(self.workshop.snapshot) == self.wall

    def sound(self) -> None:
        """State = replay of the log, and the ranking is that of the plain rules."""
        self.same()
        assert_agrees(self.workshop.snapshot)
        self.workshop.close()
        with Store.open(self.path) as store:
            assert store.check() == []
        self.workshop = Workshop.open(self.path)
        self.same()

    def back_to_the_beginning(self) -> None:
        while self.before:
            self.undo()
        self.same()
        assert self.wall == Wall()
        assert self.workshop.use_cases == []
        with pytest.raises(PrioritizerError, match="nothing to undo"):
            self.workshop.undo()


NUMBER = st.integers(0, 10_000)


class RandomLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.life = Life(Path(self.folder.name) / "life.sqlite")

    def teardown(self) -> None:
        self.life.sound()
        self.life.back_to_the_beginning()
        self.life.close()
        self.folder.cleanup()

    @rule(pick=NUMBER)
    def add(self, pick: int) -> None:
        self.life.add(pick)

    @rule(pick=NUMBER, column=NUMBER, level=st.integers(0, 5))
    def rate(self, pick: int, column: int, level: int) -> None:
        self.life.rate(pick, column, level)

    @rule(pick=NUMBER, which=NUMBER, answer=NUMBER)
    def gate(self, pick: int, which: int, answer: int) -> None:
        self.life.gate(pick, which, answer)

    @rule(pick=NUMBER, title=st.sampled_from(["Other", "[/nope]", "漢字", "=1+1"]))
    def reword(self, pick: int, title: str) -> None:
        self.life.reword(pick, title)

    @rule(pick=NUMBER, where=NUMBER)
    def move(self, pick: int, where: int) -> None:
        self.life.move(pick, where)

    @rule(pick=NUMBER)
    def decide(self, pick: int) -> None:
        self.life.decide(pick)

    @rule(pick=NUMBER)
    def frame(self, pick: int) -> None:
        self.life.frame(pick)

    @rule(pick=NUMBER, answer=NUMBER)
    def vote(self, pick: int, answer: int) -> None:
        self.life.vote(pick, answer)

    @rule()
    def reveal(self) -> None:
        self.life.reveal()

    @rule()
    def undo(self) -> None:
        self.life.undo()

    @rule()
    def redo(self) -> None:
        self.life.redo()

    @rule()
    def reopen(self) -> None:
        self.life.reopen()

    @invariant()
    def same(self) -> None:
        self.life.same()


TestRandomLife = RandomLife.TestCase
TestRandomLife.settings = settings(max_examples=8, stateful_step_count=40)


def one_action(life: Life, draw: random.Random) -> None:
    """Ratings are most of what happens in a room."""
    pick, other, third = (draw.randrange(10_000) for _ in range(3))
    acts: list[tuple[int, Callable[[], None]]] = [
        (40, lambda: life.rate(pick, other, third % 6)),
        (8, lambda: life.add(pick)),
        (12, lambda: life.gate(pick, other, third)),
        (4, lambda: life.reword(pick, f"Title {other}")),
        (4, lambda: life.move(pick, other)),
        (4, lambda: life.decide(pick)),
        (3, lambda: life.frame(pick)),
        (10, lambda: life.vote(pick, other)),
        (2, life.reveal),
        (9, life.undo),
        (4, life.redo),
    ]
    draw.choices([act for _, act in acts], [weight for weight, _ in acts])[0]()


@pytest.mark.long
def test_ten_thousand_actions_and_back_to_the_beginning(tmp_path: Path) -> None:
    draw, life = random.Random(7), Life(tmp_path / "life.sqlite")
    while life.count < 10_000:
        one_action(life, draw)
        life.same()
        if life.count % 500 == 0:
            life.sound()
    life.sound()
    life.back_to_the_beginning()
    life.close()


STATM = Path("/proc/self/statm")


@pytest.mark.long
@pytest.mark.skipif(not STATM.exists(), reason="the resident memory is read from /proc")
def test_memory_stays_flat(tmp_path: Path) -> None:
    draw, held = random.Random(8), []
    with create_sample(tmp_path / "s.sqlite") as workshop:
        ids = [u.id for u in workshop.use_cases]
        for count in range(10_001):
            workshop.do(Rate(draw.choice(ids), draw.choice(["P1", "D2", "G4"]), draw.randrange(5)))
            if count % 3 == 0:
                workshop.undo()
            workshop.evaluation  # noqa: B018  # what a screen asks for after each edit
            if count % 2_000 == 0:
                gc.collect()
                held.append(int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
    print("resident:", [round(each / 2**20, 1) for each in held])
    assert held[-1] - held[1] < 8 * 2**20

"""export → new --from → the same ranking, whatever the session holds; and what is not sound is refused."""

from __future__ import annotations

import copy
import datetime as dt
import itertools
import json
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritizer import PrioritizerError, Workshop
from prioritizer.exchange.json_out import to_json
from prioritizer.exchange.session_in import read_session, session_of
from prioritizer.model.changes import Builder, empty
from prioritizer.model.running import read_running
from prioritizer.model.session import Participant, Snapshot
from prioritizer.scoring.evaluate import evaluate
from prioritizer.scoring.result import ranking
from prioritizer.workshop.commands.base import Given, clean_line
from prioritizer.workshop.commands.collect import Delete, MergeInto, Park
from prioritizer.workshop.commands.frame import AddParticipant, AskCriterion, SetSession
from prioritizer.workshop.commands.rate import Reveal
from prioritizer.workshop.commands.running import StepAgenda
from prioritizer.workshop.commands.settle import SetDeadlock
from prioritizer.workshop.commands.shortlist import Assign, Decide, SetCharter, SetOverride, SliceInto
from prioritizer.workshop.commands.weights import SetWeights
from prioritizer.workshop.restoring import Restore, restore
from prioritizer.workshop.sample import create_sample
from prioritizer.workshop.session_json import session_document
from tests.cli.conftest import run_command
from tests.scoring.sessions import random_sessions

IDS = ("id",)


def comparable(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The ranking without ids; those that differ in nothing but the id are in any order."""
    found = ranking(snapshot, evaluate(snapshot)).model_dump(mode="json")["use_cases"]
    rows = [{k: v for k, v in row.items() if k not in IDS} for row in found]
    return sorted(rows, key=lambda r: (r["rank"], r["title"], r["number"], json.dumps(r, sort_keys=True)))


def with_people(snapshot: Snapshot) -> Snapshot:
    """As many participants as any round has answers of."""
    rounds = [r for u in snapshot.use_cases.values() for rs in u.rounds.values() for r in rs]
    most = max((len(r.answers) for r in rounds), default=0)
    people = tuple(Participant(f"p{i}", f"Person {i}", index=i) for i in range(most))
    # A session holds cleaned titles only; the strategy also makes others.
    cases = {i: replace(u, title=clean_line(u.title)) for i, u in snapshot.use_cases.items()}
    return replace(snapshot, participants=people, use_cases=cases)


def restored(document: dict[str, Any], like: Snapshot) -> Snapshot:
    """What a session of the document holds, without a file."""
    numbers = itertools.count(1)
    start = empty("again", like.preset, like.preset_hash, like.preset_text)
    now = Given(dt.datetime(2026, 3, 9, tzinfo=dt.UTC), lambda: str(uuid.UUID(int=next(numbers))))
    plan = Restore(session_of(json.loads(json.dumps(document)), "x.json")).plan(start, now)
    builder = Builder(start)
    for name_id, text in plan.names.items():
        builder.name(name_id, text)
    builder.write_all(plan.writes)
    order = sorted(document["use_cases"], key=lambda u: u["number"])
    new_id = dict(zip((u["id"] for u in document["use_cases"]), plan.made, strict=True))
    for place, case in enumerate(order):
        builder.born(new_id[case["id"]], (1, "", 1, place))
    return builder.done()


@settings(max_examples=60)
@given(random_sessions(tweak=with_people))
def test_any_session_has_the_same_ranking_after_the_round_trip(snapshot: Snapshot) -> None:
    document = session_document(snapshot, names=True)
    document["preset"]["toml"] = "x"  # the random sessions change the preset without a text
    # Numbers follow the order of creation; these sessions were built without one.
    for number, case in enumerate(document["use_cases"], 1):
        case["number"] = number
    numbered = {u["id"]: u["number"] for u in document["use_cases"]}
    cases = {i: replace(u, number=numbered[i]) for i, u in snapshot.use_cases.items()}
    assert comparable(restored(document, snapshot)) == comparable(replace(snapshot, use_cases=cases))


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session with something of everything."""
    path = tmp_path_factory.mktemp("rich") / "s.sqlite"
    with create_sample(path) as w:
        ids = [u.id for u in w.use_cases]
        for name in ("Ada", "Ben", "Cy"):
            w.do(AddParticipant(name, role="data"))
        for name, answer in (("Ada", "1"), ("Ben", "?"), ("Cy", "2")):
            w.rate("#11", "P1", answer, by=name)
        w.do(Reveal())
        w.rate("#12", "P1", 3, by="Ada")  # not revealed
        w.rate("#9", "D4", 3, evidence="document", note="Filed [in] March", reason="shown")
        w.do(Delete([ids[5]]))
        w.do(Park([ids[6]], why="later", who="Ada", when="2026-06-01"))
        w.do(MergeInto(ids[10], ids[3]))
        w.do(SliceInto(ids[7], "Classify the claim"))
        w.do(SetOverride(ids[9], "lane", "Head of sales", "consent is signed", "pilot-first"))
        w.do(Assign(ids[8], "D1", "get access", "Ben", "2026-05-01"))
        w.do(Decide(ids[0], chosen=True, owner="Queue lead", due="2026-05-01", note="first"))
        w.do(SetCharter(ids[0], {"target": "half"}))
        w.do(SetWeights({"P": 0.4, "D": 0.3, "I": 0.2, "G": 0.1}, "direct", "the room"))
        w.do(AskCriterion("V3", "off"))
    return path


def test_a_rich_session_comes_back_from_a_file(rich: Path, tmp_path: Path) -> None:
    with Workshop.open(rich) as w:
        before, document = w.snapshot, session_document(w.snapshot, names=True)
    assert "P1" not in [
        r["criterion"] for u in document["use_cases"] if u["number"] == 12 for r in u["rounds"]
    ]
    path = tmp_path / "session.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    read = read_session(path)
    assert read is not None
    with restore(tmp_path / "again.sqlite", read) as made:
        again = made.snapshot
        assert comparable(again) == comparable(before)
        assert again.id != before.id
        assert (again.preset_hash, again.title) == (before.preset_hash, before.title)
        back = session_document(again, names=True)
        made.undo()
        assert not made.use_cases
    for key in ("preset", "decisions", "participants"):
        assert back[key] == document[key]
    assert {k: v for k, v in back["session"].items() if k != "id"} == {
        k: v for k, v in document["session"].items() if k != "id"
    }
    assert back["use_cases"] == document["use_cases"]


def test_without_names_nobody_is_in_it(rich: Path) -> None:
    with Workshop.open(rich) as w:
        text = json.dumps(session_document(w.snapshot))
    assert '"participant 1"' in text
    assert '"name": "Ada"' not in text


def read_and_restore(path: Path, new: Path) -> None:
    read = read_session(path)
    assert read is not None
    restore(new, read).close()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d.update(version=2), "a newer version"),
        (lambda d: d["use_cases"][0].update(levels=[{"criterion": "P1", "level": 5}]), "levels.0.level"),
        (lambda d: d["use_cases"][0].update(levels=[{"criterion": "X9", "level": 1}]), "criterion “X9”"),
        (lambda d: d["use_cases"][0].update(gates=[{"gate": "g", "answer": "a"}]), "no answer to a gate"),
        (lambda d: d["use_cases"][0].update(title="  "), "has no title"),
        (lambda d: d["use_cases"][1].update(id=d["use_cases"][0]["id"]), "use case twice"),
        (lambda d: d["use_cases"][0].update(parent=d["use_cases"][0]["id"]), "round in a circle"),
        (lambda d: d["use_cases"][0].update(cases_month=-1), "cases_month"),
        (lambda d: d["session"].update(weights={"P": 1}), "The weights of the document"),
        (lambda d: d["session"].update(asked={"D1": "off"}), "switches D1 off"),
        (lambda d: d["preset"].update(toml="nonsense = ["), "preset-of-the-document"),
        (
            lambda d: d["use_cases"][0].update(
                overrides=[{"target": "lane", "lane": "out", "by": "a", "reason": "b", "date": ""}]
            ),
            "no name or no reason",
        ),
        (
            lambda d: d["use_cases"][0].update(
                rounds=[{"criterion": "P1", "number": 1, "answers": {"nobody": "3"}}]
            ),
            "not on its roster",
        ),
    ],
)
def test_what_is_not_sound_leaves_no_file(rich: Path, tmp_path: Path, change: Any, says: str) -> None:
    with Workshop.open(rich) as w:
        document = copy.deepcopy(session_document(w.snapshot))
    change(document)
    path = tmp_path / "x.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(PrioritizerError) as caught:
        read_and_restore(path, tmp_path / "new.sqlite")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "new.sqlite").exists()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(
                st.sampled_from(["format", "version", "session", "preset", "use_cases", "toml"]),
                x,
                max_size=5,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_a_document_or_a_sentence(value: Any) -> None:
    with pytest.raises(PrioritizerError):
        session_of(value, "x.json")


def test_other_sources_are_no_session(tmp_path: Path) -> None:
    for data in (b"title\nA\n", b'[{"title": "A"}]', b'{"use_cases": ["A"]}', b"", b"PK\x03\x04"):
        assert read_session(data) is None


def test_a_session_comes_back_through_stdin(rich: Path, tmp_path: Path) -> None:
    with Workshop.open(rich) as workshop:
        document = to_json(session_document(workshop.snapshot))
        before = workshop.ranking().model_dump(mode="json")["use_cases"]
    done = run_command("new", tmp_path / "again.sqlite", "--from", "-", stdin=document)
    assert done.code == 0, done.err
    assert "all their answers" in done.err
    with Workshop.open(tmp_path / "again.sqlite") as again:
        assert again.ranking().model_dump(mode="json")["use_cases"] == before
    listed = run_command("new", tmp_path / "list.sqlite", "--from", "-", "--json", stdin="- one\n- two\n")
    assert listed.json()["import"]["added"] == 2


def test_agenda_phases_and_the_rule_for_a_deadlock_come_back(tmp_path: Path) -> None:
    now = dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC)
    with Workshop.create(tmp_path / "a.sqlite", title="Run", clock=lambda: now) as w:
        w.do(SetSession(agenda="min60", minutes=70))
        w.do(SetDeadlock("park"))
        w.do(StepAgenda("begin", 0))
        w.do(StepAgenda("skip", 2))
        w.do(StepAgenda("begin", 1))
        before = w.snapshot
        document = json.loads(json.dumps(session_document(before)))
    with restore(tmp_path / "b.sqlite", session_of(document, "a.json")) as again:
        after = again.snapshot
    assert (after.agenda, after.phases, after.deadlock) == (before.agenda, before.phases, "park")
    assert after.phases[0].started == now.isoformat(timespec="seconds")
    assert after.minutes == 70


def test_a_rule_for_a_deadlock_comes_back_without_an_agenda(tmp_path: Path) -> None:
    with Workshop.create(tmp_path / "a.sqlite", title="Rule") as w:
        w.do(SetDeadlock("decider"))
        document = json.loads(json.dumps(session_document(w.snapshot)))
    with restore(tmp_path / "b.sqlite", session_of(document, "a.json")) as again:
        assert (again.snapshot.agenda, again.snapshot.deadlock) == (None, "decider")


@pytest.mark.parametrize(
    "phase", [{"step": "open", "state": "asleep"}, {"step": "open", "started": "soon"}, {"step": 7}]
)
def test_phases_that_are_none_are_refused(tmp_path: Path, phase: dict[str, Any]) -> None:
    with Workshop.create(tmp_path / "a.sqlite", title="Run") as w:
        document = json.loads(json.dumps(session_document(w.snapshot)))
    document["session"] |= {"agenda": "min60", "phases": [phase]}
    with pytest.raises(PrioritizerError):
        session_of(document, "a.json")


def test_times_in_a_file_that_are_none_count_for_nothing() -> None:
    rows = [
        ["open", "done", "yesterday", None],
        ["read", "running", "2026-03-09T09:00:00", None],
        ["rate", "open", None, None],
    ]
    read = read_running({"id": "min60", "phases": rows})
    assert [p.step for p in read.phases] == ["rate"]

"""What Frame says: what fits in the time, who is missing, where the weights come from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prioritizer.model.presets import load_preset
from prioritizer.model.session import Participant, Snapshot, UseCase
from prioritizer.workshop.views.frame import (
    absent_roles,
    absent_words,
    agenda_of,
    asked_in_room,
    fit_of,
    rating_minutes,
    shares,
    weights_from,
)


def session(use_cases: int = 12, voters: int = 0, preset: str = "pilot-first") -> Snapshot:
    loaded = load_preset(preset)
    cases = {f"u{i}": UseCase(f"u{i}", title=f"Case {i}", number=i) for i in range(1, use_cases + 1)}
    people = tuple(Participant(f"p{i}", name=f"P{i}", index=i) for i in range(voters))
    return Snapshot("s", loaded.preset, loaded.hash, loaded.text, use_cases=cases, participants=people)


def test_minutes_come_from_the_rating_steps_of_the_agenda() -> None:
    assert rating_minutes(session()) is None
    assert rating_minutes(replace(session(), agenda="min90")) == 45
    assert rating_minutes(replace(session(), agenda="min90", minutes=60)) == 30


def test_the_nearest_agenda_is_taken_when_only_the_minutes_are_set() -> None:
    agenda = agenda_of(replace(session(), minutes=80))
    assert agenda is not None
    assert agenda.id == "min90"
    assert agenda_of(session()) is None


def test_one_sentence_says_what_to_do() -> None:
    found = fit_of(replace(session(12, voters=9), agenda="min90"))
    assert (found.needs, found.have, found.fits) == (64, 45, False)
    assert found.words == (
        "12 use cases × 8 criteria in the room need 64 minutes with typing; you have 45: "
        "ask V1, V2 and V3 before, keep 8 use cases and park 4 or take the quick preset, which needs 56."
    )


def test_what_it_advises_fits() -> None:
    snapshot = replace(session(8, voters=9), agenda="min90")
    assert fit_of(snapshot).fits is True
    assert fit_of(snapshot).words.endswith("you have 45: it fits.")
    asked = dict.fromkeys(asked_in_room(snapshot)[:3], "before")
    assert fit_of(replace(session(12, voters=9), agenda="min90", asked=asked)).fits is True


def test_without_a_length_it_says_what_to_set() -> None:
    found = fit_of(session(12))
    assert found.fits is None
    assert found.words == (
        "12 use cases × 8 criteria in the room need 55 minutes. Set the minutes or the agenda to see whether that fits."
    )


def test_before_anything_is_collected_it_says_how_much_there_is_room_for() -> None:
    found = fit_of(replace(session(0), agenda="min90"))
    assert found.words == "45 minutes of rating, 8 criteria in the room: time for about 9 use cases."
    assert "set the minutes or the agenda" in fit_of(session(0)).words


def test_nothing_asked_in_the_room() -> None:
    off = dict.fromkeys(load_preset("pilot-first").preset.criterion_ids, "before")
    assert fit_of(replace(session(), asked=off)).words.startswith("Nothing is asked in the room")


def test_a_long_list_is_cut_and_not_multiplied_out_of_sight() -> None:
    found = fit_of(replace(session(2133), agenda="min60"))
    assert "keep 7 use cases and park 2,126" in found.words


def test_the_preset_says_what_a_candidate_is_called() -> None:
    assert "12 pilots ×" in fit_of(session(12, preset="stalled-pilots")).words


def test_a_role_that_nobody_present_holds_is_said_early() -> None:
    snapshot = session()
    assert absent_words(snapshot) == ""  # no roster, so absence is not judged
    people = (
        Participant("a", name="Ana", role="operations"),
        Participant("b", name="Ben", role="compliance", index=1),
        Participant("c", name="Cyd", role="data", present=False, index=2),
    )
    snapshot = replace(snapshot, participants=people)
    assert [a.role for a in absent_roles(snapshot)] == ["data", "integration"]
    assert absent_words(snapshot) == (
        "Nobody here holds Data (P2, D1–D4) or Integration (I1–I4): such levels stand as claimed, "
        "keep a use case out of “Pilot first”, and become something to find out."
    )


def test_a_criterion_that_is_asked_in_the_room_needs_no_role() -> None:
    people = (Participant("a", name="Ana", role="operations"),)
    snapshot = replace(session(), participants=people, asked={"G3": "room"})
    assert "compliance" not in [a.role for a in absent_roles(snapshot)]


def test_weights_and_where_they_come_from() -> None:
    snapshot = session()
    assert [(d.id, round(s, 2)) for d, s in shares(snapshot)] == [
        ("P", 0.3),
        ("D", 0.3),
        ("I", 0.22),
        ("G", 0.18),
    ]
    assert weights_from(snapshot) == "from the preset “Pilot first”"
    mine = replace(snapshot, weights={"P": 1.0, "D": 1.0, "I": 1.0, "G": 1.0}, weights_method="direct")
    assert [s for _, s in shares(mine)] == pytest.approx([0.25] * 4)
    assert weights_from(mine) == "set in this session"
    assert weights_from(replace(mine, weights_method="swing")) == "set in this session: swing"


def test_the_quick_preset_is_named_where_it_helps_and_only_as_far_as_it_does() -> None:
    tight = replace(session(10, voters=9), agenda="min90")
    assert fit_of(tight).needs == 53
    # 10 × 7 × (0.2 + 0.15 × 2.5 + 9 × 0.6 / 60) = 46.55
    assert "take the quick preset, which needs 47" in fit_of(tight).words
    loose = replace(session(9, voters=9), agenda="min90")
    assert (fit_of(loose).needs, fit_of(loose).have) == (48, 45)
    assert ": take the quick preset, ask V3 before or keep 8 use cases and park 1." in fit_of(loose).words
    assert "quick" not in fit_of(replace(session(20, preset="stalled-pilots"), minutes=30)).words


def test_what_a_role_that_is_here_can_bring_is_named_first() -> None:
    people = (Participant("a", name="Ana", role="operations"),)
    tight = replace(session(11), agenda="min90", participants=people)
    # Everything else in the room is brought by the business, and nobody here holds that role.
    assert "ask P3 before" in fit_of(tight).words

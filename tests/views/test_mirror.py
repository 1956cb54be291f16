"""The mirror on the sample, by hand; and its sentence in every case."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritizer.model.session import Snapshot
from prioritizer.scoring.evaluate import evaluate
from prioritizer.workshop.views.mirror import mirror_view
from prioritizer.workshop.views.mirror_words import Shown, mirror_sentence
from tests.scoring.sessions import case, random_sessions, sample, session

WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def only(*numbers: str) -> Snapshot:
    return replace(sample(), use_cases={i: u for i, u in sample().use_cases.items() if i in numbers})


def sentence(snapshot: Snapshot, top: int | None = None) -> str:
    return mirror_view(snapshot, evaluate(snapshot), top).sentence


def test_the_sample() -> None:
    view = mirror_view(sample(), evaluate(sample()))
    # V: 05, 06, 08 = 100 · 07 = 91 · 10, 11, 12 = 50 · 09 = 41 · 03 = 33 · 02, 04 = 25 · 01 = 16.
    assert [r.label for r in view.by_show] == [
        "05",
        "06",
        "08",
        "07",
        "10",
        "11",
        "12",
        "09",
        "03",
        "02",
        "04",
        "01",
    ]
    assert [r.show_rank for r in view.by_show] == [1, 1, 1, 4, 5, 5, 5, 8, 9, 10, 10, 12]
    assert [r.demonstration for r in view.by_show] == [100, 100, 100, 91, 50, 50, 50, 41, 33, 25, 25, 16]
    assert [r.label for r in view.by_readiness] == [
        "02",
        "01",
        "03",
        "04",
        "10",
        "09",
        "11",
        "12",
        "07",
        "08",
        "06",
        "05",
    ]
    # 02 stands tenth by show and first in the ranking: nine places up.
    assert {r.label: r.moved for r in view.by_show} == {
        "05": -11, "06": -9, "08": -7, "07": -5, "10": 0, "11": -1, "12": -1, "09": 2, "03": 6, "02": 9, "04": 7,
        "01": 10,
    }  # fmt: skip
    assert (view.top, view.rated, view.kept) == (4, 12, 0)
    assert view.sentence == (
        "Chosen by show, the first four would be 05, 06, 08 and 07; none of them can be piloted first. "
        "All four that can be piloted first stand in the last four places of that list."
    )


def test_another_number_of_places() -> None:
    assert sentence(sample(), 8) == (
        "Chosen by show, the first eight would be 05, 06, 08, 07, 10, 11, 12 and 09; none of them can be piloted "
        "first. All four that can be piloted first stand in the last four places of that list."
    )
    # 02 and 04 share a place: taking ten takes both of them, and 03.
    assert sentence(sample(), 10) == (
        "Chosen by show, eleven would share the first places; of them, 03, 02 and 04 can be piloted first. "
        "The one other that can be piloted first stands last in that list."
    )


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((), "There is nothing to rank yet."),
        (("05",), "There is only one to choose from, so show and readiness cannot differ."),
        (
            ("05", "06"),
            (
                "Both have the same demonstration value, so a choice by show would be a draw; "
                "neither of them can be piloted first."
            ),
        ),
        (
            ("05", "06", "08"),
            (
                "All three have the same demonstration value, so a choice by show would be a draw; "
                "none of them can be piloted first."
            ),
        ),
        (
            ("02", "04"),
            (
                "Both have the same demonstration value, so a choice by show would be a draw; "
                "both of them can be piloted first."
            ),
        ),
        (
            ("05", "01"),
            (
                "Chosen by show, the first would be 05; it cannot be piloted first. "
                "The only one that can be piloted first stands last in that list."
            ),
        ),
        (
            ("03", "09", "12", "05"),
            (
                "Chosen by show, the first two would be 05 and 12; neither of them can be piloted first. "
                "The only one that can be piloted first stands last in that list."
            ),
        ),
        (
            ("05", "07", "09", "12"),
            (
                "Chosen by show, the first two would be 05 and 07; neither of them can be piloted first, "
                "and neither can any other."
            ),
        ),
        (
            ("01", "02", "03", "05"),
            (
                "Chosen by show, the first two would be 05 and 03; of them, only 03 can be piloted first. "
                "The two others that can be piloted first stand in the last two places of that list."
            ),
        ),
        (
            ("01", "03"),
            (
                "Chosen by show, the first would be 03; it can be piloted first. "
                "The one other that can be piloted first stands last in that list."
            ),
        ),
    ],
)
def test_parts_of_the_sample(numbers: tuple[str, ...], text: str) -> None:
    assert sentence(only(*numbers)) == text


def cards(text: str) -> list[Shown]:
    """``A1! B2 C2! D-``: label, rank by show or ``-``, ``!`` for ready."""
    found = []
    for word in text.split():
        rank = word.rstrip("!")[1:]
        found.append(Shown(word[0], None if rank == "-" else int(rank), word.endswith("!")))
    return found


@pytest.mark.parametrize(
    ("text", "top", "expected"),
    [
        (
            "A- B-",
            3,
            "Nothing has been rated for demonstration value yet, so nobody can say what a choice by show would be.",
        ),
        (
            "A1 B- C-",
            3,
            "Only A has a demonstration value yet, so there is no order by show to compare with.",
        ),
        (
            "A1 B1! C-!",
            2,
            (
                "Both that are rated for it have the same demonstration value, so a choice by show would be a draw; "
                "one of them can be piloted first."
            ),
        ),
        (
            "A1! B2! C3",
            2,
            (
                "Chosen by show, the first two would be A and B; both of them can be piloted first. "
                "No other can be piloted first: here show and readiness choose the same."
            ),
        ),
        (
            "A1! B2 C3",
            2,
            (
                "Chosen by show, the first two would be A and B; of them, only A can be piloted first. "
                "No other can be piloted first."
            ),
        ),
        (
            "A1! B2! C3! D4",
            3,
            (
                "Chosen by show, the first three would be A, B and C; all of them can be piloted first. "
                "No other can be piloted first: here show and readiness choose the same."
            ),
        ),
        (
            "A1 B2 C3 D4! E5 F6 G7!",
            2,
            (
                "Chosen by show, the first two would be A and B; neither of them can be piloted first. "
                "Both that can be piloted first stand at place 4 or later in that list."
            ),
        ),
        (
            "A1 B2 C3! D4 E5",
            2,
            (
                "Chosen by show, the first two would be A and B; neither of them can be piloted first. "
                "The only one that can be piloted first stands at place 3 of that list."
            ),
        ),
        (
            "A1 B2 C3 D-!",
            1,
            (
                "Chosen by show, the first would be A; it cannot be piloted first. "
                "The only one that can be piloted first has no demonstration value yet."
            ),
        ),
        (
            "A1! B2 C3! D-! E-!",
            1,
            (
                "Chosen by show, the first would be A; it can be piloted first. Of the three others that can be piloted "
                "first, one stands last in those rated for it and two have no demonstration value yet."
            ),
        ),
    ],
)
def test_the_sentence_in_other_cases(text: str, top: int, expected: str) -> None:
    assert mirror_sentence(cards(text), top, "Pilot first") == expected


def test_a_lane_of_another_name_is_spoken_of_by_its_name() -> None:
    assert mirror_sentence(cards("A1 B2 C3! D4!"), 2, "Release first") == (
        "Chosen by show, the first two would be A and B; neither of them is in “Release first”. "
        "Both that are in “Release first” stand in the last two places of that list."
    )
    assert mirror_sentence(cards("A1 B2 C3"), 2, "Release first") == (
        "Chosen by show, the first two would be A and B; neither of them is in “Release first”, "
        "and neither is any other."
    )


_cards = st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.integers(0, 3)), max_size=9)


@given(_cards, st.integers(1, 6))
@settings(max_examples=400)
def test_every_claim_of_the_sentence_is_true(rows: list[tuple[int, bool, int]], top: int) -> None:
    rated = sorted((-v, f"{i:02d}", ready) for i, (v, ready, hidden) in enumerate(rows) if hidden)
    values = [v for v, _, _ in rated]
    made = [Shown(name, values.index(v) + 1, ready) for v, name, ready in rated]
    made += [Shown(f"{i:02d}", None, ready) for i, (_, ready, hidden) in enumerate(rows) if not hidden]
    text = mirror_sentence(made, top, "Pilot first")
    assert text[0].isupper()
    assert text.endswith(".")
    assert "  " not in text
    if not text.startswith("Chosen by show"):
        assert len(rated) < 2 or len(set(values)) == 1 or len(made) < 2
        return
    tops = [c for c in made if c.rank is not None and c.rank <= top]
    rest = [c for c in made if c.ready and c not in tops]
    head, _, tail = text.partition(". ")
    if len(tops) <= 8:
        named, among = head.split(";")
        assert set(re.findall(r"\d\d", named)) == {c.label for c in tops}
        if found := re.findall(r"\d\d", among):
            assert set(found) == {c.label for c in tops if c.ready}
    assert ("none of them" in head or "neither of them" in head or "it cannot" in head) == (
        not any(c.ready for c in tops)
    )
    assert ("neither can any other" in head) == (not any(c.ready for c in made) and len(tops) < len(made))
    assert ("No other" in tail) == (not rest and any(c.ready for c in tops))
    seen = [c.rank for c in rest if c.rank is not None]
    # However ties are broken, these are the places that they can take.
    first = min(seen, default=0)
    if place := re.search(r"in the last (\w+) places", tail):
        assert first >= len(rated) - WORDS.index(place[1]) + 1
    if place := re.search(r"at place (\d+)( or later)?", tail):
        assert first == int(place[1])
        assert bool(place[2]) == (len(seen) > 1)
    if "last in" in tail:
        assert seen == [len(rated)]
    if missing := re.search(r"(\w+) (has|have) no demonstration value", tail):
        assert ("have" in missing[0]) == (len(rest) - len(seen) > 1)


@given(random_sessions(("pilot-first-quick", "stalled-pilots"), most=6))
@settings(max_examples=40)
def test_both_orders_hold_the_same_cards(snapshot: Snapshot) -> None:
    view = mirror_view(snapshot, evaluate(snapshot))
    assert sorted(r.id for r in view.by_show) == sorted(r.id for r in view.by_readiness)
    assert [r.show_place for r in view.by_show] == list(range(1, len(view.by_show) + 1))
    assert [r.ready_place for r in view.by_readiness] == list(range(1, len(view.by_show) + 1))
    shown = [r.demonstration for r in view.by_show if r.demonstration is not None]
    assert shown == sorted(shown, reverse=True)
    assert sum(r.moved for r in view.by_show) == 0


def test_a_title_stands_as_it_is() -> None:
    u = case("pilot-first", "[/nope]", {"V1": 4})
    view = mirror_view(s := session("pilot-first", u), evaluate(s))
    assert view.by_show[0].title == "[/nope]"

"""What Collect says: parted lines, likeness, lineage, facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prioritizer.model.presets import load_preset
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.text.lines import parted
from prioritizer.workshop.previewing import Source
from prioritizer.workshop.views.card import hours_month
from prioritizer.workshop.views.collect import (
    fact_words,
    folded_titles,
    merged_here,
    similar,
    similar_to,
    supports,
    tag_counts,
)

TITLES = (
    "Support ticket routing",
    "Bug report triage",
    "Compliance document first draft",
    "CV",
    "Invoice check",
)


def session(titles: tuple[str, ...] = TITLES) -> Snapshot:
    loaded = load_preset("pilot-first")
    cases = {f"u{i}": UseCase(f"u{i}", title=t, number=i) for i, t in enumerate(titles, 1)}
    return Snapshot("s", loaded.preset, loaded.hash, loaded.text, use_cases=cases)


@pytest.mark.parametrize(
    ("line", "title", "task"),
    [
        ("Route tickets — into queues", "Route tickets", "into queues"),
        ("Route tickets | into queues", "Route tickets", "into queues"),
        ("Route tickets\tinto queues", "Route tickets", "into queues"),
        ("SOX: quarterly evidence", "SOX: quarterly evidence", ""),
        ("well-known — ", "well-known —", ""),
        (" — only a task", "— only a task", ""),
        ("a|b", "a|b", ""),
        ("A — b — c", "A", "b — c"),
    ],
)
def test_a_line_is_parted_where_somebody_parted_it(line: str, title: str, task: str) -> None:
    assert parted(line) == (title, task)


def test_pasted_lines_lose_bullets_and_numbers_and_nothing_else() -> None:
    text = "- one\n* two — with a task\n3. three\n(4) four\n\n   \n- [ ] five\n[TODO] six\n2024 seven\n-5 % scrap\r\neight"
    source = Source.pasted(text)
    assert source.is_list
    found = source.preview(session(())).fresh
    assert [i.title for i in found] == [
        "one",
        "two",
        "three",
        "four",
        "five",
        "[TODO] six",
        "2024 seven",
        "-5 % scrap",
        "eight",
    ]
    assert found[1].task == "with a task"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("support tick", "Support ticket routing"),
        ("routing of support tickets", "Support ticket routing"),
        ("BUG REPORT TRIAGE", "Bug report triage"),
        ("complience document draft", "Compliance document first draft"),
    ],
)
def test_what_is_similar_while_typing(typed: str, first: str) -> None:
    snapshot = session()
    found = similar_to(snapshot, similar(folded_titles(snapshot), typed), typed)
    assert found
    assert found[0].title == first
    assert found[0].same is (typed.casefold() == first.casefold())


@pytest.mark.parametrize(
    "typed", ["", "   ", "cv", "sup", "zzzzzz", "A long sentence about a cv and nothing else at all"]
)
def test_what_is_not_similar(typed: str) -> None:
    assert similar(folded_titles(session()), typed) == []


def test_deleted_and_merged_ones_are_not_offered_and_parked_ones_are() -> None:
    snapshot = session()
    cases = dict(snapshot.use_cases)
    cases["u1"] = replace(cases["u1"], deleted=True)
    cases["u2"] = replace(cases["u2"], merged_into="u3")
    cases["u5"] = replace(cases["u5"], parked=True)
    assert [i for i, _ in folded_titles(replace(snapshot, use_cases=cases))] == ["u3", "u4", "u5"]


def test_lineage_goes_all_the_way_down_and_ends_in_a_circle() -> None:
    snapshot = session()
    cases = dict(snapshot.use_cases)
    cases["u2"] = replace(cases["u2"], merged_into="u1")
    cases["u3"] = replace(cases["u3"], merged_into="u2")
    assert [u.id for u in merged_here(replace(snapshot, use_cases=cases), "u1")] == ["u2", "u3"]
    cases["u1"] = replace(cases["u1"], merged_into="u3")
    assert {u.id for u in merged_here(replace(snapshot, use_cases=cases), "u1")} == {"u1", "u2", "u3"}


def test_tags_with_their_counts() -> None:
    cases = [UseCase("a", tags=("x", "y")), UseCase("b", tags=("y",)), UseCase("c", tags=("A",))]
    assert tag_counts(cases) == [("y", 2), ("A", 1), ("x", 1)]


def test_facts_in_words_and_what_they_support() -> None:
    case = UseCase("a", systems=("CRM", "Mail"), logins=1, cases_month=3000, minutes_each=4.5)
    assert fact_words(case) == [
        "2 systems (CRM, Mail)",
        "1 login",
        "3,000 cases a month",
        "4.5 minutes each",
        "that is 225 hours a month",
    ]
    assert fact_words(UseCase("b")) == []
    assert fact_words(UseCase("c", systems=())) == ["0 systems"]
    assert hours_month(100, None) is None
    preset = load_preset("pilot-first").preset
    assert supports(preset, "systems") == "I1 Systems in production"
    assert "W1" in supports(preset, "minutes_each")

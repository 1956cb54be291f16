"""Titles that are almost the same are reported, once a pair, and nothing is dropped for it."""

from __future__ import annotations

from pathlib import Path

from prioritizer import Workshop
from prioritizer.exchange.use_cases_in import Candidate
from prioritizer.workshop.importing import import_use_cases, read_candidates
from prioritizer.workshop.near import near_titles


def test_slips_and_orders_are_near_and_numbers_are_not(workshop: Workshop) -> None:
    titles = [
        "Route tikets",
        "tickets, route",
        "Route TICKETS!",
        "Summarise calls, part 1",
        "Summarise calls, part 2",
        "Summarize calls, part 2",
        "Something else",
    ]
    found = near_titles(workshop.snapshot, [Candidate(n, t) for n, t in enumerate(titles, 2)])
    assert [(n.row, n.of_title, n.of_number, n.of_row) for n in found] == [
        (2, "Route tickets", 1, None),
        (3, "Route tickets", 1, None),
        (4, "Route tickets", 1, None),
        (7, "Summarise calls, part 2", None, 6),
    ]
    assert [n.likeness for n in found] == [96, 99, 99, 95]


def test_the_import_reports_them_with_ids(workshop: Workshop, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("title,task\nNegotiates,x\nInvoice matching,\nInvoices matching,\n")
    report = import_use_cases(workshop, read_candidates(path))
    assert report.added == 3
    assert report.similar == ()
    ids = {u.title: u.id for u in workshop.use_cases}
    assert [(n.row, n.of, n.of_row) for n in report.near] == [
        (2, ids["Negotiate"], None),
        (4, ids["Invoice matching"], 3),
    ]


def test_nothing_to_compare(workshop: Workshop) -> None:
    assert near_titles(workshop.snapshot, []) == []


def test_titles_without_a_word_are_not_alike(workshop: Workshop) -> None:
    # Without their signs nothing is left of them: that says nothing about what they mean.
    titles = ["\U0001f680", "\U0001f525", "???", "Route tikets"]
    found = near_titles(workshop.snapshot, [Candidate(n, t) for n, t in enumerate(titles, 2)])
    assert [(n.row, n.of_title) for n in found] == [(5, "Route tickets")]

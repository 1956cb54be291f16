"""Handouts: everything that is asked, nothing that was answered, and text that is only text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from prioritizer import PrioritizerError, Workshop
from prioritizer.exchange.handouts_out import KINDS, column_groups, handout_html, write_handouts
from prioritizer.model.handout import Card, FactSheet, Handouts, LevelSheet, Question
from prioritizer.text.clean import clean_text
from prioritizer.workshop.commands.frame import AskCriterion
from prioritizer.workshop.handouts import build_handouts, export_handouts
from prioritizer.workshop.sample import create_sample
from tests.exchange.test_html import ATTACKS, SAFE_TAGS, folded, parsed
from tests.exchange.test_markdown import RICH, read
from tests.text.corpus import FORMULAS, HONEST, NASTY


def handouts_of(text: str) -> Handouts:
    sheet = LevelSheet("P1", text, text, (text,) * 5, text, "room", text, True, True)
    return Handouts(
        text,
        text,
        text,
        text,
        text,
        "en",
        (Card(1, text, text, (text,), ((text, text),)),),
        (sheet,),
        (Question(text, text, (text,)),),
        (FactSheet(text, (sheet,)),),
    )


def test_the_handouts_of_the_sample(tmp_path: Path) -> None:
    with create_sample(tmp_path / "s.sqlite") as workshop:
        written = export_handouts(workshop, tmp_path / "hand")
        handouts = build_handouts(workshop.snapshot)
    assert sorted(p.name for p in written) == sorted(f"{k}.{f}" for k in KINDS for f in ("md", "html"))
    assert [s.id for s in handouts.room] == ["P1", "P3", "G2", "B1", "B3", "V1", "V2", "V3"]
    assert {f.role for f in handouts.fact_sheets} == {"Data", "Integration", "Operations", "Compliance"}
    texts = {p.name: p.read_text(encoding="utf-8") for p in written}
    cards = folded(read(RICH.render(texts["use-case-cards.md"])).text)
    assert "12. Demand forecast exception notes" in cards
    assert "Systems: Ticket system, Product directory" in cards
    levels = folded(parsed(texts["level-sheets.html"]).text)
    assert "No one can say what a correct output is" in levels
    assert "Prohibited" in levels
    facts = texts["fact-sheets.md"]
    assert "## For: Data" in facts
    assert "P1" not in facts
    ballot = parsed(texts["paper-ballots.html"])
    assert ballot.tags.count("td") == 12 * (2 + 8)


def test_no_answer_is_in_them(tmp_path: Path) -> None:
    """The same questions with and without answers give the same handouts."""
    pages = []
    for rated in (False, True):
        with Workshop.create(tmp_path / f"{rated}.sqlite", title="T") as workshop:
            case = workshop.add_use_case("Route", note="Great, a clear 4" if rated else "")
            if rated:
                workshop.rate(case, "P1", 0, evidence="measured", note="No way")
                workshop.answer_gate(case, "prohibited", "yes", "law")
            written = export_handouts(workshop, tmp_path / f"hand-{rated}")
            pages.append([p.read_bytes() for p in written])
    assert pages[0] == pages[1]


def test_what_is_switched_off_or_asked_otherwise_is_followed(workshop_with_one: Workshop) -> None:
    workshop_with_one.do(AskCriterion("V3", "off"))
    workshop_with_one.do(AskCriterion("I2", "room"))
    handouts = build_handouts(workshop_with_one.snapshot)
    assert "I2" in [s.id for s in handouts.room]
    assert "V3" not in [s.id for s in handouts.sheets]


@pytest.fixture
def workshop_with_one(tmp_path: Path) -> Iterator[Workshop]:
    with Workshop.create(tmp_path / "s.sqlite") as workshop:
        workshop.add_use_case("One")
        yield workshop


def test_an_empty_session_and_standing_files_are_told(tmp_path: Path) -> None:
    with Workshop.create(tmp_path / "s.sqlite") as workshop:
        with pytest.raises(PrioritizerError, match="nothing to hand out"):
            export_handouts(workshop, tmp_path / "h")
        workshop.add_use_case("One")
        export_handouts(workshop, tmp_path / "h", ["md"])
        with pytest.raises(PrioritizerError, match=r"already.*--force"):
            export_handouts(workshop, tmp_path / "h")
        export_handouts(workshop, tmp_path / "h", force=True)
        with pytest.raises(PrioritizerError, match="Handouts have no format “pdf”"):
            export_handouts(workshop, tmp_path / "h", ["pdf"])


def test_many_criteria_are_parted() -> None:
    sheets = [LevelSheet(f"X{n}", "", "", ("",) * 5, "", "room") for n in range(19)]
    assert [len(g) for g in column_groups(sheets)] == [8, 8, 3]


@pytest.mark.parametrize("raw", [*NASTY, *FORMULAS, *HONEST, *ATTACKS], ids=ascii)
def test_a_hostile_text_is_only_text(raw: str, tmp_path: Path) -> None:
    text = clean_text(raw, limit=200)
    for kind in KINDS:
        found = parsed(handout_html(handouts_of(text), kind))
        assert set(found.tags) <= SAFE_TAGS
        assert not [a for a in found.attributes if a[1].startswith("on") or a[1] in ("src", "style", "href")]
        assert folded(text) in folded(found.text)
    allowed = {"h1", "h2", "h3", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    for path in write_handouts(handouts_of(text), tmp_path / "h", ["md"]):
        for reader in (RICH, MarkdownIt("commonmark")):
            assert set(read(reader.render(path.read_text(encoding="utf-8"))).tags) <= allowed

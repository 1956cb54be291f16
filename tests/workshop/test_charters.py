"""What a pilot charter says to somebody who was not in the room and has no level sheet."""

from __future__ import annotations

from pathlib import Path

from prioritizer.model.presets import load_preset
from prioritizer.workshop.charters import charter
from prioritizer.workshop.commands.rate import Rate
from prioritizer.workshop.sample import create_sample


def fields(tmp_path: Path, **levels: int) -> dict[str, str]:
    tmp_path.mkdir(exist_ok=True)
    with create_sample(tmp_path / "a.sqlite") as workshop:
        case = next(u for u in workshop.use_cases if u.number == 2)
        for criterion, level in levels.items():
            workshop.do(Rate(case.id, criterion, level))
        found = charter(workshop.snapshot, workshop.ranked(case.id))
    return {field.id: field.text for _, section in found.sections for field in section}


def test_a_level_that_speaks_of_a_lower_one_says_what_that_says(tmp_path: Path) -> None:
    """By hand: levels 3 and 4 of I2 in the shipped preset."""
    assert fields(tmp_path, I2=4)["access"].startswith(
        "A documented API with a sandbox; versioned, and another automation already uses it."
    )
    assert fields(tmp_path / "other", I2=3)["access"].startswith("A documented API with a sandbox.")


def test_no_charter_says_as_3(tmp_path: Path) -> None:
    referring = [c.id for c in load_preset("pilot-first").preset.criterion if c.levels[4].startswith("As 3")]
    assert len(referring) > 3
    every = fields(tmp_path, **dict.fromkeys(referring, 4))
    assert not [text for text in every.values() if "As 3" in text]


def test_how_complete_records_are_does_not_say_how_old_they_are(tmp_path: Path) -> None:
    assert fields(tmp_path, D2=4)["freshness"] == ""

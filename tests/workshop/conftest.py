"""A small session with something of everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from prioritizer import Workshop
from prioritizer.workshop.commands.frame import AddParticipant


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with Workshop.create(tmp_path / "s.sqlite", title="Trial") as made:
        made.add_use_case("Route tickets", task="Put each ticket into a queue.", tags=["support"])
        made.add_use_case("Negotiate", tags=["buying", "support"])
        made.add_use_case("Draft filings")
        made.do(AddParticipant("Ada", role="data"))
        made.do(AddParticipant("Ben", role="operations"))
        yield made

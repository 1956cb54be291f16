from __future__ import annotations

import pytest

from prioritizer.store import connection


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections that wait for nobody."""
    monkeypatch.setattr(connection, "BUSY_MS", 1)

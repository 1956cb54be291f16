"""Where the public inventory of US federal AI use cases lies, if it is here."""

import os
from pathlib import Path

import pytest

FEDERAL = Path(
    os.environ.get("PRIORITIZER_FEDERAL_CSV") or Path(__file__).parents[3] / "shared/data/federal-2024.csv"
)

needs_federal = pytest.mark.skipif(
    not FEDERAL.is_file(),
    reason="federal-2024.csv is not here; set PRIORITIZER_FEDERAL_CSV to the 2024 consolidated inventory",
)

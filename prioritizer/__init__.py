"""Prioritizer: from candidate AI use cases to a ranked shortlist, in the room.

The public names load what they need on first use, so that ``import prioritizer``
and ``prioritizer --help`` stay light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prioritizer.errors import NotSaved, PrioritizerError, SessionBusy, SessionRefused

if TYPE_CHECKING:
    from prioritizer.workshop.service import Workshop

__version__ = "0.1.0"

__all__ = ["NotSaved", "PrioritizerError", "SessionBusy", "SessionRefused", "Workshop", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "Workshop":
        from prioritizer.workshop.service import Workshop

        return Workshop
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

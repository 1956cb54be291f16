"""The fixed words of a preset: roles, classes, lanes, statuses, levels.

They stand apart from the models that use them, so that whoever needs no more than a word waits for no pydantic.
"""

from __future__ import annotations

from typing import Literal

Role = Literal["readiness", "boundedness", "demonstration", "worth"]
Asked = Literal["before", "room"]
GateStatus = Literal["pass", "condition", "stop", "out", "not-an-agent", "unknown"]
ClassId = Literal["bounded", "partly", "open-ended", "unknown"]
LaneId = Literal["pilot-first", "fix-then-pilot", "incubate", "not-yet", "find-out", "not-an-agent", "out"]
Fact = Literal["systems", "logins", "cases_month", "minutes_each"]
Stage = Literal["frame", "collect", "gate", "rate", "rank", "shortlist", "break"]

LANES: tuple[LaneId, ...] = (
    "pilot-first",
    "fix-then-pilot",
    "incubate",
    "not-yet",
    "find-out",
    "not-an-agent",
    "out",
)
CLASSES: tuple[ClassId, ...] = ("bounded", "partly", "unknown", "open-ended")
GATE_STATUSES: tuple[GateStatus, ...] = ("pass", "condition", "unknown", "stop", "not-an-agent", "out")
EVIDENCE: tuple[str, ...] = ("opinion", "reported", "document", "measured")
PROOF: frozenset[str] = frozenset({"document", "measured"})
LEVELS = (0, 1, 2, 3, 4)

RESERVED_GATES = frozenset({"worth", "coverage", "lane", "class", "readiness", "dimension"})
"""Ids under which the engine itself reports; no gate of a preset may have one."""

DEFAULT_LANE_TITLES: dict[LaneId, str] = {
    "pilot-first": "Pilot first",
    "fix-then-pilot": "Fix, then pilot",
    "incubate": "Incubate",
    "not-yet": "Not yet",
    "find-out": "Find out",
    "not-an-agent": "Not an agent",
    "out": "Out",
}

"""Import: many use cases in one step, those that are another one's double merged into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from prioritizer.model.session import Snapshot
from prioritizer.model.tables import Scalar
from prioritizer.workshop.commands.base import Draftsman, Given, Plan, get_use_case, joined
from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase

_FILLED = ("task", "note", "proposer", "systems", "logins", "cases_month", "minutes_each")
"""What the one that stays takes over where it has nothing itself."""


@dataclass(frozen=True)
class ImportUseCases:
    """Adds the use cases of a source; one undo takes all of them back.

    Attributes:
        items: All of them; the merged ones too, which keep what their row said.
        into: Position in ``items`` → what it is merged into: an id of the session, or another position.
    """

    kind: ClassVar[str] = "import"
    items: Sequence[NewUseCase]
    into: Mapping[int, str | int] = field(default_factory=dict)

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        added = AddUseCases(self.items).plan(snapshot, given)
        if not self.into:
            return added
        fields: dict[str, dict[str, Scalar]] = {made: {} for made in added.made}
        tags: dict[str, list[str]] = {made: [] for made in added.made}
        for write in added.writes:
            if write.table == "tag":
                tags[write.key[0]].append(write.key[1])
            else:
                fields[write.key[0]][write.field] = write.new
        d = Draftsman(snapshot, given)
        for place, where in self.into.items():
            made = added.made[place]
            target = added.made[where] if isinstance(where, int) else _stays(snapshot, where)
            d.put("use_case", (made,), merged_into=target)
            if target not in fields:
                case = get_use_case(snapshot, target)
                fields[target] = {f: "there" for f in _FILLED if getattr(case, f) not in (None, "", ())}
                tags[target] = list(case.tags)
            for name in _FILLED:
                value = fields[made].get(name)
                if value is not None and fields[target].get(name) is None:
                    fields[target][name] = value
                    d.put("use_case", (target,), **{name: value})
            for tag in tags[made]:
                if tag not in tags[target]:
                    tags[target].append(tag)
                    d.put("tag", (target, tag), present=1)
        return joined([added, d.plan()])


def _stays(snapshot: Snapshot, use_case: str) -> str:
    """What stayed, where the one that is meant was merged away itself."""
    case = get_use_case(snapshot, use_case)
    while case.merged_into is not None and case.merged_into in snapshot.use_cases:
        case = snapshot.use_cases[case.merged_into]
    return case.id

"""Copies of one session: how they differ, bringing them together, settling what is at odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError, SessionRefused
from prioritizer.model.tables import Scalar, Write
from prioritizer.store.faults import Lost
from prioritizer.store.ledger import Committed, entries
from prioritizer.store.log import CREATE, SETTLE
from prioritizer.store.opening import reading
from prioritizer.store.recording import Edit
from prioritizer.store.values import checked_all
from prioritizer.text.newfile import shown

if TYPE_CHECKING:
    from prioritizer.store.conflicts import Conflict
    from prioritizer.store.copies import Copy
    from prioritizer.store.merging import Brought
    from prioritizer.store.rescue import Rescue
    from prioritizer.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Difference:
    """How two copies of one session differ.

    Attributes:
        theirs: Changes that the other copy has and we have not.
        ours: Changes that we have and the other copy has not.
    """

    theirs: int
    ours: int


class Joining:
    """The part of `Store` that knows of other copies."""

    path: Path
    session_id: str
    _writer: Writer
    _rescue: Rescue

    def save(self, edit: Edit) -> Committed | None:
        """As `Store.save`."""
        raise NotImplementedError  # only named here, for those that call it: `Store`, which has this part, does it

    def merge(self, copies: Sequence[Copy], *, sure: bool = False) -> Brought:
        """Brings in what other copies have, in one transaction; merging twice changes nothing.

        Args:
            copies: As `copies.read_copy` gives them.
            sure: Also where more than a fifth of the use cases would go.

        Raises:
            Removes: They would, and nobody is sure; nothing was written.
            SessionRefused: A copy is of another session, or says something else of the same operation.
            Moved: Another process has written since; `refresh` and try again.
            PrioritizerError: It could not be written.
        """
        from prioritizer.store.merging import bring_in

        try:
            with reading(self.path):
                return bring_in(self._writer, self.session_id, self._rescue.preset, copies, sure=sure)
        except Lost as lost:
            raise SessionRefused(
                f"{shown(self.path)} {lost.why}, so nothing was merged. Open it again where it is now."
            ) from lost

    def difference(self, copy: Copy) -> Difference:
        """How many changes each side has that the other has not.

        Raises:
            SessionRefused: It is a copy of another session.
        """
        if copy.session != self.session_id:
            raise SessionRefused(f"{shown(copy.path)} is another session than {shown(self.path)}.")
        with reading(self.path), self._writer.moment():
            own = {entry.ref for _, entry in entries(self._writer.conn) if entry.kind != CREATE}
        there = {entry.ref for entry in copy.log if entry.kind != CREATE}
        return Difference(len(there - own), len(own - there))

    def conflicts(self) -> list[Conflict]:
        """All that is to be settled: a function of the log alone."""
        from prioritizer.store.conflicts import conflicts

        conn, ledger = self._writer.conn, self._writer.ledger
        with reading(self.path), self._writer.moment():
            if not ledger.forked and not ledger.grown(conn):
                return []  # each edit was made by somebody who had all before it
            log = sorted((entry for _, entry in entries(conn)), key=lambda e: e.order)
        with reading(self.path):
            return conflicts(log)

    def settle(
        self, conflict: Conflict, values: Mapping[str, Scalar], actor: str | None = None
    ) -> Committed | None:
        """Settles a conflict: one edit, also where what stands stays.

        Args:
            conflict: As `conflicts` gave it.
            values: What is to stand in its fields; those that are left out stay as they are.
            actor: Who settles it.

        Raises:
            Moved: Another process has written since; `refresh`, look again.
            NotSaved: It could not be written.
            PrioritizerError: A value cannot be.
        """
        if not values.keys() <= conflict.standing.keys():
            raise PrioritizerError("That field is not at odds.")
        chosen = {**conflict.standing, **values}
        writes = checked_all(Write(conflict.table, conflict.key, f, value) for f, value in chosen.items())
        forced = {(w.table, w.key, w.field): None for w in writes}
        return self.save(Edit(SETTLE, writes, actor=actor, forced=forced))

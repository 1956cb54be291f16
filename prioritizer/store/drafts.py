"""Text that somebody has begun and not entered yet: kept in the file, outside log, merge and share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.store import connection
from prioritizer.store.faults import Lost
from prioritizer.store.log import time_text
from prioritizer.store.opening import reading
from prioritizer.store.values import checked_texts

if TYPE_CHECKING:
    from prioritizer.store.rescue import Rescue
    from prioritizer.store.writer import Writer


class Drafts:
    """The part of `Store` that keeps half-typed texts by place, for example ``use_case/ID/note``."""

    _writer: Writer
    _rescue: Rescue

    def draft_set(self, place: str, text: str) -> None:
        """Keeps a draft durably.

        Raises:
            NotSaved: It could not be written.
        """
        checked_texts(place=place, text=text)
        row = {"place": place, "text": text, "time": time_text(self._writer.clock())}
        try:
            with self._writer.local():
                connection.utils(self._writer.conn).table("draft").upsert(row, pk="place")
        except Lost as lost:
            raise self._rescue.error(lost.why) from lost

    def draft_get(self, place: str) -> str | None:
        """The draft at a place."""
        return self.draft_all().get(place)

    def draft_all(self) -> dict[str, str]:
        """Every draft by place."""
        with reading(self._writer.path):
            return dict(
                self._writer.conn.execute("SELECT place, text FROM draft ORDER BY time, place").fetchall()
            )

    def draft_clear(self, place: str | None = None) -> None:
        """Forgets one draft, or all."""
        there = self.draft_all()
        if not there or (place is not None and place not in there):
            return  # a write costs five syncs of the disk
        where, given = ("place = ?", [place]) if place is not None else (None, None)
        try:
            with self._writer.local():
                connection.utils(self._writer.conn).table("draft").delete_where(where, given)
        except Lost as lost:
            raise self._rescue.error(lost.why) from lost

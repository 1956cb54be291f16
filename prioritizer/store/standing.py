"""Making the state tables be what a replay says, where a merge has brought the log something earlier."""

from __future__ import annotations

from collections.abc import Mapping

from prioritizer.model.session import Born
from prioritizer.model.tables import TABLES, Scalar
from prioritizer.store.log import Ref
from prioritizer.store.schema import primary_key
from prioritizer.store.state import WINNER, Cell, Local, Writing, row_text, upsert


class Standing(Writing):
    """The state side of a merge."""

    def stand(self, cells: Mapping[Cell, tuple[Scalar, Ref | None]]) -> int:
        """Makes cells be what a replay says, with their winners; how many were different."""
        changed = 0
        for (table, key, field), (value, by) in cells.items():
            values, winners = self._row(table, key)
            op = winners.get(field)
            before = None if op is None else self._ref(op)
            if (values.get(field), before) == (value, by):
                continue
            changed += 1
            local = self._make(table, key)
            if table == "answer":
                self._stand_answer(local, value, by)
                continue
            key_last = primary_key(TABLES[table]) == ("id",)
            self._conn.execute(upsert(table, (field,)), (value, *local) if key_last else (*local, value))
            if by is None:
                sql = 'DELETE FROM winner WHERE tbl = ? AND "row" = ? AND field = ?'
                self._conn.execute(sql, (table, row_text(local), field))
            else:
                self._conn.execute(WINNER, (table, row_text(local), field, self._op(by)))
        self._old.clear()
        return changed

    def bear(self, uuid: str, born: Born) -> None:
        """Says when a use case was created, where it is new or was created earlier than we knew."""
        site = self._conn.execute("SELECT id FROM site WHERE uuid = ?", (born[1],)).fetchone()[0]
        sql = (
            "SELECT u.born_clock, s.uuid, u.born_seq, u.born_place FROM use_case u "
            "JOIN site s ON s.id = u.born_site WHERE u.uuid = ?"
        )
        known = self._conn.execute(sql, (uuid,)).fetchone()
        if known is None:
            sql = "INSERT INTO use_case (uuid, born_clock, born_site, born_seq, born_place) VALUES (?, ?, ?, ?, ?)"
            made = self._conn.execute(sql, (uuid, born[0], site, *born[2:]))
            self._ids["use_case", uuid] = made.lastrowid or 0
        elif born < tuple(known):
            self._conn.execute(
                "UPDATE use_case SET born_clock = ?, born_site = ?, born_seq = ?, born_place = ? WHERE uuid = ?",
                (born[0], site, born[2], born[3], uuid),
            )

    def _stand_answer(self, local: Local, value: Scalar, by: Ref | None) -> None:
        if by is None:
            self._conn.execute("DELETE FROM answer WHERE round = ? AND participant = ?", local)
        else:
            self._conn.execute(upsert("answer", ("answer", "op")), (*local, value, self._op(by)))

    def _op(self, ref: Ref) -> int:
        sql = "SELECT o.id FROM op o JOIN site s ON s.id = o.site WHERE s.uuid = ? AND o.seq = ?"
        return int(self._conn.execute(sql, ref).fetchone()[0])

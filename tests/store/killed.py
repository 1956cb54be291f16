"""Writes edits and says so until it is killed: ``python -m tests.store.killed FILE FIRST HOW [COUNT]``.

Each edit gives one use case the same number in three cells. ``early`` and ``halves`` break the
promise on purpose, so that the test can show that it would notice.
"""

from __future__ import annotations

import sys

from prioritizer.model.tables import Write
from prioritizer.store import Store, connection

HOW = ("right", "early", "halves", "unsynced", "full", "unjournaled")
"""The last three weaken the settings of the connection."""

WEAKER = {
    "unsynced": ("synchronous", "OFF"),
    "full": ("synchronous", "FULL"),
    "unjournaled": ("journal_mode", "OFF"),
}


def cells(case: str, number: int) -> list[Write]:
    text = str(number)
    note = text + " " + "x" * (number * 997 % 9000)  # now one page, now several
    return [
        Write("use_case", (case,), "title", text),
        Write("use_case", (case,), "note", note),
        Write("agreed_level", (case, "P1"), "note", text),
    ]


def case_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def main() -> None:
    path, first, how = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 10**9
    if how in WEAKER:
        setting, value = WEAKER[how]
        connection.PRAGMAS[setting] = value
        # Where the interpreter can make SQLite defensive, SQLite itself refuses to go without a journal.
        connection._options = list
    with Store.open(path) as store:
        store.load()
        print("ready", flush=True)
        for number in range(first, first + count):
            writes = cells(case_of(number % 50), number)
            if how == "early":
                print(number, flush=True)
                store.commit("edit", writes)
            elif how == "halves":
                store.commit("edit", writes[:1])
                store.commit("half", writes[1:])
                print(number, flush=True)
            else:
                store.commit("edit", writes)
                print(number, flush=True)


if __name__ == "__main__":
    main()

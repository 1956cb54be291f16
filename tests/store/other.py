"""A second process with the session open, that does what it is told: ``python -m tests.store.other FILE``."""

from __future__ import annotations

import sys

from prioritizer.model.tables import Write
from prioritizer.store import Moved, Store


def main() -> None:
    with Store.open(sys.argv[1]) as store:
        store.load()
        print("open", flush=True)
        for line in sys.stdin:
            verb, *rest = line.rstrip("\n").split("\t")
            print(_do(store, verb, rest), flush=True)


def _do(store: Store, verb: str, rest: list[str]) -> str:
    for _ in range(2):
        try:
            if verb == "title":
                done = store.commit("title", [Write("use_case", (rest[0],), "title", rest[1])])
                return "nothing" if done is None else f"{done.site} {done.seq} {done.clock}"
            if verb == "undo":
                undone = store.undo()
                return "nothing" if undone is None else undone.kind
            if verb == "draft":
                store.draft_set(*rest)
                return "drafted"
            return str(store.check())
        except Moved:
            store.refresh()
    return "moved"


if __name__ == "__main__":
    main()

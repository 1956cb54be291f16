"""``python -m tests.benchmarks``: every promise of speed as a ratio, measured in one run.

Both sides of a ratio are measured alternately in this run, so that a slow or busy machine
slows both; medians are compared. Nothing here asserts: the table shows the limit beside.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable

from tests.benchmarks.measure import Row

Bench = Callable[[], Iterable[Row]]


def benches() -> dict[str, Bench]:
    """Every benchmark by name; each is imported when it runs."""
    from tests.benchmarks import drawing, edits, keys, lists, memory, paper, robustness, scoring, start

    return {
        "help": start.help_time,
        "first-paint": start.first_paint,
        "edit": edits.acknowledged_edit,
        "open": edits.opening,
        "open-long": edits.opening_long_lists,
        "merge": edits.merging,
        "evaluate": scoring.evaluate_sizes,
        "re-rank": scoring.one_edit,
        "robustness": robustness.sizes,
        "robustness-first": robustness.first_numbers,
        "import": paper.long_import,
        "export": paper.export_everything,
        "keys": lists.at_every_size,
        "keys-drawing": drawing.keys_while_drawing,
        "room": keys.in_a_large_room,
        "memory": memory.memory,
    }


def main() -> int:
    known = benches()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="NAME", help=f"run only these: {', '.join(known)}")
    chosen = parser.parse_args().only or list(known)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; known: {', '.join(known)}")
    print("| what | ours | against | ratio | limit | |")
    print("|---|---|---|---|---|---|")
    missed = 0
    for name in chosen:
        for row in known[name]():
            print(row.line(), flush=True)
            missed += row.missed
    print(f"\n{missed} of the limits missed" if missed else "\nall within their limits")
    return 0


if __name__ == "__main__":
    sys.exit(main())

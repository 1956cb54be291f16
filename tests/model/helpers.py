"""A small preset with letters of its own, to be broken in tests."""

from __future__ import annotations

SMALL = """\
format = 1
id = "orchard"
version = 3
title = "Which orchard robot?"
language = "de-CH"
candidate = "robot"

[[role]]
id = "grower"
title = "Grower"

[[dimension]]
id = "Soil"
title = "Soil"
role = "readiness"
weight = 2

[[dimension]]
id = "Fence"
title = "Fence"
role = "boundedness"

[[criterion]]
id = "wet"
dimension = "Soil"
title = "Wet days"
question = "How many days a month is the soil too wet?"
asked = "before"
role = "grower"
[criterion.levels]
0 = "Nobody counts"
1 = "More than 20"
2 = "11 to 20"
3 = "3 to 10"
4 = "Less than 3"

[[criterion]]
id = "rows"
dimension = "Fence"
title = "Rows"
question = "How many rows does it work in?"
levels = ["All", "Twenty", "Ten", "Two", "One"]

[[gate]]
id = "allowed"
title = "Allowed"
kind = "question"
question = "Is it allowed?"
answers = [
  { id = "no", title = "No", key = "n", status = "out" },
  { id = "yes", title = "Yes", key = "y", status = "pass" },
]

[[gate]]
id = "wet"
title = "Wet"
kind = "level"
criterion = "wet"
stop = 0
condition = 2

[[gate]]
id = "astray"
title = "Astray"
kind = "rule"
derived = true
[gate.rule]
any = ["rows <= 1", { criterion = "wet", cmp = "<", level = 1 }]

[[class_rule]]
id = "bounded"
[class_rule.rule]
all = ["rows >= 3"]
"""


def changed(old: str, new: str) -> str:
    """The small preset with one text replaced, which must be there exactly once."""
    assert SMALL.count(old) == 1, f"{old!r} stands {SMALL.count(old)} times"
    return SMALL.replace(old, new)

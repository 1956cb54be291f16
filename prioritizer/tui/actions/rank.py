"""Actions of the stage Rank, and of the two pictures that it opens."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("rank",)
_PICTURES = ("mirror", "picture")

RANK: tuple[Action, ...] = (
    Action(
        "rank.why", "enter", "Why", "All reasons for the place of the use case under the cursor", _HERE, True
    ),
    Action(
        "rank.mirror",
        "m",
        "Mirror",
        "The order by demonstration value beside this one: what a choice by show would take",
        _HERE,
        True,
    ),
    # The mirror's footer names it; this one is full.
    Action("rank.picture", "p", "Picture", "Readiness against demonstration value, as a picture", _HERE),
    Action(
        "rank.what-if",
        "w",
        "What if",
        "Try other weights and levels and see what moves; nothing of it is stored",
        _HERE,
        True,
    ),
    Action(
        "rank.sure",
        "s",
        "Sure?",
        "How sure the order is: weights, people, levels and unknowns drawn anew many times",
        _HERE,
        True,
    ),
    Action(
        "rank.talk",
        "t",
        "Talk next",
        "What to talk about next: the facts that are not settled, by how often they decide who is on the shortlist",
        _HERE,
        True,
    ),
    Action("rank.over", "b", "Why above", "Why it stands above the one below it", _HERE),
    Action(
        "rank.near",
        "n",
        "Nearest",
        "What is nearest to the first lane, with the fewest fixes, by whom and when",
        _HERE,
    ),
    Action("rank.filter", "slash", "Filter", "Show only what has these words; esc shows all again", _HERE),
    Action("rank.gate", "g", "Gate it", "Answer the gates of the use case under the cursor", _HERE),
    Action("rank.rate", "r", "Rate it", "Rate the use case under the cursor", _HERE),
    Action(
        "rank.more",
        "plus,equals_sign",
        "More",
        "What if: five points more weight, or one level up, for what is chosen in the panel",
        _HERE,
        shown="+",
    ),
    Action(
        "rank.less",
        "minus",
        "Less",
        "What if: five points less weight, or one level down, for what is chosen in the panel",
        _HERE,
        shown="−",
    ),
    Action("rank.reset", "0", "As it is", "What if: take every trial back and stay in the what-if", _HERE),
    Action(
        "rank.decide",
        "d",
        "Decide",
        "What if: store what was tried as a decision, with a reason; one undo takes it back",
        _HERE,
    ),
    Action("rank.swap", "tab", "Other side", "What if: from the ranking to the panel and back", _HERE),
    Action("rank.back", "escape", "Back", "Leave the filter or the what-if", _HERE),
    # The two pictures
    Action("picture.back", "escape,q", "Back", "Back to the ranking", _PICTURES, True),
    Action(
        "picture.mirror",
        "m",
        "Mirror",
        "The order by demonstration value beside the ranking",
        _PICTURES,
        True,
    ),
    Action(
        "picture.points",
        "p",
        "Picture",
        "Readiness against demonstration value, as a picture",
        _PICTURES,
        True,
    ),
    Action("picture.copy", "c", "Copy", "Copy this picture as text", _PICTURES, True),
)

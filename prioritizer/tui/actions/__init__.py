"""The one table of actions: it feeds bindings, footer, palette, ``?`` and the documents.

Nothing else binds a key. Each screen's part stands in a module of its own.
"""

from __future__ import annotations

from textual.binding import Binding, BindingType

from prioritizer.tui.actions.agreement import AGREEMENT
from prioritizer.tui.actions.ballot import BALLOT
from prioritizer.tui.actions.base import GLOBAL, STAGE_IDS, STAGES, Action
from prioritizer.tui.actions.clock import CLOCK
from prioritizer.tui.actions.collect import COLLECT
from prioritizer.tui.actions.cut import CUT
from prioritizer.tui.actions.everywhere import EVERYWHERE
from prioritizer.tui.actions.fits import FITS
from prioritizer.tui.actions.frame import FRAME
from prioritizer.tui.actions.gate import GATE
from prioritizer.tui.actions.home import HOME
from prioritizer.tui.actions.keyboard import KEYBOARD
from prioritizer.tui.actions.present import PRESENT
from prioritizer.tui.actions.queue import QUEUE
from prioritizer.tui.actions.rank import RANK
from prioritizer.tui.actions.rate import RATE
from prioritizer.tui.actions.reveal import REVEAL
from prioritizer.tui.actions.shortlist import SHORTLIST
from prioritizer.tui.actions.sure import SURE
from prioritizer.tui.actions.talk import TALK
from prioritizer.tui.actions.weights import WEIGHTS

__all__ = [
    "ACTIONS",
    "GLOBAL",
    "STAGES",
    "STAGE_IDS",
    "Action",
    "actions_for",
    "all_actions",
    "bindings_for",
    "find_action",
]

ACTIONS: tuple[Action, ...] = (
    *EVERYWHERE,
    *HOME,
    *FRAME,
    *WEIGHTS,
    *COLLECT,
    *GATE,
    *RATE,
    *BALLOT,
    *KEYBOARD,
    *REVEAL,
    *QUEUE,
    *RANK,
    *SURE,
    *TALK,
    *SHORTLIST,
    *FITS,
    *CLOCK,
    *CUT,
    *AGREEMENT,
)


def actions_for(screen: str) -> tuple[Action, ...]:
    """Actions of a screen, its own first."""
    own = [a for a in all_actions() if screen in a.where and GLOBAL not in a.where]
    own.sort(key=lambda a: a.id.startswith("app."))
    return (*own, *(a for a in all_actions() if GLOBAL in a.where))


def all_actions() -> tuple[Action, ...]:
    """The whole table, with the projector's window, which is an app of its own."""
    return (*ACTIONS, *PRESENT)


def bindings_for(screen: str) -> list[BindingType]:
    """Textual bindings of a screen, made from the table; the screen itself binds what is fixed."""
    return [
        Binding(
            key=action.keys,
            action=f"run('{action.id}')",
            description=action.text,
            show=action.footer,
            key_display=action.key_text,
            tooltip=action.tooltip,
            id=action.id,
        )
        for action in actions_for(screen)
        if action.keys and not action.fixed
    ]


def find_action(action_id: str) -> Action:
    """An action by its id."""
    return next(a for a in all_actions() if a.id == action_id)

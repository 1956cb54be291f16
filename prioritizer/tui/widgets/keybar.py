"""The line at the bottom: the keys that matter here and now; a click does the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from prioritizer.text.width import cell_width
from prioritizer.tui.actions import GLOBAL, STAGE_IDS, Action, actions_for
from prioritizer.tui.actions.base import spelled
from prioritizer.tui.actions.hints import character_of, written

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp
    from prioritizer.tui.screens.action_screen import ActionScreen


class KeyBar(Widget):
    """Shows each action with a key that works now.

    While words are typed a letter is a letter: the bar then shows the other key of an
    action, and leaves out those that have none.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $panel; }
    KeyBar > .keybar--key { color: $footer-key-foreground; text-style: bold; }
    KeyBar > .keybar--text { color: $foreground; }
    """
    COMPONENT_CLASSES = {"keybar--key", "keybar--text"}  # noqa: RUF012  # Textual's own convention

    def __init__(self, screen_name: str) -> None:
        super().__init__(id="key-bar")
        self._screen_name = screen_name
        self._places: list[tuple[int, int, Action]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def shown(self) -> list[tuple[Action, str]]:
        """(action, key as written) from left to right, as many as fit."""
        typing = self.screen.focused is not None and self.screen.focused.check_consume_key("a", "a")
        found = [
            (action, key)
            for action in actions_for(self._screen_name)
            if action.id != "app.next-stage" or self._screen_name != STAGE_IDS[-1]
            # Whoever types has to be told how to stop.
            if (action.footer or (typing and action.keys == "escape"))
            and (key := written(self._key_now(action)))
        ]
        # What every screen has is known already: of the others, the last ones give way.
        while len(found) > 1 and sum(_width(*each) for each in found) > self.size.width:
            own = [i for i, (action, _) in enumerate(found) if not _everywhere(action)]
            del found[own[-1] if own else -1]
        return found

    def _key_now(self, action: Action) -> str:
        keymap = cast("PrioritizerApp", self.app).keymap
        focused = self.screen.focused
        names = action.key_names(keymap)
        if focused is None:
            free = names
        else:
            taken = set(focused._bindings.key_to_bindings) - getattr(focused, "HANDED_ON", frozenset())
            free = tuple(
                name
                for name in names
                if name not in taken and not focused.check_consume_key(name, character_of(name))
            )
        if free == names and action.id not in keymap:
            return action.shown or spelled(names[0]) if names else ""
        return spelled(free[0]) if free else ""

    def _at(self, x: int) -> Action | None:
        return next((action for start, end, action in self._places if start <= x < end), None)

    async def on_click(self, event: events.Click) -> None:
        action = self._at(event.x)
        if action is not None:
            await cast("ActionScreen", self.screen).action_run(action.id)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        action = self._at(event.x)
        self.tooltip = Content(action.tooltip) if action is not None else None

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        key_style = base + self.get_component_rich_style("keybar--key", partial=True)
        text_style = base + self.get_component_rich_style("keybar--text", partial=True)
        self._places.clear()
        parts: list[Segment] = []
        x = 0
        for action, key in self.shown():
            width = _width(action, key)
            parts += [Segment(f" {key} ", key_style), Segment(f"{action.text} ", text_style)]
            self._places.append((x, x + width, action))
            x += width
        return Strip(parts).adjust_cell_length(self.size.width, base)


def _width(action: Action, key: str) -> int:
    return cell_width(key) + cell_width(action.text) + 3


def _everywhere(action: Action) -> bool:
    return action.id.startswith("app.") or GLOBAL in action.where

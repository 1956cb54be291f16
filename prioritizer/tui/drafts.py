"""Half-typed words, kept in the session file while they are typed: they outlive a kill and a power cut."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from prioritizer.tui.app import PrioritizerApp
    from prioritizer.workshop.service import Workshop

AT_MOST = 0.25
"""Seconds after which the last key is on its way to the disk; 0.3 is promised."""


class DraftKeeper:
    """Keeps one text; keys in quick succession are one write."""

    def __init__(self, owner: MessagePump, workshop: Workshop, key: str) -> None:
        self._owner = owner
        self._workshop = workshop
        self._key = key
        self._text = ""
        self._kept = ""
        self._waiting = False
        # Whoever ends the app has what waits written first.
        cast("PrioritizerApp", owner.app).keepers.add(self)

    def keep(self, text: str) -> None:
        """Keeps a text, at most `AT_MOST` seconds from now."""
        self._text = text
        if not self._waiting and text != self._kept:
            self._waiting = True
            self._owner.set_timer(AT_MOST, self.flush)

    def found(self, text: str) -> None:
        """This text is kept already: it was brought back."""
        self._kept = self._text = text

    def flush(self) -> None:
        """Writes what waits, at once and without waiting for the disk."""
        self._waiting = False
        if self._text == self._kept:
            return
        self._kept = self._text
        with contextlib.suppress(RuntimeError):  # the session was closed meanwhile
            self._workshop.keep_draft(self._key, self._text)

    def forget(self) -> None:
        """The text has gone where it belongs, or was given up."""
        self._text = ""
        self.flush()

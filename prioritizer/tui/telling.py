"""What the app says in a few words at the edge of the screen: what was done, what is waited for, what went wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, Literal

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.notifications import Notification, Notify
from textual.widgets._toast import ToastRack

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_text

WAITING = 3_600.0
"""Seconds that a message about what is waited for may stand; it is taken away when that has come."""


class Telling(App[int]):
    """An app that speaks in short messages, and survives mistakes of its own."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.mishaps: list[Exception] = []
        """Mistakes of the program itself that were survived; tests expect none."""

    def say(self, words: str) -> None:
        """A short message that goes away by itself."""
        self.notify(clean_text(words, limit=400), markup=False, timeout=4)

    def say_waiting(self, words: str) -> Callable[[], None]:
        """A message that stands until what is returned is called.

        The app's own queue may be what waits: this does not go through it.
        """
        self._hush(words)
        note = Notification(clean_text(words, limit=400), timeout=WAITING, markup=False)
        self._notifications.add(note)
        with contextlib.suppress(NoMatches, ScreenStackError):
            self.screen.get_child_by_type(ToastRack).show(self._notifications)
        return lambda: self._unnotify(note)

    def problem(self, error: PrioritizerError | str) -> None:
        """One sentence about what went wrong and what to do."""
        title = error.title if isinstance(error, PrioritizerError) else "Not now"
        severity: Literal["error", "warning"] = "error" if isinstance(error, PrioritizerError) else "warning"
        words = clean_text(str(error), limit=600)
        self.notify(words, title=title, severity=severity, markup=False, timeout=8)

    def refusals_over(self) -> None:
        """Something else is done now: why a key before it did nothing is read, and is in the way."""
        for old in [n for n in self._notifications if n.severity == "warning"]:
            self._unnotify(old)

    def on_notify(self, event: Notify) -> None:
        # When it is shown, not when it is said: those of a burst are all said before the first is shown.
        self._hush(event.notification.message)

    def _hush(self, words: str) -> None:
        """Before a message: a burst shows its last one; what went wrong, and what is waited for, stays."""
        passing = [n for n in self._notifications if n.severity != "error" and n.timeout < WAITING]
        for old in [*passing, *(n for n in self._notifications if n.message == words and n not in passing)]:
            self._unnotify(old, refresh=False)

    def mishap(self, error: Exception, where: str) -> None:
        """A mistake of the program itself: into the log, one sentence, and on with the session."""
        from prioritizer.workshop.logbook import log_error

        log_error(error, where)
        self.mishaps.append(error)
        self.notify(
            f"The program made a mistake of its own here ({type(error).__name__}); what was saved stays saved, "
            "and you can go on.",
            title="That did not work",
            severity="error",
            markup=False,
            timeout=8,
        )

    def _fatal_error(self) -> None:
        # Textual would print a traceback with the values of all variables: titles, names, answers.
        from prioritizer.workshop.logbook import log_error

        if self._exception is not None:
            log_error(self._exception, "fatal")
        self._close_messages_no_wait()

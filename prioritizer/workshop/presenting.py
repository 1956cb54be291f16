"""Following a session from a second window: looked at, never written, and never lost from sight for long."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError, SessionBusy
from prioritizer.text.clean import clean_text
from prioritizer.workshop.history import happening
from prioritizer.workshop.viewer import visible
from prioritizer.workshop.views.present import slide_of
from prioritizer.workshop.views.slide import Slide

if TYPE_CHECKING:
    from prioritizer.facilitation.clock import Happening
    from prioritizer.model.session import Snapshot
    from prioritizer.scoring.evaluate import Evaluation


class Presenter:
    """What the projector shows of one file. `look` blocks and belongs on a thread; `slide` does not."""

    def __init__(
        self, path: str | os.PathLike[str], *, clock: Callable[[], dt.datetime] | None = None
    ) -> None:
        """Opens nothing yet.

        Args:
            path: The session file.
            clock: Gives the time, UTC; for tests.
        """
        from prioritizer.store import Watch

        self.path = Path(path)
        self._watch = Watch(self.path)
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._snapshot: Snapshot | None = None
        self._recent: tuple[Happening, ...] = ()
        self._evaluated: tuple[Snapshot, Evaluation] | None = None
        self._as_of: dt.datetime | None = None
        self.trouble = ""
        """Why the file cannot be read now, in a sentence; "" while it can."""

    def first_look(self) -> None:
        """The look that refuses what is no session.

        Raises:
            SessionRefused: It is missing or is no session.
        """
        try:
            self._take()
        except SessionBusy as busy:
            self.trouble = self._without_folder(str(busy))

    def look(self) -> bool:
        """Reads what is new; whether the slide may be another one. Whatever befalls the file is survived."""
        before = self.trouble
        try:
            changed = self._take()
        except PrioritizerError as error:
            self.trouble = self._without_folder(str(error))
            return self.trouble != before
        self.trouble = ""
        return changed or bool(before)

    def _without_folder(self, words: str) -> str:
        """A sentence for a wall: folders are called after people, too."""
        folder = clean_text(str(self._watch.path.parent), limit=1_000, lines=False)
        return clean_text(words.replace(folder + os.sep, ""), limit=300, lines=False)

    def _take(self) -> bool:
        seen = self._watch.look()
        self._as_of = self._clock()
        if seen is None:
            return False
        # The one function that decides what may be seen stands between the file and the wall.
        self._snapshot = visible(seen.snapshot)
        self._recent = tuple(happening(entry) for entry in seen.recent)
        return True

    def slide(self) -> Slide | None:
        """What to show now; none before the first look that worked."""
        if self._snapshot is None:
            return None
        return slide_of(self._snapshot, self._evaluation, self._recent, self._clock())

    def state(self) -> str:
        """One line about the window itself: that it follows, or why it does not."""
        if not self.trouble:
            return "following"
        if self._as_of is None:
            return self.trouble
        return f"As it was at {self._as_of.astimezone():%H:%M}. {self.trouble}"

    def close(self) -> None:
        """Lets go of the file."""
        self._watch.close()

    def _evaluation(self) -> Evaluation:
        from prioritizer.scoring.evaluate import evaluate

        snapshot = self._snapshot
        assert snapshot is not None, "a slide is made of a session"
        if self._evaluated is None or self._evaluated[0] is not snapshot:
            self._evaluated = (snapshot, evaluate(snapshot))
        return self._evaluated[1]

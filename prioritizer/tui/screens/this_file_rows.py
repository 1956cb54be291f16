"""The rows of the file's screen: what is to be settled, other copies, backups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from prioritizer.text.clean import clean_text
from prioritizer.text.phrases import counted
from prioritizer.text.width import fit
from prioritizer.tui.screens.files_listing import size_words
from prioritizer.tui.screens.home_words import short_path, when
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.rowlist import HEADING

if TYPE_CHECKING:
    from textual.app import App

    from prioritizer.workshop.backups import Backup
    from prioritizer.workshop.other_copies import Compared
    from prioritizer.workshop.service import Workshop

SETTLE = "settle"
_BEFORE = {
    "merge": "before a merge",
    "import": "before an import",
    "migration": "before a new format",
    "restore": "before a restore",
    "asked": "asked for",
}


@dataclass
class FileRows:
    """What there is to say about an open file."""

    to_settle: int = 0
    copies: dict[str, Compared] = field(default_factory=dict)
    backups: dict[str, Backup] = field(default_factory=dict)
    place: str = ""
    """What to know about the folder, with what to do; "" for an ordinary one."""

    @classmethod
    def read(cls, workshop: Workshop, known: Iterable[str] = (), *, backups: bool = True) -> FileRows:
        """Looks at the file and around it; not for the event loop.

        Raises:
            PrioritizerError: The file cannot be read any more.
        """
        from prioritizer.workshop.sharing import where_it_lies

        return cls(
            len(workshop.conflicts()),
            {f"copy {each.path}": each for each in workshop.other_copies(known)},
            {f"backup {each.path}": each for each in workshop.backups()} if backups else {},
            where_it_lies(workshop.path) or "",
        )

    def where(self, path: Path) -> str:
        """Where the file lies, and what to know about that."""
        return "\n".join(filter(None, (short_path(str(path.absolute()), 70), self.place)))

    def keys(self) -> list[str]:
        """Rows, with headings."""
        rows = [f"{HEADING}settle", SETTLE] if self.to_settle else [f"{HEADING}nothing to settle"]
        rows += [f"{HEADING}gap", f"{HEADING}copies", *self.copies]
        return [*rows, f"{HEADING}gap", f"{HEADING}backups", *self.backups]

    def line(self, key: str, width: int, app: App[Any]) -> Text:
        """A row as styled text."""
        text = Text(no_wrap=True, end="")
        muted = style_of(app, "muted")
        if key.startswith(HEADING):
            heading, beside = self._heading(key[len(HEADING) :])
            text.append(fit(heading, min(width, len(heading))), f"bold {style_of(app, 'accent')}")
            text.append(fit(f"  {beside}", max(0, width - len(heading))), muted)
        elif key == SETTLE:
            words = f"{counted(self.to_settle, 'question')}, one key each"
            text.append(fit(f"  ◆ {words}", width), style_of(app, "warn"))
        elif key in self.copies:
            each = self.copies[key]
            right = 34 if width < 90 else 44
            text.append(fit(f"  + {_name(each.path)}", width - right))
            text.append(fit(_changes(each), right, align="right"), style_of(app, "mark"))
        elif key in self.backups:
            backup = self.backups[key]
            now = dt.datetime.now().astimezone()
            text.append(fit(f"    {when(backup.time.isoformat(), now)}", 22))
            text.append(fit(_BEFORE.get(backup.reason, backup.reason), max(0, width - 34)), muted)
            text.append(fit(size_words(backup.size), 12, align="right"), muted)
        return text

    def _heading(self, key: str) -> tuple[str, str]:
        return {
            "settle": ("To settle", ""),
            "nothing to settle": ("To settle", "nothing: no copy says otherwise"),
            "copies": ("Other copies", "" if self.copies else "none has anything that this file lacks"),
            "backups": (
                "Backups",
                "" if self.backups else "none yet; one is made before a merge or an import",
            ),
        }.get(key, ("", ""))

    def explain(self, key: str) -> str:
        """A sentence about the row under the cursor: what Enter does."""
        if key == SETTLE:
            return "⏎ shows what people changed in different copies without knowing of each other."
        if key in self.copies:
            each = self.copies[key]
            return (
                f"{each.words}\n⏎ brings that in here, u takes it back; g goes on in that copy instead.\n"
                f"It lies in {short_path(str(each.path.absolute().parent), 70)}"
            )
        if key in self.backups:
            return (
                "⏎ writes this backup out as a session of its own, and opens it; this file stays as it is.\n"
                f"{short_path(str(self.backups[key].path), 70)}"
            )
        return ""


def _name(path: Path) -> str:
    return clean_text(path.name, limit=200, lines=False)


def _changes(each: Compared) -> str:
    theirs = f"{each.theirs:,} you don't have"
    return f"{theirs}, {each.ours:,} only here" if each.ours else theirs

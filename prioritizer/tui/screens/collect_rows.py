"""The list of candidates: which of them are shown, and how a line of it is drawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.text import Text
from textual.app import App

from prioritizer.model.session import Snapshot, UseCase
from prioritizer.text.width import fit
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.rowlist import Look

_TAGS = 0.32
"""Share of the line that the tags get."""


class CandidateRows:
    """Rows of the latest snapshot; what a filter looks at is kept as long as its use case."""

    def __init__(self, app: App[object]) -> None:
        self._app = app
        self._cases: dict[str, UseCase] = {}
        self._haystacks: dict[str, tuple[UseCase, str]] = {}
        self._merged: set[str] = set()

    def show(self, snapshot: Snapshot, *, lot: bool) -> list[UseCase]:
        """Takes a snapshot; gives back the candidates, or the parking lot."""
        shown = list(snapshot.parked() if lot else snapshot.live())
        if lot:
            shown = [u for u in shown if not u.merged_into]
        self._cases = {u.id: u for u in shown}
        self._merged = {u.merged_into for u in snapshot.use_cases.values() if u.merged_into and not u.deleted}
        return shown

    def keys(self, words: Sequence[str], tag: str = "") -> list[str]:
        """Ids of those that hold all words and, where one is given, exactly this tag."""
        if not words and not tag:
            return list(self._cases)
        return [
            i
            for i, u in self._cases.items()
            if (not tag or tag in u.tags) and all(self._has(u, w) for w in words)
        ]

    def _has(self, case: UseCase, word: str) -> bool:
        if word[0] == "#" and word[1:].isdecimal():
            return case.number == int(word[1:])
        return word in self._haystack(case)

    def _haystack(self, case: UseCase) -> str:
        known = self._haystacks.get(case.id)
        if known is not None and known[0] is case:
            return known[1]
        text = f"{case.title} {case.task} {' '.join(case.tags)} {case.proposer}".casefold()
        self._haystacks[case.id] = (case, text)
        return text

    def get(self, key: str | None) -> UseCase | None:
        """The use case of a row."""
        return self._cases.get(key or "")

    def header(self, look: Look) -> Text:
        """The line above the list."""
        text = Text(no_wrap=True, end="")
        title, tags = _widths(look.width)
        words = f"   {'#':>4}  {fit('use case', title)} {fit('tags', tags)}"
        text.append(words, style_of(self._app, "muted"))
        return text

    def draw(self, key: str, look: Look, marked: Collection[str]) -> Text:
        """One line: mark, number, title with its task, tags."""
        case = self._cases.get(key)
        text = Text(no_wrap=True, end="")
        if case is None:
            return text
        muted = style_of(self._app, "muted")
        title, tags = _widths(look.width)
        text.append(" ● " if key in marked else "   ", style_of(self._app, "mark"))
        text.append(f"{case.number:>4}", muted)
        text.append(" ⊕" if case.id in self._merged else "  ", style_of(self._app, "accent"))
        said = _beside(case)
        whole = fit(f"{case.title}  {said}" if said else case.title, title)
        bold = len(case.title)
        text.append(whole[:bold])
        text.append(whole[bold:], muted)
        text.append(" " + fit(", ".join(case.tags), tags), style_of(self._app, "second"))
        return text


def _beside(case: UseCase) -> str:
    """What stands beside the title: why it is parked, or the task."""
    if not case.parked:
        return case.task
    words = [case.parked_why, case.parked_who, case.parked_when or ""]
    return " · ".join(w for w in words if w) or case.task


def _widths(width: int) -> tuple[int, int]:
    tags = int((width - 10) * _TAGS)
    return max(10, width - 10 - tags), max(0, tags)

"""The lines of Frame: what the session is for, who is in the room, what is asked, what counts."""

from __future__ import annotations

from rich.text import Text
from textual.app import App

from prioritizer.model.session import Participant, Snapshot
from prioritizer.text.phrases import counted
from prioritizer.text.width import fit
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.rowlist import HEADING, Look
from prioritizer.workshop.commands.settle import DEADLOCK_TITLES
from prioritizer.workshop.views.frame import absent_roles, agenda_of, shares, weights_from

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("title", "Title", "what this session is called"),
    ("purpose", "Purpose", "what this group must choose, and for what"),
    ("decision_rule", "Decision rule", "how it is decided when you do not agree"),
    ("deadlock", "If we differ", "what settles a cell after three votes"),
    ("decider", "Who decides", "one name"),
    ("facilitator", "Facilitator", "who leads through the session"),
    ("agenda", "Agenda", "the phases and their minutes"),
    ("minutes", "Minutes", "how long the session is"),
    ("top", "Shortlist", "how many use cases leave the room"),
)
"""(field, label, what to write there)."""

HOW_SIGNS = {"room": "●", "before": "◐", "off": "○"}
_LABEL = 15


def row_keys(snapshot: Snapshot, words: list[str]) -> list[str]:
    """Keys of the lines that hold all of ``words``; headings stay while a line below them does."""
    groups: list[tuple[str, list[str]]] = [
        ("session", [f"s:{name}" for name, _, _ in FIELDS]),
        ("room", [f"p:{p.id}" for p in people(snapshot)] or ["!add"]),
        ("asked", [f"c:{c}" for c in snapshot.preset.criterion_ids]),
        ("weights", [f"w:{d.id}" for d, _ in shares(snapshot)]),
    ]
    found: list[str] = []
    for name, keys in groups:
        shown = [k for k in keys if all(w in haystack(snapshot, k) for w in words)]
        if shown:
            found += [*([f"{HEADING}"] if found else []), f"{HEADING}{name}", *shown]
    return found


def people(snapshot: Snapshot) -> list[Participant]:
    """The roster: who is here first, by the order in which they joined."""
    return sorted((p for p in snapshot.participants if p.name), key=lambda p: (not p.present, p.index))


def haystack(snapshot: Snapshot, key: str) -> str:
    """What a filter looks at, case-folded."""
    kind, _, name = key.partition(":")
    if kind == "s":
        label = next(label for field, label, _ in FIELDS if field == name)
        return f"{label} {field_value(snapshot, name)}".casefold()
    if kind == "p":
        person = snapshot.participant(name)
        return "" if person is None else f"{person.name} {role_title(snapshot, person.role)}".casefold()
    if kind == "c":
        criterion = snapshot.preset.find_criterion(name)
        return f"{name} {criterion.title} {criterion.question} {snapshot.how_asked(name)}".casefold()
    return f"{name} {snapshot.preset.find_dimension(name).title}".casefold() if kind == "w" else "nobody"


def field_value(snapshot: Snapshot, name: str) -> str:
    """What stands in a field of the session, as shown."""
    if name == "agenda":
        agenda = agenda_of(snapshot)
        if agenda is None:
            return ""
        return agenda.title if snapshot.agenda else f"{agenda.title} (nearest to the minutes)"
    if name == "deadlock":
        return DEADLOCK_TITLES[snapshot.deadlock]
    if name == "minutes":
        return "" if snapshot.minutes is None else str(snapshot.minutes)
    if name == "top":
        return f"the first {snapshot.top}"
    return str(getattr(snapshot, name))


def role_title(snapshot: Snapshot, role: str | None) -> str:
    """How a role is called; "" for none."""
    return next((r.title for r in snapshot.preset.role if r.id == role), role or "")


class FrameLines:
    """Draws the lines of one snapshot."""

    def __init__(self, app: App[object], snapshot: Snapshot) -> None:
        self._app = app
        self._snapshot = snapshot
        self._absent = {c for each in absent_roles(snapshot) for c in each.criteria}

    def draw(self, key: str, look: Look) -> Text:
        """One line as styled text."""
        text = Text(no_wrap=True, end="")
        kind, _, name = key.partition(":")
        if key == HEADING:
            return text  # a gap between two parts
        if key.startswith(HEADING):
            self._heading(text, key[1:], look)
        elif kind == "s":
            self._field(text, name, look)
        elif kind == "p":
            self._person(text, name, look)
        elif kind == "c":
            self._criterion(text, name, look)
        elif kind == "w":
            self._weight(text, name)
        else:
            words = hint("   Nobody yet: {frame.add} adds people by name and role")
            text.append(fit(words, look.width), self._style("muted"))
        return text

    def _style(self, role: str) -> str:
        return style_of(self._app, role)

    def _heading(self, text: Text, name: str, look: Look) -> None:
        snapshot = self._snapshot
        here = [p for p in snapshot.participants if p.present and p.name]
        asked = [snapshot.how_asked(c) for c in snapshot.preset.criterion_ids]
        title, said = {
            "session": ("The session", ""),
            "room": ("In the room", f"{len(here)} here, {sum(p.voter for p in here)} vote" if here else ""),
            "asked": ("What is asked", _counts(asked)),
            "weights": ("What counts", weights_from(snapshot)),
        }[name]
        text.append(f" {title}", f"bold {self._style('accent')}")
        text.append(fit(f"  {said}", max(0, look.width - len(title) - 1)), self._style("muted"))

    def _field(self, text: Text, name: str, look: Look) -> None:
        _, label, hint = next(f for f in FIELDS if f[0] == name)
        value = field_value(self._snapshot, name)
        text.append(f"   {fit(label, _LABEL)}")
        room = max(0, look.width - _LABEL - 3)
        if value:
            text.append(fit(value, room), "bold" if name == "title" else "")
        else:
            text.append(fit(f"– {hint}", room), self._style("muted"))

    def _person(self, text: Text, name: str, look: Look) -> None:
        person = self._snapshot.participant(name)
        if person is None:
            return
        muted = self._style("muted")
        text.append(" ● " if person.present else " ○ ", self._style("good") if person.present else muted)
        text.append(fit(person.name, max(12, look.width - 37)), "" if person.present else muted)
        role = role_title(self._snapshot, person.role) or "no role"
        text.append(fit(f" {role}", 18), "" if person.role else muted)
        said = ("votes" if person.voter else "listens") if person.present else "away"
        text.append(fit(f" {said}", 16), muted)

    def _criterion(self, text: Text, name: str, look: Look) -> None:
        criterion = self._snapshot.preset.find_criterion(name)
        how = self._snapshot.how_asked(name)
        role = role_title(self._snapshot, criterion.role)
        said = {"room": "in the room", "before": f"before, {role}", "off": "off"}[how]
        if how != criterion.asked:
            said += " *"
        muted = self._style("muted")
        text.append(f" {HOW_SIGNS[how]} ", self._style("accent") if how == "room" else muted)
        text.append(fit(name, 5), "bold" if how != "off" else muted)
        text.append(fit(criterion.title, max(10, look.width - 43)), muted if how == "off" else "")
        text.append(fit(f" {said}", 21), muted)
        text.append(fit("! nobody here" if name in self._absent else "", 14), self._style("warn"))

    def _weight(self, text: Text, name: str) -> None:
        dimension, share = next((d, s) for d, s in shares(self._snapshot) if d.id == name)
        text.append(f"   {fit(dimension.title, 28)}")
        text.append(f"{round(100 * share):>3} % ", "bold")
        text.append("█" * round(share * 30), self._style("accent"))
        asked = sum(
            1 for c in self._snapshot.preset.criteria_of(name) if self._snapshot.how_asked(c.id) != "off"
        )
        text.append(f"  {counted(asked, 'question')}", self._style("muted"))


def _counts(asked: list[str]) -> str:
    words = [f"{asked.count('room')} in the room", f"{asked.count('before')} before"]
    if off := asked.count("off"):
        words.append(f"{off} off")
    return ", ".join(words)

"""One candidate in full: task, note, facts, where it came from, what was merged into it."""

from __future__ import annotations

from prioritizer.model.session import Snapshot, UseCase
from prioritizer.text.phrases import listed
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.widgets.textpane import Paragraph
from prioritizer.workshop.views.collect import FACTS, fact_words, merged_here, supports

_BLANK: Paragraph = ("", "")
_CELL = 300
"""Characters of an imported column that are shown."""

EMPTY: list[Paragraph] = [
    ("A good use case names one task", "strong"),
    ("a verb, what it works on, and who does it today: “Sort incoming support tickets into queues”.", ""),
    _BLANK,
    ("Type a title and press Enter. “title — task” takes the task along.", "muted"),
    ("Paste many lines to add them all; {typing:collect.import} imports a CSV, JSON or list file.", "muted"),
]


def detail(snapshot: Snapshot, case: UseCase | None) -> list[Paragraph]:
    """All that is known of one candidate."""
    if case is None:
        return [(hint(paragraph[0]), *paragraph[1:]) for paragraph in EMPTY]
    found: list[Paragraph] = [(f"#{case.number} {case.title}", "strong")]
    if case.task:
        found.append((case.task, ""))
    if case.note:
        found += [_BLANK, (case.note, "muted")]
    found.append(_BLANK)
    if case.tags:
        found.append(("Tags      ", ", ".join(case.tags), ""))
    if case.proposer:
        found.append(("Proposed  ", f"by {case.proposer}", ""))
    facts = fact_words(case)
    found.append(
        (
            "Facts     ",
            " · ".join(facts) if facts else hint("none yet; {collect.facts} records them"),
            "" if facts else "muted",
        )
    )
    found += _lineage(snapshot, case)
    if case.parked:
        words = [w for w in (case.parked_why, case.parked_who, case.parked_when or "") if w]
        found += [
            _BLANK,
            ("Parked    ", " · ".join(words) or "without a reason", "lead-warn"),
            (hint("{collect.back} brings it back."), "muted"),
        ]
    if case.source:
        found += [_BLANK, ("From the import", "accent")]
        found += [(f"{_short(column)}: {cell[:_CELL]}", "muted") for column, cell in case.source.items()]
    return found


def _lineage(snapshot: Snapshot, case: UseCase) -> list[Paragraph]:
    found: list[Paragraph] = []
    parent = snapshot.use_cases.get(case.parent or "")
    if parent is not None:
        found.append(("Slice of  ", f"#{parent.number} {parent.title}", ""))
    for i, each in enumerate(merged_here(snapshot, case.id)):
        found.append(("⊕ Merged  " if i == 0 else "          ", f"#{each.number} {each.title}", ""))
    return found


def facts_note(snapshot: Snapshot) -> str:
    """What each fact supports, for the dialog that asks for them."""
    together: dict[str, list[str]] = {}
    for fact, title in FACTS.items():
        if beside := supports(snapshot.preset, fact):
            together.setdefault(beside, []).append(title)
    lines = [f"{listed(titles)}: shown beside {beside}" for beside, titles in together.items()]
    return "\n".join(lines) or "Facts are shown with the use case and printed with the shortlist."


def _short(column: str) -> str:
    return column if len(column) <= 40 else column[:39] + "…"

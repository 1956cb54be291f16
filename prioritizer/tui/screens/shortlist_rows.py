"""What the shortlist looks like: cards of what was chosen, the traps with their slices, and what is not now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.charts.segments import Row
from prioritizer.text.width import cell_width, fit, wrap
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens.rank_rows import clause, fit_to, gap_text, joined, marks, thin_bar
from prioritizer.tui.styles import LANE_SIGNS

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.views.rank import RankRow
    from prioritizer.workshop.views.shortlist import Decided, ShortLine, ShortlistView, ToDo

MOST_TODO = 3
"""Conditions shown on a card; the others are counted."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Cells of the columns."""

    rank: int
    label: int
    title: int
    lane: int
    """Sign and title of the lane; 1 is the sign alone."""
    bar: int
    marks: int


def layout(width: int, total: int, *, tied: bool) -> Layout:
    """Columns for a list of this width."""
    rank, label = max(2, len(str(total)) + tied), max(2, len(str(total)))
    fixed = 2 + rank + 1 + label + 1 + 2 + 4 + 5 + 5 + 2
    marks_, lane, bar = 13, 1, 0
    title = width - fixed - marks_ - lane
    spare = max(0, title - 36)
    title -= spare
    if spare >= 17:
        lane, spare = 18, spare - 17
    more = min(spare, 14)
    marks_, spare = marks_ + more, spare - more
    if spare >= 10:
        bar, spare = 9, spare - 10
    more = min(spare, 16)
    return Layout(rank, label, max(1, title + more), lane, bar, marks_ + spare - more)


def head_rows(snapshot: Snapshot, view: ShortlistView | None, exported: str, width: int) -> list[Row]:
    """The decision rule and who decides, on top; how far the shortlist is, below."""
    rule = snapshot.decision_rule or hint("not written down yet; {app.frame} goes to Frame")
    rows: list[Row] = []
    lines = wrap(rule, max(20, width - 17))[:3]
    for i, line in enumerate(lines):
        name = " Decision rule  " if not i else " " * 16
        rows.append([(name, "muted"), (line, "strong" if snapshot.decision_rule else "warn")])
    who = snapshot.decider or hint("nobody is named yet; {app.frame} goes to Frame")
    rows.append(
        [(" Decides        ", "muted"), (fit_to(who, width - 17), "strong" if snapshot.decider else "warn")]
    )
    if view is not None:
        rows.append([(" ", ""), (fit_to(view.sentence, width - 2), "accent strong")])
    if exported:
        rows.append([(" ✓ ", "good"), (fit_to(exported, width - 4), "")])
    return rows


def heading_row(key: str, view: ShortlistView, counts: dict[str, int], parked: int, width: int) -> Row:
    """The heading of a part."""
    title, count, meaning, role = {
        "on": ("Shortlist", len(view.lines), _state(view), "good"),
        "traps": (
            "Demo traps",
            counts.get("traps", 0),
            hint("they show more than they are ready for: {shortlist.slice} makes a slice a use case"),
            "bad",
        ),
        "not": ("Not now", counts.get("not", 0), "and what would change it", "accent"),
        "more": ("…", counts.get("more", 0), "more in the ranking: / finds them", "muted"),
        "parked": ("Parking lot", parked, hint("set aside, not forgotten: {app.collect} shows it"), "muted"),
    }[key]
    head = f" {title} "
    used = cell_width(head) + len(f"{count:,}") + 3
    return [
        (head, f"{role} strong"),
        (f"{count:,}", "strong"),
        ("   ", ""),
        (clause(meaning, max(0, width - used)), "muted"),
    ]


def _state(view: ShortlistView) -> str:
    if view.decided:
        return hint(
            "chosen by the room: {shortlist.more} {shortlist.fewer} how many, {shortlist.toggle} which"
        )
    return f"proposed, the first {view.top}: " + hint(
        "{shortlist.more} {shortlist.fewer} how many, {shortlist.toggle} which, {shortlist.accept} decides"
    )


def row_parts(row: RankRow, at: Layout, lane_title: str, sign: tuple[str, str]) -> Row:
    """One use case in one line.

    Args:
        row: Its numbers.
        at: The columns.
        lane_title: Title of its lane.
        sign: What stands at the front: on, left out, or on its way.
    """
    lane = f"lane-{row.lane}"
    rank = f"={row.rank}" if row.tied else str(row.rank)
    parts: Row = [(" ", ""), sign, (fit(rank, at.rank, align="right"), "muted"), (" ", "")]
    parts += [(fit(row.label, at.label, align="right"), "strong"), (" ", ""), (fit(row.title, at.title), "")]
    shown = LANE_SIGNS[row.lane] if at.lane == 1 else f"{LANE_SIGNS[row.lane]} {lane_title}"
    parts += [("  ", ""), (fit(shown, at.lane), lane)]
    if at.bar:
        parts += [(" ", ""), *thin_bar(row.readiness, at.bar, role=lane)]
    value = "–" if row.demonstration is None else str(row.demonstration)
    parts += [(f" {row.readiness:>3}", "strong"), (f" {value:>4}", "")]
    parts += [(f" {gap_text(row.gap):>4}", "bad" if row.trap else "muted"), ("  ", "")]
    found = marks(row)
    if row.overridden:
        found.append((f"⚑{LANE_SIGNS[row.lane_by_rules]}" if row.lane != row.lane_by_rules else "⚑", "mark"))
    return [*parts, *joined(found, at.marks)]


def header_row(at: Layout) -> Row:
    """Names of the columns."""
    head = "  " + fit("rank", at.rank + 1 + at.label + 1) + fit("use case", at.title) + "  "
    head += fit("" if at.lane == 1 else "lane", at.lane) + (" " + " " * at.bar if at.bar else "")
    return [(f"{head}{'rdy':>4} {'demo':>4} {'gap':>4}  {fit('marks', at.marks)}", "muted")]


def card_rows(line: ShortLine, width: int) -> list[Row]:
    """What stands below a chosen use case: owner and date, overrides, who does what by when, the note."""
    lead = "       "
    owner = line.owner or "nobody owns it yet"
    due = f"by {line.due}" if line.due else "no date yet"
    named = bool(line.owner and line.due)
    hints = [] if named else [hint("{shortlist.owner} names them")]
    if any(not each.assigned or not each.when for each in line.todo):
        hints.append(hint("{shortlist.who} who, when"))
    missing = f"   {' · '.join(hints)}" if hints else ""
    sign, role = ("✓ ", "good") if named else ("! ", "warn")
    rows: list[Row] = [
        [
            (f"{lead}{sign}", role),
            (fit_to(f"{owner}, {due}", width - 10 - cell_width(missing)), role),
            (missing, "muted"),
        ]
    ]
    rows += [override_row(each, line, width) for each in line.overrides]
    for each in line.todo[:MOST_TODO]:
        rows.append(
            [(f"{lead}{'? ' if each.find_out else '! '}", "warn"), (fit_to(todo_words(each), width - 10), "")]
        )
    if len(line.todo) > MOST_TODO:
        rows.append(
            [
                (
                    f"{lead}  and {len(line.todo) - MOST_TODO} more: {key_of('shortlist.who')} goes through them",
                    "muted",
                )
            ]
        )
    if line.note:
        rows.append([(f"{lead}  ", ""), (fit_to(f"“{line.note}”", width - 10), "muted")])
    return rows


def rest_rows(line: ShortLine, width: int, *, trap: bool) -> list[Row]:
    """What stands below one that is not on the shortlist: its slice, and what would change it."""
    lead = "       "
    rows = [override_row(each, line, width) for each in line.overrides]
    if trap:
        what = line.slice or hint("no slice is named yet: {shortlist.slice} names one")
        rows.append(
            [(f"{lead}→ ", "good"), (fit_to(f"slice: {what}", width - 10), "" if line.slice else "warn")]
        )
    elif line.change:
        rows.append([(f"{lead}↑ ", "accent"), (fit_to(line.change, width - 10), "muted")])
    return rows


def override_row(each: Decided, line: ShortLine, width: int) -> Row:
    """Who set what aside, when and why, with the lane that the rules gave."""
    by_rules = f" By the rules: {line.lane_by_rules}." if line.lane_by_rules else ""
    what = "lane" if each.target == "lane" else f"“{each.title}”"
    text = f"{what} set aside by {each.by} on {each.date}.{by_rules} {each.reason}"
    return [("       ⚑ ", "mark"), (fit_to(text, width - 10), "")]


def todo_words(each: ToDo) -> str:
    """Who and when first: where a line is cut, they are not."""
    when = f" by {each.when}" if each.when else ", no date yet"
    return f"{each.who or 'nobody yet'}{when}: {each.what}"

"""When nothing can be piloted first: the nearest, with the fewest fixes, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.charts.segments import Row
from prioritizer.text.width import wrap
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens.rank_rows import fit_to
from prioritizer.tui.screens.rank_why import hanging
from prioritizer.tui.styles import LANE_SIGNS

if TYPE_CHECKING:
    from prioritizer.workshop.views.fixes import Fix
    from prioritizer.workshop.views.near import NearView


def unknown_banner(width: int) -> list[Row]:
    """Instead of it while hardly anything is known: nothing is near to anything yet."""
    text = hint("Too little is known to rank: {app.gate} answers the gates, {app.rate} rates the facts.")
    return [[(" ? ", "warn"), (fit_to(text, width - 4), "strong")]]


def near_banner(view: NearView | None, first_lane: str, width: int, height: int) -> list[Row]:
    """The few lines at the top of the ranking; all of it stands behind ``n``.

    Args:
        view: The nearest; none while they are worked out.
        first_lane: Title of the lane that is empty.
        width: Cells of a line.
        height: Lines at most.
    """
    if view is None:
        text = f"Nothing is in “{first_lane}” yet. Looking for what is nearest …"
        return [[(" ◌ ", "warn"), (fit_to(text, width - 4), "strong")]]
    rows: list[Row] = []
    for i, line in enumerate(wrap(view.sentence, width - 4)):
        rows.append([(" ! " if not i else "   ", "warn"), (line, "strong")])
    # Every one of the nearest is named; their fixes share the lines that are left.
    room = height - len(rows) - len(view.rows) - 1
    shown = [0] * len(view.rows)
    while room > 0 and any(n < len(near.fixes) for n, near in zip(shown, view.rows, strict=True)):
        for i, near in enumerate(view.rows):
            if room > 0 and shown[i] < len(near.fixes):
                shown[i], room = shown[i] + 1, room - 1
    hidden = 0
    for near, most in zip(view.rows, shown, strict=True):
        head = f"   {LANE_SIGNS[near.lane]} {near.label} "
        rows.append([(head, f"strong lane-{near.lane}"), (fit_to(near.title, width - 10), "strong")])
        rows += [[("        ", ""), (fit_to(_in_one_line(f), width - 9), "")] for f in near.fixes[:most]]
        hidden += len(near.fixes) - most
    if hidden:
        fixes = "fix" if hidden == 1 else "fixes"
        rows.append([(f"        and {hidden} more {fixes}: {key_of('rank.near')} shows all", "muted")])
    return rows


def near_rows(view: NearView, width: int) -> list[Row]:
    """All of it, with what each fix changes."""
    rows = [*hanging(view.sentence, width, role="strong"), []]
    for near in view.rows:
        head = f"{LANE_SIGNS[near.lane]} {near.label} {near.title}"
        rows += hanging(f"{head} · {near.lane_title}", width, role=f"strong lane-{near.lane}")
        for fix in near.fixes:
            sign = "? " if fix.kind == "find-out" else "! "
            rows += hanging(fix_words(fix), width, sign=sign, role="warn", indent=1)
            rows += hanging(fix.target, width, role="muted", indent=2)
        rows.append([])
    if not view.complete:
        rows += hanging("There were too many candidates to look at all of them.", width, role="muted")
    return rows


def _in_one_line(fix: Fix) -> str:
    """Who and when first: where a line is cut, they are not."""
    when = f" by {fix.when}" if fix.when else ", no date yet"
    return f"{fix.who or 'nobody yet'}{when}: {fix.what}"


def fix_words(fix: Fix) -> str:
    """``Data: get read access, by 2026-12-01``."""
    who = fix.who or "nobody yet"
    when = f"by {fix.when}" if fix.when else "no date yet"
    return f"{who}: {fix.what}, {when}"

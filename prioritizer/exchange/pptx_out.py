"""Five slides for the room that was not there: list, order, map, mirror, what is open.

The charts are native: whoever gets the deck can restyle them and edit their numbers.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from prioritizer.exchange.changes import change
from prioritizer.exchange.html_out import open_tasks, signed
from prioritizer.exchange.pptx_deck import Deck, clipped
from prioritizer.model.report import Report, ReportLine

MOST_BARS = 14
MOST_POINTS = 60
MOST_LISTED = 6

_GROUPS = (
    ("pilot-first", "lane-pilot-first"),
    ("fix-then-pilot", "lane-fix-then-pilot"),
    ("incubate", "lane-incubate"),
    ("", "lane-not-yet"),
)


def report_pptx(report: Report) -> bytes:
    """The deck."""
    deck = Deck(
        report.title, report.date, f"{report.preset_id} {report.preset_version} · {report.preset_hash}"
    )
    _shortlist(deck, report)
    _order(deck, report)
    _map(deck, report)
    _mirror(deck, report)
    _open(deck, report)
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _shortlist(deck: Deck, report: Report) -> None:
    slide = deck.slide(f"Shortlist: {report.title}")
    how = "Chosen by the room" if report.decided else "Proposed by the ranking, not decided yet"
    chosen = report.shortlist()
    facts = [how]
    if report.purpose:
        facts.append(f"Purpose: {clipped(report.purpose, 180)}")
    if report.decision_rule:
        facts.append(f"Decision rule: {clipped(report.decision_rule, 180)}")
    deck.lines(slide, facts, top=1.25, height=1.05, size=14)
    rows = [
        [
            f"{line.rank}{'=' if line.tied else ''}",
            _named(line, 60),
            clipped(line.lane_title, 24),
            str(line.readiness) if line.low == line.high else f"{line.readiness} ({line.low}–{line.high})",
            "not known" if line.demonstration is None else str(line.demonstration),
            signed(line.gap),
            _marks(line),
            clipped(line.weakest, 120),
            f"{clipped(line.owner or 'nobody yet', 30)}, {line.due or 'no date'}",
        ]
        for line in chosen[:MOST_LISTED]
    ]
    if rows:
        head = [
            "Rank",
            "Use case",
            "Lane",
            "Readiness",
            "Demo",
            "Gap",
            "Marks",
            "Weakest fact",
            "Owner, date",
        ]
        deck.table(slide, head, rows, top=2.6, widths=(0.75, 2.35, 1.15, 1.35, 0.85, 0.7, 1.4, 2.9, 1.5))
    else:
        deck.lines(slide, ["Nothing is ready to be piloted."], top=2.5, height=0.6, size=18)
    deck.say(slide, _charter_notes(report))
    more = len(chosen) - MOST_LISTED
    if more > 0:
        deck.lines(slide, [f"and {more} more in the shortlist itself"], top=6.55, height=0.4, size=12)


def _charter_notes(report: Report) -> list[str]:
    """What the room was asked for the charters, so that whoever shows the deck can say it."""
    asked = {"business_owner", "first_fact", "decision_date", "human_review"}
    notes: list[str] = []
    for charter in report.charters[:MOST_LISTED]:
        known, unknown = charter.counts()
        notes.append(f"Charter of #{charter.number} {charter.title}: {known} fields filled, {unknown} open.")
        fields = (f for _, section in charter.sections for f in section if f.id in asked)
        notes += [f"{f.title}: {f.text or f'open. {f.question} ({f.owner})'}" for f in fields]
    return notes


def _order(deck: Deck, report: Report) -> None:
    slide = deck.slide("The order by readiness")
    lines = report.lines[:MOST_BARS]
    if lines:
        # Bars grow from the bottom: reversed, so that the first place stands on top.
        names = [_named(line, 48) for line in reversed(lines)]
        lanes = {x.lane: x.lane_title for x in lines}
        series = [
            (title, "lane-" + lane, [x.readiness if x.lane == lane else None for x in reversed(lines)])
            for lane, title in lanes.items()
        ]
        words = "; ".join(f"{_named(x, 60)}: {x.readiness}, {x.lane_title}" for x in lines)
        deck.bars(slide, names, series, words, one_each=True)
    notes = [report.stability] if report.stability else []
    notes.append(f"Lane comes before score. {_by_lane(lines)}")
    if len(report.lines) > MOST_BARS:
        notes.append(f"The first {MOST_BARS} of {len(report.lines):,} use cases.")
    deck.lines(slide, notes, top=6.25, height=0.8, size=12)


def _by_lane(lines: Sequence[ReportLine]) -> str:
    """Which use cases are in which lane, for whoever does not see the colours."""
    lanes: dict[str, list[str]] = {}
    for line in lines:
        lanes.setdefault(line.lane_title, []).append(f"#{line.number}")
    return "; ".join(f"“{title}”: {', '.join(numbers)}" for title, numbers in lanes.items())


def _map(deck: Deck, report: Report) -> None:
    slide = deck.slide("Readiness against demonstration value")
    known = [line for line in report.lines if line.demonstration is not None][:MOST_POINTS]
    groups: list[tuple[str, str, list[tuple[float, float, str]]]] = []
    taken: set[str] = set()
    labels = _labels(known)
    for lane, role in _GROUPS:
        members = [x for x in known if (x.lane == lane if lane else x.lane not in taken)]
        taken.add(lane)
        if members:
            title = members[0].lane_title if lane else "Not yet, find out, other route"
            points = [(float(x.readiness), float(x.demonstration or 0), labels[x.number]) for x in members]
            groups.append((title, role, points))
    if groups:
        words = "; ".join(f"{x.number}: {x.readiness}, {x.demonstration}" for x in known)
        deck.scatter(slide, groups, ("Readiness", "Demonstration value"), words)
    missing = len(report.lines) - len(known)
    note = "The number is the use case. Right is nearer to production, up shows better."
    if missing:
        note += f" {missing:,} use cases are not drawn."
    deck.lines(slide, [note], top=6.6, height=0.45, size=12)


def _labels(lines: Sequence[ReportLine]) -> dict[int, str]:
    """What stands beside each point: those on one spot are named together, beside the first of them."""
    spots: dict[tuple[int, int | None], list[ReportLine]] = {}
    for line in lines:
        spots.setdefault((line.readiness, line.demonstration), []).append(line)
    labels = {line.number: "" for line in lines}
    for here in spots.values():
        labels[here[0].number] = ", ".join(str(line.number) for line in here)
    return labels


def _mirror(deck: Deck, report: Report) -> None:
    slide = deck.slide("The mirror: what choosing by show would have picked")
    by_number = {line.number: line for line in report.lines}
    shown = [by_number[x.number] for x in report.by_show if x.number in by_number][:MOST_BARS]
    if shown:
        names = [_named(line, 40) for line in reversed(shown)]
        series: list[tuple[str, str, list[int | None]]] = [
            ("Readiness", "lane-pilot-first", [line.readiness for line in reversed(shown)]),
            ("Demonstration value", "lane-not-yet", [line.demonstration for line in reversed(shown)]),
        ]
        words = "; ".join(f"{x.number}: shows {x.demonstration}, ready {x.readiness}" for x in shown)
        deck.bars(slide, names, series, words, width=7.2)
    traps = report.demo_traps()
    texts = [report.mirror] if report.mirror else []
    texts += ["Demo traps, and what in them could start:"] if traps else []
    texts += [
        f"#{x.number} {clipped(x.title, 50)} (gap {signed(x.gap)}): {clipped(x.slice or 'no slice named yet', 90)}"
        for x in traps[:MOST_LISTED]
    ]
    if len(traps) > MOST_LISTED:
        texts.append(f"and {len(traps) - MOST_LISTED} more")
    deck.lines(slide, texts, left=7.9, top=1.3, width=4.9, height=5.4, size=13)


def _open(deck: Deck, report: Report) -> None:
    slide = deck.slide("What has to happen next, by whom, by when")
    chosen = {line.id for line in report.shortlist()}
    tasks = open_tasks(report)
    # What is on the list comes first; then what stands nearest to it.
    ordered = [t for t in tasks if t[0].id in chosen] + [t for t in tasks if t[0].id not in chosen]
    rows = [
        [
            f"#{line.number}",
            clipped(line.title, 40),
            kind,
            clipped(t.what, 90),
            t.who or "nobody yet",
            t.when or "no date",
        ]
        for line, kind, t in ordered[:8]
    ]
    if rows:
        head = ["No.", "Use case", "Kind", "What", "Who", "By when"]
        deck.table(slide, head, rows, top=1.3, widths=(0.7, 3.2, 1.0, 4.7, 1.7, 1.2))
    notes = [f"{len(ordered) - 8} more are in the list of conditions."] if len(ordered) > 8 else []
    notes += [
        f"Set aside by the room: #{x.number} {clipped(x.title, 40)}, {o.of}, by {o.by} on {o.date}: {clipped(o.reason, 80)}"
        for x in report.lines
        for o in x.overrides
    ][:2]
    if not rows:
        near = [x for x in report.lines if x.id not in chosen][:MOST_LISTED]
        notes = [
            "No condition is open on this list.",
            *(f"#{x.number}: {clipped(change(x), 120)}" for x in near),
        ]
    deck.lines(slide, notes, top=6.0, height=1.0, size=12)


def _named(line: ReportLine, most: int) -> str:
    """Begins with a number sign, so that no spreadsheet behind a chart takes a title for a formula."""
    return f"#{line.number} {clipped(line.title, most)}"


def _marks(line: ReportLine) -> str:
    marks = ["demo trap"] if line.demo_trap else []
    marks += list(line.marks)
    marks += ["set aside by the room"] if line.overrides else []
    if line.coverage < 100:
        marks.append(f"{line.coverage} % known")
    return clipped(", ".join(marks), 60)

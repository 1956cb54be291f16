"""Across sessions: ``portfolio`` and ``compare``. Both only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from prioritizer.cli.command import command
from prioritizer.cli.progress import working
from prioritizer.cli.streams import out, out_json, say, table_width
from prioritizer.cli.words import listed, plain, signed, whole
from prioritizer.text.phrases import counted

if TYPE_CHECKING:
    from prioritizer.workshop.across import Group, Place, Portfolio
    from prioritizer.workshop.comparing import CaseChange, Comparison


@command(
    "portfolio",
    "prioritizer portfolio .",
    'prioritizer portfolio . --lane pilot-first --search "ticket" --json',
    "prioritizer portfolio . --csv",
    json=True,
    plain=True,
)
@click.argument("folder", metavar="FOLDER", type=click.Path(readable=False))
@click.option("--lane", "lanes", metavar="LANE", multiple=True, help="Only this lane; may be repeated.")
@click.option("--tag", "tags", metavar="T", multiple=True, help="Only those with this tag; all if repeated.")
@click.option("--search", metavar="TEXT", default="", help="Only those with this text in title or task.")
@click.option("--preset", metavar="ID", default="", help="Only sessions of this preset.")
@click.option("--csv", "as_csv", is_flag=True, help="Print one CSV table to stdout.")
def portfolio_command(
    folder: str,
    lanes: tuple[str, ...],
    tags: tuple[str, ...],
    search: str,
    preset: str,
    as_csv: bool,
    as_json: bool,
    plain: bool,
) -> None:
    """Rank the use cases of all sessions in a folder; no file is changed.

    Sessions with different rules or weights are on different scales: each such group is ranked by itself.
    Of two states of one session the later one counts.
    """
    if as_csv and as_json:
        raise click.UsageError("--csv and --json exclude each other.")
    from prioritizer.workshop.across import Filter, portfolio, portfolio_csv

    with working("Reading"):
        found = portfolio(Path(folder), Filter(lanes, tags, search, preset))
    for each in found.skipped:
        say(f"Left out: {each.file}: {each.reason}")
    if as_json:
        out_json(document(found))
    elif as_csv:
        out(portfolio_csv(found))
    else:
        for line in portfolio_lines(found, table_width(plain)):
            out(line)


@command(
    "compare",
    "prioritizer compare s.sqlite s.sqlite",
    json=True,
    plain=True,
)
@click.argument("one", metavar="A", type=click.Path(readable=False))
@click.argument("other", metavar="B", type=click.Path(readable=False))
@click.option("--all", "everything", is_flag=True, help="Also name the use cases that did not change.")
def compare_command(one: str, other: str, everything: bool, as_json: bool, plain: bool) -> None:
    """Say what changed between two states of one session; neither file is changed.

    For example a backup from the day of the workshop, and the session six weeks later.
    """
    from prioritizer.workshop.comparing import compare_files

    with working("Reading"):
        found = compare_files(Path(one), Path(other))
    if as_json:
        out_json(found.document())
        return
    # An arrow is read out as its name, or not at all.
    linear = table_width(plain) is None
    for line in compare_lines(found, everything, " to " if linear else " → "):
        out(line)


def document(found: Portfolio) -> dict[str, Any]:
    """What ``portfolio --json`` prints."""
    return {
        "folder": found.folder,
        "groups": [
            {
                "preset": {"id": g.preset, "version": g.version, "hash": g.hash},
                "weights": dict(g.weights),
                "left_out": list(g.left_out),
                "sessions": [
                    {"file": s.file, "id": s.id, "title": s.title, "last": s.last} for s in g.sessions
                ],
                "use_cases": [p.document() for p in g.places],
            }
            for g in found.groups
        ],
        "skipped": [{"file": s.file, "reason": s.reason} for s in found.skipped],
    }


def portfolio_lines(found: Portfolio, width: int | None) -> Iterator[str]:
    """The portfolio for people: a table in a terminal, else linear text."""
    if len(found.groups) > 1:
        number = len(found.groups)
        yield f"These sessions are on {number} different scales; ranks and scores compare only within one."
    for group in found.groups:
        yield ""
        yield from _head(group)
        if not group.places:
            yield "None is like that."
        elif width is None:
            for place in group.places:
                yield from _linear(place)
        else:
            yield from _table(group, width)


def _head(group: Group) -> Iterator[str]:
    weights = ", ".join(f"{d} {int(100 * w + 0.5)} %" for d, w in group.weights)
    left_out = f"; left out: {', '.join(group.left_out)}" if group.left_out else ""
    yield f"Preset {group.preset} {group.version} ({group.hash}); weights {weights}{left_out}"
    sessions = listed([f"{s.title} ({s.file})" for s in group.sessions], 6)
    yield f"{counted(len(group.sessions), 'session')}: {sessions}"


def _marks(place: Place) -> list[str]:
    marks = ["demo trap"] if place.demo_trap else []
    marks += ["overlooked"] if place.overlooked else []
    marks += ["tied"] if place.tied else []
    marks += ["set aside by the room"] if place.lane != place.lane_by_rules else []
    marks += ["chosen"] if place.chosen else []
    if place.coverage < 1:
        marks.append(f"{whole(100 * place.coverage)} % known")
    return marks


def _linear(place: Place) -> Iterator[str]:
    yield f"{place.rank}. {place.title}"
    facts = [
        place.lane_title,
        f"readiness {whole(place.readiness)}",
        f"demonstration {plain(place.demonstration)}",
        f"gap {signed(place.gap)}",
        *_marks(place),
        f"{place.file} #{place.number}",
    ]
    yield f"   {' · '.join(facts)}"


def _table(group: Group, width: int) -> Iterator[str]:
    from prioritizer.cli.tables import Column, table

    columns = [
        Column("rank", align="right"),
        Column("use case", share=3),
        Column("lane"),
        Column("readiness", align="right"),
        Column("demo", align="right"),
        Column("gap", align="right"),
        Column("session", share=2),
        Column("marks", share=2),
    ]
    rows = [
        [
            f"{p.rank}{'=' if p.tied else ''}",
            p.title,
            p.lane_title,
            str(whole(p.readiness)),
            plain(p.demonstration),
            signed(p.gap),
            f"{p.file} #{p.number}",
            ", ".join(m for m in _marks(p) if m != "tied"),
        ]
        for p in group.places
    ]
    yield from table(columns, rows, width)


def compare_lines(found: Comparison, everything: bool, to: str = " → ") -> Iterator[str]:
    """What changed, in words; ``to`` stands between what was and what is."""
    yield f"{found.title}: from {found.before} to {found.after} (preset {found.preset})"
    for each in found.session:
        yield f"{each.what}: {each.before}{to}{each.after}"
    changed = [u for u in found.use_cases if u.status != "same"]
    if not changed and not found.session:
        yield "Nothing changed."
    for case in changed:
        yield ""
        yield from _case_lines(case, to)
    same = len(found.use_cases) - len(changed)
    if everything and same:
        yield ""
        yield "Unchanged: " + ", ".join(
            f"#{u.number} {u.title}" for u in found.use_cases if u.status == "same"
        )
    elif same and changed:
        yield ""
        yield f"{counted(same, 'use case')} did not change."


def _case_lines(case: CaseChange, to: str) -> Iterator[str]:
    yield f"#{case.number} {case.title}: {_movement(case, to)}"
    if case.lane[0] != case.lane[1] and None not in case.lane:
        yield f"  lane: {case.lane[0]}{to}{case.lane[1]}"
    if case.readiness[0] != case.readiness[1] and None not in case.readiness:
        yield f"  readiness: {case.readiness[0]}{to}{case.readiness[1]}"
    for each in (*case.levels, *case.other):
        yield f"  {each.what}: {each.before}{to}{each.after}"
    for text in case.cleared:
        yield f"  done: {text}"
    for text in case.new:
        yield f"  to do: {text}"


def _movement(case: CaseChange, to: str) -> str:
    was, now = case.rank
    if was is None:
        return f"new, rank {now}"
    if now is None:
        return f"no longer ranked (was {was})"
    if not case.moved:
        return f"rank {now}, as before"
    return f"rank {was}{to}{now}, {abs(case.moved)} {'up' if case.moved > 0 else 'down'}"

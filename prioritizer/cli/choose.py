"""``choose`` and ``effort``: which use cases to start together within what there is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

import click

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.progress import working
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import out, out_json, say, table_width
from prioritizer.cli.tables import Column, table
from prioritizer.errors import PrioritizerError

if TYPE_CHECKING:
    from prioritizer.workshop.service import Workshop
    from prioritizer.workshop.views.portfolio import PortfolioView


@command(
    "effort",
    'prioritizer effort s.sqlite "#1" --weeks 6 --engineering 40000 --change 25000',
    json=True,
)
@file_argument
@click.argument("use_case", metavar="USE_CASE")
@click.option("--weeks", metavar="N", help="Weeks of work until it runs in production.")
@click.option("--engineering", metavar="N", help="Budget for engineering.")
@click.option("--change", metavar="N", help="Budget for change: training, process redesign, ownership.")
@click.option("--delivery", metavar="WHO", help="Who builds it and brings it into production.")
def effort_command(
    file: str,
    use_case: str,
    weeks: str | None,
    engineering: str | None,
    change: str | None,
    delivery: str | None,
    as_json: bool,
) -> None:
    """Say what a use case takes: weeks and money.

    It is kept in the charter of the use case; an empty text takes it away.
    """
    from prioritizer.workshop.commands.shortlist import SetCharter
    from prioritizer.workshop.effort import CHANGE, ENGINEERING, WEEKS, check_amount, effort_of

    said = {WEEKS: ("Weeks", weeks), ENGINEERING: ("Engineering", engineering), CHANGE: ("Change", change)}
    fields = {field: check_amount(text, what) for field, (what, text) in said.items() if text is not None}
    if delivery is not None:
        fields["delivery_owner"] = delivery
    with open_session(file) as workshop:
        case = workshop.find(use_case)
        if fields:
            workshop.do(SetCharter(case.id, fields))
        case = workshop.snapshot.use_cases[case.id]
    effort = effort_of(case)
    if as_json:
        out_json(
            {"id": case.id, "weeks": effort.weeks, "engineering": effort.engineering, "change": effort.change}
        )
        return
    known = {"weeks": effort.weeks, "engineering": effort.engineering, "change": effort.change}
    words = ", ".join(f"{name} {value:,g}" for name, value in known.items() if value is not None)
    say(f"#{case.number} “{case.title}”: {words or 'nothing said yet'}.")


@command(
    "choose",
    "prioritizer choose s.sqlite --weeks 20",
    "prioritizer choose s.sqlite --weeks 20 --budget 120000",
    'prioritizer choose s.sqlite --budget 120000 --not-both "#1,#3" --one-each delivery_owner --json',
    json=True,
    plain=True,
)
@file_argument
@click.option("--weeks", metavar="N", type=float, help="Capacity in weeks of work.")
@click.option("--budget", metavar="N", type=float, help="Capacity in money, engineering and change together.")
@click.option(
    "--not-both",
    metavar="USE_CASES",
    multiple=True,
    help="At most one of these, separated by commas; may be repeated.",
)
@click.option(
    "--one-each",
    metavar="FIELD",
    type=click.Choice(("owner", "delivery_owner", "business_owner")),
    help="At most one for the same owner, delivery_owner or business_owner.",
)
@click.option(
    "--draws", metavar="N", type=int, help="Draws; 1,000 if left out, fewer for many with both capacities."
)
@click.option("--seed", metavar="N", type=int, default=0, help="Same file and seed, same numbers.")
def choose_command(
    file: str,
    weeks: float | None,
    budget: float | None,
    not_both: tuple[str, ...],
    one_each: str | None,
    draws: int | None,
    seed: int,
    as_json: bool,
    plain: bool,
) -> None:
    """Choose what to start together within a capacity, or within both at once.

    The set with the most readiness that fits, exactly, of what can be piloted first or after fixes; and in what
    share of draws each is chosen. `effort` says what a use case takes.
    """
    given: tuple[tuple[Literal["weeks", "budget"], float | None], ...] = (
        ("weeks", weeks),
        ("budget", budget),
    )
    capacities = {unit: capacity for unit, capacity in given if capacity is not None}
    if not capacities:
        raise PrioritizerError("Give the capacity as --weeks N, as --budget N, or both.")
    if not all(map(math.isfinite, capacities.values())):
        raise PrioritizerError("The capacity must be a number from 0 on.")
    from prioritizer.workshop.views.portfolio import portfolio_view

    with working("Choosing"), open_session(file) as workshop:
        groups = [_group(workshop, each) for each in not_both]
        snapshot, evaluation = workshop.snapshot, workshop.evaluation
        view = portfolio_view(snapshot, evaluation, capacities, groups, one_each, draws, seed)
    if as_json:
        out_json(_document(view, seed))
        return
    width = table_width(plain)
    for line in _rows(view, width):
        out(line)
    out()
    out(view.sentence)
    for group in view.excluded:
        out(f"Kept apart: {group}.")
    for warning in view.warnings:
        out(warning)


def _group(workshop: Workshop, text: str) -> tuple[str, ...]:
    ids = tuple(workshop.find(each.strip()).id for each in text.split(",") if each.strip())
    if len(ids) < 2:
        raise PrioritizerError('--not-both needs two use cases or more, such as "#1,#3".')
    return ids


def _rows(view: PortfolioView, width: int | None) -> list[str]:
    cells = [
        [
            "yes" if row.chosen else "no",
            row.label,
            row.title,
            str(row.readiness),
            *(_amount(row.effort.cost(unit)) for unit in view.capacities),
            "–" if row.share is None else f"{int(100 * row.share + 1e-9)} %",
            "change under half" if row.thin else "",
        ]
        for row in view.rows
    ]
    if width is None:
        heads = ("chosen", "", "", "readiness", *view.capacities, "in draws", "")
        return [
            "; ".join(f"{head} {cell}".strip() for head, cell in zip(heads, row, strict=True) if cell)
            for row in cells
        ]
    columns = [
        Column("start"),
        Column("", align="right"),
        Column("use case", share=2),
        Column("ready", align="right"),
        *(Column(unit, align="right") for unit in view.capacities),
        Column("chosen in", align="right"),
        Column("", share=1),
    ]
    return list(table(columns, cells, width))


def _amount(value: float | None) -> str:
    return "?" if value is None else f"{value:,g}"


def _document(view: PortfolioView, seed: int) -> dict[str, Any]:
    first = next(iter(view.capacities))
    return {
        "unit": first,
        "capacity": view.capacities[first],
        "used": view.used[first],
        "capacities": dict(view.capacities),
        "used_of": dict(view.used),
        "draws": view.draws,
        "seed": seed,
        "engineering": view.engineering,
        "change": view.change,
        "warnings": list(view.warnings),
        "use_cases": [
            {
                "id": row.id,
                "title": row.title,
                "chosen": row.chosen,
                "share": row.share,
                "readiness": row.readiness,
                "weeks": row.effort.weeks,
                "engineering": row.effort.engineering,
                "change": row.effort.change,
            }
            for row in view.rows
        ],
    }

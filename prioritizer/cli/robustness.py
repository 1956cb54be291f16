"""``robustness``: how sure the ranking is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.progress import working
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import out, out_json, table_width
from prioritizer.cli.tables import Column, table

if TYPE_CHECKING:
    from prioritizer.workshop.views.plain import Line
    from prioritizer.workshop.views.robustness import RobustnessView

SHADES = " ·░▒▓█"
"""A cell of the strip, from never to always."""


@command(
    "robustness",
    "prioritizer robustness s.sqlite",
    "prioritizer robustness s.sqlite --draws 2000 --seed 7 --top 2 --without scale --json",
    json=True,
    plain=True,
)
@file_argument
@click.option("--draws", metavar="N", type=int, default=10_000, help="How many draws; 10,000 if left out.")
@click.option(
    "--seed", metavar="N", type=int, default=0, help="Same file and seed, same numbers; 0 if left out."
)
@click.option(
    "--top", metavar="N", type=int, help="How many first places count; the session's shortlist if left out."
)
@click.option(
    "--without",
    metavar="SOURCE",
    multiple=True,
    help="What not to draw: weights, people, evidence or scale; may be repeated.",
)
def robustness_command(
    file: str, draws: int, seed: int, top: int | None, without: tuple[str, ...], as_json: bool, plain: bool
) -> None:
    """Say how sure the ranking is.

    Weights, ballots, levels by their evidence and the spacing of the levels are drawn anew many times;
    the rules hold in every draw. Shares are shares of draws.
    """
    with working("Drawing"), open_session(file) as workshop:
        snapshot, evaluation = workshop.snapshot, workshop.evaluation
        size = min(snapshot.top, max(len(workshop.use_cases), 1)) if top is None else top
        found = workshop.robustness(draws, seed, size, without=without)
    if as_json:
        out_json(found.model_dump(mode="json"))
        return
    from prioritizer.workshop.views.robustness import robustness_view
    from prioritizer.workshop.views.stability import stability_lines

    view = robustness_view(snapshot, found)
    width = table_width(plain)
    for line in view.head:
        _print(line, width)
    out()
    for text in _rows(view, found.top, width):
        out(text)
    for unclear in view.unclear:
        out()
        _print(unclear.line, width)
    out()
    for line in stability_lines(snapshot, evaluation, found.top):
        _print(line, width)


def _rows(view: RobustnessView, top: int, width: int | None) -> Iterator[str]:
    if width is None:
        for place, row in enumerate(view.rows, 1):
            yield f"{place}. {row.label} {row.title}: {row.sentence}"
        return
    columns = [
        Column("", align="right"),
        Column("use case", share=2),
        Column("first" if top == 1 else f"top {top}", align="right"),
        Column("ranks"),
        Column("in words", share=3),
    ]
    rows = [
        [row.label, row.title, f"{row.top} %", "".join(_shade(s) for s in row.strip), row.sentence]
        for row in view.rows
    ]
    yield from table(columns, rows, width)


def _shade(share: float) -> str:
    if share <= 0:
        return SHADES[0]
    return SHADES[1 + min(int(share * (len(SHADES) - 1)), len(SHADES) - 2)]


def _print(line: Line, width: int | None) -> None:
    from prioritizer.text.width import wrap

    blank = "  " * line.indent
    texts = [line.text] if width is None else wrap(line.text, width - len(blank) - 2)
    for part, text in enumerate(texts):
        out(f"{blank}{'  ' * bool(part)}{text}")

"""``park`` and ``unpark``: the cut of a long list."""

from __future__ import annotations

import click

from prioritizer.cli import complete
from prioritizer.cli.command import command, file_argument
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import say
from prioritizer.errors import PrioritizerError
from prioritizer.text.phrases import counted


@command(
    "park",
    'prioritizer park s.sqlite "#11" "#12" --why "next quarter"',
    'prioritizer park s.sqlite --all-but "#1,#2,#3,#5"',
)
@file_argument
@click.argument("use_cases", metavar="[USE_CASE]...", nargs=-1, shell_complete=complete.use_cases)
@click.option("--all-but", metavar="#N,#N…", help="Park every live use case except these numbers.")
@click.option("--why", metavar="W", default="", help="Why not now.")
@click.option("--who", metavar="NAME", default="", help="Who looks at it again.")
@click.option("--when", metavar="DATE", help="When, as 2026-05-31.")
def park_command(
    file: str, use_cases: tuple[str, ...], all_but: str | None, why: str, who: str, when: str | None
) -> None:
    """Move use cases to the parking lot.

    They leave the ranking and are not forgotten; `unpark` brings them back.
    """
    from prioritizer.workshop.commands.collect import Park

    if (all_but is None) == (not use_cases):
        raise click.UsageError("Name the use cases to park, or those to keep with --all-but.")
    with open_session(file) as workshop:
        if all_but is None:
            chosen = [workshop.find(each).id for each in use_cases]
        else:
            kept = {workshop.find(each).id for each in _numbers(all_but)}
            chosen = [u.id for u in workshop.use_cases if u.id not in kept]
            if not kept:
                raise PrioritizerError(
                    "Name at least one use case to keep; parking all leaves nothing to rank."
                )
        already = sum(workshop.snapshot.use_cases[each].parked for each in chosen)
        workshop.do(Park(chosen, why or ("not in this round" if all_but else ""), who, when))
        left = len(workshop.use_cases)
    say(f"Parked {counted(len(set(chosen)) - already, 'use case')}; {left:,} left to rank.")


@command("unpark", 'prioritizer unpark s.sqlite "#11"')
@file_argument
@click.argument(
    "use_cases", metavar="USE_CASE...", nargs=-1, required=True, shell_complete=complete.use_cases
)
def unpark_command(file: str, use_cases: tuple[str, ...]) -> None:
    """Bring use cases back from the parking lot."""
    from prioritizer.workshop.commands.collect import Unpark

    with open_session(file) as workshop:
        chosen = [workshop.find(each).id for each in use_cases]
        workshop.do(Unpark(chosen))
        left = len(workshop.use_cases)
    say(f"Brought back {counted(len(set(chosen)), 'use case')}; {left:,} to rank now.")


def _numbers(text: str) -> list[str]:
    """``#1,#2`` or ``1 2``: numbers and ids never hold commas or blanks, titles do."""
    return [f"#{each}" if each.isdecimal() else each for each in text.replace(",", " ").split()]

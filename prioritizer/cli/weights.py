"""``weights``: how much each dimension counts, by the room or by everybody, and how that was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prioritizer.cli.command import command, file_argument
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import out, out_json, say
from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_error

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.service import Workshop
    from prioritizer.workshop.views.weights import WeightsView

ACTIONS = ("show", "set", "reveal", "adopt", "clear", "preset")


@command(
    "weights",
    "prioritizer weights s.sqlite show",
    'prioritizer weights s.sqlite set P=100 D=80 I=40 G=60 --reason "agreed after the break"',
    "prioritizer weights s.sqlite set --method ranking P=1 D=1 I=3 G=4 --reason R",
    "prioritizer weights s.sqlite set --method pairwise P:D=1 P:I=3 P:G=2 D:I=3 D:G=2 I:G=1/2 --reason R",
    json=True,
)
@file_argument
@click.argument("action", metavar="ACTION", type=click.Choice(ACTIONS), default="show")
@click.argument("numbers", metavar="[DIMENSION=NUMBER]...", nargs=-1)
@click.option(
    "--method",
    metavar="M",
    default="swing",
    help="swing (the usual way), ranking (or rank-order-centroid, rank-sum, rank-reciprocal), points, pairwise or direct.",
)
@click.option("--by", metavar="P", help="With set: one participant's weights, blind until they are revealed.")
@click.option("--reason", metavar="WHY", default="", help="Why; needed once something is rated.")
def weights_command(
    file: str, action: str, numbers: tuple[str, ...], method: str, by: str | None, reason: str, as_json: bool
) -> None:
    """Show or set how much each dimension counts.

    ACTION is show, set, reveal (what participants said), adopt (their mean), clear (let all weigh again) or
    preset (back to the preset's). The way they were found is printed with the ranking. Set them before
    rating; later a change needs a reason and stands in the decision log, and `rank --what-if` tries one.
    """
    if action != "set" and (numbers or by is not None):
        raise PrioritizerError(f"Numbers and --by belong to `weights FILE set`, not to {action}.")
    with open_session(file) as workshop:
        warning = _act(workshop, action, numbers, method, by, reason)
        snapshot = workshop.snapshot
    from prioritizer.workshop.views.weights import weights_view

    view = weights_view(snapshot)
    if as_json:
        out_json(_document(view, snapshot))
    elif action == "set" and by is not None:
        given = sum(p.given for p in view.people)
        say(f"Kept, unseen until `weights FILE reveal`; {given} of {len(view.people)} have weighed.")
    else:
        _print(view)
    if warning:
        say(warning)


def _act(
    workshop: Workshop, action: str, numbers: tuple[str, ...], method: str, by: str | None, reason: str
) -> str:
    """Does it; what should be looked at again, in a sentence."""
    from prioritizer.workshop.commands.weights import ClearWeights, GiveWeights, RevealWeights, SetWeights
    from prioritizer.workshop.find import find_participant
    from prioritizer.workshop.weighing import together, weigh

    snapshot = workshop.snapshot
    if action == "set":
        said = _numbers(numbers)
        if by is not None:
            workshop.do(GiveWeights(find_participant(snapshot, by), method, said))
            return ""
        found = weigh(snapshot, method, said)
        workshop.do(SetWeights(found.weights, f"{found.how}, by the room", reason, warning=found.warning))
        return found.warning
    if action == "reveal":
        workshop.do(RevealWeights())
    elif action == "adopt":
        group = together(snapshot)
        if group is None:
            raise PrioritizerError("No participant's weights are revealed yet, so there is no mean to adopt.")
        workshop.do(SetWeights(group.weights, group.how, reason, group.concentration))
    elif action == "clear":
        workshop.do(ClearWeights())
    elif action == "preset":
        workshop.do(SetWeights(None, reason=reason))
    return ""


def _numbers(texts: tuple[str, ...]) -> dict[str, float]:
    from prioritizer.workshop.weighing import read_number

    found: dict[str, float] = {}
    for text in texts:
        item, equals, value = text.partition("=")
        item = item.strip()
        if not equals or not item:
            raise PrioritizerError(f"“{clean_error(text)}” is no weight; write P=40, or P:D=3 for a pair.")
        if item in found:
            raise PrioritizerError(f"{clean_error(item)} is there twice; give each dimension one number.")
        found[item] = read_number(value, clean_error(item))
    return found


def _print(view: WeightsView) -> None:
    for row in view.rows:
        group = ""
        if row.mean is not None:
            spread = "" if row.spread is None else f", spread {100 * row.spread:.0f}"
            group = f"   people: {100 * row.mean:.0f} %{spread}"
        out(f"{row.id}  {100 * row.weight:5.1f} %  {row.title}{group}")
    out(f"The weights are {view.how}.")
    if view.reason:
        out(f"Reason: {view.reason}")
    if any(p.given for p in view.people) and not view.revealed:
        waiting = [p.name for p in view.people if not p.given]
        out(f"Weighed: {sum(p.given for p in view.people)} of {len(view.people)}, not revealed yet.")
        if waiting:
            out(f"Waiting for {', '.join(waiting)}.")


def _document(view: WeightsView, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "weights": {row.id: row.weight for row in view.rows},
        "method": snapshot.weights_method,
        "how": view.how,
        "reason": view.reason,
        "revealed": view.revealed,
        "mean": {row.id: row.mean for row in view.rows} if view.group is not None else None,
        "spread": {row.id: row.spread for row in view.rows} if view.group is not None else None,
        "participants": [
            {"id": p.id, "name": p.name, "given": p.given, "weights": dict(p.weights) or None}
            for p in view.people
        ],
    }

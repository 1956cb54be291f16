"""The room from the command line: who is in it, and its rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prioritizer.cli import complete
from prioritizer.cli.command import command, file_argument
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import out, out_json, say
from prioritizer.text.phrases import counted

if TYPE_CHECKING:
    from prioritizer.model.session import Participant, Snapshot
    from prioritizer.workshop.service import Workshop

ROSTER = ("list", "add", "leave", "return", "edit")
ROUND = ("open", "reveal", "status", "void", "revote")


@command(
    "roster",
    "prioritizer roster s.sqlite add Ada Ben --role data",
    "prioritizer roster s.sqlite edit Ben --no-vote",
    "prioritizer roster s.sqlite list",
    json=True,
)
@file_argument
@click.argument("action", metavar="ACTION", type=click.Choice(ROSTER))
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--role", metavar="R", help="Of those who are added or edited, such as data.")
@click.option("--vote/--no-vote", "votes", default=None, help="Whether they vote; the facilitator does not.")
@click.option("--name", "new_name", metavar="N", help="With edit: the new name of one person.")
@click.option(
    "--table", metavar="T", help="With add: the people share one vote, that of a table of this name."
)
def roster_command(
    file: str,
    action: str,
    names: tuple[str, ...],
    role: str | None,
    votes: bool | None,
    new_name: str | None,
    table: str | None,
    as_json: bool,
) -> None:
    """See or change who is in the room.

    ACTION is list, add, leave, return or edit. Whoever leaves keeps the answers given so far;
    late and leaving people are in the history.
    """
    from prioritizer.workshop.commands.seating import SetPresent

    _fits(action, names, role, votes, new_name, table)
    with open_session(file) as workshop:
        if action == "add":
            _add(workshop, names, role, votes, table)
        elif action in ("leave", "return"):
            workshop.do(SetPresent(_people(workshop, names), action == "return"))
        elif action == "edit":
            _edit(workshop, names, role, votes, new_name)
        snapshot = workshop.snapshot
    people = [p for p in snapshot.participants if p.name]
    if as_json:
        out_json({"participants": [_person(p) for p in people]})
        return
    if action != "list":
        here = [p for p in people if p.present]
        say(f"{counted(len(here), 'person', 'people')} here, {sum(p.voter for p in here):,} of them vote.")
        return
    if not people:
        say("The roster is empty; add people with `prioritizer roster FILE add NAME`.")
    for each in people:
        out(_line(snapshot, each))


@command(
    "round",
    "prioritizer round s.sqlite open --criterion P1",
    "prioritizer round s.sqlite status",
    "prioritizer round s.sqlite reveal",
    'prioritizer round s.sqlite revote "#5" --criterion P1',
    json=True,
)
@file_argument
@click.argument("action", metavar="ACTION", type=click.Choice(ROUND))
@click.argument("use_cases", metavar="[USE_CASE]...", nargs=-1, shell_complete=complete.use_cases)
@click.option(
    "--criterion",
    "criteria",
    metavar="C",
    multiple=True,
    help="Only this criterion; may be repeated. All that are asked in the room if left out.",
)
def round_command(
    file: str, action: str, use_cases: tuple[str, ...], criteria: tuple[str, ...], as_json: bool
) -> None:
    """Ask the room, reveal what it answered, or take a round out.

    ACTION is open, reveal, status, void or revote. Before the reveal, status says who is waited for and never
    what was answered. That protects the room from anchoring, not the file: whoever holds
    the file can read it.
    """
    from prioritizer.workshop.views.room import room_view

    with open_session(file) as workshop:
        chosen = [workshop.find(each).id for each in use_cases]
        done = "" if action == "status" else _round(workshop, action, chosen, criteria)
        view = room_view(workshop.snapshot, use_cases=chosen or None, criteria=criteria or None)
    if as_json:
        out_json(view.document())
        return
    if done:
        say(f"Done: {done}." if action != "void" else f"Done: {done}; these answers count for nothing now.")
    for line in view.lines():
        out(line)


def _fits(
    action: str,
    names: tuple[str, ...],
    role: str | None,
    votes: bool | None,
    new_name: str | None,
    table: str | None,
) -> None:
    if (action == "list") == bool(names):
        raise click.UsageError("list takes no name." if names else f"Say who: {action} NAME.")
    if action not in ("add", "edit") and (role is not None or votes is not None):
        raise click.UsageError("--role and --vote belong to add and edit.")
    if new_name is not None and (action != "edit" or len(names) != 1):
        raise click.UsageError("--name gives one person another name; use it with edit NAME.")
    if table is not None and (action != "add" or votes is not None):
        raise click.UsageError("--table belongs to add, where the table votes and its people listen.")


def _add(
    workshop: Workshop, names: tuple[str, ...], role: str | None, votes: bool | None, table: str | None
) -> None:
    from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants
    from prioritizer.workshop.commands.seating import SeatTable

    if table is None:
        workshop.do(AddParticipants([AddParticipant(n, role, votes) for n in names]))
        return
    there = {p.name for p in workshop.snapshot.participants}
    known = _people(workshop, tuple(n for n in names if n in there))
    workshop.do(SeatTable(table, known, role, [n for n in names if n not in there]))


def _edit(
    workshop: Workshop, names: tuple[str, ...], role: str | None, votes: bool | None, new_name: str | None
) -> None:
    from prioritizer.workshop.commands.frame import EditParticipant

    if role is None and votes is None and new_name is None:
        raise click.UsageError("Say what changes: --name, --role, --vote or --no-vote.")
    for each in _people(workshop, names):
        workshop.do(EditParticipant(each, name=new_name, role=role, voter=votes))


def _round(workshop: Workshop, action: str, chosen: list[str], criteria: tuple[str, ...]) -> str:
    from prioritizer.workshop.commands.rate import Reveal
    from prioritizer.workshop.commands.room import OpenRound, Revote, VoidRounds

    if action == "open":
        return workshop.do(OpenRound(chosen or None, criteria or None)).words
    if action == "revote":
        if len(chosen) != 1 or len(criteria) != 1:
            raise click.UsageError("A re-vote is about one cell: name one USE_CASE and one --criterion.")
        return workshop.do(Revote(chosen[0], criteria[0])).words
    if len(chosen) > 1 or len(criteria) > 1:
        raise click.UsageError(f"{action} takes one USE_CASE and one --criterion, or neither for all.")
    one = chosen[0] if chosen else None
    criterion = criteria[0] if criteria else None
    if action == "void" and one is None and criterion is None:
        raise click.UsageError("Name the USE_CASE or the --criterion whose rounds are void.")
    if action == "reveal":
        return workshop.do(Reveal(one, criterion)).words
    return workshop.do(VoidRounds(one, criterion)).words


def _people(workshop: Workshop, names: tuple[str, ...]) -> list[str]:
    from prioritizer.workshop.find import find_participant

    return [find_participant(workshop.snapshot, each) for each in names]


def _person(each: Participant) -> dict[str, Any]:
    return {"id": each.id, "name": each.name, "role": each.role, "present": each.present, "voter": each.voter}


def _line(snapshot: Snapshot, each: Participant) -> str:
    role = next((r.title for r in snapshot.preset.role if r.id == each.role), each.role)
    notes = [role] if role else []
    notes += [] if each.voter else ["listens"]
    notes += [] if each.present else ["not here"]
    return f"{each.name} ({', '.join(notes)})" if notes else each.name

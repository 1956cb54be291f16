"""Another wording of a use case: where people have answered it, the room is asked whether it means the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from prioritizer.model.session import UseCase
from prioritizer.tui.background import start
from prioritizer.tui.screens.confirm import Confirm
from prioritizer.tui.screens.form import Ask
from prioritizer.workshop.commands.collect import EditUseCase
from prioritizer.workshop.commands.room import Reword, asks_meaning

if TYPE_CHECKING:
    from prioritizer.tui.screens.base import StageScreen

QUESTION = (
    "People have answered this use case. Does the new wording mean the same? If not, their rounds are void, "
    "and the levels that were agreed on them are taken back: nobody has answered the new question."
)


def reword(screen: StageScreen, case: UseCase, ask: Ask) -> None:
    """Asks for the words, then for their meaning where it matters, and carries it out.

    Args:
        screen: Which asks.
        case: The use case.
        ask: Its command is an `EditUseCase`.
    """

    def answered(values: dict[str, str] | None) -> None:
        if values is None:
            return
        edit = cast("EditUseCase", ask.command(values))
        if not asks_meaning(case, edit.title, edit.task):
            do(edit, same=True)
            return

        def meant(same: bool | None) -> None:
            if same is not None:
                do(edit, same=same)

        screen.app.push_screen(
            Confirm("Same meaning?", QUESTION, "the same: answers stand", "another: void them"), meant
        )

    def do(edit: EditUseCase, *, same: bool) -> None:
        async def work() -> None:
            if not same:
                command = Reword(case.id, edit.title, edit.task, same_meaning=False)
                if await screen.carry_out(command, say=True) is None:
                    return
            await screen.carry_out(edit)

        start(screen, "reword", work)

    screen.app.push_screen(ask.form(), answered)

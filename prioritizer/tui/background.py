"""Work beside the screen: the newest of a kind replaces the one before, and a mistake in it is survived."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ParamSpec, cast

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.worker import WorkType

    from prioritizer.tui.app import PrioritizerApp

P = ParamSpec("P")


def start(
    node: DOMNode,
    kind: str,
    work: Callable[P, Coroutine[Any, Any, None]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Begins ``work`` as a worker of ``node``.

    Args:
        node: Ends it when it goes away.
        kind: Work of the same kind that still runs is given up.
        work: A coroutine function; called only when its turn comes, because a coroutine that is
            replaced before would never be awaited.
        args: For ``work``.
        kwargs: For ``work``.
    """

    async def begin() -> None:
        try:
            await work(*args, **kwargs)
        except Exception as error:  # a worker that fails would end the app
            cast("PrioritizerApp", node.app).mishap(error, kind)

    doing: WorkType[None] = begin
    node.run_worker(doing, group=kind, exclusive=True, exit_on_error=False)

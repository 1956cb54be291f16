"""Work beside the screen: the newest of a kind replaces the one before, and a mistake in it is survived."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, cast

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.worker import WorkType

    from prioritizer.tui.app import PrioritizerApp

P = ParamSpec("P")

PATIENCE = 0.7
"""Seconds after which something that is waited for is spoken of."""


@contextmanager
def spoken_of(app: PrioritizerApp, words: str) -> Iterator[None]:
    """Says what is being waited for, where that takes longer than `PATIENCE`; no longer than it takes."""
    take_away: list[Callable[[], None]] = []
    timer = asyncio.get_running_loop().call_later(PATIENCE, lambda: take_away.append(app.say_waiting(words)))
    try:
        yield
    finally:
        timer.cancel()
        for each in take_away:
            each()


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

"""What the shell offers when ⇥ is pressed behind ``prioritizer``: use cases, criteria and presets, beside files.

A completion that cannot be had is an empty one: nothing may be printed between what somebody types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _from_session(items: Callable[[Snapshot], Iterable[tuple[str, str]]]) -> Complete:
    def complete(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        try:
            from prioritizer.workshop.service import Workshop

            with Workshop.open(str(context.params.get("file") or "")) as workshop:
                found = list(items(workshop.snapshot))
        except Exception:  # whatever it is, it is said when the command is run
            return []
        return _offered(found, begun)

    return complete


def _offered(found: Iterable[tuple[str, str]], begun: str) -> list[CompletionItem]:
    return [
        CompletionItem(value, help=words)
        for value, words in found
        if value.casefold().startswith(begun.casefold())
    ]


use_cases = _from_session(lambda snapshot: ((f"#{u.number}", u.title) for u in snapshot.live()))
criteria = _from_session(lambda snapshot: ((c.id, c.title) for c in snapshot.preset.criterion))
gates = _from_session(lambda snapshot: ((g.id, g.title) for g in snapshot.preset.questions))


def presets(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Ids of the shipped presets, and files."""
    from prioritizer.model.presets import shipped_ids

    found = _offered(((each, "") for each in shipped_ids()), begun)
    return found or [CompletionItem(begun, type="file")]

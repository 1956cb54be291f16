"""Links between use cases (part of, merged into): they never close a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prioritizer.errors import PrioritizerError
from prioritizer.model.tables import Key, Scalar


class Circle(PrioritizerError):
    """A link that would lead back to the use case where it starts."""

    def __init__(self) -> None:
        super().__init__("That would link a use case to itself in a circle; take the other link out first.")


LINKS = frozenset({"parent", "merged_into"})
"""Fields of ``use_case`` that name another use case."""


def is_link(table: str, field: str) -> bool:
    return table == "use_case" and field in LINKS


def closes_circle(start: str, target: Scalar, follow: Callable[[str], Scalar]) -> bool:
    """Whether a link from one use case to another would lead back to where it starts.

    Args:
        start: A use case.
        target: What it is to be linked to.
        follow: The link of a use case as it stands.
    """
    passed: set[str] = set()
    while isinstance(target, str) and target not in passed:
        if target == start:
            return True
        passed.add(target)
        target = follow(target)
    return False


def circles(
    writes: Iterable[tuple[str, Key, str, Scalar]], value: Callable[[str, Key, str], Scalar]
) -> list[tuple[str, Key, str]]:
    """The cells of those links that would close a circle, of writes made one after another.

    Args:
        writes: Table, key, field and new value of each.
        value: What stands in a cell before them.
    """
    given: dict[tuple[str, str], Scalar] = {}
    found: list[tuple[str, Key, str]] = []
    for table, key, field, new in writes:
        if not is_link(table, field):
            continue

        def follow(case: str, field: str = field) -> Scalar:
            known = given.get((field, case), ...)
            return value("use_case", (case,), field) if known is ... else known

        if closes_circle(key[0], new, follow):
            found.append((table, key, field))
        else:
            given[field, key[0]] = new
    return found

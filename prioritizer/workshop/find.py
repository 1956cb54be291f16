"""Finding what a person means: an id, ``#number`` or an exact title."""

from __future__ import annotations

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.text.clean import clean_error, clean_text
from prioritizer.text.nearest import nearest


def find_use_case(snapshot: Snapshot, wanted: str) -> UseCase:
    """A use case that was not deleted, by id, ``#number`` or exact title.

    Raises:
        PrioritizerError: None, or more than one; offers the nearest.
    """
    there = [u for u in snapshot.use_cases.values() if u.title and not u.deleted]
    found = snapshot.use_cases.get(wanted)
    if found is not None and found.title and not found.deleted:
        return found
    text = clean_text(wanted, limit=500, lines=False).strip()
    if text.startswith("#") and text[1:].isdecimal():
        number = int(text[1:])
        for each in there:
            if each.number == number:
                return each
        raise PrioritizerError(f"There is no use case #{number}; `list` shows their numbers.")
    exact = [u for u in there if u.title == text] or [
        u for u in there if u.title.casefold() == text.casefold()
    ]
    if len(exact) == 1:
        return exact[0]
    if exact:
        numbers = ", ".join(f"#{u.number}" for u in exact)
        raise PrioritizerError(f"Several use cases are called “{clean_error(text)}”: say which of {numbers}.")
    near = nearest(text, [u.title for u in there])
    names = {u.title: u.number for u in reversed(there)}
    offer = ", ".join(f"#{names[title]} {clean_error(title)}" for title in near)
    hint = f" Nearest: {offer}." if offer else " `list` shows what there is."
    raise PrioritizerError(f"There is no use case “{clean_error(text)}”.{hint}")


def find_participant(snapshot: Snapshot, wanted: str) -> str:
    """The id of a participant by id or name.

    Raises:
        PrioritizerError: Nobody on the roster is called so.
    """
    text = clean_text(wanted, limit=200, lines=False).strip()
    for each in snapshot.participants:
        if each.name and (each.id == wanted or each.name == text):
            return each.id
    names = [p.name for p in snapshot.participants if p.name]
    if not names:
        raise PrioritizerError("The roster is empty; add participants in Frame, or with `roster FILE add`.")
    near = nearest(text, names)
    hint = f" Nearest: {', '.join(clean_error(n) for n in near)}." if near else ""
    raise PrioritizerError(f"Nobody on the roster is called “{clean_error(text)}”.{hint}")

"""Collect: add, edit, park, merge and delete use cases; record their facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot
from prioritizer.model.spelling import Speller, canonical_json
from prioritizer.model.tables import Scalar
from prioritizer.text.clean import TEXT_LIMIT, Cleaned, clean_text
from prioritizer.workshop.commands.base import (
    Draftsman,
    Given,
    Plan,
    clean_date,
    clean_line,
    clean_name,
    clean_note,
    get_use_case,
    joined,
    number_or_error,
)

_NO_FACTS = (None, None, None, None)
EMPTY_TITLE = "A use case needs a title: a few words that name the task."


class NewUseCase(NamedTuple):
    """What is known of a candidate when it is added."""

    title: str
    task: str = ""
    note: str = ""
    tags: Sequence[str] = ()
    proposer: str = ""
    source: Mapping[str, str] | None = None
    systems: Sequence[str] | None = None
    logins: int | None = None
    cases_month: float | None = None
    minutes_each: float | None = None
    slice: str = ""
    parent: str | None = None
    cleaned: bool = False
    """Its texts have passed `clean_text` already, as those of a file have."""


@dataclass(frozen=True)
class AddUseCases:
    """Adds one or many; one undo takes all of them back."""

    kind: ClassVar[str] = "add"
    items: Sequence[NewUseCase]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d, speller = Draftsman(snapshot, given), Speller()
        for item in self.items:
            title = clean_line(item.title)
            if not title:
                raise PrioritizerError(EMPTY_TITLE)
            use_case = d.make()
            source = clean_source(item.source) if item.source else None
            facts = (item.systems, item.logins, item.cases_month, item.minutes_each)
            tidy = _as_long_as_may_be if item.cleaned else clean_note
            # Of a long list most fields are empty: what is not there is not looked at.
            fields: dict[str, Scalar] = {
                "title": title,
                "task": (item.task and tidy(item.task)) or None,
                "note": (item.note and tidy(item.note)) or None,
                "proposer": d.name(item.proposer) if item.proposer else None,
                "source": speller.spell(source) if source else None,
                "slice": (item.slice and clean_note(item.slice)) or None,
                "parent": item.parent,
                **({} if facts == _NO_FACTS else fact_fields(*facts)),
            }
            d.put("use_case", (use_case,), **{k: v for k, v in fields.items() if v is not None})
            for tag in dict.fromkeys(map(clean_name, item.tags)):
                if tag:
                    d.put("tag", (use_case, tag), present=1)
        return d.plan()


@dataclass(frozen=True)
class EditUseCase:
    """Changes the wording of a use case; what is none stays."""

    kind: ClassVar[str] = "edit"
    use_case: str
    title: str | None = None
    task: str | None = None
    note: str | None = None
    proposer: str | None = None
    slice: str | None = None
    tags: Sequence[str] | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = get_use_case(snapshot, self.use_case)
        d = Draftsman(snapshot, given)
        key = (case.id,)
        if self.title is not None:
            title = clean_line(self.title)
            if not title:
                raise PrioritizerError(EMPTY_TITLE)
            d.put("use_case", key, title=title)
        if self.task is not None:
            d.put("use_case", key, task=clean_note(self.task) or None)
        if self.note is not None:
            d.put("use_case", key, note=clean_note(self.note) or None)
        if self.proposer is not None:
            d.put("use_case", key, proposer=d.name(self.proposer))
        if self.slice is not None:
            d.put("use_case", key, slice=clean_note(self.slice) or None)
        if self.tags is not None:
            wanted = {clean_name(t) for t in self.tags} - {""}
            for tag in sorted(wanted - set(case.tags)):
                d.put("tag", (case.id, tag), present=1)
            for tag in sorted(set(case.tags) - wanted):
                d.put("tag", (case.id, tag), present=0)
        return d.plan()


@dataclass(frozen=True)
class SetFacts:
    """Records raw facts that levels rest on; replaces all four."""

    kind: ClassVar[str] = "facts"
    use_case: str
    systems: Sequence[str] | None = None
    logins: int | None = None
    cases_month: float | None = None
    minutes_each: float | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case = get_use_case(snapshot, self.use_case)
        d = Draftsman(snapshot, given)
        d.put(
            "use_case",
            (case.id,),
            **fact_fields(self.systems, self.logins, self.cases_month, self.minutes_each),
        )
        return d.plan()


@dataclass(frozen=True)
class Park:
    """Moves use cases to the parking lot: out of the ranking, not forgotten."""

    kind: ClassVar[str] = "park"
    use_cases: Sequence[str]
    why: str = ""
    who: str = ""
    when: str | None = None

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        for each in self.use_cases:
            case = get_use_case(snapshot, each)
            d.put(
                "use_case",
                (case.id,),
                parked=1,
                parked_why=clean_note(self.why) or None,
                parked_who=d.name(self.who),
                parked_when=clean_date(self.when),
            )
        return d.plan()


@dataclass(frozen=True)
class ParkAllBut:
    """Parks every live use case but these: the cut of a long list."""

    kind: ClassVar[str] = "park"
    keep: Sequence[str]
    why: str = "not in this round"

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        kept = {get_use_case(snapshot, each).id for each in self.keep}
        if not kept:
            raise PrioritizerError(
                "Mark the use cases to keep first; parking all of them leaves nothing to rank."
            )
        others = [u.id for u in snapshot.live() if u.id not in kept]
        return Park(others, why=self.why).plan(snapshot, given)


@dataclass(frozen=True)
class Unpark:
    """Brings use cases back from the parking lot."""

    kind: ClassVar[str] = "unpark"
    use_cases: Sequence[str]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        for each in self.use_cases:
            d.put("use_case", (get_use_case(snapshot, each).id,), parked=0)
        return d.plan()


@dataclass(frozen=True)
class Delete:
    """Takes use cases out; undo brings them back whole."""

    kind: ClassVar[str] = "delete"
    use_cases: Sequence[str]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        d = Draftsman(snapshot, given)
        for each in self.use_cases:
            d.put("use_case", (get_use_case(snapshot, each).id,), deleted=1)
        return d.plan()


@dataclass(frozen=True)
class MergeInto:
    """Says that one use case is the same as another; its answers stay with it."""

    kind: ClassVar[str] = "merge-use-case"
    use_case: str
    into: str

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        case, target = get_use_case(snapshot, self.use_case), get_use_case(snapshot, self.into)
        if case.id == target.id:
            raise PrioritizerError("A use case cannot be merged into itself.")
        if target.merged_into is not None:
            raise PrioritizerError(f"#{target.number} was merged away itself; choose the one that stayed.")
        d = Draftsman(snapshot, given)
        d.put("use_case", (case.id,), merged_into=target.id)
        for tag in case.tags:
            if tag not in target.tags:
                d.put("tag", (target.id, tag), present=1)
        return d.plan()


@dataclass(frozen=True)
class MergeAllInto:
    """Says of several that they are the same as one; one undo parts them again."""

    kind: ClassVar[str] = "merge-use-case"
    use_cases: Sequence[str]
    into: str

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        return joined([MergeInto(each, self.into).plan(snapshot, given) for each in self.use_cases])


def fact_fields(
    systems: Sequence[str] | None,
    logins: int | None,
    cases_month: float | None,
    minutes_each: float | None,
) -> dict[str, str | int | float | None]:
    """The fact columns of a use case, checked."""
    named = None
    if systems is not None:
        named = [name for name in (clean_name(s) for s in systems) if name]
    return {
        "systems": None if named is None else canonical_json(named),
        "logins": number_or_error(logins, "The number of logins", whole=True),
        "cases_month": number_or_error(cases_month, "Cases a month"),
        "minutes_each": number_or_error(minutes_each, "Minutes each"),
    }


def _as_long_as_may_be(text: str) -> str:
    """`clean_note` of clean text: only several columns together are too long."""
    return text.strip() if len(text) <= TEXT_LIMIT else clean_note(text)


def clean_source(source: Mapping[str, str] | None) -> dict[str, str]:
    """Further columns of an import; empty cells are dropped."""
    if isinstance(source, Cleaned):
        return source
    cleaned = {_column_name(k): clean_note(v) for k, v in (source or {}).items()}
    return Cleaned({k: v for k, v in cleaned.items() if k and v})


@lru_cache(maxsize=2_048)
def _column_name(text: str) -> str:
    """As long as a reader of tables leaves it, so that no two become one; the same in each row of a list."""
    return clean_text(text, limit=300, lines=False)

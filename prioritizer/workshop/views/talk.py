"""What to talk about next, also where no ballot was held: every cell that is not settled and decides something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from prioritizer.analysis.talk import CellEffect
from prioritizer.analysis.tally import MOST
from prioritizer.facilitation.capacity import ASSUMED, Rates
from prioritizer.facilitation.patterns import find_pattern
from prioritizer.facilitation.queue import Talk
from prioritizer.model.robustness import MoverKind
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.workshop.views.plain import label, level_words, percent, sentence

_NOW: dict[MoverKind, str] = {
    "unknown": "nobody knows yet",
    "opinion": "an opinion",
    "reported": "reported, no document",
    "room": "the room differs",
}
_ASK: dict[MoverKind, str] = {
    "unknown": "Find it out: who can say it, or look it up by when?",
    "opinion": "Which fact would show it? A document or a measurement settles it.",
    "reported": "Is there a document or a measurement? That settles it.",
    "room": "Which fact did the lowest see, and which the highest? Then vote again.",
}


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One cell that is worth the room's time.

    Attributes:
        use_case: Id.
        criterion: Id.
        label: Number of the card.
        title: Of the card.
        asked: Title of the criterion.
        now: What the cell rests on, in a few words.
        often: Whole per cent of the draws in which it decides, rounded down.
        words: That in a sentence, and what stands there now.
        ask: What to ask the room.
        revealed: Its level is that of a ballot, which can be looked at.
    """

    use_case: str
    criterion: str
    label: str
    title: str
    asked: str
    now: str
    often: int
    words: str
    ask: str
    revealed: bool


@dataclass(frozen=True, slots=True)
class TalkView:
    """All of them, the greatest expected effect first.

    Attributes:
        rows: The cells.
        talk: How far the minutes reach; `Talk.words` is the header.
    """

    rows: tuple[TalkRow, ...]
    talk: Talk


def talk_view(
    snapshot: Snapshot,
    effects: Iterable[CellEffect],
    *,
    minutes_left: float | None = None,
    rates: Rates = ASSUMED,
) -> TalkView:
    """What to talk about next.

    Args:
        snapshot: What anybody may see.
        effects: Of that snapshot or of one before it; cells that are gone are left out.
        minutes_left: For talking; none where nobody set a time.
        rates: The pace of this room.
    """
    live = {case.id for case in snapshot.live()}
    rows = tuple(_row(snapshot, each) for each in effects if each.use_case in live and percent(each.share))
    none = f"No single cell decides who is in the top {snapshot.top}."
    if len(live) > MOST:
        none = f"{len(live):,} use cases are too many to compare cell by cell; park all but {MOST:,}."
    return TalkView(
        rows,
        Talk(
            len(rows),
            rates.minutes_a_contested,
            minutes_left,
            what="open cell",
            kept="the level as it stands",
            none=none,
        ),
    )


def effect_words(share: float, top: int) -> str:
    """``in 18 % of draws it decides who is in the top 3``."""
    who = "who is first" if top == 1 else f"who is in the top {top}"
    return f"in {percent(share)} % of draws it decides {who}"


def _row(snapshot: Snapshot, each: CellEffect) -> TalkRow:
    case = snapshot.use_cases[each.use_case]
    column = snapshot.preset.criterion_index()[each.criterion]
    criterion = snapshot.preset.criterion[column]
    level, now = case.level(column), "Agreed"
    if level is None:
        level, now = _room_value(case, criterion.id), "The room value is"
    stands = "" if level is None else f" {now} {level}: {sentence(level_words(criterion, level))}"
    return TalkRow(
        use_case=case.id,
        criterion=criterion.id,
        label=label(case),
        title=case.title,
        asked=criterion.title,
        now=_NOW.get(each.kind, ""),
        often=percent(each.share),
        words=sentence(effect_words(each.share, snapshot.top)) + stands,
        ask=_ASK.get(each.kind, ""),
        revealed=each.kind == "room",
    )


def _room_value(case: UseCase, criterion: str) -> int | None:
    held = [r for r in case.rounds.get(criterion, ()) if r.status == "revealed"]
    return find_pattern(held[-1].levels()).median if held else None

"""What the board of Rate looks like: strip, question, list, the use case beside it, two lines below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal

from prioritizer.charts.segments import Row
from prioritizer.tui.screens.asking import Reckoned
from prioritizer.tui.screens.rate_board import RateBoard
from prioritizer.tui.screens.rate_notes import draw_notes, effect_row, side_rows
from prioritizer.tui.screens.rate_question import draw_case_strip, draw_question, draw_strip
from prioritizer.tui.screens.rate_rows import columns, row
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.pane import Pane
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList
from prioritizer.workshop.views.rating import cell, facts_words, rated_of

if TYPE_CHECKING:
    from prioritizer.model.session import UseCase
    from prioritizer.workshop.views.standing import Standing


class RatePicture(RateBoard):
    """The board, drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._before: tuple[str, Reckoned | None] | None = None
        """The use case that was changed last, and the rules before that."""
        self._stood: tuple[str, Reckoned, Standing | None] | None = None
        """Where it stood by those rules, once that was asked."""
        self._standings: dict[str, Standing | None] = {}

    def compose_body(self) -> ComposeResult:
        yield Painted(self._draw_strip, id="rate-strip")
        yield Painted(self._draw_question, id="rate-question", classes="raised")
        yield FilterLine(id="rate-filter")
        with Horizontal(id="rate-body"):
            yield RowList(self._draw_row, columns=1, id="rate-list")
            yield Pane(self._draw_side, id="rate-side", classes="raised")
        yield Painted(self._draw_notes, id="rate-notes", classes="raised")

    # What a change does

    def expect_change(self, use_case: str) -> None:
        """Before a change: remembers what the rules say now, to show what it does."""
        self._before = use_case, self.reckoned

    def forget_change(self) -> None:
        self._before = None

    def show_reckoned(self) -> None:
        self._standings.clear()
        super().show_reckoned()

    def _standing(self, use_case: str) -> Standing | None:
        """Where a use case stands by the rules as they were computed last."""
        if use_case not in self._standings:
            self._standings[use_case] = _stand(self.reckoned, use_case)
        return self._standings[use_case]

    def _effect(self, use_case: UseCase) -> Row:
        label = f"{use_case.number:02d}"
        after = self._standing(use_case.id)
        if self._before is None or self._before[0] != use_case.id:
            return effect_row(label, None, after)
        rules = self._before[1]
        if rules is None:
            return effect_row(label, None, after)
        if rules is not self.reckoned:
            return effect_row(label, self._standing_before(use_case.id, rules), after)
        waiting = self.is_sending or rules.snapshot is not self.seen
        return effect_row(label, after, None if waiting else after)

    def _standing_before(self, use_case: str, rules: Reckoned) -> Standing | None:
        if self._stood is None or self._stood[0] != use_case or self._stood[1] is not rules:
            self._stood = use_case, rules, _stand(rules, use_case)
        return self._stood[2]

    # Drawing

    def _draw_strip(self, width: int, height: int) -> Drawing:
        here = self.at
        if here is None:
            return Drawing().line((" Rate", "strong"))
        use_case, ladder = here
        if self.by_criterion:
            return draw_strip(self.asked, self.counts, len(self.cases), ladder.place - 1, width)
        rated = (rated_of(use_case, self.asked), len(self.asked))
        place = (self.rows.column + 1, len(self.cases))
        return draw_case_strip(f"{use_case.number:02d}", use_case.title, place, rated, width)

    def _draw_question(self, width: int, height: int) -> Drawing:
        here = self.at
        if here is None:
            return Drawing()
        use_case, ladder = here
        waiting = self.pending((use_case.id, ladder.criterion.id))
        level = cell(use_case, ladder).level if waiting is None else _level_of(waiting)
        return draw_question(ladder, level, (self.counts[ladder.place - 1], len(self.cases)), width, height)

    def _draw_notes(self, width: int, height: int) -> Drawing:
        about = self.subject
        if about is None:
            return Drawing()
        use_case, ladder = about
        return draw_notes(
            f"{use_case.number:02d} {use_case.title}",
            ladder,
            cell(use_case, ladder),
            self.pending((use_case.id, ladder.criterion.id)),
            facts_words(use_case, ladder.criterion.facts),
            self._effect(use_case),
            width,
            given=self.given_at is not None,
        )

    def _draw_side(self, width: int, height: int) -> Sequence[Row]:
        here = self.at
        if here is None:
            return []
        standing = self._standing(here[0].id)
        return side_rows(here[0], f"{here[0].number:02d}", here[1], cell(*here), standing, width, height)

    def _draw_row(self, key: str, look: Look) -> Text:
        if key.startswith(HEADING):
            return self._draw_heading(key.removeprefix(HEADING))
        found = self.cell_of(key)
        if found is None or self.seen is None:
            return Text("")
        use_case, ladder = found
        spot = (use_case.id, ladder.criterion.id)
        if self.by_criterion:
            name, title = f"{use_case.number:02d}", use_case.title
            longest = max(2, len(str(len(self.seen.use_cases))))
        else:
            name, title = ladder.criterion.id, ladder.criterion.title
            longest = max(len(x.criterion.id) for x in self.asked)
        parts = row(
            name,
            title,
            cell(use_case, ladder),
            self.pending(spot),
            ladder.criterion.levels,
            facts_words(use_case, ladder.criterion.facts, names=False),
            columns(look.width, longest),
            given=spot == self._given,
        )
        return segments(self.app, parts)

    def _draw_heading(self, dimension: str) -> Text:
        assert self.seen is not None
        parts: Row = [(f" {self.seen.preset.find_dimension(dimension).title}", "accent strong")]
        here = self.at
        standing = self._standing(here[0].id) if here is not None else None
        score = next((s for i, _, s in standing.dimensions if i == dimension), None) if standing else None
        if score is not None:
            parts.append((f"  {score}", "strong"))
        return segments(self.app, parts)


def _stand(rules: Reckoned | None, use_case: str) -> Standing | None:
    if rules is None:
        return None
    from prioritizer.workshop.views.standing import standing

    return standing(rules.snapshot, rules.evaluation, use_case)


def _level_of(waiting: str) -> int | None:
    return int(waiting) if waiting.isdigit() else None

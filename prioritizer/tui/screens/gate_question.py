"""The question that is asked, its answers with their keys, and what each leads to."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer.charts.segments import Row
from prioritizer.text.width import cell_width, fit, wrap
from prioritizer.tui.screens.rank_rows import fit_to
from prioritizer.tui.styles import GATE_ROLES, GATE_SIGNS, GATE_WORDS
from prioritizer.tui.widgets.painted import LIT, Drawing
from prioritizer.workshop.views.gates import AnswerView, GateView, QuestionView


def lines_needed(question: QuestionView, width: int) -> int:
    """Lines that a question takes with nothing left out."""
    return 1 + len(wrap(question.question, max(10, width - 2))) + len(question.answers)


def panel_height(questions: Sequence[QuestionView], width: int, most: int) -> int:
    """Lines for the question: the same for all of them, so that nothing jumps."""
    return min(most, max((lines_needed(q, width) for q in questions), default=3))


def draw_question(
    question: QuestionView, answer: str | None, width: int, height: int, place: tuple[int, int]
) -> Drawing:
    """The question and a line an answer; side by side where there are too many.

    Args:
        question: What is asked.
        answer: Id of the answer under the cursor, which is lit.
        width: Cells of a line.
        height: Lines.
        place: The how-manieth gate, of how many.
    """
    d = Drawing()
    d.line((f" {fit_to(question.title, max(10, width - 34))} ", "accent strong"))
    d.right(
        [(f"gate {place[0]} of {place[1]} · {question.answered:,} of {question.total:,} answered ", "muted")],
        width,
    )
    lines = wrap(question.question, max(10, width - 2))
    room = max(1, height - 1 - min(len(question.answers), 4))
    for line in lines[:room]:
        d.line((f" {line}", "strong"))
    room = height - len(d.rows)
    if len(question.answers) > room:
        return _side_by_side(d, question.answers, answer, width, room)
    title = min(max(cell_width(a.title) for a in question.answers), max(16, width // 2 - 8))
    for each in question.answers:
        lit = LIT if each.id == answer else ""
        d.line((f" {each.key}  ", f"{lit} accent strong"))
        d.put(fit(each.title, title), f"{lit} strong")
        d.put("   " + GATE_SIGNS[each.status] + " ", f"{lit} {GATE_ROLES[each.status]}")
        words = each.leads_to + ("  · “all remaining”" if each.clear and width >= 100 else "")
        d.put(fit(words, max(0, width - 4 - title - 5)), lit or "muted")
        d.whole_line(f"answer:{each.key}", width, "Give this answer and go on")
    return d


def _side_by_side(
    d: Drawing, answers: Sequence[AnswerView], answer: str | None, width: int, room: int
) -> Drawing:
    """Many answers in few lines: as many columns as it takes, without what they lead to."""
    room = max(1, room)
    across = -(-len(answers) // room)
    each_width = max(6, (width - 1) // across)
    for line in range(min(room, len(answers))):
        d.line((" ", ""))
        for each in answers[line::room]:
            lit = LIT if each.id == answer else ""
            spot = f"answer:{each.key}"
            d.put(f"{each.key} ", f"{lit} accent strong", spot=spot)
            d.put(f"{GATE_SIGNS[each.status]} ", f"{lit} {GATE_ROLES[each.status]}", spot=spot)
            d.put(fit(each.title, each_width - 5) + " ", lit, spot=spot)
    return d


def draw_strip(by_gate: bool, answered: int, total: int, width: int) -> Drawing:
    """How it is asked, and how far it is."""
    d = Drawing()
    way = "By gate" if by_gate else "By use case"
    says = "one question for all use cases" if by_gate else "all questions for one use case"
    d.line().put(f" {way} ", "strong", spot="turn", tip="Turn it the other way round")
    d.put(f" {says}, ", "muted").put("T", "accent", spot="turn").put(" turns", "muted")
    sign = "● " if total and answered >= total else ""
    return d.right([(sign, "good"), (f"{answered:,} of {total:,} answered ", "strong")], width)


def level_rows(gates: Sequence[GateView], width: int, *, spelled: bool) -> list[Row]:
    """The gates that follow from levels, one a paragraph, with their reasons.

    Args:
        gates: What `level_gates` found.
        width: Cells of a line.
        spelled: With the name of what was set aside, by whom, when and why.
    """
    rows: list[Row] = []
    room = max(12, width - 4)
    for each in gates:
        role = GATE_ROLES[each.status]
        sign = ("⚑" if each.override else "") + GATE_SIGNS[each.status]
        head = f"{each.name}: {GATE_WORDS[each.status]}"
        rows.append([(f" {sign} ", role), (fit_to(head, room), "strong")])
        if spelled and each.reason and each.status != "pass":
            rows += [[("   ", ""), (line, "muted")] for line in wrap(each.reason, room)[:4]]
        elif spelled and each.override is not None:
            rows += [[("   ", ""), (line, "mark")] for line in wrap(each.reason, room)[:4]]
    return rows


def level_line(gates: Sequence[GateView] | None, width: int, height: int) -> list[Row]:
    """The same in a few lines: those that hold it with their reasons, then those that pass."""
    lead = " From its levels: "
    if gates is None:
        return [[(lead, "muted"), ("…", "muted")]]
    holding = [g for g in gates if g.status != "pass"]
    passing = [g for g in gates if g.status == "pass"]
    rows: list[Row] = [[(lead, "muted")]]
    if not holding:
        rows[0].append(("nothing holds it", "good"))
    left = width - cell_width(lead)
    for each in [*holding, *passing]:
        sign = ("⚑" if each.override else "") + GATE_SIGNS[each.status]
        words = f" {each.short}"
        if each.status != "pass" and each.reason and height > 1:
            words += f" {fit_to(each.reason, 30)}"
        need = cell_width(sign) + cell_width(words) + 2
        if need > left:
            if len(rows) >= height:
                rows[-1].append(("…", "muted"))
                return rows
            rows.append([("   ", "")])
            left = width - 3
        rows[-1] += [(sign, GATE_ROLES[each.status]), (words, ""), ("  ", "")]
        left -= need
    return rows

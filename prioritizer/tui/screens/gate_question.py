"""The question that is asked, its answers with their keys, and what each leads to."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer.charts.segments import Row, row_width
from prioritizer.text.width import cell_width, fit, wrap
from prioritizer.tui.actions.hints import hint, key_of
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
        d.line((f"{'▸' if lit else ' '}{each.key}  ", f"{lit} accent strong"))
        d.put(fit(each.title, title), f"{lit} strong")
        d.put("   " + GATE_SIGNS[each.status] + " ", f"{lit} {GATE_ROLES[each.status]}")
        words = each.leads_to + (hint(" · {gate.rest} gives it to all remaining") if each.clear else "")
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
            d.put(f"{'▸' if lit else ''}{each.key} ", f"{lit} accent strong", spot=spot)
            d.put(f"{GATE_SIGNS[each.status]} ", f"{lit} {GATE_ROLES[each.status]}", spot=spot)
            d.put(fit(each.title, each_width - 5 - bool(lit)) + " ", lit, spot=spot)
    return d


def draw_strip(by_gate: bool, answered: int, total: int, width: int) -> Drawing:
    """How it is asked, and how far it is."""
    way = "By gate" if by_gate else "By use case"
    says = "one question for all use cases" if by_gate else "all questions for one use case"
    sign = "● " if total and answered >= total else ""
    end = f"{answered:,} of {total:,} answered "
    d = Drawing()
    d.line().put(f" {way} ", "strong", spot="turn", tip="Turn it the other way round")
    if len(way) + len(says) + len(sign) + len(end) + 16 <= width:
        d.put(f" {says}, ", "muted")
    d.put(key_of("gate.turn"), "accent", spot="turn").put(" turns", "muted")
    return d.right([(sign, "good"), (end, "strong")], width)


def level_rows(gates: Sequence[GateView], width: int) -> list[Row]:
    """The gates that follow from levels, each with its reason, or with who set it aside."""
    rows: list[Row] = []
    room = max(12, width - 4)
    for each in gates:
        head = f"{each.name}: {GATE_WORDS[each.status]}"
        rows.append([(f" {_sign(each)} ", GATE_ROLES[each.status]), (fit_to(head, room), "strong")])
        if each.override is not None or (each.reason and each.status != "pass"):
            role = "mark" if each.override is not None else "muted"
            rows += [[("   ", ""), (line, role)] for line in wrap(each.reason, room)[:4]]
    return rows


def level_line(lead: str, gates: Sequence[GateView] | None, width: int, height: int) -> list[Row]:
    """The same in a few lines: what holds it most with its reason, the others by name.

    Args:
        lead: What stands before them.
        gates: What `level_gates` found; none as long as the rules are being computed.
        width: Cells of a line.
        height: Lines.
    """
    rows: list[Row] = [[(lead, "muted")]]
    if gates is None:
        rows[0].append(("…", "muted"))
        return rows
    holding = [g for g in gates if g.status != "pass"]
    if not holding:
        rows[0].append(("nothing holds it   ", "good"))
    spelled = holding[: max(1, height - 1)]
    for place, each in enumerate(spelled):
        if place:
            rows.append([(" " * cell_width(lead), "")])
        rows[-1] += [(f"{_sign(each)} ", GATE_ROLES[each.status]), (f"{each.short}: ", "strong")]
        rows[-1].append((fit_to(each.reason, max(1, width - row_width(rows[-1]) - 1)), ""))
    if height > 1 and holding:
        rows.append([(" " * cell_width(lead), "")])
    for each in (g for g in gates if g not in spelled):
        words = f" {each.short}  "
        if row_width(rows[-1]) + cell_width(_sign(each)) + cell_width(words) > width - 1:
            rows[-1].append(("…", "muted"))
            break
        rows[-1] += [(_sign(each), GATE_ROLES[each.status]), (words, "")]
    return rows


def _sign(gate: GateView) -> str:
    return ("⚑" if gate.override is not None else "") + GATE_SIGNS[gate.status]

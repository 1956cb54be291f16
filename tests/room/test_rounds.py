"""Rounds and answers: five states, corrections, re-votes, voids, deadlocks; who is here and who votes."""

from __future__ import annotations

import pytest

from prioritizer import PrioritizerError, Workshop
from prioritizer.facilitation.cut import Candidate
from prioritizer.facilitation.roster import parse_cards, parse_correction, place_letter, states_of
from prioritizer.model.session import ABSTAIN, DONT_KNOW, PENDING, Round
from prioritizer.workshop.ballots import cards
from prioritizer.workshop.commands.frame import AddParticipant, EditParticipant, SetSession
from prioritizer.workshop.commands.rate import Rate, Reveal, Vote, room_value
from prioritizer.workshop.commands.room import OpenRound, Revote, Reword, VoidRounds, asks_meaning
from prioritizer.workshop.commands.running import CutList, candidates_of, cut_of
from prioritizer.workshop.commands.seating import SeatTable, SetPresent
from prioritizer.workshop.commands.settle import ApplyDeadlock, Claim, ParkCell, SetDeadlock
from prioritizer.workshop.views.cut import cut_view, votes_words
from prioritizer.workshop.views.reveal import RevealCell, reveal_cell
from prioritizer.workshop.views.room import asking_words, ballot_of, room_view
from tests.room.conftest import NAMES, vote

TEN = [chr(ord("A") + n) * 3 for n in range(10)]


def shown(w: Workshop, case: str, criterion: str, *, facilitator: bool = False) -> RevealCell:
    found = reveal_cell(w.snapshot, case, criterion, facilitator=facilitator)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "line", ["3324?3-213", "3 3 2 4 ? 3 - 2 1 3", "3,3,2,4,?,3,–,2,1,3", " 3324 ?3-2 13 "]
)
def test_a_line_of_cards(line: str) -> None:
    assert "".join(parse_cards(line, TEN)) == "3324?3-213"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("3324?3-21", r"Position 10 \(JJJ\) is missing: 9 answers for 10 people"),
        ("3324?3-2133", r"Position 11 is one too many: 11 answers for 10 people, the last of whom is JJJ"),
        ("3325?3-213", r"Position 4 \(DDD\): “5” is no answer"),
        ("", r"Position 1 \(AAA\) is missing"),
        ("332x", r"Position 4 \(DDD\): “x”"),
    ],
)
def test_a_wrong_line_is_refused_with_position_and_name(line: str, says: str) -> None:
    with pytest.raises(PrioritizerError, match=says):
        parse_cards(line, TEN)


def test_a_masked_line_is_not_repeated() -> None:
    with pytest.raises(PrioritizerError) as caught:
        parse_cards("3329999999", TEN, masked=True)
    assert "9" not in str(caught.value).replace("0 to 4", "")


@pytest.mark.parametrize(
    ("text", "fix"), [("5=3", (4, "3")), ("e3", (4, "3")), ("10=?", (9, "?")), ("33", None)]
)
def test_a_correction_takes_four_keys_at_most(text: str, fix: tuple[int, str] | None) -> None:
    assert parse_correction(text, TEN) == fix
    if fix is not None and len(text) > 3:
        assert len(place_letter(fix[0]) + fix[1] + "\n") <= 4


def test_keys_per_answer() -> None:
    assert (len("3324?3-2") + 1) / 8 <= 1.2


def test_a_correction_needs_somebody_there(room: Workshop) -> None:
    for bad in ("9=3", "z3", "0=3", "a9"):
        with pytest.raises(PrioritizerError, match=r"nobody at that place|is no answer"):
            cards(room.snapshot, room.use_cases[0].id, "VIA", bad)


def test_the_five_states_are_distinct(room: Workshop) -> None:
    case = room.use_cases[0].id
    room.do(OpenRound([case], ["VIA"]))
    people = room.snapshot.participants
    room.do(SetPresent([people[7].id], present=False))
    for person, answer in zip(people, "30?-", strict=False):
        room.do(Vote(case, "VIA", person.id, answer))
    cell = shown(room, case, "VIA")
    assert (cell.pattern, cell.states.levels, cell.states.hidden) == (None, (0,) * 5, 4)
    assert (cell.states.pending, cell.states.not_asked) == (3, 2), "who is away or only leads is not asked"
    assert cell.states.words() == "4 of 7 have answered"
    assert cell.waiting == ("Eva", "Fay", "Gil")
    room.do(Reveal(case, "VIA"))
    cell = shown(room, case, "VIA")
    assert cell.states.levels == (1, 0, 0, 1, 0)
    assert (cell.states.dont_know, cell.states.abstain, cell.states.pending) == (1, 1, 3)
    assert cell.states.words() == "2 of 7, 1 don't know, 1 not their field, 3 pending"
    assert cell.states.not_asked == 2
    stored = room.snapshot.use_cases[case].rounds["VIA"][0].answers
    assert list(stored) == [3, 0, DONT_KNOW, ABSTAIN, PENDING, PENDING, PENDING]


def test_completeness_follows_who_is_here(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "33333333", reveal=False)
    assert room_view(room.snapshot).complete
    room.do(AddParticipant("Ida"))
    assert not room_view(room.snapshot).complete, "a late person is waited for"
    assert shown(room, case, "VIA").waiting == ("Ida",)
    late = room.snapshot.participants[-1].id
    room.do(SetPresent([late], present=False))
    assert room_view(room.snapshot).complete, "and no longer when she leaves again"
    assert [h.kind for h in room.history()][-2:] == ["roster", "roster"]


def test_a_round_for_everything_asked_in_the_room(room: Workshop) -> None:
    done = room.do(OpenRound())
    assert done.words == "opening 21 rounds"
    view = room_view(room.snapshot)
    assert (len(view.open), view.not_asked) == (21, 0)
    assert view.summary() == "21 cells open, 0 of 168 answers in."
    with pytest.raises(PrioritizerError, match="open already for 21 cells"):
        room.do(OpenRound())
    room.do(Reveal())
    with pytest.raises(PrioritizerError, match="vote again about one cell"):
        room.do(OpenRound())


def test_an_answer_is_put_right_before_the_reveal_and_never_after(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "33333333", reveal=False)
    room.do(cards(room.snapshot, case, "VIA", "e1"))
    room.do(Reveal(case, "VIA"))
    assert shown(room, case, "VIA").states.levels == (0, 1, 0, 7, 0)
    with pytest.raises(PrioritizerError, match="is revealed; open the next round"):
        room.do(cards(room.snapshot, case, "VIA", "e2"))
    with pytest.raises(PrioritizerError, match="is revealed; open the next round"):
        room.rate(case, "VIA", 3, by="Ada")


def test_a_revote_is_the_next_round_of_that_cell_only(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "22224444")
    vote(room, 1, "VIA", "33333333")
    assert shown(room, case, "VIA").words() == "#1 VIA: 8 of 8; two camps"
    room.do(Revote(case, "VIA"))
    assert [len(u.rounds.get("VIA", ())) for u in room.use_cases] == [2, 1, 0]
    assert room_value(room.snapshot.use_cases[case], "VIA") == 2, "the first round stands meanwhile"
    vote(room, 0, "VIA", "33333334")
    cell = shown(room, case, "VIA")
    assert (cell.round, cell.moved) == (2, "2 → 3, camps merged")
    first = room.snapshot.use_cases[case].rounds["VIA"][0]
    assert first.levels() == [2, 2, 2, 2, 4, 4, 4, 4], "rounds are immutable"
    room.do(Revote(case, "VIA"))
    vote(room, 0, "VIA", "33333333")
    with pytest.raises(PrioritizerError, match="had 3 rounds; now the rule decides"):
        room.do(Revote(case, "VIA"))


def test_unrevealing_voids_the_round_and_says_so(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "22224444")
    room.undo()
    assert room.snapshot.use_cases[case].rounds["VIA"][0].status == "void"
    assert room_view(room.snapshot).summary() == "1 round void."
    vote(room, 0, "VIA", "33333333")
    assert shown(room, case, "VIA").round == 2
    assert room.do(VoidRounds(case, "VIA")).words == "the voiding of “Route tickets” VIA"
    assert room_value(room.snapshot.use_cases[case], "VIA") is None
    with pytest.raises(PrioritizerError, match="nothing to void"):
        room.do(VoidRounds(case, "VIA"))


def test_another_wording_asks_whether_it_means_the_same(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "22223333")
    room.do(Rate(case, "VIA", 2))
    use_case = room.use_cases[0]
    assert asks_meaning(use_case, title="Route mails")
    assert not asks_meaning(use_case, title=use_case.title)
    assert not asks_meaning(room.use_cases[1], title="Whatever")
    with pytest.raises(PrioritizerError, match=r"answered in 1 round\. Does the new wording mean the same"):
        room.do(Reword(case, title="Route mails"))
    room.do(Reword(case, title="Route the tickets", same_meaning=True))
    assert room_value(room.use_cases[0], "VIA") == 2
    room.do(Reword(case, title="Answer tickets", same_meaning=False))
    changed = room.use_cases[0]
    assert (changed.title, room_value(changed, "VIA")) == ("Answer tickets", None)
    assert changed.level(0) is None, "what was agreed on those answers goes with them"
    assert room.undo() == "the wording of “Answer tickets”"
    assert room_value(room.use_cases[0], "VIA") == 2
    assert room.use_cases[0].level(0) == 2


def test_the_facilitator_does_not_vote_unless_said(room: Workshop) -> None:
    lea = room.snapshot.participants[-1]
    assert not lea.voter
    case = room.use_cases[0].id
    with pytest.raises(PrioritizerError, match="Lea does not vote"):
        room.rate(case, "VIA", 3, by="Lea")
    room.do(SetSession(facilitator="Ada"))
    assert not room.snapshot.participants[0].voter
    room.do(EditParticipant(room.snapshot.participants[0].id, voter=True))
    room.rate(case, "VIA", 3, by="Ada")


def test_a_table_votes_as_one(room: Workshop) -> None:
    people = [p.id for p in room.snapshot.participants[:3]]
    room.do(SeatTable("Table 1", people, newcomers=["Ida"]))
    voting = [p.name for p in room.snapshot.participants if p.voter]
    assert voting == [*NAMES[3:], "Table 1"]
    case = vote(room, 0, "VIA", "333334")
    assert shown(room, case, "VIA").states.asked == 6
    room.undo()
    room.undo()
    assert room.undo() == "a change of the roster"
    assert [p.name for p in room.snapshot.participants if p.name and p.voter] == list(NAMES)


def test_lowest_and_highest_are_named_to_the_facilitator_alone(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "1333333?")
    assert shown(room, case, "VIA").lowest == ()
    told = shown(room, case, "VIA", facilitator=True)
    assert (told.lowest, told.highest) == (("Ada",), NAMES[1:7])
    assert "Ada" not in str([line.text for line in shown(room, case, "VIA").lines()])
    assert not any(name in str(told.document()) for name in NAMES)


def test_the_lower_level_stands(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "11144444")
    assert room_value(room.use_cases[0], "VIA") == 4
    room.do(ApplyDeadlock(case, "VIA"))
    assert room.use_cases[0].level(0) == 1, "the lower of two camps, not the median"
    assert "lower level stands" in room.use_cases[0].agreed["VIA"].reason


def test_the_named_decider_decides(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "11144444")
    room.do(SetDeadlock("decider"))
    with pytest.raises(PrioritizerError, match="Nobody is named as the decider"):
        room.do(ApplyDeadlock(case, "VIA", level=3))
    room.do(SetSession(decider="Ivo", agenda="min60"))
    assert room.snapshot.deadlock == "decider", "the agenda is chosen without losing the rule"
    with pytest.raises(PrioritizerError, match="say the level"):
        room.do(ApplyDeadlock(case, "VIA"))
    room.do(ApplyDeadlock(case, "VIA", level=3))
    assert room.use_cases[0].level(0) == 3


def test_parked_as_find_out_it_stands_as_claimed(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "01234123")
    room.do(SetDeadlock("park"))
    with pytest.raises(PrioritizerError, match="needs an owner and a date"):
        room.do(ApplyDeadlock(case, "VIA", who="Ada"))
    room.do(ApplyDeadlock(case, "VIA", who="Ada", when="2026-05-31"))
    use_case = room.use_cases[0]
    assert (use_case.tasks["VIA"].who, use_case.tasks["VIA"].when) == ("Ada", "2026-05-31")
    assert use_case.is_claimed(0)
    assert room.ranked(case).claimed == ["VIA"]
    other = vote(room, 1, "VIA", "????????")
    room.do(ParkCell(other, "VIA", "Ben", "2026-05-31"))
    assert room.use_cases[1].level(0) is None, "where nobody said a level, none is made up"
    with pytest.raises(PrioritizerError, match="there is none to claim"):
        room.do(Claim(other, "VIA"))


def test_the_cut_stays_with_the_cards(room: Workshop) -> None:
    one, two, three = (u.id for u in room.use_cases)
    room.do(
        CutList([Candidate(one, 1, 3, 3), Candidate(two, 2, 0, 0, 5), Candidate(three, 3, None, 1, 2)], 1)
    )
    assert [u.id for u in room.use_cases] == [one]
    again = cut_of(room.snapshot)
    assert again is not None
    assert (again.keep, again.vote_alone) == ((one,), (two,))
    seen = cut_view(room.snapshot)
    assert seen is not None
    assert seen.words == "The vote alone would have kept #2 Negotiate and have dropped #1 Route tickets."
    assert "vote alone would have kept #2 in place of #1" in room.snapshot.decisions[0].text
    assert len(candidates_of(room.snapshot)) == 3
    room.undo()
    assert len(room.use_cases) == 3
    assert cut_of(room.snapshot) is None


def test_the_keyboard_goes_round_with_one_ballot_a_person(room: Workshop) -> None:
    room.do(OpenRound([u.id for u in room.use_cases[:2]], ["VIA", "DAT"]))
    ada, ben = (p.id for p in room.snapshot.participants[:2])
    room.do(Vote(room.use_cases[0].id, "VIA", ada, "3"))
    asked = ballot_of(room.snapshot, ada)
    assert [(q.criterion, q.number, q.answered) for q in asked] == [
        ("VIA", 1, True),
        ("VIA", 2, False),
        ("DAT", 1, False),
        ("DAT", 2, False),
    ]
    assert not any(q.answered for q in ballot_of(room.snapshot, ben))


def test_consequences_are_said(room: Workshop) -> None:
    assert votes_words(30) == "30 use cases: 6 to 10 votes each, at most one for the same."
    assert "carries a gate" in asking_words(room.snapshot, "DAT", "off")
    assert "3 more cells for 8 voters" in asking_words(room.snapshot, "INT", "room")
    assert "stand as claimed" in asking_words(room.snapshot, "INT", "before")
    assert "the shortlist says so" in asking_words(room.snapshot, "WOR", "off")


def test_states_of_a_round_without_anybody() -> None:
    assert states_of(Round("r", 1, "open"), ()).words() == "0 of 0 have answered"

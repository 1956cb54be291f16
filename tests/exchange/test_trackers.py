"""Tables as trackers and whiteboards export them: the headers are those of real exports, the rows are made up."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from prioritizer.exchange.pasted_in import read_pasted
from prioritizer.exchange.use_cases_in import Candidate, Candidates, candidates_of, read_use_cases

JIRA_ALL = (
    "Summary,Issue key,Issue id,Parent,Issue Type,Status,Project key,Project name,Project type,Project lead,"
    "Project description,Project url,Priority,Resolution,Assignee,Reporter,Creator,Created,Updated,Last Viewed,"
    "Resolved,Components,Components,Due date,Votes,Labels,Labels,Description,Environment,Watchers,"
    "Custom field (Story Points),Comment,Comment\n"
    "Route support tickets,OPS-12,10012,,Story,To Do,OPS,Operations,software,kim,What operations does,,Medium,,,"
    'Kim Lee,Kim Lee,14/Jul/26 3:42 PM,15/Jul/26 9:00 AM,,,Helpdesk,Mail,,0,support,routing,"Set the queue\n'
    'of every ticket",,,5,15/Jul/26 9:00 AM;kim;first,\n'
)
JIRA_LIST = (
    "Issue Type,Issue key,Issue id,Summary,Creator,Creator Id,Sprint,Sprint,Status,Parent,Parent key,"
    "Parent summary,Description\n"
    'Story,OPS-13,10013,Draft filings,Lee,5f,S 16,S 17,Ready,10012,OPS-1,Everything at once,"*Draft* it"\n'
)
JIRA_RENAMED = "Summary,Work item key,Work item id,Work type,Status\nDraft filings,OPS-13,10013,Story,Done\n"

TRELLO = (
    "Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,List ID,List Name,Board Name,Archived\n"
    'c1,Route tickets,https://trello.example/c/1,Set the queue,"Support (green), Urgent (red_dark)",,'
    "2026-10-09T08:00:00.000Z,l1,New,Ideas,false\n"
    "c2,Old one,https://trello.example/c/2,,,,,l2,Done,Ideas,true\n"
)

AZURE = (
    "ID,Work Item Type,Title,Assigned To,State,Tags,Description,Created By,Area Path\n"
    '"272","User Story","Route tickets","Kim Lee <kim@example.org>","New","support; routing",'
    '"<div>Set the queue of <b>every</b> ticket&nbsp;&amp; tag it.<br>By night.</div><ul><li>one</li><li>two</li></ul>",'
    '"Kim Lee <kim@example.org>","Ops\\Desk"\n'
)

ASANA = (
    "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,"
    "Due Date,Tags,Notes,Projects,Parent task\n"
    '1201,2026-09-01,,2026-09-02,Route tickets,In Progress,Lan,lan@example.org,,2026-09-30,"support,routing",'
    "Set the queue,Ideas,\n"
)

LINEAR = (
    "ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,Cycle Number,"
    "Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,Parent issue\n"
    'ENG-1,Engineering,Route tickets,Set the queue,Todo,3,Urgent,,Desk,Kim Lee,Sam,"Support, Routing",,,,,'
    "2026-01-01,2026-01-02,,,,,,,\n"
)

GITLAB = (
    "Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,Confidential,Locked,"
    "Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent\n"
    "Route tickets,Set the queue,7,https://gitlab.example/o/r/-/issues/7,Open,Kim Lee,kim,,,No,No,,2026-01-01,"
    '2026-01-01,,,,"support,routing",0,0\n'
)

GITHUB_PROJECT = "Title\tURL\tAssignees\tStatus\tLabels\nRoute tickets\thttps://github.example/o/r/issues/7\tkim\tTodo\tsupport, routing\n"

MURAL = (
    "ID,Text,BG Color,Sticky type,Border line,Position X,Position Y,Area,Link to,Last Updated By,Last Updated,"
    "Last Content Edited By,Last Content Edited,Tags,Integration Labels\n"
    '0-1,"Route tickets &amp; mails",#FCF281,3x5,No,120,80,Operations,,Kim,2026-01-01,Kim,2026-01-01,quick,\n'
    "0-2,,#FCF281,3x5,No,120,160,Operations,,Kim,2026-01-01,Kim,2026-01-01,,\n"
)

PLANNER = (
    "Task ID,Task Name,Bucket Name,Progress,Priority,Assigned To,Created By,Created Date,Start date,Due date,Late,"
    "Completed Date,Completed By,Completed Checklist Items,Checklist Items,Labels,Description\n"
    "x1,Route tickets,Ideas,Not started,Medium,,Kim Lee,01/02/2026,,,false,,,,,support;routing,Set the queue\n"
)


def only(found: Candidates) -> Candidate:
    (row,) = found.rows
    return row


def read(folder: Path, text: str, name: str = "export.csv") -> Candidates:
    path = folder / name
    path.write_bytes(text.encode("utf-8-sig"))
    return read_use_cases(path)


@pytest.mark.parametrize("text", [AZURE, ASANA, LINEAR, GITLAB, PLANNER, TRELLO, GITHUB_PROJECT])
def test_title_task_and_labels_are_found(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    row = only(found)
    assert row.title == "Route tickets"
    assert row.task.startswith("Set the queue") or text == GITHUB_PROJECT
    assert row.tags[0].casefold() == "support"
    assert len(row.tags) == 2, row.tags


def test_the_same_when_it_is_pasted() -> None:
    row = only(candidates_of(read_pasted(ASANA)))
    assert (row.title, row.task, row.tags) == ("Route tickets", "Set the queue", ("support", "routing"))


def test_jira_with_all_fields(tmp_path: Path) -> None:
    row = only(read(tmp_path, JIRA_ALL))
    assert (row.title, row.task, row.proposer) == (
        "Route support tickets",
        "Set the queue\nof every ticket",
        "Kim Lee",
    )
    assert row.tags == ("Helpdesk", "Mail", "support", "routing")
    assert row.source["Issue key"] == "OPS-12"
    assert row.source["Project description"] == "What operations does"


def test_jira_with_the_columns_of_a_list(tmp_path: Path) -> None:
    row = only(read(tmp_path, JIRA_LIST))
    assert (row.title, row.task) == ("Draft filings", "*Draft* it")
    assert row.source["Parent summary"] == "Everything at once"


def test_jira_where_an_issue_is_called_a_work_item(tmp_path: Path) -> None:
    assert only(read(tmp_path, JIRA_RENAMED)).title == "Draft filings"


def test_a_row_wider_than_the_header_of_jira_is_refused_by_number(tmp_path: Path) -> None:
    """Some exports hold two labels under one *Labels*; every later cell would land in the wrong column."""
    header = "Summary,Issue key,Issue id,Labels,Description\n"
    found = read(tmp_path, header + "One,A-1,1,a,task\nTwo,A-2,2,a,b,task\n")
    assert [c.title for c in found.rows] == ["One"]
    assert [r.row for r in found.refused] == [3]


def test_trello_refuses_what_is_archived_and_drops_colours(tmp_path: Path) -> None:
    found = read(tmp_path, TRELLO)
    row = only(found)
    assert row.tags == ("Support", "Urgent")
    assert row.source["List Name"] == "New"
    assert [(r.row, r.reason) for r in found.refused] == [(3, "the card is archived")]


def test_azure_devops_has_its_descriptions_in_html(tmp_path: Path) -> None:
    row = only(read(tmp_path, AZURE))
    assert row.task == "Set the queue of every ticket & tag it.\nBy night.\none\ntwo"
    assert row.tags == ("support", "routing")
    assert row.proposer == "Kim Lee"


def test_mural_keeps_areas_and_names_of_entities(tmp_path: Path) -> None:
    found = read(tmp_path, MURAL)
    row = only(found)
    assert (row.title, row.tags) == ("Route tickets & mails", ("Operations", "quick"))
    assert row.source["BG Color"] == "#FCF281"
    assert [r.row for r in found.refused] == [3]


def test_linear_does_not_take_the_team_for_a_label(tmp_path: Path) -> None:
    row = only(read(tmp_path, LINEAR))
    assert row.tags == ("Support", "Routing")
    assert row.proposer == "Kim Lee"


def test_a_planner_workbook_maps_like_its_table(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Tasks")
    for number, line in enumerate(io.StringIO(PLANNER)):
        for column, cell in enumerate(line.strip().split(",")):
            sheet.write_string(number, column, cell)
    book.close()
    row = only(read_use_cases(path))
    assert (row.title, row.task, row.tags) == ("Route tickets", "Set the queue", ("support", "routing"))


def test_a_mapping_that_was_given_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ASANA, encoding="utf-8")
    row = only(read_use_cases(path, mapping=[("title", "Name"), ("tag", "Projects")]))
    assert (row.task, row.tags) == ("", ("Ideas",))


def test_commas_in_labels_of_a_list_that_no_tracker_wrote_stay(tmp_path: Path) -> None:
    """A department may be called "Research, Development"."""
    assert only(read(tmp_path, 'Title,Tags\nRouting,"Research, Development"\n')).tags == (
        "Research, Development",
    )


@pytest.mark.parametrize(
    "cell",
    [
        "<" * 50_000,
        "<div>" * 20_000 + "deep",
        "<script>alert(1)</script>safe",
        "&" * 50_000,
        "<!--" + "x" * 9,
        "a<b",
    ],
)
def test_hostile_html_in_a_description_is_text_and_takes_no_time(tmp_path: Path, cell: str) -> None:
    text = f'ID,Work Item Type,Title,Description\n1,Task,Routing,"{cell}"\n'
    row = only(read(tmp_path, text))
    assert row.title == "Routing"
    assert "<script" not in row.task
    if cell == "a<b":
        assert row.task == "a<b"

"""What would change the place of a use case, in words: one wording for every document."""

from __future__ import annotations

from prioritizer.model.report import ReportLine, ReportNear, ReportTask

READY = "ready; only the number of places keeps it off the list"
MOST_FIXES = 5
"""Fixes of one of the nearest that are named."""
LEFT_OUT = "ready; the room left it out"


def change(line: ReportLine, most: int = 2, *, both: bool = False) -> str:
    """What would move a use case to a better lane, in a line.

    Args:
        line: The use case.
        most: Conditions that are named; the others are counted.
        both: Name the conditions also where a slice of it could start.
    """
    if line.change:
        return line.change
    if line.lane == "pilot-first":
        return LEFT_OUT if line.chosen is False else READY
    start = f"start with: {line.slice}" if line.slice else ""
    tasks = [*line.conditions, *line.find_outs]
    words = [task_words(each) for each in tasks[:most]]
    if len(tasks) > most:
        words.append(f"and {len(tasks) - most} more")
    if start and (line.lane == "not-yet" or not words):
        words = [start, *words] if both else [start]
    return "; ".join(words) or line.weakest


def fixes(near: ReportNear) -> str:
    """What would make a use case a first pilot, in a line; of many fixes the first few, and how many there are."""
    words = [task_words(each) for each in near.fixes[:MOST_FIXES]]
    if len(near.fixes) > MOST_FIXES:
        words.append(f"and {len(near.fixes) - MOST_FIXES} more")
    return "; ".join(words)


def task_words(task: ReportTask) -> str:
    """Who does what by when."""
    return f"{task.what} ({task.who or 'nobody yet'}, {task.when or 'no date'})"

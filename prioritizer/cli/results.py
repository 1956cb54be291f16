"""What comes out: ``rank``, ``why`` and ``export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from prioritizer.cli import complete
from prioritizer.cli.clipboard import to_clipboard
from prioritizer.cli.command import command, file_argument
from prioritizer.cli.progress import working
from prioritizer.cli.reading import open_session
from prioritizer.cli.streams import out, out_json, say, table_width
from prioritizer.cli.words import condition_line, named
from prioritizer.errors import PrioritizerError
from prioritizer.text.phrases import counted

if TYPE_CHECKING:
    from prioritizer.model.ranking import Ranked, Ranking
    from prioritizer.model.session import Snapshot, UseCase
    from prioritizer.workshop.service import Workshop

NEAREST = 3


@command(
    "rank",
    "prioritizer rank s.sqlite",
    "prioritizer rank s.sqlite --what-if P=40",
    "prioritizer rank s.sqlite --what-if '#5:D1=3' --what-if '#5:prohibited=no' --json",
    json=True,
    plain=True,
)
@file_argument
@click.option(
    "--what-if",
    "specs",
    metavar="SPEC",
    multiple=True,
    help="Try a change that is not stored; may be repeated. P=40: a weight in per cent, the others keep their ratios. "
    "'#5:D1=3': a level, ? for unknown. '#5:prohibited=no': a gate.",
)
def rank_command(file: str, specs: tuple[str, ...], as_json: bool, plain: bool) -> None:
    """Print the ranking, lane by lane.

    Readiness is rounded down; demonstration value stands beside the ranking and never counts in it.
    """
    from prioritizer.cli.rank_text import rank_lines

    with working("Ranking"), open_session(file) as workshop:
        stored = workshop.ranking()
        snapshot = workshop.snapshot
    ranking, before = stored, None
    if specs:
        from prioritizer.cli.what_if import what_if
        from prioritizer.workshop.exporting import ranking_of

        tried = what_if(snapshot, specs)
        snapshot, ranking = tried.snapshot, ranking_of(tried.snapshot)
        before = {each.id: each for each in stored.use_cases}
    if as_json:
        document = ranking.model_dump(mode="json")
        out_json({**document, "what_if": list(tried.documents)} if specs else document)
        return
    if specs:
        out(f"What if: {'; '.join(tried.words)}. Hypothetical, nothing is stored.")
    if not ranking.use_cases:
        say("There is no use case to rank yet; add one with `prioritizer add`.")
        return
    for line in rank_lines(snapshot, ranking, table_width(plain), before):
        out(line)
    for line in _when_none_is_ready(snapshot, ranking):
        out(line)


@command(
    "why",
    'prioritizer why s.sqlite "#5"',
    'prioritizer why s.sqlite "#2" --over "#1"',
    json=True,
    plain=True,
)
@file_argument
@click.argument("use_case", metavar="USE_CASE", shell_complete=complete.use_cases)
@click.option("--over", metavar="OTHER", help="Why the higher of the two stands above the lower.")
def why_command(file: str, use_case: str, over: str | None, as_json: bool, plain: bool) -> None:
    """Say why a use case stands where it stands."""
    from prioritizer.text.width import wrap
    from prioritizer.workshop.views.why import why_view

    with open_session(file) as workshop:
        one = _ranked(workshop, use_case)
        other = None if over is None else _ranked(workshop, over)
        if other is not None and other.id == one.id:
            raise PrioritizerError("Name two different use cases to compare.")
        view = why_view(workshop.snapshot, workshop.evaluation, one.id, other.id if other else None)
        ranked = workshop.ranked(one.id)
    if as_json:
        lines = [{"text": line.text, "role": line.role, "indent": line.indent} for line in view.lines]
        place = ranked.model_dump(mode="json")
        out_json({"use_case": place, "over": other.id if other else None, "lines": lines})
        return
    width = table_width(plain)
    for line in view.lines:
        blank = "  " * line.indent
        texts = [line.text] if width is None else wrap(line.text, width - len(blank) - 2)
        for part, text in enumerate(texts):
            out(f"{blank}{'  ' * bool(part)}{text}")


@command(
    "export",
    "prioritizer export s.sqlite --to paper --top 3",
    "prioritizer export s.sqlite --to paper --format md --format csv --force",
    json=True,
)
@file_argument
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    help="Folder for the files; one beside FILE, named after it, if left out.",
)
@click.option(
    "--format",
    "formats",
    metavar="F",
    multiple=True,
    help="md, html, csv, xlsx, pptx or json; may be repeated; all if left out.",
)
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(1, 100),
    help="How many to propose while the room has not decided.",
)
@click.option("--force", is_flag=True, help="Replace the files of an earlier export.")
@click.option("--names", is_flag=True, help="Print who took part and whose answers the ballots are.")
@click.option(
    "--clipboard",
    is_flag=True,
    help="Hand the shortlist as Markdown to the terminal's clipboard (OSC 52); files are written only if --to or --format is given too.",
)
def export_command(
    file: str,
    folder: str | None,
    formats: tuple[str, ...],
    top: int | None,
    force: bool,
    names: bool,
    clipboard: bool,
    as_json: bool,
) -> None:
    """Write shortlist, charters, decision log, find-out list and parking lot.

    Markdown and HTML to read, CSV and XLSX to track, PPTX to show, JSON to go on with. All files are written or none; one that is there already is kept unless --force is given.
    """
    from prioritizer.workshop.exporting import FORMATS, export_folder, export_session, shortlist_markdown

    paths: list[Path] = []
    copied = ""
    with working("Exporting"), open_session(file) as workshop:
        if clipboard:
            copied = shortlist_markdown(workshop, top=top, names=names)
        if not clipboard or folder is not None or formats:
            target = Path(folder) if folder is not None else export_folder(Path(file))
            paths = export_session(workshop, target, formats or FORMATS, top=top, force=force, names=names)
    if clipboard:
        say(to_clipboard(copied))
    if as_json:
        out_json({"files": [str(path) for path in paths]})
        return
    if paths or not clipboard:
        say(f"Wrote {counted(len(paths), 'file')}.")
    for path in paths:
        out(str(path))


def _ranked(workshop: Workshop, wanted: str) -> UseCase:
    found = workshop.find(wanted)
    if not found.live:
        state = "merged into another one" if found.merged_into else "in the parking lot"
        raise PrioritizerError(f"{named(found)} is {state}, so it has no place in the ranking.")
    return found


def _when_none_is_ready(snapshot: Snapshot, ranking: Ranking) -> list[str]:
    """Says that the first lane is empty, and what stands nearest to it."""
    if any(each.lane == "pilot-first" for each in ranking.use_cases):
        return []
    title = snapshot.preset.lane_title("pilot-first")
    near = _nearest_to_ready(ranking)
    if not near:
        return ["", f"“{title}” is empty, and nothing is near it."]
    lines = ["", f"“{title}” is empty. Nearest to it:"]
    for each in near:
        lines.append(f"#{each.number} {each.title}")
        lines += [f"  • {condition_line(condition)}" for condition in each.conditions]
    return lines


def _nearest_to_ready(ranking: Ranking) -> list[Ranked]:
    """The use cases with the fewest conditions, in rank order where they have as many."""
    able = [
        each for each in ranking.use_cases if each.lane in ("fix-then-pilot", "incubate") and each.conditions
    ]
    return sorted(able, key=lambda each: (each.lane != "fix-then-pilot", len(each.conditions)))[:NEAREST]

"""What leaves the session: documents in a folder, all of them or none.

Everything here comes from the snapshot that anybody may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prioritizer.model.ranking import Ranking
from prioritizer.model.session import Snapshot
from prioritizer.workshop.reporting import build_report, marks
from prioritizer.workshop.service import Workshop

__all__ = [
    "FORMATS",
    "build_report",
    "export_folder",
    "export_session",
    "file_format",
    "marks",
    "ranking_of",
    "shortlist_markdown",
]

FORMATS = ("md", "html", "csv", "xlsx", "pptx", "json")
"""Of `export_session`; written all where none is named."""


def export_session(
    workshop: Workshop,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    *,
    top: int | None = None,
    force: bool = False,
    names: bool = False,
) -> list[Path]:
    """Writes the documents of a session into a folder, all or none.

    Args:
        workshop: The session.
        folder: Made where it is missing.
        formats: Some of `FORMATS`.
        top: How many use cases a shortlist proposes that nobody has decided yet; as the session says if none.
        force: Replace the files of an earlier export.
        names: Print who took part, and whose answers the ballots are; else roles and numbers stand there.

    Raises:
        PrioritizerError: A format is unknown, a file is there already, or the folder cannot be written.
    """
    from prioritizer.exchange.export import write_exports
    from prioritizer.workshop.session_json import session_document

    report = build_report(workshop, top=top, names=names)
    ranking = workshop.ranking().model_dump(mode="json")
    wanted = list(formats) or list(FORMATS)
    session = session_document(workshop.snapshot, names=names) if "json" in wanted else None
    return write_exports(report, ranking, folder, wanted, force=force, session_json=session)


def shortlist_markdown(workshop: Workshop, *, top: int | None = None, names: bool = False) -> str:
    """The shortlist as Markdown, as `export_session` writes it: for a clipboard.

    Args:
        workshop: The session.
        top: See `export_session`.
        names: See `export_session`.

    Raises:
        PrioritizerError: ``top`` is no sensible number.
    """
    from prioritizer.exchange.markdown_out import shortlist_md

    return shortlist_md(build_report(workshop, top=top, names=names))


def export_folder(session: Path) -> Path:
    """Where an export goes that was not told where: a folder beside the session, named after it."""
    return session.with_name(f"{session.stem}-export")


def ranking_of(snapshot: Snapshot) -> Ranking:
    """The ranking of a snapshot that belongs to no open session: a what-if."""
    from prioritizer.scoring.evaluate import evaluate
    from prioritizer.scoring.result import ranking

    return ranking(snapshot, evaluate(snapshot))


def file_format() -> int:
    """The format of the session files that this program writes."""
    from prioritizer.store.schema import FORMAT

    return FORMAT

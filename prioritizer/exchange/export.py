"""The export: every document of a session into one folder, or none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.csv_out import ballots_csv, charters_csv, items_csv, ranking_csv, tasks_csv
from prioritizer.exchange.json_out import to_json
from prioritizer.exchange.markdown_charter import charters_md
from prioritizer.exchange.markdown_out import decision_log_md, find_out_md, parking_lot_md, shortlist_md
from prioritizer.model.report import Report
from prioritizer.text.clean import clean_error, clean_text
from prioritizer.text.filenames import inside
from prioritizer.text.nearest import did_you_mean
from prioritizer.text.newfile import write_new

Build = Callable[[Report, Mapping[str, Any]], bytes]


def _html(report: Report, _: Mapping[str, Any]) -> bytes:
    from prioritizer.exchange.html_out import report_html

    return report_html(report).encode()


def _xlsx(report: Report, _: Mapping[str, Any]) -> bytes:
    from prioritizer.exchange.xlsx_out import report_xlsx

    return report_xlsx(report)


def _pptx(report: Report, _: Mapping[str, Any]) -> bytes:
    from prioritizer.exchange.pptx_out import report_pptx

    return report_pptx(report)


# The libraries behind HTML, XLSX and PPTX are loaded by whoever asks for that format.
WRITERS: dict[str, dict[str, Build]] = {
    "md": {
        "shortlist.md": lambda report, _: shortlist_md(report).encode(),
        "charters.md": lambda report, _: charters_md(report).encode(),
        "decision-log.md": lambda report, _: decision_log_md(report).encode(),
        "find-out.md": lambda report, _: find_out_md(report).encode(),
        "parking-lot.md": lambda report, _: parking_lot_md(report).encode(),
    },
    "html": {"shortlist.html": _html},
    "csv": {
        "ranking.csv": lambda _, ranking: ranking_csv(ranking),
        "items.csv": lambda report, _: items_csv(report.items),
        "ballots.csv": lambda report, _: ballots_csv(report.ballots),
        "charters.csv": lambda report, _: charters_csv(report.charters),
        "tasks.csv": lambda report, _: tasks_csv(report.lines),
    },
    "xlsx": {"session.xlsx": _xlsx},
    "pptx": {"shortlist.pptx": _pptx},
    "json": {"ranking.json": lambda _, ranking: to_json(ranking)},
}
"""Format → file name → writer."""


def write_exports(
    report: Report,
    ranking_json: Mapping[str, Any],
    folder: Path,
    formats: Sequence[str],
    *,
    force: bool = False,
    session_json: Mapping[str, Any] | None = None,
) -> list[Path]:
    """Writes the documents of ``formats`` into ``folder``, which is made where it is missing.

    Args:
        report: What the reader may see.
        ranking_json: What ``rank --json`` prints.
        folder: Where to.
        formats: Some of `WRITERS`.
        force: Replace files of an earlier export.
        session_json: The whole session; written beside ``ranking.json``.

    Returns:
        The files written, in order.

    Raises:
        PrioritizerError: An unknown format, a file that is there already, or a folder that cannot be written.
    """
    documents: list[tuple[str, bytes]] = []
    for wanted in dict.fromkeys(formats):
        writers = WRITERS.get(wanted)
        if writers is None:
            hint = did_you_mean(wanted, WRITERS) or f" There are {', '.join(WRITERS)}."
            raise PrioritizerError(f"There is no export format “{clean_error(wanted)}”.{hint}")
        documents += [(name, build(report, ranking_json)) for name, build in writers.items()]
        if wanted == "json" and session_json is not None:
            documents.append(("session.json", to_json(session_json)))
    return write_all(documents, folder, force=force)


def write_all(documents: Sequence[tuple[str, bytes]], folder: Path, *, force: bool = False) -> list[Path]:
    """Writes files into a folder, all or none.

    All are built, and all names are looked at, before the first is written: an export is not left half done
    because of a file that stood there already.

    Args:
        documents: File name and content.
        folder: Made where it is missing.
        force: Replace files of an earlier export.

    Raises:
        PrioritizerError: A file is there already, or the folder cannot be written.
    """
    paths = [(inside(folder, name), data) for name, data in documents]
    shown = clean_text(str(folder), limit=1_000, lines=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise PrioritizerError(f"“{shown}” is a file, not a folder.") from None
    except OSError as error:
        raise PrioritizerError(
            f"The folder “{shown}” could not be made: {clean_error(error.strerror)}."
        ) from error
    standing = [path.name for path, _ in paths if path.exists()]
    if standing and not force:
        names = ", ".join(standing)
        raise PrioritizerError(
            f"“{shown}” has {names} already. Choose another folder, or add --force to replace."
        )
    return [write_new(path, data, force=force) for path, data in paths]

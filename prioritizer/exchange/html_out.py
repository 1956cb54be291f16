"""The shortlist as a self-contained page: what was chosen, pictures, charters, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.charts.mirror import Entry
from prioritizer.charts.scatter import Point
from prioritizer.charts.svg_bars import Strip, bar_svg, dimensions_svg, strips_svg
from prioritizer.charts.svg_mirror import mirror_svg
from prioritizer.charts.svg_scatter import scatter_svg
from prioritizer.exchange.html_page import environment, render
from prioritizer.model.report import Report, ReportLine, ReportTask

if TYPE_CHECKING:
    from markupsafe import Markup

NOT_NOW = 100
"""Lines of the list "not now" on the page; CSV and XLSX have all."""


def report_html(report: Report) -> str:
    """The page. It opens from a disk or a mail, without a network, and prints on A4 and Letter."""
    filters = environment().filters
    filters.update({"signed": signed, "change": change})
    rest, tasks = report.not_now(), open_tasks(report)
    return render(
        "shortlist.html.j2",
        f"Shortlist: {report.title}",
        report=report,
        chosen=report.shortlist(),
        not_now=rest[:NOT_NOW],
        more=max(len(rest) - NOT_NOW, 0),
        first_lane=any(line.lane == "pilot-first" for line in report.lines),
        overridden=[line for line in report.lines if line.overrides],
        open_tasks=tasks[: 3 * NOT_NOW],
        more_tasks=max(len(tasks) - 3 * NOT_NOW, 0),
        parked=report.parked[:NOT_NOW],
        pictures=Pictures(report),
        dimensions=_dimensions(report),
    )


class Pictures:
    """The pictures of a report as markup; each text in them was escaped where it was drawn."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def bar(self, line: ReportLine, width: int) -> Markup:
        """Readiness with its interval."""
        return _markup(bar_svg(line.readiness, line.low, line.high, width, role=f"lane-{line.lane}"))

    @property
    def scatter(self) -> Markup:
        """Readiness against demonstration value."""
        points = [
            Point(line.readiness, line.demonstration, line.number, f"lane-{line.lane}")
            for line in self._report.lines
        ]
        legend = {f"lane-{line.lane}": line.lane_title for line in self._report.lines}
        return _markup(scatter_svg(points, guides=self._report.guides, legend=legend))

    @property
    def mirror(self) -> Markup:
        """Both orders."""
        left = [Entry(x.number, x.title, f"lane-{x.lane}", x.rank) for x in self._report.lines]
        right = [Entry(x.number, x.title, f"lane-{x.lane}", x.rank) for x in self._report.by_show]
        return _markup(mirror_svg(left, right))

    @property
    def strips(self) -> Markup:
        """How often each has each rank."""
        strips = [Strip(s.number, s.title, s.shares, f"lane-{s.lane}") for s in self._report.sureness]
        return _markup(strips_svg(strips))


def _dimensions(report: Report) -> dict[int, Markup]:
    return {
        line.number: _markup(dimensions_svg([(d.title, d.score) for d in line.dimensions], 420))
        for line in report.shortlist()
        if line.dimensions
    }


def _markup(picture: str) -> Markup:
    from markupsafe import Markup

    return Markup(picture)


def open_tasks(report: Report) -> list[tuple[ReportLine, str, ReportTask]]:
    """Everything that somebody has to find out or to fix, in rank order."""
    return [
        (line, kind, task)
        for line in report.lines
        for kind, tasks in (("find out", line.find_outs), ("fix", line.conditions))
        for task in tasks
    ]


def signed(value: int | None) -> str:
    """A gap with its sign."""
    return "" if value is None else f"{value:+d}".replace("-", "−")


def change(line: ReportLine, most: int = 2) -> str:
    """What would change the lane of a use case, in a line."""
    if line.change:
        return line.change
    if line.lane == "pilot-first":
        return "ready; only the number of places keeps it off the list"
    if line.lane == "not-yet" and line.slice:
        return f"start with: {line.slice}"
    tasks = [*line.conditions, *line.find_outs]
    if tasks:
        words = "; ".join(f"{t.what} ({t.who or 'nobody yet'}, {t.when or 'no date'})" for t in tasks[:most])
        return f"{words}; and {len(tasks) - most} more" if len(tasks) > most else words
    return f"start with: {line.slice}" if line.slice else line.weakest

"""The shortlist as a self-contained page: what was chosen, pictures, charters, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.charts.mirror import Entry
from prioritizer.charts.scatter import Point
from prioritizer.charts.svg_bars import Strip, bar_svg, dimensions_svg, strips_svg
from prioritizer.charts.svg_mirror import mirror_svg
from prioritizer.charts.svg_scatter import scatter_svg
from prioritizer.exchange import one_page
from prioritizer.exchange.changes import change, fixes
from prioritizer.exchange.html_page import environment, render
from prioritizer.model.report import Report, ReportLine, ReportTask

if TYPE_CHECKING:
    from markupsafe import Markup

NOT_NOW = 100
"""Lines of the list "not now" in the document; CSV and XLSX have all."""


def report_html(report: Report) -> str:
    """The page. It opens from a disk or a mail, without a network, and prints on A4 and Letter."""
    filters = environment().filters
    filters.update({"signed": signed, "change": change, "short": one_page.short})
    chosen, rest, tasks = report.shortlist(), report.not_now(), open_tasks(report)
    first = one_page.fit(report)
    return render(
        "shortlist.html.j2",
        f"Shortlist: {report.title}",
        report=report,
        chosen=chosen[: first.picks],
        not_now=rest[: first.not_now],
        chosen_later=chosen[first.picks :],
        not_now_later=rest[first.not_now : NOT_NOW],
        more=max(len(rest) - NOT_NOW, 0),
        limits=one_page,
        fixes=fixes,
        overridden=[(line, each) for line in report.lines for each in line.overrides],
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

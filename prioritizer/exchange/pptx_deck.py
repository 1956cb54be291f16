"""What the slides are built of: a title, lines, a table, two kinds of native chart.

All of python-pptx is behind this module, which has no types of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import IO, Any

from prioritizer.charts.svg import colour
from prioritizer.text.clean import clean_text

WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.5
TEXT_LIMIT = 2_000
_TITLE_ONLY = 5
_QUIET = "5C6670"


def clipped(text: str, most: int) -> str:
    """One line of at most so many characters."""
    return clean_text(text, limit=most, lines=False)


class Deck:
    """A deck of wide slides.

    Args:
        title: Of the session.
        date: ISO date on the paper.
        footer: Which rules it was ranked by.
    """

    def __init__(self, title: str, date: str, footer: str) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self._deck: Any = Presentation()
        self._deck.slide_width, self._deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
        self._footer = " · ".join(part for part in (clipped(date, 20), clipped(footer, 120)) if part)
        core = self._deck.core_properties
        core.title, core.author, core.keywords = clipped(title, 200), "Prioritizer", ""
        core.created = core.modified = _moment(date)
        core.last_modified_by = "Prioritizer"

    def save(self, file: IO[bytes]) -> None:
        """Writes the file."""
        self._deck.save(file)

    def slide(self, title: str) -> Any:
        """A new slide with a title, which outlines and screen readers find, and a footer."""
        from pptx.util import Inches, Pt

        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])
        shape = slide.shapes.title
        shape.left, shape.top = Inches(MARGIN), Inches(0.35)
        shape.width, shape.height = Inches(WIDTH - 2 * MARGIN), Inches(0.8)
        _fill_text(shape.text_frame, [clipped(title, 90)], size=26, bold=True)
        number = len(self._deck.slides)
        self.lines(slide, [f"{self._footer} · {number}"], top=7.05, height=0.35, size=10, ink=_QUIET)
        shape.text_frame.paragraphs[0].runs[0].font.size = Pt(26)
        return slide

    def say(self, slide: Any, texts: Sequence[str]) -> None:
        """Words for whoever shows the slide: its notes."""
        if texts:
            slide.notes_slide.notes_text_frame.text = "\n".join(clipped(text, 400) for text in texts)

    def lines(
        self,
        slide: Any,
        texts: Sequence[str],
        *,
        left: float = MARGIN,
        top: float,
        width: float = WIDTH - 2 * MARGIN,
        height: float,
        size: int,
        ink: str = "1B1F24",
    ) -> None:
        """Paragraphs in a box of their own."""
        from pptx.util import Inches

        if not texts:
            return
        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
        _fill_text(box.text_frame, texts, size=size, ink=ink)

    def table(
        self,
        slide: Any,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        top: float,
        widths: Sequence[float],
    ) -> None:
        """A table across the slide; ``widths`` in inches."""
        from pptx.util import Inches

        scale = (WIDTH - 2 * MARGIN) / sum(widths)
        frame = slide.shapes.add_table(
            len(rows) + 1,
            len(head),
            Inches(MARGIN),
            Inches(top),
            Inches(WIDTH - 2 * MARGIN),
            Inches(0.42 * (len(rows) + 1)),
        )
        frame.name = "Table"
        size = 14 if len(rows) < 5 else 12
        for x, each in enumerate(widths):
            frame.table.columns[x].width = Inches(each * scale)
        for y, row in enumerate([head, *rows]):
            for x, text in enumerate(row):
                cell = frame.table.cell(y, x)
                cell.margin_left = cell.margin_right = Inches(0.06)
                cell.margin_top = cell.margin_bottom = Inches(0.03)
                ink = "FFFFFF" if y == 0 else "1B1F24"
                _fill_text(cell.text_frame, [text], size=size if y else 12, bold=y == 0, ink=ink)
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb("0B5F8A" if y == 0 else "FFFFFF" if y % 2 else "EEF3F6")

    def bars(
        self,
        slide: Any,
        names: Sequence[str],
        series: Sequence[tuple[str, str, Sequence[int | None]]],
        words: str,
        *,
        width: float = WIDTH - 2 * MARGIN,
        one_each: bool = False,
    ) -> None:
        """Horizontal bars from 0 to 100.

        Args:
            slide: Where.
            names: One for each place.
            series: Title in the legend, role of the colour, and values of each.
            words: The same for whoever does not see it.
            width: In inches.
            one_each: Each place has a value in one series only, whose bar takes the whole place.
        """
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION

        data: Any = _made(CategoryChartData)
        data.categories = [_chart_text(name) for name in names]
        for title, _, values in series:
            data.add_series(_chart_text(title), list(values))
        chart = self._chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, words, width, 4.95)
        _scale(chart.value_axis)
        _font(chart.category_axis, 11)
        plot = chart.plots[0]
        plot.gap_width, plot.has_data_labels = 45, True
        plot.data_labels.show_value = True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0", False
        plot.data_labels.font.size = _points(10)
        chart.has_legend = len(series) > 1
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
            chart.legend.font.size = _points(11)
        for each, (_, role, _) in zip(plot.series, series, strict=True):
            _paint(each.format, role)
        if one_each:
            plot.overlap = 100

    def scatter(
        self,
        slide: Any,
        groups: Sequence[tuple[str, str, Sequence[tuple[float, float, str]]]],
        axes: tuple[str, str],
        words: str,
    ) -> None:
        """Points from 0 to 100 both ways, each with a label; a group is (title, role, points)."""
        from pptx.chart.data import XyChartData
        from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE

        # The longest first: LibreOffice leaves a series out when a longer one follows it.
        order = sorted(range(len(groups)), key=lambda place: -len(groups[place][2]))
        data: Any = _made(XyChartData)
        for title, _, points in (groups[place] for place in order):
            series = data.add_series(_chart_text(title))
            for x, y, _ in points:
                series.add_data_point(x, y)
        chart = self._chart(slide, XL_CHART_TYPE.XY_SCATTER, data, words, WIDTH - 2 * MARGIN, 5.3)
        for axis, title in zip((chart.category_axis, chart.value_axis), axes, strict=True):
            _scale(axis)
            axis.has_title = True
            _fill_text(axis.axis_title.text_frame, [title], size=12)
        chart.has_legend = True
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = _points(12)
        shapes = {
            "lane-pilot-first": XL_MARKER_STYLE.CIRCLE,
            "lane-fix-then-pilot": XL_MARKER_STYLE.DIAMOND,
            "lane-incubate": XL_MARKER_STYLE.TRIANGLE,
        }
        for at, i in enumerate(order):
            _, role, points = groups[i]
            series = chart.plots[0].series[at]
            series.format.line.fill.background()  # points, no lines between them
            series.marker.style, series.marker.size = shapes.get(role, XL_MARKER_STYLE.SQUARE), 11
            _paint(series.marker.format, role)
            for place, (_, _, label) in enumerate(points):
                if not label:
                    continue
                text = series.points[place].data_label
                _fill_text(text.text_frame, [label], size=12, bold=True)
                text.position = XL_LABEL_POSITION.RIGHT

    def _chart(self, slide: Any, kind: Any, data: Any, words: str, width: float, height: float) -> Any:
        from pptx.util import Inches

        frame = slide.shapes.add_chart(
            kind, Inches(MARGIN), Inches(1.25), Inches(width), Inches(height), data
        )
        properties = frame._element.nvGraphicFramePr.cNvPr
        properties.set("descr", clipped(words, TEXT_LIMIT))
        frame.chart.has_title = False
        frame.chart.font.size = _points(11)
        return frame.chart


def _fill_text(
    frame: Any, texts: Sequence[str], *, size: int, bold: bool = False, ink: str = "1B1F24"
) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    frame.word_wrap = True
    if hasattr(frame, "vertical_anchor"):
        frame.vertical_anchor = MSO_ANCHOR.TOP
    for i, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = _points(4)
        run = paragraph.add_run()
        run.text = clean_text(text, limit=TEXT_LIMIT, lines=False)
        run.font.size, run.font.bold = _points(size), bold
        run.font.color.rgb = _rgb(ink)


def _chart_text(text: str) -> str:
    """Text that also stands in the workbook behind a chart, where a formula would be one.

    Lane titles come from a preset, which may be anybody's; they are guarded as in a CSV.
    """
    from prioritizer.exchange.formulas import guard

    plain = clipped(text, 120)
    return guard(plain) if "://" not in plain else f"'{plain}"


def _scale(axis: Any) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 20
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = _rgb("DDE3E8")
    _font(axis, 11)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False


def _font(axis: Any, size: int) -> None:
    axis.tick_labels.font.size = _points(size)


def _paint(form: Any, role: str) -> None:
    form.fill.solid()
    form.fill.fore_color.rgb = _rgb(colour(role).lstrip("#").upper())


def _made(kind: Any) -> Any:
    """An object of a class that has no types."""
    return kind()


def _points(size: int) -> Any:
    from pptx.util import Pt

    return Pt(size)


def _rgb(hexa: str) -> Any:
    from pptx.dml.color import RGBColor

    colours: Any = RGBColor
    return colours.from_string(hexa)


def _moment(date: str) -> dt.datetime:
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        day = dt.date(2000, 1, 1)
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).replace(tzinfo=None)

"""A slide laid out for a window of any size: as large as everything fits, and never cut without saying so."""

from __future__ import annotations

from dataclasses import dataclass

from prioritizer.charts.blocks import HEIGHT, block_lines, block_width, spaced
from prioritizer.charts.segments import Row, Segment, row_width
from prioritizer.text.width import cell_width, fit, wrap
from prioritizer.workshop.views.slide import Slide, SlideRow

_EDGE = "  "
_BAR = 4
"""Cells of a bar for one person, where there is room."""
_COUNT = 4
"""Cells of one of the five counts in a row."""


@dataclass(frozen=True, slots=True)
class _Size:
    """How generously a slide is laid out.

    Attributes:
        heading: Lines of words in blocks; 0 for capitals with room between.
        band: Whether count and timer stand in blocks at the bottom.
        big: Rows whose lead stands in blocks.
        gap: Blank lines between rows.
        air: Blank lines around the parts.
    """

    heading: int
    band: bool
    big: int
    gap: int
    air: int


_ALL = 99
_SIZES = (
    _Size(2, True, _ALL, 1, 1),
    _Size(2, True, _ALL, 0, 1),
    _Size(2, True, 0, 1, 1),
    _Size(2, True, 0, 0, 1),
    _Size(0, True, 0, 1, 1),
    _Size(2, True, 0, 0, 0),
    _Size(2, False, 0, 0, 0),
    _Size(0, True, 0, 0, 0),
    _Size(0, False, 0, 0, 0),
)
"""From the most generous to the barest."""

_LISTS = {"ranking": 3, "candidates": 0, "reveals": 0}
"""Kinds whose rows may be more than a screen: how many of the first are large."""

_MORE = "   … "
_FEWEST = 6
"""Rows of a list that have to be seen before a heading may take the room."""


def slide_rows(slide: Slide, state: str, trouble: bool, width: int, height: int) -> list[Row]:
    """The lines of the window, exactly ``height`` of them.

    Args:
        slide: What to show.
        state: The last line: about the window itself.
        trouble: Whether that line matters.
        width: Cells.
        height: Lines.
    """
    made = _chosen(slide, width, height - 1)[: height - 1]
    made += [[] for _ in range(height - 1 - len(made))]
    return [*made, _state(state, trouble, width)]


def waiting_rows(state: str, width: int, height: int) -> list[Row]:
    """Before anything could be read."""
    lines: list[Row] = [[(f"{_EDGE}{line}", "warn")] for line in wrap(state, max(width - 4, 8))]
    return [[], *lines, *([] for _ in range(max(height - len(lines) - 1, 0)))][:height]


def _chosen(slide: Slide, width: int, height: int) -> list[Row]:
    if slide.kind in _LISTS:
        return _chosen_list(slide, width, height)
    made: list[Row] = []
    for size in _SIZES:
        made = _lay_out(slide, size, width, height)
        if len(made) <= height:
            break
    return made


def _chosen_list(slide: Slide, width: int, height: int) -> list[Row]:
    """A list is shown whole where that is possible with its first rows large, else as closely as it can be."""
    made: list[Row] = []
    for size in (s for s in _SIZES if s.heading and bool(s.big) >= bool(_LISTS[slide.kind])):
        made = _lay_out(slide, size, width, height)
        if len(made) <= height and not _hidden(made):
            return made
    for size in (s for s in _SIZES if not s.gap):
        made = _lay_out(slide, size, width, height)
        if len(made) <= height and len(slide.rows) - _hidden(made) >= min(_FEWEST, len(slide.rows)):
            break
    return made


def _hidden(rows: list[Row]) -> int:
    """How many rows of a list have found no room."""
    said = next((text for row in rows for text, _ in row if _MORE in text), "")
    return int(said.partition(_MORE)[2].removesuffix(" more")) if said else 0


def _lay_out(slide: Slide, size: _Size, width: int, height: int) -> list[Row]:
    room = max(width - 2 * len(_EDGE), 8)
    air: list[Row] = [[] for _ in range(size.air)]
    band = _band(slide, size, width)
    top = [
        _top(slide, width, told=bool(_timer_shown(slide, size, width))),
        *air,
        *_heading(slide, size, room),
    ]
    if slide.under:
        top += [*air, *([(_EDGE + line, "strong")] for line in wrap(slide.under, room))]
    foot = [*air, *band] if band else []
    left = height - len(top) - len(foot) - len(air)
    body = _body(slide, size, width, left)
    if not body:
        return [*top, *([] for _ in range(left + len(air))), *foot] if left >= 0 else [*top, *foot]
    fill = max(left - len(body), 0) if foot else 0
    return [*top, *air, *body, *([] for _ in range(fill)), *foot]


def _top(slide: Slide, width: int, *, told: bool) -> Row:
    """A small line; the time stands in it where it is not told in blocks."""
    said = " · ".join(w for w in (slide.phase, "" if told else slide.timer) if w)
    right = fit(said, min(cell_width(said), width // 2)) if said else ""
    left = fit(slide.kicker, max(width - cell_width(right) - 5, 4))
    return [(_EDGE, ""), (left, "muted strong"), (" ", ""), (right, "muted strong")]


def _heading(slide: Slide, size: _Size, room: int) -> list[Row]:
    drawn = block_lines(slide.heading, room, size.heading) if size.heading else None
    if drawn is not None:
        return [[(_EDGE + line, slide.role)] for line in drawn]
    wide = spaced(slide.heading, room)
    lines = [wide] if wide is not None else wrap(slide.heading.upper(), room)
    return [[(_EDGE + line, f"strong {slide.role}")] for line in lines]


def _band(slide: Slide, size: _Size, width: int) -> list[Row]:
    """Count at the left, timer at the right."""
    timer = _timer_shown(slide, size, width)
    if not slide.count and not timer:
        return []
    if not size.band:
        return [[(f"{_EDGE}{slide.count} {slide.count_words}", "strong")]]
    left, right = _block(slide.count), _block(timer)
    words = f" {slide.count_words}" if slide.count else ""
    mood = {"calm": "", "soon": "accent", "over": "warn"}[slide.mood]
    rows: list[Row] = []
    for y in range(HEIGHT):
        row: Row = [(_EDGE, ""), (left[y], "good"), (words if y == 1 else " " * cell_width(words), "")]
        gap = width - row_width(row) - len(right[y]) - len(_EDGE)
        rows.append([*row, (" " * max(gap, 0), ""), (right[y], mood)])
    return rows


def _timer_shown(slide: Slide, size: _Size, width: int) -> str:
    """The time as it stands in blocks; "" where it has no room there."""
    if not size.band or not slide.timer:
        return ""
    words = cell_width(slide.count_words) + 1 if slide.count else 0
    left = 2 * len(_EDGE) + len(_block(slide.count)[0]) + words + 3
    for shorter in (slide.timer, slide.timer.removesuffix(" left")):
        if left + (block_width(shorter) or width) <= width:
            return shorter
    return ""


def _block(text: str) -> list[str]:
    wide = block_width(text) if text else None
    drawn = block_lines(text, wide or 0, 1) if wide else None
    longest = max(map(len, drawn), default=0) if drawn else 0
    return [line.ljust(longest) for line in drawn] if drawn else [text, "", ""]


# The rows


def _body(slide: Slide, size: _Size, width: int, left: int) -> list[Row]:
    most_large = _LISTS.get(slide.kind, _ALL)
    people = [row.people for row in slide.rows if row.people is not None]
    most = max(people, default=0)
    longest = max((cell_width(row.text) for row in slide.rows), default=0)
    wide = max((cell_width(row.lead) for row in slide.rows), default=0)
    large = [
        bool(size.big) and place < most_large and bool(row.lead) and block_width(row.lead) is not None
        for place, row in enumerate(slide.rows)
    ]
    widest = max(
        (block_width(r.lead) or 0 for r, yes in zip(slide.rows, large, strict=True) if yes), default=0
    )
    blocks = [
        _large(row, width, most, widest)
        if yes
        else _small(row, width, most, wide, longest, one_line=slide.kind in _LISTS)
        for row, yes in zip(slide.rows, large, strict=True)
    ]
    head: list[Row] = []
    if any(row.counts for row in slide.rows):
        head = [_levels_head(width, slide)]
    if slide.kind in _LISTS:
        return head + _as_many(blocks, size.gap, left - len(head))
    found: list[Row] = []
    for block in blocks:
        found += [*([[]] * size.gap if found else []), *block]
    return head + found


def _as_many(blocks: list[list[Row]], gap: int, left: int) -> list[Row]:
    """As many rows of a list as there is room for, and how many more there are."""
    found: list[Row] = []
    for place, block in enumerate(blocks):
        more = len(blocks) - place
        added = [*([[]] * gap if found else []), *block]
        last = 0 if more == 1 else 1
        if len(found) + len(added) + last > left:
            return [*found, [(f"{_EDGE}{_MORE}{more} more", "muted")]]
        found += added
    return found


def _small(row: SlideRow, width: int, most: int, wide: int, longest: int, *, one_line: bool) -> list[Row]:
    lead = f"{_EDGE}{fit(row.lead, wide, align='right')}  " if wide else _EDGE
    beside = f"  {row.beside}" if row.beside else ""
    room = width - cell_width(lead) - cell_width(beside) - len(_EDGE)
    role = f"strong {row.role or 'accent'}"
    if row.counts:
        counts = _counts(row.counts)
        # The words at the right take the same room in every row, so that the counts stand in columns.
        title = _title_room(width, longest)
        return [
            [
                (_EDGE, ""),
                (fit(row.lead, 5), "muted"),
                (" ", ""),
                (fit(row.text, title), "strong"),
                *counts,
                (fit(f"  {row.beside}", _PATTERN), row.role),
            ]
        ]
    if row.people is not None:
        each = min(_BAR, max((width // 5) // max(most, 1), 1))
        bar = _people(row.people, each, most)
        room = max(width - cell_width(lead) - row_width(bar) - 2 - cell_width(beside) - len(_EDGE), 8)
        texts = wrap(row.text, room)
        hang = " " * (cell_width(lead) + row_width(bar) + 2)
        top: Row = [(lead, role), *bar, (f"  {fit(texts[0], room)}", ""), (beside, f"strong {row.role}")]
        return [top, *([(hang + text, "")] for text in texts[1:])]
    lines = wrap(row.text, max(room, 8))
    if row.beside or one_line:
        lines = [fit(row.text, max(room, 8))]
    first: Row = [
        (lead, role),
        (fit(lines[0], max(room, 8)) if beside else lines[0], "strong"),
        (beside, row.role),
    ]
    hang = " " * cell_width(lead)
    return [first, *([(hang + line, "strong")] for line in lines[1:])]


_PATTERN = 12


def _title_room(width: int, longest: int) -> int:
    """Cells for the title of a row with counts: no wider than needed, so that both are read together."""
    return min(max(width - len(_EDGE) * 2 - 6 - 5 * _COUNT - _PATTERN, 8), max(longest, 18))


def _large(row: SlideRow, width: int, most: int, lead_width: int) -> list[Row]:
    """The lead in blocks; beside it the words, or a bar above the words."""
    drawn = [line.rjust(lead_width) for line in _block(row.lead)]
    room = max(width - len(_EDGE) * 2 - lead_width - 2, 8)
    role = row.role or "accent"
    lines: list[list[Segment]] = [[], [], []]
    if row.people is not None:
        each = min(2 * _BAR, max((room - 20) // max(most, 1), 1))
        bar = _people(row.people, each, most)
        said = f"  {row.beside}" if row.beside else ""
        lines[0] = [*bar, (said, f"strong {row.role}")]
        lines[1] = [(fit(row.text, room), "muted")]
    elif row.beside:
        lines[0] = [(fit(row.text, room), "strong")]
        lines[1] = [(fit(row.beside, room), row.role)]
    else:
        wrapped = wrap(row.text, room)
        if len(wrapped) > 3:
            wrapped = [*wrapped[:2], fit(" ".join(wrapped[2:]), room)]
        start = 1 if len(wrapped) == 1 else 0
        for y, line in enumerate(wrapped, start):
            lines[y] = [(line, "strong")]
    return [[(_EDGE, ""), (drawn[y], role), ("  ", ""), *lines[y]] for y in range(3)]


def _people(number: int, each: int, most: int) -> Row:
    """A bar for the people at one level, with their number."""
    if not number:
        return [(fit("·", each * max(most, 1) + 4), "muted")]
    bar = "█" * (number * each)
    return [(bar, "accent"), (fit(f" {number}", each * max(most, 1) + 4 - len(bar)), "strong")]


def _counts(counts: tuple[int, ...]) -> Row:
    return [
        (fit(str(n) if n else "·", _COUNT, align="right"), "strong accent" if n else "muted") for n in counts
    ]


def _levels_head(width: int, slide: Slide) -> Row:
    title = _title_room(width, max(cell_width(row.text) for row in slide.rows))
    levels = "".join(fit(str(level), _COUNT, align="right") for level in range(len(slide.rows[0].counts)))
    return [(_EDGE + " " * 6 + fit("people at level", title, align="right") + levels, "muted")]


def _state(state: str, trouble: bool, width: int) -> Row:
    if trouble:
        return [(fit(f"{_EDGE}! {state}", width), "warn")]
    return [(fit(f"{_EDGE}{state}", width), "muted")]

"""Letters of blocks for the back of a room: a sign is five dots high, two dots a line."""

from __future__ import annotations

import unicodedata

from prioritizer.text.width import cell_width

HEIGHT = 3
"""Lines that a word takes."""

_GAP = 1

# Each sign from top to bottom, five rows of dots parted by blanks; # is a dot.
_SIGNS = {
    "A": ".##. #..# #### #..# #..#",
    "B": "###. #..# ###. #..# ###.",
    "C": ".### #... #... #... .###",
    "D": "###. #..# #..# #..# ###.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": ".### #... #.## #..# .###",
    "H": "#..# #..# #### #..# #..#",
    "I": "# # # # #",
    "J": "..# ..# ..# #.# .#.",
    "K": "#..# #.#. ##.. #.#. #..#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": ".##. #..# #..# #..# .##.",
    "P": "###. #..# ###. #... #...",
    "Q": ".##. #..# #..# #.#. .#.#",
    "R": "###. #..# ###. #.#. #..#",
    "S": ".### #... .##. ...# ###.",
    "T": "### .#. .#. .#. .#.",
    "U": "#..# #..# #..# #..# .##.",
    "V": "#...# #...# .#.#. .#.#. ..#..",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "#### ...# .##. #... ####",
    "0": ".##. #..# #..# #..# .##.",
    "1": ".# ## .# .# .#",
    "2": "###. ...# .##. #... ####",
    "3": "###. ...# .##. ...# ###.",
    "4": "#..# #..# #### ...# ...#",
    "5": "#### #... ###. ...# ###.",
    "6": ".##. #... ###. #..# .##.",
    "7": "#### ...# ..#. .#.. .#..",
    "8": ".##. #..# .##. #..# .##.",
    "9": ".##. #..# .### ...# .##.",
    " ": ".. .. .. .. ..",
    ".": ". . . . #",
    ",": ".. .. .. .# #.",
    ":": ". # . # .",
    "!": "# # # . #",
    "?": "###. ...# .##. .... .#..",
    "-": "... ... ### ... ...",
    "+": "... .#. ### .#. ...",
    "/": "..# ..# .#. #.. #..",
    "'": "# # . . .",
    "(": ".# #. #. #. .#",
    ")": "#. .# .# .# #.",
    "#": ".#.#. ##### .#.#. ##### .#.#.",
    "%": "#..# ...# .##. #... #..#",
    "&": ".##. #... .##. #.#. .###",
}

_SAME = {"–": "-", "—": "-", "’": "'", "‘": "'", "“": "'", "”": "'", '"': "'", "·": "-"}
_HALVES = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}


def block_width(text: str) -> int | None:
    """Cells that a line of blocks takes; none where a sign of it has no blocks."""
    signs = _signs(text)
    if signs is None:
        return None
    return sum(len(rows[0]) for rows in signs) + _GAP * max(len(signs) - 1, 0)


def block_lines(text: str, width: int, most: int = 2) -> list[str] | None:
    """A heading in blocks, broken at blanks.

    Args:
        text: Letters lose their case and their accents.
        width: Cells of a line.
        most: Lines of words; each is `HEIGHT` lines high, with a blank one between.

    Returns:
        None where it does not fit, or a sign of it has no blocks.
    """
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        wide = block_width(joined)
        if wide is None:
            return None
        if lines and wide <= width:
            lines[-1] = joined
            continue
        own = block_width(word)
        if own is None or own > width:
            return None
        lines.append(word)
    if not lines or len(lines) > most:
        return None
    drawn: list[str] = []
    for line in lines:
        drawn += ([""] if drawn else []) + _draw(line)
    return drawn


def spaced(text: str, width: int) -> str | None:
    """Capitals with room between them, for words that have no blocks or no room for them; none where too long."""
    wide = "   ".join(" ".join(word) for word in text.upper().split())
    return wide if cell_width(wide) <= width else None


def _signs(text: str) -> list[list[str]] | None:
    plain = "".join(_SAME.get(c, c) for c in text)
    bare = unicodedata.normalize("NFKD", plain)
    found = []
    for sign in bare.upper():
        if unicodedata.combining(sign):
            continue
        if sign not in _SIGNS:
            return None
        found.append(_SIGNS[sign].split(" "))
    return found


def _draw(text: str) -> list[str]:
    signs = _signs(text) or []
    dots = [("." * _GAP).join(rows[y] for rows in signs) for y in range(5)]
    dots.append("." * len(dots[0]))
    return ["".join(_HALVES[pair] for pair in zip(dots[y], dots[y + 1], strict=True)) for y in (0, 2, 4)]

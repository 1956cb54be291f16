r"""Text inside Markdown that means only itself.

A title may hold brackets, tags, pipes, links or a heading sign; on the page it is a title. Signs
are escaped where they could begin something, and left alone where they cannot, so that the
source stays readable too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ALWAYS = re.compile(r"[\\`*_\[\]<>|~@$^{}]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ADDRESS = re.compile(r"(?<=\w):(?=/|\S+\\@)|(?<=[^\W_])\.(?=[^\W\d_]{2,})")
_SCHEME = re.compile(r"(?i)\b(mailto|xmpp|tel|javascript|data):")
_LEADING = re.compile(r"(?:[#+\-=:!\"'(]|[0-9]{1,9}(?=[.)]))")


def escape(text: str) -> str:
    r"""Returns ``text`` as one line of Markdown that renders as exactly that text.

    Line ends and runs of blanks become one space, because neither survives a paragraph or a table.
    """
    line = " ".join(text.split())
    line = _ALWAYS.sub(r"\\\g<0>", line)
    line = _ENTITY.sub(r"\\&", line)
    line = _ADDRESS.sub(r"\\\g<0>", line)
    if ":" in line:
        line = _SCHEME.sub(r"\1\\:", line)
    if leading := _LEADING.match(line):
        # "1." begins a list because of its dot, the other signs by themselves.
        at = leading.end() if leading[0][0].isdigit() else 0
        line = f"{line[:at]}\\{line[at:]}"
    return line


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Lines of a Markdown table; cells are Markdown already, ``right`` are columns of numbers."""
    aligned = set(right)
    lines = [_row(headers), _row(["--:" if i in aligned else "---" for i in range(len(headers))])]
    lines += [_row(row) for row in rows]
    return lines


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell or ' ' for cell in cells)} |"

"""``python -m tests.pictures``: takes the pictures of the documents, from the app itself.

Every stage of the sample session, at 80×24 and 120×36, into ``docs/pictures``, and the page
that shows them. The remote fonts that Textual names in its SVG are taken out: a picture that
is opened fetches nothing.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.pictures.sessions import SESSIONS

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZES = ((80, 24), (120, 36))


@dataclass(frozen=True)
class Picture:
    """One screen: its stage, the keys that lead to it, and what it shows."""

    name: str
    stage: str | None
    keys: tuple[str, ...]
    caption: str
    of: str = "sample"
    """Which session it shows, of `SESSIONS`."""


PICTURES = (
    Picture("home", None, (), "Home: what to press, and the sessions that were open before."),
    Picture("new", None, ("n",), "A new session: the presets, to look at before choosing."),
    Picture(
        "frame",
        "frame",
        (),
        "Frame: purpose, decision rule, roster, what is asked and what fits in the time.",
    ),
    Picture("weights", "frame", ("w",), "Weights: by the room, or by everybody unseen; the sentence to say."),
    Picture("collect", "collect", (), "Collect: type a title and Enter."),
    Picture("gate", "gate", (), "Gate: one question for all use cases, one key each."),
    Picture("rate", "rate", (), "Rate: the question and its five level texts stay on the screen."),
    Picture("rate-by-use-case", "rate", ("t",), "Rate, the other way: one use case across all criteria."),
    Picture(
        "ballot", "rate", ("b", "tab"), "Ballot: one line of cards a use case, in roster order.", of="room"
    ),
    Picture(
        "pass-the-keyboard",
        "rate",
        ("b", "tab", "f5"),
        "Pass the keyboard: one masked ballot a person.",
        of="room",
    ),
    Picture("reveal", "rate", ("v",), "Reveal: how many chose each level, the pattern, its move.", of="room"),
    Picture(
        "what-next", "rate", ("w",), "What next: the contested cells that may change the result.", of="room"
    ),
    Picture("rank", "rank", (), "Rank: lanes, readiness, demonstration value and gap on every row, and why."),
    Picture("mirror", "rank", ("m",), "The mirror: chosen by show, and by readiness."),
    Picture("picture", "rank", ("p",), "Readiness against demonstration value, with numbered points."),
    Picture(
        "how-sure",
        "rank",
        ("s",),
        "How sure: a strip of ranks and a sentence each, over 10,000 draws; each source has a key.",
    ),
    Picture(
        "one-by-one",
        "rank",
        ("s", "t"),
        "One by one: the room of every weight, a tornado, swaps, people.",
        of="divided",
    ),
    Picture("what-if", "rank", ("w",), "What if: another weight, never stored."),
    Picture("shortlist", "shortlist", (), "Shortlist: decide, name owners and dates, export."),
    Picture(
        "cut", "collect", ("escape", "C", "3", "3", "4", "2"), "The cut: bounded with data first, then votes."
    ),
    Picture(
        "charter", "shortlist", ("p",), "The pilot charter: what is known, what is open, who can answer it."
    ),
    Picture(
        "clock",
        "frame",
        ("K", "a", "ctrl+s", "n"),
        "The clock: the agenda as it is run, what to say and what to press.",
    ),
    Picture(
        "what-fits", "shortlist", ("f",), "What fits: what can be started together within weeks or money."
    ),
    Picture(
        "agreement",
        "rank",
        ("W",),
        "Agreement: what is not read alike stands first, with its level texts.",
        of="divided",
    ),
    Picture(
        "file", "rank", ("F",), "`F`: the session as a file: what is to be settled, other copies, backups."
    ),
    Picture(
        "history", "rank", ("H",), "`H`: every change in words, by day, to filter by words and by kinds."
    ),
    Picture(
        "talk-next",
        "rank",
        ("t",),
        "What to talk about next: the facts that most often decide who is on the shortlist.",
        of="divided",
    ),
    Picture(
        "weights-revealed",
        "frame",
        ("w",),
        "Weights after the reveal: what everybody said, the mean and how far they differ.",
        of="divided",
    ),
    Picture(
        "settle",
        "rank",
        ("escape", "F", "enter"),
        "To settle: what people changed in two copies without knowing of each other, one key each.",
        of="conflicted",
    ),
    Picture("backups", None, ("b",), "Backups: read back and listed, each with the reason why it was made."),
    Picture("help", "rate", ("question_mark",), "`?` on any screen: what it is for, and every key."),
)


def main() -> None:
    """Takes them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    # All colours, whatever the terminal is in which this runs.
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as home:
        os.environ["PRIORITIZER_CONFIG"] = home
        os.environ["HOME"] = home  # paths on the pictures are those below ~
        os.environ["PRIORITIZER_BACKUPS"] = str(Path(home, "backups"))
        for name, make in SESSIONS.items():
            make(Path(home, f"{name}.sqlite"))
        for size in SIZES:
            for picture in PICTURES:
                svg = asyncio.run(take(Path(home, f"{picture.of}.sqlite"), picture, size))
                target = FOLDER / f"{file_stem(picture.name, size)}.svg"
                target.write_text(svg, encoding="utf-8")
                print(target.relative_to(FOLDER.parents[1]))
    write_page(PICTURES)


def file_stem(name: str, size: tuple[int, int]) -> str:
    """Name of a picture's file."""
    return f"{name}-{size[0]}x{size[1]}"


async def take(session: Path, picture: Picture, size: tuple[int, int]) -> str:
    """The screen as SVG."""
    from prioritizer.tui.app import PrioritizerApp
    from prioritizer.workshop.settings import Settings

    path = str(session) if picture.stage is not None else None
    app = PrioritizerApp(path, stage=picture.stage, settings=Settings())
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        for key in picture.keys:
            await pilot.press(key)
            await settle(app, pilot)
        return without_remote_fonts(app.export_screenshot(title="Prioritizer"))


async def settle(app: object, pilot: object) -> None:
    """Until nothing is under way."""
    await pilot.pause()  # type: ignore[attr-defined]
    await app.workers.wait_for_complete()  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]


def without_remote_fonts(svg: str) -> str:
    """The SVG with local fonts only."""
    local = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: Fira Code", "font-family: 'Fira Code', 'DejaVu Sans Mono', monospace", local)


def write_page(pictures: Sequence[Picture]) -> None:
    """``docs/pictures.md``."""
    lines = ["# Pictures of every screen", "", "Made by the app itself: `python -m tests.pictures`.", ""]
    for picture in pictures:
        lines += [f"## {picture.name.replace('-', ' ').capitalize()}", "", picture.caption, ""]
        for size in SIZES:
            lines += [
                f"![{picture.name}, {size[0]} × {size[1]}](pictures/{file_stem(picture.name, size)}.svg)",
                "",
            ]
    (FOLDER.parent / "pictures.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

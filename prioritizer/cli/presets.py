"""``presets``: what there is, what is in one, whether one's own is sound, and how to begin one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from prioritizer.cli import complete
from prioritizer.cli.command import HELP, Family, command, debug_option
from prioritizer.cli.failures import DONE, FOUND
from prioritizer.cli.streams import out, out_json, out_source, say
from prioritizer.errors import PrioritizerError
from prioritizer.text.phrases import counted

if TYPE_CHECKING:
    from prioritizer.model.preset import Preset
    from prioritizer.model.presets import LoadedPreset

_SQLITE = b"SQLite format 3\0"


@click.group("presets", cls=Family, context_settings=HELP)
def presets_command() -> None:
    """What is asked, and by which rules it is ranked."""


presets_command.examples = ("prioritizer presets list", "prioritizer presets show pilot-first")
presets_command.params.append(debug_option())


@command("list", "prioritizer presets list", json=True)
def list_presets(as_json: bool) -> None:
    """List the shipped presets."""
    from prioritizer.model.presets import load_preset, shipped_ids

    loaded = [load_preset(each) for each in shipped_ids()]
    if as_json:
        out_json({"presets": [_head(each) for each in loaded]})
        return
    for each in loaded:
        preset = each.preset
        out(f"{preset.id} {preset.version}: {preset.title}")
        for text in (preset.summary, preset.suits):
            if text:
                out(f"  {' '.join(text.split())}")


@command(
    "show",
    "prioritizer presets show pilot-first",
    "prioritizer presets show pilot-first-quick --toml",
    json=True,
)
@click.argument("preset", metavar="ID|PATH", shell_complete=complete.presets)
@click.option("--toml", is_flag=True, help="Print the TOML text itself.")
def show_preset(preset: str, toml: bool, as_json: bool) -> None:
    """Show the questions, levels, gates and weights of a preset, or of a session."""
    if toml and as_json:
        raise click.UsageError("--toml and --json exclude each other.")
    loaded = _load(preset)
    if toml:
        out_source(loaded.text)
    elif as_json:
        out_json({**_head(loaded), "preset": loaded.preset.model_dump(mode="json")})
    else:
        for line in _overview(loaded.preset):
            out(line)


@command(
    "check",
    "prioritizer presets check my-preset.toml",
    "prioritizer presets check s.sqlite",
    json=True,
)
@click.argument("preset", metavar="ID|PATH|SESSION", shell_complete=complete.presets)
def check_preset(preset: str, as_json: bool) -> int:
    """Check a preset file, or the preset inside a session.

    Exit code 1 when something is to be mended, or when the preset that came with this program is newer
    than the one in the session.
    """
    finding = ""
    loaded: LoadedPreset | None = None
    if _is_session(preset) or _is_shipped(preset):
        loaded = _load(preset)
        finding = _newer(loaded) if _is_session(preset) else ""
    else:
        from prioritizer.model.outside import decode, read_bounded
        from prioritizer.model.presets import parse_preset

        data = read_bounded(_file(preset))
        try:
            loaded = parse_preset(decode(data, preset), preset)
        except PrioritizerError as error:
            finding = str(error)
    if as_json:
        out_json(
            {"preset": None if loaded is None else _head(loaded), "findings": [finding] if finding else []}
        )
    elif finding:
        say(finding)
    elif loaded is not None:
        parts = (
            counted(len(loaded.preset.criterion), "criterion", "criteria"),
            counted(len(loaded.preset.gate), "gate"),
        )
        say(f"{loaded.preset.id} {loaded.preset.version} is sound: {', '.join(parts)}, hash {loaded.hash}.")
    return FOUND if finding else DONE


@command("new", 'prioritizer presets new my-own --title "Our own rules" -o my-own.toml')
@click.argument("preset_id", metavar="ID")
@click.option(
    "--from", "base", metavar="ID|PATH", default="pilot-first", show_default=True, help="What it begins as."
)
@click.option("--title", metavar="T", help="Its title; the id if left out.")
@click.option("-o", "--output", metavar="PATH", help="The new file; ID.toml if left out.")
def new_preset(preset_id: str, base: str, title: str | None, output: str | None) -> None:
    """Begin a preset of your own as a copy to edit."""
    from prioritizer.model.presets import new_preset_text
    from prioritizer.text.newfile import write_new

    text = new_preset_text(base, preset_id, title or preset_id)
    path = Path(output or f"{preset_id}.toml")
    write_new(path, text.encode("utf-8"))
    say(f"Wrote {path}. Edit it, then run `prioritizer presets check {path}`.")


for _each in (list_presets, show_preset, check_preset, new_preset):
    presets_command.add_command(_each)


def _load(wanted: str) -> LoadedPreset:
    """A shipped preset, a TOML file, or what a session has inside."""
    from prioritizer.model.presets import LoadedPreset, load_preset

    if not _is_session(wanted):
        return load_preset(wanted)
    from prioritizer.cli.reading import open_session

    with open_session(wanted) as workshop:
        s = workshop.snapshot
    return LoadedPreset(s.preset, s.preset_text, s.preset_hash, wanted)


def _newer(inside: LoadedPreset) -> str:
    from prioritizer.model.presets import load_preset

    if not _is_shipped(inside.preset.id):
        return ""
    shipped = load_preset(inside.preset.id)
    own, other = inside.preset.version, shipped.preset.version
    if other > own:
        return (
            f"The session has {inside.preset.id} {own}; the one shipped with this program is newer, {other}. "
            "The session keeps its own; a new session would have the newer one."
        )
    if other == own and shipped.hash != inside.hash:
        return (
            f"The session's {inside.preset.id} {own} differs from the shipped one of the same version "
            f"(hash {inside.hash}, shipped {shipped.hash}). The session keeps its own."
        )
    return ""


def _is_shipped(wanted: str) -> bool:
    from prioritizer.model.presets import shipped_ids

    return wanted in shipped_ids()


def _is_session(wanted: str) -> bool:
    """Whether it is a database; looked at before it is opened, never while it is."""
    if _is_shipped(wanted):
        return False
    try:
        path = Path(wanted)
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False


def _file(wanted: str) -> Path:
    """A path; for an unknown id, the sentence that offers the nearest."""
    from prioritizer.model.presets import load_preset

    if not Path(wanted).exists() and "/" not in wanted and not wanted.endswith(".toml"):
        load_preset(wanted)  # raises with the nearest ids
    return Path(wanted)


def _head(loaded: LoadedPreset) -> dict[str, Any]:
    preset = loaded.preset
    return {
        "id": preset.id,
        "version": preset.version,
        "hash": loaded.hash,
        "title": preset.title,
        "language": preset.language,
        "summary": preset.summary,
        "suits": preset.suits,
    }


def _overview(preset: Preset) -> list[str]:
    lines = [f"{preset.title} ({preset.id}, version {preset.version})"]
    lines += [" ".join(text.split()) for text in (preset.summary, preset.suits) if text]
    total = sum(d.weight for d in preset.dimension) or 1.0
    for dimension in preset.dimension:
        weight = f", weight {100 * dimension.weight / total:.0f} %" if dimension.weight else ""
        lines += ["", f"{dimension.id} {dimension.title} ({dimension.role}{weight})"]
        for criterion in preset.criteria_of(dimension.id):
            asked = "in the room" if criterion.asked == "room" else f"before, by {criterion.role}"
            lines.append(f"  {criterion.id} {criterion.title} ({asked}): {criterion.question}")
            lines += [f"    {level} {text}" for level, text in enumerate(criterion.levels)]
    if preset.gate:
        lines += ["", "Gates"]
        for gate in preset.gate:
            answers = ", ".join(f"{a.id} → {a.status}" for a in gate.answers)
            lines.append(f"  {gate.id} {gate.title}{f' ({answers})' if answers else ''}")
    return lines

"""Loading presets: the shipped ones by id, one's own by path, and the start of a new one (rubric §8)."""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from prioritizer.errors import PrioritizerError
from prioritizer.model.complaint import complaint
from prioritizer.model.outside import MAX_BYTES, decode, parse_toml, read_bounded, shown
from prioritizer.model.parts import ID_PATTERN
from prioritizer.model.preset import Preset

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SAMPLE = "sample-session"
"""The sample session lies beside the presets and is none."""


@dataclass(frozen=True)
class LoadedPreset:
    """A preset with the text that it was read from, which a session keeps for ever.

    Attributes:
        preset: The parsed preset.
        text: The TOML text with LF line ends.
        hash: The first 16 hex digits of SHA-256 over ``text`` in UTF-8.
        origin: The id or path that was asked for.
    """

    preset: Preset
    text: str
    hash: str
    origin: str


def package_folder() -> Traversable:
    """The folder of the installed package, also from inside a zip file."""
    from importlib.resources import files

    return files("prioritizer")


def presets_folder() -> Traversable:
    """Where the shipped presets lie: inside the package (wheel), or beside it (checkout).

    Raises:
        PrioritizerError: Neither is there, so the installation is not whole.
    """
    package = package_folder()
    inside = package / "presets"
    if (inside / "pilot-first.toml").is_file():
        return inside
    if isinstance(package, Path):
        beside = package.parent / "presets"
        if (beside / "pilot-first.toml").is_file():
            return beside
    raise PrioritizerError(
        "The shipped presets are missing from this installation, install Prioritizer again."
    )


def shipped_ids() -> tuple[str, ...]:
    """Ids of the shipped presets, the default one first."""
    names = (entry.name for entry in presets_folder().iterdir())
    return tuple(sorted(n[:-5] for n in names if n.endswith(".toml") and n != f"{SAMPLE}.toml"))


def read_shipped(name: str) -> str:
    """The text of ``name``.toml among the shipped files, with LF line ends."""
    return decode((presets_folder() / f"{name}.toml").read_bytes(), name)


def load_preset(id_or_path: str) -> LoadedPreset:
    """Load a shipped preset by its id, or a file by its path.

    A shipped id wins over a file of that name in the current folder; write ``./regulated``
    for the file.

    Raises:
        PrioritizerError: There is none, or it is not a preset; one sentence says what to mend.
    """
    shipped = shipped_ids()
    if id_or_path in shipped:
        return parse_preset(read_shipped(id_or_path), id_or_path)
    if not _is_path(id_or_path):
        near = difflib.get_close_matches(id_or_path[:100], shipped, n=2, cutoff=0.5)
        names = " or ".join(f'"{each}"' for each in near or shipped)
        hint = "did you mean" if near else "name"
        raise PrioritizerError(
            f'There is no preset "{shown(id_or_path)}", {hint} {names}, or the path of a TOML file{"?" if near else "."}'
        )
    return parse_preset(decode(read_bounded(Path(id_or_path)), id_or_path), id_or_path)


def _is_path(text: str) -> bool:
    if not text or text.isspace():
        return False
    if "/" in text or "\\" in text or "\0" in text or text.lower().endswith(".toml"):
        return True
    try:
        return Path(text).exists()
    except OSError:
        return False


def parse_preset(text: str, name: str) -> LoadedPreset:
    """Check the TOML text of a preset.

    Args:
        text: The TOML, with any line ends.
        name: What it is called in error messages: an id, a path, "the preset of this session".

    Raises:
        PrioritizerError: One sentence naming ``name``, the key and the mend.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    where = shown(name, 200)
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise PrioritizerError(f"{where}: the preset is larger than 1 MB, shorten it.")
    data = parse_toml(text, name)
    given = data.get("format")
    if isinstance(given, int) and not isinstance(given, bool) and given != 1:
        newer = "a newer version of Prioritizer reads it" if given > 1 else "write format = 1"
        raise PrioritizerError(f'{where}: "format" is {shown(given, 20)} and this program reads 1, {newer}.')
    try:
        preset = Preset.model_validate(data)
    except ValidationError as err:
        raise PrioritizerError(f"{where}: {complaint(err, data, Preset)}") from None
    return LoadedPreset(preset, text, preset_hash(text), name)


def preset_hash(text: str) -> str:
    """First 16 hex digits of SHA-256 over the text with LF line ends."""
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(unified.encode("utf-8")).hexdigest()[:16]


def new_preset_text(base_id: str, new_id: str, title: str) -> str:
    """The text of a new preset: a copy of ``base_id`` to edit, with comments that say how.

    Args:
        base_id: A shipped id, or the path of a preset.
        new_id: Id of the new preset; not one of the shipped ones.
        title: Its title.

    Raises:
        PrioritizerError: The base, the id or the title will not do.
    """
    if re.fullmatch(ID_PATTERN, new_id) is None or new_id.endswith("\n"):
        raise PrioritizerError(
            f'The id "{shown(new_id)}" will not do, write up to 32 letters without accents, digits, - and _, '
            "beginning with a letter."
        )
    if new_id in (*shipped_ids(), SAMPLE):
        raise PrioritizerError(f'The id "{new_id}" belongs to a shipped preset, choose another.')
    base = load_preset(base_id)
    lines = base.text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), 0)
    top = next((i for i, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    changes = {"id": _quoted(new_id), "version": "1", "title": _quoted(title)}
    for i in range(start, top):
        key = lines[i].partition("=")[0].strip()
        if key in changes:
            lines[i] = f"{key} = {changes[key]}"
    text = _HEADER.format(base=base.preset.id, id=new_id) + "\n".join(lines[start:])
    made = parse_preset(text, "the new preset").preset
    if (made.id, made.version) != (new_id, 1):
        raise PrioritizerError(
            f'"{shown(base_id)}": its id, version and title must stand on one line each to be copied.'
        )
    return text


def _quoted(text: str) -> str:
    """A TOML string; characters that TOML forbids are escaped, to be refused by name when parsed."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c for c in escaped) + '"'


_HEADER = """\
# A preset of your own, begun as a copy of "{base}". Edit it with any text editor.
#
# What you may change: every title, question and level text; weights (they need not add up
# to 1); which criteria, gates and roles there are; the thresholds; the agendas.
# What must hold: five levels for each criterion, 0 to 4, of which 4 is always the readier side
# and each is a fact that someone could be sent to check; every id at most once; at least one
# dimension with role = "readiness"; a class_rule with id = "bounded".
# Raise `version` whenever a session has already used the file: a session keeps the
# preset that it was made with.
#
# When you have edited it:  prioritizer presets check {id}.toml
#                           prioritizer new my.prio --preset {id}.toml

"""

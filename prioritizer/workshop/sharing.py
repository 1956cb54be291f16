"""Sharing a session: a closed file to hand on, with names, with aliases or without."""

from __future__ import annotations

import contextlib
import os
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from prioritizer.errors import NotSaved, PrioritizerError
from prioritizer.model.session import ABSTAIN, DONT_KNOW, Snapshot
from prioritizer.text.clean import clean_error

if TYPE_CHECKING:
    from prioritizer.store import Store
    from prioritizer.workshop.service import Workshop

Names = Literal["keep", "alias", "remove"]
SHORTEST = 3
"""Letters of a name that is looked for in texts: a shorter one is part of every second word."""

_SYNCED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mobile documents": "iCloud",
    "icloud drive": "iCloud",
    "icloud~": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "pcloud": "pCloud",
    "syncthing": "Syncthing",
}
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "davfs", "fuse.davfs2", "fuse.rclone"}
)


@dataclass(frozen=True)
class Shared:
    """What was handed on.

    Attributes:
        path: The file.
        names: What became of the names.
        mentions: Where a text mentions somebody: cards and fields, not the names.
        unrevealed: Answers in it of rounds that are not revealed.
    """

    path: Path
    names: Names
    mentions: tuple[str, ...]
    unrevealed: int

    @property
    def words(self) -> str:
        """What to tell whoever shares it."""
        kept = {
            "keep": "It holds all names and the whole history, and can be merged back.",
            "alias": "It is a new session with aliases for the names and without the history; it cannot be merged back.",
            "remove": "It is a new session without names and without the history; it cannot be merged back.",
        }[self.names]
        text = f"Wrote “{clean_error(self.path)}”. {kept}"
        if self.mentions:
            text += f" A name may still be read in {_listed(self.mentions)}."
        if self.unrevealed:
            one = self.unrevealed == 1
            text += (
                f" {self.unrevealed} answer{'' if one else 's'} of rounds that are not revealed "
                f"{'is' if one else 'are'} in it, and can be read by whoever has the file."
            )
        return text


def share(
    workshop: Workshop, out: Path, names: Names = "keep", *, zipped: bool = False, sure: bool = False
) -> Shared:
    """Writes a closed file to hand on.

    Args:
        workshop: The session.
        out: A new name.
        names: ``keep``; ``alias`` calls people Person 1, Person 2 …; ``remove`` calls nobody anything.
        zipped: Put it into a zip archive.
        sure: Also where a text mentions somebody whose name is to go.

    Raises:
        PrioritizerError: The name is taken; or names are to go, a text mentions one, and nobody is sure.
        NotSaved: It could not be written, or a name was found in it.
    """
    target = Path(os.path.abspath(out))  # noqa: PTH100  # `resolve` would follow a link that stands there
    if os.path.lexists(target):
        raise PrioritizerError(f"“{clean_error(target)}” exists already. Choose another name.")
    mentions = () if names == "keep" else mentions_of(workshop)
    if mentions and not sure:
        raise PrioritizerError(
            f"Texts may mention people whose names are to go: {_listed(mentions)}. "
            "Change them first, or add --yes to share them as they are."
        )
    session = target.with_name(f".{target.stem}.sqlite.part") if zipped else target
    try:
        workshop.on_file(lambda store: _write(store, session, names, mentioned=bool(mentions)), reload=False)
        if zipped:
            _zip(session, target)
    finally:
        if zipped:
            with contextlib.suppress(OSError):
                session.unlink()
    unrevealed = workshop.on_file(lambda store: _unrevealed(store.load()), reload=False)
    return Shared(target, names, mentions, unrevealed)


def mentions_of(workshop: Workshop) -> tuple[str, ...]:
    """Where texts mention somebody on the roster or another person that is named: card and field."""
    snapshot = workshop.snapshot
    searched = [_pattern(part) for name in set(snapshot.names.values()) for part in _parts(name)]
    if not searched:
        return ()
    texts = workshop.on_file(lambda store: store.texts(), reload=False)
    found: dict[str, None] = {}
    for (table, key, field), text in texts.items():
        folded = text.casefold()
        if any(each.search(folded) for each in searched):
            case = snapshot.use_cases.get(key[0]) if key else None
            where = f"#{case.number}" if case is not None and case.number else "the session"
            item = (
                f" {key[1]}"
                if table not in ("use_case", "decision") and len(key) > 1 and table != "tag"
                else ""
            )
            found[f"{where}{item} {'tag' if table == 'tag' else field.replace('_', ' ')}"] = None
    return tuple(found)


def where_it_lies(path: Path) -> str | None:
    """What to know about the folder of a session: that a tool synchronises it, or that it is on a network."""
    network = str(path).startswith(("\\\\", "//"))
    with contextlib.suppress(OSError, RuntimeError):
        path = path.resolve()
    for folder in path.parents:
        name = folder.name.casefold()
        tool = next((words for start, words in _SYNCED.items() if name.startswith(start)), None)
        if tool is None and (folder / ".stfolder").exists():
            tool = "Syncthing"
        if tool is not None:
            return (
                f"This folder is synchronised by {tool}. Have the session open on one computer at a time, close it "
                "before you go to another, and merge the copies that the tool makes of it."
            )
    if network or _on_network(path):
        return (
            "This folder is on a network, where locks are not to be trusted. Copy the session to this computer, "
            "work there, and merge it back."
        )
    return None


def _write(store: Store, path: Path, names: Names, *, mentioned: bool) -> None:
    if names == "keep":
        store.hand_on(path)
        return
    alias = (lambda n: f"Person {n}") if names == "alias" else None
    store.hand_on_without_names(path, alias)
    if mentioned:
        return  # whoever shares it knows where, and is sure
    left = store.names_found_in(path, SHORTEST)
    if left:
        path.unlink(missing_ok=True)
        raise NotSaved(
            f"“{clean_error(path)}” was not written: {len(left)} of the names could still be found in it. "
            "Please report that."
        )


def _zip(session: Path, target: Path) -> None:
    from prioritizer.text.filenames import safe_filename
    from prioritizer.text.newfile import write_new

    part = session.with_name(f"{session.name}.zip")
    try:
        name = safe_filename(target.stem, "" if target.stem.endswith(".sqlite") else ".sqlite")
        with zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED) as archive:
            archive.write(session, name)
        write_new(target, part.read_bytes())
    except OSError as error:
        raise NotSaved(
            f"“{clean_error(target)}” was not written: {clean_error(error.strerror or error)}."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _unrevealed(snapshot: Snapshot) -> int:
    return sum(
        1
        for case in snapshot.use_cases.values()
        for rounds in case.rounds.values()
        for each in rounds
        if each.status != "revealed"
        for answer in each.answers
        if answer <= 4 or answer in (DONT_KNOW, ABSTAIN)
    )


def _parts(name: str) -> list[str]:
    """A name and its longer parts: a note says “ask Ada” more often than the whole name."""
    found = [name, *re.split(r"[^\w'-]+", name)]
    return [part for part in dict.fromkeys(found) if len(part) >= SHORTEST]


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word.casefold())}(?!\w)")


def _on_network(path: Path) -> bool:
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    best, kind = "", ""
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        mount = parts[1].replace("\\040", " ")
        inside = str(path) == mount or str(path).startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, parts[2]
    return kind in _NETWORK


def _listed(items: tuple[str, ...], most: int = 8) -> str:
    return ", ".join(items[:most]) + (f" and {len(items) - most} more places" if len(items) > most else "")

"""Reading a TOML file of ours or of a stranger: bounded, UTF-8, no hostile characters.

Everything wrong is told in one sentence that names the file, the place and the mend.
"""

from __future__ import annotations

import re
import stat
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from prioritizer.errors import PrioritizerError

MAX_BYTES = 1_000_000

_JOINERS = frozenset("\u200c\u200d\ufe0f")
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$")


# `a.a.a.…`: tomllib takes time with the square of the parts of a dotted key, hours at 1 MB.
_LONG_KEY = re.compile(
    r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){32}"""
)

# What tomllib says in the words of a parser, in the words of whoever edits the file.
_PLAIN_TOML = {
    "Illegal character '\\n'": "a text is not closed with a quotation mark",
    "Unterminated string": "a text is not closed with a quotation mark",
    "Invalid value": "a text must stand in quotation marks",
    "Cannot overwrite a value": "a key stands twice",
    "Cannot declare": "a table stands twice",
}

Loc = tuple[str | int, ...]


def is_hostile(char: str) -> bool:
    """Whether a character may drive a terminal, hide text or mean nothing.

    Controls (not newline and tab), format characters (not ZWJ, ZWNJ, VS16), line and
    paragraph separators, surrogates, private and unassigned characters.
    """
    return char not in "\n\t" and char not in _JOINERS and unicodedata.category(char) in _REFUSED


def first_hostile(text: str) -> str | None:
    """The first hostile character of ``text``, or none."""
    # What is printable is harmless, and Python can tell that fast.
    return None if text.isprintable() else next((c for c in text if is_hostile(c)), None)


def shown(text: object, limit: int = 80) -> str:
    """``text`` made safe for an error message: one line, no hostile characters, not long."""
    clean = "".join("\ufffd" if is_hostile(c) else c for c in str(text)[: 2 * limit])
    clean = " ".join(clean.split())
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def read_bounded(path: Path) -> bytes:
    """The bytes of a regular file of at most 1 MB.

    Raises:
        PrioritizerError: The file is missing, is no regular file, is too large or cannot be read.
    """
    name = shown(path, 200)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise PrioritizerError(f"{name}: this is a folder, name the TOML file in it.")
        # A pipe or a device could keep the program waiting for ever.
        if not stat.S_ISREG(mode):
            raise PrioritizerError(f"{name}: this is not a regular file, name a TOML file.")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise PrioritizerError(f"{name}: there is no such file, check the path.") from None
    except ValueError:
        raise PrioritizerError(f"{name}: this cannot be a file name, check the path.") from None
    except OSError as err:
        why = shown(err.strerror or "the system refused").lower()
        raise PrioritizerError(
            f"{name}: the file could not be read ({why}), check the path and your rights to it."
        ) from None


def decode(data: bytes, name: str) -> str:
    """UTF-8 text with LF line ends; a byte-order mark is dropped.

    Raises:
        PrioritizerError: Too large, or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise PrioritizerError(
            f"{shown(name, 200)}: the file is larger than 1 MB, which no preset needs, so shorten it."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        line = data.count(b"\n", 0, err.start) + 1
        raise PrioritizerError(
            f"{shown(name, 200)}: line {line} is not UTF-8, save the file as UTF-8."
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """The tables of a TOML text, all of whose strings are harmless.

    Raises:
        PrioritizerError: Not TOML, nested too deeply, or with a hostile character.
    """
    where = shown(name, 200)
    if _LONG_KEY.search(text):
        raise PrioritizerError(
            f"{where}: a dotted key has more than 32 parts, write it as the shipped presets do."
        )
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        message = str(err)
        at = _AT.search(message)
        place = f"line {at[1]}" if at and at[1] else f"line {text.count(chr(10)) + 1}"
        why = shown(_AT.sub("", message))
        why = next((ours for theirs, ours in _PLAIN_TOML.items() if theirs in why), why)
        raise PrioritizerError(
            f"{where}: {place} is not valid TOML ({why[:1].lower()}{why[1:]}), mend that line."
        ) from None
    except RecursionError:
        raise PrioritizerError(
            f"{where}: the tables are nested too deeply, write it as the shipped presets do."
        ) from None
    except ValueError:
        # Numbers of thousands of digits.
        raise PrioritizerError(f"{where}: a number is too long, shorten it.") from None
    _refuse_hostile(data, where)
    # Comments are no part of the tables, yet `presets show` prints the text as it is.
    for number, line in enumerate(text.split("\n"), start=1):
        bad = first_hostile(line)
        if bad is not None:
            raise PrioritizerError(f"{where}: line {number} holds the character {_named(bad)}, take it out.")
    return data


def _refuse_hostile(data: dict[str, Any], where: str) -> None:
    # A loop and not a recursion: a hostile file can be nested as deep as the parser allows.
    waiting: list[tuple[Loc, Any]] = [((), data)]
    while waiting:
        loc, value = waiting.pop()
        if isinstance(value, dict):
            for key in value:
                if first_hostile(key) is not None:
                    raise PrioritizerError(
                        f'{where}: {_in(data, loc)}the key "{shown(key)}" holds a control character, take it out.'
                    )
            waiting.extend(((*loc, key), each) for key, each in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend(((*loc, i), each) for i, each in reversed(list(enumerate(value))))
        elif isinstance(value, str):
            bad = first_hostile(value)
            if bad is not None:
                place = place_of(data, loc, key=True)
                raise PrioritizerError(f"{where}: {place} holds the character {_named(bad)}, take it out.")


def _in(data: Any, loc: Loc) -> str:
    place = place_of(data, loc, key=True)
    return f"{place}: " if place else ""


def _named(char: str) -> str:
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X}" + (f" ({name})" if name else "")


def place_of(data: Any, loc: Loc, *, key: bool = False) -> str:
    """Where ``loc`` is, in the words of the file: ``criterion D1, level 3``.

    Args:
        data: The tables as parsed.
        loc: Keys and indices from the top, as pydantic gives them.
        key: Whether the last key is named too: ``criterion D1, key "title"``.
    """
    words: list[str] = []
    node = data
    last = len(loc) - 1
    skip = False
    for i, step in enumerate(loc):
        following = loc[i + 1] if i < last else None
        child = _child(node, step)
        if skip:
            skip = False
        elif step == "levels" and following is not None:
            words.append(f"level {shown(following, 20)}")
            skip = True
        elif isinstance(step, str) and isinstance(following, int):
            words.append(f"{shown(step, 40)} {_label(_child(child, following), following)}")
            skip = True
        elif i == last and isinstance(step, str):
            if key:
                words.append(f'key "{shown(step, 40)}"')
        elif isinstance(step, str):
            words.append(shown(step, 40))
        else:
            words.append(f"no. {step + 1 if isinstance(step, int) else shown(step, 20)}")
        node = child
    return ", ".join(words)


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def _label(item: Any, index: int) -> str:
    if isinstance(item, dict):
        for key in ("id", "criterion", "title"):
            value = item.get(key)
            if isinstance(value, str) and value and first_hostile(value) is None:
                return shown(value, 40)
    return f"no. {index + 1}"

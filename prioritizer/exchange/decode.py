"""From the bytes of a file to its text: which encoding, and is it text at all?"""

from __future__ import annotations

import codecs
from pathlib import Path

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_error, clean_text

SIZE_LIMIT = 50_000_000
_SAMPLE = 8192

_NO_SIGNS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1b"})
"""Controls that no list has; an escape colours the text of a terminal."""

_BOMS = (
    # The longer ones first: UTF-32's little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_NOT_TEXT = (
    (b"PK\x03\x04", "an Excel workbook or another zip file. Save the sheet as CSV and import that"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file. Save the sheet as CSV and import that"),
    (b"SQLite format 3\0", "a database; to bring in another session, use merge"),
    (b"%PDF-", "a PDF. Copy its list into a text file and import that"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file. Unpack it first"),
)


def read_bytes(source: Path | bytes, name: str | None = None) -> tuple[bytes, str]:
    """Returns the bytes of ``source`` and a name for messages.

    Raises:
        PrioritizerError: It is missing, no regular file, too large or not readable.
    """
    if isinstance(source, bytes):
        data, shown = source, name or "the input"
    else:
        shown = clean_text(name or str(source), limit=300, lines=False)
        try:
            if not source.exists():
                raise PrioritizerError(f"There is no file “{shown}”.")
            if not source.is_file():
                raise PrioritizerError(f"“{shown}” is not a file.")
            size = source.stat().st_size
            data = b"" if size > SIZE_LIMIT else source.read_bytes()
        except OSError as error:
            raise PrioritizerError(
                f"“{shown}” could not be read: {clean_error(error.strerror or error)}."
            ) from error
        if size > SIZE_LIMIT:
            raise _too_large(shown)
    if len(data) > SIZE_LIMIT:
        raise _too_large(shown)
    return data, shown


def decode(data: bytes, shown: str) -> tuple[str, str]:
    """Returns the text of ``data`` and the encoding that was found.

    In this order: byte order mark; UTF-16 by its pattern of NULs; UTF-8 where all of it is valid;
    else Windows-1252, whose five undefined bytes become U+FFFD.

    Raises:
        PrioritizerError: It is a workbook, a picture or another file that is not text.
    """
    for magic, what in _NOT_TEXT:
        if data.startswith(magic):
            raise PrioritizerError(f"“{shown}” is {what}.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            if encoding == "utf-8":  # some programs put the mark in front of a text in another encoding
                return _narrow(data[len(bom) :], shown)
            return data[len(bom) :].decode(encoding, errors="replace"), encoding
    if b"\0" in data[:_SAMPLE] and (wide := _utf16(data[:_SAMPLE])):
        return data.decode(wide, errors="replace"), wide
    return _narrow(data, shown)


def _narrow(data: bytes, shown: str) -> tuple[str, str]:
    """UTF-8 where all of it is valid, else Windows-1252."""
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    sample = data[:_SAMPLE]
    if (len(sample) - len(sample.translate(None, _NO_SIGNS))) * 20 > len(sample):
        raise PrioritizerError(f"“{shown}” is not a text file.")
    return data.decode("cp1252", errors="replace"), "cp1252"


def _utf16(sample: bytes) -> str | None:
    """Western text in UTF-16 has a NUL in every other byte; stray NULs have no such pattern."""
    half = max(1, len(sample) // 2)
    even = sample[0::2].count(0) / half
    odd = sample[1::2].count(0) / half
    # Chinese has few NULs, but then many signs; in a short text one stray NUL is a large share.
    least = 0.1 if len(sample) >= 64 else 0.3
    if odd >= least and even <= odd / 10:
        return "utf-16-le"
    if even >= least and odd <= even / 10:
        return "utf-16-be"
    return None


def _too_large(shown: str) -> PrioritizerError:
    return PrioritizerError(
        f"“{shown}” is larger than {SIZE_LIMIT // 1_000_000} MB, which no list of use cases is."
    )

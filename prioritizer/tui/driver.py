"""The terminal driver, made patient: a byte that is not UTF-8 is a mark on the screen, not the end of the app."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver


def driver_class() -> type[Driver] | None:
    """The driver for this system; none leaves the choice to Textual."""
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from codecs import IncrementalDecoder, getincrementaldecoder

    from textual.drivers import linux_driver

    def lenient(encoding: str) -> object:
        made = getincrementaldecoder(encoding)

        def decoder() -> IncrementalDecoder:
            return made(errors="replace")

        return decoder

    class PatientDriver(linux_driver.LinuxDriver):
        """Reads what a terminal sends, whatever it is."""

        def run_input_thread(self) -> None:
            # Textual decodes strictly and ends the app on the first stray byte: a paste from an old
            # encoding, line noise on a serial line. The decoder is the one thing to change.
            setattr(linux_driver, "getincrementaldecoder", lenient)  # noqa: B010  # mypy knows it as a function
            super().run_input_thread()

    return PatientDriver

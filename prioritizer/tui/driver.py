"""The terminal driver, made patient: a stray byte is a mark on the screen, and a closed terminal ends the app."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from textual.driver import Driver

    from prioritizer.tui.app import PrioritizerApp


def driver_class() -> type[Driver] | None:
    """The driver for this system; none leaves the choice to Textual."""
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from codecs import IncrementalDecoder, getincrementaldecoder

    from textual.drivers import linux_driver

    class PatientDriver(linux_driver.LinuxDriver):
        """Reads what a terminal sends, whatever it is, and notices when there is none any more."""

        def run_input_thread(self) -> None:
            # Textual decodes strictly and ends the app on the first stray byte: a paste from an old
            # encoding, line noise on a serial line. And it reads the end of a closed terminal for ever.
            # The decoder sees both, and is the one thing to change.
            setattr(linux_driver, "getincrementaldecoder", self._decoder)  # noqa: B010  # mypy knows it as a function
            super().run_input_thread()

        def _decoder(self, encoding: str) -> Callable[[], IncrementalDecoder]:
            made = getincrementaldecoder(encoding)(errors="replace")
            decode = made.decode

            def decoded(data: bytes, final: bool = False) -> str:
                if not data and not final and not self.exit_event.is_set():
                    self.exit_event.set()  # else this thread would read nothing, over and over
                    self._app.call_later(cast("PrioritizerApp", self._app).terminal_gone)
                return decode(data, final)

            setattr(made, "decode", decoded)  # noqa: B010  # a method of this one object
            return lambda: made

    return PatientDriver

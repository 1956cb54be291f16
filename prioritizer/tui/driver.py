"""The terminal driver, made patient: a stray byte is a mark on the screen, a closed terminal ends the app, and signs
that the terminal lacks become plainer ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from prioritizer.tui.terminal import character_set, lacks_signs, speaks_plainly

if TYPE_CHECKING:
    from textual.driver import Driver

    from prioritizer.tui.app import PrioritizerApp


def driver_class() -> type[Driver] | None:
    """The driver for this system; none leaves the choice to Textual."""
    if not speaks_plainly():
        return None
    plain = character_set() if lacks_signs() else ""
    from codecs import IncrementalDecoder, getincrementaldecoder, lookup

    from textual.drivers import linux_driver

    from prioritizer.text.plainer import plainer

    # ASCII says what can be shown. What is typed may be more than that, and is UTF-8 then.
    typed = "" if not plain or lookup(plain).name == "ascii" else plain

    class PatientDriver(linux_driver.LinuxDriver):
        """Reads what a terminal sends, whatever it is, and notices when there is none any more."""

        def run_input_thread(self) -> None:
            # Textual decodes strictly and ends the app on the first stray byte: a paste from an old
            # encoding, line noise on a serial line. And it reads the end of a closed terminal for ever.
            # The decoder sees both, and is the one thing to change.
            setattr(linux_driver, "getincrementaldecoder", self._decoder)  # noqa: B010  # mypy knows it as a function
            super().run_input_thread()

        def write(self, data: str) -> None:
            # Everything that is drawn passes here, and nothing else is wide enough to be cut wrongly.
            super().write(plainer(data, plain) if plain else data)

        def _decoder(self, encoding: str) -> Callable[[], IncrementalDecoder]:
            made = getincrementaldecoder(typed or encoding)(errors="replace")
            decode = made.decode

            def decoded(data: bytes, final: bool = False) -> str:
                if not data and not final and not self.exit_event.is_set():
                    self.exit_event.set()  # else this thread would read nothing, over and over
                    self._app.call_later(cast("PrioritizerApp", self._app).terminal_gone)
                return decode(data, final)

            setattr(made, "decode", decoded)  # noqa: B010  # a method of this one object
            return lambda: made

    return PatientDriver

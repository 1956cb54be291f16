"""The clipboard of a terminal: the sequence as xterm's control sequences document it, and honest words."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from prioritizer.text.clipboard import MOST_BYTES, handed_over, osc52
from tests.cli.conftest import Run


def test_the_sequence_carries_the_text_and_nothing_that_a_terminal_obeys() -> None:
    text = "# Shortlist\n\x1b[31m \x07 漢字 ]52;c;"
    sequence = osc52(text)
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    payload = sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")
    assert payload.isascii()
    assert payload.isprintable()
    assert base64.b64decode(payload).decode() == text


def test_what_is_said_promises_nothing() -> None:
    assert "does not say whether" in handed_over("x", {})
    assert "set-clipboard" in handed_over("x", {"TMUX": "/tmp/tmux"})
    assert "GNU screen does not" in handed_over("x", {"STY": "1"})
    assert "at most 74,994" in handed_over("x" * (MOST_BYTES + 1), {})
    assert "at most" not in handed_over("x", {})


def test_without_a_terminal_the_command_says_what_to_do(run: Run, sample: Path, tmp_path: Path) -> None:
    refused = run("export", sample, "--clipboard")
    assert refused.code == 2
    assert "--to DIR" in refused.err
    assert not list(tmp_path.glob("*-export"))


def test_a_terminal_gets_the_markdown(run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from prioritizer.cli import clipboard

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.delenv("TERM", raising=False)
    assert "If pasting gives nothing" in clipboard.to_clipboard("# Shortlist")
    assert terminal.getvalue() == osc52("# Shortlist")
    monkeypatch.setenv("TERM", "dumb")
    from prioritizer.errors import PrioritizerError

    with pytest.raises(PrioritizerError, match="no terminal"):
        clipboard.to_clipboard("x")

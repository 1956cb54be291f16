"""``prioritizer``: the group of all commands, and the one place where errors become exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from prioritizer.cli.command import HELP, Family, debug_option

SECTIONS: dict[str, dict[str, str]] = {
    "Sessions": {"demo": "sessions", "new": "sessions", "open": "sessions"},
    "Candidates": {
        "add": "candidates",
        "list": "candidates",
        "import": "imports",
        "park": "parking",
        "unpark": "parking",
    },
    "Answers": {"rate": "answers", "gate": "answers"},
    "The room": {
        "roster": "room",
        "round": "room",
        "ballots": "ballots",
        "ballot": "ballots",
        "present": "sessions",
    },
    "Results": {
        "weights": "weights",
        "rank": "results",
        "why": "results",
        "robustness": "robustness",
        "effort": "choose",
        "choose": "choose",
        "export": "results",
        "handouts": "handouts",
    },
    "The file's life": {
        "undo": "life",
        "redo": "life",
        "history": "life",
        "check": "life",
        "restore": "life",
        "merge": "files",
        "share": "files",
    },
    "Across sessions": {"portfolio": "across", "compare": "across"},
    "Presets": {"presets": "presets"},
}
"""Command → the module of this room that has it; a module is loaded when its command is asked for."""

_MODULES = {name: module for section in SECTIONS.values() for name, module in section.items()}


class Root(Family):
    """The whole command line."""

    examples = ("prioritizer demo s.sqlite --no-open", "prioritizer rank s.sqlite")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a session."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Loads the module of a command."""
        module = _MODULES.get(cmd_name)
        if module is None:
            return None
        found: click.Command = getattr(import_module(f"prioritizer.cli.{module}"), f"{cmd_name}_command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands by what they are for."""
        width = formatter.width - 6 - max(map(len, _MODULES))
        for title, names in SECTIONS.items():
            rows = []
            for name in names:
                found = self.get_command(ctx, name)
                if found is not None:
                    rows.append((name, found.get_short_help_str(width)))
            with formatter.section(title):
                formatter.write_dl(rows, col_max=12)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs a command; ends the process with its exit code, or returns that where not standalone."""
        code = self._run(args, prog_name or "prioritizer", complete_var, windows_expand_args, extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(
        self,
        args: Sequence[str] | None,
        prog_name: str,
        complete_var: str | None,
        windows_expand_args: bool,
        extra: dict[str, Any],
    ) -> int:
        settings: dict[str, Any] = extra.setdefault("obj", {})
        stdout = sys.stdout
        try:
            result = super().main(
                args,
                prog_name,
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
            # What is still in the buffer may meet a full disk or a closed pipe.
            sys.stdout.flush()
        except SystemExit as end:
            # click ends this way after shell completion, and after it has put a stdout of its
            # own in the place of one whose reader has gone: nothing is wrong then.
            if sys.stdout is not stdout:
                return 0
            return end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException as error:
            from prioritizer.cli.failures import report

            return report(error, debug=bool(settings.get("debug")))
        return result if isinstance(result, int) else 0


@click.group(cls=Root, context_settings=HELP, invoke_without_command=True)
@click.option(
    "--version", is_flag=True, help="Print the versions of the program, the file format and SQLite."
)
@click.pass_context
def app(ctx: click.Context, version: bool) -> int | None:
    """Rank candidate AI use cases: bounded, production-viable tasks first.

    Without a command, the home screen opens. FILE is a session; USE_CASE is an id, '#number' or
    an exact title. Data goes to stdout, messages to stderr.

    Exit codes: 0 done · 1 a check found something · 2 wrong usage or bad input · 3 FILE as a session: missing,
    locked, refused, unwritable · 130 interrupted.
    """
    if version:
        from prioritizer.cli.sessions import print_version

        print_version()
        ctx.exit(0)
    if ctx.invoked_subcommand is None:
        from prioritizer.cli.sessions import open_home

        return open_home()
    return None


app.params.append(debug_option())

"""What every command has in common: ``--debug``, perhaps ``--json``, and examples in its help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

HELP = {"help_option_names": ["-h", "--help"]}


class Command(click.Command):
    """A command with examples, which the tests run."""

    examples: tuple[str, ...] = ()

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the examples as they are typed."""
        write_examples(self.examples, formatter)


class Family(click.Group):
    """A command with commands of its own."""

    examples: tuple[str, ...] = ()

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The usage line, which click's releases write differently."""
        self.subcommand_metavar = (
            "[COMMAND] [ARGS]..." if self.invoke_without_command else "COMMAND [ARGS]..."
        )
        return super().collect_usage_pieces(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds a command; offers the nearest where there is none of that name."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(self._unknown(ctx, args[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the examples as they are typed."""
        write_examples(self.examples, formatter)

    def _unknown(self, ctx: click.Context, name: str) -> str:
        from prioritizer.text.clean import clean_error
        from prioritizer.text.nearest import nearest

        near = nearest(name, self.list_commands(ctx), n=2)
        meant = " or ".join(f"“{each}”" for each in near)
        offer = f"Did you mean {meant}?" if near else f"`{ctx.command_path} --help` lists them."
        return f"There is no command “{clean_error(name)}”. {offer}"


def write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """The examples, one a line, never wrapped: they are there to be copied."""
    if examples:
        with formatter.section("Example" if len(examples) == 1 else "Examples"):
            formatter.write("".join(f"{'':{formatter.current_indent}}{each}\n" for each in examples))


def command(
    name: str, *examples: str, json: bool = False, plain: bool = False
) -> Callable[[Callable[..., Any]], Command]:
    """Makes a command of a function.

    Args:
        name: As it is typed.
        examples: Whole lines that work, given the files of the walk-through.
        json: It can print one JSON document; the function takes ``as_json``.
        plain: It prints a table in a terminal; the function takes ``plain``.
    """

    def decorate(function: Callable[..., Any]) -> Command:
        made: Command = click.command(name, cls=Command, context_settings=HELP)(function)
        made.examples = examples
        if json:
            made.params.append(
                click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON document to stdout.")
            )
        if plain:
            made.params.append(
                click.Option(
                    ["--plain"], is_flag=True, help="Linear text instead of a table, also in a terminal."
                )
            )
        made.params.append(debug_option())
        return made

    return decorate


def debug_option() -> click.Option:
    """``--debug``, which works before and after the command's name."""
    return click.Option(
        ["--debug"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_remember_debug,
        help="Show the traceback of an error.",
    )


def _remember_debug(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().ensure_object(dict)["debug"] = True


def file_argument(function: Function) -> Function:
    """``FILE``: a session. Whether it is one, and can be read, is the workshop's to say, with exit code 3."""
    return click.argument("file", metavar="FILE", type=click.Path(readable=False))(function)

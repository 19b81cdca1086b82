"""`copydesk`: the group of commands; each is imported only when called: `--help` is fast."""

import importlib
import logging
import os
from typing import Any, NoReturn, cast

import click
from click.shell_completion import CompletionItem

from service import __version__
from service.cli.closed_pipe import discard_output
from service.cli.exit_codes import DONE, FAILED, INTERRUPTED
from service.cli.say import say
from service.text.printable import several_lines

COMMANDS = {
    "agencies": "list the wire agencies that copydesk recognises",
    "apart": "keep two articles in different stories",
    "backup": "write FOLD's state to a file, while workers run",
    "check": "show what is read from one page",
    "completion": "print the completion script of a shell",
    "config": "print the current settings and the source of each",
    "demo": "run the whole pipeline on a sample crawl with an embedded broker",
    "desk": "show the stories on a read-only web page",
    "explain": "show why two articles are one story, or why not",
    "explain-url": "show how a URL becomes an article's identity",
    "feed": "write pages from files to pages.raw",
    "fold": "run the whole pipeline on files, without a broker",
    "health": "check the worker on this machine",
    "notify": "post events that match a query to webhooks",
    "original": "make an article the original of its story",
    "publishers": "print or check the table of publishers",
    "reinstate": "undo the withdrawal of an article or a story",
    "replay": "put failed pages from pages.failed back on their topic",
    "reshard": "move FOLD's state to another number of shards",
    "restore": "put FOLD's state back from a file, here or on another cluster",
    "resume": "let the worker on this machine go on after a halt",
    "rights": "count what pages say about the use of their texts, and whom a policy would hit",
    "same": "make the stories of two articles one",
    "tail": "print the records of a topic as they arrive",
    "topics": "list the topics, or create the missing ones",
    "where": "show what became of an address, over all topics",
    "withdraw": "take down an article or a story",
    "worker": "run a worker: pages.raw in, articles and stories out",
}

SERVING = frozenset({"desk", "notify", "worker"})
"""Commands with connections of their own: a closed pipe need not be standard output."""

_MOST_MEANT = 3
_ALIKE = 0.7
"""Minimum similarity (0 to 1, by difflib) of what was typed to a command that was meant."""


class _SafeLines(logging.Formatter):
    """Formats warnings for people; foreign text in them is made safe to print."""

    def format(self, record: logging.LogRecord) -> str:
        return several_lines(super().format(record))


class _Commands(click.Group):
    """Finds each command in the module of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"service.cli.{cmd_name.replace('-', '_')}")
        return cast(click.Command, module.command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one is answered with those that were probably meant."""
        name = args[0] if args else ""
        if args and name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            meant = get_close_matches(name, COMMANDS, n=_MOST_MEANT, cutoff=_ALIKE)
            hint = f"; did you mean {' or '.join(meant)}?" if meant else ""
            ctx.fail(f"{several_lines(name)!r} is not a command{hint}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete names of commands without loading any of them, and the options."""
        named = [
            CompletionItem(name, help=text)
            for name, text in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. What ends it early is told in one line that is safe to print.

        Where the log is JSON, the last line is too, also that of an error nobody foresaw.
        """
        try:
            return super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except (KeyboardInterrupt, click.Abort):
            self._end(ctx, "interrupted", INTERRUPTED)
        except click.ClickException as error:
            from service.cli import fatal_line

            error.message = several_lines(error.message)
            if not fatal_line.is_json(ctx.invoked_subcommand):
                raise
            fatal_line.write_json(error.format_message())
            ctx.exit(error.exit_code)
        except Exception as error:
            if isinstance(error, BrokenPipeError) and ctx.invoked_subcommand not in SERVING:
                discard_output()
                ctx.exit(DONE)
            if isinstance(error, OSError) and error.filename is not None and error.strerror:
                self._end(ctx, f"{os.fsdecode(error.filename)}: {error.strerror}", FAILED)
            from service.cli import fatal_line

            if not fatal_line.is_json(ctx.invoked_subcommand):
                raise
            fatal_line.write_json(f"{type(error).__name__}: {error}", error)
            ctx.exit(FAILED)

    def _end(self, ctx: click.Context, why: str, code: int) -> NoReturn:
        from service.cli import fatal_line

        if fatal_line.is_json(ctx.invoked_subcommand):
            fatal_line.write_json(why)
        else:
            say(f"Error: {why}", err=True)
        ctx.exit(code)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="copydesk")
def main() -> None:
    """Turns raw crawled web pages into clean, attributed, deduplicated news events.

    Settings come from the environment (COPYDESK_BROKERS and others).
    """
    if logging.lastResort is not None:  # prints the warnings of commands that set up no logging
        logging.lastResort.setFormatter(_SafeLines())

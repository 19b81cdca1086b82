"""`copydesk`: the group of commands; each is imported only when called: `--help` is fast."""

import importlib
import logging
from typing import Any, cast

import click

from service import __version__
from service.text.printable import several_lines

COMMANDS = {
    "agencies": "list the wire agencies that copydesk recognises",
    "apart": "keep two articles in different stories",
    "backup": "write FOLD's state to a file, while workers run",
    "config": "print the current settings and the source of each",
    "demo": "run the whole pipeline on a sample crawl with an embedded broker",
    "desk": "show the stories on a read-only web page",
    "explain": "show why two articles are one story, or why not",
    "explain-url": "show how a URL becomes an article's identity",
    "feed": "write pages from files to pages.raw",
    "fold": "run the whole pipeline on files, without a broker",
    "health": "check the worker on this machine",
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
    "withdraw": "take down an article or a story",
    "worker": "run a worker: pages.raw in, articles and stories out",
}


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

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; its error message may contain foreign text and is made safe to print.

        Where the log is JSON, the last line is too, also that of an error nobody foresaw.
        """
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort):
            raise
        except click.ClickException as error:
            from service.cli import fatal_line

            error.message = several_lines(error.message)
            if not fatal_line.is_json(ctx.invoked_subcommand):
                raise
            fatal_line.write_json(error.format_message())
            ctx.exit(error.exit_code)
        except Exception as error:
            from service.cli import fatal_line

            if not fatal_line.is_json(ctx.invoked_subcommand):
                raise
            fatal_line.write_json(f"{type(error).__name__}: {error}", error)
            ctx.exit(1)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="copydesk")
def main() -> None:
    """Turns raw crawled web pages into clean, attributed, deduplicated news events.

    Settings come from the environment (COPYDESK_BROKERS and others).
    """
    if logging.lastResort is not None:  # prints the warnings of commands that set up no logging
        logging.lastResort.setFormatter(_SafeLines())

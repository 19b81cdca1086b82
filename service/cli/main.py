"""`copydesk`: the commands, each loaded when it is called, so that `--help` comes at once."""

import importlib
from typing import cast

import click

from service import __version__

COMMANDS = {
    "agencies": "list the wire agencies that are recognised",
    "config": "print the settings in force, and where each comes from",
    "demo": "run the whole pipeline on a sample crawl and an embedded broker",
    "desk": "show the stories on a read-only web page",
    "explain": "show why two articles are one story, or why they are not",
    "explain-url": "show how an address becomes an article's identity",
    "feed": "write pages from files to pages.raw",
    "fold": "run the whole pipeline on files, without a broker",
    "health": "ask a worker on this machine how it is",
    "replay": "put pages from pages.failed back to where they came from",
    "tail": "print the records of a topic as they come",
    "topics": "list the topics, or create the missing ones",
    "worker": "read pages and fold stories until told to stop",
}


class _Commands(click.Group):
    """Finds a command in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"service.cli.{cmd_name.replace('-', '_')}")
        return cast(click.Command, module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="copydesk")
def main() -> None:
    """Turns raw crawled web pages into clean, attributed, deduplicated news events.

    Settings come from the environment (COPYDESK_BROKERS and others).
    """

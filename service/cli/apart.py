"""`copydesk apart`: give an article a story of its own."""

import click

from service.cli.decide import decide, deciding
from service.cli.load_settings import load_settings
from service.contract.control import ControlAction


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@deciding
def command(a: str, b: str, why: str, wait: float, dry_run: bool) -> None:
    """Keep the articles A and B in different stories.

    If they are in one, B gets a story of its own. Neither joins the other's story again. A and B
    are addresses, uris or event ids.

    Exit codes: 0 when done; 1 if FOLD refuses it or does not answer in time, or the brokers cannot
    be reached; 2 if there is no such article or story.
    """
    decide(ControlAction.APART, [a, b], load_settings(), why=why, wait=wait, dry_run=dry_run)

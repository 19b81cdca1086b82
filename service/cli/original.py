"""`copydesk original`: make an article the original of its story."""

import click

from service.cli.decide import decide, deciding
from service.cli.load_settings import load_settings
from service.contract.control import ControlAction


@click.command()
@click.argument("article", metavar="URI")
@deciding
def command(article: str, why: str, wait: float, dry_run: bool) -> None:
    """Make an article the original of its story.

    The article is named by its address, uri or event id. It stays the original, whatever pages say
    later, until the command names another one.

    Exit codes: 0 when done; 1 if FOLD refuses it or does not answer in time, or the brokers cannot
    be reached; 2 if there is no such article or story.
    """
    decide(ControlAction.ORIGINAL, [article], load_settings(), why=why, wait=wait, dry_run=dry_run)

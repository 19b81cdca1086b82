"""`copydesk same`: make two stories one."""

import click

from service.cli.decide import decide, deciding
from service.cli.load_settings import load_settings
from service.contract.control import ControlAction


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@deciding
def command(a: str, b: str, why: str, wait: float, dry_run: bool) -> None:
    """Make the stories of A and B one story.

    A and B are articles (address, uri or event id) or ids of stories.

    Exit codes: 0 when done; 1 if FOLD refuses it or does not answer in time, or the brokers cannot
    be reached; 2 if there is no such article or story.
    """
    decide(ControlAction.SAME, [a, b], load_settings(), why=why, wait=wait, dry_run=dry_run)

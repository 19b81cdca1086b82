"""`copydesk withdraw`: take down an article or a story."""

import click

from service.cli.decide import decide, deciding
from service.cli.load_settings import load_settings
from service.contract.control import ControlAction


@click.command()
@click.argument("target", metavar="URI|STORY")
@deciding
def command(target: str, why: str, wait: float, dry_run: bool) -> None:
    """Take down an article, or a story with all of its articles.

    An article is named by its address, uri or event id, a story by its id. What is withdrawn stays
    so, whatever pages say later, until `copydesk reinstate`; new versions are published as
    canceled.

    Exit codes: 0 when done; 1 if FOLD refuses it or does not answer in time, or the brokers cannot
    be reached; 2 if there is no such article or story.
    """
    decide(ControlAction.WITHDRAW, [target], load_settings(), why=why, wait=wait, dry_run=dry_run)

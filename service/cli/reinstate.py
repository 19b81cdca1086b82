"""`copydesk reinstate`: undo a withdrawal."""

import click

from service.cli.decide import decide, deciding
from service.cli.load_settings import load_settings
from service.contract.control import ControlAction


@click.command()
@click.argument("target", metavar="URI|STORY")
@deciding
def command(target: str, why: str, wait: float, dry_run: bool) -> None:
    """Undo the withdrawal of an article or a story.

    Name what was withdrawn: the article or the story. Each article that was taken down is published
    anew at its next crawl.

    Exit codes: 0 when done; 1 if FOLD refuses it or does not answer in time, or the brokers cannot
    be reached; 2 if there is no such article or story.
    """
    decide(ControlAction.REINSTATE, [target], load_settings(), why=why, wait=wait, dry_run=dry_run)

"""`copydesk resume`: let the worker on this machine go on after a halt."""

import json

import click

from service.cli.health import ask_worker
from service.cli.say import say
from service.worker.health.resume import RESUME_HEADER


@click.command()
@click.option("--timeout", default=5.0, show_default=True, help="Seconds to wait for an answer.")
def command(timeout: float) -> None:
    """Resume the stages of the worker at COPYDESK_WEB_PORT that are halted.

    Run it where the worker runs, in its container or pod: the worker accepts it from its own
    machine only. Exit code 1 if the worker does not answer.
    """
    answer = ask_worker("resume", timeout, method="POST", headers={RESUME_HEADER: "1"})
    resumed = json.loads(answer)["resumed"]
    for stage, why in resumed.items():
        say(f"{stage.upper()} goes on, after {why}")
    if not resumed:
        say("no stage was halted")

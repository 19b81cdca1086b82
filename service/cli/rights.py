"""`copydesk rights`: what pages say about the use of their texts, and whom a policy would hit."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.columns import print_table
from service.cli.jobs import jobs_option, with_jobs
from service.cli.load_settings import load_settings
from service.cli.progress import PageProgress, shown
from service.cli.say import say, say_json, warn
from service.local.read_files import UnreadableInput, input_limits, read_inputs, total_bytes
from service.read.rights_policy import RightsPolicy, read_policy
from service.settings import Settings

if TYPE_CHECKING:
    from service.local.rights_count import CountRow

ALL = "*"


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--policy",
    "policy_text",
    metavar="POLICY",
    help="A policy to try, as noarchive=reject,noai=reject [default: COPYDESK_RIGHTS].",
)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each row.")
@jobs_option
def command(
    files: tuple[Path, ...], policy_text: str | None, as_json: bool, jobs: int | None
) -> None:
    """Read FILES as `copydesk fold` does, and count by host and word what pages say about the use
    of their texts.

    pages: articles with the word. restricted: those whose use it restricts; `reject` for the word
    would reject them. rejected: those that the policy rejects. The first rows are of all hosts, the
    first row of each host is of all words. Exit code 1 if a file cannot be read.
    """
    settings = with_jobs(load_settings(), jobs)
    policy = settings.rights_policy if policy_text is None else _tried(policy_text)
    try:
        rows = asyncio.run(_count(files, settings, policy))
    except UnreadableInput as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        for row in rows:
            say_json({**asdict(row), "action": policy.action(row.word) if row.word else None})
        return
    if not rows:
        say("no page is an article")
        return
    _print(rows, policy)


def _tried(text: str) -> RightsPolicy:
    try:
        return read_policy(part for part in text.split(",") if part.strip())
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--policy") from error


async def _count(
    files: Sequence[Path], settings: Settings, policy: RightsPolicy
) -> "list[CountRow]":
    # Not at the top: `--help` need not wait for the pipeline.
    from service.local.rights_count import count_rights

    with PageProgress(total_bytes(files), None, doing="reading", handed_on="read") as progress:
        messages = read_inputs(files, progress.advance, warn, input_limits(settings))
        async with shown(progress):
            return (await count_rights(progress.counted(messages), settings, policy)).rows()


def _print(rows: "Sequence[CountRow]", policy: RightsPolicy) -> None:
    numbers = ("pages", "restricted", "rejected")
    print_table(
        ("host", "word", "policy", *numbers),
        [
            (
                row.host or ALL,
                row.word or ALL,
                policy.action(row.word) if row.word else "",
                *(f"{number:,}" for number in (row.pages, row.restricted, row.rejected)),
            )
            for row in rows
        ],
        right=numbers,
    )

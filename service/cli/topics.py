"""`copydesk topics`: list the topics, or create the missing ones."""

import asyncio

import click

from service.cli.columns import print_table
from service.cli.load_settings import load_settings
from service.cli.say import say_json
from service.settings import Settings
from service.worker.kafka.topics import (
    TopicsUnavailable,
    create_topics,
    existing_topics,
    topic_specs,
)


@click.command()
@click.option(
    "--create", is_flag=True, help="Create missing topics; existing ones are not changed."
)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each topic.")
def command(create: bool, as_json: bool) -> None:
    """List the topics that the settings require, and whether each exists.

    Exit code 1 if the broker cannot be reached or refuses to create a topic.
    """
    settings = load_settings()
    try:
        created, present = asyncio.run(_look(settings, create))
    except TopicsUnavailable as error:
        raise click.ClickException(str(error)) from error
    states = {
        spec.name: "created" if spec.name in created else "there" if spec.name in present else "-"
        for spec in topic_specs(settings)
    }
    if as_json:
        for spec in topic_specs(settings):
            row = {
                "topic": spec.name,
                "state": states[spec.name].replace("-", "missing"),
                "partitions": spec.partitions,
                "replication": spec.replication,
                "config": spec.config,
            }
            say_json(row)
        return
    rows = [
        (
            spec.name,
            states[spec.name],
            str(spec.partitions),
            str(spec.replication),
            ", ".join(f"{key}={value}" for key, value in spec.config.items()),
        )
        for spec in topic_specs(settings)
    ]
    print_table(("topic", "state", "partitions", "replicas", "configuration"), rows)


async def _look(settings: Settings, create: bool) -> tuple[set[str], set[str]]:
    created = set(await create_topics(settings)) if create else set()
    return created, await existing_topics(settings)

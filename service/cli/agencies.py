"""`copydesk agencies`: list the wire agencies that copydesk recognises."""

import dataclasses

import click

from service.agencies import agencies
from service.cli.columns import print_table
from service.cli.say import say_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each agency.")
def command(as_json: bool) -> None:
    """List the wire agencies with their key, name, class, languages and hosts."""
    if as_json:
        for agency in agencies():
            row = dataclasses.asdict(agency)
            say_json(row)
        return
    rows = [
        (
            agency.key,
            agency.name,
            str(agency.kind),
            " ".join(agency.languages),
            " ".join(agency.hosts),
        )
        for agency in agencies()
    ]
    print_table(("key", "name", "class", "languages", "hosts"), rows)

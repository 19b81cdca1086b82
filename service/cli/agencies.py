"""`copydesk agencies`: list the wire agencies that are recognised."""

import dataclasses
import sys

import click
import orjson
from rich.console import Console
from rich.table import Table

from service.wire import agencies


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON line an agency.")
def command(as_json: bool) -> None:
    """List the agencies by key, with their class and languages."""
    if as_json:
        for agency in agencies():
            row = dataclasses.asdict(agency)
            sys.stdout.write(orjson.dumps(row, default=str).decode() + "\n")
        return
    table = Table("key", "name", "class", "languages", "hosts", box=None)
    for agency in agencies():
        table.add_row(
            agency.key,
            agency.name,
            str(agency.kind),
            " ".join(agency.languages),
            " ".join(agency.hosts),
        )
    Console().print(table)

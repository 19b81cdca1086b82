"""`copydesk explain-url`: how an address becomes an article's identity."""

import click
import orjson

from service.events.identity import article_uri
from service.page import canonicalize


@click.command(name="explain-url")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(url: str, as_json: bool) -> None:
    """Show each step that turns URL into the canonical one, and the uri made of that.

    Exit code 1 where URL is none.
    """
    try:
        canonical, steps = canonicalize(url)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    uri = article_uri(canonical)
    if as_json:
        row = {
            "url": url,
            "steps": [{"rule": step.rule, "url": step.url} for step in steps],
            "canonical_url": canonical,
            "uri": uri,
        }
        click.echo(orjson.dumps(row).decode())
        return
    click.echo(f"{'as given':24} {url}")
    for step in steps:
        click.echo(f"{step.rule:24} {step.url}")
    click.echo(f"{'uri':24} {uri}")

"""`copydesk explain-url`: show how a URL becomes an article's identity."""

import click

from service.cli.say import say, say_json
from service.contract.identity import article_uri
from service.read.page import canonicalize


@click.command(name="explain-url")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(url: str, as_json: bool) -> None:
    """Show each step from URL to the canonical URL, and the article uri made from that.

    Exit code 1 if URL is not a valid URL.
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
        say_json(row)
        return
    say(f"{'as given':24} {url}")
    for step in steps:
        say(f"{step.rule:24} {step.url}")
    say(f"{'uri':24} {uri}")

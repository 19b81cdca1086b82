"""`copydesk health`: ask the worker on this machine how it is."""

import urllib.error
import urllib.request

import click

from service.cli.in_force import load_settings


@click.command()
@click.option("--ready", is_flag=True, help="Ask whether it is ready, not only alive.")
@click.option("--timeout", default=5.0, show_default=True, help="Seconds to wait for an answer.")
def command(ready: bool, timeout: float) -> None:
    """Exit code 0 if the worker at COPYDESK_WEB_PORT is well, 1 if not."""
    settings = load_settings()
    host = "127.0.0.1" if settings.web_host == "0.0.0.0" else settings.web_host  # noqa: S104
    url = f"http://{host}:{settings.web_port}/{'readyz' if ready else 'livez'}"
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            click.echo(answer.read().decode())
    except urllib.error.HTTPError as refused:
        raise click.ClickException(f"{url}: {refused.read().decode()}") from refused
    except (urllib.error.URLError, TimeoutError) as error:
        raise click.ClickException(f"{url}: {error}") from error

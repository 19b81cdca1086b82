"""`copydesk health`: check the worker on this machine."""

import urllib.error
import urllib.request
from collections.abc import Mapping

import click

from service.cli.load_settings import load_settings
from service.cli.say import say


def ask_worker(
    page: str, timeout: float, *, method: str = "GET", headers: Mapping[str, str] | None = None
) -> str:
    """Return what the worker on this machine answers to a request.

    Raises:
        click.ClickException: it does not answer, or its answer is an error.
    """
    settings = load_settings()
    host = "127.0.0.1" if settings.web_host == "0.0.0.0" else settings.web_host  # noqa: S104
    url = f"http://{host}:{settings.web_port}/{page}"
    request = urllib.request.Request(url, method=method, headers=dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310 - http, above
            text: str = answer.read().decode()
            return text
    except urllib.error.HTTPError as refused:
        raise click.ClickException(f"{url}: {refused.read().decode()}") from refused
    except (urllib.error.URLError, TimeoutError) as error:
        raise click.ClickException(f"{url}: {error}") from error


@click.command()
@click.option("--ready", is_flag=True, help="Check readiness instead of liveness.")
@click.option("--timeout", default=5.0, show_default=True, help="Seconds to wait for an answer.")
def command(ready: bool, timeout: float) -> None:
    """Check the worker at COPYDESK_WEB_PORT: exit code 0 if it is alive (or ready), 1 if not."""
    say(ask_worker("readyz" if ready else "livez", timeout))

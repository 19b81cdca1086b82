"""`copydesk health`: check the worker on this machine, or whatever its container runs."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from ipaddress import ip_address

import click

from service.cli.container_command import Running, first_command
from service.cli.exit_codes import FAILED
from service.cli.load_settings import BadSettings, load_settings
from service.cli.say import say, say_json
from service.web.addresses import as_address


def ask_worker(
    page: str, timeout: float, *, method: str = "GET", headers: Mapping[str, str] | None = None
) -> str:
    """Return what the worker on this machine answers to a request.

    Raises:
        click.ClickException: it does not answer, or its answer is an error.
    """
    settings = load_settings()
    url = f"{_address(settings.web_host, settings.web_port)}/{page}"
    request = urllib.request.Request(url, method=method, headers=dict(headers or {}))  # noqa: S310
    return _ask(request, timeout)


def _address(host: str, port: int) -> str:
    """The address at which this machine reaches a server that listens on `host`."""
    address = as_address(host)
    if address is None:
        return f"http://{host}:{port}"
    if address.is_unspecified:
        address = ip_address("127.0.0.1" if address.version == 4 else "::1")
    return f"http://{f'[{address}]' if address.version == 6 else address}:{port}"


def _ask(request: urllib.request.Request, timeout: float) -> str:
    url = request.full_url
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
@click.option(
    "--container",
    is_flag=True,
    help="Check the command that this container runs: the desk by its own page, notify by its"
    " metrics; one without pages is alive as long as it runs.",
)
@click.option("--timeout", default=5.0, show_default=True, help="Seconds to wait for an answer.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(ready: bool, container: bool, timeout: float, as_json: bool) -> None:
    """Check the worker at COPYDESK_WEB_PORT: exit code 0 if it is alive (or ready), 1 if not."""
    from service.cli.main import COMMANDS

    running = first_command(COMMANDS) if container else None
    try:
        if running is None or running.name == "worker":
            answer = ask_worker("readyz" if ready else "livez", timeout)
        elif running.name == "desk":
            answer = _ask(urllib.request.Request(f"{_desk(running)}/healthz"), timeout)  # noqa: S310
        elif running.name == "notify" and (metrics := _metrics(running)):
            _ask(urllib.request.Request(metrics), timeout)  # noqa: S310 - http, by the settings
            answer = "notify serves its metrics"
        else:
            answer = f"{running.name} runs; it has no page to ask"
    except BadSettings:
        raise
    except click.ClickException as error:
        if not as_json:
            raise
        say_json({"ok": False, "answer": error.message})
        raise click.exceptions.Exit(FAILED) from error
    if as_json:
        say_json({"ok": True, "answer": answer.strip()})
    else:
        say(answer)


def _desk(running: Running) -> str:
    """The address of a desk, by its options and the settings."""
    from service.cli.desk import command as desk

    settings = load_settings()
    given = desk.make_context("desk", list(running.words), resilient_parsing=True).params
    port = settings.desk_port if given.get("port") is None else given["port"]
    return _address(given.get("host") or settings.desk_host, port)


def _metrics(running: Running) -> str | None:
    """Where `notify` serves its metrics, by its options and the settings; None: nowhere."""
    from service.cli.notify import command as notify

    words = list(running.words)
    port = notify.make_context("notify", words, resilient_parsing=True).params.get("metrics_port")
    return f"{_address(load_settings().web_host, port)}/metrics" if port else None

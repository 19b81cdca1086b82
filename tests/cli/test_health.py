"""`copydesk health` prints the worker's answer, and its exit code can be used by a probe."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import health
from service.cli.container_command import Running, first_command
from tests.cli.running import copydesk


@contextmanager
def answering(
    status: int, body: bytes, variable: str = "COPYDESK_WEB_PORT"
) -> Iterator[dict[str, str]]:
    """Settings of a worker that gives this answer; the answer contains the requested path."""

    class Worker(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body + self.path.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Worker) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {variable: str(server.server_port)}
        server.shutdown()


@pytest.mark.parametrize(("words", "page"), [((), "/livez"), (("--ready",), "/readyz")])
def test_a_healthy_worker_gives_exit_code_0(words: tuple[str, ...], page: str) -> None:
    with answering(200, b"fine ") as settings:
        run = copydesk("health", *words, settings=settings)
    assert (run.returncode, run.stdout) == (0, f"fine {page}\n")


def test_a_worker_that_is_stuck_is_quoted() -> None:
    with answering(503, b'{"stuck": "nobody reads"} ') as settings:
        run = copydesk("health", settings=settings)
    assert run.returncode == 1
    assert '{"stuck": "nobody reads"} /livez' in run.stderr


def test_no_worker_gives_exit_code_1() -> None:
    run = copydesk("health", settings={"COPYDESK_WEB_PORT": "1"})
    assert run.returncode == 1
    assert "http://127.0.0.1:1/livez" in run.stderr


def in_container(
    words: str, settings: dict[str, str], tmp_path: Path, patch: pytest.MonkeyPatch
) -> Result:
    """`copydesk health --container` where the first process has these words."""
    source = tmp_path / "cmdline"
    source.write_bytes(b"".join(word.encode() + b"\0" for word in words.split()))
    patch.setattr(health, "first_command", lambda names: first_command(names, source))
    outside = {name: None for name in os.environ if name.startswith("COPYDESK_")}
    return CliRunner().invoke(health.command, ["--container"], env={**outside, **settings})


@pytest.mark.parametrize("words", ["desk", "desk --name desk.example"])
def test_a_desk_is_asked_at_its_own_port(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with answering(200, b"ok ", "COPYDESK_DESK_PORT") as settings:
        settings["COPYDESK_DESK_HOST"] = "0.0.0.0"
        run = in_container(f"python /opt/bin/copydesk {words}", settings, tmp_path, monkeypatch)
    assert (run.exit_code, run.output) == (0, "ok /healthz\n")


def test_a_desk_is_asked_where_its_options_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with answering(200, b"ok ", "port") as settings:
        words = f"/sbin/docker-init -- copydesk desk --host 127.0.0.1 --port={settings['port']}"
        run = in_container(words, {"COPYDESK_DESK_PORT": "1"}, tmp_path, monkeypatch)
    assert (run.exit_code, run.output) == (0, "ok /healthz\n")


def test_a_desk_that_does_not_answer_is_unhealthy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"COPYDESK_DESK_PORT": "1"}
    run = in_container("copydesk desk", settings, tmp_path, monkeypatch)
    assert run.exit_code == 1
    assert "http://127.0.0.1:1/healthz" in run.output


def test_notify_is_asked_where_it_serves_its_metrics(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they say is of no interest: it may be long."""
    with answering(200, b"ok ", "port") as settings:
        words = f"copydesk notify --metrics-port {settings['port']} subscriptions.toml"
        run = in_container(words, {"COPYDESK_WEB_HOST": "0.0.0.0"}, tmp_path, monkeypatch)
    assert (run.exit_code, run.output) == (0, "notify serves its metrics\n")
    gone = in_container(words, {"COPYDESK_WEB_HOST": "0.0.0.0"}, tmp_path, monkeypatch)
    assert gone.exit_code == 1
    assert f"http://127.0.0.1:{settings['port']}/metrics" in gone.output


@pytest.mark.parametrize("name", ["feed", "tail", "topics", "replay", "notify"])
def test_a_command_without_pages_is_healthy_as_long_as_it_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"COPYDESK_WEB_PORT": "1"}
    run = in_container(f"python /opt/bin/copydesk {name} x", settings, tmp_path, monkeypatch)
    assert (run.exit_code, run.output) == (0, f"{name} runs; it has no page to ask\n")


@pytest.mark.parametrize("words", ["copydesk worker", "bash", "/sbin/init"])
def test_a_worker_is_asked_where_nothing_else_is_known(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with answering(200, b"fine ") as settings:
        run = in_container(words, settings, tmp_path, monkeypatch)
    assert (run.exit_code, run.output) == (0, "fine /livez\n")


def test_words_of_a_command_are_not_taken_for_its_name(tmp_path: Path) -> None:
    source = tmp_path / "cmdline"
    source.write_bytes(b"/usr/bin/copydesk\0feed\0copydesk\0desk\0")
    assert first_command(["feed", "desk"], source) == Running("feed", ("copydesk", "desk"))
    assert first_command(["desk"], tmp_path / "none") is None


def test_an_address_of_the_sixth_version_is_in_brackets() -> None:
    assert health._address("::", 8066) == "http://[::1]:8066"
    assert health._address("localhost", 8066) == "http://localhost:8066"

"""`copydesk health` prints the worker's answer, and its exit code can be used by a probe."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.cli.running import copydesk


@contextmanager
def answering(status: int, body: bytes) -> Iterator[dict[str, str]]:
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
        yield {"COPYDESK_WEB_PORT": str(server.server_port)}
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

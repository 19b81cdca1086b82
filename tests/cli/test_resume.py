"""`copydesk resume` asks the worker on this machine to go on, and says what it did."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from service.worker.health.resume import RESUME_HEADER
from tests.cli.running import copydesk


@contextmanager
def worker(status: int, answer: object) -> Iterator[dict[str, str]]:
    """Settings of a worker that gives this answer to what `copydesk resume` should send."""

    class Worker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            expected = self.path == "/resume" and RESUME_HEADER in self.headers
            self.send_response(status if expected else 404)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Worker) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {"COPYDESK_WEB_PORT": str(server.server_port)}
        server.shutdown()


@pytest.mark.parametrize(
    ("resumed", "said"),
    [
        ({"read": "too many"}, "READ goes on, after too many\n"),
        ({}, "no stage was halted\n"),
    ],
)
def test_it_says_what_goes_on(resumed: dict[str, str], said: str) -> None:
    with worker(200, {"resumed": resumed}) as settings:
        run = copydesk("resume", settings=settings)
    assert (run.returncode, run.stdout) == (0, said)


def test_a_refusal_gives_exit_code_1() -> None:
    with worker(403, {"error": "only for this machine"}) as settings:
        run = copydesk("resume", settings=settings)
    assert run.returncode == 1
    assert "only for this machine" in run.stderr


def test_no_worker_gives_exit_code_1() -> None:
    run = copydesk("resume", settings={"COPYDESK_WEB_PORT": "1"})
    assert run.returncode == 1
    assert "http://127.0.0.1:1/resume" in run.stderr

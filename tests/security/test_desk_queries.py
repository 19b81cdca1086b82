"""Somebody sends the desk whatever may break a query, to see a traceback or stop it."""

import asyncio
import re
from collections.abc import Iterator
from urllib.parse import quote, quote_from_bytes

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.desk.ingest.batch import ingest_batch
from service.desk.views.changes import STREAMS
from service.web.serving import ClientLimits, serving
from tests.desk.records import article, story_id, uri
from tests.security.servers import desk_app

PARAMETERS = ["q", "page", "sort", "agency", "language", "relation", "flag", "host", "copies"]
PARAMETERS += ["reason", "since", "day", "id", "a", "b"]

TEXTS = ["", "0", "-1", "1e9", "9" * 30, "٣", "²", "1", "2", "NaN", "%", "'", '"', "';--", "a OR b"]
TEXTS += ["(", "NEAR(a b)", "*", "^a", 'a"b', "\0", "\ud800", "\x1b[2J", "{{7*7}}", "<script>"]
TEXTS += ["../../etc/passwd", "\u202e", "🧑\u200d🚒", "ß" * 500, "bridge", "newest", "copies"]

URL = "https://gazette.example/a"
IDS = [uri(URL).rpartition(":")[2], story_id("bridge").rpartition(":")[2], "gazette.example"]

text = st.one_of(
    st.sampled_from(TEXTS), st.text(max_size=40), st.from_regex(r"[a-z*\"():^ -]{1,30}")
)


def escaped(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


pairs = st.tuples(st.one_of(st.sampled_from(PARAMETERS), text), st.one_of(text))
queries = st.one_of(
    st.lists(pairs, max_size=5).map(
        lambda given: "&".join(f"{escaped(name)}={escaped(value)}" for name, value in given)
    ),
    st.binary(max_size=30).map(lambda raw: quote_from_bytes(raw, safe="&=%+;")),
)


class RunningDesk:
    """A desk on a real port, in this loop, with one article."""

    def __init__(self, loop: asyncio.AbstractEventLoop, port: int, app: web.Application) -> None:
        self._loop = loop
        self._port = port
        self.routes = sorted(
            {
                re.sub(r"\{(\w+):[^}]+\}", r"{\1}", route.resource.canonical)
                for route in app.router.routes()
                if route.resource is not None
            }
        )

    def get(self, target: str, headers: str = "") -> tuple[int, str]:
        """Status and text of the answer to one request; of a stream, its beginning."""
        return self._loop.run_until_complete(self._get(target, headers))

    async def _get(self, target: str, headers: str) -> tuple[int, str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        request = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
        writer.write(request.encode("utf-8", "surrogatepass"))
        answer = await reader.readuntil(b"\r\n\r\n")
        if b"text/event-stream" not in answer:
            answer += await reader.read()
        writer.close()
        return int(answer.split(b" ", 2)[1]), answer.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    loop = asyncio.new_event_loop()
    with desk_app(tmp_path_factory.mktemp("desk")) as (app, desk):
        loop.run_until_complete(desk.model.write(ingest_batch, [article(URL)], 1000))
        server = serving(app, "127.0.0.1", 0, ClientLimits(connections=100))
        port = loop.run_until_complete(server.__aenter__())
        yield RunningDesk(loop, port, app)
        loop.run_until_complete(server.__aexit__(None, None, None))
    loop.close()


def check(answer: tuple[int, str]) -> None:
    status, said = answer
    assert status in (200, 302, 400, 404, 405, 421), said
    assert "Traceback" not in said
    assert 'File "' not in said
    assert "sqlite" not in said.lower()


fuzzing = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@fuzzing
@given(data=st.data())
def test_no_query_gives_an_error_of_ours(running: RunningDesk, data: st.DataObject) -> None:
    route = data.draw(st.sampled_from(running.routes))
    raw = st.binary(max_size=9).map(quote_from_bytes)
    part = st.one_of(st.sampled_from(IDS), text.map(escaped), raw)
    path = re.sub(r"\{\w+\}", lambda _: data.draw(part), route)
    check(running.get(f"{path}?{data.draw(queries)}"))


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_odd_value_of_every_parameter(running: RunningDesk, parameter: str) -> None:
    for route in running.routes:
        for value in TEXTS:
            path = re.sub(r"\{\w+\}", IDS["story" in route], route)
            check(running.get(f"{path}?{parameter}={escaped(value)}"))


@fuzzing
@given(value=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60))
def test_no_header_does(running: RunningDesk, value: str) -> None:
    for name in ("Last-Event-ID", "Cookie", "If-None-Match", "Accept", "Range", "X-Forwarded-For"):
        check(running.get("/changes", f"{name}: {value}\r\n"))


def test_streams_of_clients_that_have_gone_do_not_keep_others_out(running: RunningDesk) -> None:
    for _ in range(3 * STREAMS):
        assert running.get("/changes")[0] == 200


def test_requests_that_are_no_requests(running: RunningDesk) -> None:
    for target in ("x", "//", "/%", "/%zz", "/\x7f", "*", "http://evil.example/", "/" + "a" * 9000):
        check(running.get(target))

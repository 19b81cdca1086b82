"""One attempt, against a server that answers, fails, redirects, is slow or hangs up."""

import hashlib
import hmac
from base64 import b64decode, b64encode

import pytest
from aiohttp import web

from service.notify.post import Answer, make_session, post
from service.notify.signature import read_secrets, signed_headers
from tests.notify.receiver import SECRET, Got, receiving

BODY = '{"id":"0f3c","data":"ü"}'.encode()


def headers() -> dict[str, str]:
    return dict(signed_headers(read_secrets(SECRET), "0f3c", 1_773_122_400, BODY))


async def test_what_is_posted_can_be_verified_and_the_answer_is_told() -> None:
    def answer(got: Got, before: int) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "7", "Set-Cookie": "a=b"})

    async with receiving(answer) as receiver, make_session() as session:
        for _ in range(2):
            told = await post(session, f"{receiver.address}/in?k=1", BODY, headers(), 5)
            assert told == Answer(503, "answered 503", "7")
    for got in receiver.got:
        assert got.body == BODY
        assert "cookie" not in got.headers, "none is remembered"
        signed = f"{got.id}.{got.headers['webhook-timestamp']}.".encode() + got.body
        key = b64decode(SECRET.removeprefix("whsec_"))
        expected = b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert got.headers["webhook-signature"] == f"v1,{expected}"


async def test_a_redirect_is_not_followed() -> None:
    def answer(got: Got, before: int) -> web.Response:
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async with receiving(answer) as receiver, make_session() as session:
        told = await post(session, f"{receiver.address}/in", BODY, headers(), 5)
    assert told.status == 307
    assert [each.path for each in receiver.got] == ["/in"]


async def test_a_receiver_that_hangs_up_is_no_answer() -> None:
    async with receiving(lambda got, before: None) as receiver, make_session() as session:
        told = await post(session, f"{receiver.address}/in", BODY, headers(), 5)
    assert told.status is None
    assert "Disconnected" in told.detail or "reset" in told.detail


async def test_a_receiver_that_is_slow_is_no_answer() -> None:
    async with receiving(lambda got, before: None) as receiver, make_session() as session:
        told = await post(session, f"{receiver.address}/slow", BODY, headers(), 0.05)
    assert told == Answer(None, "no answer in 0.05 s")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/secret-path", "http://[::bad/secret-path"])
async def test_an_address_where_nobody_is_is_told_without_its_path(url: str) -> None:
    async with make_session() as session:
        told = await post(session, url, BODY, headers(), 5)
    assert told.status is None
    assert told.detail
    assert "secret-path" not in told.detail

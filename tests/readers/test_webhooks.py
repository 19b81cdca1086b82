"""The library of the Standard Webhooks accepts what `copydesk notify` posts, and the SDK of
CloudEvents reads it: `make test-readers` brings them, and CI does not."""

import json
import subprocess
from functools import partial
from typing import Any

import pytest
from aiohttp import web

from service.notify.courier import Courier
from service.notify.post import make_session, post
from service.notify.signature import read_secrets
from service.notify.structured import structured
from service.notify.subscription import Delivery, Subscription
from tests.notify.events import SPUN
from tests.notify.receiver import SECRET, Got, receiving
from tests.readers.test_readers import HERE, PATIENCE, python

pytestmark = pytest.mark.readers

NEXT = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
FOREIGN = "whsec_HxAREhMUFRYXGBkaGxwdHh8AAQIDBAUGBwgJCgsMDQ4="


async def posted(secrets: str) -> Got:
    """The request that one event makes, as it came."""
    headers = (("ce_specversion", b"1.0"), ("ce_source", b"urn:copydesk"), *SPUN[0].headers)
    async with (
        receiving(lambda *_: web.Response(status=204)) as receiver,
        make_session() as session,
    ):
        asked = Subscription(name="spun", url=f"{receiver.address}/in", query="", secret_env="S")
        courier = Courier(asked, Delivery(), read_secrets(secrets), partial(post, session))
        assert await courier.deliver(SPUN[0].id, structured(headers, SPUN[0].value)) is None
    (got,) = receiver.got
    return got


def verified(got: Got, secret: str, more: str = "") -> Any:
    """What the library makes of a request, `more` added to its body: the event, or None."""
    run = subprocess.run(
        [python(), str(HERE / "programs" / "verify_webhook.py"), secret],
        input=json.dumps({"headers": got.headers, "body": got.body.decode() + more}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return None if run.stdout == "refused\n" else json.loads(run.stdout)


async def test_the_library_accepts_and_reads_it() -> None:
    got = await posted(SECRET)
    data = json.loads(SPUN[0].value or b"")
    id, kind, source, read = verified(got, SECRET)
    assert (id, source, read) == (SPUN[0].id, "urn:copydesk", data)
    assert kind == got.event["type"]


async def test_while_a_secret_is_replaced_both_fit() -> None:
    got = await posted(f"{SECRET} {NEXT}")
    before, after = verified(got, SECRET), verified(got, NEXT)
    assert before is not None
    assert before == after
    assert verified(got, FOREIGN) is None


async def test_it_refuses_another_secret_and_another_body() -> None:
    got = await posted(SECRET)
    assert verified(got, NEXT) is None
    assert verified(got, SECRET, more=" ") is None

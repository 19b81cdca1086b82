"""The example that receives webhooks, with the courier that posts to it."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from deploy.examples.receive_webhook import OLDEST, TABLE, enter, is_genuine, serve
from service.contract.notification import NotifyFailure
from service.notify.courier import Courier, GivenUp
from service.notify.post import make_session, post
from service.notify.signature import read_secrets, signed_headers
from service.notify.structured import structured
from service.notify.subscription import Delivery, Subscription
from tests.notify.events import SPUN
from tests.notify.receiver import SECRET

OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
NOW = 1_773_122_400.0
BODY = b'{"id": "0f3c"}'


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of the example, and its database."""
    path = tmp_path / "events.db"
    database = sqlite3.connect(path, check_same_thread=False)
    database.execute(TABLE)
    with closing(database), serve(0, database, SECRET) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}/", path
        server.shutdown()
        serving.join()


async def test_events_are_kept_once_and_forgeries_refused(receiver: tuple[str, Path]) -> None:
    url, path = receiver
    asked = Subscription(name="spun", url=url, query="relation:spun", secret_env="S")
    headers = (("ce_specversion", b"1.0"), ("ce_source", b"urn:copydesk"), *SPUN[0].headers)
    body = structured(headers, SPUN[0].value)
    async with make_session() as session:
        courier, forger = (
            Courier(asked, Delivery(), read_secrets(secret), partial(post, session))
            for secret in (SECRET, OTHER)
        )
        assert await courier.deliver(SPUN[0].id, body) is None
        assert await courier.deliver(SPUN[0].id, body) is None
        refused = await forger.deliver("forged", b"{}")
    assert refused == GivenUp(NotifyFailure.REFUSED, "answered 401", 1)
    with closing(sqlite3.connect(path)) as database:
        ((id, kept),) = database.execute("SELECT id, body FROM events").fetchall()
    assert id == json.loads(kept)["id"] == SPUN[0].id
    assert kept == body


def test_what_is_old_changed_or_signed_by_another_is_not_genuine() -> None:
    headers = signed_headers(read_secrets(f"{OTHER} {SECRET}"), "0f3c", int(NOW), BODY)
    assert is_genuine(SECRET, headers, BODY, NOW)
    assert is_genuine(SECRET, headers, BODY, NOW + OLDEST)
    assert not is_genuine(SECRET, headers, BODY, NOW + OLDEST + 1)
    assert not is_genuine(SECRET, headers, BODY, NOW - OLDEST - 1)
    assert not is_genuine(SECRET, headers, BODY + b" ", NOW)
    assert not is_genuine(SECRET, {**headers, "webhook-id": "0f3d"}, BODY, NOW)
    assert not is_genuine("whsec_" + "A" * 32, headers, BODY, NOW)
    assert not is_genuine(SECRET, {}, BODY, NOW)


def test_a_repeat_is_known() -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(TABLE)
        assert enter(database, "0f3c", BODY)
        assert not enter(database, "0f3c", BODY)

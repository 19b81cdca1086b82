"""Attempts at one receiver: when they go on, when they end, and what stays the same."""

from collections.abc import Iterable

import pytest

from service.contract.notification import NotifyFailure
from service.notify.courier import Counts, Courier, GivenUp
from service.notify.post import Answer
from service.notify.signature import read_secrets
from service.notify.subscription import Delivery, Subscription
from tests.notify.receiver import SECRET

SPUN = Subscription(
    name="spun", url="https://hooks.example/secret-path", query="relation:spun", secret_env="S"
)


class Rehearsal:
    """A courier whose receiver gives these answers in order, and which does not really wait."""

    def __init__(self, answers: Iterable[Answer], attempts: int = 4) -> None:
        self._answers = iter(answers)
        self.waits: list[float] = []
        self.sent: list[tuple[bytes, dict[str, str]]] = []
        self.now = 1_773_122_400.0
        self.courier = Courier(
            SPUN,
            Delivery(attempts=attempts, first_wait_seconds=2, longest_wait_seconds=8),
            read_secrets(SECRET),
            self._post,
            clock=lambda: self.now,
            sleep=self._sleep,
            spread=lambda: 1.0,
        )

    async def _post(self, url: str, body: bytes, headers: dict[str, str], seconds: float) -> Answer:
        assert url == SPUN.url
        self.sent.append((body, headers))
        return next(self._answers)

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def answers(*statuses: int | None) -> list[Answer]:
    return [Answer(status, f"answered {status}") for status in statuses]


async def test_an_event_is_posted_until_it_is_taken() -> None:
    tried = Rehearsal(answers(500, None, 429, 204))
    assert await tried.courier.deliver("0f3c", b"{}") is None
    assert tried.waits == [2, 4, 8]
    assert tried.courier.counts == Counts(delivered=1, failed_attempts=3)
    assert {(body, headers["webhook-id"]) for body, headers in tried.sent} == {(b"{}", "0f3c")}
    times = [int(headers["webhook-timestamp"]) for _, headers in tried.sent]
    assert [each - times[0] for each in times] == [0, 2, 6, 14], "each attempt has its own time"
    assert len({headers["webhook-signature"] for _, headers in tried.sent}) == 4
    assert tried.sent[0][1]["Content-Type"] == "application/cloudevents+json"


async def test_a_receiver_that_says_when_is_asked_then() -> None:
    tried = Rehearsal([Answer(503, "answered 503", "60"), *answers(200)])
    await tried.courier.deliver("0f3c", b"{}")
    assert tried.waits == [60]


async def test_after_the_limit_it_is_given_up() -> None:
    tried = Rehearsal(answers(500, 502, 503, 504))
    given_up = await tried.courier.deliver("0f3c", b"{}")
    assert given_up == GivenUp(NotifyFailure.EXHAUSTED, "answered 504", 4)
    assert len(tried.waits) == 3
    assert tried.courier.counts == Counts(failed_attempts=4, letters=1)


@pytest.mark.parametrize("status", [400, 401, 404, 422])
async def test_a_refusal_is_final(status: int) -> None:
    tried = Rehearsal(answers(status))
    given_up = await tried.courier.deliver("0f3c", b"{}")
    assert given_up == GivenUp(NotifyFailure.REFUSED, f"answered {status}", 1)
    assert not tried.courier.is_gone


async def test_a_receiver_that_is_gone_is_known_to_be(caplog: pytest.LogCaptureFixture) -> None:
    tried = Rehearsal(answers(500, 410))
    given_up = await tried.courier.deliver("0f3c", b"{}")
    assert given_up == GivenUp(NotifyFailure.GONE, "answered 410", 2)
    assert tried.courier.is_gone
    assert "nothing more is posted there" in caplog.text
    assert "secret-path" not in caplog.text
    assert SECRET not in caplog.text

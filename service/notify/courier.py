"""Posts events to one receiver until each is taken, or given up."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from service.contract.notification import NotifyFailure
from service.notify.post import Answer
from service.notify.schedule import Verdict, asked_wait, verdict_of, wait_after
from service.notify.signature import signed_headers
from service.notify.structured import CONTENT_TYPE
from service.notify.subscription import Delivery, Subscription

Post = Callable[[str, bytes, dict[str, str], float], Awaitable[Answer]]
"""Posts a body with headers to an address, within a number of seconds."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Counts:
    """What became of the events that matched, since the start.

    Attributes:
        delivered: events that the receiver took.
        failed_attempts: attempts that failed, of these events and of others.
        letters: events that became dead letters.
    """

    delivered: int = 0
    failed_attempts: int = 0
    letters: int = 0


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An event that is not posted again: why, the last answer, and the number of attempts."""

    reason: NotifyFailure
    detail: str
    attempts: int


class Courier:
    """One receiver, with what it was sent so far.

    Args:
        secrets: each signs every attempt.
        post: the way out.
        clock: seconds since the epoch.
        sleep: waits a number of seconds.
        spread: random, 0 to 1, for each wait.
    """

    def __init__(
        self,
        subscription: Subscription,
        delivery: Delivery,
        secrets: Sequence[bytes],
        post: Post,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        spread: Callable[[], float] = random.random,
    ) -> None:
        self.subscription = subscription
        self.counts = Counts()
        self.is_gone = False
        self._delivery = delivery
        self._secrets = secrets
        self._post = post
        self._clock = clock
        self._sleep = sleep
        self._spread = spread

    async def deliver(self, id: str, body: bytes) -> GivenUp | None:
        """Post an event until the receiver takes it; return why not if it does not.

        After an answer that nobody listens there any more, `is_gone` is True.
        """
        attempt = 1
        while True:
            answer = await self._attempt(id, body)
            verdict = verdict_of(answer.status)
            if verdict is Verdict.DELIVERED:
                self.counts.delivered += 1
                return None
            self.counts.failed_attempts += 1
            if verdict is Verdict.GONE:
                self.is_gone = True
                return self._give_up(NotifyFailure.GONE, answer, attempt)
            if verdict is Verdict.REFUSED:
                return self._give_up(NotifyFailure.REFUSED, answer, attempt)
            if attempt >= self._delivery.attempts:
                return self._give_up(NotifyFailure.EXHAUSTED, answer, attempt)
            asked = asked_wait(answer.retry_after, datetime.fromtimestamp(self._clock(), UTC))
            wait = wait_after(attempt, self._delivery, self._spread(), asked)
            logger.warning(
                "%s: %s %s: attempt %d of %d, the next in %.0f s",
                *(self.subscription.name, self.subscription.shown_url, answer.detail),
                *(attempt, self._delivery.attempts, wait),
            )
            await self._sleep(wait)
            attempt += 1

    async def _attempt(self, id: str, body: bytes) -> Answer:
        headers = {
            "Content-Type": CONTENT_TYPE,
            **signed_headers(self._secrets, id, int(self._clock()), body),
        }
        return await self._post(
            self.subscription.url, body, headers, self._delivery.timeout_seconds
        )

    def _give_up(self, reason: NotifyFailure, answer: Answer, attempts: int) -> GivenUp:
        self.counts.letters += 1
        logger.error(
            "%s: %s %s: given up after %d attempts (%s)%s",
            *(self.subscription.name, self.subscription.shown_url, answer.detail, attempts, reason),
            "; nothing more is posted there until the next start" if self.is_gone else "",
        )
        return GivenUp(reason, answer.detail, attempts)

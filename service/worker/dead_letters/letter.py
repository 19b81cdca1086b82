"""Parses a record of `pages.failed`: what failed and why, and the original input."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from service.contract.control import CONTROL_TYPE, Control
from service.contract.extracted import Extracted
from service.contract.identity import enter_record
from service.contract.outcome import ATTEMPTS, ERROR_PREFIX, REASON
from service.contract.record import Headers, Record, Topic
from service.contract.serde import UndecodableValue, load
from service.read.stage import shard_of

_CAME_FROM = {"fold": Topic.EXTRACTED, "link": Topic.CONCEPTS}
"""What FOLD and LINK read; the other stages read `pages.raw`."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One failure of one input.

    Attributes:
        partition, offset: position of the dead letter in `pages.failed`.
        headers: the input's headers, without the error headers.
        timestamp: of the input, milliseconds since the epoch.
        attempts: how often the input has failed so far.
        message: the error message, for people.
    """

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    timestamp: int
    stage: str
    reason: str
    attempts: int
    message: str

    @property
    def identity(self) -> bytes:
        """Hash of the input: the same for each of its failures, however often it was replayed."""
        state = blake2b(digest_size=16)
        enter_record(state, (self.key, self.value, str(self.timestamp).encode()), self.headers)
        return state.digest()


def read_letter(got: Any) -> DeadLetter | None:
    """Parse a dead letter from aiokafka's consumer record; None if copydesk did not write it.

    The last header of a name counts: the error headers follow the input's, which may include some
    of the same name.
    """
    stated = dict(got.headers)
    stage, reason = stated.get(ERROR_PREFIX + "stage"), stated.get(REASON)
    if stage is None or reason is None:
        return None
    attempts = stated.get(ATTEMPTS) or b""
    return DeadLetter(
        partition=got.partition,
        offset=got.offset,
        key=got.key,
        value=got.value,
        headers=tuple(
            (name, value)
            for name, value in got.headers
            if not name.startswith(ERROR_PREFIX) and name not in (ATTEMPTS, REASON)
        ),
        timestamp=got.timestamp,
        stage=stage.decode("utf-8", "replace"),
        reason=reason.decode("utf-8", "replace"),
        attempts=int(attempts) if attempts.isdigit() and len(attempts) < 6 else 1,
        message=(stated.get(ERROR_PREFIX + "exception.message") or b"").decode("utf-8", "replace"),
    )


def restored(letter: DeadLetter, shards: int) -> Record:
    """Return the original input, addressed to the topic it was read from.

    An input that failed in READ goes to `pages.raw`; one that failed in FOLD is an article or an
    operator's decision, and goes to the shard of its language; one that failed in LINK goes to
    `stories.concepts`. `copydesk-attempts` stays, so that another failure is counted on top.
    """
    attempts = ((ATTEMPTS, str(letter.attempts).encode()),)
    topic = _CAME_FROM.get(letter.stage, Topic.RAW)
    return Record(
        topic=topic,
        key=letter.key,
        value=letter.value,
        headers=letter.headers + attempts,
        partition=_shard(letter, shards) if topic is Topic.EXTRACTED else None,
        timestamp=letter.timestamp,
    )


def _shard(letter: DeadLetter, shards: int) -> int:
    value = letter.value or b""
    try:
        if ("ce_type", CONTROL_TYPE.encode()) in letter.headers:
            return shard_of(load(Control, value).language, shards)
        return shard_of(load(Extracted, value).article.language, shards)
    except UndecodableValue:
        return 0

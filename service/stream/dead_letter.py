"""A record of `pages.failed`, taken apart: what failed and why, and the input as it was."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from service.events.extracted import Extracted
from service.events.failure import ATTEMPTS, ERROR_PREFIX, REASON
from service.events.record import Headers, Record
from service.events.serde import UndecodableValue, load
from service.events.topics import Topic
from service.read import shard_of

FOLD_STAGE = "fold"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One failure of one input.

    Attributes:
        partition, offset: where the letter stands in `pages.failed`.
        headers: the input's own, without those of the error.
        timestamp: of the input, milliseconds since the epoch.
        attempts: how often the input has failed by now.
        message: what was wrong, for people.
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
        """The same for every failure of the same input, however often it was put back."""
        state = blake2b(digest_size=16)
        parts: list[bytes | None] = [self.key, self.value, str(self.timestamp).encode()]
        for name, value in self.headers:
            parts += [name.encode("utf-8", "surrogatepass"), value]
        for part in parts:
            state.update(b"-" if part is None else b"%d:" % len(part))
            state.update(part or b"")
        return state.digest()


def read_letter(got: Any) -> DeadLetter | None:
    """A letter from what aiokafka's consumer gives; None for a record that copydesk did not write.

    The error's headers stand after the input's, which may have brought some of the same name.
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
    """The input as it came, for the topic that it came from.

    What READ failed at goes to `pages.raw`; what FOLD failed at is an article already, and goes to
    the shard of its language. `copydesk-attempts` stays, so that another failure counts on.
    """
    attempts = ((ATTEMPTS, str(letter.attempts).encode()),)
    return Record(
        topic=Topic.EXTRACTED if letter.stage == FOLD_STAGE else Topic.RAW,
        key=letter.key,
        value=letter.value,
        headers=letter.headers + attempts,
        partition=_shard(letter, shards) if letter.stage == FOLD_STAGE else None,
        timestamp=letter.timestamp,
    )


def _shard(letter: DeadLetter, shards: int) -> int:
    try:
        language = load(Extracted, letter.value or b"").article.language
    except UndecodableValue:
        return 0
    return shard_of(language, shards)

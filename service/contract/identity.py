"""Deterministic ids of articles, content, stories and events: the same input gives the same id.

BLAKE2b, 128 bits: among a billion ids the probability of a collision is about 1e-21.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Protocol

ARTICLE_URN = "urn:copydesk:article:"
STORY_URN = "urn:copydesk:story:"


def digest(*parts: str) -> str:
    """Return a 128-bit hash in hex.

    Each part is prefixed by its length, so that ("ab", "c") and ("a", "bc") differ.
    """
    state = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        state.update(len(encoded).to_bytes(8, "big"))
        state.update(encoded)
    return state.hexdigest()


class Hash(Protocol):
    """A hash of `hashlib` or `xxhash`, under way."""

    def update(self, data: bytes, /) -> None:
        """Go on with these bytes."""


def enter_record(
    state: Hash, parts: Iterable[bytes | None], headers: Iterable[tuple[str, bytes]]
) -> None:
    """Enter parts of a record, and headers after them, into a hash.

    Each part is prefixed by its length, as in `digest`; None differs from an empty part.
    """
    all_parts = list(parts)
    for name, value in headers:
        all_parts += [name.encode("utf-8", "surrogatepass"), value]
    for part in all_parts:
        state.update(b"-" if part is None else b"%d:" % len(part))
        state.update(part or b"")


def article_uri(canonical_url: str) -> str:
    """Return the id of an article: a hash of its canonical URL."""
    return f"{ARTICLE_URN}{digest(canonical_url)}"


def story_uri(first_uri: str, content_hash: str, first_seen: str) -> str:
    """Return the id of a story: a hash of its first article version and the time that was seen."""
    return f"{STORY_URN}{digest(first_uri, content_hash, first_seen)}"


def event_id(*said: str) -> str:
    """Return the id of an event.

    Args:
        said: all that the record of the event says, so that records with one id are alike.
    """
    return digest("event", *said)

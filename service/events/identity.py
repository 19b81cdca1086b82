"""Names that do not depend on when or where they were made: article, content, story and event ids.

BLAKE2b, 128 bits: a billion names collide with a probability of about 1e-21.
"""

from hashlib import blake2b


def digest(*parts: str) -> str:
    """A 128-bit hash, in hex, of strings that cannot be confused with one another's joins."""
    state = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        state.update(len(encoded).to_bytes(8, "big"))
        state.update(encoded)
    return state.hexdigest()


def article_uri(canonical_url: str) -> str:
    """The identity of an article: its canonical URL, hashed."""
    return f"urn:copydesk:article:{digest(canonical_url)}"


def story_uri(first_uri: str, content_hash: str, first_seen: str) -> str:
    """The identity of a story: the version of the article that began it, and when it was seen."""
    return f"urn:copydesk:story:{digest(first_uri, content_hash, first_seen)}"


def event_id(*decision: str) -> str:
    """The id of an event: the same decision on the same content has the same id."""
    return digest("event", *decision)

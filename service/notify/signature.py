"""Signs what is posted, as the Standard Webhooks specification describes it (version `v1`): HMAC
with SHA-256 over id, time and body, with a secret that sender and receiver share.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence

PREFIX = "whsec_"
"""Begins a secret, so that it is recognised where it should not be."""

LEAST_BYTES, MOST_BYTES = 24, 64
"""Length of a secret, by the specification."""


class BadSecret(ValueError):
    """A text is no secret; the message does not contain it."""


def read_secrets(text: str) -> tuple[bytes, ...]:
    """Return the secrets in a text, parted by white space: while one is replaced there are two,
    and each signs.

    Raises:
        BadSecret: there is none, or one is not `whsec_` and base64 of 24 to 64 bytes.
    """
    found = tuple(map(_secret, text.split()))
    if not found:
        raise BadSecret("is empty")
    return found


def signed_headers(
    secrets: Sequence[bytes], id: str, seconds: int, body: bytes
) -> Mapping[str, str]:
    """Return the headers that tell a receiver who sent a body, and when.

    Args:
        id: of the event: the same in every attempt.
        seconds: time of this attempt, since the epoch.
    """
    signed = b".".join((id.encode(), str(seconds).encode(), body))
    digests = (hmac.new(secret, signed, hashlib.sha256).digest() for secret in secrets)
    return {
        "webhook-id": id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{base64.b64encode(each).decode()}" for each in digests),
    }


def _secret(word: str) -> bytes:
    try:
        secret = base64.b64decode(word.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise BadSecret(f"is not {PREFIX} and base64") from None
    if not LEAST_BYTES <= len(secret) <= MOST_BYTES:
        raise BadSecret(f"has {len(secret)} bytes, not {LEAST_BYTES} to {MOST_BYTES}")
    return secret

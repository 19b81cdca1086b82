"""Claim check: checks references to bodies stored outside the message. Nothing is read here."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from service.contract.outcome import Failed, FailureReason
from service.read.envelopes.fields import CONTROL

SCHEMES = ("file", "s3")


@dataclass(frozen=True, slots=True)
class BodyRefs:
    """The allowed prefixes of body references, such as `file:///var/crawl/`, `s3://bucket/pages/`.

    A prefix ends at a `/`, which is added if missing: `file:///a` allows `file:///a/b` but not
    `file:///ab`. Without prefixes nothing is allowed.
    """

    prefixes: tuple[str, ...] = ()

    def check(self, ref: str) -> str:
        """Return the reference if it is allowed.

        Raises:
            Failed: BODY_REF_REFUSED for another scheme or prefix, a `..` segment, a backslash or
                control character, or a query or fragment.
        """
        try:
            parts = urlsplit(ref)
        except ValueError as error:
            raise _refused(f"not a URL: {error}") from error
        if parts.scheme not in SCHEMES:
            raise _refused(f"scheme {parts.scheme[:20]!r} is none of {', '.join(SCHEMES)}")
        if parts.query or parts.fragment:
            raise _refused("a reference has no query and no fragment")
        path = unquote(parts.path)
        if CONTROL.search(ref + path) or "\\" in path or ".." in path.split("/"):
            raise _refused("the path leads upwards or holds a character that paths do not")
        self.below(ref)
        return ref

    def below(self, ref: str) -> tuple[str, str]:
        """Split a reference into the first prefix that allows it, with its `/`, and the rest.

        Raises:
            Failed: BODY_REF_REFUSED if no prefix allows it.
        """
        for prefix in self.prefixes:
            base = prefix.rstrip("/") + "/"
            if ref.startswith(base):
                return base, ref[len(base) :]
        raise _refused("outside the allowed prefixes" if self.prefixes else "none is allowed")


def _refused(why: str) -> Failed:
    return Failed(FailureReason.BODY_REF_REFUSED, f"body_ref: {why}")

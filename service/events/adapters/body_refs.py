"""Claim check: which references to a body elsewhere are allowed. Nothing is read here."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from service.events.adapters.fields import CONTROL
from service.events.outcome import Failed, FailureReason

SCHEMES = ("file", "s3")


@dataclass(frozen=True, slots=True)
class BodyRefs:
    """The prefixes under which a body may lie, as `file:///var/crawl/` or `s3://bucket/pages/`.

    A prefix always ends at a `/`, given or implied: `file:///a` allows `file:///a/b` and not
    `file:///ab`. Without prefixes nothing is allowed.
    """

    prefixes: tuple[str, ...] = ()

    def check(self, ref: str) -> str:
        """The reference, if it is allowed.

        Raises:
            Failed: BODY_REF_REFUSED for another scheme, another prefix, a way upwards (`..`), or a
                query or fragment.
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
        """The first prefix that allows the reference, ending at its `/`, and what follows.

        Raises:
            Failed: BODY_REF_REFUSED where there is none.
        """
        for prefix in self.prefixes:
            base = prefix.rstrip("/") + "/"
            if ref.startswith(base):
                return base, ref[len(base) :]
        raise _refused("outside the allowed prefixes" if self.prefixes else "none is allowed")


def _refused(why: str) -> Failed:
    return Failed(FailureReason.BODY_REF_REFUSED, f"body_ref: {why}")

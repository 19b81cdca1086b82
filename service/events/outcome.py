"""What can become of an input other than an event: rightly none, or none because of a fault."""

from enum import StrEnum


class RejectionReason(StrEnum):
    """Read, and rightly no event. Written to `pages.rejected`."""

    UNCHANGED = "unchanged"
    NOT_HTML = "not_html"
    NO_ARTICLE = "no_article"
    NO_BODY = "no_body"
    TOO_SHORT = "too_short"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    HTTP_ERROR = "http_error"
    ROBOTS_NOARCHIVE = "robots_noarchive"
    OTHER_MESSAGE = "other_message"


class FailureReason(StrEnum):
    """Could not be processed. The original goes to `pages.failed`, to be replayed."""

    NULL_VALUE = "null_value"
    UNDECODABLE = "undecodable"
    NO_URL = "no_url"
    BAD_HEADER = "bad_header"
    BAD_ENCODING = "bad_encoding"
    BODY_REF_REFUSED = "body_ref_refused"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_TOO_LARGE = "output_too_large"
    CRASHED = "crashed"
    ERROR = "error"


class Rejected(Exception):
    """The page is rightly no event.

    `detail` is for people: what was found, against what was expected.
    """

    def __init__(self, reason: RejectionReason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


class Failed(Exception):
    """The input could not be processed; it is kept as it came."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"

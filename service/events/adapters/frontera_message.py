"""What frontera's two codecs have in common: the types of message, and the page of one."""

from service.events.adapters.fields import BadField, read_status, read_url, time_from_millis
from service.events.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.events.raw_page import RawPage

PAGE_CRAWLED = "page_crawled"
OTHER_TYPES = frozenset(
    {
        "add_seeds",
        "links_extracted",
        "request_error",
        "update_score",
        "new_job_id",
        "offset",
        "stats",
    }
)
CRAWLER = "frontera"


def other_message(kind: str) -> Rejected:
    """The outcome of every message but `page_crawled`."""
    return Rejected(RejectionReason.OTHER_MESSAGE, f"a frontera message of type {kind}")


def undecodable(why: str) -> Failed:
    """The outcome of a `page_crawled` that is not built as its codec builds it."""
    return Failed(FailureReason.UNDECODABLE, f"frontera page_crawled: {why}")


def crawled_page(
    url: object,
    status: object,
    body: bytes | None,
    headers: tuple[tuple[str, str], ...],
    timestamp: int | None,
) -> RawPage:
    """The page of a `page_crawled` message; its time is the record's, in milliseconds.

    Raises:
        Failed: NO_URL, or UNDECODABLE for a status that is none.
        Rejected: NO_BODY, as always where the crawler was not told to send bodies.
    """
    checked = read_url(url)
    if not body:
        raise Rejected(RejectionReason.NO_BODY, "no body: is frontera set to store content?")
    try:
        return RawPage(
            url=checked,
            fetched_at=time_from_millis(timestamp),
            status=None if status is None else read_status(status),
            headers=headers,
            body=body,
            crawler=CRAWLER,
        )
    except BadField as error:
        raise undecodable(str(error)) from error

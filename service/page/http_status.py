"""Which HTTP statuses carry a page."""

from service.events.outcome import Rejected, RejectionReason


def check_status(status: int | None) -> None:
    """Let 200 to 299 pass, and a fetch without a status.

    Raises:
        Rejected: NO_BODY for 204, 205 and 304, which have none; HTTP_ERROR for the others,
            whose bodies describe the error and not the address.
    """
    if status is None:
        return
    if status in (204, 205, 304):
        raise Rejected(RejectionReason.NO_BODY, f"HTTP status {status} has no body")
    if not 200 <= status < 300:
        raise Rejected(RejectionReason.HTTP_ERROR, f"HTTP status {status}")

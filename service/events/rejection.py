"""The value on `pages.rejected`."""

from service.events.model import Model
from service.events.outcome import RejectionReason


class Rejection(Model):
    """A page that was read, and is rightly no event."""

    uri: str | None = None
    url: str | None = None
    reason: RejectionReason
    detail: str

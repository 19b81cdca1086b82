"""Sets a time of fetch back that cannot be right.

READ sets it back to the time of the page's record. That time is wrong, too, if the producer of the
crawler has the same wrong clock. READ's own record on `articles.extracted` was written after the
page was fetched, by another clock, and its time is input to FOLD, so a replay decides alike. It is
looked at only if the article is ahead of FOLD's clock: a worker whose clock is behind must not set
back every article.
"""

from datetime import UTC, datetime, timedelta

from service.contract.extracted import Extracted

_ZONES = timedelta(days=1)
"""A date without an offset may have begun this much earlier, further east."""


def with_sane_fetch(extracted: Extracted, written: int | None, clock: float) -> Extracted:
    """Return an article that is ahead of FOLD's clock with a time of fetch that can be right, and
    without dates after it.

    Args:
        written: time of its record on `articles.extracted`, milliseconds since the epoch; None if
            it has none.
        clock: FOLD's clock, seconds since the epoch: the time of fetch is not set back before it.
    """
    article = extracted.article
    if article.fetched_at is None or written is None:
        return extracted
    newest = datetime.fromtimestamp(max(written / 1000, clock), UTC)
    if article.fetched_at <= newest:
        return extracted
    last_day = (newest + _ZONES).date().isoformat()
    dates = {"published": article.published, "modified": article.modified}
    later = {name: None for name, date in dates.items() if date and date[:10] > last_day}
    sane = article.model_copy(update={"fetched_at": newest, **later})
    return extracted.model_copy(update={"article": sane})

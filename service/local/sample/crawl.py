"""The crawl itself: every fetch of the plan, rendered to bytes in the order it was made."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from service.events.outcome import RejectionReason
from service.events.placement import Relation
from service.local.sample.bodies import fetched_body
from service.local.sample.plan import PageRow, load_plan
from service.local.sample.sites import load_site

Outcome = Literal["event", "rejected", "failed"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What should become of a page.

    Attributes:
        outcome: the page's terminal outcome.
        reason: why it is rejected; None for the other outcomes.
        story: label of the story it tells. Pages with the same label are copies or takes of one
            text; two agencies on one event are two labels.
        relation: what the page is to its story once the whole crawl has been seen. A copy that
            arrives before its original is still labelled as the copy.
        agency: key of the agency that the page itself shows; None where it shows none, even if
            the text came from a wire.
    """

    outcome: Outcome
    reason: RejectionReason | None = None
    story: str | None = None
    relation: Relation | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class SamplePage:
    """One fetch: the body as it came over the wire, and what should become of it.

    Attributes:
        url: None in the one record that lacks it.
        fetched_at: RFC 3339, UTC.
        headers: HTTP response headers, names in lower case.
    """

    url: str | None
    fetched_at: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    expect: Expectation


def sample_crawl() -> Iterator[SamplePage]:
    """Yield the pages in the order they were fetched. Two runs yield the same bytes."""
    plan = load_plan()
    for number, row in enumerate(plan.pages):
        site = load_site(row.site)
        headers = [("content-type", row.content_type or site.content_type)]
        if row.content_encoding is not None:
            headers.append(("content-encoding", row.content_encoding))
        yield SamplePage(
            url=row.url,
            fetched_at=row.fetched_at,
            status=row.status,
            headers=tuple(headers),
            body=fetched_body(plan, number, site),
            expect=expectation(row),
        )


def expectation(row: PageRow) -> Expectation:
    """Split the plan's one word on the outcome into outcome and reason."""
    outcome: Outcome
    reason = None
    if row.outcome == "event":
        outcome = "event"
    elif row.outcome == "failed":
        outcome = "failed"
    else:
        outcome, reason = "rejected", RejectionReason(row.outcome)
    return Expectation(outcome, reason, row.story, row.relation, row.agency)

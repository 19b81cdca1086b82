"""The sample crawl as a crawler would write it to `pages.raw`."""

from collections.abc import Iterator

from service.events.extracted import SourcePosition
from service.events.input_message import InputMessage
from service.local.sample.crawl import SamplePage, sample_crawl


def sample_messages() -> Iterator[InputMessage]:
    """The pages in the native form, binary mode, in the order they were fetched."""
    for number, page in enumerate(sample_crawl()):
        yield page_message(page, number)


def page_message(page: SamplePage, number: int) -> InputMessage:
    """One page as a message; `number` is its position."""
    address = page.url.encode() if page.url is not None else None
    headers = [("url", address)] if address is not None else []
    headers += [
        ("fetched-at", page.fetched_at.encode()),
        ("status", str(page.status).encode()),
        *((name, value.encode()) for name, value in page.headers),
        ("crawler", b"sample"),
    ]
    return InputMessage(
        key=address,
        value=page.body,
        headers=tuple(headers),
        timestamp=None,
        source=SourcePosition(topic="sample", partition=0, offset=number),
    )

"""What READ hands to FOLD: the value on `articles.extracted`."""

from service.events.article import Article
from service.events.model import Model
from service.events.signature import Signature
from service.events.wire import Wire


class SourcePosition(Model):
    """Where in Kafka the raw page stood: FOLD knows a repeat by it."""

    topic: str
    partition: int
    offset: int


class Extracted(Model):
    """An article with its attribution and signature, and the position of the page it came from."""

    article: Article
    wire: Wire
    signature: Signature
    source: SourcePosition
    traceparent: str | None = None

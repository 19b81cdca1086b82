"""The value on `articles.extracted`: what READ hands to FOLD, with the signature of the text."""

from pydantic import Field

from service.contract.article import Article
from service.contract.attribution import Wire
from service.contract.publisher import Publisher
from service.contract.serde import Model

SIGNATURE_VERSION = 3


class Signature(Model):
    """The fingerprint of one article's text.

    Attributes:
        version: version of the algorithm; signatures of different versions are never compared.
        exact: hash of the normalised text.
        words: number of tokens.
        rare_pairs: the 48 smallest 64-bit hashes of pairs of neighbouring anchors, ascending.
        shingles: the 32 smallest 64-bit hashes of word 5-grams, ascending.
        record: the verification record, packed (see `service.fold.verify.text_record`), base64.
    """

    version: int = SIGNATURE_VERSION
    exact: str
    words: int
    rare_pairs: tuple[int, ...]
    shingles: tuple[int, ...]
    record: str
    sentences: str | None = Field(
        default=None,
        description="Fingerprints of the sentences, packed, base64; absent for a long text.",
    )


class SourcePosition(Model):
    """Kafka position of the raw page. FOLD detects redelivered pages by it."""

    topic: str
    partition: int
    offset: int


class ReadInput(Model):
    """The record that the raw page was read from. FOLD tells by it whether a page comes again, or
    another page stands where that one stood: offsets begin anew when a topic is created again.

    Attributes:
        id: hash of the record and its position; the same whenever it is read.
        written: the record's timestamp, milliseconds since the epoch.
    """

    id: str
    written: int | None = None


class Extracted(Model):
    """An article with its attribution, its signature and the position of its raw page.

    Attributes:
        input: absent from records of version 0.1.0.
    """

    article: Article
    wire: Wire
    signature: Signature
    source: SourcePosition
    input: ReadInput | None = None
    traceparent: str | None = None
    publisher: Publisher | None = Field(
        default=None, description="By the operator's table, as it was when the page was read."
    )

"""The value on `articles.extracted`: what READ hands to FOLD, with the signature of the text."""

from pydantic import Field

from service.contract.article import Article
from service.contract.attribution import Wire
from service.contract.publisher import Publisher
from service.contract.serde import Model

SIGNATURE_VERSION = 3


class Signature(Model):
    """The fingerprint of one article's text."""

    version: int = Field(
        default=SIGNATURE_VERSION,
        description="Version of the algorithm; signatures of different versions are never"
        " compared.",
    )
    exact: str = Field(description="Hash of the normalised text.")
    words: int = Field(description="Length of the text. Unit: tokens.")
    rare_pairs: tuple[int, ...] = Field(
        description="The 48 smallest 64-bit hashes of pairs of neighbouring anchors, ascending."
    )
    shingles: tuple[int, ...] = Field(
        description="The 32 smallest 64-bit hashes of word 5-grams, ascending."
    )
    record: str = Field(
        description="The verification record, packed (see `service.fold.verify.text_record`),"
        " base64."
    )
    sentences: str | None = Field(
        default=None,
        description="Fingerprints of the sentences, packed, base64; absent for a long text.",
    )
    concepts: str | None = Field(
        default=None,
        description="The text as concepts that do not depend on its language, packed (see"
        " `service.text.concepts.packed`), base64. Absent for a short text, and if stories are not"
        " linked with their translations.",
    )


class SourcePosition(Model):
    """Kafka position of the raw page. FOLD detects redelivered pages by it."""

    topic: str = Field(description="Name of the topic.")
    partition: int = Field(description="Number of the partition.")
    offset: int = Field(description="Offset in the partition.")


class ReadInput(Model):
    """The record that the raw page was read from. FOLD tells by it whether a page comes again, or
    another page stands where that one stood: offsets begin anew when a topic is created again."""

    id: str = Field(
        description="Hash of the record and its position; the same whenever it is read."
    )
    written: int | None = Field(
        default=None,
        description="Timestamp of the record. Unit: milliseconds since the epoch. Absent if it"
        " has none.",
    )


class Extracted(Model):
    """An article with its attribution, its signature and the position of its raw page."""

    article: Article = Field(description="The article.")
    wire: Wire = Field(description="Its attribution.")
    signature: Signature = Field(description="Fingerprint of its text.")
    source: SourcePosition = Field(description="Position of the raw page.")
    input: ReadInput | None = Field(
        default=None,
        description="The record that the page was read from. Absent in records of version 0.1.0.",
    )
    traceparent: str | None = Field(
        default=None, description="W3C trace context of the page's message. Absent if it had none."
    )
    publisher: Publisher | None = Field(
        default=None, description="By the operator's table, as it was when the page was read."
    )

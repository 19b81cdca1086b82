"""What FOLD knows of a text: keys to find candidates by, and a record to verify them with."""

from service.events.model import Model

SIGNATURE_VERSION = 2


class Signature(Model):
    """The fingerprint of one article's text.

    Attributes:
        version: of the algorithm; signatures of different versions are never compared.
        exact: hash of the normalised text.
        words: number of tokens.
        rare_pairs: the 48 smallest 64-bit hashes of pairs of neighbouring anchors, ascending.
        shingles: the 32 smallest 64-bit hashes of word 5-grams, ascending.
        record: the verification record, packed (see `service.story.record`), base64.
    """

    version: int = SIGNATURE_VERSION
    exact: str
    words: int
    rare_pairs: tuple[int, ...]
    shingles: tuple[int, ...]
    record: str

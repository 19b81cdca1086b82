"""What one page may cost before it is turned away."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one page, checked before the work that they bound.

    The largest of 313 real news pages (the training and test pages) measured 2.8 MB,
    5,105 nodes and 73 attributes in a tag; each bound leaves room above that and stays below
    the sizes at which parser and extractor were seen to take more than a minute.

    Attributes:
        raw_bytes: body as fetched. Above it nothing is decompressed.
        decoded_bytes: body after content decoding; decompression stops there, so that a
            small bomb costs no more than this.
        encodings: layers of content encoding; real servers apply one.
        tag_attributes: attributes of one tag. The parser looks each new one up among those
            before it: 300,000 of them take minutes inside C code that nothing can interrupt.
        tag_bytes: characters of one tag. Real ones hold whole settings in one attribute: 4 of
            179 training pages have a tag over 100,000 characters, the largest 334,729.
        nodes: elements of the parsed tree. Extraction grows faster than linearly: 200,000
            links take 40 s and 1 GB.
        json_bytes: one block of structured data; larger ones hold a site's state, not facts.
        honour_noarchive: turn away pages that ask, by robots meta element or `X-Robots-Tag`, that
            no copy be kept. Off unless asked for: it is meant for caches that show copies, and 37
            of the 179 training pages bear it, large newspapers among them.
        min_words: words (or characters, in scripts without spaces, over 1.5) that make a text.
            Shorter remains are teasers, captions and notices.
    """

    raw_bytes: int = 5_000_000
    decoded_bytes: int = 5_000_000
    encodings: int = 3
    tag_attributes: int = 1_000
    tag_bytes: int = 1_000_000
    nodes: int = 20_000
    json_bytes: int = 1_000_000
    honour_noarchive: bool = False
    min_words: int = 25

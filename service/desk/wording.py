"""What codes are called on the pages."""

from collections.abc import Mapping
from functools import cache

from service.events.outcome import FailureReason, RejectionReason
from service.events.placement import Relation
from service.wire import agencies

RELATIONS: Mapping[str, str] = {
    Relation.ORIGINAL: "where the story comes from",
    Relation.VERBATIM: "word for word, or nearly",
    Relation.TRIMMED: "the same words, and fewer of them",
    Relation.EDITED: "the same text, changed in places",
    Relation.SPUN: "the same sentences in other words",
    Relation.TRANSLATED: "the same text in another language",
    Relation.UPDATE: "a later take of the story",
    Relation.CORRECTION: "a later take that corrects the story",
    Relation.WITHDRAWAL: "takes the story down, or was taken down with it",
}

WHY_ORIGINAL: Mapping[str, str] = {
    "agency_host": "the agency's own page",
    "named_by_copies": "named as the original by copies",
    "earliest_published": "published first",
    "earliest_seen": "seen first",
}

REJECTIONS: Mapping[str, str] = {
    RejectionReason.UNCHANGED: "fetched again with the text it had before",
    RejectionReason.NOT_HTML: "no web page: an image, a feed, a file",
    RejectionReason.NO_ARTICLE: "a page without an article: a front page, a list, a form",
    RejectionReason.NO_BODY: "an empty page",
    RejectionReason.TOO_SHORT: "too little text to be an article",
    RejectionReason.TOO_LARGE: "more bytes than are read",
    RejectionReason.TOO_COMPLEX: "more markup than is read",
    RejectionReason.HTTP_ERROR: "the site answered with an error",
    RejectionReason.ROBOTS_NOARCHIVE: "the page asks not to be kept",
    RejectionReason.OTHER_MESSAGE: "a message of the crawler that carries no page",
}

FAILURES: Mapping[str, str] = {
    FailureReason.NULL_VALUE: "a record without a value",
    FailureReason.UNDECODABLE: "a record of no known form",
    FailureReason.NO_URL: "a page without an address",
    FailureReason.BAD_HEADER: "a header that cannot be read",
    FailureReason.BAD_ENCODING: "a body that does not unpack",
    FailureReason.BODY_REF_REFUSED: "a body kept elsewhere, where reading is not allowed",
    FailureReason.TIMEOUT: "reading took longer than is allowed",
    FailureReason.OUT_OF_MEMORY: "reading took more memory than is allowed",
    FailureReason.OUTPUT_TOO_LARGE: "what came of it is more than one record may be",
    FailureReason.CRASHED: "reading ended its process",
    FailureReason.ERROR: "a fault of ours",
}

MEASURES: Mapping[str, str] = {
    "rare_pairs": "pairs of rare words near each other that both signatures hold",
    "shingles": "five-word runs that both signatures hold",
    "containment": "five-word runs of the shorter text found in the longer",
    "jaccard": "five-word runs in common, of all",
    "aligned": "words of the shorter that stand in a sentence with a partner",
    "anchors": "rare pairs of the shorter found in the longer",
    "numbers": "numbers that agree inside aligned sentences",
    "order": "aligned sentences that keep their order",
    "length_ratio": "length beside the article it was linked to",
}


def spell(code: str) -> str:
    """A code as words."""
    return code.replace("_", " ")


def agency_name(key: str | None) -> str:
    """An agency's name by its key; the key where it is not known."""
    return _names().get(key or "", key or "")


@cache
def _names() -> Mapping[str, str]:
    return {agency.key: agency.name for agency in agencies()}

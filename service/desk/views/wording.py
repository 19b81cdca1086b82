"""The words that pages show for codes."""

from collections.abc import Mapping
from functools import cache

from service.agencies import agencies
from service.contract.outcome import FailureReason, RejectionReason
from service.contract.story import Authority, Relation

RELATIONS: Mapping[str, str] = {
    Relation.ORIGINAL: "where the story comes from",
    Relation.VERBATIM: "word for word, or nearly",
    Relation.TRIMMED: "the same words, with parts left out",
    Relation.EDITED: "the same text, changed in places",
    Relation.SPUN: "the same sentences in other words",
    Relation.REWRITTEN: "the same facts, told in wording of its own",
    Relation.TRANSLATED: "the same text in another language",
    Relation.UPDATE: "a later take of the story",
    Relation.CORRECTION: "a later take that corrects the story",
    Relation.WITHDRAWAL: "takes the story down, or was taken down itself",
}

WHY_ORIGINAL: Mapping[str, str] = {
    "agency_host": "the agency's own page",
    "named_by_copies": "named as the original by copies",
    "earliest_published": "published first",
    "earliest_seen": "seen first",
    "first_arrived": "came first; whether it was seen first is not known",
    "operator": "by the operator's decision",
}

WHY_TRANSLATION: Mapping[str, str] = {
    "agency_host": "the source is on its agency's own host, the translation is not",
    "named": "the translation names the source",
    "says_so": "the page of the translation says that it is one",
    "time": "the source was published and fetched earlier",
}
"""What decided which of two stories is a translation of the other."""

BASES: Mapping[str, str] = {
    "seen": "the crawl saw this itself",
    "claimed": "pages say so; the crawl did not see it",
    "operator": "the operator says so",
}
"""What the reason for an original rests on."""

AUTHORITIES: Mapping[str, str] = {
    Authority.OPERATOR: "by the operator",
    Authority.AGENCY: "on the agency's own host",
    Authority.ORIGINAL: "on the host of the original",
    Authority.TRUSTED: "on a host that the operator trusts",
    Authority.CLAIMED: "without authority over the story",
}

WITHDRAWN_BY: Mapping[str, str] = {
    Authority.OPERATOR: "the operator",
    Authority.AGENCY: "its agency",
    Authority.ORIGINAL: "the host of the original",
    Authority.TRUSTED: "a host that the operator trusts",
    Authority.CLAIMED: "hosts with copies, as many as the quorum asks for",
}
"""Who took a story down; `claimed` alone can do that only through the quorum."""

VERIFICATIONS: Mapping[str, str] = {
    "own_host": "Verified: the page is on the agency's own host.",
    "folded_with_own_host": "Verified: the original of its story is on the agency's own host.",
    "later": (
        "Verified after this event: the original of its story is now on the agency's own host."
    ),
    "claimed": "Claimed by the page only.",
}
"""What confirms that a text is the agency's."""

REJECTIONS: Mapping[str, str] = {
    RejectionReason.UNCHANGED: "fetched again, with the same text as before",
    RejectionReason.NOT_HTML: "not a web page: an image, a feed, a file",
    RejectionReason.NO_ARTICLE: "a page without an article: a front page, a list, a form",
    RejectionReason.NO_BODY: "an empty page",
    RejectionReason.WALL: "a page about itself: a bot check, a consent wall, a page not found",
    RejectionReason.TOO_SHORT: "too little text to be an article",
    RejectionReason.TOO_LARGE: "more bytes than the limit",
    RejectionReason.TOO_COMPLEX: "more markup than the limit",
    RejectionReason.HTTP_ERROR: "the site answered with an error",
    RejectionReason.ROBOTS_NOARCHIVE: "the page asks not to be archived",
    RejectionReason.RIGHTS: "what it says of the use of its text, by COPYDESK_RIGHTS",
    RejectionReason.OTHER_MESSAGE: "a message of the crawler without a page",
    RejectionReason.TOO_OLD: "late by more than FOLD's window",
    RejectionReason.REVISIT: "a copy whose text is in a record that was not read",
}

FAILURES: Mapping[str, str] = {
    FailureReason.NULL_VALUE: "a record without a value",
    FailureReason.UNDECODABLE: "a record in no supported form",
    FailureReason.NO_URL: "a page without an address",
    FailureReason.BAD_HEADER: "a header that cannot be parsed",
    FailureReason.BAD_ENCODING: "a body that cannot be decompressed",
    FailureReason.BODY_REF_REFUSED: "a reference to a body that may not be read",
    FailureReason.TIMEOUT: "reading took longer than the limit",
    FailureReason.OUT_OF_MEMORY: "reading took more memory than the limit",
    FailureReason.OUTPUT_TOO_LARGE: "the result is larger than a record may be",
    FailureReason.CRASHED: "reading crashed its process",
    FailureReason.ERROR: "an error in copydesk",
    FailureReason.NOT_IN_WINDOW: "a decision about an article that FOLD no longer has",
    FailureReason.REFUSED: "a decision of the operator that would change nothing",
}

SIGN_NAMES: Mapping[str, str] = {
    "no_date": "no date",
    "no_author": "no author",
    "short": "short",
    "flagged": "flagged",
}
"""What is counted of a host's articles, as heads of columns."""

DRIFTS: Mapping[str, str] = {
    "yield": "fewer of its pages give an article",
    "no_date": "more of its articles have no date",
    "no_author": "more of its articles name neither a person nor an agency",
    "short": "more of its articles have fewer than 100 words",
    "flagged": "more of its articles have a flag",
}
"""What changed at a host."""

MEASURES: Mapping[str, str] = {
    "rare_pairs": "number of pairs of rare words near each other that are in both signatures",
    "shingles": "number of five-word sequences that are in both signatures",
    "containment": "share of the shorter text's five-word sequences that the longer has too",
    "jaccard": "five-word sequences in both texts, as a share of those in either",
    "aligned": "share of the shorter text's words that are in aligned sentences",
    "anchors": "share of the shorter text's rare pairs that the longer has too",
    "numbers": "agreement of the numbers in aligned sentences",
    "order": "share of aligned sentences in the same order",
    "length_ratio": "length relative to the article it was linked to",
    "words_kept": "share of the other article's five-word sequences that this one has too",
    "words_of_parent": "share of this article's five-word sequences that the other has too",
    "wire_id": "both carry the identifier of one wire story, and their texts agree",
}


def spell(code: str) -> str:
    """A code as words: without underscores."""
    return code.replace("_", " ")


def agency_name(key: str | None) -> str:
    """An agency's name by its key; the key itself if the agency is not in `agencies.toml`."""
    return _names().get(key or "", key or "")


@cache
def _names() -> Mapping[str, str]:
    return {agency.key: agency.name for agency in agencies()}

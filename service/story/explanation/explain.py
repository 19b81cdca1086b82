"""Two signed articles to the explanation of what FOLD makes of them."""

from dataclasses import dataclass

from service.events.extracted import Extracted
from service.story.compare import compare
from service.story.explanation.agreement import agreeing_names, agreeing_numbers, shared_keys
from service.story.explanation.features import weigh_features
from service.story.explanation.model import Explanation, Signed, StoredPlace
from service.story.explanation.printed import lay_out
from service.story.explanation.reasons import reasons_apart
from service.story.explanation.sentences import align_sentences
from service.story.explanation.verdict import first_of, give_verdict
from service.story.judge import score
from service.story.memory import Window
from service.story.record import MAX_TOKENS, unpack


@dataclass(frozen=True, slots=True)
class SignedText:
    """An article with the very text that its signature was made of.

    Attributes:
        source: where it was found, for people.
        stored: where FOLD put it, if it comes from an event.
    """

    extracted: Extracted
    text: str
    source: str
    stored: StoredPlace | None = None


def explain(a: SignedText, b: SignedText, window: Window | None = None) -> Explanation:
    """Set two articles side by side and say why they are one story or not.

    The verdict is that of a shard that has seen these two only; among others a copy may be linked
    by way of copies that are closer to it.
    """
    window = window or Window()
    sign_a, sign_b = a.extracted.signature, b.extracted.signature
    printed_a = lay_out(a.text, a.extracted.article.language)
    printed_b = lay_out(b.text, b.extracted.article.language)
    record_a, record_b = unpack(sign_a.record), unpack(sign_b.record)
    features = compare(record_a, record_b)
    keys = shared_keys(printed_a, sign_a, printed_b, sign_b)
    numbers = agreeing_numbers(printed_a, printed_b)
    weighed = weigh_features(features)
    early, late = a.extracted, b.extracted
    if first_of(early, late) == "b":
        early, late = late, early
    apart = tuple(reasons_apart(early, late, window, features, keys, numbers, weighed))
    together = None
    if a.stored is not None and b.stored is not None:
        together = a.stored.story_id == b.stored.story_id
    return Explanation(
        verdict=give_verdict(a.extracted, b.extracted, window, round(score(features), 4), apart),
        a=_signed(a),
        b=_signed(b),
        stored_together=together,
        score=weighed,
        keys=keys,
        numbers=numbers,
        names=agreeing_names(printed_a, printed_b),
        sentences=align_sentences(printed_a, record_a, printed_b, record_b),
    )


def _signed(signed: SignedText) -> Signed:
    article, wire = signed.extracted.article, signed.extracted.wire
    return Signed(
        source=signed.source,
        uri=article.uri,
        url=article.url,
        host=article.host,
        title=article.title,
        language=article.language,
        fetched_at=article.fetched_at.isoformat() if article.fetched_at else None,
        published=article.published,
        agency=wire.agency,
        agency_name=wire.agency_name,
        confidence=wire.confidence,
        agencys_own_page=wire.is_original,
        evidence=wire.evidence,
        revision=wire.revision,
        words=signed.extracted.signature.words,
        cut=signed.extracted.signature.words >= MAX_TOKENS,
        stored=signed.stored,
        text=signed.text,
    )

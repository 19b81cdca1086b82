"""Explains the decision of FOLD on two articles, made by a shard that has seen no others."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.contract.extracted import Extracted, SourcePosition
from service.contract.story import Relation
from service.fold.assign.decision import Placed
from service.fold.assign.withdrawal import withdraws
from service.fold.explain.agreement import agreeing_names, agreeing_numbers, shared_keys
from service.fold.explain.features import weigh_features
from service.fold.explain.model import (
    ExplainedArticle,
    Explanation,
    Reason,
    ReasonCode,
    Side,
    StoredPlacement,
    Verdict,
)
from service.fold.explain.printed import locate_tokens
from service.fold.explain.reasons import ComparedText, reasons_apart, reasons_of_rewrite
from service.fold.explain.sentences import align_sentences
from service.fold.shard import Shard
from service.fold.state.window import WindowLimits
from service.fold.verify.features import compare
from service.fold.verify.text_record import unpack
from service.fold.verify.verifier import LINK, score
from service.text.packed import MAX_TOKENS


def first_of(a: Extracted, b: Extracted) -> Side:
    """Return the side that arrived first: by fetch time, else the one given first."""
    at_a, at_b = a.article.fetched_at, b.article.fetched_at
    return "b" if at_a is not None and at_b is not None and at_b < at_a else "a"


def give_verdict(
    a: Extracted,
    b: Extracted,
    window: WindowLimits,
    value: float,
    apart: Sequence[Reason],
    *,
    join_rewrites: bool = True,
) -> Verdict:
    """Place both articles in the order of their arrival, and return the decision.

    Args:
        value: score of the pair.
        apart: rules that keep them apart, see `reasons_apart`.
        join_rewrites: see `service.fold.shard.Shard`.
    """
    first = first_of(a, b)
    early, late = (a, b) if first == "a" else (b, a)
    late_side: Side = "b" if first == "a" else "a"
    same, placed = _place(early, late, window, join_rewrites)
    verdict = Verdict(same_story=same, summary="", score=value, threshold=LINK, first=first)
    if not same:
        reasons = tuple(apart) or (
            Reason(code=ReasonCode.OTHER_RULE, text="no link was found between them"),
        )
        summary = f"not the same: score {value:.2f}, because {reasons[0].text}"
        return verdict.model_copy(update={"summary": summary, "reasons": reasons})
    if placed is None:
        summary = f"same page, unchanged: score {value:.2f}"
        return verdict.model_copy(update={"summary": summary, "reasons": (_SAME_PAGE,)})
    relation, side = placed.placement.relation, late_side
    if relation is Relation.ORIGINAL:
        same_reversed, reversed_ = _place(late, early, window, join_rewrites)
        if same_reversed and reversed_ is not None:
            relation, side = reversed_.placement.relation, first
    original = placed.stories[0].original
    one_page = a.article.uri == b.article.uri
    return verdict.model_copy(
        update={
            "summary": f"same story: {relation}, score {value:.2f}",
            "relation": relation,
            "copy_side": side,
            "original": None if one_page else "a" if original.uri == a.article.uri else "b",
            "original_why": None if one_page else original.why,
            "reasons": tuple(_reasons_together(early, late, value, apart)),
        }
    )


_SAME_PAGE = Reason(
    code=ReasonCode.SAME_PAGE, text="they are one page: a re-crawl with the same text"
)


def _place(
    first: Extracted, second: Extracted, window: WindowLimits, join_rewrites: bool
) -> tuple[bool, Placed | None]:
    """Return True if the second article joins the first, and its placement; None for a re-crawl."""
    shard = Shard(window, join_rewrites=join_rewrites)
    began = shard.place(_at(first, 0))
    joined = shard.place(_at(second, 1))
    if not isinstance(began, Placed) or not isinstance(joined, Placed):
        return True, None
    return began.placement.story_id == joined.placement.story_id, joined


def _at(extracted: Extracted, number: int) -> Extracted:
    position = SourcePosition(topic="explained", partition=0, offset=number)
    return extracted.model_copy(update={"source": position})


def _reasons_together(
    early: Extracted, late: Extracted, value: float, apart: Sequence[Reason]
) -> list[Reason]:
    """Return why they are one story, if the score or a rule is against it."""
    if not apart and value >= LINK:
        return []
    if early.article.uri == late.article.uri:
        text = "they are one page, and a later version with a similar text stays in its story"
        return [Reason(code=ReasonCode.SAME_PAGE, text=text), *apart]
    if withdraws(late):
        text = "the later one is a notice of withdrawal, which need not resemble what it withdraws"
        return [Reason(code=ReasonCode.WITHDRAWAL, text=text), *apart]
    return [Reason(code=ReasonCode.OTHER_RULE, text="they were linked by another rule"), *apart]


@dataclass(frozen=True, slots=True)
class SignedText:
    """An article with the text that its signature was made of.

    Attributes:
        source: where it was found, for people.
        stored: its placement, if it comes from an event.
    """

    extracted: Extracted
    text: str
    source: str
    stored: StoredPlacement | None = None


def explain(
    a: SignedText,
    b: SignedText,
    window: WindowLimits | None = None,
    *,
    join_rewrites: bool = True,
) -> Explanation:
    """Return two articles side by side, and why they are one story or not.

    The verdict is that of a shard that has seen these two only. Among other articles, a copy may
    join a story because of links to other copies.

    Args:
        window: of the shard.
        join_rewrites: see `service.fold.shard.Shard`.
    """
    window = window or WindowLimits()
    signature_a, signature_b = a.extracted.signature, b.extracted.signature
    printed_a = locate_tokens(a.text, a.extracted.article.language)
    printed_b = locate_tokens(b.text, b.extracted.article.language)
    record_a, record_b = unpack(signature_a.record), unpack(signature_b.record)
    features = compare(record_a, record_b)
    keys = shared_keys(printed_a, signature_a, printed_b, signature_b)
    numbers = agreeing_numbers(printed_a, printed_b)
    weighed = weigh_features(features)
    early, late = a.extracted, b.extracted
    if first_of(early, late) == "b":
        early, late = late, early
    apart = [*reasons_apart(early, late, window, features, keys, numbers, weighed)]
    one, other = (
        ComparedText(each.extracted.article.uri, each.extracted.article.language, text)
        for each, text in ((a, record_a), (b, record_b))
    )
    apart += reasons_of_rewrite(one, other, features, join_rewrites=join_rewrites)
    together = None
    if a.stored is not None and b.stored is not None:
        together = a.stored.story_id == b.stored.story_id
    return Explanation(
        verdict=give_verdict(
            a.extracted,
            b.extracted,
            window,
            round(score(features), 4),
            apart,
            join_rewrites=join_rewrites,
        ),
        a=_explained(a),
        b=_explained(b),
        stored_together=together,
        score=weighed,
        keys=keys,
        numbers=numbers,
        names=agreeing_names(printed_a, printed_b),
        sentences=align_sentences(printed_a, record_a, printed_b, record_b),
    )


def _explained(signed: SignedText) -> ExplainedArticle:
    article, wire = signed.extracted.article, signed.extracted.wire
    return ExplainedArticle(
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

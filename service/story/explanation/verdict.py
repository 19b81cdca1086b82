"""What FOLD makes of two articles: asked of a shard that has seen nothing else."""

from collections.abc import Sequence

from service.events.extracted import Extracted, SourcePosition
from service.events.placement import Relation
from service.story.decision import Placed
from service.story.explanation.model import Reason, ReasonCode, Side, Verdict
from service.story.judge import LINK
from service.story.memory import Window
from service.story.shard import Shard
from service.story.withdrawal import withdraws


def first_of(a: Extracted, b: Extracted) -> Side:
    """Which arrived first: by time of fetch, else as given."""
    at_a, at_b = a.article.fetched_at, b.article.fetched_at
    return "b" if at_a is not None and at_b is not None and at_b < at_a else "a"


def give_verdict(
    a: Extracted, b: Extracted, window: Window, value: float, apart: Sequence[Reason]
) -> Verdict:
    """Place both articles, in the order of their arrival, and say what became of them.

    Args:
        value: the score of the pair.
        apart: the rules that keep them apart, as far as they are known.
    """
    first = first_of(a, b)
    early, late = (a, b) if first == "a" else (b, a)
    late_side: Side = "b" if first == "a" else "a"
    same, placed = _place(early, late, window)
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
        again, turned = _place(late, early, window)
        if again and turned is not None:
            relation, side = turned.placement.relation, first
    original = placed.stories[0].original
    one_page = a.article.uri == b.article.uri
    return verdict.model_copy(
        update={
            "summary": f"same story: {relation}, score {value:.2f}",
            "relation": relation,
            "copy_side": side,
            "original": None if one_page else "a" if original.uri == a.article.uri else "b",
            "original_why": None if one_page else original.why,
            "reasons": tuple(_in_spite(early, late, value, apart)),
        }
    )


_SAME_PAGE = Reason(
    code=ReasonCode.SAME_PAGE, text="they are one page: a re-crawl with the same text"
)


def _place(first: Extracted, second: Extracted, window: Window) -> tuple[bool, Placed | None]:
    """Whether the second joins the first, and how it was placed; None for a re-crawl."""
    shard = Shard(window)
    began = shard.place(_at(first, 0))
    joined = shard.place(_at(second, 1))
    if not isinstance(began, Placed) or not isinstance(joined, Placed):
        return True, None
    return began.placement.story_id == joined.placement.story_id, joined


def _at(extracted: Extracted, number: int) -> Extracted:
    position = SourcePosition(topic="explained", partition=0, offset=number)
    return extracted.model_copy(update={"source": position})


def _in_spite(
    early: Extracted, late: Extracted, value: float, apart: Sequence[Reason]
) -> list[Reason]:
    """Why they are one story although the score, or a rule, would keep them apart."""
    if not apart and value >= LINK:
        return []
    if early.article.uri == late.article.uri:
        text = "they are one page: a later version stays in its story unless it is quite another"
        return [Reason(code=ReasonCode.SAME_PAGE, text=text), *apart]
    if withdraws(late):
        text = "the later one is a notice of withdrawal: it need not be like what it withdraws"
        return [Reason(code=ReasonCode.WITHDRAWAL, text=text), *apart]
    return [Reason(code=ReasonCode.OTHER_RULE, text="they were linked all the same"), *apart]

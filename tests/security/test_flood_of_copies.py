"""One host publishes a text again and again, under new addresses: its keys stay usable, and further
copies add no work."""

import pytest

from service.contract.attribution import RevisionKind
from service.contract.extracted import Extracted
from service.contract.story import Relation
from service.fold.assign import withdrawal
from service.fold.assign.decision import Placed, PlacementStats
from service.fold.assign.representatives import REPRESENTATIVES, SPARES
from service.fold.candidates.index import STOP_KEY_POSTINGS
from service.fold.shard import Shard
from service.fold.state.indexed_members import INDEXED_MEMBERS
from service.fold.state.row_store import RowStore
from tests.fold.articles import extracted, text_of

HEADLINE = "Ferry fire kills nine off the coast, officials say"
FLOOD = STOP_KEY_POSTINGS + 50
MOST = INDEXED_MEMBERS + REPRESENTATIVES + SPARES


def page(offset: int, host: str = "spam.example", variant: str = "original") -> Extracted:
    url = f"https://{host}/{offset}"
    text = text_of("ferry-ap", variant)
    return extracted(text, url=url, offset=offset, minutes=offset / 60, title=HEADLINE)


def placed(shard: Shard, article: Extracted) -> tuple[Placed, PlacementStats]:
    decision = shard.place(article)
    assert isinstance(decision, Placed)
    assert shard.stats is not None
    return decision, shard.stats


def flooded() -> tuple[Shard, str]:
    """Return a shard with the flood, and the id of the story that it is in."""
    shard = Shard()
    first, _ = placed(shard, page(0, "agency.example"))
    for offset in range(1, FLOOD):
        placed(shard, page(offset))
    return shard, first.placement.story_id


def test_copies_of_an_article_do_not_hide_it_from_honest_copies() -> None:
    shard, story = flooded()
    for offset, variant in enumerate(("original", "trimmed", "spun"), FLOOD):
        decision, _ = placed(shard, page(offset, "paper.example", variant))
        assert decision.placement.story_id == story


def test_the_next_copy_meets_no_more_candidates_than_an_early_one() -> None:
    shard, _ = flooded()
    _, stats = placed(shard, page(FLOOD))
    assert stats.candidates <= MOST
    assert stats.compared <= REPRESENTATIVES


def test_a_notice_does_not_read_all_members_of_a_flooded_story(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shard, story = flooded()
    monkeypatch.setattr(withdrawal, "_MEMBERS_READ", 50)
    monkeypatch.setattr(RowStore, "members", None)
    text = "This story has been withdrawn."
    notice = extracted(
        text,
        url="https://spam.example/notice",
        offset=FLOOD,
        minutes=FLOOD / 60,
        title=HEADLINE,
        revision=RevisionKind.WITHDRAWAL,
    )
    decision, _ = placed(shard, notice)
    assert decision.placement.story_id == story
    assert decision.placement.relation is Relation.WITHDRAWAL

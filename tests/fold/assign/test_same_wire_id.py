"""Articles that carry the identifier of one wire story."""

from typing import Unpack

import pytest

from service.contract.extracted import Extracted
from service.contract.story import Authority, Relation
from service.contract.wire_id import WireId
from service.fold.assign.decision import Placed
from service.fold.shard import Shard
from tests.fold.articles import ArticleOptions, extracted

NUMBER = "230428-99-483045"
TEXT = (
    "Harlem Bridge was closed on Tuesday after inspectors of the Meridian Harbour Authority found"
    " cracks in 14 of its 62 steel girders. Director Ulla Brandvold said repairs would take until"
    " October and cost 31 million crowns.\n\nSome 9,400 vehicles use the crossing a day. Ferries"
    " from Port Alder will run every 12 minutes until it opens again, the authority said."
)
SPUN = (
    "Cracks in 14 girders have shut Harlem Bridge, the Meridian Harbour Authority's Ulla Brandvold"
    " said."
)
OTHER = (
    "Actor Pell Garrow won the jury prize of the Lissmore film week on Sunday for his part in a"
    " comedy about three sisters who inherit a lighthouse."
)
SERIES = (
    "Harlem Bridge was closed on Friday after inspectors of the Tallow River Board found rust in 3"
    " of its 48 steel girders. Director Jens Okholm said repairs would take until March and cost 7"
    " million crowns."
)


def article(
    text: str,
    host: str,
    offset: int,
    *,
    take: int | None = None,
    numbers: tuple[str, ...] = (NUMBER,),
    **more: Unpack[ArticleOptions],
) -> Extracted:
    ids = tuple(
        WireId(agency="dpa", kind="number", value=number, take=take, source="notice", text="dpa:")
        for number in numbers
    )
    made = extracted(text, url=f"https://{host}/a/{offset}", offset=offset, **more)
    return made.model_copy(update={"wire": made.wire.model_copy(update={"ids": ids})})


def place(shard: Shard, each: Extracted) -> Placed:
    decision = shard.place(each)
    assert isinstance(decision, Placed)
    return decision


def test_a_short_text_joins_by_the_identifier() -> None:
    shard = Shard()
    first = place(shard, article(TEXT, "one.example", 0))
    second = place(shard, article(SPUN, "two.example", 1))
    assert second.placement.story_id == first.placement.story_id
    assert second.placement.evidence is not None
    assert second.placement.evidence.wire_id is True
    alone = Shard()
    begun = place(alone, article(TEXT, "one.example", 0, numbers=()))
    apart = place(alone, article(SPUN, "two.example", 1, numbers=()))
    assert apart.placement.story_id != begun.placement.story_id


@pytest.mark.parametrize("text", [OTHER, SERIES, "Read more here."])
def test_a_forged_or_reused_identifier_joins_nothing(text: str) -> None:
    shard = Shard()
    first = place(shard, article(TEXT, "one.example", 0))
    second = place(shard, article(text, "two.example", 1))
    assert second.placement.story_id != first.placement.story_id


def test_a_list_of_stories_joins_nothing_by_their_identifiers() -> None:
    shard = Shard()
    first = place(shard, article(TEXT, "one.example", 0))
    listed = article(SPUN, "two.example", 1, numbers=(NUMBER, "230428-99-483046"))
    assert place(shard, listed).placement.story_id != first.placement.story_id


def test_an_identifier_on_every_page_of_a_site_joins_nothing() -> None:
    shard = Shard()
    texts = [
        OTHER.replace("Sunday", f"day {n}").replace("Garrow", f"Garrow{n}") for n in range(200)
    ]
    for n, text in enumerate(texts):
        place(shard, article(text, f"s{n}.example", n))
    stories = shard.story_count
    assert place(shard, article(TEXT, "one.example", 300)).placement.parent is None
    assert shard.story_count == stories + 1


def test_a_later_take_is_an_update_where_its_host_has_authority() -> None:
    later = TEXT.replace("14 of its 62", "14 of its 62 older") + " Two girders will be replaced."
    shard = Shard()
    place(shard, article(TEXT, "dpa.com", 0, take=2, agency="dpa", own=True))
    copied = place(shard, article(later, "paper.example", 1, take=5, agency="dpa"))
    assert copied.placement.relation not in (Relation.UPDATE, Relation.ORIGINAL)
    updated = place(shard, article(later, "dpa.com", 2, take=5, agency="dpa", own=True))
    assert updated.placement.relation is Relation.UPDATE
    assert updated.placement.authority is Authority.AGENCY
    earlier = place(
        shard, article(TEXT + " Traffic was light.", "dpa.com", 3, take=1, agency="dpa")
    )
    assert earlier.placement.relation is not Relation.UPDATE


def test_what_is_restored_joins_in_the_same_way() -> None:
    shard = Shard()
    first = place(shard, article(TEXT, "one.example", 0))
    again = Shard()
    again.restore(first.saved.articles, first.saved.stories, first.saved.clocks)
    expected = place(shard, article(SPUN, "two.example", 1))
    assert place(again, article(SPUN, "two.example", 1)) == expected
    assert expected.placement.story_id == first.placement.story_id

"""Articles that link to other articles."""

from service.contract.declared import BodyLink
from service.contract.extracted import Extracted
from service.contract.identity import article_uri
from service.fold.assign.citations import CITES_KEPT, with_cited
from service.fold.assign.decision import Placed
from service.fold.shard import Shard
from tests.fold.articles import extracted, text_of

CITED = "https://www.courier.example/world/harbour"


def linking(each: Extracted, *urls: str) -> Extracted:
    links = tuple(BodyLink(url=url, text="the report") for url in urls)
    return each.model_copy(update={"article": each.article.model_copy(update={"links": links})})


def place(shard: Shard, each: Extracted) -> Placed:
    decision = shard.place(each)
    assert isinstance(decision, Placed)
    return decision


def test_a_link_to_a_known_article_is_a_citation_and_no_copy() -> None:
    shard = Shard()
    first = place(shard, extracted(text_of("furnace"), url=CITED, offset=0))
    other = extracted(text_of("ferry-ap"), url="https://paper.example/a", offset=1)
    spelled = "https://courier.example/world/harbour/"
    second = place(shard, linking(other, spelled, "https://nobody.example/x"))
    assert second.placement.story_id != first.placement.story_id
    assert second.stories[0].cites == (article_uri(CITED),)
    assert first.stories[0].cites == ()


def test_its_own_site_and_its_own_story_are_not_cited() -> None:
    shard = Shard()
    place(shard, extracted(text_of("furnace"), url=CITED, offset=0))
    copy = extracted(text_of("furnace"), url="https://paper.example/copy", offset=1)
    assert place(shard, linking(copy, CITED)).stories[0].cites == ()
    own = extracted(text_of("ferry-ap"), url="https://news.courier.example/b", offset=2)
    assert place(shard, linking(own, CITED)).stories[0].cites == ()


def test_citations_are_restored() -> None:
    shard = Shard()
    first = place(shard, extracted(text_of("furnace"), url=CITED, offset=0))
    other = extracted(text_of("ferry-ap"), url="https://paper.example/a", offset=1)
    second = place(shard, linking(other, CITED))
    again = Shard()
    again.restore(
        (*first.saved.articles, *second.saved.articles),
        (*first.saved.stories, *second.saved.stories),
        (*first.saved.clocks, *second.saved.clocks),
    )
    copy = extracted(text_of("ferry-ap"), url="https://daily.example/c", offset=2)
    assert place(again, copy).stories[0].cites == (article_uri(CITED),)


def test_there_are_few() -> None:
    many = tuple(f"uri{n}" for n in range(30))
    assert with_cited((), many) == many[:CITES_KEPT]
    assert with_cited(("uri1",), ("uri1", "uri2")) == ("uri1", "uri2")

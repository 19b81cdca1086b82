"""The page that the service was first made for, from text to story."""

from pathlib import Path

import pytest

from service.events.extracted import Extracted
from service.events.input_message import InputMessage
from service.events.placement import Relation
from service.events.serde import load
from service.local.read_files import read_inputs
from service.read import read
from service.story.decision import Placed
from service.story.shard import Shard


def article(message: InputMessage) -> Extracted:
    return load(Extracted, read(message).value or b"")


@pytest.mark.parametrize("backwards", [False, True])
def test_the_spun_page_is_a_copy_and_the_other_agency_another_story(
    shared_data: Path, backwards: bool
) -> None:
    articles = [article(message) for message in read_inputs([shared_data / "seed"])]
    shard = Shard()
    placed: dict[str, Placed] = {}
    for found in reversed(articles) if backwards else articles:
        decision = shard.place(found)
        assert isinstance(decision, Placed)
        placed[found.article.url.rpartition("/")[2]] = decision
    spun, original, other = (placed[f"{n}.txt"] for n in ("spun", "original", "other_agency"))
    assert spun.placement.story_id == original.placement.story_id
    assert other.placement.story_id != original.placement.story_id
    later = original if spun.placement.parent is None else spun
    assert later.placement.similarity >= 0.8
    assert later.placement.evidence is not None
    assert later.placement.evidence.rare_pairs >= 20
    assert later.placement.relation is Relation.SPUN

"""The pair of pages that the service was first made for, from text to story."""

from pathlib import Path

import pytest

from service.contract.extracted import Extracted
from service.contract.record import InputMessage
from service.contract.serde import load
from service.contract.story import Relation
from service.fold.assign.decision import Placed
from service.fold.shard import Shard
from service.local.read_files import read_inputs
from service.read.stage import read


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

"""What is told ahead is what LINK's memory then does."""

import random

import pytest

from service.contract.story_concepts import StoryConcepts
from service.link.held import Held
from service.link.linker import Linker
from service.link.plan import Plan
from service.link.search import LinkSearch
from service.link.stage import link_batch
from tests.fold.languages.pairs import Form
from tests.link.records import messages, story, withdrawn

LANGUAGES = ("es", "fr", "pt", "de", "ru")


def mixed(lot: random.Random) -> list[StoryConcepts | str]:
    """Stories that come, come again with another text or headline, are withdrawn, and leave."""
    coming: list[StoryConcepts | str] = []
    for _ in range(60):
        one = story(lot.choice(("ferry", "quake")), lot.choice(LANGUAGES))
        kind = lot.randrange(8)
        if kind == 0:
            coming.append(one.story)
        elif kind == 1:
            coming.append(withdrawn(one))
        elif kind == 2:
            text = story("ferry", "fr", Form.OTHER).concepts
            coming.append(one.model_copy(update={"concepts": text}))
        elif kind == 3:
            coming.append(one.model_copy(update={"concepts": "AQAA"}))
        else:
            coming.append(one.model_copy(update={"headline": str(kind)}))
    return coming


@pytest.mark.parametrize(("most", "least"), [(4, 3), (1000, 8)])
def test_a_batch_is_done_as_planned(most: int, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # In a window of four, stories that have left are swept with the oldest, which is not foreseen.
    searches: list[tuple[LinkSearch[Held], Plan]] = []
    prefetch = LinkSearch.prefetch

    def noted(search: LinkSearch[Held], plan: Plan) -> None:
        prefetch(search, plan)
        searches.append((search, plan))

    monkeypatch.setattr(LinkSearch, "prefetch", noted)
    lot, done = random.Random(1), 0
    for _ in range(10):
        given = messages(mixed(lot))
        together, alone = Linker(most), Linker(most)
        made = list(link_batch(given, together))
        search, plan = searches[-1]
        done += search.is_as_planned
        assert len(plan.queries) > 10
        assert made == [records for each in given for records in link_batch([each], alone)]
    assert done >= least

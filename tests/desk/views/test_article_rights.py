"""What an article's page shows of its rights and of the crawler's hints."""

from lxml import html

from service.contract.hints import Hints
from service.contract.rights import Rights, RightsWord
from service.desk.views.addresses import article_path
from tests.desk.conftest import Client, Ingest
from tests.desk.records import article, state, uri
from tests.desk.views.test_views import words

URL = "https://wire.example/bridge"
HOSTILE = "<script>alert(1)</script>"


async def shown(client: Client) -> dict[str, str]:
    answer = await client.get(article_path(uri(URL)))
    found = html.document_fromstring(await answer.text())
    assert found.cssselect("aside script") == []
    names = found.cssselect("aside dl.evidence dt")
    values = found.cssselect("aside dl.evidence dt + *")
    return {words(name): words(value) for name, value in zip(names, values, strict=True)}


async def test_rights_and_hints_with_their_places(client: Client, ingest: Ingest) -> None:
    words = (
        RightsWord(word="tdm-reservation", value="1", source="header.tdm-reservation"),
        RightsWord(word="noai", agent="otherbot", source="meta.otherbot"),
        RightsWord(word="terms", value=HOSTILE, source="meta.dc.rights"),
    )
    hints = Hints(feed_title=HOSTILE, redirects=("https://a.example/1", "https://a.example/2"))
    await ingest(article(URL, rights=Rights(words=words), hints=hints), state(url=URL))
    found = await shown(client)
    assert found["tdm-reservation"] == "1, header.tdm-reservation"
    assert found["noai"] == "meta.otherbot, to otherbot only"
    assert found["terms"] == f"{HOSTILE}, meta.dc.rights"
    assert found["feed title"] == HOSTILE
    assert found["redirects"] == "https://a.example/1, https://a.example/2"
    assert "referrer" not in found


async def test_an_article_without_either_shows_no_such_heading(
    client: Client, ingest: Ingest
) -> None:
    await ingest(article(URL), state(url=URL))
    found = await shown(client)
    assert {"tdm-reservation", "feed title"}.isdisjoint(found)

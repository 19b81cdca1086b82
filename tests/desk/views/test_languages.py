"""A story in other languages: its page, two texts side by side, the list and the export."""

import csv
import io

import pytest

from service.contract.story import StoryStatus
from service.desk.views.addresses import article_path, story_path
from service.desk.views.exported_languages import COLUMNS
from tests.desk.conftest import Client, Ingest
from tests.desk.records import article, state, story_id, translated, translation, uri
from tests.desk.views.test_views import HOSTILE, page, words
from tests.link.explain.texts import ferry

HERE, THERE, ELSEWHERE = (
    "https://wire.example/ferry",
    "https://kurier.example/faehre",
    "https://presse.example/bac",
)
FERRY, FAEHRE = story_path(story_id("ferry")), story_path(story_id("faehre"))
BESIDE = f"/compare/{article_path(uri(HERE))[9:]}/{article_path(uri(THERE))[9:]}"


@pytest.fixture
async def ingested(ingest: Ingest) -> None:
    """A story in Spanish with a translation in German, and one in French that is not stored."""
    spanish, german = ferry("es"), ferry("de")
    await ingest(
        article(HERE, "ferry", title="Transbordador en llamas", text=spanish, language="es"),
        state("ferry", url=HERE, headline="Transbordador en llamas", language="es"),
        article(THERE, "faehre", title="Fähre in Flammen", text=german, language="de"),
        state("faehre", url=THERE, headline="Fähre in Flammen", language="de"),
        translated(
            "ferry",
            translation("faehre", THERE, score=0.93),
            translation("bac", ELSEWHERE, language="fr", headline="Un bac en feu", score=0.71),
            language="es",
        ),
        translated(
            "faehre",
            translation("ferry", HERE, language="es"),
            language="de",
            of="ferry",
            why="named",
        ),
    )


async def test_a_story_shows_its_languages_and_which_is_the_source(
    client: Client, ingested: None
) -> None:
    found = await page(client, FERRY)
    german, french = found.cssselect("#languages li")
    assert "A translation of this story; the translation names the source" in words(german)
    assert german.cssselect(".copy-headline a")[0].get("href") == FAEHRE
    assert "Score 0.93: 3 numbers, 4 names and 21 words in common" in words(german)
    assert german.cssselect("a[href^='/compare']")[0].get("href") == BESIDE
    assert "its story is not stored" in words(french)
    assert "not decided" in words(french)
    assert french.cssselect("a[href^='/']") == []
    assert french.cssselect(".away")[0].get("href") == ELSEWHERE
    assert "In other languages: de, fr." in words(found.cssselect(".standfirst")[0])
    assert story_id("faehre") in found.get("data-watch", "")
    other = await page(client, FAEHRE)
    assert "The source: this story is a translation of it" in words(other)


async def test_both_texts_are_side_by_side_with_what_they_have_in_common(
    client: Client, ingested: None
) -> None:
    found = await page(client, BESIDE)
    shown = words(found)
    assert "doce = Zwölf" in shown
    assert "incendio = Feuer fire" in shown
    left = found.cssselect(".tongues .left")
    assert all(each.get("lang") == "es" for each in left)
    lead = next(each for each in left if "ATENAS" in words(each))
    assert [words(each) for each in lead.cssselect("mark")][:2] == ["14", "Agia Varvara"]
    (right,) = lead.getparent().cssselect(".right")
    assert "Zwölf Menschen" in words(right)
    assert {story_path(story_id(each)) for each in ("ferry", "faehre")} <= {
        each.get("href") for each in found.cssselect(".kicker a")
    }


async def test_the_list_names_other_languages_and_finds_stories_that_have_them(
    client: Client, ingest: Ingest, ingested: None
) -> None:
    await ingest(article("https://dam.example/", "dam"), state("dam", url="https://dam.example/"))
    found = await page(client, "/?translated=1")
    assert len(found.cssselect(".story")) == 2
    assert "also in de, fr" in words(found)
    assert found.cssselect("#translated")[0].get("checked") is not None
    assert "in other languages too" in words(found.cssselect(".active")[0])
    items = (await (await client.get("/stories.json?translated=1")).json())["items"]
    assert [item["translated"] for item in items] in (
        [["de", "fr"], ["es"]],
        [["es"], ["de", "fr"]],
    )
    articles = await (await client.get("/articles.json?translated=1")).json()
    assert articles["total"] == 2
    text = await (await client.get("/stories.csv?translated=1")).text()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["translated"] for row in rows} == {"de fr", "es"}


async def test_the_export_has_what_the_page_shows(client: Client, ingested: None) -> None:
    found = await (await client.get(f"{FERRY}/languages.json")).json()
    assert found["total"] == 2
    german, french = found["items"]
    assert tuple(german) == COLUMNS
    assert (german["story"], german["role"], german["why"]) == (
        story_id("faehre"),
        "translation",
        "named",
    )
    assert (french["language"], french["role"]) == ("fr", None)
    lines = (await (await client.get(f"{FERRY}/languages.csv")).text()).splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == 3
    feed = await (await client.get(f"{FERRY}/languages.atom")).text()
    assert "the translation names the source" in feed
    assert (await client.get("/story/0123/languages.json")).status == 404


async def test_nothing_is_shown_of_what_was_withdrawn(
    client: Client, ingest: Ingest, ingested: None
) -> None:
    await ingest(
        state("faehre", url=THERE, language="de", status=StoryStatus.WITHDRAWN),
        article(THERE, "faehre", text="", language="de", canceled=True, version=2),
    )
    found = await page(client, FERRY)
    assert "kurier.example" not in words(found.cssselect("#languages")[0])
    assert (await page(client, FAEHRE)).cssselect("#languages") == []
    beside = await page(client, BESIDE)
    assert "They are not compared" in words(beside)
    assert "Zwölf" not in words(beside)


async def test_text_of_pages_is_data(client: Client, ingest: Ingest) -> None:
    evil = translation("faehre", THERE, headline=HOSTILE, language='"><b>')
    evil = evil.model_copy(update={"url": "javascript:alert(1)", "host": HOSTILE})
    text = f"{HOSTILE} 214 Kalogeros. " + ferry("de")
    await ingest(
        article(HERE, "ferry", text=f"{HOSTILE} 214 Kalogeros. " + ferry("es"), language="es"),
        state("ferry", url=HERE, language="es"),
        article(THERE, "faehre", title=HOSTILE, text=text, language="de"),
        translated("ferry", evil, language="es"),
    )
    for path in (FERRY, BESIDE, "/"):
        found = await page(client, path)
        assert found.cssselect("main script, main img, main b[class]") == []
        assert all(
            not (each.get("href") or "").startswith("javascript") for each in found.cssselect("a")
        )

"""Credits of the page: whose they are, and which are a picture's or another story's."""

import pytest

from service.read.attribution import attribute
from service.read.attribution.credits import agency_of_address, agency_of_host
from tests.read.attribution.articles import article

STORY = "The ice broke up a week early.\n\nBoats may go out again."


def _agencies(*credits: tuple[str, str], authors: tuple[str, ...] = ()) -> tuple[str, ...]:
    page = article(STORY, credits=credits).model_copy(update={"authors": authors})
    return attribute(page).wire.agencies


@pytest.mark.parametrize("where", ["jsonld.author", "meta.author", "byline", "source"])
def test_an_agency_alone_signs_wherever_it_stands(where: str) -> None:
    assert _agencies((where, "Reuters")) == ("reuters",)


def test_an_agency_that_gave_part_of_a_text_is_named_with_less_confidence() -> None:
    credit = ("source", "With files from The Associated Press and Mona Example")
    verdict = attribute(article(STORY, credits=(credit,))).wire
    assert verdict.agency == "ap"
    assert (
        verdict.confidence < attribute(article(STORY, credits=(("byline", "AP"),))).wire.confidence
    )


def test_several_agencies_stay_several_in_their_order() -> None:
    assert _agencies(("source", "(Quelle: APA/sda/dpa)")) == ("apa", "sda", "dpa")


def test_a_byline_with_time_and_sharing_behind_it_is_read() -> None:
    credit = ("byline", "Tom Example Associated Press Published 11:34 PM EST Nov 19, 2019")
    assert _agencies(credit) == ("ap",)
    assert _agencies(("byline", "Reuters November 18, 2019 11:03 PM")) == ("reuters",)


def test_a_bare_agency_beside_the_pages_own_author_is_doubted() -> None:
    credits = (("jsonld.author", "Ann Example"), ("source", "AFP"), ("byline", "AFP"))
    page = article(STORY, credits=credits).model_copy(update={"authors": ("Ann Example",)})
    verdict = attribute(page).wire
    assert verdict.agency is None
    assert {item.rule for item in verdict.evidence} == {"doubtful.source", "doubtful.byline"}


def test_an_agency_that_helped_the_pages_author_is_not_doubted() -> None:
    credits = (("jsonld.author", "Ann Example"), ("byline", "Von Ann Example mit AP"))
    assert _agencies(*credits, authors=("Ann Example",)) == ("ap",)


def test_a_credit_that_a_picture_bears_too_is_doubted() -> None:
    assert _agencies(("source", "Image copyright Reuters"), ("source", "Reuters")) == ()


def test_bylines_of_other_stories_are_doubted() -> None:
    credits = (("byline", "By HARBOUR POST STAFF"), ("byline", "By REUTERS 11/20/2019 10:08 AM"))
    assert _agencies(*credits) == ()


def test_a_photographers_credit_is_not_a_byline() -> None:
    credits = (("jsonld.author", "Ann Example"), ("byline", "Bob Sample - Europa Press"))
    assert _agencies(*credits, authors=("Ann Example",)) == ()


@pytest.mark.parametrize(
    "line", ["Harrisburg, PA", "Foto: dpa", "Ann Example, AP Photo", "By Michael Bloomberg", "Mia"]
)
def test_what_only_looks_like_an_agency_does_not_sign(line: str) -> None:
    assert _agencies(("byline", line)) == ()


def test_an_ambiguous_abbreviation_alone_needs_the_agencys_language() -> None:
    turkish = article(STORY, credits=(("byline", "AA"),), language="tr")
    french = article(STORY, credits=(("byline", "AA"),), language="it")
    assert attribute(turkish).wire.agencies == ("aa",)
    assert attribute(french).wire.agencies == ()


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("canonical", "www.reuters.com"),
        ("canonical", "https://www.reuters.com/world/1"),
        ("jsonld.is_based_on", "https://www.reuters.com/world/1"),
    ],
)
def test_an_address_on_an_agencys_host_names_it(where: str, text: str) -> None:
    assert _agencies((where, text)) == ("reuters",)


def test_the_span_of_evidence_is_where_the_name_stands() -> None:
    text = "By Ann Example, Associated Press"
    (item,) = attribute(article(STORY, credits=(("byline", text),))).wire.evidence
    assert item.span is not None
    assert text[slice(*item.span)] == item.text == "Associated Press"


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("apnews.com", "ap"),
        ("www.reuters.com", "reuters"),
        ("faktencheck.afp.com", "afp"),
        ("HOSTED.AP.ORG", "ap"),
        ("notreuters.com", None),
        ("reuters.com.example.org", None),
        ("com", None),
        ("", None),
    ],
)
def test_a_host_is_an_agencys_with_its_subdomains(host: str, key: str | None) -> None:
    agency = agency_of_host(host)
    assert (agency.key if agency else None) == key


@pytest.mark.parametrize(
    "address", ["not an address", "http://[broken", "/world/1", "mailto:desk@reuters.com"]
)
def test_what_is_no_address_names_none(address: str) -> None:
    assert agency_of_address(address) is None

"""Identifiers of wire stories on a page."""

import pytest

from service.contract.article import DROPPED, IDENTIFIER, Article, Credit
from service.contract.page import RawPage
from service.contract.wire_id import WireId
from service.read.attribution import attribute
from service.read.attribution.wire_ids import id_in_address, ids_in
from service.read.page import read_page

HEX = "6486944b076b4df99a583a3a7c85574d"


def found(text: str) -> list[tuple[str, str, str, int | None]]:
    return [(each.agency, each.kind, each.value, each.take) for each in ids_in(text, "notice")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("© dpa-infocom, dpa:230428-99-483045/5", ("dpa", "number", "230428-99-483045", 5)),
        ("dpa-infocom GmbH, dpa-AFX:240101-99-12345", ("dpa", "number", "240101-99-12345", None)),
        (
            "urn:newsml:dpa.com:20090101:260712-99-35731:2",
            ("dpa", "number", "260712-99-35731", 2),
        ),
        (f"urn:publicid:ap.org:{HEX}", ("ap", "item", HEX, None)),
        (
            "tag:reuters.com,2020:newsml_L3N27Z1KC:12",
            ("reuters", "item", "L3N27Z1KC", 12),
        ),
        (
            "urn:newsml:afp.com:20240101T101010Z:TX-PAR-ABC12",
            ("afp", "newsml", "20240101T101010Z:TX-PAR-ABC12", None),
        ),
    ],
)
def test_forms(text: str, expected: tuple[str, str, str, int | None]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "dpa: 230 people were hurt",
        "The case number is 230428-99-483045.",
        f"urn:publicid:ap.org:{HEX}-7MptiNGzOe2c92c7f4177552415-416_87x84",  # a picture's
        "urn:newsml:nobody.example:20240101:12345",
        "AKR1202505301831444724",  # a publisher's own number
        "jf/ad",
        "",
    ],
)
def test_what_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"https://apnews.com/article/bridge-closed-{HEX}", ("ap", HEX)),
        (f"https://hosted.ap.org/eagle/article/{HEX}/bridge-closed", ("ap", HEX)),
        ("https://www.reuters.com/article/us-markets-idUSKBN1XT00W", ("reuters", "KBN1XT00W")),
        ("https://www.yna.co.kr/view/AKR20250530183100001", ("yonhap", "AKR20250530183100001")),
        ("https://faktencheck.afp.com/doc.afp.com.B2LA2G3", ("afp", "B2LA2G3")),
        ("http://www.news.cn/20240424/b3e483975ed64224afba3567f940a0b0/c.html",
         ("xinhua", "b3e483975ed64224afba3567f940a0b0")),
        (f"https://paper.example/article/bridge-{HEX}", None),
        ("https://www.reuters.com/world/bridge-closed-2026-01-01/", None),
    ],
)  # fmt: skip
def test_addresses_of_agencies(address: str, expected: tuple[str, str] | None) -> None:
    ids = [(each.agency, each.value) for each in id_in_address(address, "url")]
    assert ids == ([] if expected is None else [expected])


def page(body: str, head: str = "") -> str:
    text = "".join(
        f"<p>The harbour bridge stays closed, the authority said in part {n} of its report.</p>"
        for n in range(8)
    )
    return (
        f"<html><head><title>Bridge stays closed</title>{head}</head><body><article>"
        f"<h1>Bridge stays closed</h1>{text}{body}</article></body></html>"
    )


def read(html: str) -> tuple[Article, tuple[WireId, ...], str]:
    article = read_page(RawPage(url="https://paper.example/bridge", text=html))
    made = attribute(article)
    return article, made.wire.ids, made.body


@pytest.mark.parametrize(
    "line",
    [
        "<p>© dpa-infocom, dpa:230428-99-483045/5</p>",
        "<p>dpa:230428-99-483045/5</p>",
        '<p rel="author">© dpa-infocom, dpa:230428-99-483045/5 (dpa)</p>',
    ],
)
def test_a_line_at_the_end_is_read_and_taken_from_the_text(line: str) -> None:
    _, ids, body = read(page(line))
    assert [(each.value, each.take) for each in ids] == [("230428-99-483045", 5)]
    assert "230428" not in body
    assert body.endswith("part 7 of its report.")


def test_what_a_page_declares_for_itself_is_read_and_what_it_links_to_is_not() -> None:
    declared = (
        '<meta name="dc.identifier" content="urn:newsml:dpa.com:20090101:260712-99-35731">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge stays'
        ' closed", "identifier": {"@type": "PropertyValue", "value":'
        f' "urn:publicid:ap.org:{HEX}"}}}}</script>'
    )
    linked = '<img src="/i.jpg" alt="urn:newsml:dpa.com:20090101:260712-99-35205">'
    article, ids, _ = read(page(linked, declared))
    assert [(each.agency, each.value, each.source) for each in ids] == [
        ("dpa", "260712-99-35731", IDENTIFIER),
        ("ap", HEX, IDENTIFIER),
    ]
    assert article.authors == ()


def test_an_identifier_credits_no_agency() -> None:
    declared = f'<meta name="dc.identifier" content="urn:publicid:ap.org:{HEX}">'
    article, ids, _ = read(page("", declared))
    assert ids
    assert attribute(article).wire.agency is None


def test_of_several_takes_the_highest_is_kept_and_there_are_few() -> None:
    article, _, _ = read(page(""))
    lines = [f"dpa:230428-99-{4000 + n // 2}/{n}" for n in range(40)]
    credits = tuple(Credit(where=DROPPED, text=line) for line in lines)
    ids = attribute(article.model_copy(update={"credits": credits})).wire.ids
    assert [(each.value, each.take) for each in ids] == [
        (f"230428-99-{4000 + n}", 2 * n + 1) for n in range(4)
    ]

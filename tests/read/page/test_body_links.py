"""Links out of the body."""

from service.contract.declared import LINKS_KEPT, BodyLink
from service.contract.page import RawPage
from service.read.page import read_page

URL = "https://paper.example/news/bridge"


def links(paragraph: str, after: str = "") -> tuple[BodyLink, ...]:
    text = "".join(
        f"<p>The harbour bridge stays closed, the port authority said in part {n} of it.</p>"
        for n in range(8)
    )
    html = (
        "<html><head><title>Bridge stays closed</title></head><body>"
        "<nav><a href='/'>Home page</a></nav><article><h1>Bridge stays closed</h1>"
        f"{text}<p>{paragraph}</p>{text}</article>{after}</body></html>"
    )
    return read_page(RawPage(url=URL, text=html)).links


def test_a_link_has_its_address_and_words() -> None:
    found = links(
        "A spokeswoman told <a href='https://courier.example/a?utm_source=x'>the Courier</a> that"
        " <em><a href='/harbour'>ferries</a></em> run every twelve minutes until it opens again."
    )
    assert found == (
        BodyLink(
            url="https://courier.example/a?utm_source=x",
            text="the Courier",
            canonical="https://courier.example/a",
        ),
        BodyLink(url="https://paper.example/harbour", text="ferries"),
    )


def test_furniture_fragments_and_the_page_itself_are_no_links() -> None:
    assert not links(
        "Ferries run <a href='#map'>every twelve</a> minutes, said <a href='mailto:a@b.example'>Jo"
        f" Marsh</a> in <a href='{URL}#top'>this report</a> about the <a href='javascript:x()'>port"
        "</a> on Tuesday, as the bridge stays closed.",
        after="<footer><a href='/imprint'>Imprint and terms</a></footer>",
    )


def test_there_are_few_links_and_each_address_once() -> None:
    many = " ".join(f"and <a href='/p/{n % 150}'>place{n}</a> said no" for n in range(400))
    found = links(f"The mayors of these places object: {many}.")
    assert len(found) == LINKS_KEPT
    assert len({each.url for each in found}) == LINKS_KEPT

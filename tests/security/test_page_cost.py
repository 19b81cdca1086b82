"""No page costs more than its size: pages that once took seconds or minutes to read.

A crawler pays its way by the page. If a page of a few kilobytes can occupy a worker for as long as
its time limit, six of them a minute stop it.
"""

from collections.abc import Callable

import pytest

from service.contract.record import InputMessage
from service.read.stage import read
from tests.fuzz.sample import SOURCE, TIMESTAMP
from tests.read.page.pages import news_page
from tests.security.growth import too_fast_growth

SENTENCE = "The council said on Monday that the harbour would reopen within two weeks. "
LINKED_DATA = '<script type="application/ld+json">{}</script>'
FLOOR, ENOUGH = 0.02, 0.3


def canonical(path: str) -> str:
    return news_page(head=f'<link rel="canonical" href="https://courier.example/{path}">')


ATTACKS: dict[str, tuple[int, Callable[[int], str]]] = {
    # Each comment before the root can end at any later `-->`: the time doubled with each.
    "comments before a letter": (4, lambda size: "<!-- -->" * size + "x" + news_page()),
    "processing instructions": (4, lambda size: "<?x ?>" * size + "x" + news_page()),
    # A missing comma was looked for from each of the line ends to the last.
    "line ends in broken linked data": (
        1_000,
        lambda size: news_page(head=LINKED_DATA.format('{"a":"b"' + "\n" * size + "x")),
    ),
    "spaces after the end of a comment in linked data": (
        1_000,
        lambda size: news_page(head=LINKED_DATA.format("{-->" + " " * size + "x")),
    ),
    # The text of each was looked at, though no credit is longer than 200 characters.
    "a page within elements named for an author": (
        100,
        lambda size: news_page(
            before="<div class=author>" * 200, after=f"<p>{SENTENCE}</p>" * size
        ),
    ),
    "white space within elements named for an author": (
        2_000,
        lambda size: news_page(before="<div class=author>" * 200, after=" <b> </b>" * (size // 8)),
    ),
    # The text of each microdata element was read, to keep it if it is short.
    "a page within microdata": (
        100,
        lambda size: news_page(
            before="<div itemprop=name>" * 200, after=f"<p>{SENTENCE}</p>" * size
        ),
    ),
    "headings within headings": (
        20,
        lambda size: news_page(before="<h1>" * 200 + SENTENCE * size),
    ),
    # Without an end sign each tag reaches to the end of the page.
    "long tags that never end": (20, lambda size: news_page(after=("a <b" + "x " * 1_050) * size)),
    "comparisons in a script without end": (
        20,
        lambda size: news_page(after="<script>" + ("a <b" + "x " * 1_050) * size),
    ),
    # One variant was removed in each round, and the address parsed again.
    "variants of an address inside each other": (50, lambda size: canonical("a" + "/amp" * size)),
    "print versions of AMP versions": (25, lambda size: canonical("a" + "/print/amp" * size)),
    "a host with thousands of mobile prefixes": (
        100,
        lambda size: news_page(
            head=f'<link rel="canonical" href="https://{"m." * size}courier.example/storm">'
        ),
    ),
    # One name was cut off in each round, and the title split again.
    "a title that repeats the name of the site": (
        50,
        lambda size: news_page(
            head=f'<meta property="og:title" content="Storm{" | Northern Courier" * size}">'
            '<meta property="og:site_name" content="Northern Courier">'
        ),
    ),
    # A heading that is also searched for in the page's title, once for each heading.
    "headings and a long title": (
        100,
        lambda size: news_page(
            title="storm on the " * size, before="<h1>storm on the x</h1>" * (size // 8)
        ),
    ),
    "punctuation": (5_000, lambda size: news_page(after=f"<p>{'. ' * size}x</p>")),
    "white space": (5_000, lambda size: news_page(after=f"<p>x{' ' * size}x</p>")),
    "one word": (5_000, lambda size: news_page(after=f"<p>{'x' * size}</p>")),
    "one number": (5_000, lambda size: news_page(after=f"<p>{'1' * size}</p>")),
    "text without spaces": (5_000, lambda size: news_page(after=f"<p>{'市議会は' * size}</p>")),
}


def reading(page: str) -> Callable[[], object]:
    """The work of reading a page in the native form."""
    headers = (("url", b"https://courier.example/storm"), ("status", b"200"))
    message = InputMessage(b"k", page.encode(), headers, TIMESTAMP, SOURCE)
    return lambda: read(message)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "make"), ATTACKS.values(), ids=ATTACKS.keys())
def test_the_time_of_an_attack_grows_no_faster_than_its_size(
    size: int, make: Callable[[int], str]
) -> None:
    read(InputMessage(b"k", b"", (), TIMESTAMP, SOURCE))
    reading(news_page())()  # load the tables of the language first
    growth = too_fast_growth(
        lambda size: reading(make(size)), (size, 4 * size, 16 * size, 64 * size), FLOOR, ENOUGH
    )
    assert growth is None, str(growth)

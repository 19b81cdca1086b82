"""A page whose scripts move its parts, or whose data hold text, costs no more than another page.

Parts are moved into one another to make a tree of any depth, in a circle, or by the thousand; data
are deep, long or broken at every place where they may begin.
"""

from collections.abc import Callable

import pytest

from service.contract.record import InputMessage
from service.read.stage import read
from tests.fuzz.sample import SOURCE, TIMESTAMP
from tests.read.page.pages import news_page
from tests.security.growth import too_fast_growth

FLOOR, ENOUGH = 0.02, 0.3


def chain(length: int) -> str:
    """Parts each of which belongs inside the one before."""
    parts = "".join(
        f'<div hidden id="S:{number}"><div><p>{number}</p><template id="P:{number + 1}"></template>'
        f"</div></div><script>$RS('S:{number}','P:{number}')</script>"
        for number in range(length)
    )
    return f'<template id="P:0"></template>{parts}'


def circle(length: int) -> str:
    """Parts that belong inside one another in a circle."""
    return "".join(
        f'<div hidden id="S:{number}"><template id="B:{number}"></template></div>'
        f"<script>$RC('B:{number}','S:{(number + 1) % length}')</script>"
        for number in range(length)
    )


def data(value: str) -> str:
    return f'<script type="application/json">{value}</script>'


ATTACKS: dict[str, tuple[int, Callable[[int], str]]] = {
    "parts inside parts": (100, chain),
    "parts in a circle": (100, circle),
    "one part for every placeholder": (
        1_000,
        lambda size: (
            '<div hidden id="S:0">x</div><template id="B:0"></template><script>'
            + '$RC("B:0","S:0");' * size
            + "</script>"
        ),
    ),
    "states that end nowhere": (
        2_000,
        lambda size: "<script>" + 'a={"a":[' * size + "</script>",
    ),
    "states inside strings": (
        2_000,
        lambda size: "<script>" + 'a={"b":"' * size + "</script>",
    ),
    "deep data": (2_000, lambda size: data("[" * size)),
    "wide data": (
        50,
        lambda size: data("[" + '{"title":"x","body":[{"text":"a"}]},' * size + "1]"),
    ),
    "closed boxes": (100, lambda size: "<div hidden><p>a</p></div>" * size),
    "headings": (100, lambda size: "<h1>one two three</h1>" * size),
    "summaries": (100, lambda size: "<div><p>AI summary</p><p>a</p></div>" * size),
    "lines": (500, lambda size: "<div>" + "word<br>" * size + "</div>"),
}
"""By name: the smallest size, and the part of a page of a size."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_its_cost_grows_no_faster_than_its_size(name: str) -> None:
    smallest, make = ATTACKS[name]

    def work(size: int) -> Callable[[], object]:
        body = news_page(outside=make(size)).encode()
        headers = (("url", b"https://courier.example/storm"),)
        message = InputMessage(None, body, headers, TIMESTAMP, SOURCE)
        return lambda: read(message)

    work(smallest)()  # models are loaded before the clock starts
    assert too_fast_growth(work, [smallest * 4**step for step in range(4)], FLOOR, ENOUGH) is None

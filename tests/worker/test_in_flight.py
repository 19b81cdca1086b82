"""The window of pages in flight."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from service.worker.in_flight import InFlightWindow


async def enters(flight: InFlightWindow, size: int) -> "asyncio.Task[None]":
    """A page that asks to be let in; given the time to be."""
    page = asyncio.create_task(flight.enter(size))
    for _ in range(5):
        await asyncio.sleep(0)
    return page


async def test_no_more_pages_than_allowed() -> None:
    flight = InFlightWindow(pages=2, size=1000)
    assert (await enters(flight, 1)).done()
    assert (await enters(flight, 1)).done()
    third = await enters(flight, 1)
    assert not third.done()
    flight.leave(1)
    await third


async def test_no_more_bytes_than_allowed() -> None:
    flight = InFlightWindow(pages=100, size=1000)
    assert (await enters(flight, 600)).done()
    second = await enters(flight, 600)
    assert not second.done()
    assert (await enters(flight, 400)).done()
    flight.leave(600)
    await second


async def test_a_page_larger_than_all_flies_alone() -> None:
    flight = InFlightWindow(pages=100, size=1000)
    assert (await enters(flight, 5000)).done()
    other = await enters(flight, 1)
    assert not other.done()
    flight.leave(5000)
    await other


async def test_a_page_that_gives_up_waiting_takes_no_room() -> None:
    flight = InFlightWindow(pages=1, size=1000)
    await flight.enter(1)
    impatient = await enters(flight, 1)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    flight.leave(1)
    assert (await enters(flight, 1)).done()


@given(sizes=st.lists(st.integers(0, 1500), max_size=40), pages=st.integers(1, 5))
def test_everyone_gets_in_within_the_bounds(sizes: list[int], pages: int) -> None:
    flying: list[int] = []

    async def fly(flight: InFlightWindow, size: int) -> None:
        await flight.enter(size)
        flying.append(size)
        assert len(flying) <= pages
        assert sum(flying) <= 1000 or len([size for size in flying if size]) == 1
        await asyncio.sleep(0)
        flying.remove(size)
        flight.leave(size)

    async def all_fly() -> None:
        flight = InFlightWindow(pages, size=1000)
        await asyncio.gather(*(fly(flight, size) for size in sizes))

    asyncio.run(all_fly())
    assert not flying

"""`/metrics` of the desk: how many hosts drift, and no host's name."""

from service.desk.queries.drift import KINDS
from tests.desk.conftest import Client, Ingest
from tests.desk.records import article, rejection


async def test_hosts_that_drift_are_counted_and_not_named(client: Client, ingest: Ingest) -> None:
    text = "Engineers replaced the cables of the bridge and painted its towers. " * 12
    before = [article(f"https://a.example/{n}", text=text, hours=10) for n in range(40)]
    now = [article(f"https://a.example/new/{n}", text="Short.", hours=60) for n in range(30)]
    lost = [rejection(f"https://a.example/lost/{n}", hours=60 + n / 100) for n in range(70)]
    await ingest(*before, *now, *lost)
    answer = await client.get("/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    text = await answer.text()
    values = {
        kind: float(text.partition(f'hosts{{kind="{kind}"}} ')[2].splitlines()[0]) for kind in KINDS
    }
    assert values == {"yield": 1.0, "no_date": 0.0, "no_author": 0.0, "short": 1.0, "flagged": 0.0}
    assert "copydesk_desk_caught_up 1.0" in text
    assert "a.example" not in text


async def test_the_pages_say_what_changed(client: Client, ingest: Ingest) -> None:
    text = "Engineers replaced the cables of the bridge and painted its towers. " * 12
    before = [article(f"https://a.example/{n}", text=text, hours=10) for n in range(40)]
    now = [article(f"https://a.example/new/{n}", text="Short.", hours=60) for n in range(30)]
    await ingest(*before, *now)
    table = await (await client.get("/hosts")).text()
    assert "changed</span>" in table
    assert "<strong>100\u00a0%</strong>" in table
    host = await (await client.get("/hosts/a.example")).text()
    assert "more of its articles have fewer than 100 words (100\u00a0%, before 0\u00a0%)" in host

"""Pages and raw pages for tests, built around plain paragraphs."""

from datetime import UTC, datetime

from service.contract.article import Article
from service.contract.page import RawPage
from service.read.page import Limits, read_page
from service.read.rights_policy import read_policy

TITLE = "Storm takes roofs along the northern coast"
PARAGRAPHS = (
    "NORTHPORT - A storm came in from the sea on Monday night and took the roofs of forty houses, "
    "the harbour office said.",
    'Nobody was hurt, said Ada Quist, who runs the office, but "the ferries will stay in port '
    'until the wind turns," and the school is closed.',
    "Insurers expect claims of about nine million crowns, according to a first estimate that the "
    "council published on Tuesday morning.",
    "The weather service had warned of gusts of 130 kilometres an hour, and it expects a calmer "
    "week from Wednesday on.",
)
LIMITS = Limits(rights=read_policy(["noarchive=reject"]))
FETCHED = datetime(2024, 5, 7, 12, 0, tzinfo=UTC)


def news_page(
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    *,
    title: str = TITLE,
    head: str = "",
    before: str = "",
    after: str = "",
    outside: str = "",
) -> str:
    """A newspaper's page: `before` and `after` stand in the article, `outside` beside it."""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{title} | Northern Courier</title>{head}</head><body>
<nav><a href="/">Front page</a> <a href="/news">News</a></nav>
<main><article><h1>{title}</h1>{before}<div class="story-body">{body}</div>{after}</article></main>
{outside}<footer><p>Northern Courier, 1 Quay Street, Northport. All rights reserved.</p></footer>
</body></html>"""


def raw(
    page: str | bytes, *, url: str = "https://courier.example/storm", **given: object
) -> RawPage:
    """A raw page of text or bytes, fetched at noon of 7 May 2024."""
    body = {"text": page} if isinstance(page, str) else {"body": page}
    return RawPage(**{"url": url, "fetched_at": FETCHED, **body, **given})  # type: ignore[arg-type]


def read(page: str | bytes, *, limits: Limits = LIMITS, **given: object) -> Article:
    """The article on a page."""
    return read_page(raw(page, **given), limits)  # type: ignore[arg-type]

"""Articles for the tests of attribution."""

from service.contract.article import Article, Credit, Notice


def article(
    text: str,
    *,
    title: str = "A headline",
    url: str = "https://news.example.org/a",
    language: str = "en",
    credits: tuple[tuple[str, str], ...] = (),
    notices: tuple[Notice, ...] = (),
    declared_canonical: str | None = None,
) -> Article:
    """An article with this text; `credits` are (where, text)."""
    return Article(
        uri="urn:copydesk:article:0",
        url=url,
        canonical_url=url,
        host=url.split("/")[2],
        declared_canonical=declared_canonical,
        title=title,
        text=text,
        language=language,
        credits=tuple(Credit(where=where, text=line) for where, line in credits),
        notices=notices,
        content_hash="0",
    )

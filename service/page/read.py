"""A raw page to an article: the steps, in order."""

from service.events.article import Article, Credit, DateCandidate, DateKind
from service.events.identity import article_uri, digest
from service.events.outcome import Rejected, RejectionReason
from service.events.raw_page import GivenArticle, RawPage
from service.page.address import find_address
from service.page.body import finish_body
from service.page.charset import decode_text, read_utf8
from service.page.clean_up import Known
from service.page.content_encoding import decode_content
from service.page.credits import add_lines, collect_credits
from service.page.dates import choose_date, collect_dates
from service.page.document_kind import check_bytes, check_text
from service.page.extraction import extract
from service.page.facts import Facts
from service.page.flags import raise_flags
from service.page.given import find_title, repeated_title, split_text
from service.page.head import Head, read_head
from service.page.http_status import check_status
from service.page.limits import Limits
from service.page.line_marks import find_bylines, find_signature
from service.page.markup import parse_markup
from service.page.markup_size import check_markup, check_tree
from service.page.non_article import check_article
from service.page.paragraph import squeeze
from service.page.people import name_authors, name_people
from service.page.robots import check_robots
from service.page.site import find_image, find_section, name_site
from service.page.tagged import find_tagged
from service.page.title import choose_title
from service.page.walk import walk

DEFAULT_LIMITS = Limits()


def read_page(raw: RawPage, limits: Limits = DEFAULT_LIMITS) -> Article:
    """The article on a page.

    Raises:
        Rejected: there is rightly no article (an error page, no HTML, no text, too large ...).
        Failed: the page cannot be read (an encoding that is none, an address that is none).
    """
    check_status(raw.status)
    if raw.article is not None:
        return read_given(raw, raw.article, limits)
    text, encoded = read_document(raw, limits)
    return read_html(raw, text, encoded, limits)


def read_document(raw: RawPage, limits: Limits) -> tuple[str, bytes | None]:
    """The page's document as text, and in UTF-8 where it came so."""
    encoded = None
    if raw.text is not None:
        if len(raw.text) > limits.decoded_bytes:
            raise Rejected(
                RejectionReason.TOO_LARGE,
                f"{len(raw.text):,} characters, over {limits.decoded_bytes:,}",
            )
        text = raw.text
    else:
        body = raw.body or b""
        if len(body) > limits.raw_bytes:
            raise Rejected(
                RejectionReason.TOO_LARGE, f"{len(body):,} bytes, over {limits.raw_bytes:,}"
            )
        if not body.strip(b" \t\r\n\0"):
            raise Rejected(RejectionReason.NO_BODY, "the body is empty")
        body = decode_content(
            body,
            raw.header("content-encoding"),
            limit=limits.decoded_bytes,
            layers=limits.encodings,
        )
        if len(body) > limits.decoded_bytes:
            raise Rejected(
                RejectionReason.TOO_LARGE, f"{len(body):,} bytes, over {limits.decoded_bytes:,}"
            )
        check_bytes(body)
        if (plain := read_utf8(body)) is not None:
            text, encoded = plain, body
        else:
            text = decode_text(body, raw.header("content-type"))
    if not text.strip(" \t\r\n\0"):
        raise Rejected(RejectionReason.NO_BODY, "the document is empty")
    check_text(text, raw.header("content-type"))
    return text, encoded


def read_html(raw: RawPage, text: str, encoded: bytes | None, limits: Limits) -> Article:
    """The article in an HTML document; `encoded` is the text in UTF-8, where it came so."""
    check_markup(text, limits)
    tree = parse_markup(text, encoded)
    check_tree(tree, limits)
    tagged = find_tagged(tree)
    head = read_head(tree, tagged, limits.json_bytes)
    if limits.honour_noarchive:
        check_robots(raw.headers, head.metas.get("robots", ()))
    facts = Facts(head.nodes, f"{head.title or ''} {head.meta('og:title') or ''}")
    address = find_address(raw.url, head.canonical)
    site_name = name_site(head, facts)
    walked = walk(tree)
    credits = collect_credits(walked.named, head, facts, address.declared_elsewhere)
    dates = collect_dates(tree, tagged["time"], head, facts, raw.url)
    found = extract(tree, walked.blocks, head.meta("description", "og:description"))
    check_article(address.url, tree, head, facts, found)
    credits = add_lines(credits, "byline", find_bylines(found.paragraphs))
    credits = add_lines(credits, "source", found.sources)
    credits = add_lines(credits, "byline", find_signature(found.paragraphs))
    title = choose_title(
        tagged["h1"], head, facts, site_name, address.host, repeated_title(found.paragraphs)
    ) or find_title(found.paragraphs)
    authors = name_authors(facts, credits, site_name, address.host)
    body = finish_body(found.paragraphs, Known(title, authors), limits, found.notices)
    return Article(
        uri=article_uri(address.url),
        url=raw.url,
        canonical_url=address.url,
        host=address.host,
        declared_canonical=address.declared_elsewhere,
        site_name=site_name,
        fetched_at=raw.fetched_at,
        title=title,
        text=body.text,
        language=body.language,
        authors=authors,
        published=choose_date(dates, DateKind.PUBLISHED, raw.fetched_at),
        modified=choose_date(dates, DateKind.MODIFIED, raw.fetched_at),
        dates=dates,
        section=find_section(head, facts),
        lead_image=find_image(head, facts, raw.url),
        credits=credits,
        notices=body.notices,
        flags=raise_flags(tree, head, facts, found.paragraphs),
        content_hash=digest(title, body.text),
    )


def read_given(raw: RawPage, given: GivenArticle, limits: Limits) -> Article:
    """The article that came with the page, cleaned."""
    found = split_text(given.text)
    if not found:
        raise Rejected(RejectionReason.NO_BODY, "the text is empty")
    address = find_address(raw.url, None)
    title = squeeze(given.title or "") or find_title(found)
    authors = name_people(given.authors, given.site_name, address.host)
    body = finish_body(found, Known(title, authors), limits)
    dates = given_dates(given)
    return Article(
        uri=article_uri(address.url),
        url=raw.url,
        canonical_url=address.url,
        host=address.host,
        site_name=given.site_name,
        fetched_at=raw.fetched_at,
        title=title,
        text=body.text,
        language=body.language,
        authors=authors,
        published=choose_date(dates, DateKind.PUBLISHED, raw.fetched_at),
        dates=dates,
        credits=tuple(Credit(where="meta.author", text=name) for name in given.authors),
        notices=body.notices,
        flags=raise_flags(None, Head(), Facts([]), found),
        content_hash=digest(title, body.text),
    )


def given_dates(given: GivenArticle) -> tuple[DateCandidate, ...]:
    """The date that came with the text."""
    if given.published is None:
        return ()
    value = given.published.isoformat(timespec="seconds")
    return (DateCandidate(kind=DateKind.PUBLISHED, source="given", value=value),)

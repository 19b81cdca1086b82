"""A raw page to an article: the steps, in order."""

from dataclasses import replace

from service.contract.article import (
    CORRECTION,
    DROPPED,
    IDENTIFIER,
    Article,
    DateKind,
)
from service.contract.identity import article_uri, digest
from service.contract.outcome import Rejected, RejectionReason
from service.contract.page import RawPage
from service.read.page.authors import name_authors
from service.read.page.body_links import find_links
from service.read.page.charset import decode_text, read_utf8
from service.read.page.ciphered import part_ciphered
from service.read.page.cleanup import PageFacts
from service.read.page.corrections import read_corrections
from service.read.page.credits import add_lines, collect_credits
from service.read.page.dates import choose_date, collect_dates
from service.read.page.declarations import Read, read_declarations
from service.read.page.declared_url import find_address
from service.read.page.double_encoding import mend_double_encoding
from service.read.page.extraction import extract
from service.read.page.finished_body import finish_body
from service.read.page.flags import cut_off, raise_flags
from service.read.page.fuller_text import find_fuller, open_boxes
from service.read.page.given_article import read_given
from service.read.page.head import read_head
from service.read.page.hinted import hinted_dates, hinted_title, noted, with_hinted_keywords
from service.read.page.http import check_status, decode_content
from service.read.page.identifiers import declared_identifiers
from service.read.page.kind import check_bytes, check_text
from service.read.page.limits import Limits, check_markup, check_tree
from service.read.page.line_kinds import find_bylines, find_signature
from service.read.page.mhtml import HEAD, is_mhtml, read_mhtml
from service.read.page.not_article import check_article
from service.read.page.paragraph import Paragraph, has_more_words
from service.read.page.parse import find_tagged, parse_markup
from service.read.page.pictures import find_pictures
from service.read.page.plain_text import find_title, repeated_title
from service.read.page.rights import collect_words, make_rights
from service.read.page.rights_check import check_rights
from service.read.page.site import find_image, find_section, folders_of, name_site
from service.read.page.streaming import move_parts
from service.read.page.structured_data import Facts
from service.read.page.text_bylines import find_text_bylines
from service.read.page.title import choose_title
from service.read.page.translated import says_translated
from service.read.page.walk import walk
from service.read.page.walls import check_wall, headings_of

DEFAULT_LIMITS = Limits()


def read_page(raw: RawPage, limits: Limits = DEFAULT_LIMITS) -> Article:
    """Return the article on a page.

    Raises:
        Rejected: the page has no article to read (error page, not HTML, no text, too large ...).
        Failed: the page cannot be read (invalid encoding, invalid URL).
    """
    check_status(raw.status)
    if raw.article is not None:
        return read_given(raw, raw.article, limits)
    text, encoded, cut = read_document(raw, limits)
    return read_html(raw if cut is None else replace(raw, cut=cut), text, encoded, limits)


def read_document(raw: RawPage, limits: Limits) -> tuple[str, bytes | None, str | None]:
    """Return the page's document as text, as UTF-8 bytes if it was received in UTF-8, and how it is
    cut off, if it is."""
    encoded, cut = None, raw.cut
    if raw.text is not None:
        if is_mhtml(raw.text[:HEAD].encode("utf-8", "replace")):
            body = raw.text.encode("utf-8", "replace")
            return read_document(replace(raw, text=None, body=body, headers=()), limits)
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
        content = decode_content(
            body,
            raw.header("content-encoding"),
            limit=limits.decoded_bytes,
            layers=limits.encodings,
        )
        body, cut = content.body, cut or content.cut
        if len(body) > limits.decoded_bytes:
            raise Rejected(
                RejectionReason.TOO_LARGE, f"{len(body):,} bytes, over {limits.decoded_bytes:,}"
            )
        content_type = raw.header("content-type")
        if is_mhtml(body):
            saved = read_mhtml(body)
            if saved is None:
                raise Rejected(RejectionReason.NOT_HTML, "an MHTML message without a document")
            body, content_type = saved.body, saved.content_type
        check_bytes(body)
        if (plain := read_utf8(body)) is not None:
            text, encoded = plain, body
        else:
            text = decode_text(body, content_type)
    if not text.strip(" \t\r\n\0"):
        raise Rejected(RejectionReason.NO_BODY, "the document is empty")
    if (mended := mend_double_encoding(text, encoded)) is not text:
        text, encoded = mended, None
    check_text(text, raw.header("content-type"))
    return text, encoded, cut


def read_html(raw: RawPage, text: str, encoded: bytes | None, limits: Limits) -> Article:
    """Return the article in an HTML document; `encoded` is the text as UTF-8 bytes, if received
    so."""
    check_markup(text, limits)
    tree = parse_markup(text, encoded)
    check_tree(tree, limits)
    tagged = find_tagged(tree)
    move_parts(tree, text, tagged["script"])
    head = read_head(tree, tagged, limits.json_bytes)
    facts = Facts(head.nodes, head.titles)
    words = collect_words(raw.headers, raw.hints, raw.url, head, facts, tree)
    check_rights(words, limits.rights, raw.fetched_at)
    address = find_address(raw.url, head.canonicals)
    site_name = name_site(head, facts)
    walked = walk(tree)
    credits = collect_credits(walked.named, head, facts, address.declared_elsewhere)
    dates = collect_dates(tree, tagged["time"], head, facts, raw.url)
    description = head.meta("description", "og:description")
    found = extract(tree, walked.blocks, description)
    if walked.unread and open_boxes(walked, found.paragraphs, found.homes):
        walked = walk(tree)
        found = extract(tree, walked.blocks, description)
    titles = (head.title or "", head.meta("og:title") or "", *headings_of(walked.blocks))
    if fuller := find_fuller(found.paragraphs, facts, tagged["script"], titles):
        found = replace(found, paragraphs=fuller)
    cut = raw.cut or cut_off(text, walked.blocks, found.paragraphs)
    readable, ciphered = part_ciphered(found.paragraphs)
    if ciphered:
        rest = " ".join(paragraph.text for paragraph in readable)
        if description and not has_more_words(rest, limits.min_words - 1):
            readable = [Paragraph(description)]
        found = replace(found, paragraphs=readable)
    check_article(address.url, tree, head, facts, found)
    credits = add_lines(credits, "byline", find_bylines(found.paragraphs))
    credits = add_lines(credits, "source", found.sources)
    credits = add_lines(credits, "byline", find_signature(found.paragraphs))
    credits = add_lines(credits, "byline", find_text_bylines(found.paragraphs))
    check_wall(
        titles,
        [paragraph.text for paragraph in found.paragraphs],
        described=any(date.source != "url" for date in dates),
    )
    section = find_section(head, facts)
    title, other_titles = choose_title(
        walked.blocks,
        head,
        facts,
        site_name,
        address.host,
        repeated_title(found.paragraphs),
        (section or "", *folders_of(address.url)),
    )
    title, title_source = title or find_title(found.paragraphs), None
    if not title:
        title, title_source = hinted_title(raw.hints, site_name, address.host)
    dates += tuple(hinted_dates(raw.hints))
    authors = name_authors(facts, credits, site_name, address.host)
    page = PageFacts(title, authors)
    body = finish_body(found.paragraphs, page, limits, found.notices)
    declared = read_declarations(
        Read(
            head, facts, walked, credits, page, found.paragraphs, body.text, raw.url, site_name,
            address.host,
        )
    )  # fmt: skip
    credits = add_lines(credits, DROPPED, body.dropped)
    credits = add_lines(credits, CORRECTION, read_corrections(facts))
    credits = add_lines(credits, IDENTIFIER, declared_identifiers(head, facts))
    lead = find_image(head, facts, raw.url)
    return Article(
        uri=article_uri(address.url),
        url=raw.url,
        canonical_url=address.url,
        host=address.host,
        declared_canonical=address.declared,
        own_url=address.own_url,
        site_name=site_name,
        fetched_at=raw.fetched_at,
        title=title,
        other_titles=other_titles,
        text=body.text,
        language=body.language,
        authors=authors,
        published=choose_date(dates, DateKind.PUBLISHED, raw.fetched_at),
        modified=choose_date(dates, DateKind.MODIFIED, raw.fetched_at),
        dates=dates,
        section=section,
        lead_image=lead,
        credits=credits,
        notices=body.notices,
        flags=raise_flags(tree, head, facts, found.paragraphs, ciphered=ciphered, cut=cut),
        content_hash=digest(title, body.text),
        pictures=find_pictures(tree, found.elements, lead, facts, raw.url),
        links=find_links(found.elements, body.text, raw.url, (raw.url, address.url)),
        rights=make_rights(limits.rights.kept(words)),
        hints=noted(raw.hints),
        title_source=title_source,
        people=declared.people,
        subjects=with_hinted_keywords(declared.subjects, raw.hints),
        teaser=declared.teaser,
        genres=declared.genres,
        publisher_name=declared.publisher.name if declared.publisher else None,
        publisher_source=declared.publisher.source if declared.publisher else None,
        says_translated=says_translated(facts, credits, declared.people, found.paragraphs),
    )

"""An article that was extracted before it reached copydesk."""

from service.contract.article import DROPPED, Article, Credit, DateCandidate, DateKind
from service.contract.identity import article_uri, digest
from service.contract.outcome import Rejected, RejectionReason
from service.contract.page import GivenArticle, RawPage
from service.read.page.authors import name_people
from service.read.page.cleanup import PageFacts
from service.read.page.credits import add_lines
from service.read.page.dates import choose_date
from service.read.page.declared_url import find_address
from service.read.page.finished_body import finish_body
from service.read.page.flags import raise_flags
from service.read.page.head import Head
from service.read.page.hinted import hinted_dates, hinted_title, noted, with_hinted_keywords
from service.read.page.limits import Limits
from service.read.page.paragraph import squeeze
from service.read.page.people import given_people
from service.read.page.plain_text import find_title, split_text
from service.read.page.rights import collect_words, make_rights
from service.read.page.rights_check import check_rights
from service.read.page.site import LONGEST_NAME
from service.read.page.structured_data import Facts
from service.read.page.translated import says_translated


def read_given(raw: RawPage, given: GivenArticle, limits: Limits) -> Article:
    """Return the article that was extracted before it reached copydesk, cleaned."""
    words = collect_words(raw.headers, raw.hints, raw.url)
    check_rights(words, limits.rights, raw.fetched_at)
    found = split_text(given.text)
    if not found:
        raise Rejected(RejectionReason.NO_BODY, "the text is empty")
    address = find_address(raw.url)
    title, title_source = squeeze(given.title or "") or find_title(found), None
    if not title:
        title, title_source = hinted_title(raw.hints, given.site_name, address.host)
    # Each author is compared with it: as long as a book, it would take minutes.
    site_name = given.site_name if len(given.site_name or "") <= LONGEST_NAME else None
    authors = name_people(given.authors, site_name, address.host)
    body = finish_body(found, PageFacts(title, authors), limits)
    dates = (*given_dates(given), *hinted_dates(raw.hints))
    return Article(
        uri=article_uri(address.url),
        url=raw.url,
        canonical_url=address.url,
        host=address.host,
        site_name=site_name,
        fetched_at=raw.fetched_at,
        title=title,
        text=body.text,
        language=body.language,
        authors=authors,
        published=choose_date(dates, DateKind.PUBLISHED, raw.fetched_at),
        dates=dates,
        credits=add_lines(
            tuple(Credit(where="meta.author", text=name) for name in given.authors),
            DROPPED,
            body.dropped,
        ),
        notices=body.notices,
        flags=raise_flags(None, Head(), Facts([]), found, cut=raw.cut),
        content_hash=digest(title, body.text),
        subjects=with_hinted_keywords((), raw.hints),
        rights=make_rights(limits.rights.kept(words)),
        hints=noted(raw.hints),
        title_source=title_source,
        people=given_people(authors),
        says_translated=says_translated(Facts([]), (), (), found),
    )


def given_dates(given: GivenArticle) -> tuple[DateCandidate, ...]:
    """Return the publication date that was given with the text, if any."""
    if given.published is None:
        return ()
    value = given.published.isoformat(timespec="seconds")
    return (DateCandidate(kind=DateKind.PUBLISHED, source="given", value=value),)

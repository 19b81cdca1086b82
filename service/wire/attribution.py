"""Article in, attribution out: the steps in their order."""

from dataclasses import dataclass

from service.events.article import Article, Notice
from service.events.wire import Evidence, Wire
from service.wire.core import core_text
from service.wire.credits import credit_evidence
from service.wire.cuts import cut_out
from service.wire.dateline import find_dateline
from service.wire.head_lines import head_evidence
from service.wire.host import agency_of_host
from service.wire.notice import complete, find_notices, notice_evidence
from service.wire.revision import take_marks
from service.wire.trailer import find_trailers
from service.wire.verdict import judge


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose story an article is, and its text as far as that is the story's.

    Attributes:
        wire: the verdict, with its evidence; spans in `text` are of `body`.
        title: the headline without revision marks.
        body: the text to publish: advisory lines are in `wire.ed_note`, agencies' notices in
            `notices`; dateline and trailers stay.
        core: the text to compare copies by: without dateline, credits, trailers and outlet notes.
        notices: the article's notices and those found here, with holder, year and terms of use
            where the text tells them.
    """

    wire: Wire
    title: str
    body: str
    core: str
    notices: tuple[Notice, ...]


def attribute(article: Article) -> Attribution:
    """Say who wrote an article, which take of the story it is, and what in it is the story."""
    revised = take_marks(article.title, article.text)
    spans = find_notices(revised.text)
    left = tuple(Notice(text=revised.text[start:end]) for start, end in spans)
    notices = tuple(complete(notice) for notice in (*article.notices, *left))
    body = cut_out(revised.text, spans)
    host = agency_of_host(article.host)
    dateline = find_dateline(body)
    trailers = find_trailers(body, article.language)
    evidence: list[Evidence] = []
    if host is not None:
        evidence.append(Evidence(agency=host.key, rule="host", where="host", text=article.host))
    if dateline is not None:
        evidence += dateline.evidence
    evidence += notice_evidence(notices)
    evidence += credit_evidence(article)
    evidence += head_evidence(article, body)
    for trailer in trailers:
        evidence += trailer.evidence
    return Attribution(
        wire=judge(
            evidence,
            host,
            dateline.dateline if dateline is not None else None,
            revised.revision,
            revised.notes,
        ),
        title=revised.title,
        body=body,
        core=core_text(body, dateline, trailers),
        notices=notices,
    )

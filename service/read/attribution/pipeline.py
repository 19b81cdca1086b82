"""Attribute an article to an agency: the steps, in order."""

from dataclasses import dataclass

from service.contract.article import CORRECTION, Article, Notice, NoticeKind
from service.contract.attribution import Evidence, Wire
from service.read.attribution.core import core_text, cut_out, head_evidence
from service.read.attribution.credits import agency_of_host, credit_evidence
from service.read.attribution.dateline import find_dateline
from service.read.attribution.dropped import dropped_signatures
from service.read.attribution.notice import complete, find_notices, notice_evidence
from service.read.attribution.revision import take_revision
from service.read.attribution.trailer import find_trailers
from service.read.attribution.verdict import judge
from service.read.attribution.wire_ids import find_wire_ids, id_lines


@dataclass(frozen=True, slots=True)
class Attribution:
    """The agency that an article is credited to, and the article's text without additions.

    Attributes:
        wire: the verdict, with its evidence; spans of evidence in the text refer to `body`.
        title: the headline without revision markers.
        body: the text to publish: advisory lines are in `wire.ed_note`, agencies' notices in
            `notices`, correction notes in both; dateline and trailers stay.
        core: the text for comparing copies: without dateline, credits, trailers and outlet notes.
        notices: the article's notices and those found here, with holder, year and terms of use
            if the text states them; correction notes; and lines that an agency signs, if clean-up
            dropped them.
    """

    wire: Wire
    title: str
    body: str
    core: str
    notices: tuple[Notice, ...]


def attribute(article: Article) -> Attribution:
    """Determine an article's agency and revision, and the part of its text that is the story."""
    revised = take_revision(article.title, article.text, declared_corrections(article))
    spans = find_notices(revised.text)
    left = tuple(Notice(text=revised.text[start:end]) for start, end in spans)
    id_spans = [span for span in id_lines(revised.text) if span not in spans]
    if id_spans:  # a trailer stays in the text, and says who signs
        trailing = [
            (each.start, each.end) for each in find_trailers(revised.text, article.language)
        ]
        id_spans = [
            (start, end)
            for start, end in id_spans
            if not any(first < end and start < last for first, last in trailing)
        ]
    left += tuple(
        Notice(text=revised.text[start:end], kind=NoticeKind.SIGNATURE) for start, end in id_spans
    )
    notices = tuple(complete(notice) for notice in (*article.notices, *left))
    body = cut_out(revised.text, [*spans, *id_spans])
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
    dropped, found = dropped_signatures(article)
    evidence += found
    wire = judge(
        evidence,
        host,
        dateline.dateline if dateline is not None else None,
        revised.revision,
        revised.notes,
    )
    return Attribution(
        wire=wire.model_copy(update={"ids": find_wire_ids(article, body, notices)}),
        title=revised.title,
        body=body,
        core=core_text(body, dateline, trailers),
        notices=(
            *notices,
            *(complete(Notice(text=line, kind=NoticeKind.SIGNATURE)) for line in dropped),
            *(Notice(text=note, kind=NoticeKind.CORRECTION) for note in revised.corrections),
        ),
    )


def declared_corrections(article: Article) -> tuple[str, ...]:
    """Return the correction notes that the page's structured data declares."""
    return tuple(credit.text for credit in article.credits if credit.where == CORRECTION)

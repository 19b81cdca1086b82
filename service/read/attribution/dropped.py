"""Agencies' signatures in lines that clean-up dropped from the text.

A line such as "This report by The Canadian Press was first published March 5, 2026." is not text:
it reads like a time of publication. It is where the agency signs, and is kept as a notice.
"""

from service.contract.article import DROPPED, Article
from service.contract.attribution import Evidence
from service.read.attribution.byline import is_picture_credit
from service.read.attribution.trailer import find_trailers

OF_PICTURES = frozenset({"trailer.copyright", "trailer.credit"})
"""Forms that a picture's credit has too. A dropped line with one of these is taken for that."""


def dropped_signatures(article: Article) -> tuple[list[str], list[Evidence]]:
    """Return the dropped lines that an agency signs, and the evidence for the agencies."""
    lines: list[str] = []
    evidence: list[Evidence] = []
    for credit in article.credits:
        if credit.where != DROPPED or is_picture_credit(credit.text):
            continue
        found = [
            item.model_copy(update={"where": "notice", "span": None})
            for trailer in find_trailers(credit.text, article.language)
            for item in trailer.evidence
            if item.rule not in OF_PICTURES
        ]
        if found:
            lines.append(credit.text)
            evidence += found
    return lines, evidence

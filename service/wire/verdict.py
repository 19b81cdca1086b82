"""From evidence to a verdict: whose story it is, and how sure that is."""

from collections.abc import Sequence
from math import prod

from service.events.wire import Dateline, Evidence, Revision, Wire
from service.wire.agency import Agency, book

WEIGHTS = {
    "host": 0.96,
    "dateline": 0.96,
    "notice": 0.95,
    "canonical": 0.95,
    "is_based_on": 0.95,
    "jsonld.author": 0.97,
    "jsonld.source_organization": 0.95,
    "jsonld.credit_text": 0.95,
    "jsonld.copyright_holder": 0.95,
    "jsonld.publisher": 0.83,
    "meta.author": 0.96,
    "meta.source": 0.95,
    "byline": 0.96,
    "source": 0.95,
    "source.bare": 0.75,
    "head_line": 0.86,
    "head_line.bare": 0.75,
    "trailer": 0.96,
    "shared": 0.83,
    "doubtful": 0.31,
}
"""How likely an attribution is right that rests on one match of a rule, by the rule's family: the
share of right matches on the labelled training pages, smoothed with 20 matches at the share that
was expected before any was seen (`tests/eval/eval_wire.py` prints both). Of the families that the
training pages do not bear this is the expectation alone."""
SHARED = frozenset({"trailer.contributed", "trailer.writer", "trailer.person_of", "trailer.files"})
"""Rules that say an agency gave part of a text."""
CEILING = 0.99
"""The labelled pages are too few to claim more."""
LEAST = 0.5
"""Confidence below which no agency is named."""


def judge(
    evidence: Sequence[Evidence],
    host: Agency | None,
    dateline: Dateline | None,
    revision: Revision | None,
    notes: Sequence[str],
) -> Wire:
    """Weigh the evidence. `host` is the agency on whose own host the page lies.

    Matches of one rule on one agency count once; several rules are taken as independent
    witnesses: 1 - product of (1 - weight), at most CEILING. A page on an agency's host that
    another agency signs is the other's, carried by the first.
    """
    signed = {
        item.agency
        for item in evidence
        if item.rule != "host" and family(item.rule) not in ("shared", "doubtful")
    }
    if host is not None and signed and host.key not in signed:
        evidence = [item for item in evidence if item.agency != host.key]
    by_agency: dict[str, dict[str, float]] = {}
    for item in evidence:
        by_agency.setdefault(item.agency, {})[family(item.rule)] = weight(item.rule)
    confidence = {
        agency: min(CEILING, 1 - prod(1 - share for share in rules.values()))
        for agency, rules in by_agency.items()
    }
    named = [agency for agency, sure in confidence.items() if sure >= LEAST]
    named.sort(key=lambda agency: -max(by_agency[agency].values()))
    note = "\n".join(notes) or None
    if not named:
        return Wire(dateline=dateline, revision=revision, ed_note=note, evidence=tuple(evidence))
    main = book().row(named[0])
    return Wire(
        agency=main.key,
        agency_name=main.name,
        agency_class=main.kind,
        agencies=tuple(named),
        confidence=round(confidence[main.key], 4),
        is_original=host is not None and host.key == main.key,
        evidence=tuple(evidence),
        dateline=dateline,
        revision=revision,
        ed_note=note,
    )


def family(rule: str) -> str:
    """The rule as far as it has a weight: `dateline.bracket` is of the family `dateline`."""
    if rule in SHARED or rule.endswith(".shared"):
        return "shared"
    while rule not in WEIGHTS and "." in rule:
        rule = rule.rpartition(".")[0]
    return rule


def weight(rule: str) -> float:
    """How much one match of this rule counts.

    Raises:
        KeyError: the rule has no weight.
    """
    return WEIGHTS[family(rule)]

"""Weigh the evidence: the agency that an article is credited to, and the confidence in it."""

from collections.abc import Sequence
from math import prod

from service.agencies.table import Agency, book
from service.contract.attribution import Dateline, Evidence, Revision, Wire

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
"""Probability that an attribution based on one match of a rule is right, by the rule's family: the
share of right matches on the labelled training pages, smoothed with 20 matches at the share that
was expected beforehand (`tests/eval/eval_wire.py` prints both). For families that do not occur on
the training pages it is the expected share alone."""
SHARED = frozenset(
    {
        "trailer.contributed",
        "trailer.writer",
        "trailer.person_of",
        "trailer.files",
        "trailer.outlet_with",
    }
)
"""Rules for credits that say an agency contributed part of a text."""
CEILING = 0.99
"""Highest confidence: there are too few labelled pages to claim more."""
LEAST = 0.5
"""Confidence below which no agency is named."""


def judge(
    evidence: Sequence[Evidence],
    host: Agency | None,
    dateline: Dateline | None,
    revision: Revision | None,
    notes: Sequence[str],
) -> Wire:
    """Weigh the evidence. `host` is the agency that owns the page's host, if any.

    Matches of one family of rules for one agency count once. Families are treated as independent:
    the confidence is 1 - product of (1 - weight), at most CEILING. A page on an agency's host that
    is credited to other agencies only is attributed to them; the host does not count.
    """
    credited = {
        item.agency
        for item in evidence
        if item.rule != "host" and family(item.rule) not in ("shared", "doubtful")
    }
    if host is not None and credited and host.key not in credited:
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
    """Return the family of a rule, which has the weight: `dateline` for `dateline.bracket`."""
    if rule in SHARED or rule.endswith(".shared"):
        return "shared"
    while rule not in WEIGHTS and "." in rule:
        rule = rule.rpartition(".")[0]
    return rule


def weight(rule: str) -> float:
    """Return the weight of one match of this rule.

    Raises:
        KeyError: the rule has no weight.
    """
    return WEIGHTS[family(rule)]

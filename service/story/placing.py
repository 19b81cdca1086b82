"""A decision to the placement that says what it rests on."""

from collections.abc import Mapping

from service.events.extracted import Extracted
from service.events.placement import LinkEvidence, Placement, Relation
from service.story.assign import Fit, Link
from service.story.index import Candidate
from service.story.known import KnownArticle, KnownStory
from service.story.relation import relation_in
from service.story.withdrawal import withdraws


def placement_in(
    extracted: Extracted,
    current: KnownArticle,
    story: KnownStory,
    best: Fit | None,
    shared: Mapping[int, Candidate],
) -> Placement:
    """Where an article was put.

    Args:
        best: its fit to the story; None where it begins the story.
        shared: what keys it has in common with articles, by number.
    """
    if best is None or not best.links:
        relation = Relation.WITHDRAWAL if withdraws(extracted) else Relation.ORIGINAL
        return Placement(story_id=story.id, relation=relation)
    closest = max(best.links, key=lambda link: (link.features.jaccard, link.score))
    return Placement(
        story_id=story.id,
        relation=relation_in(extracted, current, story, best),
        parent=closest.representative.uri,
        similarity=round(best.score, 4),
        evidence=_evidence(extracted, closest, shared),
    )


def _evidence(extracted: Extracted, closest: Link, shared: Mapping[int, Candidate]) -> LinkEvidence:
    features = closest.features
    candidate = shared.get(closest.representative.number)
    return LinkEvidence(
        rare_pairs=candidate.rare_pairs if candidate else 0,
        shingles=candidate.shingles if candidate else 0,
        containment=round(features.containment, 4),
        jaccard=round(features.jaccard, 4),
        aligned=round(features.covered, 4),
        anchors=round(features.anchors, 4),
        numbers=round(features.numbers, 4),
        order=round(features.order, 4),
        length_ratio=round(extracted.signature.words / max(closest.representative.words, 1), 4),
    )

"""The measures of a link between two articles that its event shows."""

from service.contract.extracted import Signature
from service.contract.story import LinkEvidence
from service.fold.candidates.candidate import Candidate
from service.fold.verify.features import Features
from service.fold.verify.text_record import TextRecord


def evidence_of(
    features: Features,
    texts: tuple[TextRecord, TextRecord],
    words: tuple[int, int],
    shared: Candidate | None,
    *,
    wire_id: bool = False,
) -> LinkEvidence:
    """Return the evidence of a link.

    Args:
        features: of the two texts.
        texts: of the article, and of the one that it is linked to.
        words: number of words of the two.
        shared: the keys that the two have in common; None if they have too few.
        wire_id: True if both carry one wire story's identifier, and their texts agree.
    """
    own, parent = (len(text.fives) for text in texts)
    common = features.containment * min(own, parent)
    return LinkEvidence(
        rare_pairs=shared.rare_pairs if shared else 0,
        shingles=shared.shingles if shared else 0,
        containment=round(features.containment, 4),
        jaccard=round(features.jaccard, 4),
        aligned=round(features.covered, 4),
        anchors=round(features.anchors, 4),
        numbers=1.0 if features.numbers is None else round(features.numbers, 4),
        order=round(features.order, 4),
        length_ratio=round(words[0] / max(words[1], 1), 4),
        words_kept=_share(common, parent),
        words_of_parent=_share(common, own),
        wire_id=wire_id or None,
    )


def keys_in_common(one: Signature, other: Signature, number: int) -> Candidate:
    """Return how many keys of each kind two articles have in common.

    Args:
        number: of the other article.
    """
    rare_pairs = len({*one.rare_pairs} & {*other.rare_pairs})
    return Candidate(number, rare_pairs, len({*one.shingles} & {*other.shingles}))


def _share(common: float, runs: int) -> float | None:
    return round(common / runs, 4) if runs else None

"""The features of a pair with what they mean, and how the model weighed them."""

from service.story.compare import Features, is_near
from service.story.explanation.contributions import contributions
from service.story.explanation.model import FeatureShare, Score
from service.story.judge import verifier

_MEANINGS = {
    "containment": "word 5-grams of the shorter text that the longer has",
    "jaccard": "word 5-grams in common, of all in either text",
    "threes": "word 3-grams of the shorter text that the longer has",
    "key_threes": "the same, of those with a name, a number or a rare word",
    "anchors": "pairs of rare words that stand close in the shorter text and in the longer",
    "soft": "words of the shorter text found in their sentence's partner",
    "covered": "sentences of the shorter text that have a partner",
    "plain": "common words of the shorter text found in their sentence's partner",
    "rare": "rare words of the shorter text found in their sentence's partner",
    "names": "names of the shorter text found in their sentence's partner",
    "numbers": "numbers of the shorter text found in their sentence's partner",
    "solid": "names, numbers and rare words in sentences where nearly all of these agree",
    "clash": "names and numbers that differ in sentences that agree otherwise",
    "order": "neighbouring sentences with partners, whose partners keep the order",
    "head": "words of the shorter text's beginning that the longer has anywhere",
    "long_soft": "words of the longer text found in their sentence's partner",
    "long_covered": "sentences of the longer text that have a partner",
    "long_names": "names of the longer text found in their sentence's partner",
    "long_numbers": "numbers of the longer text found in their sentence's partner",
    "long_solid": "as solid, of the longer text",
    "long_clash": "as clash, of the longer text",
    "long_head": "words of the longer text's beginning that the shorter has anywhere",
    "all_names": "names of the shorter text that the longer has anywhere",
    "all_numbers": "numbers of the shorter text that the longer has anywhere",
    "words": "how many words the shorter text has",
    "length_ratio": "words of the shorter text over those of the longer",
}

_ALWAYS = frozenset(
    {"containment", "jaccard", "anchors", "all_names", "all_numbers", "words", "length_ratio"}
)
"""What `compare` looks at in any pair; the rest only where there is enough in common."""


def weigh_features(features: Features) -> Score:
    """Each feature with its share in the score. The model is not asked about pairs that have next
    to nothing in common, or are too short to tell: their score is 0."""
    trees = verifier()
    row = [float(getattr(features, name)) for name in trees.features]
    asked = is_near(features)
    split = contributions(trees, row) if asked else None
    moved = split.moved if split else [None] * len(row)
    return Score(
        model_asked=asked,
        start=round(split.start, 4) if split else None,
        log_odds=round(split.log_odds, 4) if split else None,
        features=tuple(
            FeatureShare(
                name=name,
                value=round(value, 4) if asked or name in _ALWAYS else None,
                meaning=_MEANINGS.get(name, name.replace("_", " ")),
                moved=None if step is None else round(step, 4),
            )
            for name, value, step in zip(trees.features, row, moved, strict=True)
        ),
    )

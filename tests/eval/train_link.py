"""Train the verifier of LINK: `python -m tests.eval.train_link [--check] [--to FILE]`.

It is trained on texts of the project alone: the invented stories of `tests/fold/languages`, of
which some are told in nine languages, those of the sample crawl, the short reports and their
translations that were written for it (`tests.eval.written_traps`), and translations made by rule of
all of these (`tests.eval.made_translations`). What must not be linked are the traps of these
stories, other reports of the same events, texts about something else, and translations of the texts
with other names, other numbers, or both. Two runs write the same bytes.
"""

import argparse
import math
import random
from collections.abc import Iterator
from dataclasses import astuple
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson
from sklearn.model_selection import GroupKFold

import service.link
import service.local.sample
from service.fold.verify.verifier import MODEL
from service.link.features import LinkFeatures, compare_concepts
from service.link.verifier import LINKED, NAMES
from service.local.sample.texts import story_text
from service.read.page.language import identify_language
from service.text.concepts.keys import link_keys
from service.text.concepts.stream import NAME, NUMBER, Concepts
from service.text.hashing import common
from service.text.packed import MAX_TOKENS
from tests.eval.linked_story import concepts_kept
from tests.eval.made_translations import (
    Pool,
    beginning,
    facts,
    joined,
    reported,
    swapped,
    thinned,
    translated,
)
from tests.eval.train_fold import classifier, export
from tests.eval.written_traps import KINDS, written_groups, written_translations
from tests.fold.languages.pairs import Form, StoryText, languages, stories

RISING = frozenset(
    {
        *("words", "names", "numbers", "long_words", "long_names", "long_numbers", "cosine"),
        *("common_words", "common_names", "common_numbers", "common_weight", "order"),
        *("soft", "covered", "in_order", "long_soft", "long_covered", "head", "keys"),
    }
)
FALLING = frozenset({"clash", "long_clash"})
LEAVES = 12

FITTED = NAMES[: NAMES.index("size")]
"""Features that the trees are fitted to. The lengths of texts for training are chance."""

MADE_COPIES = 6
"""Translations made of each text; of what only resembles one there are as many of each kind."""

TOLD_WEIGHT, PART_WEIGHT = 30.0, 10.0
"""Pairs told by people in two languages are few beside those made by rule, and tell more: each
counts as this many, and those of strangers and of the beginnings of short reports as fewer."""

NEEDED = ((150, 0.85), (167, 0.75), (183, 0.61), (200, 0.45), (MAX_TOKENS, 0.3))
"""Probability that a link takes, by words of the shorter text, each below a number of words. Chosen
on the training half of the data, where most texts that were linked wrongly were short and told of
one event, and on what held-out folds say of the written traps."""

SHORTEST, LEAST_FACTS = 8, 3
"""Ids of a text that is taken, and the names or numbers of one that they are exchanged in."""

STRANGERS = 12
"""Texts about something else that each text is paired with."""

_FORMS = (Form.STORY, Form.REWORDED)

Labelled = tuple[Concepts, Concepts, bool, str, float]
"""Two texts, whether one translates the other, the story they are grouped by, and their weight."""


def texts_of_languages() -> list[tuple[StoryText, Concepts]]:
    """The invented stories and their traps."""
    return [
        (forms[form], concepts_kept(f"{forms[form].title}\n{forms[form].text}", language))
        for language in languages()
        for forms in stories(language)
        for form in (*_FORMS, Form.OTHER)
    ]


def texts_of_sample() -> list[tuple[str, Concepts]]:
    """The texts of the sample crawl, by story."""
    folder = Path(service.local.sample.__path__[0]) / "stories"
    found = []
    for path in sorted(folder.glob("*/*.txt")):
        text = "\n".join(story_text(path.parent.name, path.stem))
        if len(text) > 400:
            found.append((path.parent.name, concepts_kept(text, identify_language(text))))
    return found


def told(texts: list[tuple[StoryText, Concepts]], lot: random.Random) -> Iterator[Labelled]:
    """Pairs in two languages: of one story, of a story and its trap, of two stories."""
    for (one, left), (other, right) in combinations(texts, 2):
        if one.language == other.language or one.event is None or one.event != other.event:
            continue
        if Form.REWORDED in (one.form, other.form) and Form.OTHER not in (one.form, other.form):
            continue  # told anew in another order: neither a translation nor none
        copy = one.form is other.form
        yield left, right, copy, one.event, TOLD_WEIGHT
        words = lot.randint(80, 200)
        yield beginning(left, words), beginning(right, words), copy, one.event, TOLD_WEIGHT
    for one, left in texts:
        for other, right in lot.sample(texts, STRANGERS):
            if one.language != other.language and (one.event is None or one.event != other.event):
                yield left, right, False, f"{one.language}-{one.story}", PART_WEIGHT


def written(lot: random.Random) -> Iterator[Labelled]:
    """Pairs in two languages of short reports and their translations, whole and the beginnings: of
    one text, and of two of the same group."""
    known: dict[tuple[str, str], dict[str, Concepts]] = {}
    for kind in KINDS:
        for group, texts in written_groups(kind, "train").items():
            for language, text in texts.items():
                known[group, language] = {language: concepts_kept(text, language)}
    for group, original, texts in written_translations():
        known[group, original] = {each: concepts_kept(texts[each], each) for each in sorted(texts)}
    sides = [(key, language, text) for key, own in known.items() for language, text in own.items()]
    for (left_key, one, left), (right_key, other, right) in combinations(sides, 2):
        if one == other or left_key[0] != right_key[0]:
            continue
        copy = left_key == right_key
        yield left, right, copy, f"written-{left_key[0]}", TOLD_WEIGHT
        words = lot.randint(80, 120)
        yield (
            beginning(left, words),
            beginning(right, words),
            copy,
            f"written-{left_key[0]}",
            PART_WEIGHT,
        )


def made(texts: list[tuple[str, Concepts]], lot: random.Random) -> Iterator[Labelled]:
    """Pairs made by rule."""
    pool = Pool([text for _, text in texts])
    for story, whole in texts:
        for _ in range(MADE_COPIES):
            text = _of_some_length(whole, texts, lot)
            if len(text) < SHORTEST:
                continue
            first = translated(text, pool, lot) if lot.random() < 0.3 else text
            yield first, translated(text, pool, lot), True, story, 1.0
            for kinds in ((NAME,), (NUMBER,), (NAME, NUMBER)):
                if facts(text, kinds) >= LEAST_FACTS:
                    other = translated(swapped(text, pool, lot, kinds), pool, lot)
                    yield first, other, False, story, 1.0
            yield first, translated(reported(text, pool, lot), pool, lot), False, story, 1.0
            stranger = _of_some_length(lot.choice(texts)[1], texts, lot)
            yield first, translated(stranger, pool, lot), False, story, 1.0


def _of_some_length(
    text: Concepts, texts: list[tuple[str, Concepts]], lot: random.Random
) -> Concepts:
    """A text as it is, its beginning, or with others after it; with all its facts or few."""
    chance = lot.random()
    if chance < 0.3:
        text = beginning(text, lot.randint(80, 200))
    elif chance < 0.6:
        others = [other for _, other in lot.sample(texts, lot.randint(1, 3))]
        text = joined([text, *others])
    return thinned(text, lot)


def collect() -> tuple[
    npt.NDArray[np.float64],
    npt.NDArray[np.bool_],
    npt.NDArray[np.int64],
    npt.NDArray[np.float64],
    int,
]:
    """Features, labels, groups and weights of all pairs, and how many of them were told by
    people."""
    lot = random.Random(5)
    by_language = texts_of_languages()
    named = [(each.event or f"{each.language}-{each.story}", text) for each, text in by_language]
    pairs = list(told(by_language, lot))
    pairs += written(lot)
    count = len(pairs)
    pairs += made(named + texts_of_sample(), lot)
    features = np.array(
        [
            [float("nan") if v is None else float(v) for v in astuple(features_of(a, b))]
            for a, b, *_ in pairs
        ]
    )
    number = {name: n for n, name in enumerate(sorted({pair[3] for pair in pairs}))}
    return (
        features,
        np.array([pair[2] for pair in pairs]),
        np.array([number[pair[3]] for pair in pairs]),
        np.array([pair[4] for pair in pairs]),
        count,
    )


def features_of(a: Concepts, b: Concepts) -> LinkFeatures:
    """The features of two texts with the keys that they share."""
    return compare_concepts(a, b, common(link_keys(a), link_keys(b)))


def with_length(model: bytes) -> bytes:
    """Return a model with one tree more, by which the log-odds of a pair that has just the
    probability that its length takes are those of `LINKED`."""
    data = orjson.loads(model)
    first, second, third, fourth = (words - 0.5 for words, _ in NEEDED[:-1])
    leaves = [round(_log_odds(LINKED) - _log_odds(least), 5) for _, least in NEEDED]
    data["trees"].append(
        {
            "column": [NAMES.index("size")] * 4 + [0] * 5,
            "threshold": [second, first, third, fourth, 0, 0, 0, 0, 0],
            "left": [1, 4, 6, 7, 0, 0, 0, 0, 0],
            "right": [2, 5, 3, 8, 0, 0, 0, 0, 0],
            "unknown_left": [0] * 9,
            "value": [0.0] * 4 + leaves,
        }
    )
    return orjson.dumps(data) + b"\n"


def _log_odds(probability: float) -> float:
    return math.log(probability / (1.0 - probability))


def _needed(size: float) -> float:
    """Probability that a link takes."""
    return next(least for words, least in NEEDED if size < words or words == MAX_TOKENS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate first")
    parser.add_argument("--to", type=Path, help="write elsewhere than into the service")
    options = parser.parse_args()
    features, copies, groups, weights, told_by_people = collect()
    sizes, features = features[:, NAMES.index("size")], features[:, : len(FITTED)]
    print(f"{len(copies)} pairs, {int(copies.sum())} of them translations")
    if options.check:
        scores = np.zeros(len(copies))
        needed = np.array([_needed(size) for size in sizes])
        for fitted, held in GroupKFold(4).split(features, copies, groups):
            model = classifier(RISING, FALLING, FITTED, LEAVES).fit(
                features[fitted], copies[fitted], sample_weight=weights[fitted]
            )
            scores[held] = model.predict_proba(features[held])[:, 1]
        for name, part in (
            ("told", slice(0, told_by_people)),
            ("made", slice(told_by_people, None)),
        ):
            linked, right = scores[part] >= needed[part], copies[part]
            found = (linked & right).sum()
            print(
                f"held-out folds, {name} pairs: P {found / max(linked.sum(), 1):.4f} "
                f"R {found / right.sum():.4f}"
            )
    model = classifier(RISING, FALLING, FITTED, LEAVES).fit(features, copies, sample_weight=weights)
    target = options.to or Path(service.link.__path__[0]) / MODEL
    target.write_bytes(with_length(export(model, NAMES)))
    print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
